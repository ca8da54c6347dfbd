using EdgeChat.Core;
using EdgeChat.Drivers;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.OnBoard;

/// <summary>The core's files on the drive, with the power going at every step.</summary>
[TestClass]
public class FileFlashTests
{
    private static readonly byte[] Old = "the old content"u8.ToArray();
    private static readonly byte[] New = "a new one, which is longer"u8.ToArray();

    [TestMethod]
    public void What_was_written_is_read_and_listed() => TestBoard.Run(() =>
    {
        var flash = new FileFlash();
        Assert.AreEqual(0, flash.List().Length);
        Assert.AreEqual(-1, flash.Size("m.0"));
        flash.Append("m.0", Old, 4, 3);
        flash.Append("m.0", Old, 0, 3);
        flash.Replace("state", New, 0, New.Length);
        flash.Replace("state", Old, 0, Old.Length);
        CollectionAssert.AreEquivalent(new[] { "m.0", "state" }, flash.List());
        Assert.AreEqual(6, flash.Size("m.0"));
        CollectionAssert.AreEqual("oldthe"u8.ToArray(), Content(flash, "m.0"));
        CollectionAssert.AreEqual(Old, Content(flash, "state"));
        var part = new byte[4];
        Assert.AreEqual(2, flash.Read("m.0", 4, part, 1, 3));
        CollectionAssert.AreEqual(new byte[] { 0, (byte)'h', (byte)'e', 0 }, part);
        Assert.AreEqual(0, flash.Read("m.0", 9, part, 0, 4), "behind the end there is nothing");
        flash.Delete("m.0");
        flash.Delete("m.0");
        CollectionAssert.AreEqual(new[] { "state" }, flash.List());
    });

    [TestMethod]
    public void Configuration_files_are_not_the_cores()
    {
        using var board = new TestBoard(() => Assert.AreEqual(0, new FileFlash().List().Length));
        board.Put("board.json", TestBoard.Hardware);
        board.Put("edgechat.json", "{}");
        board.Put("ca.pem", "x");
        board.RunToEnd();
    }

    [TestMethod]
    public void A_file_that_is_not_there_is_an_error_that_names_it() => TestBoard.Run(() =>
    {
        var e = Assert.ThrowsExactly<FlashException>(() => new FileFlash().Read("m.7", 0, new byte[1], 0, 1));
        StringAssert.Contains(e.Message, "cannot read I:\\ec.m.7");
    });

    [TestMethod]
    public void Free_bytes_shrink_by_the_blocks_that_a_file_takes() => TestBoard.Run(() =>
    {
        var flash = new FileFlash();
        int before = flash.FreeBytes;
        Assert.IsTrue(before > 200 * 1024 && before <= 256 * 1024, before + " of 256 KiB");
        flash.Append("m.0", new byte[5000], 0, 5000);
        Assert.AreEqual(before - 8192, flash.FreeBytes);
        flash.Delete("m.0");
        Assert.AreEqual(before, flash.FreeBytes);
    });

    [TestMethod]
    public void A_full_flash_is_an_error_and_keeps_the_old_content() => TestBoard.Run(() =>
    {
        var flash = new FileFlash();
        flash.Replace("state", Old, 0, Old.Length);
        Board.Current!.Flash.CapacityBytes = 0;
        var e = Assert.ThrowsExactly<FlashException>(() => flash.Replace("state", New, 0, New.Length));
        StringAssert.Contains(e.Message, "cannot write I:\\ec.state");
        CollectionAssert.AreEqual(Old, Content(flash, "state"));
    });

    [TestMethod]
    public void Replace_leaves_the_old_or_the_new_content_wherever_the_power_goes() =>
        CutEverywhere(flash => flash.Replace("state", New, 0, New.Length), before: Old);

    [TestMethod]
    public void The_first_content_of_a_file_is_whole_or_not_there() =>
        CutEverywhere(flash => flash.Replace("state", New, 0, New.Length), before: null);

    [TestMethod]
    public void Delete_leaves_the_file_or_nothing()
    {
        foreach (FlashCutOutcome outcome in new[] { FlashCutOutcome.Old, FlashCutOutcome.New })
        {
            byte[]? left = AfterCut(flash => flash.Delete("state"), Old, 0, outcome, out _);
            if (outcome == FlashCutOutcome.Old) CollectionAssert.AreEqual(Old, left);
            else Assert.IsNull(left);
        }
    }

    private static void CutEverywhere(Action<FileFlash> operation, byte[]? before)
    {
        bool sawOld = false;
        bool sawNew = false;
        for (int step = 0; ; step++)
        {
            bool wasCut = false;
            foreach (FlashCutOutcome outcome in Enum.GetValues<FlashCutOutcome>())
            {
                byte[]? left = AfterCut(operation, before, step, outcome, out wasCut);
                bool isOld = before is null ? left is null : left is not null && left.AsSpan().SequenceEqual(before);
                bool isNew = left is not null && left.AsSpan().SequenceEqual(New);
                Assert.IsTrue(isOld || isNew,
                    $"cut at operation {step}, outcome {outcome}: {(left is null ? "no file" : left.Length + " bytes")}");
                sawOld |= isOld;
                sawNew |= isNew;
            }

            if (!wasCut) break;
        }

        Assert.IsTrue(sawOld && sawNew, "the cuts must come before and after the change");
    }

    private static byte[]? AfterCut(Action<FileFlash> operation, byte[]? before, int step, FlashCutOutcome outcome, out bool wasCut)
    {
        using var board = new TestBoard();
        if (before is not null)
        {
            board.Main = () => new FileFlash().Replace("state", before, 0, before.Length);
            board.RunToEnd();
        }

        board.Main = () =>
        {
            var flash = new FileFlash();
            Board.Current!.Flash.CutAfterOperations(step, outcome);
            operation(flash);
        };
        board.Board.PowerOn();
        Assert.IsTrue(board.Board.Stopped.Wait(TestBoard.Patience));
        wasCut = board.Board.Flash.WasCut;
        board.Board.PowerOff();
        byte[]? left = null;
        board.Main = () =>
        {
            var flash = new FileFlash();
            foreach (string name in flash.List()) Assert.AreEqual("state", name, "nothing half-done is left");
            left = flash.Size("state") < 0 ? null : Content(flash, "state");
        };
        board.RunToEnd();
        return left;
    }

    private static byte[] Content(FileFlash flash, string name)
    {
        var bytes = new byte[flash.Size(name)];
        Assert.AreEqual(bytes.Length, flash.Read(name, 0, bytes, 0, bytes.Length));
        return bytes;
    }
}
