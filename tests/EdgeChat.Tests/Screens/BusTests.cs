using System.Runtime.CompilerServices;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;
using EdgeChat.TestKit;
using EdgeChat.Tests.OnBoard;
using EdgeChat.Ui;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Screens;

/// <summary>What goes over the display's bus: what the I2C bus of a virtual board carries from the driver to its chip, address bytes
/// included.</summary>
[TestClass]
public class BusTests
{
    private const int MostBytesOfMessage = 400;     // with one or two lines
    private const int MostBytesOfLine = 8 + 124;    // a page's address and the columns that a thread draws on
    private const int MostBytesOfTick = 50;
    private const double MostMsOfKey = 25;
    private const int Messages = 400;
    private const int FixedSeed = 400; // of the messages always: the figures are those of a sample

    public TestContext TestContext { get; set; } = null!;

    /// <summary>A line is what takes a page of the display: a line of text, and what comes with it: a sender's name, the day, messages that
    /// are missing.</summary>
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_new_message_in_an_open_thread_moves_at_most_400_bytes_and_a_page_more_for_each_line_after_the_second(bool isGroup) =>
        TestBoard.Run(() =>
    {
        var random = new Random(FixedSeed);
        string[] texts = Texts();
        ScreenBoard board = isGroup ? Team() : Scenes.Talk();
        I2cBuses bus = Show(board);
        var numbers = new Dictionary<string, int> { ["dave"] = 1, ["carol"] = 0, ["bob"] = isGroup ? 0 : 3 };
        var figures = new SortedDictionary<string, List<int>>(StringComparer.Ordinal);
        for (int i = 0; i < Messages; i++)
        {
            if (random.Next(100) == 0) board.Wait(24 * 3600_000);                          // another day
            // the minute in the header changes with a frame of its own
            if (board.Messenger.UnixAt(board.Now) % 60 >= 45) board.Wait(15_000);
            string text = texts[random.Next(texts.Length)];
            string from = isGroup ? numbers.Keys.ElementAt(random.Next(3)) : "bob";
            bool isMine = random.Next(3) == 0;
            bool isMissing = !isMine && random.Next(50) == 0;
            if (isMissing) numbers[from]++;
            string before = NameOfNewest(board);
            long start = bus.Bytes;
            int secondsAgo = -(int)((board.Now - 1000) / 1000);
            if (isMine) board.Stall().Sends(isGroup ? "team" : "bob", text, isGroup);
            else if (isGroup) board.ReceivesInGroup("team", from, ++numbers[from], text, secondsAgo);
            else board.Receives("bob", ++numbers[from], text, secondsAgo);
            board.Wait(isMissing ? Limits.HoleDelayMs + 400 : 400);
            int bytes = (int)(bus.Bytes - start);
            int lines = LinesSince(board, before, isGroup);
            int most = MostBytesOfMessage + Math.Max(0, lines - 2) * MostBytesOfLine;
            Assert.IsTrue(lines > 0, $"message {i} is not on the screen");
            string what = $"message {i} \"{text}\", mine: {isMine}";
            Assert.IsTrue(bytes > 0 && bytes <= most, $"{bytes} bytes for {lines} lines, {most} expected at most; {what}");
            Add(figures, $"{lines} line(s)", bytes);
            if (!isMine) continue;
            foreach (Action step in Ticks(board, isGroup))
            {
                start = bus.Bytes;
                step();
                board.Wait(400);
                bytes = (int)(bus.Bytes - start);
                Assert.IsTrue(bytes <= MostBytesOfTick, $"{bytes} bytes for a tick; message {i} \"{text}\"");
                if (bytes > 0) Add(figures, "a tick", bytes);
            }
        }

        foreach (string kind in new[] { "1 line(s)", "2 line(s)", "3 line(s)", "a tick" })
            Assert.IsTrue(figures.ContainsKey(kind), $"{kind} did not come");
        foreach (var (kind, all) in figures)
            TestContext.WriteLine($"{kind}: {all.Count} times, {all.Average():F0} bytes on average, {all.Max()} at most");
    });

