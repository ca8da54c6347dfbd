using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Fleets.Web;
using EdgeChat.Tool.Web;

namespace EdgeChat.Fleet.Tests;

/// <summary>What the page of <c>provision --web</c> is told, and whom it is told.</summary>
[TestClass]
public class ProvisionWebTests
{
    private const string Mac = "24:6f:28:00:00:01";

    [TestMethod]
    public async Task A_page_is_told_what_the_engine_says_also_when_it_comes_late_and_no_secret()
    {
        using var folder = new TestFolder();
        using var world = new WebWorld(folder);
        await using LocalServer server = await ProvisionPage.ServeAsync(world.News);
        using ClientWebSocket early = await OpenAsync(server);
        await world.Session.RunAsync([Mac], null, CancellationToken.None);
        using ClientWebSocket late = await OpenAsync(server);

        foreach (ClientWebSocket page in new[] { early, late })
        {
            List<string> said = await ReadUntilAsync(page, "\"t\":\"end\"");
            JsonNode hello = JsonNode.Parse(said[0])!;
            Assert.AreEqual(("hello", "home", 2), ((string)hello["t"]!, (string)hello["fleet"]!, hello["boards"]!.AsArray().Count));
            string[] done = [.. said.Skip(1).SkipLast(1).Select(s => JsonNode.Parse(s)!)
                .Where(e => (string)e["state"]! is "done" or "skipped").Select(e => (string)e["step"]!)];
            CollectionAssert.AreEqual(hello["steps"]!.AsArray().Select(s => (string)s!).ToArray(), done, "each step, in order");
            JsonNode end = JsonNode.Parse(said[^1])!;
            Assert.AreEqual(("alice", "Alice", null), ((string)end["board"]!, (string)end["name"]!, (string?)end["failed"]));
            StringAssert.Contains((string)end["label"]!, "<title>Alice (alice)</title>");
            Assert.IsFalse(string.Concat(said).Contains(world.World.Passwords["alice"], StringComparison.Ordinal), "the password");
        }
    }

    [TestMethod]
    public async Task A_failure_comes_with_cause_and_cure_and_the_next_board_at_the_port_begins_anew()
    {
        using var folder = new TestFolder();
        using var world = new WebWorld(folder);
        await using LocalServer server = await ProvisionPage.ServeAsync(world.News);
        world.News.Add(new StepEvent("port-01", null, null, Step.Identify, StepState.Begun));
        world.News.Add(new StepEvent("port-01", null, null, Step.Identify, StepState.Failed, "no answer: press BOOT"));
        world.News.Add(new BoardOutcome("port-01", null, Step.Identify, "no answer: press BOOT", TimeSpan.FromSeconds(2)));
        using ClientWebSocket page = await OpenAsync(server);
        JsonNode end = JsonNode.Parse((await ReadUntilAsync(page, "\"t\":\"end\""))[^1])!;
        Assert.AreEqual(("identify", "no answer: press BOOT"), ((string)end["failed"]!, (string)end["text"]!));
        await world.Session.RunAsync([Mac], null, CancellationToken.None);
        using ClientWebSocket other = await OpenAsync(server);
        List<string> said = await ReadUntilAsync(other, "\"t\":\"end\"");
        Assert.IsFalse(said.Any(s => s.Contains("no answer", StringComparison.Ordinal)), "what was at the port before is gone");
    }

    [TestMethod]
    public async Task The_pages_hear_that_the_command_has_ended()
    {
        using var folder = new TestFolder();
        using var world = new WebWorld(folder);
        LocalServer server = await ProvisionPage.ServeAsync(world.News);
        using ClientWebSocket page = await OpenAsync(server);
        await ReadUntilAsync(page, "hello");
        world.News.Add(new BoardOutcome("p", null, Step.Flash, "was ended before it was done: the next run goes on", TimeSpan.Zero));
        Task<List<string>> reading = ReadUntilAsync(page, "\"t\":\"over\"");
        await server.DisposeAsync();
        List<string> said = await reading;
        StringAssert.Contains(said[^2], "the next run goes on");
    }

    [TestMethod]
    public async Task Nobody_without_the_key_and_no_other_site_is_told_anything()
    {
        using var folder = new TestFolder();
        using var world = new WebWorld(folder);
        await using LocalServer server = await ProvisionPage.ServeAsync(world.News);
        var (address, key) = Split(server.Url);
        Assert.AreEqual(32, key.Length);
        Assert.AreEqual(IPAddress.Loopback.ToString(), new Uri(address).Host);
        await RefusedAsync(address, _ => { });
        await RefusedAsync(address, o => o.AddSubProtocol("edgechat"));
        await RefusedAsync(address, o =>
        {
            o.AddSubProtocol("edgechat");
            o.AddSubProtocol(LocalServer.NewKey());
        });
        await RefusedAsync(address, o =>
        {
            o.AddSubProtocol("edgechat");
            o.AddSubProtocol(key);
            o.SetRequestHeader("Origin", "http://example.com");
        });
        await RefusedAsync(address, o =>
        {
            o.AddSubProtocol("edgechat");
            o.AddSubProtocol(key);
            o.SetRequestHeader("Host", "example.com");
        });
        using var http = new HttpClient();
        using HttpResponseMessage file = await http.GetAsync(address + "/");
        Assert.AreEqual(HttpStatusCode.OK, file.StatusCode);
        StringAssert.Contains(file.Headers.GetValues("Content-Security-Policy").Single(), "default-src 'self'");
        foreach (string path in new[] { "/socket", "/demo/index.html", "/../shared/base.css", "/label/alice.png" })
            Assert.AreNotEqual(HttpStatusCode.OK, (await http.GetAsync(address + path)).StatusCode, path);
    }

