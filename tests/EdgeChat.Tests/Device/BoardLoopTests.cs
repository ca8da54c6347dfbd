using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Ui;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.OnBoard;

/// <summary>The loop of a board, and the whole firmware from power-on to its end.</summary>
[TestClass]
public class BoardLoopTests
{
    private const string Identity = """{ "id": "alice", "host": "127.0.0.1", "port": 1 }""";

    [TestMethod]
    public void An_idle_loop_allocates_nothing() => TestBoard.Run(() =>
    {
        const int turns = 1000;
        var board = new BareLoop();
        Turn(turns);
        long waiting = Allocated(() => Wait(turns));
        long turning = Allocated(() => Turn(turns));
        Assert.AreEqual(waiting, turning, "what the virtual board allocates for a wait is not the firmware's; the rest would be");

        void Turn(int times)
        {
            for (int i = 0; i < times; i++)
            {
                board.Events.Wake();
                board.Loop.Turn();
            }
        }

        void Wait(int times)
        {
            for (int i = 0; i < times; i++)
            {
                board.Events.Wake();
                board.Events.Wait(BoardLoop.StopMs);
            }
        }
    });

    [TestMethod]
    public void A_picture_comes_before_the_flash_is_read_and_what_happens_meanwhile_waits() => TestBoard.Run(() =>
    {
        const int ok = 1;
        var board = BareLoop.Loading();
        Assert.IsTrue(board.App.Frame.Dirty);
        Assert.IsTrue(board.App.Frame.Pixels.Any(p => p != 0), "a picture");
        board.Events.TryAdd(BoardEvent.Level, ok, board.Clock.NowMs, null);
        board.Events.TryAdd(BoardEvent.Level, -1 - ok, board.Clock.NowMs, null);
        int turns = 0;
        for (; board.App.IsLoading; turns++)
        {
            Assert.AreEqual(2, board.Events.Count, $"turn {turns}");
            board.Loop.Turn();
        }

        Assert.IsGreaterThan(1, turns);
        board.Loop.Turn();
        board.Loop.Turn();
        Assert.AreEqual(0, board.Events.Count);
        Assert.IsInstanceOfType<MainMenuScreen>(board.App.Screens.Context.Stack.Top, "the press was taken");
    });

    [TestMethod]
    public void A_board_that_is_stopped_while_it_reads_its_flash_ends() => TestBoard.Run(() =>
    {
        var board = BareLoop.Loading();
        board.Loop.RequestStop();
        board.Loop.Run();
        Assert.AreEqual(BoardRequest.None, board.Loop.Last);
    });

    [TestMethod]
    public void A_press_that_was_let_go_in_time_is_no_hold_though_the_loop_is_late() => TestBoard.Run(() =>
    {
        const int ok = 1;
        const int down = 2;
        var board = new BareLoop("bob");
        Level(ok, board.Clock.NowMs);
        Level(-1 - ok, board.Clock.NowMs);
        Assert.IsInstanceOfType<MainMenuScreen>(board.App.Screens.Context.Stack.Top);

        long pressed = board.Clock.NowMs - KeyMap.HoldMs - 100;
        Level(down, pressed);
        Level(-1 - down, pressed + 100);
        Assert.IsInstanceOfType<MainMenuScreen>(board.App.Screens.Context.Stack.Top, "a held DOWN would lead home");
        Assert.AreEqual(1, ((ListScreen)board.App.Screens.Context.Stack.Top).Selected);

        void Level(int argument, long atMs)
        {
            board.Events.TryAdd(BoardEvent.Level, argument, atMs, null);
            board.Loop.Turn();
        }
    });

    [TestMethod]
    public void Keys_that_found_the_queue_full_are_counted_in_the_status() => TestBoard.Run(() =>
    {
        var board = new BareLoop("bob");
        for (int i = 0; i < Limits.QueuedEvents; i++) board.Loop.OnLevel(1, i % 2 == 0);
        board.Loop.Turn();
        Assert.AreEqual(0, board.Status.LostKeys);
        for (int i = 0; i < Limits.QueuedEvents; i++) board.Loop.OnLevel(1, i % 2 == 0);
        int lost = board.Events.Dropped;
        Assert.IsGreaterThan(0, lost);
        board.Loop.Turn();
        Assert.AreEqual(lost, board.Status.LostKeys);
    });

    [TestMethod]
    public void Something_is_shown_before_there_is_a_network()
    {
        using TestBoard board = Provisioned();
        board.Board.Wifi.IsUp = false;
        board.Board.PowerOn();
        board.WaitForDisplay(d => d.IsOn && d.Snapshot().Any(b => b != 0), "a picture");
        Assert.IsNull(board.Board.FirmwareFault);
    }

    [TestMethod]
    public void A_stop_ends_the_firmware_cleanly()
    {
        using TestBoard board = Provisioned();
        board.Board.PowerOn();
        board.WaitForDisplay(d => d.IsOn, "a picture");
        board.Board.RequestStop();
        Assert.IsTrue(board.Board.Stopped.Wait(TestBoard.Patience));
        Assert.IsNull(board.Board.FirmwareFault);
    }

    [TestMethod]
    public void A_display_that_is_plugged_in_late_is_found()
    {
        using TestBoard board = Provisioned();
        board.Board.I2c.Detach(1, 0x3C);
        board.Board.PowerOn();
        using var chip = new WaitingChip();
        Assert.IsTrue(SpinWait.SpinUntil(() => board.Board.I2c.Transfers > 0, TestBoard.Patience), "the display was not looked for");
        board.Board.I2c.Attach(1, 0x3C, chip);
        Assert.IsTrue(chip.HasPicture.Wait(TestBoard.Patience), "no whole picture came");
    }

    [TestMethod]
    public void A_fault_is_told_and_the_board_restarts_and_works_when_the_cause_is_gone()
    {
        using TestBoard board = Provisioned();
        board.Board.Flash.CapacityBytes = 0;
        board.Board.PowerOn();
        board.WaitForOutput("Fault, restarting: cannot write I:\\ec.", end: "\r\n");
        board.WaitForDisplay(d => d.IsOn, "the fault");
        board.Board.Flash.CapacityBytes = 256 * 1024;
        board.WaitForOutput("Type help");
        Assert.AreEqual(2, board.Board.Boots);
        Assert.IsNull(board.Board.FirmwareFault);
    }

    private static TestBoard Provisioned()
    {
        var board = new TestBoard();
        board.Put("board.json", TestBoard.Hardware);
        board.Put("edgechat.json", Identity);
        return board;
    }

    private static long Allocated(Action action)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private sealed class WaitingChip : II2cChip, IDisposable
    {
        private long _bytes;

        public ManualResetEventSlim HasPicture { get; } = new();

        public void Write(ReadOnlySpan<byte> bytes)
        {
            _bytes += bytes.Length;
            if (_bytes >= 1024) HasPicture.Set();
        }

        public void Read(Span<byte> bytes) => bytes.Clear();

        public void Dispose() => HasPicture.Dispose();
    }
}
