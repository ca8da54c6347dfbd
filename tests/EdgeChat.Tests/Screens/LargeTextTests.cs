using System.Reflection;
using EdgeChat.Core;
using EdgeChat.TestKit;
using EdgeChat.Tests.Consoles;
using EdgeChat.Tool.Demo;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>Large text on a display of 320x240: its picture has 104x80 pixels instead of 160x120, and every screen is whole.</summary>
[TestClass]
public class LargeTextTests
{
    private const string Normal = "160x120", Large = "104x80";
    private const int ListRow = 9, SmallRows = 6, HeaderRows = 8;

    private static readonly char[] Breaks = ['-', '/']; // a line may end behind them

    public static IEnumerable<object[]> Screens => ScreenTests.All.Select(s => new object[] { s.Name });

    public static IEnumerable<object[]> ScreensAndButtons =>
        ScreenTests.All.SelectMany(s => new[] { 3, 2, 1 }.Select(buttons => new object[] { s.Name, buttons }));

    [TestMethod]
    public void What_a_person_sets_is_so_at_once_and_after_a_restart()
    {
        ScreenBoard board = ScreenBoard.Shaped((160, 120, 3), Scenes.Busy, true);
        board.Ui.Stack.Open(new SettingsScreen(board.Ui), board.Now);
        board.Press(new string('d', Settings.TextSize) + "o");
        Assert.AreEqual(Large, SizeOf(board));
        CollectionAssert.Contains(Read(board.App.Frame), "Text size large");
        Assert.AreEqual(ListRow, LitRows(board.App.Frame), "the row is on the screen, and chosen");

        board = ScreenBoard.Shaped((160, 120, 3), () => new ScreenBoard(flash: board.Flash), true);
        Assert.AreEqual(Large, SizeOf(board), "after a restart");
        board.Ui.Stack.Open(new SettingsScreen(board.Ui), board.Now);
        board.Press(new string('d', Settings.TextSize) + "o");
        Assert.AreEqual(Normal, SizeOf(board));
        CollectionAssert.Contains(Read(board.App.Frame), "Text size normal");
    }

    [TestMethod]
    [DynamicData(nameof(Screens))]
    public void The_console_sets_it_whatever_is_open(string name)
    {
        Func<ScreenBoard> make = ScreenTests.All.Single(s => s.Name == name).Board;
        ScreenBoard board = ScreenBoard.Shaped((160, 120, 3), make, true);
        // where a thread begins, and how far a page or a list has moved, goes by what fits
        bool isSame = board.Top is not (ThreadScreen or SettingsScreen) && name is not ("device-2" or "device-battery" or "contacts-group");
        Picture before = Picture.Of(board.App.Frame);
        board.Type("set text large\r");
        Assert.AreEqual(Large, SizeOf(board));
        IsDrawn(board);
        if (isSame) Assert.IsTrue(Picture.Of(ScreenBoard.WithLargeText(3, make).App.Frame).IsSame(Picture.Of(board.App.Frame)));
        board.Type("set text normal\r");
        Assert.AreEqual(Normal, SizeOf(board));
        IsDrawn(board);
        if (isSame) Assert.IsTrue(before.IsSame(Picture.Of(board.App.Frame)));
    }

    [TestMethod]
    public void A_display_that_sleeps_wakes_with_it()
    {
        ScreenBoard board = ScreenBoard.Shaped((160, 120, 3), Scenes.Busy, true).Wait(60_000).Type("set text large\r");
        Assert.AreEqual(Normal, SizeOf(board));
        board.Press("d");
        Assert.AreEqual(Large, SizeOf(board));
        IsDrawn(board);
    }