    [TestMethod]
    public async Task Ctrl_C_ends_the_command_and_the_page()
    {
        using var folder = new TestFolder();
        folder.Fleet("fleet: home\nbundle: edgechat.bundle\nbroker: { host: 127.0.0.1 }\nboards:\n  alice: {}\n");
        StoreSecret.MakeKeyFile(folder["store.key"]);
        var output = new Lines();
        using var host = new ToolHost { Out = output, Error = new StringWriter(), In = new LineInput(Stream.Null) };
        Task<int> run = EdgeChatCommand.RunAsync(
            ["provision", "--web", "--port", folder["none"], "--fleet", folder[FleetFile.DefaultName], "--key-file", folder["store.key"]],
            host);
        string line = await output.First.Task.WaitAsync(TimeSpan.FromSeconds(60));
        string url = line.Split(' ').Single(w => w.StartsWith("http://", StringComparison.Ordinal));
        using ClientWebSocket page = await OpenAsync(url);
        await ReadUntilAsync(page, "hello");
        Task reading = ReadUntilAsync(page, "\"t\":\"over\"");
        host.RequestStop();
        Assert.AreEqual(0, await run.WaitAsync(TimeSpan.FromSeconds(60)), host.Error.ToString());
        await reading;
    }

    private static (string Address, string Key) Split(string url) => (url.Split("/#")[0], url.Split("/#")[1]);

    private static Task<ClientWebSocket> OpenAsync(LocalServer server) => OpenAsync(server.Url);

    private static async Task<ClientWebSocket> OpenAsync(string url)
    {
        var (address, key) = Split(url);
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("edgechat");
        socket.Options.AddSubProtocol(key);
        await socket.ConnectAsync(new Uri(address.Replace("http:", "ws:", StringComparison.Ordinal) + "/socket"), CancellationToken.None);
        Assert.AreEqual("edgechat", socket.SubProtocol, "the key is not said back");
        return socket;
    }

    private static async Task RefusedAsync(string address, Action<ClientWebSocketOptions> options)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        options(socket.Options);
        await Assert.ThrowsExactlyAsync<WebSocketException>(() => socket.ConnectAsync(
            new Uri(address.Replace("http:", "ws:", StringComparison.Ordinal) + "/socket"), CancellationToken.None));
        Assert.AreEqual(HttpStatusCode.Forbidden, socket.HttpStatusCode);
    }

    private static async Task<List<string>> ReadUntilAsync(ClientWebSocket page, string mark)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var said = new List<string>();
        var buffer = new byte[64 * 1024];
        while (said.Count == 0 || !said[^1].Contains(mark, StringComparison.Ordinal))
        {
            int length = 0;
            WebSocketReceiveResult part;
            do
            {
                part = await page.ReceiveAsync(new ArraySegment<byte>(buffer, length, buffer.Length - length), patience.Token);
                length += part.Count;
            }
            while (!part.EndOfMessage);
            Assert.AreEqual(WebSocketMessageType.Text, part.MessageType, $"closed before {mark}: {string.Join('\n', said)}");
            said.Add(Encoding.UTF8.GetString(buffer, 0, length));
        }

        return said;
    }

    /// <summary>A fleet of two boards, its engine, and what a page is told of it.</summary>
    private sealed class WebWorld : IDisposable
    {
        private readonly FleetStore _store;

        public WebWorld(TestFolder folder)
        {
            FleetFile fleet = folder.Fleet();
            _store = folder.Store();
            var broker = new BrokerOfTest(World);
            News = new ProvisionNews(fleet, _ => false);
            Session = new ProvisionSession(
                new Provisioner(folder.Tools(fleet, _store, broker, broker, News.Add)),
                mac => new PortOfTest(World, World.Board(mac)))
            { Ended = News.Add };
        }

        public World World { get; } = new();

        public ProvisionNews News { get; }

        public ProvisionSession Session { get; }

        public void Dispose() => _store.Dispose();
    }

    /// <summary>Gives the first text that is written as soon as it is there.</summary>
    private sealed class Lines : StringWriter
    {
        public TaskCompletionSource<string> First { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Write(string? value)
        {
            base.Write(value);
            First.TrySetResult(value ?? "");
        }
    }
}
