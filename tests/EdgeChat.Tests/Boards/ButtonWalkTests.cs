using EdgeChat.TestKit;
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
        Seeds.Play("From_anywhere_the_documented_hold", 20261124, seed =>
        {
            var random = new Random(seed);
            ScreenBoard board = ScreenBoard.Shaped((width, height, buttons), Scenes.Busy);
            var seen = new HashSet<Type>();
            var menus = new HashSet<Type>();
            int number = 50, mostHolds = 0;
            for (int i = 0; i < Presses;)
            {
                // a few rows down and in, some times: what is deep in the menus is too far for pure chance
                var toDo = new Queue<(int Button, int Ms)>();
                for (int level = 2 + random.Next(3); level > 0; level--)
                {
                    for (int rows = random.Next(10); rows > 0; rows--) toDo.Enqueue((A, 80));
                    toDo.Enqueue(buttons == 1 ? (A, 700) : (B, random.Next(3) == 0 ? 700 : 80));
                }

                for (int walk = toDo.Count + random.Next(25); walk >= 0; walk--, i++)
                {
                    Screen before = board.Top;
                    if (!toDo.TryDequeue(out var press)) press = (random.Next(buttons), Times[random.Next(Times.Length)]);
                    board.Push(press.Button, press.Ms);
                    seen.Add(board.Top.GetType());
                    if (board.Top is MenuScreen && before is not MenuScreen) menus.Add(before.GetType());
                    if (i % 200 == 0) board.Receives("bob", number++, "Message " + i);
                }

                int holds = 0;
                while (!board.IsHome)
                {
                    Assert.IsTrue(holds++ < MostHolds, $"press {i}: {board.Top.GetType().Name} does not lead to the list");
                    board.Push(button, holdMs);
                }

                mostHolds = Math.Max(mostHolds, holds);
            }

            string saw = string.Join(", ", seen.Select(t => t.Name).Order());
            string over = string.Join(", ", menus.Select(t => t.Name).Order());
            TestContext.WriteLine($"{buttons} button(s): {mostHolds} hold(s) at most; saw {saw}; menus over {over}");
            foreach (Type screen in new[]
            {
                typeof(ThreadScreen), typeof(RepliesScreen), typeof(ComposeScreen), typeof(MenuScreen), typeof(DetailsScreen),
                typeof(ContactsScreen), typeof(SettingsScreen), typeof(DeviceScreen), typeof(LabelScreen), typeof(MembersScreen),
            })
                Assert.IsTrue(seen.Contains(screen), $"the walk never came to {screen.Name}");
            foreach (Type screen in new[] { typeof(ThreadScreen), typeof(ComposeScreen), typeof(DeviceScreen) })
                Assert.IsTrue(menus.Contains(screen), $"the menu of {screen.Name} was never opened");
        });
    }

    [TestMethod]
    [DataRow(1, 128, 64)]
    [DataRow(2, 120, 64)]
    public void A_text_is_written_and_sent(int buttons, int width, int height)
    {
        ScreenBoard board = ScreenBoard.Shaped((width, height, buttons), Scenes.Talk);
        int ok = buttons - 1;
        int okMs = buttons == 1 ? 700 : 80;
        board.Push(ok, okMs); // the newest conversation
        board.Push(ok, okMs); // answer
        board.Push(ok, okMs); // write
        Assert.IsInstanceOfType<ComposeScreen>(board.Top);
        var text = board.Entry;
        for (int presses = 0; text.Count < 3; presses++)
        {
            string so = System.Text.Encoding.UTF8.GetString(text.Text, 0, text.Count);
            Assert.IsTrue(presses < 60, $"nothing more is written after \"{so}\"; {board.Top.GetType().Name}");
            // both groups in turn: the second one alone leads to the signs and, there, to the shift for ever
            bool isSecond = text.Count == 1 && presses % 2 == 0;
            if (buttons == 1) board.Push(0, isSecond ? 700 : 80);
            else board.Push(isSecond ? B : A, 80);
        }

        string written = System.Text.Encoding.UTF8.GetString(text.Text, 0, text.Count).TrimEnd();
        board.Push(ok, buttons == 1 ? 1900 : 700); // sends, or with one button opens the menu, whose first row is Send
        if (buttons == 1) board.Push(ok, okMs);
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        var read = new byte[100];
        int newest = board.Messenger.Newest(board.Messenger.Find("bob", false));
        Assert.AreEqual(written, System.Text.Encoding.UTF8.GetString(read, 0, board.Messenger.ReadText(newest, read)));
    }
}
