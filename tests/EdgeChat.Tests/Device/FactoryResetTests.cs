using EdgeChat.Device;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.OnBoard;

/// <summary>A factory reset with the power going at every step: at the next start it is completed, or it was not begun.</summary>
[TestClass]
public class FactoryResetTests
{
    private static readonly string[] Secrets = ["ca.pem", "ec.m1", "ec.settings", "edgechat.json", "later-key.bin"];

    [TestMethod]
    public void Wherever_the_power_goes_the_next_start_completes_it_or_it_was_not_begun()
    {
        bool sawAll = false, sawNothing = false, wasCut = true;
        for (int step = 0; wasCut; step++)
            foreach (FlashCutOutcome outcome in new[] { FlashCutOutcome.Old, FlashCutOutcome.New })
            {
                using var board = new TestBoard(() =>
                {
                    Board.Current!.Flash.CutAfterOperations(step, outcome);
                    FactoryReset.Run();
                });
                board.Put("board.json", TestBoard.Hardware);
                foreach (string name in Secrets) board.Put(name, "secret");
                board.Board.PowerOn();
                Assert.IsTrue(board.Board.Stopped.Wait(TestBoard.Patience));
                wasCut = board.Board.Flash.WasCut;
                board.Board.PowerOff();
                board.Main = FactoryReset.Complete;
                board.RunToEnd();
                string[] left = [.. board.Files().Order(StringComparer.Ordinal)];
                string ssid = board.Board.Wifi.Configuration.Ssid;
                if (left.Length == 1)
                {
                    sawNothing = true;
                    Assert.AreEqual(("board.json", ""), (left[0], ssid), $"cut at operation {step}, {outcome}");
                    continue;
                }

                sawAll = true;
                CollectionAssert.AreEqual(new[] { "board.json" }.Concat(Secrets).Order(StringComparer.Ordinal).ToArray(), left,
                    $"cut at operation {step}, {outcome}");
                Assert.AreEqual("EdgeChat", ssid);
            }

        Assert.IsTrue(sawAll && sawNothing, "the cuts must come before and after the mark");
    }

    [TestMethod]
    public void The_firmware_completes_it_before_it_reads_who_it_was()
    {
        using var board = new TestBoard();
        board.Put("board.json", TestBoard.Hardware);
        foreach (string name in Secrets) board.Put(name, "secret");
        board.Put("reset", "");
        board.Board.PowerOn();
        string shown = board.WaitForOutput("this board is not provisioned. Its MAC is 02:00:", end: "> ");
        StringAssert.Contains(shown, "run edgechat provision");
        Assert.IsFalse(board.Files().Intersect(Secrets.Where(s => s != "ec.m1" && s != "ec.settings")).Any());
    }
}