    [TestMethod]
    [DataRow(128, 64, false)]
    [DataRow(120, 64, true)]
    [DataRow(160, 80, true)]
    public void A_display_without_room_has_no_such_setting(int width, int height, bool hasColours)
    {
        var paper = new Paper();
        var board = new AppBoard(new VirtualBroker(), "alice", paper, width, height, 3, hasColours);
        board.SwitchOn();
        paper.TakeRows();
        board.Type("set text large\r");
        StringAssert.StartsWith(paper.TakeRows()[^1], "set: no setting \"text\". There are: name utc ");
        Assert.AreEqual(-1, board.App.Screens.Context.Settings.Find("text"));
        Assert.AreEqual((width, height), (board.App.Frame.Width, board.App.Frame.Height));
    }

    [TestMethod]
    public void The_console_names_what_there_is_where_there_is_room()
    {
        var paper = new Paper();
        var board = new AppBoard(new VirtualBroker(), "alice", paper, 160, 120, 3, true);
        board.SwitchOn();
        paper.TakeRows();
        board.Type("set text huge\r");
        Assert.AreEqual("set: text \"huge\": expected normal or large", paper.TakeRows()[^1]);
        board.Type("set text large\r");
        Assert.AreEqual("text        large", paper.TakeRows()[^1]);
    }

    /// <summary>What is read off the picture is compared with what the same screen says where it has all room.</summary>
    [TestMethod]
    [DynamicData(nameof(ScreensAndButtons))]
    public void No_word_ends_at_an_edge_and_the_hint_is_whole(string name, int buttons)
    {
        Func<ScreenBoard> make = ScreenTests.All.Single(s => s.Name == name).Board;
        ScreenBoard board = ScreenBoard.WithLargeText(buttons, make);
        Assert.AreEqual(Large, SizeOf(board));
        if (board.Top is ThreadScreen or LabelScreen) return; // bubbles take what fits in a line; the label has tests of its own
        string all = string.Join(' ', new[] { (248, 80), (248, 240) }.SelectMany(size =>
            Read(ScreenBoard.Shaped((size.Item1, size.Item2, buttons), make, true).App.Frame)).Append("Text size large more"));
        foreach (string word in Read(board.App.Frame).SelectMany(line => line.Split(' ')).Where(word => word.Length > 1))
            Assert.IsTrue(IsWhole(word, all), $"\"{word}\" is no whole word of: {all}");

        if (Member(board.Top, "Hint") is not string { Length: > 0 } hint || buttons == 1) return;
        string shown = string.Join(' ', Read(board.App.Frame, board.App.Frame.Height - SmallRows - 1));
        foreach (string word in hint.Split(' ', '●', '▲', '▼').Where(w => w.Length > 1))
            StringAssert.Contains(shown, word, $"the hint \"{hint}\"");
    }

    [TestMethod]
    [DynamicData(nameof(ScreensAndButtons))]
    public void The_chosen_row_is_on_the_screen(string name, int buttons)
    {
        ScreenBoard board = ScreenBoard.WithLargeText(buttons, ScreenTests.All.Single(s => s.Name == name).Board);
        if (board.Top is not ListScreen list) return;
        int count = (int)Member(list, "Count")!, height = (int)Member(list, "RowHeight")!;
        for (int press = 0; press <= count; press++)
        {
            Assert.AreEqual(count == 0 ? 0 : height, LitRows(board.App.Frame), $"row {list.Selected} of {count}");
            board.Press("d");
        }
    }

    [TestMethod]
    [DataRow("Robert Bartholomew Featherstonehaugh")]
    [DataRow("Bob")]
    public void A_thread_says_with_whom_it_is(string person)
    {
        string[] threads = [.. ScreenTests.All.Where(s => s.Name.StartsWith("thread", StringComparison.Ordinal)).Select(s => s.Name)];
        foreach (string name in threads)
        {
            ScreenBoard board = ScreenBoard.WithLargeText(3, ScreenTests.All.Single(s => s.Name == name).Board);
            board.Publish("ec1/d/bob", $$"""{"nm":"{{person}}"}""", true).Wait(1000);
            if (board.Top is not ThreadScreen || board.Messenger.IdOf(board.Ui.Stack.Conversation) != "bob") continue;
            Frame frame = board.App.Frame;
            var letters = new Frame(frame.Width, HeaderRows);
            var painter = new Painter(letters);
            int width = painter.Draw(painter.Text, person[..3], 0, 0, frame.Width) - 1;
            bool isThere = Enumerable.Range(0, 16).Any(x => letters.Pixels.AsSpan(0, width).SequenceEqual(frame.Pixels.AsSpan(x, width)));
            Assert.IsTrue(isThere, $"{name}: {string.Join(' ', Read(frame))}");
        }
    }

