using System.Collections.Concurrent;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.Ui;

namespace EdgeChat.Tests.OnBoard;

/// <summary>Buttons on their pins, from the contact to the press.</summary>
[TestClass]
public class ButtonTests
{
    [TestMethod]
    [DataRow(new[] { 32, 33, 25 }, 32, 33, 25, DisplayName = "three: up, OK, down")]
    [DataRow(new[] { 32, 33 }, 32, 33, -1, DisplayName = "two: up, OK")]
    [DataRow(new[] { 25, 33 }, -1, 33, 25, DisplayName = "two: down, OK")]
    [DataRow(new[] { 33 }, -1, 33, -1, DisplayName = "one: OK")]
    [DataRow(new int[0], -1, -1, -1, DisplayName = "none")]
    public void Each_button_tells_its_number_when_it_goes_down_and_up(int[] pins, int up, int ok, int down)
    {
        using var told = new BlockingCollection<(int Button, bool IsDown)>();
        using var ready = new ManualResetEventSlim();
        using var board = new TestBoard(() =>
        {
            Wiring.Buttons(new BoardConfig { Up = up, Ok = ok, Down = down }, new Listener(told.Add));
            ready.Set();
            new EdgeChat.VirtualBoard.Platform.ManualResetEvent(false).WaitOne();
        });
        board.Board.PowerOn();
        Assert.IsTrue(ready.Wait(TestBoard.Patience));
        for (int i = 0; i < pins.Length; i++)
        {
            board.Board.Pins.Press(pins[i]);
            Assert.AreEqual((i, true), Next(told));
            board.Board.Pins.Release(pins[i]);
            Assert.AreEqual((i, false), Next(told));
        }
    }

    [TestMethod]
    public void A_press_and_a_hold_reach_the_screens_as_different_keys_and_the_hold_while_it_is_held()
    {
        const int ok = 33;
        const int down = 25;
        App? app = null;
        using var board = new TestBoard(() =>
        {
            var bare = new BareLoop("bob");
            app = bare.App;
            Wiring.Buttons(new BoardConfig { Up = 32, Ok = ok, Down = down }, bare.Loop);
            bare.Loop.Run();
        });
        board.Board.PowerOn();
        board.WaitForDisplay(d => d.IsOn, "the first screen");

        // A contact that bounces is shorter than 20 ms and a hold longer than 600: on a busy PC a press of 100 ms may become a hold.
        for (int attempt = 0; attempt < 20; attempt++)
        {
            board.Board.Pins.Press(ok);
            board.WaitForDisplay(_ => Top() is MainMenuScreen, "the menu, before OK is let go,");
            board.Board.Pins.Release(ok);
            board.Board.Pins.Press(down);
            Thread.Sleep(100);
            board.Board.Pins.Release(down);
            board.WaitForDisplay(_ => Top() is not MainMenuScreen menu || menu.Selected != 0, "what DOWN does");
            if (Top() is MainMenuScreen) break;
        }

        Assert.AreEqual(1, ((MainMenuScreen)Top()).Selected, "a press of DOWN goes to the next row");
        board.Board.Pins.Press(down);
        board.WaitForDisplay(_ => Top() is ConversationsScreen, "the first screen, by a held DOWN");

        Screen Top() => app!.Screens.Context.Stack.Top;
    }

    private static (int Button, bool IsDown) Next(BlockingCollection<(int Button, bool IsDown)> told)
    {
        Assert.IsTrue(told.TryTake(out (int Button, bool IsDown) next, TestBoard.Patience), "the button told nothing");
        return next;
    }

    private sealed class Listener(Action<(int Button, bool IsDown)> told) : IButtonListener
    {
        public void OnLevel(int button, bool isDown) => told((button, isDown));
    }
}
