using EdgeChat.VirtualBoard;
using Nano = EdgeChat.VirtualBoard.Platform;

namespace EdgeChat.Tests.Platform;

[TestClass]
public class FlashTests
{
    // What each operation of Scenario leaves on the flash.
    private static readonly string[] States =
    [
        "",
        "a=",
        "a=one",
        "a=onetwo",
        "a=onetwo b=",
        "a=onetwo b=new",
        "a=three b=new",
        "b=new",
        "c=new",
    ];

    [TestMethod]
    public void What_was_closed_survives_a_power_cut()
    {
        using BoardUnderTest board = new BoardUnderTest().Run(static () => Nano.File.WriteAllText(@"I:\a", "one"));
        CollectionAssert.AreEqual(new[] { "a=one" }, board.Files());
        board.Run(() => board.Tell(Nano.File.ReadAllText(@"I:\a")));
        Assert.AreEqual("one", board.Heard<string>());
    }

    [TestMethod]
    public void What_was_not_closed_is_lost_however_often_it_was_flushed()
    {
        using var board = new BoardUnderTest();
        board.Run(static () => Nano.File.WriteAllText(@"I:\a", "one"));
        board.Run(static () =>
        {
            var old = new Nano.FileStream(@"I:\a", FileMode.Append);
            old.Write("two"u8.ToArray(), 0, 3);
            old.Flush();
            var made = new Nano.FileStream(@"I:\b", FileMode.Create);
            made.WriteByte(1);
            made.Flush();
        });
        CollectionAssert.AreEqual(new[] { "a=one", "b=" }, board.Files());
    }

    [TestMethod]
    public void A_cut_inside_any_operation_leaves_the_state_before_or_after_it()
    {
        for (int cut = 0; cut < States.Length - 1; cut++)
        {
            foreach (FlashCutOutcome outcome in new[] { FlashCutOutcome.Old, FlashCutOutcome.New })
            {
                using var board = new BoardUnderTest();
                board.Board.Flash.CutAfterOperations(cut, outcome);
                board.Boot(Scenario);
                board.Ended();
                Assert.IsFalse(board.Board.IsOn, $"cut {cut}");
                Assert.IsTrue(board.Board.Flash.WasCut);
                Assert.AreEqual(States[outcome == FlashCutOutcome.Old ? cut : cut + 1], string.Join(' ', board.Files()),
                    $"cut {cut}, {outcome}");
            }
        }

        using BoardUnderTest whole = new BoardUnderTest().Run(Scenario);
        Assert.AreEqual(States[^1], string.Join(' ', whole.Files()));
        Assert.AreEqual(States.Length - 1, whole.Board.Flash.Operations);
    }

    [TestMethod]
    public void A_cut_at_a_content_waits_for_its_write_and_counts_from_there()
    {
        string[] expected = ["a=one b=", "a=one b=tw", "a=one b=two! c="];
        (long Operations, FlashCutOutcome Outcome)[] cuts = [(0, FlashCutOutcome.Old), (0, FlashCutOutcome.Torn), (1, FlashCutOutcome.New)];
        for (int i = 0; i < cuts.Length; i++)
        {
            using var board = new BoardUnderTest();
            board.Board.Flash.CutAtWriteOf("wo"u8, cuts[i].Operations, cuts[i].Outcome);
            board.Boot(static () =>
            {
                Nano.File.WriteAllText(@"I:\a", "one");
                Nano.File.WriteAllText(@"I:\b", "two!");
                Nano.File.WriteAllText(@"I:\c", "three");
            });
            board.Ended();
            Assert.IsTrue(board.Board.Flash.WasCut);
            Assert.AreEqual(expected[i], string.Join(' ', board.Files()), $"cut {i}");
        }
    }

    [TestMethod]
    public void A_torn_append_keeps_any_prefix_of_what_was_added()
    {
        for (int bytes = 0; bytes < 6; bytes++)
        {
            using var board = new BoardUnderTest();
            board.Run(static () => Nano.File.WriteAllText(@"I:\log", "old"));
            board.Board.Flash.CutAfterBytes(bytes, FlashCutOutcome.Torn);
            board.Boot(static () => Nano.File.AppendAllText(@"I:\log", "appended"));
            board.Ended();
            Assert.AreEqual("log=old" + "appended"[..bytes], board.Files().Single());
        }
    }

    [TestMethod]
    public void A_cut_counts_the_bytes_over_several_closes()
    {
        using var board = new BoardUnderTest();
        board.Board.Flash.CutAfterBytes(7, FlashCutOutcome.Old);
        board.Boot(static () =>
        {
            for (int i = 0; i < 10; i++) Nano.File.AppendAllText(@"I:\log", "xyz");
        });
        board.Ended();
        Assert.AreEqual("log=xyzxyz", board.Files().Single());
    }

    [TestMethod]
    public void A_torn_replacement_keeps_the_old_content()
    {
        using var board = new BoardUnderTest();
        board.Run(static () => Nano.File.WriteAllText(@"I:\a", "old"));
        board.Board.Flash.CutAfterBytes(2, FlashCutOutcome.Torn);
        board.Boot(static () => Nano.File.WriteAllText(@"I:\a", "replaced"));
        board.Ended();
        Assert.AreEqual("a=old", board.Files().Single());
    }

    [TestMethod]
    public void Writes_are_counted_by_kind()
    {
        using BoardUnderTest board = new BoardUnderTest().Run(Scenario);
        VirtualFlash flash = board.Board.Flash;
        Assert.AreEqual(3, flash.Appends);
        Assert.AreEqual(1, flash.Replaces);
        Assert.AreEqual(4, flash.Closes);
        Assert.AreEqual(3 + 3 + 3 + 5, flash.BytesWritten);
    }

