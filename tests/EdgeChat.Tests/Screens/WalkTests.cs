using EdgeChat.Core;
using EdgeChat.Metering;
using EdgeChat.TestKit;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>Whatever is pressed: nothing breaks, nothing grows, and the list is never far.</summary>
[TestClass]
public class WalkTests
{
    private const int Presses = 100_000;
    private const int MostGrowth = 4096; // tables that were not full get more rows
    private const int HoldsToList = 8; // more than screens can lie over one another

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(3, "uodUOD")]
    [DataRow(2, "doUOD")]
    [DataRow(1, "doU")]
    public void A_hundred_thousand_random_presses_break_nothing(int buttons, string keys)
    {
        Seeds.Play("A_hundred_thousand_random_presses", 20260921, seed =>
        {
            var random = new Random(seed);
            var board = ScreenBoard.WithButtons(buttons, Scenes.Busy);
            board.App.Frame.CanRotate = true;
            var seen = new HashSet<Type>();
            string last = "";
            int number = 10;
            try
            {
                for (int i = 0; i < Presses; i++)
                {
                    string now = board.Screens.IsChoosing && buttons < 3 ? "udUO" : keys;
                    char key = now[random.Next(now.Length)];
                    last = (last.Length > 40 ? last[1..] : last) + key;
                    board.Press(key.ToString());
                    seen.Add(board.Top.GetType());
                    if (i % 50 == 0) board.Receives(i % 100 == 0 ? "bob" : "carol", number++, "Message " + i);
                    // a stranger invites, and takes it back
                    if (i % 500 == 0) board.Publish("ec1/i/alice/mallory", $$"""{"n":{{i / 500 + 1}},"y":"j","g":"crew"}""");
                    if (i % 500 == 0 || i % 500 == 400)
                    {
                        string who = i % 500 == 0 ? "\"mallory\",\"alice\"" : "\"mallory\"";
                        board.Publish("ec1/r/crew", $$"""{"v":{{i + 1}},"by":"mallory","m":[{{who}}],"a":["mallory"]}""");
                    }

                    if (i % 70 == 0) board.Wait(random.Next(3000));
                    if (i % 5000 == 0) board.Wait(120_000);
                }
            }
            catch (Exception e) when (e is not AssertFailedException)
            {
                throw new AssertFailedException($"after …{last} on {board.Top.GetType().Name}", e);
            }

            TestContext.WriteLine($"{buttons} button(s): saw " + string.Join(", ", seen.Select(t => t.Name).Order()));
            foreach (Type screen in new[] { typeof(ThreadScreen), typeof(ComposeScreen), typeof(RepliesScreen), typeof(DetailsScreen),
                typeof(MenuScreen), typeof(InvitationScreen) })
                Assert.IsTrue(seen.Contains(screen), $"the walk never came to {screen.Name}");
        });
    }

    [TestMethod]
    [DataRow('D')]
    [DataRow('U')]
    public void From_any_screen_holding_a_key_leads_to_the_list(char hold)
    {
        Seeds.Play("From_any_screen_holding_a_key", 7, seed =>
        {
            var random = new Random(seed);
            var board = Scenes.Busy();
            var left = new HashSet<Type>();
            for (int walk = 0; walk < 3000; walk++)
            {
                string path = "";
                for (int i = random.Next(14); i >= 0; i--) path += "uodOuod"[random.Next(7)];
                board.Press(path);
                left.Add(board.Top.GetType());
                int holds = 0;
                int most = HoldsToList + (hold == 'U' ? 2 * Limits.WrittenBytes : 0); // Up takes back what was written, a step each
                while (!board.IsHome)
                {
                    Assert.IsTrue(holds++ < most, $"walk {walk}: {path} is a dead end on {board.Top.GetType().Name}");
                    board.Press(hold.ToString());
                }
            }

            TestContext.WriteLine("left: " + string.Join(", ", left.Select(t => t.Name).Order()));
            Assert.IsTrue(left.Count >= 10, "the walks came to few screens");
        });
    }

    [TestMethod]
    public void A_press_leaves_no_memory_behind_and_allocates_little()
    {
        var board = Scenes.Talk();
        foreach (var (path, keys, most, what) in new[]
        {
            ("", "dudu", 0, "moving in the list"),
            ("o", "uudd", 1500, "scrolling a thread"),
            ("ooo", "uUoUdU", 0, "writing"),
            ("uo", "dddd", 0, "moving in a menu"),
        })
        {
            board.Press("DDDD" + path);
            for (int i = 0; i < 20; i++) board.Press(keys);
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++)
                foreach (char key in keys)
                    board.App.OnKey(char.ToLowerInvariant(key) switch { 'u' => Key.Up, 'o' => Key.Ok, _ => Key.Down }, char.IsUpper(key),
                        board.Now);
            long each = (GC.GetAllocatedBytesForCurrentThread() - before) / (100 * keys.Length);
            TestContext.WriteLine($"{what}: {each} bytes allocated a press");
            Assert.IsTrue(each <= most, $"{what}: {each} bytes allocated a press, {most} at most");
        }
    }

    [TestMethod]
    public void After_a_long_walk_a_board_holds_as_much_as_after_a_short_one()
    {
        Seeds.Play("After_a_long_walk", 11, seed =>
        {
            var random = new Random(seed);
            var board = Scenes.Busy();
            int after = 0;
            for (int round = 0; round < 4; round++)
            {
                for (int i = 0; i < 5000; i++) board.Press("uodUOD"[random.Next(6)].ToString());
                board.Press("DDDDDD").Wait(5000);
                int now = BoardHeap.Bytes(board.App, each => each is IFlash or ITerminal or IRandomSource);
                if (round == 0) after = now;
                TestContext.WriteLine($"round {round}: {now} bytes");
                Assert.IsTrue(now < after + MostGrowth, $"the board's objects grew from {after} to {now} bytes");
            }
        });
    }
}
