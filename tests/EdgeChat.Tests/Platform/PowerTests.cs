using EdgeChat.VirtualBoard;
using nanoFramework.Hardware.Esp32;
using nanoFramework.Networking;
using nanoFramework.Runtime.Native;
using Nano = EdgeChat.VirtualBoard.Platform;

namespace EdgeChat.Tests.Platform;

[TestClass]
public class PowerTests
{
    [TestMethod]
    public void Main_runs_once_a_power_on()
    {
        using var board = new BoardUnderTest();
        Assert.AreEqual(0, board.Board.Boots);
        board.Run(() => board.Tell("ran"));
        board.Run(() => board.Tell("ran"));
        Assert.AreEqual(2, board.Board.Boots);
        Assert.IsFalse(board.Board.IsOn);
        board.Heard<string>();
        board.Heard<string>();
        Assert.IsFalse(board.HasMore);
    }

    [TestMethod]
    [DataRow("sleep")]
    [DataRow("event")]
    [DataRow("any")]
    [DataRow("join")]
    [DataRow("serial")]
    [DataRow("network")]
    [DataRow("catcher")]
    public void A_power_cut_ends_a_thread_that(string waitsFor)
    {
        using var board = new BoardUnderTest();
        board.Board.Wifi.IsUp = false;
        Action wait = Waits(waitsFor);
        board.Boot(() =>
        {
            try
            {
                board.Tell("waiting");
                wait();
                board.Tell("went on");
            }
            finally
            {
                board.Tell("ended");
            }
        });
        Assert.AreEqual("waiting", board.Heard<string>());
        board.Board.PowerOff();
        if (waitsFor != "catcher") Assert.AreEqual("ended", board.Heard<string>());
        board.Ended();
        Assert.IsFalse(board.HasMore);
    }

    [TestMethod]
    public void A_thread_of_an_earlier_boot_cannot_touch_the_board()
    {
        using var board = new BoardUnderTest();
        using var goOn = new ManualResetEventSlim();
        board.Boot(() =>
        {
            board.Tell("first boot");
            goOn.Wait(); // computes, so to speak: no call of the platform that a power cut could end
            Nano.File.WriteAllText(@"I:\ghost", "boo");
        });
        board.Heard<string>();
        Task off = Task.Run(board.Board.PowerOff);
        Assert.IsTrue(SpinWait.SpinUntil(() => !board.Board.IsOn, BoardUnderTest.Patience));
        goOn.Set();
        Assert.IsTrue(off.Wait(BoardUnderTest.Patience));
        board.Run(static () => { });
        Assert.IsEmpty(board.Files());
    }

    [TestMethod]
    public void What_leaves_Main_is_reported_and_ends_nothing_else()
    {
        using var board = new BoardUnderTest();
        board.Boot(static () => throw new InvalidOperationException("broken"));
        Assert.IsTrue(board.Board.Stopped.Wait(BoardUnderTest.Patience));
        Assert.AreEqual("broken", board.Board.FirmwareFault?.Message);
        board.Run(static () => { });
        Assert.IsNull(board.Board.FirmwareFault);
    }

    [TestMethod]
    public void What_leaves_another_thread_is_reported_too()
    {
        using var board = new BoardUnderTest();
        board.Boot(static () =>
        {
            var thread = new Nano.Thread(static () => throw new InvalidOperationException("broken"));
            thread.Start();
            thread.Join();
        });
        Assert.IsTrue(board.Board.Stopped.Wait(BoardUnderTest.Patience));
        Assert.AreEqual("broken", board.Board.FirmwareFault?.Message);
    }

    [TestMethod]
    public void A_reboot_from_inside_calls_the_handlers_and_starts_Main_again_with_the_clock_set()
    {
        using var board = new BoardUnderTest();
        board.Board.Sntp.Answers = false;
        board.Boot(() =>
        {
            board.Tell(Nano.DateTime.UtcNow.Year);
            if (board.Board.Boots > 1) return;
            board.Board.Sntp.Answers = true;
            WifiNetworkHelper.Reconnect(true);
            Power.OnRebootEvent += () => board.Tell("rebooting");
            Power.RebootDevice();
            board.Tell("not reached");
        });
        Assert.AreEqual(1970, board.Heard<int>());
        Assert.AreEqual("rebooting", board.Heard<string>());
        Assert.IsGreaterThan(2024, board.Heard<int>());
        board.Ended();
        Assert.AreEqual(2, board.Board.Boots);
        Assert.IsTrue(board.Board.IsOn);
        Assert.IsFalse(board.HasMore);
    }

    [TestMethod]
    public void A_power_off_wins_over_a_restart_that_is_under_way()
    {
        using var board = new BoardUnderTest();
        board.Boot(() =>
        {
            board.Tell("up");
            Sleep.EnableWakeupByTimer(TimeSpan.FromDays(1));
            Sleep.StartDeepSleep();
        });
        board.Heard<string>();
        board.Ended();
        board.Board.PowerOff();
        Assert.IsFalse(board.Board.IsOn);
        Assert.IsFalse(board.Board.IsSleeping);
    }

