using EdgeChat.Device;
using EdgeChat.Tests.Screens;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Boards;

/// <summary>Boards with one and two buttons, pressed as a person presses: down, some time, up.</summary>
[TestClass]
public class ButtonWalkTests
{
    private const int Presses = 20_000;
    private const int MostHolds = 3;
    private const int A = 0, B = 1;

    private static readonly int[] Times = [80, 80, 80, 200, 700, 1000, 1900, 2500, 3700, 5000];

    public TestContext TestContext { get; set; } = null!;

    /// <summary>The gestures are those of the boards' pages: of one button held for 3.6 s, of two B for 1.8 s.</summary>
    [TestMethod]
    [DataRow(1, 128, 64, A, 3600)]
    [DataRow(2, 120, 64, B, 1800)]
    public void From_anywhere_the_documented_hold_leads_to_the_list(int buttons, int width, int height, int button, int holdMs)
    {
        const int seed = 20261124;
        var random = new Random(seed);
        ScreenBoard.Shape = (width, height, buttons);
        var hand = new Hand(ScreenTests.Busy(), buttons);
        var seen = new HashSet<Type>();
        var menus = new HashSet<Type>();
        int number = 50, mostHolds = 0;
        for (int i = 0; i < Presses;)
        {
            // a few rows down and in, twice: what is deep in the menus is too far for pure chance
            var toDo = new Queue<(int Button, int Ms)>();
            for (int level = 0; level < 2; level++)
            {
                for (int rows = random.Next(6); rows > 0; rows--) toDo.Enqueue((A, 80));
                toDo.Enqueue(buttons == 1 ? (A, 700) : (B, 80));
            }

            for (int walk = toDo.Count + random.Next(25); walk >= 0; walk--, i++)
            {
                Screen before = hand.Screens.Top;
                if (!toDo.TryDequeue(out var press)) press = (random.Next(buttons), Times[random.Next(Times.Length)]);
                hand.Press(press.Button, press.Ms);
                seen.Add(hand.Screens.Top.GetType());
                if (hand.Screens.Top is MenuScreen && before is not MenuScreen) menus.Add(before.GetType());
                if (i % 200 == 0) hand.Board.Receives("bob", number++, "Message " + i);
            }

            int holds = 0;
            while (!hand.Screens.IsHome)
            {
                Assert.IsTrue(holds++ < MostHolds, $"seed {seed}, press {i}: {hand.Screens.Top.GetType().Name} does not lead to the list");
                hand.Press(button, holdMs);
            }

            mostHolds = Math.Max(mostHolds, holds);
        }

        TestContext.WriteLine($"{buttons} button(s): {mostHolds} hold(s) at most; saw {string.Join(", ", seen.Select(t => t.Name).Order())}; menus over {string.Join(", ", menus.Select(t => t.Name).Order())}");
        foreach (Type screen in new[]
        {
            typeof(ThreadScreen), typeof(RepliesScreen), typeof(ComposeScreen), typeof(MenuScreen), typeof(DetailsScreen), typeof(ContactsScreen),
            typeof(SettingsScreen), typeof(DeviceScreen), typeof(LabelScreen), typeof(MembersScreen),
        })
            Assert.IsTrue(seen.Contains(screen), $"seed {seed}: the walk never came to {screen.Name}");
        foreach (Type screen in new[] { typeof(ThreadScreen), typeof(ComposeScreen), typeof(DeviceScreen) })
            Assert.IsTrue(menus.Contains(screen), $"seed {seed}: the menu of {screen.Name} was never opened");
    }

    [TestMethod]
    [DataRow(1, 128, 64)]
    [DataRow(2, 120, 64)]
    public void A_text_is_written_and_sent(int buttons, int width, int height)
    {
        ScreenBoard.Shape = (width, height, buttons);
        var hand = new Hand(ScreenTests.Talk(), buttons);
        int ok = buttons - 1;
        int okMs = buttons == 1 ? 700 : 80;
        hand.Press(ok, okMs); // the newest conversation
        hand.Press(ok, okMs); // answer
        hand.Press(ok, okMs); // write
        Assert.IsInstanceOfType<ComposeScreen>(hand.Screens.Top);
        var text = hand.Screens.Compose.Entry;
        for (int presses = 0; text.Count < 3; presses++)
        {
            Assert.IsTrue(presses < 60, $"nothing more is written after \"{System.Text.Encoding.UTF8.GetString(text.Text, 0, text.Count)}\"; {hand.Screens.Top.GetType().Name}");
            // both groups in turn: the second one alone leads to the signs and, there, to the shift for ever
            bool isSecond = text.Count == 1 && presses % 2 == 0;
            if (buttons == 1) hand.Press(0, isSecond ? 700 : 80);
            else hand.Press(isSecond ? B : A, 80);
        }

        string written = System.Text.Encoding.UTF8.GetString(text.Text, 0, text.Count).TrimEnd();
        hand.Press(ok, buttons == 1 ? 1900 : 700); // the menu, whose first row is Send
        hand.Press(ok, okMs);
        Assert.IsInstanceOfType<ThreadScreen>(hand.Screens.Top);
        var read = new byte[100];
        int newest = hand.Board.Messenger.Newest(hand.Board.Messenger.Find("bob", false));
        Assert.AreEqual(written, System.Text.Encoding.UTF8.GetString(read, 0, hand.Board.Messenger.ReadText(newest, read)));
    }

    /// <summary>A board, its buttons as the loop of the firmware takes them, and virtual time.</summary>
    private sealed class Hand(ScreenBoard board, int buttons)
    {
        private const int PauseMs = 150;

        private readonly KeyMap _keys = new(buttons);
        private long _now = board.Now + 100_000;

        public ScreenBoard Board { get; } = board;

        public EdgeChat.Ui.Screens Screens => Board.Screens;

        public void Press(int button, int ms)
        {
            long up = _now + ms;
            Level(button, true);
            while (_keys.NextTickMs <= up)
            {
                _now = _keys.NextTickMs;
                _keys.IsChoosing = Screens.Top.IsChoosing;
                while (_keys.OnTime(_now)) Board.App.OnKey(_keys.Key, _keys.IsLong, _now);
            }

            _now = up;
            Level(button, false);
            _now += PauseMs;
            Board.Wait(0);
        }

        private void Level(int button, bool isDown)
        {
            _keys.IsChoosing = Screens.Top.IsChoosing;
            if (_keys.OnLevel(button, isDown, _now)) Board.App.OnKey(_keys.Key, _keys.IsLong, _now);
        }
    }
}
