using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;

namespace EdgeChat.Tests.Device;

/// <summary>Buttons on their pins, from the contact to the press.</summary>
[TestClass]
public class ButtonTests
{
    [TestMethod]
    public void Each_button_tells_its_key_when_it_goes_down_and_up()
    {
        var told = new System.Collections.Concurrent.BlockingCollection<(int Key, bool IsDown)>();
        using var ready = new ManualResetEventSlim();
        using var board = new TestBoard(() =>
        {
            var config = new BoardConfig { Up = 32, Ok = 33, Down = 25 };
            Wiring.Buttons(config, new Listener(told.Add));
            ready.Set();
            Thread.Sleep(Timeout.Infinite);
        });
        board.Board.PowerOn();
        Assert.IsTrue(ready.Wait(TestBoard.Patience));
        foreach ((int pin, Key key) in new[] { (32, Key.Up), (33, Key.Ok), (25, Key.Down) })
        {
            board.Board.Pins.Press(pin);
            Assert.AreEqual(((int)key, true), Next(told));
            board.Board.Pins.Release(pin);
            Assert.AreEqual(((int)key, false), Next(told));
        }
    }

    [TestMethod]
    public void A_button_that_a_board_does_not_have_is_left_out() => TestBoard.Run(() =>
        Assert.AreEqual(1, Wiring.Buttons(new BoardConfig { Ok = 33 }, new Listener(_ => { })).Length));

    private static (int Key, bool IsDown) Next(System.Collections.Concurrent.BlockingCollection<(int Key, bool IsDown)> told)
    {
        Assert.IsTrue(told.TryTake(out (int Key, bool IsDown) next, TestBoard.Patience), "the button told nothing");
        return next;
    }

    private sealed class Listener(Action<(int Key, bool IsDown)> told) : IButtonListener
    {
        public void OnLevel(int key, bool isDown) => told((key, isDown));
    }
}