    [TestMethod]
    public void A_clean_stop_lets_the_firmware_say_goodbye()
    {
        using var board = new BoardUnderTest();
        board.Boot(() =>
        {
            var stop = new Nano.AutoResetEvent(false);
            var ended = new Nano.ManualResetEvent(false);
            Power.OnRebootEvent += () =>
            {
                stop.Set();
                ended.WaitOne(10000, false);
            };
            board.Tell("up");
            stop.WaitOne();
            board.Tell("goodbye");
            ended.Set();
        });
        Assert.AreEqual("up", board.Heard<string>());
        using var off = new ManualResetEventSlim();
        board.Board.PowerChanged += isOn => off.Set();
        board.Board.RequestStop();
        Assert.AreEqual("goodbye", board.Heard<string>());
        board.Ended();
        Assert.IsTrue(off.Wait(BoardUnderTest.Patience));
        Assert.IsFalse(board.Board.IsOn);
    }

    [TestMethod]
    public void A_pin_wakes_the_board_from_deep_sleep()
    {
        using var board = new BoardUnderTest();
        board.Boot(() =>
        {
            board.Tell(Sleep.GetWakeupCause());
            if (board.Board.Boots > 1) return;
            Sleep.EnableWakeupByPin(Sleep.WakeupGpioPin.Pin33, 0);
            Sleep.StartDeepSleep();
        });
        Assert.AreEqual(Sleep.WakeupCause.Undefined, board.Heard<Sleep.WakeupCause>());
        Assert.IsTrue(SpinWait.SpinUntil(() => board.Board.IsSleeping, BoardUnderTest.Patience));
        board.Board.Pins.Press(32); // another pin
        Assert.IsTrue(board.Board.IsSleeping);
        board.Board.Pins.Press(33);
        Assert.AreEqual(Sleep.WakeupCause.Ext0, board.Heard<Sleep.WakeupCause>());
    }

    [TestMethod]
    public void The_timer_wakes_the_board_from_deep_sleep()
    {
        using var board = new BoardUnderTest();
        board.Boot(() =>
        {
            board.Tell(Sleep.GetWakeupCause());
            if (board.Board.Boots > 1) return;
            Sleep.EnableWakeupByTimer(TimeSpan.FromMilliseconds(20));
            Sleep.StartDeepSleep();
        });
        board.Heard<Sleep.WakeupCause>();
        Assert.AreEqual(Sleep.WakeupCause.Timer, board.Heard<Sleep.WakeupCause>());
    }

    [TestMethod]
    public void A_timer_of_the_firmware_stops_with_the_power()
    {
        using var board = new BoardUnderTest();
        int ticks = 0;
        board.Boot(() =>
        {
            _ = new Nano.Timer(_ => Interlocked.Increment(ref ticks), null, 0, 1);
            while (Volatile.Read(ref ticks) < 3) Nano.Thread.Sleep(1);
        });
        board.Ended();
        board.Board.PowerOff();
        int atOff = Volatile.Read(ref ticks);
        // a timer that starts after the cut and fires gives the dead one its chance
        using var later = new ManualResetEventSlim();
        using var marker = new Timer(_ => later.Set(), null, 50, Timeout.Infinite);
        Assert.IsTrue(later.Wait(BoardUnderTest.Patience));
        Assert.IsLessThanOrEqualTo(atOff + 1, Volatile.Read(ref ticks));
    }

    [TestMethod]
    public void Three_hundred_boards_live_in_one_process()
    {
        var boards = new List<BoardUnderTest>();
        try
        {
            for (int i = 0; i < 300; i++)
            {
                var board = new BoardUnderTest("board-" + i);
                boards.Add(board);
                board.Boot(() =>
                {
                    board.Tell(Board.Current!.Name);
                    new Nano.AutoResetEvent(false).WaitOne();
                });
            }

            for (int i = 0; i < 300; i++) Assert.AreEqual("board-" + i, boards[i].Heard<string>());
        }
        finally
        {
            foreach (BoardUnderTest board in boards) board.Dispose();
        }
    }

    private static Action Waits(string what) => what switch
    {
        "sleep" => static () => Nano.Thread.Sleep(Timeout.Infinite),
        "event" => static () => new Nano.AutoResetEvent(false).WaitOne(),
        "any" => static () => Nano.WaitHandle.WaitAny([new Nano.AutoResetEvent(false), new Nano.ManualResetEvent(false)]),
        "join" => static () =>
        {
            var endless = new Nano.Thread(static () => Nano.Thread.Sleep(Timeout.Infinite));
            endless.Start();
            endless.Join();
        }
        ,
        "serial" => static () =>
        {
            Configuration.SetPinFunction(17, DeviceFunction.COM2_TX);
            Configuration.SetPinFunction(16, DeviceFunction.COM2_RX);
            var port = new Nano.SerialPort("COM2", 115200);
            port.Open();
            port.ReadByte();
        }
        ,
        "network" => static () => WifiNetworkHelper.Reconnect(true),
        // A firmware that catches everything and goes on would spin for ever.
        "catcher" => static () =>
        {
            while (true)
            {
                try
                {
                    Nano.Thread.Sleep(1);
                }
                catch (Exception)
                {
                    // goes on
                }
            }
        }
        ,
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };
}
