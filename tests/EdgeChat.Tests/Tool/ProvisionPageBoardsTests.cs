using EdgeChat.ImageKit;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo;
using EdgeChat.Tool.Usb;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;
using EdgeChat.Usb.Wire;
using EdgeChat.VirtualBoard;
using Microsoft.Playwright;

namespace EdgeChat.Tests.Tool;

/// <summary><c>edgechat provision --web</c> as an operator has it: bare boards behind virtual USB ports, a broker, and the page in
/// Chromium.</summary>
[TestClass]
public class ProvisionPageBoardsTests
{
    private const int Boards = 3;
    private static readonly float PatienceMs = (float)Waiting.Longest.TotalMilliseconds;

    private static readonly StationBlock Network = new("EdgeChat", "virtual-board");

    [TestMethod]
    public async Task Three_bare_boards_are_seen_done_on_the_page_each_with_its_label()
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-page-").FullName;
        await using var broker = new EmbeddedTestBroker();
        await broker.StartAsync();
        WriteFleet(folder, broker.Port);
        var devices = new List<IDisposable>();
        var expected = new Dictionary<string, string>();
        for (int i = 1; i <= Boards; i++)
        {
            VirtualUsbBoard board = Bare($"usb-{i}", folder);
            var port = new UsbPort($"usb-{i}", board);
            File.CreateSymbolicLink(Path.Combine(folder, $"port-{i}"), port.Path);
            devices.AddRange([port, board]);
            expected.Add(Path.Combine(folder, $"port-{i}"), ChipInfo.MacOf(board.Mac));
        }

        Assert.AreEqual(0, await RunAsync("fleet", "key", Path.Combine(folder, "fleet.secret")));
        var output = new FirstLine();
        using var host = new ToolHost { Out = output, Error = new StringWriter(), In = new LineInput(Stream.Null) };
        Task<int> run = EdgeChatCommand.RunAsync(
        [
            "provision", "--web", "--port", Path.Combine(folder, "port-*"), "--fleet", Path.Combine(folder, "fleet.yaml"),
            "--key-file", Path.Combine(folder, "fleet.secret"),
        ], host);
        string line = await Task.WhenAny(output.Text.Task, Told(run, host)).Unwrap();
        var errors = new List<string>();
        IPage page = await PageUnderTest.NewAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } }, errors);
        await using IBrowserContext context = page.Context; // it is closed: without its server it looks for that for ever
        await page.GotoAsync(line.Split(' ').Single(w => w.StartsWith("http://", StringComparison.Ordinal)));

        try
        {
            await page.GetByText($"All {Boards} boards are provisioned.").WaitForAsync(new() { Timeout = PatienceMs });
        }
        catch (TimeoutException)
        {
            Assert.Fail($"the page shows:\n{await page.Locator("body").InnerTextAsync()}\n{host.Error}");
        }

        foreach ((string port, string mac) in expected)
        {
            ILocator card = page.Locator($"[data-port='{port}'].done");
            Assert.AreEqual(mac, await card.Locator(".mac").InnerTextAsync());
            await card.GetByText("provisioned, in ").WaitForAsync();
            Assert.IsTrue(await card.Locator("img").EvaluateAsync<bool>("image => image.decode().then(() => image.naturalWidth > 0)"));
            Assert.AreEqual("100", await card.Locator(".bar").GetAttributeAsync("aria-valuenow"));
        }

        string[] names = [.. (await page.Locator("[data-port] h2").AllInnerTextsAsync()).Order(StringComparer.Ordinal)];
        CollectionAssert.AreEqual(new[] { "Alice (alice)", "Bob (bob)", "Carol (carol)" }, names);
        await Accessibility.CheckAsync(page, errors, "all provisioned");
        host.RequestStop();
        Assert.AreEqual(0, await run, host.Error.ToString());
        await page.GetByText("The command has ended.").WaitForAsync();
        Assert.AreEqual("", string.Join('\n', errors));
        foreach (IDisposable device in devices) device.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void WriteFleet(string folder, int port)
    {
        Samples.WriteBundle(folder);
        File.WriteAllText(Path.Combine(folder, "wifi.secret"), Network.Password);
        File.WriteAllText(Path.Combine(folder, "fleet.yaml"), $$"""
            fleet: home
            bundle: edgechat.bundle
            broker: { host: 127.0.0.1, port: {{port}} }
            wifi: { ssid: {{Network.Ssid}}, password-file: wifi.secret }
            boards:
              alice: { name: Alice, contacts: [bob] }
              bob: { name: Bob }
              carol: { name: Carol }
            """);
    }

    private static VirtualUsbBoard Bare(string name, string folder) => new(new VirtualUsbOptions
    {
        Mac = VirtualUsbOptions.MacOf(name),
        FlashModel = FlashModel.Fast,
        Folder = Path.Combine(folder, name),
        Program = new FirmwareProgram(
            name, BoardHardware.Load(BoardModel.Load("esp32-devkit").Json), Network, EdgeChat.Device.Program.Main),
    });

    private static async Task<int> RunAsync(params string[] words)
    {
        using var host = new ToolHost { Out = new StringWriter(), Error = new StringWriter(), In = new LineInput(Stream.Null) };
        return await EdgeChatCommand.RunAsync(words, host);
    }

    // a command that ends at once has no page
    private static async Task<string> Told(Task<int> run, ToolHost host) =>
        throw new AssertFailedException($"ended with {await run}: {host.Error}");

    /// <summary>Gives the first text that is written as soon as it is there.</summary>
    private sealed class FirstLine : StringWriter
    {
        public TaskCompletionSource<string> Text { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Write(string? value)
        {
            base.Write(value);
            Text.TrySetResult(value ?? "");
        }
    }
}