    [TestMethod]
    public void Reading_alone_writes_nothing()
    {
        using var board = new BoardUnderTest();
        board.Run(static () => Nano.File.WriteAllText(@"I:\a", "one"));
        long before = board.Board.Flash.Operations;
        board.Run(static () =>
        {
            Nano.File.ReadAllText(@"I:\a");
            using var both = new Nano.FileStream(@"I:\a", FileMode.Open, FileAccess.ReadWrite);
            both.ReadByte();
        });
        Assert.AreEqual(before, board.Board.Flash.Operations);
    }

    [TestMethod]
    public void A_full_drive_refuses_the_write_and_keeps_what_is_there()
    {
        using var board = new BoardUnderTest();
        board.Board.Flash.CapacityBytes = 64 * 1024;
        board.Run(() =>
        {
            try
            {
                for (int i = 0; i < 100; i++) Nano.File.WriteAllBytes(@"I:\f" + i, new byte[4096]);
            }
            catch (Nano.IOException e)
            {
                board.Tell(e.Message);
            }
        });
        StringAssert.Contains(board.Heard<string>(), "does not fit");
        Assert.IsInRange(3, 10, board.Files().Length);
        Assert.AreEqual(4096, new FileInfo(Path.Combine(board.Folder, "f0")).Length);
    }

    [TestMethod]
    public void A_file_that_one_writes_is_not_opened_by_another()
    {
        using var board = new BoardUnderTest();
        board.Run(() =>
        {
            using var first = new Nano.FileStream(@"I:\a", FileMode.Create, FileAccess.Write, FileShare.None);
            board.Tell(Code(static () => Nano.File.OpenRead(@"I:\a")));
            board.Tell(Code(static () => Nano.File.Delete(@"I:\a")));
        });
        Assert.AreEqual(Nano.IOException.IOExceptionErrorCode.UnauthorizedAccess, board.Heard<Nano.IOException.IOExceptionErrorCode>());
        Assert.AreEqual(Nano.IOException.IOExceptionErrorCode.UnauthorizedAccess, board.Heard<Nano.IOException.IOExceptionErrorCode>());
    }

    [TestMethod]
    public void Errors_have_the_boards_codes()
    {
        using var board = new BoardUnderTest();
        board.Run(() =>
        {
            Nano.File.WriteAllText(@"I:\a", "x");
            Nano.File.Delete(@"I:\none"); // does nothing
            board.Tell(Code(static () => Nano.File.OpenRead(@"I:\none")));
            board.Tell(Code(static () => Nano.File.WriteAllText(@"I:\dir\a", "x")));
            board.Tell(Code(static () => Nano.File.OpenRead(@"D:\a")));
            board.Tell(Code(static () => Nano.File.Open(@"I:\a", FileMode.CreateNew)));
            board.Tell(Code(static () => Nano.File.Move(@"I:\none", @"I:\b")));
        });
        foreach (string code in new[] { "FileNotFound", "DirectoryNotFound", "VolumeNotFound", "PathAlreadyExists", "FileNotFound" })
            Assert.AreEqual(code, board.Heard<Nano.IOException.IOExceptionErrorCode>().ToString());
    }

    [TestMethod]
    public void Folders_hold_files_and_the_boards_own_are_not_seen()
    {
        using var board = new BoardUnderTest();
        board.Run(() =>
        {
            Nano.Directory.CreateDirectory(@"I:\log");
            Nano.File.WriteAllText(@"I:\log\1", "x");
            board.Tell(string.Join(' ', Nano.Directory.GetDirectories(@"I:\")));
            board.Tell(string.Join(' ', Nano.Directory.GetFiles(@"I:\log")));
            board.Tell(Code(static () => Nano.Directory.Delete(@"I:\log")));
            Nano.Directory.Delete(@"I:\log", true);
            board.Tell(Nano.Directory.Exists(@"I:\log"));
        });
        Assert.AreEqual(@"I:\log", board.Heard<string>());
        Assert.AreEqual(@"I:\log\1", board.Heard<string>());
        Assert.AreEqual(Nano.IOException.IOExceptionErrorCode.DirectoryNotEmpty, board.Heard<Nano.IOException.IOExceptionErrorCode>());
        Assert.IsFalse(board.Heard<bool>());
    }

    [TestMethod]
    public void A_folder_that_cannot_be_written_is_named_when_the_board_is_made()
    {
        string file = Path.GetTempFileName();
        try
        {
            var options = new BoardOptions
            {
                Name = "alice",
                FlashFolder = Path.Combine(file, "flash"),
                Main = static () =>
                { },
                Hardware = BoardHardware.Load("{}")
            };
            var e = Assert.ThrowsExactly<IOException>(() => new Board(options));
            StringAssert.Contains(e.Message, "alice");
            StringAssert.Contains(e.Message, file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void Scenario()
    {
        Nano.File.WriteAllText(@"I:\a", "one");
        Nano.File.AppendAllText(@"I:\a", "two");
        Nano.File.WriteAllText(@"I:\b", "new");
        Nano.File.WriteAllText(@"I:\a", "three");
        Nano.File.Delete(@"I:\a");
        Nano.File.Move(@"I:\b", @"I:\c");
    }

    private static Nano.IOException.IOExceptionErrorCode Code(Action action) => Assert.ThrowsExactly<Nano.IOException>(action).ErrorCode;
}
