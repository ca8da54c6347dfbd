using EdgeChat.Tool.Demo.Terminal;

namespace EdgeChat.Tests.Tool;

/// <summary>Which colours a terminal has, and how it is told of them.</summary>
[TestClass]
public class TerminalColoursTests
{
    private const ushort Red = 0xF800, White = 0xFFFF, Black = 0, Grey = 0x8410;

    [TestMethod]
    [DataRow("xterm-256color", "truecolor", null, 1 << 24)]
    [DataRow("xterm", "24bit", "", 1 << 24)]
    [DataRow("tmux-256color", null, null, 256)]
    [DataRow("xterm", "", null, 0)]
    [DataRow(null, null, null, 0)]
    [DataRow("xterm-256color", "truecolor", "1", 0)]
    public void The_environment_says_what_there_is(string? term, string? colorTerm, string? noColor, int count)
    {
        var colours = TerminalColours.Of(
            name => name switch { "TERM" => term, "COLORTERM" => colorTerm, "NO_COLOR" => noColor, _ => null });
        Assert.AreSame(count == 0 ? TerminalColours.None : count == 256 ? TerminalColours.Some : TerminalColours.All, colours);
    }

    [TestMethod]
    public void Neighbours_of_the_same_colours_are_told_of_once_and_what_has_none_is_as_ever()
    {
        CellColours red = new(Red, White), grey = new(Grey, Black);
        var line = PictureLine.Join("|", new PictureLine("a"), new PictureLine("bcd", red, red, grey), new PictureLine("e"));
        Assert.AreEqual("a|bcd|e", line.Text);
        Assert.AreEqual("a|bcd|e", TerminalColours.None.Write(line, line.Text));
        Assert.AreEqual("a|\x1b[38;2;255;0;0;48;2;255;255;255mbc\x1b[38;2;132;130;132;48;2;0;0;0md\x1b[0m|e",
            TerminalColours.All.Write(line, line.Text));
        Assert.AreEqual("a|\x1b[38;5;196;48;5;231mbc\x1b[38;5;244;48;5;16md\x1b[0m|e", TerminalColours.Some.Write(line, line.Text));
        Assert.AreEqual("a|\x1b[38;5;196;48;5;231mb\x1b[0m", TerminalColours.Some.Write(line, "a|b"), "cut off, and none goes on");
    }
}
