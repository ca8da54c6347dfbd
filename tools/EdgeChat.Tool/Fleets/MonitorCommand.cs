using System.CommandLine;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Usb;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Tool.Fleets;

/// <summary>The command line of <c>edgechat monitor</c>.</summary>
public static class MonitorCommand
{
    private const string Description = """
        Shows what a board says on its console, each line with the time, and types what you write. It comes back by itself when the board
        was unplugged. Ctrl-C ends.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host)
    {
        var port = new Argument<string>(
            "PORT")
        { Description = "The port of the console: the board's page in hardware/boards says which pins" };
        var baud = new Option<int>("--baud")
        {
            Description = "Bits a second",
            HelpName = "N",
            DefaultValueFactory = _ => 115200,
        };
        var log = new Option<string?>("--log") { Description = "Append the lines to this file too", HelpName = "FILE" };
        var json = JsonOption.Create("One JSON object a line of the console, and when the port comes or is gone");
        var command = new Command("monitor", Description) { port, baud, log, json };
        command.SetAction((parsed, _) =>
        {
            if (parsed.GetValue(baud) is < 300 or > 4_000_000)
                throw new ToolException(ExitCode.Usage, $"--baud {parsed.GetValue(baud)}: give 300 to 4000000");
            string name = PortChoice.Of(parsed.GetValue(port));
            return new SerialMonitor(() => SerialPortLine.Open(name, parsed.GetValue(baud)), host, TimeProvider.System)
            {
                Log = parsed.GetValue(log),
                PrintsJson = parsed.GetValue(json),
            }.RunAsync(name);
        });
        return command;
    }
}
