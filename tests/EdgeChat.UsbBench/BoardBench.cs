using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeChat.ImageKit;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.UsbBench;

/// <summary>Provisions bare boards that run the firmware, one, then many one after another, then as many at once, and prints how long it
/// took from the command to the last board's first message.</summary>
internal sealed class BoardBench : IDisposable
{
    private const int RuntimeNoise = 800_000; // with it nanoCLR compresses to what one of a release does
    private const int ProgramBytes = 200_000;

    private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-bench-").FullName;

    /// <summary>Measures with so many boards.</summary>
    public async Task RunAsync(int count)
    {
        string bundle = Samples.WriteBundle(
            _folder, programBytes: ProgramBytes, runtime: new RuntimeWriter { CodeBytes = RuntimeNoise });
        File.WriteAllText(Path.Combine(_folder, "wifi"), "virtual-board\n");
        File.WriteAllText(Path.Combine(_folder, "passphrase"), "a long passphrase\n");
        string yaml = $$"""
            fleet: bench
            bundle: {{bundle}}
            wifi: { ssid: EdgeChat, password-file: wifi }
            boards:

            """ + string.Concat(Enumerable.Range(1, count).Select(i => $"  board-{i:00}: {{}}\n"));
        foreach (string model in new[] { "fast", "real" })
        {
            Print($"Boards behind virtual ports, flash model {model}:");
            await MeasureAsync("one", yaml, model, 1, isParallel: false);
            await MeasureAsync("one after another", yaml, model, count, isParallel: false);
            await MeasureAsync("at once", yaml, model, count, isParallel: true);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task MeasureAsync(string what, string yaml, string model, int count, bool isParallel)
    {
        // boards that nobody has known before: with a store that knows nothing goes a broker that knows nothing
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        File.Delete(Path.Combine(_folder, "fleet.db"));
        File.WriteAllText(Path.Combine(_folder, "fleet.yaml"), $"{yaml}broker: {{ host: 127.0.0.1, port: {broker.Address.Port} }}\n");
        var said = new StringWriter();
        using var host = Host(said);
        Task<int> boards = EdgeChatCommand.RunAsync(
            ["sim", "usb", "--count", $"{count}", "--flash-model", model, "--json"], host);
        while (said.ToString().Length == 0 && !boards.IsCompleted) await Task.Delay(50);
        string[] ports = [.. JsonNode.Parse(said.ToString())!.AsArray().Select(p => (string)p!["port"]!)];
        long began = Stopwatch.GetTimestamp();
        int failed = 0;
        if (isParallel) failed += await ProvisionAsync(ports);
        else foreach (string port in ports) failed += await ProvisionAsync([port]);
        double seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        host.RequestStop();
        await boards;
        Print($"  {count,2} {what,-18} {seconds,7:0.0} s, {seconds / count,6:0.0} s a board{(failed == 0 ? "" : ", FAILED")}");
    }

    private async Task<int> ProvisionAsync(string[] ports)
    {
        var said = new StringWriter();
        using var host = Host(said);
        int code = await EdgeChatCommand.RunAsync(
            [
                "provision", "--fleet", Path.Combine(_folder, "fleet.yaml"), "--passphrase-file", Path.Combine(_folder, "passphrase"),
                .. ports.SelectMany(p => new[] { "--port", p }),
            ],
            host);
        if (code != 0) Console.Error.WriteLine(said);
        return code == 0 ? 0 : 1;
    }

    private static ToolHost Host(TextWriter said) =>
        new() { Out = TextWriter.Synchronized(said), Error = TextWriter.Synchronized(said), In = new LineInput(Stream.Null) };

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
