using EdgeChat.Core;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>What people do most, played from the list on with the three buttons of the board: how many presses and seconds it
/// takes.</summary>
[TestClass]
public class JobTests
{
    private const int LookMs = 500; // before each press
    private const int PressMs = 100;
    private const int HoldMs = 600;

    private static readonly Lazy<Row[]> Results = new(() => [.. Jobs.Select(job => Play(job.Name, job.Board(), job.Do))]);

    public TestContext TestContext { get; set; } = null!;

    /// <summary>Presses and seconds of each job.</summary>
    internal static Row[] Measured => Results.Value;

    private static IEnumerable<(string Name, int MostPresses, Func<ScreenBoard> Board, Action<Hand> Do)> Jobs =>
    [
        ("new group of three, with its name", 34, Scenes.Busy, NewGroup),
        ("“Meet at 7” to Bob", 24, Scenes.Busy, MeetAtSeven),
        ("reply to a message that is not the newest", 9, Scenes.Busy, Reply),
        ("find a message of last week", 26, LastWeek, Find),
        ("who has read it, in a group", 5, Team, WhoHasReadIt),
    ];

    [TestMethod]
    public void What_people_do_most_takes_few_presses()
    {
        foreach (var (job, row) in Jobs.Zip(Measured))
        {
            TestContext.WriteLine($"{row.Name}: {row.Presses} presses, {row.Seconds:F1} s");
            Assert.IsLessThanOrEqualTo(job.MostPresses, row.Presses, row.Name);
        }
    }

    private static Row Play(string name, ScreenBoard board, Action<Hand> job)
    {
        Assert.IsTrue(board.IsHome);
        var hand = new Hand(board);
        long start = board.Now;
        job(hand);
        return new Row(name, hand.Presses, (board.Now - start) / 1000.0);
    }

    private static void NewGroup(Hand hand)
    {
        hand.Press("uodo").Write("Night shift").Hold(Key.Ok);
        Assert.IsInstanceOfType<PickScreen>(hand.Board.Top);
        hand.Press("odouuo");
        Assert.IsInstanceOfType<ThreadScreen>(hand.Board.Top);
        int group = hand.Board.Ui.Stack.Conversation;
        Assert.AreEqual("Night shift", hand.Board.Messenger.NameOf(group));
        Assert.AreEqual(3, hand.Board.Messenger.MemberCountOf(group));
    }

    private static void MeetAtSeven(Hand hand)
    {
        hand.Press("dooo").Write("Meet at 7").Hold(Key.Ok);
        Assert.AreEqual("Meet at 7", hand.Board.NewestText);
    }

    private static void Reply(Hand hand)
    {
        hand.Press("dou");
        Assert.AreEqual("Can you look at pump 3 today?", hand.Board.Chosen);
        hand.Hold(Key.Ok).Press("oddo");
        Assert.AreEqual("Yes", hand.Board.NewestText);
        int newest = hand.Board.Messenger.Newest(hand.Board.Messenger.Find("bob", false));
        StringAssert.Contains(hand.Board.Messenger.ReplyQuoteOf(newest), "Can you look");
    }

    private static void Find(Hand hand)
    {
        hand.Press("uoddo").Write("valve").Hold(Key.Ok).Press("o");
        Assert.AreEqual("The spare valve is in the red box", hand.Board.Chosen);
    }

    private static void WhoHasReadIt(Hand hand)
    {
        hand.Press("o").Hold(Key.Ok).Press("do");
        Assert.IsInstanceOfType<DetailsScreen>(hand.Board.Top);
        StringAssert.Contains(hand.Board.LongText, "Carol Müller");
    }

    private static ScreenBoard LastWeek()
    {
        const int Day = 86400;
        ScreenBoard board = new ScreenBoard().Online();
        for (int n = 1; n <= 20; n++)
        {
            string text = n == 6 ? "The spare valve is in the red box" : $"Nothing new at pump {n}";
            board.Receives(n % 2 == 0 ? "bob" : "carol", (n + 1) / 2, text, (14 * 20 - 14 * n) * Day / 20);
        }

        return board.Wait(1000);
    }

    private static ScreenBoard Team()
    {
        ScreenBoard board = new ScreenBoard().Online().Group("team", "Pump team", "\"alice\",\"bob\",\"carol\",\"dave\"");
        board.ReceivesInGroup("team", "carol", 1, "Who has the key?", 700).Sends("team", "I have it", true);
        return board.Receipt("bob", 1, 1, "team").Receipt("carol", 1, 0, "team").Wait(1000);
    }

    internal sealed record Row(string Name, int Presses, double Seconds);

    /// <summary>Presses the buttons at a person's pace, and counts.</summary>
    private sealed class Hand(ScreenBoard board)
    {
        public ScreenBoard Board => board;

        public int Presses { get; private set; }

        public Hand Press(string keys)
        {
            foreach (char key in keys) Push(key switch { 'u' => Key.Up, 'o' => Key.Ok, _ => Key.Down }, PressMs);
            return this;
        }

        public Hand Hold(Key key) => Push(key, HoldMs);

        public Hand Write(string text)
        {
            TextEntryTests.Write(board.Entry, text, key => Push(key, PressMs), () => Hold(Key.Down));
            return this;
        }

        private Hand Push(Key key, int ms)
        {
            board.Push((int)key, ms, LookMs);
            Presses++;
            return this;
        }
    }
}
