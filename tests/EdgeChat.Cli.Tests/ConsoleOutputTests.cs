using System.Text;
using nanoFramework.TestFramework;

namespace EdgeChat.Cli.Tests;

/// <summary>What goes to the terminal, and what must not.</summary>
[TestClass]
public class ConsoleOutputTests
{
    [TestMethod]
    public void What_others_wrote_cannot_steer_the_terminal()
    {
        var paper = new Paper();
        var output = new TerminalWriter(paper);
        output.WriteSafe("a\u001b[2Jb\u0007\u007f\u009bc\u202ed\te\nf");
        output.Flush();
        Assert.AreEqual("a?[2Jb???c?d e f", paper.All);
    }

    [TestMethod]
    public void A_text_of_several_lines_is_indented()
    {
        var paper = new Paper();
        var output = new TerminalWriter(paper);
        byte[] text = Encoding.UTF8.GetBytes("one\ntwo");
        output.WriteSafe(text, 0, text.Length, 4);
        output.Flush();
        Assert.AreEqual("one\r\n    two", paper.All);
    }

    [TestMethod]
    public void Colours_come_only_when_they_are_on()
    {
        var paper = new Paper();
        var output = new TerminalWriter(paper);
        output.Write("plain", TextStyle.Bad);
        output.HasColor = true;
        output.Write("red", TextStyle.Bad);
        output.Flush();
        Assert.AreEqual("plain\u001b[31mred\u001b[0m", paper.All);
    }

    [TestMethod]
    [DataRow(0L, "0")]
    [DataRow(7L, "7")]
    [DataRow(-120L, "-120")]
    [DataRow(1790000000123L, "1790000000123")]
    public void Numbers_are_written_in_full(long number, string text)
    {
        var paper = new Paper();
        var output = new TerminalWriter(paper);
        output.Write(number);
        output.Flush();
        Assert.AreEqual(text, paper.All);
    }

    [TestMethod]
    public void More_than_the_buffer_holds_comes_in_order()
    {
        var paper = new Paper();
        var output = new TerminalWriter(paper);
        var all = new StringBuilder();
        for (int i = 0; i < 300; i++)
        {
            output.WriteLine("line " + i.ToString());
            all.Append("line " + i.ToString() + "\r\n");
        }

        output.Flush();
        Assert.AreEqual(all.ToString(), paper.All);
    }

    [TestMethod]
    public void A_JSON_line_escapes_what_must_be_and_nothing_else()
    {
        var paper = new Paper();
        var output = new TerminalWriter(paper) { HasCarriageReturn = false };
        var json = new JsonLineWriter(output);
        json.Begin("text", "a\"b\\c/d\ne\rf\tg\u0001h\u007fü😀");
        json.Add("n", -5L);
        json.Add("ok", true);
        json.Add("no", (string)null);
        json.Add("off", false);
        json.End();
        json.Begin();
        json.End();
        output.Flush();
        Assert.AreEqual("{\"text\":\"a\\\"b\\\\c/d\\ne\\rf\\tg\\u0001h\\u007fü😀\",\"n\":-5,\"ok\":true,\"off\":false}\n{}\n", paper.All);
    }
}
