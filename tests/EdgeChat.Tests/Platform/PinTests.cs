using System.Device.Gpio;
using Nano = EdgeChat.VirtualBoard.Platform;

namespace EdgeChat.Tests.Platform;

[TestClass]
public class PinTests
{
    [TestMethod]
    public void A_pressed_button_pulls_its_pin_low_and_tells_both_edges()
    {
        using var board = new BoardUnderTest();
        board.Boot(() => Watch(board, 33, TimeSpan.Zero));
        board.Heard<string>();
        board.Board.Pins.Press(33);
        Assert.AreEqual("33 Falling Low", board.Heard<string>());
        board.Board.Pins.Release(33);
        Assert.AreEqual("33 Rising High", board.Heard<string>());
    }

    [TestMethod]
    public void A_bouncing_button_tells_one_edge()
    {
        using var board = new BoardUnderTest();
        // so long that it bounces for less on a busy PC too
        board.Boot(() => Watch(board, 33, TimeSpan.FromMilliseconds(500)));
        board.Heard<string>();
        for (int i = 0; i < 5; i++)
        {
            board.Board.Pins.Press(33);
            board.Board.Pins.Release(33);
        }

        board.Board.Pins.Press(33);
        Assert.AreEqual("33 Falling Low", board.Heard<string>());
        board.Board.Pins.Release(33);
        Assert.AreEqual("33 Rising High", board.Heard<string>());
        Assert.IsFalse(board.HasMore);
    }

    [TestMethod]
    public void A_spike_shorter_than_the_debounce_time_tells_nothing()
    {
        using var board = new BoardUnderTest();
        board.Boot(() =>
        {
            Watch(board, 33, TimeSpan.FromMilliseconds(1000));
            Watch(board, 25, TimeSpan.FromMilliseconds(1500)); // ends later: its event says that the other's time has passed
        });
        board.Heard<string>();
        board.Heard<string>();
        board.Board.Pins.Press(33);
        board.Board.Pins.Release(33);
        board.Board.Pins.Press(25);
        Assert.AreEqual("25 Falling Low", board.Heard<string>());
    }

    [TestMethod]
    public void Events_of_all_pins_come_one_after_another_on_one_thread()
    {
        using var board = new BoardUnderTest();
        board.Boot(() =>
        {
            using var controller = new GpioController();
            foreach (int number in new[] { 25, 32, 33 })
            {
                GpioPin pin = controller.OpenPin(number, PinMode.InputPullUp);
                pin.ValueChanged += (_, e) => board.Tell(Nano.Thread.CurrentThread.ManagedThreadId);
            }

            board.Tell(0);
            new Nano.AutoResetEvent(false).WaitOne();
        });
        board.Heard<int>();
        foreach (int pin in new[] { 25, 32, 33 }) board.Board.Pins.Press(pin);
        int first = board.Heard<int>();
        Assert.AreEqual(first, board.Heard<int>());
        Assert.AreEqual(first, board.Heard<int>());
    }

    [TestMethod]
    public void A_closed_pin_tells_nothing_and_can_be_opened_again()
    {
        using var board = new BoardUnderTest();
        board.Run(static () =>
        {
            var controller = new GpioController();
            GpioPin pin = controller.OpenPin(33, PinMode.InputPullUp);
            Assert.ThrowsExactly<InvalidOperationException>(() => new GpioController().OpenPin(33));
            pin.ValueChanged += static (_, _) => throw new InvalidOperationException("told");
            pin.Dispose();
            EdgeChat.VirtualBoard.Board.Current!.Pins.Press(33);
            controller.OpenPin(33, PinMode.InputPullUp);
            Assert.AreEqual(PinValue.Low, controller.Read(33));
        });
    }

    [TestMethod]
    public void An_output_is_seen_from_outside()
    {
        using var board = new BoardUnderTest();
        board.Boot(() =>
        {
            GpioPin pin = new GpioController().OpenPin(2, PinMode.Output);
            pin.Write(PinValue.High);
            board.Tell("high");
            new Nano.AutoResetEvent(false).WaitOne();
        });
        board.Heard<string>();
        Assert.IsTrue(board.Board.Pins.Level(2));
        board.Board.PowerOff();
        Assert.IsFalse(board.Board.Pins.Level(2));
    }

    [TestMethod]
    public void An_input_only_pin_of_the_first_ESP32_is_no_output()
    {
        using var board = new BoardUnderTest();
        board.Run(() =>
        {
            var e = Assert.ThrowsExactly<ArgumentException>(static () => new GpioController().OpenPin(34, PinMode.Output));
            board.Tell(e.Message);
        });
        StringAssert.Contains(board.Heard<string>(), "34");
    }

    private static void Watch(BoardUnderTest board, int number, TimeSpan debounce)
    {
        GpioPin pin = new GpioController().OpenPin(number, PinMode.InputPullUp);
        pin.DebounceTimeout = debounce;
        pin.ValueChanged += (_, e) => board.Tell($"{e.PinNumber} {e.ChangeType} {pin.Read()}");
        board.Tell("watching");
    }
}
