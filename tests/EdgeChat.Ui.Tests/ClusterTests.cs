using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Ui.Tests;

/// <summary>Letters made of several code points: how wide they are, where a line breaks, what is removed at once.</summary>
[TestClass]
public class ClusterTests
{
    private const int Width = 64;
    private const int Page = 8;

    [TestMethod]
    [DataRow("e\u0301", "\u00E9")]
    [DataRow("I\u0301", "\u00CD")]
    [DataRow("o\u0302", "\u00F4")]
    [DataRow("s\u030C", "\u0161")]
    [DataRow("\u0438\u0306", "\u0439")]
    [DataRow("\u03B5\u0301", "\u03AD")]
    [DataRow("e\u0301\u20E3", "\u00E9")]
    [DataRow("x\u0483", "x")]
    [DataRow("\u05D1\u05BC\u05B0", "\u05D1")]
    [DataRow("1\uFE0F\u20E3", "1")]
    [DataRow("\u2764\uFE0F", "\u2764")]
    [DataRow("\u2764\uFE0F\u200D\U0001F525", "\u2764")]
    [DataRow("\U0001F44D\U0001F3FD", "\U0001F44D")]
    [DataRow("\U0001F468\u200D\U0001F469\u200D\U0001F467\u200D\U0001F466", "\U0001F984")]
    [DataRow("\U0001F3F4\U000E0067\U000E0062\U000E007F", "\U0001F984")]
    [DataRow("\U0001F1EB\U0001F1F7", "\U0001F984")]
    [DataRow("\U0001F1EB\U0001F1F7\U0001F1EB", "\U0001F984\U0001F984")]
    [DataRow("\u1112\u1161\u11AB", "\uD55C")]
    [DataRow("\u0915\u094D\u0937\u093F", "\u0E01\u0E01")]
    [DataRow("a\u200D\U0001F525", "a\U0001F525")]
    [DataRow("\uFFFD", "\u0E01")]
    public void What_belongs_to_a_character_takes_no_room_and_the_letter_is_that_of_the_font(string text, string same)
    {
        var frame = new Frame(Width, 2 * Page);
        var painter = new Painter(frame);
        for (int y = 0; y < 4; y += 3)
        {
            string drawn = Drawn(frame, painter, painter.Text, same, y);
            Assert.AreEqual(drawn, Drawn(frame, painter, painter.Text, text, y), text + " at " + y);
            drawn = Drawn(frame, painter, painter.Small, same, y);
            Assert.AreEqual(drawn, Drawn(frame, painter, painter.Small, text, y), text + " at " + y);
        }

        Assert.AreEqual(painter.Measure(painter.Text, same), painter.Measure(painter.Text, text));
        Assert.AreEqual(painter.Measure(painter.Small, same), painter.Measure(painter.Small, text));
    }

    [TestMethod]
    public void A_mark_that_the_font_has_on_another_letter_only_is_drawn_above_the_letter()
    {
        var frame = new Frame(Width, Page);
        var painter = new Painter(frame);
        string plain = Drawn(frame, painter, painter.Text, "\u0430", 0);
        string stressed = Drawn(frame, painter, painter.Text, "\u0430\u0301", 0);
        Assert.AreNotEqual(plain, stressed);
        Assert.AreEqual(painter.Measure(painter.Text, "\u0430"), painter.Measure(painter.Text, "\u0430\u0301"));
    }

