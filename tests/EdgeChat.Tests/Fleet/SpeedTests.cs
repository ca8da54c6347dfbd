using System.Diagnostics;
using System.Text.Json;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.Fleet;

/// <summary>How long many messages take, from process to process; what arrives, and in which order, is asserted, the times are
/// printed.</summary>
/// <remarks>The variable EDGECHAT_BESIDE names the <c>edgechat.dll</c> of another build: it is measured beside this one, in
/// turns.</remarks>
[TestClass]
[TestCategory("Scale")]
[DoNotParallelize]
public sealed class SpeedTests
{
    private const int Rounds = 3;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public Task Three_hundred_lines_through_a_pipe_to_a_board() => CompareAsync("300 lines, from start to end of the command", async tool =>
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        using var wire = await WireAsync(broker.Address);
        using var demo = await DemoAsync(tool, broker.Address, wire);
        var time = Stopwatch.StartNew();
        await ChatAsync(tool, broker.Address, 300);
        TimeSpan taken = time.Elapsed;
        Check(wire.Texts, 1, 300);
        TimeSpan sent = wire.Receipts[^1].At - wire.Texts[0].At;
        return (taken, $"{sent.TotalSeconds:0.00} s of it on the wire, {wire.Receipts.Count} receipts");
    });

    [TestMethod]
    public Task Forty_eight_messages_over_300_ms_of_round_trip() => CompareAsync("48 messages, first PUBLISH to last receipt", async tool =>
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        using var wire = await WireAsync(broker.Address);
        using var demo = await DemoAsync(tool, broker.Address, wire);
        await using var relay = new SlowRelay(broker.Address.Port, TimeSpan.FromMilliseconds(150));
        await ChatAsync(tool, new BrokerAddress("127.0.0.1", relay.Port), 48);
        Check(wire.Texts, 1, 48);
        return (wire.Receipts[^1].At - wire.Texts[0].At, $"{wire.Receipts.Count} receipts");
    });

    [TestMethod]
    public Task A_thousand_messages_wait_for_a_board() => CompareAsync("1,000 waiting, from the start of the board's process", async tool =>
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        using var wire = await WireAsync(broker.Address);
        string folder = Directory.CreateTempSubdirectory("edgechat-speed-").FullName;
        using (await DemoAsync(tool, broker.Address, wire, folder))
        {
            await wire.SendAsync(1);
            await wire.UntilAsync("a receipt", () => wire.Receipts.Count > 0);
        }

        await wire.UntilAsync("the will", () => !wire.IsOn);
        for (int n = 2; n <= 1001; n++) await wire.SendAsync(n);
        wire.Receipts.Clear();
        var time = Stopwatch.StartNew();
        using var demo = await DemoAsync(tool, broker.Address, wire, folder);
        await wire.UntilAsync("the last receipt", () => wire.Receipts.Any(r => r.Body.Contains("\"d\":1001,", StringComparison.Ordinal)));
        Assert.IsEmpty(wire.Requests);
        return (time.Elapsed, $"{wire.Receipts.Count} receipts");
    });

    [TestMethod]
    public Task A_thousand_messages_come_to_a_board() => CompareAsync("1,000 messages, first PUBLISH to last receipt", async tool =>
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        using var wire = await WireAsync(broker.Address);
        using var demo = await DemoAsync(tool, broker.Address, wire);
        var time = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(1, 1000).Select(wire.SendAsync));
        await wire.UntilAsync("the last receipt", () => wire.Receipts.Any(r => r.Body.Contains("\"d\":1000,", StringComparison.Ordinal)));
        Assert.IsEmpty(wire.Requests);
        return (time.Elapsed, $"{wire.Receipts.Count} receipts");
    });

    private async Task CompareAsync(string what, Func<string, Task<(TimeSpan Time, string Remark)>> measure)
    {
        string? beside = Environment.GetEnvironmentVariable("EDGECHAT_BESIDE");
        string own = typeof(EdgeChatCommand).Assembly.Location;
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((string name, string? tool) in new[] { ("this build", own), ("the other", beside) })
            {
                if (tool == null) continue;
                (TimeSpan time, string remark) = await measure(tool);
                TestContext.WriteLine($"{what}: {time.TotalSeconds:0.00} s, {remark} ({name})");
            }
        }
    }

    private static void Check(IReadOnlyList<Publish> texts, int first, int count)
    {
        int[] numbers = [.. texts.Select(t => JsonDocument.Parse(t.Body).RootElement.GetProperty("n").GetInt32())];
        CollectionAssert.AreEqual(Enumerable.Range(first, count).ToArray(), numbers, "each once, and in order");
    }

    private static async Task<Wire> WireAsync(BrokerAddress broker)
    {
        var wire = new Wire();
        await wire.OpenAsync(broker);
        return wire;
    }

    private static async Task<ToolProcess> DemoAsync(string tool, BrokerAddress broker, Wire wire, string? folder = null)
    {
        folder ??= Directory.CreateTempSubdirectory("edgechat-speed-").FullName;
        var demo = new ToolProcess(tool, "demo", "--boards", "1", "--headless", "--broker", broker.ToString(), "--data", folder);
        await wire.UntilAsync("a birth", () => wire.IsOn);
        return demo;
    }

    private static async Task ChatAsync(string tool, BrokerAddress broker, int lines)
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-speed-").FullName;
        using var chat = new ToolProcess(tool, "chat", "--as", "carol", "--to", "alice", "--broker", broker.ToString(), "--data", folder,
            "--timeout", "120");
        await chat.TypeAsync(string.Concat(Enumerable.Range(1, lines).Select(n => n + "\n")));
        Assert.AreEqual(ExitCode.Success, await chat.EndAsync());
    }

    private sealed record Publish(string Body, TimeSpan At);

    // what carol and alice tell each other
    private sealed class Wire : IDisposable
    {
        private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
        private readonly Stopwatch _clock = Stopwatch.StartNew();

        public ConcurrentList Texts { get; } = new();

        public ConcurrentList Receipts { get; } = new();

        public ConcurrentList Requests { get; } = new();

        public volatile bool IsOn;

        public async Task OpenAsync(BrokerAddress broker)
        {
            _client.ApplicationMessageReceivedAsync += e =>
            {
                Take(e.ApplicationMessage.Topic, e.ApplicationMessage.ConvertPayloadToString() ?? "");
                return Task.CompletedTask;
            };
            await _client.ConnectAsync(new MqttClientOptionsBuilder().WithTcpServer(broker.Host, broker.Port).Build());
            foreach (string filter in new[] { "ec1/i/alice/carol", "ec1/i/carol/alice", "ec1/p/alice" })
                await _client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce);
        }

        public Task SendAsync(int n) => _client.PublishStringAsync("ec1/i/alice/carol", $"{{\"n\":{n},\"c\":\"m{n}\"}}",
            MqttQualityOfServiceLevel.AtLeastOnce);

        public async Task UntilAsync(string what, Func<bool> condition)
        {
            var time = Stopwatch.StartNew();
            while (!condition())
            {
                Assert.IsTrue(time.Elapsed < Patience, "no " + what);
                await Task.Delay(10);
            }
        }

        public void Dispose() => _client.Dispose();

        private void Take(string topic, string body)
        {
            var publish = new Publish(body, _clock.Elapsed);
            if (topic == "ec1/p/alice")
            {
                IsOn = body.Contains("\"on\"", StringComparison.Ordinal);
            }
            else if (body.Contains("\"y\":\"r\"", StringComparison.Ordinal))
            {
                if (topic == "ec1/i/carol/alice") Receipts.Add(publish);
            }
            else if (body.Contains("\"y\":\"q\"", StringComparison.Ordinal))
            {
                Requests.Add(publish);
            }
            else if (topic == "ec1/i/alice/carol")
            {
                Texts.Add(publish);
            }
        }
    }

    private sealed class ConcurrentList : IReadOnlyList<Publish>
    {
        private readonly List<Publish> _all = [];

        public int Count
        {
            get { lock (_all) return _all.Count; }
        }

        public Publish this[int index]
        {
            get { lock (_all) return _all[index]; }
        }

        public void Add(Publish publish)
        {
            lock (_all) _all.Add(publish);
        }

        public void Clear()
        {
            lock (_all) _all.Clear();
        }

        public IEnumerator<Publish> GetEnumerator()
        {
            lock (_all) return _all.ToList().GetEnumerator();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }

    private sealed class ToolProcess : IDisposable
    {
        private readonly Process _process;

        public ToolProcess(string tool, params string[] args)
        {
            // a tool that lies beside the tests has no configuration of its own
            string own = Path.ChangeExtension(tool, ".runtimeconfig.json");
            string config = File.Exists(own) ? own : Path.ChangeExtension(typeof(SpeedTests).Assembly.Location, ".runtimeconfig.json");
            var start = new ProcessStartInfo("dotnet", ["exec", "--runtimeconfig", config, tool, .. args])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            _process = Process.Start(start)!;
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public async Task TypeAsync(string text)
        {
            await _process.StandardInput.WriteAsync(text);
            _process.StandardInput.Close();
        }

        public async Task<int> EndAsync()
        {
            await _process.WaitForExitAsync().WaitAsync(Patience);
            return _process.ExitCode;
        }

        public void Dispose()
        {
            if (!_process.HasExited) _process.Kill();
            _process.WaitForExit();
            _process.Dispose();
        }
    }
}
