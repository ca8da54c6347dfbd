using System.Text;
using EdgeChat.Core;
using nanoFramework.TestFramework;

namespace EdgeChat.Ui.Tests;

/// <summary>Which columns a character lights, in hexadecimal, and how far it moves on.</summary>
[TestClass]
public class PixelFontTests
{
    private const int Width = 64;
    private const int Page = 8;
    private const int ZeroWidthJoiner = 0x200D;
    private const int NoBreakSpace = 0xA0;

    [TestMethod]
    [DataRow(0x41, "7C12127C00", "1E051E00")]
    [DataRow(0x67, "10A8A87000", "242A1E00")]
    [DataRow(0xE9, "306A591000", "0C1A1500")]
    [DataRow(0x151, "0231484A3100", "0B140B00")]
    [DataRow(0x3A9, "5C6202625C00", "16091600")]
    [DataRow(0x416, "76087E087600", "1B0E1B00")]
    [DataRow(0x20AC, "143E554100", "040E1500")]
    [DataRow(0x2026, "400040004000", "100010001000")]
    [DataRow(0x1F44D, "70F886ABA8A8F800", "1F11111111111F00")]
    [DataRow(0x1F984, "7F4141414141417F00", "1F11111111111F00")]
    [DataRow(0x6F22, "7F4141414141417F00", "1F11111111111F00")]
    [DataRow(0xD55C, "7F4141414141417F00", "1F11111111111F00")]
    [DataRow(0x0E01, "7F41417F00", "1F111F00")]
    [DataRow(0x05D0, "6810205800", "1A0C1600")]
    public void A_character_has_its_columns_and_a_gap_after_them(int code, string text, string small)
    {
        var frame = new Frame(Width, Page);
        var painter = new Painter(frame);
        Check(frame, painter, painter.Text, code, text);
        Check(frame, painter, painter.Small, code, small);
    }

    [TestMethod]
    public void Characters_that_share_a_place_on_the_heap_do_not_become_each_other()
    {
        const int other = 0x416 + 2 * Limits.GlyphCells;
        var frame = new Frame(Width, Page);
        var painter = new Painter(frame);
        string before = Drawn(frame, painter, painter.Text, 0x416);
        string between = Drawn(frame, painter, painter.Text, other);
        Assert.AreNotEqual(before, between);
        Assert.AreEqual(before, Drawn(frame, painter, painter.Text, 0x416));
        Assert.AreEqual(between, Drawn(frame, painter, painter.Text, other));
    }

    [TestMethod]
    public void A_character_between_two_pages_is_on_both()
    {
        var frame = new Frame(Width, 2 * Page);
        var painter = new Painter(frame);
        painter.Draw(painter.Text, "A", 0, 5, Width);
        Assert.AreEqual("80404080", Hex(frame.Pixels, 0, 4));
        Assert.AreEqual("0F02020F", Hex(frame.Pixels, Width, 4));
    }

    [TestMethod]
    public void What_takes_no_room_and_what_is_blank_light_nothing()
    {
        var frame = new Frame(Width, Page);
        var painter = new Painter(frame);
        Assert.AreEqual(0, painter.Text.Advance(ZeroWidthJoiner));
        Assert.AreEqual(painter.Text.Advance(' '), painter.Text.Advance(NoBreakSpace));
        Assert.AreEqual(painter.Text.Advance(' '), painter.Text.Advance('\t'));
        Assert.AreEqual("0000", Drawn(frame, painter, painter.Text, NoBreakSpace).Substring(0, 4));
    }

    [TestMethod]
    public void A_text_that_does_not_fit_ends_with_an_ellipsis_before_the_limit()
    {
        var painter = new Painter(new Frame(Width, Page));
        Assert.AreEqual(10, painter.DrawCut(painter.Text, "AA", 0, 0, 9));
        int after = painter.DrawCut(painter.Text, "AAAAA", 0, 0, 17);
        Assert.AreEqual(5 + 5 + 6, after);
    }

    [TestMethod]
    public void A_line_breaks_at_a_space_after_a_hyphen_and_inside_a_word_that_is_too_wide()
    {
        var painter = new Painter(new Frame(Width, Page));
        Assert.AreEqual("AA|AA-|AAAAA|A", Lines(painter, "AA AA-AAAAAA", 5 * 5 - 1));
        Assert.AreEqual("A||A", Lines(painter, "A\n\nA", 5 * 5 - 1));
    }

    private static void Check(Frame frame, Painter painter, PixelFont font, int code, string columns)
    {
        Assert.AreEqual(columns, Drawn(frame, painter, font, code).Substring(0, columns.Length));
        Assert.AreEqual(columns.Length / 2, font.Advance(code));
    }

    private static string Drawn(Frame frame, Painter painter, PixelFont font, int code)
    {
        var text = new byte[4];
        int count = Utf8.Encode(code, text, 0);
        painter.Clear();
        painter.Draw(font, text, 0, count, 0, 0, Width);
        return Hex(frame.Pixels, 0, 10);
    }

    private static string Lines(Painter painter, string text, int width)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        string lines = "";
        for (int start = 0; start < bytes.Length;)
        {
            int end = TextLayout.LineEnd(painter.Text, bytes, start, bytes.Length, width);
            if (lines.Length > 0) lines += "|";
            if (end > start) lines += Encoding.UTF8.GetString(bytes, start, end - start);
            start = TextLayout.NextLine(bytes, end, bytes.Length);
        }

        return lines;
    }

    private static string Hex(byte[] bytes, int from, int count)
    {
        string hex = "";
        for (int i = 0; i < count; i++) hex += bytes[from + i].ToString("X2");
        return hex;
    }
}