    [TestMethod]
    [DataRow("ab", 1)]
    [DataRow("ae\u0301", 1)]
    [DataRow("a\U0001F44D\U0001F3FD", 1)]
    [DataRow("a1\uFE0F\u20E3", 1)]
    [DataRow("a\U0001F468\u200D\U0001F469\u200D\U0001F467", 1)]
    [DataRow("a\u2764\uFE0F\u200D\U0001F525", 1)]
    [DataRow("a\U0001F1EB\U0001F1F7", 1)]
    [DataRow("a\U0001F1EB\U0001F1F7\U0001F1EB", 9)]
    [DataRow("a\U0001F1EB\U0001F1F7\U0001F1EB\U0001F1F7", 9)]
    [DataRow("a\u200D\U0001F525", 4)]
    [DataRow("\u0301", 0)]
    public void What_is_removed_is_what_a_person_sees_as_one(string text, int left)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Assert.AreEqual(left, Cluster.Previous(bytes, bytes.Length));
        if (bytes.Length < Limits.WrittenBytes)
        {
            var entry = new TextEntry();
            entry.Load(bytes, bytes.Length);
            entry.Delete();
            Assert.AreEqual(left, entry.Count);
        }
    }

    [TestMethod]
    public void A_line_is_as_wide_as_it_was_measured_and_ends_where_a_character_ends()
    {
        Seeds.Play("A_line_is_as_wide", 20261128, Lines);
    }

    private static void Lines(int seed)
    {
        string[] parts =
        {
            "a", "W", " ", " ", "-", "e\u0301", "i\u0308", "\u0416", "\u0430\u0301", "\u05D0", "\u05D1\u05BC", "\u0627", "\u0645\u064B",
            "\u6F22", "\uD55C", "\u1112\u1161\u11AB", "\u0E01\u0E34", "\u0915\u093F", "\U0001F44D", "\U0001F44D\U0001F3FD", "\U0001F984",
            "\U0001F468\u200D\U0001F469\u200D\U0001F467", "\U0001F1EB\U0001F1F7", "1\uFE0F\u20E3", "\u2026", "\u00AD", "\u200F", "\u0301",
            "\uFFFD", "\n", "\u3000", "\u26BD", "7", "(", ")",
        };
        var frame = new Frame(Width, Page);
        var painter = new Painter(frame);
        var dice = new Dice(seed);
        for (int round = 0; round < 40; round++)
        {
            var text = new byte[240];
            var isStart = new bool[241];
            int count = 0;
            while (count < 200)
            {
                string part = parts[dice.Next(parts.Length)];
                if (round % 4 == 3 && part[0] < 0x80) part = parts[3 + round % 28]; // one kind often
                isStart[count] = part != "\u0301" && part != "\u200F" && part != "\u00AD";
                count += Encoding.UTF8.GetBytes(part, 0, part.Length, text, count);
            }

            isStart[count] = true;
            PixelFont font = round % 2 == 0 ? painter.Text : painter.Small;
            int room = 9 + round % 50;
            for (int start = 0; start < count;)
            {
                int end = TextLayout.LineEnd(font, text, start, count, room);
                int width = font.LineWidth;
                string where = "round " + round + " and bytes " + start + " to " + end;
                Assert.IsTrue(end > start || text[end] == '\n' || text[end] == ' ', where);
                Assert.IsTrue(width <= room, where + ": " + width + " columns of " + room);
                Assert.AreEqual(width, font.Measure(text, start, end), where);
                painter.Clear();
                int after = painter.Draw(font, text, start, end, 0, 0, Width);
                Assert.AreEqual(width, after > 0 ? after - 1 : 0, where);
                for (int x = width; x < Width; x++) Assert.AreEqual(0, (int)frame.Pixels[x], where + ": column " + x);
                start = TextLayout.NextLine(text, end, count);
                Assert.IsTrue(isStart[end] || text[end] == ' ', where + ": within a character");
            }
        }
    }

    [TestMethod]
    [DataRow("ab cd")]
    [DataRow("ab  cd")]
    [DataRow("ab  \ncd")]
    [DataRow("ab ")]
    [DataRow("ab   ")]
    public void Spaces_that_do_not_fit_are_no_part_of_a_line(string text)
    {
        PixelFont font = new Painter(new Frame(Width, Page)).Text;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int room = font.Measure(bytes, 0, 2);
        int end = TextLayout.LineEnd(font, bytes, 0, bytes.Length, room);
        Assert.AreEqual(2, end);
        Assert.AreEqual(room, font.LineWidth);
        Assert.AreEqual(text.EndsWith("cd") ? bytes.Length - 2 : bytes.Length, TextLayout.NextLine(bytes, end, bytes.Length));
    }

    private static string Drawn(Frame frame, Painter painter, PixelFont font, string text, int y)
    {
        painter.Clear();
        painter.Draw(font, text, 0, y, Width);
        return Hex.Write(frame.Pixels);
    }
}
