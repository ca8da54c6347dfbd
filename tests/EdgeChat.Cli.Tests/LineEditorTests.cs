using System.Text;
using EdgeChat.Core;
using nanoFramework.TestFramework;

namespace EdgeChat.Cli.Tests;

/// <summary>The line that is typed, key by key, and what stands on the terminal.</summary>
[TestClass]
public class LineEditorTests
{
    [TestMethod]
    [DataRow("abc\u001b[D\u001b[DX", "aXbc", 2)]
    [DataRow("abc\u0001X", "Xabc", 1)]
    [DataRow("abc\u0001\u0005X", "abcX", 4)]
    [DataRow("abc\u001b[HX\u001b[FY", "XabcY", 5)]
    [DataRow("abc\u001b[1~X\u001b[4~Y", "XabcY", 5)]
    [DataRow("abc\u001bOHX", "Xabc", 1)]
    [DataRow("abc\u007f", "ab", 2)]
    [DataRow("abc\b", "ab", 2)]
    [DataRow("abc\u001b[D\u001b[3~", "ab", 2)]
    [DataRow("abc\u0001\u0004", "bc", 0)]
    [DataRow("one two three\u0017", "one two ", 8)]
    [DataRow("one two   \u0017", "one ", 4)]
    [DataRow("one two\u001b[D\u001b[D\u0015", "wo", 0)]
    [DataRow("one two\u0002\u0002\u000b", "one t", 5)]
    [DataRow("one two\u001b[1;5DX", "one Xtwo", 5)]
    [DataRow("one two\u0001\u001b[1;5CX", "oneX two", 4)]
    [DataRow("one two\u001bbX\u001bfY", "one XtwoY", 9)]
    [DataRow("ab\u001b[D\u0006X", "abX", 3)]
    [DataRow("ab\u001b[5~\u001b[15~\u001b[?62;c\u001b]0;title\u0007c", "abc", 3)]
    public void A_key_does_what_a_shell_user_expects(string keys, string line, int cursor)
    {
        var typist = new Typist().Type(keys);
        Assert.AreEqual(line, typist.Line);
        Assert.AreEqual(cursor, typist.Editor.Line.Cursor);
        Assert.AreEqual("> " + line.TrimEnd(' '), typist.Paper.Row, "what the terminal shows");
        Assert.AreEqual(2 + cursor, typist.Paper.Column, "where the terminal's cursor is");
    }

    [TestMethod]
    public void Keys_at_the_ends_of_the_line_change_nothing()
    {
        var typist = new Typist().Type(Typist.Left + "\u007f" + Typist.Right + Typist.Delete + "\u0017\u0015\u000b" + Typist.Home);
        Assert.AreEqual("", typist.Line);
        typist.Type("a" + Typist.Right + Typist.Delete + Typist.End);
        Assert.AreEqual("a", typist.Line);
        Assert.AreEqual("> a", typist.Paper.Row);
    }

    [TestMethod]
    public void A_row_that_is_drawn_anew_is_short_whatever_the_line_is_made_of()
    {
        const int Most = 800; // bytes of a key
        var terminal = new Scale();
        var output = new TerminalWriter(terminal);
        var editor = new LineEditor(output, "> ");
        editor.Begin();
        Take(editor, "a");
        for (int i = 0; i < 550; i++) Take(editor, "\u0301"); // marks take no column
        foreach (string key in new string[] { Typist.Home, "x", Typist.Delete, Typist.End, Typist.Left, "y", "\u007f" })
        {
            output.Flush();
            int before = terminal.Bytes;
            Take(editor, key);
            output.Flush();
            Assert.IsTrue(terminal.Bytes - before < Most, (terminal.Bytes - before).ToString() + " bytes for a key");
        }
    }

