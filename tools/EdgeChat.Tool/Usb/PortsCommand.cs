using System.CommandLine;
using System.Text.Json.Serialization;
using EdgeChat.Bundle;
using EdgeChat.Tool.Commands;
using EdgeChat.Usb;
using EdgeChat.Usb.Lines;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Wire;

namespace EdgeChat.Tool.Usb;

/// <summary>The command line of <c>edgechat ports</c>.</summary>
public static class PortsCommand
{
    private const string Description = """
        Lists the serial ports and what is on each.

        A board that runs nanoFramework is asked while it runs. One that does not answer is reset into its boot loader to ask the chip, and
        reset again.
        """;

    /// <summary>Makes the command.</summary>
    public static Command Create(ToolHost host)
    {
        var ports = new Argument<string[]>("PORT")
        {
            Description = "Ports to look at, with * and ? for many (default: all of this machine)",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var json = JsonOption.Create("One JSON object a line");
        var command = new Command("ports", Description) { ports, json };
        command.SetAction(async (parsed, _) =>
        {
            IReadOnlyList<string> names = PortChoice.All(parsed.GetValue(ports) ?? []);
            PortState[] all = await Task.WhenAll(names.Select(n => Task.Run(() => Look(n, host.Stop))));
            foreach (PortState state in all)
            {
                if (parsed.GetValue(json)) host.Out.WriteLine(ToolJson.LineOf(state));
                else if (state.Fault is null) host.Out.WriteLine(state.Text);
                if (state.Fault is not null) host.Error.WriteLine("edgechat: " + state.Fault);
            }

            return all.Any(s => s.Fault is not null) ? ExitCode.Board : ExitCode.Success;
        });
        return command;
    }

    private static PortState Look(string name, CancellationToken stop)
    {
        try
        {
            using var line = SerialPortLine.Open(name);
            return Runtime(line, stop) ?? Chip(line, stop);
        }
        catch (Exception e) when (e is UsbException or LineGoneException)
        {
            return new PortState(name, Fault: e.Message);
        }
    }

    private static PortState? Runtime(SerialPortLine line, CancellationToken stop)
    {
        try
        {
            var client = new WireClient(line);
            client.Connect(TimeSpan.Zero, stop);
            BoardInfo info = client.GetInfo();
            bool runs = client.GetState().HasFlag(ExecutionState.Running);
            return new PortState(line.Name, Mac: ChipInfo.MacOf(client.Configuration.ReadNetwork().Mac), Target: info.Target,
                Runtime: info.Version.ToString(), State: runs ? "running" : "no program");
        }
        catch (Exception e) when (e is UsbException { Fault: UsbFault.Silent } or WireSilentException or WireRefusedException)
        {
            return null;
        }
    }

    private static PortState Chip(SerialPortLine line, CancellationToken stop)
    {
        ChipInfo info = new Flasher(line).Identify(stop);
        return new PortState(line.Name, Mac: info.MacText, Chip: info.Chip.Key, FlashMiB: info.FlashBytes >> 20, State: "no nanoFramework");
    }

    private sealed record PortState(
        string Port, string? Mac = null, string? Chip = null, int? FlashMiB = null, string? Target = null, string? Runtime = null,
        string? State = null, string? Fault = null)
    {
        [JsonIgnore]
        public string Text => Target is not null
            ? $"{Port}  {Mac}  {Target}  nanoCLR {Runtime}, {State}"
            : $"{Port}  {Mac}  {LoaderChip.Find(Chip!)}, {FlashMiB} MiB of flash, {State}: `edgechat flash BUNDLE --port {Port}`";
    }
}
