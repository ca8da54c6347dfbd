using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.TestKit;
using EdgeChat.Tests.Screens;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.OnBoard;

/// <summary>The screens on the display's glass: whatever the core draws is what the chip shows.</summary>
[TestClass]
public class GlassTests
{
    [TestMethod]
    public void After_each_key_the_glass_shows_what_was_drawn() => TestBoard.Run(() =>
    {
        Seeds.Play("GlassTests", 6, seed =>
        {
            var random = new Random(seed);
            ScreenBoard core = new ScreenBoard().Online();
            IDisplay display = Displays.Make(new DisplayConfig());
            for (int press = 0; press < 2000; press++)
            {
                Assert.IsTrue(display.Show(core.App.Frame));
                CollectionAssert.AreEqual(Upright(core.App.Frame), Board.Current!.Display.Snapshot(), $"press {press}");
                core.Press("uodUOD"[random.Next(4) == 0 ? 3 + random.Next(3) : random.Next(3)].ToString());
            }
        });
    });

    // what the frame's pages are from the display's first row on
    private static byte[] Upright(Frame frame)
    {
        int top = frame.StartPage * frame.Width;
        return [.. frame.Pixels[top..], .. frame.Pixels[..top]];
    }
}