    private static void Take(LineEditor editor, string keys)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(keys);
        for (int i = 0; i < bytes.Length; i++) editor.Take(bytes[i]);
    }

    private sealed class Scale : ITerminal
    {
        public int Bytes { get; private set; }

        public void Write(byte[] buffer, int index, int count) { Bytes += count; }
    }

    [TestMethod]
    public void A_key_moves_over_a_whole_character_with_its_marks()
    {
        var typist = new Typist().Type("aü😀e\u0301b" + Typist.Left + Typist.Left + Typist.Left);
        Assert.AreEqual(3, typist.Editor.Line.Cursor, "before the face and behind a and the two bytes of ü");
        typist.Type("\u007f");
        Assert.AreEqual("a😀e\u0301b", typist.Line);
        typist.Type(Typist.Delete + Typist.Delete);
        Assert.AreEqual("ab", typist.Line);
    }

    [TestMethod]
    public void A_character_in_pieces_goes_in_whole_and_is_echoed_once()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("Grüße 😀");
        var typist = new Typist();
        byte[] one = new byte[1];
        for (int i = 0; i < bytes.Length; i++)
        {
            one[0] = bytes[i];
            typist.Type(one);
        }

        Assert.AreEqual("Grüße 😀", typist.Line);
        Assert.AreEqual("> Grüße 😀", typist.Paper.Row);
    }

    [TestMethod]
    public void What_is_no_UTF8_shows_as_a_mark_and_stays_in_the_line()
    {
        var typist = new Typist().Type(new byte[] { (byte)'a', 0xC3, (byte)'b', 0xFF, 0x80 });
        Assert.AreEqual(5, typist.Editor.Line.Count, "the shell refuses such a line as a whole");
        Assert.AreEqual("> a?b??", typist.Paper.Row);
    }

    [TestMethod]
    [DataRow("a\rb\r", 2)]
    [DataRow("a\nb\n", 2)]
    [DataRow("a\r\nb\r\n", 2)]
    [DataRow("a\n\nb\r\r", 4)]
    [DataRow("a\r\n\r\nb\n\r", 4)]
    public void CR_and_LF_and_both_end_a_line_once(string keys, int lines)
    {
        Assert.AreEqual(lines, new Typist().Type(keys).Lines);
    }

    [TestMethod]
    public void CR_and_LF_in_two_chunks_still_end_one_line()
    {
        var typist = new Typist().Type("hello\r");
        typist.Type("\nmore\n");
        Assert.AreEqual(2, typist.Lines);
        Assert.AreEqual("more", typist.LastLine);
    }

    [TestMethod]
    public void Up_and_down_walk_through_the_history_and_back_to_the_draft()
    {
        var typist = new Typist().Type("first\rsecond\rdraft");
        Assert.AreEqual("second", typist.Type(Typist.Up).Line);
        Assert.AreEqual("first", typist.Type(Typist.Up).Line);
        Assert.AreEqual("first", typist.Type(Typist.Up).Line, "there is nothing older");
        Assert.AreEqual(1, typist.Paper.Bells);
        Assert.AreEqual("second", typist.Type(Typist.Down).Line);
        Assert.AreEqual("draft", typist.Type(Typist.Down).Line);
        Assert.AreEqual("draft", typist.Type(Typist.Down).Line);
        Assert.AreEqual("> draft", typist.Paper.Row);
        Assert.AreEqual("second", typist.Type(Typist.Up).Line, "the draft is not in the history");
        typist.Type("!\r");
        Assert.AreEqual("second!", typist.LastLine);
        Assert.AreEqual("second!", typist.Type(Typist.Up).Line);
        Assert.AreEqual("second", typist.Type(Typist.Up).Line, "the draft was forgotten");
    }

    [TestMethod]
    public void An_empty_draft_comes_back_empty()
    {
        var typist = new Typist().Type("one\r" + Typist.Up + Typist.Down);
        Assert.AreEqual("", typist.Line);
        Assert.AreEqual("one", typist.Type(Typist.Up).Line);
    }

    [TestMethod]
    public void A_line_wider_than_the_terminal_moves_sideways_and_stays_whole()
    {
        var text = new StringBuilder();
        for (int i = 0; i < 300; i++) text.Append((char)('a' + i % 26));
        var typist = new Typist().Type(text.ToString());
        Assert.IsTrue(typist.Paper.Row.Length < Limits.TerminalColumns, "the row must not wrap");
        Assert.EndsWith("klmn", typist.Paper.Row);
        typist.Type(Typist.Home);
        Assert.StartsWith("> abcdef", typist.Paper.Row);
        Assert.AreEqual(2, typist.Paper.Column);
        typist.Type("\r");
        Assert.AreEqual(text.ToString(), typist.LastLine);
    }

    [TestMethod]
    public void A_line_that_is_too_long_keeps_nothing_and_can_only_be_given_up()
    {
        var typist = new Typist().Type(new string('x', Limits.LineBytes));
        Assert.AreEqual(0, typist.Editor.Line.Refused);
        typist.Type("yz\u007f" + Typist.Left);
        Assert.AreEqual(2, typist.Editor.Line.Refused);
        Assert.AreEqual(Limits.LineBytes, typist.Editor.Line.Count);
        Assert.IsTrue(typist.Paper.Bells >= 4, "each of the four keys rings");
        typist.Type("\u0015ok");
        Assert.AreEqual("ok", typist.Line);
        Assert.AreEqual(0, typist.Editor.Line.Refused);
    }

    [TestMethod]
    public void A_line_that_is_too_long_is_not_in_the_history()
    {
        var typist = new Typist().Type("short\r" + new string('x', Limits.LineBytes + 1) + "\r" + Typist.Up);
        Assert.AreEqual("short", typist.Line);
    }

    [TestMethod]
    public void Bracketed_paste_gives_lines_and_tabs_as_they_are()
    {
        var typist = new Typist().Type(Typist.PasteStart + "one\ttwo\rthree" + Typist.PasteEnd);
        Assert.AreEqual("one\ttwo", typist.LastLine);
        Assert.AreEqual("three", typist.Line);
        typist.Type("\t");
        Assert.AreEqual(EditResult.Complete, typist.LastResult);
    }

    [TestMethod]
    public void Alt_Enter_breaks_the_text_and_not_the_line()
    {
        var typist = new Typist().Type("one\u001b\rtwo\u001b\nthree\r");
        Assert.AreEqual(1, typist.Lines);
        Assert.AreEqual("one\ntwo\nthree", typist.LastLine);
    }

    [TestMethod]
    public void A_broken_escape_sequence_does_not_swallow_the_end_of_the_line()
    {
        Assert.AreEqual("ok", new Typist().Type("ok\u001b[12\r").LastLine);
    }

    [TestMethod]
    public void Without_echo_nothing_is_written()
    {
        var typist = new Typist();
        int before = typist.Paper.All.Length;
        typist.Editor.HasEcho = false;
        typist.Type("hello" + Typist.Left + "\u007f\r");
        Assert.AreEqual(before, typist.Paper.All.Length);
        Assert.AreEqual("helo", typist.LastLine);
    }

    [TestMethod]
    public void Something_else_can_be_written_above_the_line()
    {
        var paper = new Paper();
        var output = new TerminalWriter(paper);
        var editor = new LineEditor(output, "> ");
        editor.Begin();
        foreach (byte b in Encoding.UTF8.GetBytes("send bob hi" + Typist.Left)) editor.Take(b);
        editor.Hide();
        output.WriteLine("bob: Hello");
        editor.Show();
        output.Flush();
        Assert.AreEqual("bob: Hello\n", paper.Look().Above);
        Assert.AreEqual("> send bob hi", paper.Row);
        Assert.AreEqual(12, paper.Column);
    }
}
