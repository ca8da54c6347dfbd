using EdgeChat.Core;
using EdgeChat.TestKit;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>What is drawn into the picture of an open thread, or of the list, when something happens is what drawing all of it
/// gives.</summary>
[TestClass]
public class UpdateTests
{
    private const int Steps = 250;

    private static readonly string[] Texts =
    [
        "ok", "On my way 👍", "Can you look at pump 3 today?", "It makes a strange noise again, and the valve leaks since yesterday.",
        "Ja, um 14 Uhr", "\n\nthree\nlines",
    ];

    [TestMethod]
    [DataRow(128, 64, true, false)]
    [DataRow(128, 32, false, false)]
    [DataRow(320, 240, false, false)]
    [DataRow(240, 128, true, false)]
    [DataRow(120, 64, false, true)]
    [DataRow(160, 120, false, true)]
    [DataRow(104, 80, false, false)]
    public void A_picture_that_was_changed_in_place_is_the_one_that_is_drawn_whole(int width, int height, bool canRotate, bool hasColours)
    {
        for (int seed = 1; seed <= 3; seed++)
        {
            bool isGroup = seed == 3;
            Seeds.Play("UpdateTests", seed, play =>
                Talk(ScreenBoard.Shaped((width, height, 3), isGroup ? Team : Scenes.Talk, hasColours), new Dice(play), width,
                    canRotate, isGroup));
        }
    }

    private static ScreenBoard Team() =>
        new ScreenBoard().Online().Group("team", "Pump team", "\"alice\",\"bob\",\"carol\",\"dave\"").Wait(1000);

    private static void Talk(ScreenBoard board, Dice dice, int width, bool canRotate, bool isGroup)
    {
        board.Ui.Settings.Choose(Settings.Sleep, "never");
        board.App.Frame.CanRotate = canRotate;
        board.Press("o");
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        string with = isGroup ? "team" : "bob";
        string[] others = isGroup ? ["bob", "carol"] : ["bob"];
        var numbers = new Dictionary<string, int> { ["bob"] = isGroup ? 0 : 3, ["carol"] = 0 };
        int sent = isGroup ? 0 : 2;
        int inPlace = 0;
        for (int step = 0; step < Steps; step++)
        {
            string text = Texts[dice.Next(Texts.Length)];
            string from = others[dice.Next(others.Length)];
            int what = dice.Next(13);
            if (what < 4)
            {
                if (dice.Next(12) == 0) numbers[from]++;
                Receive(board, isGroup, from, ++numbers[from], text);
            }
            else if (what < 6)
            {
                board.Sends(with, text, isGroup);
                sent++;
            }
            else if (what < 8) board.Receipt(from, dice.Next(sent + 1), dice.Next(sent + 1), isGroup ? "team" : null);
            else if (what == 8) board.Receives("erin", step + 1, text);
            else if (what == 9)
            {
                string state = dice.Next(2) == 0 ? "on" : "off";
                board.Publish("ec1/p/bob", $$"""{"s":"{{state}}","b":4,"c":{{step + 2}}}""", true);
            }
            else if (what == 10) board.Press(dice.Next(2) == 0 ? "u" : "d");
            else if (what == 11) board.Wait(dice.Next(10) == 0 ? 24 * 3600_000 : 61_000);
            else if (sent > 0 && dice.Next(3) == 0)
            {
                int n = ++numbers[from];
                if (isGroup)
                    board.ReceivesInGroup("team", from, n, "👍", -step, $",\"y\":\"b\",\"re\":\"alice/1/{sent}\"");
                else board.Receives(from, n, "👍", -step, $",\"y\":\"b\",\"re\":\"alice/1/{sent}\"");
            }

            board.Wait(400);
            if (Compare<ThreadScreen>(board, width, $"step {step}, event {what}")) inPlace++;
        }

        Assert.IsGreaterThan(Steps / 3, inPlace, "compared");
    }

