using System.CommandLine;
using EdgeChat.Bundle;
using EdgeChat.Tool.Commands;
using EdgeChat.Usb;
using EdgeChat.Usb.Lines;
using EdgeChat.Usb.Loader;

namespace EdgeChat.Tool.Usb;

/// <summary>The command line of <c>edgechat flash</c>.</summary>
public static class FlashCommand
{
    private const int MostPatience = 3600;

    private const string Description = """
        Flashes a bundle into the board on a port.

        Asks the chip what it holds and writes only what differs; what is there at the end is compared again, always. A board with another
        chip is refused. When the cable was unplugged or Ctrl-C pressed, the same command goes on where it was. The board's own files stay.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host)
    {
        var file = new Argument<string>("BUNDLE") { Description = "The bundle, of `edgechat bundle make` or a release" };
        var port = PortOption();
        var baud = new Option<int>("--baud")
        {
            Description = "Bits a second while it flashes",
            HelpName = "N",
            DefaultValueFactory = _ => 921600,
        };
        var erase = new Option<bool>("--erase-files") { Description = "Also erase the board's files, messages and Wi-Fi configuration" };
        var patience = new Option<int>("--wait")
        {
            Description = "Seconds to wait for a board that was unplugged to come back",
            HelpName = "SECONDS",
            DefaultValueFactory = _ => 30,
        };
        var trust = new Option<string?>("--trust") { Description = "Public key that must have signed the bundle", HelpName = "FILE" };
        var json = JsonOption.Create("One JSON object a line for each step, for scripts");
        var command = new Command("flash", Description) { file, port, baud, erase, patience, trust, json };
        command.SetAction(parsed =>
        {
            using var key = parsed.GetValue(trust) is { } path ? SigningKey.Load(path, isPrivate: false) : null;
            BundleFile bundle = BundleFile.Load(parsed.GetValue(file)!, key);
            foreach (string remark in bundle.Remarks) host.Error.WriteLine("edgechat: " + remark);
            LoaderChip chip = BundleParts.Chip(bundle);
            var report = new FlashReport(host, bundle, parsed.GetValue(json));
            var rate = Within("--baud", parsed.GetValue(baud), 9600, 5_000_000);
            var wait = TimeSpan.FromSeconds(Within("--wait", parsed.GetValue(patience), 0, MostPatience));
            return Task.Run(() => Run(
                host, chip, BundleParts.Of(bundle, parsed.GetValue(erase)), PortChoice.Of(parsed.GetValue(port)), rate, wait, report));
        });
        return command;
    }

    /// <summary>The option that names a port.</summary>
    internal static Option<string?> PortOption() => new("--port")
    {
        Description = "The port (default: the only one); `edgechat ports` lists them",
        HelpName = "PORT",
    };

    private static int Within(string option, int value, int least, int most) => value >= least && value <= most
        ? value
        : throw new ToolException(ExitCode.Usage, $"{option} {value}: give a number from {least} to {most}");

    private static int Run(
        ToolHost host, LoaderChip chip, IReadOnlyList<FlashPart> parts, string port, int rate, TimeSpan wait, FlashReport report)
    {
        try
        {
            using var line = SerialPortLine.Open(port);
            var flasher = new Flasher(line) { BaudRate = rate, PlugPatience = wait, Progress = report.Tell };
            report.End(port, flasher.Flash(chip, parts, null, host.Stop));
            return ExitCode.Success;
        }
        catch (OperationCanceledException)
        {
            throw report.Fail(new ToolException(ExitCode.Board,
                $"{port}: stopped{report.HalfWritten}; run the same again: it goes on where it was"));
        }
        catch (Exception e) when (e is UsbException or LineGoneException)
        {
            throw report.Fail(e);
        }
    }
}