    [TestMethod]
    public void A_key_press_redraws_in_25_ms_of_bus_time() => TestBoard.Run(() =>
    {
        Seeds.Play("Screens.BusTests", FixedSeed, seed =>
        {
            var random = new Random(seed);
            ScreenBoard board = Scenes.Talk();
            I2cBuses bus = Show(board);
            double most = 0;
            for (int i = 0; i < 1000; i++)
            {
                TimeSpan start = bus.BusTime;
                board.Press("uodUOD"[random.Next(6)].ToString()).Wait(100);
                most = Math.Max(most, (bus.BusTime - start).TotalMilliseconds);
            }

            TestContext.WriteLine($"a key press: {most:F1} ms at most at 400 kHz");
            Assert.IsTrue(most <= MostMsOfKey, $"{most:F1} ms");
        });
    });

    [TestMethod]
    public void Moving_the_choice_by_a_row_moves_only_two_rows() => TestBoard.Run(() =>
    {
        ScreenBoard board = Scenes.Busy();
        I2cBuses bus = Show(board);
        board.Press("Duo");
        long start = bus.Bytes;
        board.Press("d");
        Assert.IsTrue(bus.Bytes - start <= 4 * (8 + 128), $"{bus.Bytes - start} bytes");
    });

    /// <summary>Opens the first conversation and sends each picture to the display, as the board's loop does.</summary>
    private static I2cBuses Show(ScreenBoard board)
    {
        IDisplay display = Displays.Make(new DisplayConfig());
        board.AfterEvent = () => Assert.IsTrue(display.Show(board.App.Frame));
        board.Ui.Settings.Choose(Settings.Sleep, "never");
        board.Press("o").Wait(1000);
        return Board.Current!.I2c;
    }

    private static ScreenBoard Team()
    {
        return new ScreenBoard().Online().Group("team", "Pump team", "\"alice\",\"bob\",\"carol\",\"dave\"").Wait(1000);
    }

    /// <summary>The messages of the corpus as they are, and two and three of them as one.</summary>
    private static string[] Texts()
    {
        string[] corpus = File.ReadAllLines(Path.Combine(Here(), "corpus.txt"));
        string Other(int i) => corpus[i % corpus.Length];
        return [.. corpus, .. corpus.Select((text, i) => text + ". " + Other(i + 7)),
            .. corpus.Select((text, i) => text + ". " + Other(i + 11) + ". " + Other(i + 23))];
    }

    /// <summary>What takes the newest message from its clock to its filled ticks.</summary>
    private static IEnumerable<Action> Ticks(ScreenBoard board, bool isGroup)
    {
        int number = board.Messenger.NumberOf(board.Messenger.Newest(board.Ui.Stack.Conversation));
        string[] peers = isGroup ? ["bob", "carol", "dave"] : ["bob"];
        yield return () => board.Resume();
        foreach (string peer in peers) yield return () => board.Receipt(peer, number, 0, isGroup ? "team" : null);
        foreach (string peer in peers) yield return () => board.Receipt(peer, number, number, isGroup ? "team" : null);
    }

    private static int LinesSince(ScreenBoard board, string before, bool isGroup)
    {
        var bubble = new Bubble(board.Ui);
        int rows = 0;
        for (int message = board.Messenger.Newest(board.Ui.Stack.Conversation); message >= 0 && NameOf(board, message) != before;)
        {
            int older = board.Messenger.Older(message);
            bubble.Load(board.Ui.Painter, message, older, isGroup, board.Ui.Chrome.Today(board.Now), 0);
            rows += bubble.Height;
            message = older;
        }

        return rows / 8;
    }

    private static string NameOfNewest(ScreenBoard board) => NameOf(board, board.Messenger.Newest(board.Ui.Stack.Conversation));

    private static string NameOf(ScreenBoard board, int message)
    {
        return message < 0 ? ""
            : $"{board.Messenger.SenderOf(message)}/{board.Messenger.NumberOf(message)} {board.Messenger.KindOf(message)}";
    }

    private static void Add(SortedDictionary<string, List<int>> figures, string what, int bytes)
    {
        if (!figures.TryGetValue(what, out List<int>? all)) figures[what] = all = [];
        all.Add(bytes);
    }

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
