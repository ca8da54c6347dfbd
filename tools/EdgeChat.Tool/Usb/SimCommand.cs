using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using EdgeChat.Bundle;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;
using EdgeChat.Usb.Wire;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Usb;

/// <summary>The command line of <c>edgechat sim</c>: boards behind virtual USB ports.</summary>
public static class SimCommand
{
    private const int MostBoards = 64;

    private const string Description = """
        Bare boards behind virtual USB ports: each port is a pseudo terminal that speaks the protocols of a real board, byte for byte.

        The chip's boot loader answers esptool and `edgechat flash`; after the port was closed, what was flashed answers: nanoCLR, and when
        all that came over the line is whole, the firmware with the files and the Wi-Fi that came over it. Ctrl-C ends.
        """;

    /// <summary>Makes the command; <paramref name="firmware"/> is the boards' <c>Main</c>.</summary>
    public static Command Create(ToolHost host, Action firmware) => new("sim", "Boards that are not there") { CreateUsb(host, firmware) };

    private static Command CreateUsb(ToolHost host, Action firmware)
    {
        var count = new Option<int>("--count")
        {
            Description = $"How many, 1 to {MostBoards}",
            HelpName = "N",
            DefaultValueFactory = _ => 1,
        };
        var chip = new Option<string>("--chip")
        {
            Description = $"Their chip: {string.Join(", ", LoaderChip.All.Select(c => c.Key))}",
            HelpName = "CHIP",
            DefaultValueFactory = _ => LoaderChip.Esp32.Key,
            CompletionSources = { _ => LoaderChip.All.Select(c => new CompletionItem(c.Key)) },
        };
        var model = new Option<string>("--flash-model")
        {
            Description = "How long their flash takes: real, as a typical chip, or fast, no time",
            HelpName = "MODEL",
            DefaultValueFactory = _ => "real",
            CompletionSources = { _ => [new CompletionItem("real"), new CompletionItem("fast")] },
        };
        var board = new Option<string>("--board")
        {
            Description = $"What is soldered to them: {string.Join(", ", BoardModel.Names)}",
            HelpName = "NAME",
            DefaultValueFactory = _ => new DemoSettings().Model,
            CompletionSources = { _ => BoardModel.Names.Select(name => new CompletionItem(name)) },
        };
        var wifi = new Option<string>("--wifi")
        {
            Description = "The Wi-Fi network around them; a board whose configuration has another is offline",
            HelpName = "SSID:PASSWORD",
            DefaultValueFactory = _ => "EdgeChat:virtual-board",
        };
        var links = new Option<string?>("--links")
        {
            Description = "A folder for links to the ports, usb-01 and so on, so that a pattern names them all",
            HelpName = "DIR",
        };
        var json = JsonOption.Create("Say where they are in one line of JSON");
        var command = new Command("usb", Description) { count, chip, model, board, wifi, links, json };
        command.SetAction(parsed => RunAsync(
            host, firmware, Within(parsed.GetValue(count)), ChipOf(parsed.GetValue(chip)!), ModelOf(parsed.GetValue(model)!),
            BoardModel.Load(parsed.GetValue(board)!), NetworkOf(parsed.GetValue(wifi)!), parsed.GetValue(links),
            parsed.GetValue(json)));
        return command;
    }

    private static async Task<int> RunAsync(
        ToolHost host, Action firmware, int count, LoaderChip chip, FlashModel flash, BoardModel model, StationBlock network,
        string? linkFolder, bool printsJson)
    {
        if (!OperatingSystem.IsLinux())
            throw new ToolException(ExitCode.Machine, "sim usb needs Linux, whose pseudo terminals can be opened as serial ports");
        string root = Directory.CreateTempSubdirectory("edgechat-usb-").FullName;
        var boards = new List<(VirtualUsbBoard Board, UsbPort Port)>();
        using PortLinks? links = linkFolder is null ? null : new PortLinks(linkFolder);
        try
        {
            for (int i = 0; i < count; i++)
            {
                string name = "usb-" + (i + 1).ToString("00", CultureInfo.InvariantCulture);
                var board = new VirtualUsbBoard(new VirtualUsbOptions
                {
                    Chip = chip,
                    Mac = VirtualUsbOptions.MacOf(name),
                    FlashModel = flash,
                    Folder = Path.Combine(root, name),
                    Program = new FirmwareProgram(name, BoardHardware.Load(model.Json), network, firmware),
                });
                boards.Add((board, new UsbPort(name, board)));
                links?.Add(name, boards[^1].Port.Path);
            }

            Tell(host, chip, boards, printsJson);
            await Task.Delay(Timeout.Infinite, host.Stop).ContinueWith(_ => { }, TaskScheduler.Default);
            return ExitCode.Success;
        }
        catch (IOException e)
        {
            throw new ToolException(ExitCode.Machine, $"--count {count}: {e.Message}; ask for fewer, or end other programs", e);
        }
        finally
        {
            foreach (var (board, port) in boards)
            {
                port.Dispose();
                board.Dispose();
            }

            Directory.Delete(root, recursive: true);
        }
    }

    private static void Tell(ToolHost host, LoaderChip chip, List<(VirtualUsbBoard Board, UsbPort Port)> boards, bool printsJson)
    {
        var ports = boards.Select(b => new { port = b.Port.Path, chip = chip.Key, mac = ChipInfo.MacOf(b.Board.Mac) }).ToArray();
        if (printsJson)
        {
            host.Out.WriteLine(ToolJson.LineOf(ports));
            return;
        }

        foreach (var port in ports) host.Out.WriteLine($"{port.port}  {chip}  {port.mac}");
        host.Out.WriteLine($"Bare boards. `edgechat flash BUNDLE --port {ports[0].port}` flashes one; Ctrl-C ends.");
    }

    private static int Within(int count) => count is >= 1 and <= MostBoards
        ? count
        : throw new ToolException(ExitCode.Usage, $"--count {count}: give a number from 1 to {MostBoards}");

    private static LoaderChip ChipOf(string name) => LoaderChip.Find(name) ?? throw new ToolException(
        ExitCode.Usage, $"--chip {name}: choose one of {string.Join(", ", LoaderChip.All.Select(c => c.Key))}");

    private static FlashModel ModelOf(string name) => name switch
    {
        "real" => FlashModel.Real,
        "fast" => FlashModel.Fast,
        _ => throw new ToolException(ExitCode.Usage, $"--flash-model {name}: choose real or fast"),
    };

    private static StationBlock NetworkOf(string text)
    {
        int colon = text.IndexOf(':');
        return colon > 0
            ? new StationBlock(text[..colon], text[(colon + 1)..])
            : throw new ToolException(ExitCode.Usage, "--wifi: write it as SSID:PASSWORD");
    }
}