    [TestMethod]
    public void A_phone_reads_the_label()
    {
        ScreenBoard board = ScreenBoard.WithLargeText(3, () => Scenes.Busy().Press("uouo"));
        string path = Path.ChangeExtension(Path.GetTempFileName(), ".png");
        Picture.Of(board.App.Frame).Save(path);
        string read = QrReader.Read(path);
        File.Delete(path);
        Assert.AreEqual("edgechat:alice", read);
        CollectionAssert.Contains(Read(board.App.Frame, board.App.Frame.Height - SmallRows), "alice");
    }

    [TestMethod]
    public void Random_presses_and_sizes_break_nothing() => Seeds.Play("Random_presses_and_sizes", 320240, seed =>
    {
        var random = new Random(seed);
        ScreenBoard board = ScreenBoard.Shaped((160, 120, 3), Scenes.Unread, true);
        for (int i = 0; i < 5000; i++)
        {
            board.Press("uodUOD"[random.Next(6)].ToString());
            if (i % 40 == 0) board.Receives("bob", 20 + i / 40, "Message " + i);
            if (random.Next(10) > 0) continue;
            bool isLarge = random.Next(2) == 0;
            board.Type("\u0003set text " + (isLarge ? "large" : "normal") + "\r").Wait(400);
            Assert.AreEqual(isLarge ? Large : Normal, SizeOf(board), $"press {i}");
            IsDrawn(board);
        }
    });

    // what was drawn is what the open screen draws
    private static void IsDrawn(ScreenBoard board)
    {
        byte[] seen = [.. board.App.Frame.Pixels];
        board.Ui.Painter.Clear();
        board.Top.Draw(board.Ui.Painter, board.Now);
        if (board.Ui.Chrome.IsNotifying) board.Ui.Chrome.DrawNotification();
        int header = board.App.Frame.Width; // a page; the clock in it may be a second late
        Assert.IsTrue(seen.AsSpan(header).SequenceEqual(board.App.Frame.Pixels.AsSpan(header)), board.Top.GetType().Name);
    }

    private static string SizeOf(ScreenBoard board) => $"{board.App.Frame.Width}x{board.App.Frame.Height}";

    // rows of pixels below the line at the top that begin on a plate
    private static int LitRows(Frame frame)
    {
        var colour = new byte[1];
        int lit = 0;
        for (int y = HeaderRows + 1; y < frame.Height; y++)
        {
            frame.Colours.Line(y, 0, 1, colour);
            if ((colour[0] & ColourPlan.Printed) == ColourPlan.Plate) lit++;
        }

        return lit;
    }

    private static bool IsWhole(string word, string all)
    {
        if (all.Split(' ').Contains(word)) return true;
        if (word[0] == '…' || word[^1] == '…') return all.Contains(word.Trim('…'), StringComparison.Ordinal);
        int at = all.IndexOf(word, StringComparison.Ordinal);
        return at >= 0 && (Breaks.Contains(word[^1]) || Breaks.Contains(all[at - 1]));
    }

    private static List<string> Read(Frame frame, int top = 0) =>
        ScreenReader.Find((x, y) => IsLit(frame, x, y + top), frame.Width, frame.Height - top);

    private static bool IsLit(Frame frame, int x, int y) => (frame.Pixels[y / 8 * frame.Width + x] >> (y & 7) & 1) != 0;

    private static object? Member(Screen screen, string name) =>
        screen.GetType().GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)?.GetValue(screen);
}