    [TestMethod]
    [DataRow(128, 64, false)]
    [DataRow(128, 32, false)]
    [DataRow(160, 120, false)]
    [DataRow(104, 80, false)]
    [DataRow(120, 64, true)]
    [DataRow(160, 120, true)]
    public void A_list_that_was_changed_in_place_is_the_one_that_is_drawn_whole(int width, int height, bool hasColours)
    {
        for (int seed = 1; seed <= 2; seed++)
            Seeds.Play("ListUpdateTests", seed, play =>
                Browse(ScreenBoard.Shaped((width, height, 3), Scenes.Talk, hasColours), new Dice(play), width));
    }

    private static void Browse(ScreenBoard board, Dice dice, int width)
    {
        board.Ui.Settings.Choose(Settings.Sleep, "never");
        board.Press("d");
        var numbers = new Dictionary<string, int> { ["bob"] = 3 };
        int sent = 2;
        int compared = 0;
        for (int step = 0; step < Steps; step++)
        {
            int what = dice.Next(9);
            if (what < 3)
            {
                string from = dice.Next(3) == 0 ? "bob" : "peer" + dice.Next(6);
                numbers[from] = numbers.GetValueOrDefault(from) + 1;
                Receive(board, false, from, numbers[from], Texts[dice.Next(Texts.Length)]);
            }
            else if (what == 3)
            {
                board.Sends("bob", Texts[dice.Next(Texts.Length)], false);
                sent++;
            }
            else if (what == 4) board.Receipt("bob", dice.Next(sent + 1), dice.Next(sent + 1), null);
            else if (what == 5)
            {
                string state = dice.Next(3) switch { 0 => "on", 1 => "off", _ => "lost" };
                board.Publish("ec1/p/bob", $$"""{"s":"{{state}}","b":4,"c":{{step + 2}}}""", true);
            }
            else if (what < 8) board.Press(dice.Next(3) == 0 ? "u" : "d");
            else board.Wait(61_000);

            board.Wait(dice.Next(2) * 400);
            if (dice.Next(3) > 0) continue; // several changes between two pictures
            board.Wait(400);
            if (Compare<ConversationsScreen>(board, width, $"step {step}, event {what}")) compared++;
        }

        Assert.IsGreaterThan(Steps / 6, compared, "compared");
    }

    private static bool Compare<T>(ScreenBoard board, int width, string when)
    {
        if (board.Ui.Messenger.UnixAt(board.Now) % 60 < 2) board.Wait(2000); // the clock at the top may be a second late
        if (board.Top is not T || board.Ui.Chrome.IsNotifying) return false;
        Painter painter = board.Ui.Painter;
        byte[] changed = [.. board.App.Frame.Pixels];
        byte[] colours = ColoursOf(board.App.Frame);
        painter.Clear();
        board.Top.Draw(painter, board.Now);
        int same = changed.AsSpan().CommonPrefixLength(board.App.Frame.Pixels);
        Assert.AreEqual(changed.Length, same, $"{when}: another picture at column {same % width} of page {same / width}");
        same = colours.AsSpan().CommonPrefixLength(ColoursOf(board.App.Frame));
        Assert.HasCount(same, colours, $"{when}: other colours at column {same % width} of row {same / width}");
        return true;
    }

    /// <summary>The colour of each pixel, row by row; nothing of a display that has none.</summary>
    private static byte[] ColoursOf(Frame frame)
    {
        if (frame.Colours == null) return [];
        var all = new List<byte>();
        var row = new byte[frame.Width];
        for (int y = 0; y < frame.Height; y++)
        {
            frame.Colours.Line(y, 0, frame.Width, row);
            all.AddRange(row);
        }

        return [.. all];
    }

    private static void Receive(ScreenBoard board, bool isGroup, string from, int n, string text)
    {
        int ago = -(int)((board.Now - 1000) / 1000);
        if (isGroup) board.ReceivesInGroup("team", from, n, text, ago);
        else board.Receives(from, n, text, ago);
    }
}
