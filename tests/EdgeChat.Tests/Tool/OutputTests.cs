using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeChat.Bundle;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Tool;

/// <summary>Everything that the command prints goes through one filter: nothing that others have written steers the terminal.</summary>
[TestClass]
public partial class OutputTests
{
    private const string Hostile = "a\u001b]0;title\u0007b\u009b2Jc\u202Ed\u007fe";

    private static readonly string[] Drawers = ["ChatTerminal.cs", "FlashReport.cs", "ProvisionTable.cs", "TerminalView.cs"];

    [TestMethod]
    public void What_is_printed_goes_through_the_filter_whoever_makes_the_host()
    {
        var output = new StringWriter { NewLine = "\n" };
        using var host = new ToolHost { Out = output, Error = new StringWriter(), In = new LineInput(Stream.Null) };
        host.Out.WriteLine(Hostile);
        host.Out.Write("x\r\ny{0}z", '\u001b');
        host.Out.WriteLine();
        host.Out.Write(['\u0007', '\n'], 0, 2);
        Assert.AreEqual("a?]0;title?b?2Jc?d?e\nx\ny?z\n?\n", output.ToString());
        Assert.IsInstanceOfType<SafeWriter>(host.Error);
    }

    [TestMethod]
    public void Nothing_prints_past_the_host_and_only_what_draws_has_the_bare_terminal()
    {
        foreach (string file in Sources())
        {
            string name = Path.GetFileName(file);
            string text = File.ReadAllText(file);
            if (name != "ToolHost.cs")
                Assert.IsFalse(PastTheHost().IsMatch(text), $"{file} prints past ToolHost.Out and ToolHost.Error, which filter");
            if (name != "ToolHost.cs" && !Drawers.Contains(name))
                Assert.IsFalse(BareTerminal().IsMatch(text), $"{file}: ToolHost.Screen is for what draws; print with ToolHost.Out");
            Assert.IsFalse(text.Contains("UnsafeRelaxedJsonEscaping", StringComparison.Ordinal),
                $"{file}: this encoder lets characters through that steer a terminal; write JSON with ToolJson");
        }
    }

    [TestMethod]
    public void What_steers_a_terminal_is_escaped_in_JSON_and_read_back_as_it_was()
    {
        string all = string.Concat(Enumerable.Range(1, 0xD7FF).Select(c => (char)c)) + "日👍";
        foreach (string json in new[] { ToolJson.LineOf(new { text = all }), ToolJson.Object(("text", all)) })
        {
            var output = new StringWriter { NewLine = "\n" };
            new SafeWriter(output).WriteLine(json);
            Assert.AreEqual(json + "\n", output.ToString(), "the filter finds nothing left to do");
            Assert.AreEqual(all, JsonDocument.Parse(json).RootElement.GetProperty("text").GetString());
            StringAssert.Contains(json, "日");
        }
    }

    [TestMethod]
    [DataRow(false, DisplayName = "in a pipe")]
    [DataRow(true, DisplayName = "in a terminal")]
    public async Task A_boards_console_cannot_steer_the_terminal_of_the_demo(bool isTerminal)
    {
        using var tool = new ToolUnderTest(isTerminal ? (120, 40) : null);
        Task<int> run = tool.StartAsync(EchoFirmware.Run, "demo", "--headless", "--boards", "1");
        await tool.PrintsAsync("ready", Waiting.Longest);
        if (isTerminal)
        {
            // a key cannot be a control character, so the board has to say one itself
            tool.TypeKeys("x\u202Ey");
            tool.Press(ConsoleKey.Enter, '\r');
        }
        else
        {
            tool.Type("alice " + Hostile);
        }

        await tool.PrintsAsync(isTerminal ? "x?y" : "b?2Jc?d?e", Waiting.Longest);
        tool.RequestStop();
        Assert.AreEqual(ExitCode.Success, await run.WaitAsync(Waiting.Longest));
        char[] forbidden = isTerminal ? ['\u0007', '\u009b', '\u202E', '\u007f'] : ['\u0007', '\u009b', '\u202E', '\u007f', '\u001b'];
        Assert.AreEqual(-1, tool.Out.IndexOfAny(forbidden), tool.Out);
    }

    private static IEnumerable<string> Sources() =>
        Directory.GetFiles(Repository.File("tools/EdgeChat.Tool"), "*.cs", SearchOption.AllDirectories);

    [GeneratedRegex(@"(?<!\.)\bConsole\.(Out\b|Error|Write|OpenStandardOutput|OpenStandardError)")]
    private static partial Regex PastTheHost();

    [GeneratedRegex(@"\b_?host\.Screen\b")]
    private static partial Regex BareTerminal();
}
