using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.Tests.OnBoard;
using EdgeChat.Tests.Screens;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Boards;

/// <summary>What a person does and sees on whole boards with colour displays, in bytes on the display's bus.</summary>
[TestClass]
public class ColourCostTests
{
    public TestContext TestContext { get; set; } = null!;

    /// <summary>With colours and without; docs/performance.md has them.</summary>
    [TestMethod]
    [DataRow("lilygo-t-display", 2_700, 2_200, 42_000, 48_000, 53_000)]
    [DataRow("m5stack-core", 6_200, 3_100, 55_000, 120_000, 125_000)]
    public void Colours_cost_on_the_bus_what_is_budgeted(string name, int tick, int read, int row, int message, int opened)
    {
        int[] bare = Costs(name, false), colours = Costs(name, true);
        string[] what = ["a tick", "read: a blue tick", "list: a row", "a message comes", "thread opened"];
        int[] most = [tick, read, row, message, opened];
        for (int i = 0; i < what.Length; i++)
            TestContext.WriteLine($"{name}, {what[i]}: {bare[i]} bytes, {colours[i]} with colours, {most[i]} at most");
        for (int i = 0; i < what.Length; i++) Assert.IsLessThanOrEqualTo(most[i], colours[i], what[i]);
    }

    private static int[] Costs(string name, bool hasColours)
    {
        var costs = new List<int>();
        using TestBoard board = Shelf.Take(name, () =>
        {
            DisplayConfig shape = BoardConfig.Load().Display;
            IDisplay display = Displays.Make(shape);
            ScreenBoard screen = ScreenBoard.Shaped((shape.FrameWidth, shape.FrameHeight, 3), Scenes.Talk, hasColours);
            screen.AfterEvent = () => Assert.IsTrue(display.Show(screen.App.Frame));
            screen.Ui.Settings.Choose(Settings.Sleep, "never");
            screen.Press("o").Wait(1000);
            void Cost(Action step)
            {
                if (screen.Messenger.UnixAt(screen.Now) % 60 >= 45) screen.Wait(15_000); // the minute has a frame of its own
                long before = Board.Current!.Display.BytesReceived;
                step();
                screen.Wait(400);
                costs.Add((int)(Board.Current!.Display.BytesReceived - before));
            }

            screen.Sends("bob", "Found it").Wait(1000);
            Cost(() => screen.Receipt("bob", 3, 2));
            Cost(() => screen.Receipt("bob", 3, 3));
            screen.Press("D").Wait(1000);
            Cost(() => screen.Press("d"));
            screen.Press("uo").Wait(1000);
            Cost(() => screen.Receives("bob", 4, "Good"));
            screen.Press("D").Wait(1000);
            Cost(() => screen.Press("o"));
        });
        board.RunToEnd();
        return [.. costs];
    }
}
