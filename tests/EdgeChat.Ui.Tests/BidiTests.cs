using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Ui.Tests;

/// <summary>The order in which the characters of a line stand on the display.</summary>
[TestClass]
public class BidiTests
{
    private const int Width = 128;
    private const int Page = 8;

    // what is written, and what stands on the display from the left
    [TestMethod]
    [DataRow("\u05D0\u05D1\u05D2", "\u05D2\u05D1\u05D0")]
    [DataRow("abc \u05D0\u05D1\u05D2", "abc \u05D2\u05D1\u05D0")]
    [DataRow("abc \u05D0\u05D1\u05D2 def", "abc \u05D2\u05D1\u05D0 def")]
    [DataRow("\u05D0\u05D1\u05D2 abc", "abc \u05D2\u05D1\u05D0")]
    [DataRow("\u05D0\u05D1 abc def \u05D2", "\u05D2 abc def \u05D1\u05D0")]
    [DataRow("\u05D0\u05D1\u05D2 123", "123 \u05D2\u05D1\u05D0")]
    [DataRow("123 \u05D0\u05D1\u05D2", "\u05D2\u05D1\u05D0 123")]
    [DataRow("\u05D0\u05D1 (\u05D2)", "(\u05D2) \u05D1\u05D0")]
    [DataRow("\u05D0 <\u00AB[{", "}]\u00BB> \u05D0")]
    [DataRow("abc \u05D0\u05D1.", "abc \u05D1\u05D0.")]
    [DataRow("\u05D0\u05D1 abc!", "!abc \u05D1\u05D0")]
    [DataRow("10 \u05D0\u05D1 20-30", "20-30 \u05D1\u05D0 10")]
    [DataRow("\u05D0 18:45, 1/2", "1/2 ,18:45 \u05D0")]
    [DataRow("\u0627 20-30", "30-20 \u0627")]
    [DataRow("\u0627 1,5%", "%1,5 \u0627")]
    [DataRow("\u0627 \u0661\u0662\u0663 \u0628", "\u0628 \u0661\u0662\u0663 \u0627")]
    [DataRow("a \u0661\u0662 b", "a \u0661\u0662 b")]
    [DataRow("\u05D0 5%", "5% \u05D0")]
    [DataRow("$5 \u05D0", "\u05D0 $5")]
    [DataRow("+972 \u05D0", "\u05D0 972+")]
    [DataRow("a \u05D01 b", "a 1\u05D0 b")]
    [DataRow("\u05D0 a1 \u05D1", "\u05D1 a1 \u05D0")]
    [DataRow("ab 12 \u05D0\u05D1", "ab 12 \u05D1\u05D0")]
    [DataRow("\u05D0\u05D1 \U0001F602\u2764", "\u2764\U0001F602 \u05D1\u05D0")]
    [DataRow("\u00E9 \u05D0\u05D1", "\u00E9 \u05D1\u05D0")]
    [DataRow("\u05D0\u05D1 e\u0301e", "e\u0301e \u05D1\u05D0")]
    [DataRow("\u05D0\u05B8\u05D1\u05BC", "\u05D1\u05D0")]
    [DataRow("\u200Fabc \u05D0!", "!\u05D0 abc")]
    [DataRow("\u05D0b!\u200E", "b!\u05D0")]
    [DataRow("\U0001F602 \u05D0", "\u05D0 \U0001F602")]
    public void Each_run_of_a_line_goes_in_its_direction(string text, string seen)
    {
        var frame = new Frame(Width, 2 * Page);
        var painter = new Painter(frame);
        for (int y = 0; y < 4; y += 3)
        {
            painter.Clear();
            int x = 5;
            byte[] bytes = Encoding.UTF8.GetBytes(seen);
            for (int i = 0; i < bytes.Length;)
            {
                int next = i + (Utf8.Decode(bytes, i, bytes.Length) & 7);
                if (next + 1 < bytes.Length && bytes[next] == 0xCC) next += 2; // its accent
                x = painter.Draw(painter.Text, bytes, i, next, x, y, Width);
                i = next;
            }

            string expected = Hex.Write(frame.Pixels);
            painter.Clear();
            Assert.AreEqual(x, painter.Draw(painter.Text, text, 5, y, Width));
            Assert.AreEqual(expected, Hex.Write(frame.Pixels), text + " at " + y);
        }
    }

    [TestMethod]
    public void A_line_goes_in_the_direction_of_its_paragraph_which_an_earlier_line_begins()
    {
        var frame = new Frame(Width, Page);
        var painter = new Painter(frame);
        byte[] text = Encoding.UTF8.GetBytes("\u05D0\u05D1 ab cd!\nef \u05D2!");
        painter.Draw(painter.Text, "!", 0, 0, Width);
        painter.Draw(painter.Text, "cd", painter.Text.Advance('!'), 0, Width);
        string expected = Hex.Write(frame.Pixels);
        painter.Clear();
        painter.BeginLines(text, 8, text.Length);
        painter.DrawLine(painter.Text, text, 8, 12, 0, 0, painter.Measure(painter.Text, "cd!"));
        Assert.AreEqual(expected, Hex.Write(frame.Pixels));
        painter.Clear();
        int after = painter.Draw(painter.Text, "ef \u05D2!", 0, 0, Width);
        expected = Hex.Write(frame.Pixels);
        painter.Clear();
        Assert.AreEqual(after, painter.DrawLine(painter.Text, text, 12, text.Length, 0, 0, Width));
        Assert.AreEqual(expected, Hex.Write(frame.Pixels));
    }

    [TestMethod]
    public void A_text_that_is_read_from_the_right_is_cut_off_at_the_left()
    {
        var frame = new Frame(Width, Page);
        var painter = new Painter(frame);
        int room = painter.Measure(painter.Text, "\u05D0\u05D1\u2026") + 1;
        painter.DrawCut(painter.Text, "\u05D1\u05D0\u05D1\u05D0\u05D0", 0, 0, room);
        string cut = Hex.Write(frame.Pixels);
        painter.Clear();
        int dots = painter.Draw(painter.Text, "\u2026", 0, 0, Width);
        painter.Draw(painter.Text, "\u05D1\u05D0", dots, 0, Width);
        Assert.AreEqual(Hex.Write(frame.Pixels), cut);
    }
}
