using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Tests.Brokers;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.Tool;

/// <summary><c>--broker</c> with Debian's Mosquitto: what is checked before any board starts.</summary>
[TestClass]
public class UserBrokerTests
{
    private static readonly TimeSpan Limit = Waiting.Longest;

    [TestMethod]
    public async Task A_broker_that_wants_a_password_is_exit_code_4_and_says_so()
    {
        using var mosquitto = await MosquittoProcess.StartAsync("allow_anonymous false");
        var (code, error) = await ToolUnderTest.RunAsync("demo", "--broker", $"127.0.0.1:{mosquitto.Port}");
        Assert.AreEqual(ExitCode.Broker, code, error);
        StringAssert.Contains(error, $"the broker at 127.0.0.1:{mosquitto.Port} refuses (NotAuthorized)");
        StringAssert.Contains(error, "allow_anonymous true");
        Assert.AreEqual(1, error.Count(c => c == '\n'), error);
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task Something_that_listens_and_says_nothing_is_exit_code_4_and_says_so()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var port = ((IPEndPoint)silent.LocalEndpoint).Port;
        var (code, error) = await ToolUnderTest.RunAsync("demo", "--broker", $"127.0.0.1:{port}");
        Assert.AreEqual(ExitCode.Broker, code, error);
        StringAssert.Contains(error, $"something listens at 127.0.0.1:{port} but did not answer an MQTT CONNECT within 5 s");
        Assert.AreEqual(1, error.Count(c => c == '\n'), error);
    }

    [TestMethod]
    public async Task A_board_of_the_same_name_that_is_on_is_left_in_peace()
    {
        using var mosquitto = await MosquittoProcess.StartAsync("allow_anonymous true");
        using var other = await ConnectAsync(mosquitto, "somebody");
        await other.PublishStringAsync("ec1/p/bob", """{"s":"on","b":3,"c":1}""", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        var (code, error) = await ToolUnderTest.RunAsync("demo", "--broker", $"127.0.0.1:{mosquitto.Port}");
        Assert.AreEqual(ExitCode.Broker, code, error);
        StringAssert.Contains(error, "a board 'bob' is on");
        StringAssert.Contains(error, $"mosquitto_pub -h 127.0.0.1 -p {mosquitto.Port} -r -n -t ec1/p/bob");
    }

    [TestMethod]
    public async Task A_new_board_gets_nothing_that_waits_for_an_earlier_one_of_its_name()
    {
        using var mosquitto = await MosquittoProcess.StartAsync("allow_anonymous true");
        var broker = new BrokerAddress("127.0.0.1", mosquitto.Port);
        foreach (var id in new[] { "alice", "bob" })
        {
            using var old = await ConnectAsync(mosquitto, id);
            await old.SubscribeAsync($"ec1/i/{id}/+", MqttQualityOfServiceLevel.AtLeastOnce);
            await old.PublishStringAsync($"ec1/p/{id}", """{"s":"off","b":9,"c":1}""", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
            await old.DisconnectAsync();
        }

        using var sender = await ConnectAsync(mosquitto, "somebody");
        await sender.PublishStringAsync("ec1/i/alice/bob", "old", MqttQualityOfServiceLevel.AtLeastOnce);
        await sender.PublishStringAsync("ec1/i/bob/alice", "kept", MqttQualityOfServiceLevel.AtLeastOnce);

        await NewDevices.PrepareAsync(_ => new BrokerLogin(broker), "test-probe", ["alice", "bob"], id =>
            id == "alice", CancellationToken.None);

        var got = new TaskCompletionSource<string>();
        using var alice = await ConnectAsync(mosquitto, "alice", (topic, body) => got.TrySetResult($"{topic} {body}"));
        await alice.SubscribeAsync("ec1/p/alice", MqttQualityOfServiceLevel.AtLeastOnce);
        Assert.AreEqual("""ec1/p/alice {"s":"off","b":9,"c":1}""", await got.Task.WaitAsync(Limit),
            "the queue is gone and the presence of the earlier one is there");
        var kept = new TaskCompletionSource<string>();
        using var bob = await ConnectAsync(mosquitto, "bob", (_, body) => kept.TrySetResult(body));
        Assert.AreEqual("kept", await kept.Task.WaitAsync(Limit), "bob is not new");
    }

    [TestMethod]
    public async Task Boards_chat_through_it_and_their_presence_is_what_it_retains()
    {
        using var mosquitto = await MosquittoProcess.StartAsync("allow_anonymous true");
        using var tool = new ToolUnderTest((140, 50));
        var run = tool.StartAsync(null, "demo", "--headless", "--broker", $"127.0.0.1:{mosquitto.Port}");
        await tool.PrintsAsync("alice · on", Limit);
        await tool.PrintsAsync("bob · on", Limit);
        await tool.PrintsAsync("alice> ", Limit);
        tool.TypeKeys("send bob Hello\r");
        tool.Press(ConsoleKey.Tab, '\t');
        await tool.PrintsAsync("Alice: Hello", Limit);
        tool.RequestStop();
        Assert.AreEqual(ExitCode.Success, await run.WaitAsync(Limit), tool.Error);
        var presence = new ConcurrentDictionary<string, string>();
        var both = new TaskCompletionSource();
        using var other = await ConnectAsync(mosquitto, "somebody", (topic, body) =>
        {
            presence[topic] = body;
            if (presence.Count == 2)
                both.TrySetResult();
        });
        await other.SubscribeAsync("ec1/p/+", MqttQualityOfServiceLevel.AtLeastOnce);
        await both.Task.WaitAsync(Limit);
        foreach (var body in presence.Values)
            StringAssert.Contains(body, "\"s\":\"off\"");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task What_the_boards_of_a_demo_write_that_begins_anew_is_shown_and_no_tick_lies(bool keepsRetained)
    {
        using var mosquitto = await MosquittoProcess.StartAsync("allow_anonymous true");
        await using var carol = new PeerUnderTest(new BrokerAddress("127.0.0.1", mosquitto.Port), "carol", null);
        await carol.Is(SessionState.Online);
        string[] all = ["ONE", "TWO", "THREE", "FOUR", "FIVE"];
        foreach (string[] texts in new[] { all[..2], all[2..] })
        {
            using var tool = new ToolUnderTest();
            var run = tool.StartAsync(null, "demo", "--headless", "--broker", $"127.0.0.1:{mosquitto.Port}");
            await tool.PrintsAsync("alice| EdgeChat", Limit);
            tool.Type("alice mode json");
            foreach (string text in texts)
                tool.Type("alice send carol " + text);
            await carol.Until("shown " + texts[^1], e =>
                e.Messenger.Find("alice", false) is var with and >= 0 && e.Messenger.UnreadOf(with) == texts.Length);
            await carol.DoAsync((e, now) => e.Messenger.MarkShown(e.Messenger.Find("alice", false), now));
            await tool.PrintsAsync(printed => Count(printed, "\"tick\":\"read\"") == texts.Length, "filled ticks", Limit);
            tool.RequestStop();
            Assert.AreEqual(ExitCode.Success, await run.WaitAsync(Limit), tool.Error);
            if (keepsRetained) continue;
            using var other = await ConnectAsync(mosquitto, "somebody");
            await other.PublishStringAsync("ec1/p/alice", "", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
        }

        CollectionAssert.AreEqual(all, await carol.TextsAsync("alice"));

        static int Count(string all, string part) => all.Split(part).Length - 1;
    }

    private static async Task<IMqttClient> ConnectAsync(MosquittoProcess mosquitto, string id, Action<string, string>? onMessage = null)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += e =>
        {
            onMessage?.Invoke(e.ApplicationMessage.Topic, e.ApplicationMessage.ConvertPayloadToString() ?? "");
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", mosquitto.Port).WithClientId(id).WithCleanSession(false)
            .WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V311).Build());
        return client;
    }

    private sealed class MosquittoProcess : IDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-mosquitto-").FullName;
        private readonly ReservedPorts _ports = ReservedPorts.Take();
        private Process? _process;

        public int Port => _ports.First;

        public static async Task<MosquittoProcess> StartAsync(string settings)
        {
            var mosquitto = new MosquittoProcess();
            if (await mosquitto.TryStartAsync(settings))
                return mosquitto;
            mosquitto.Dispose();
            throw new InvalidOperationException("mosquitto did not start: is Debian's package mosquitto installed?");
        }

        public void Dispose()
        {
            _process?.Kill();
            _process?.WaitForExit();
            _process?.Dispose();
            Directory.Delete(_folder, true);
            _ports.Dispose();
        }

        private async Task<bool> TryStartAsync(string settings)
        {
            var file = Path.Combine(_folder, "mosquitto.conf");
            File.WriteAllText(file, $"listener {Port} 127.0.0.1\n{settings}\n", new UTF8Encoding(false));
            var path = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
            _process =
                Process.Start(new ProcessStartInfo(path, $"-v -c {file}") { RedirectStandardError = true, RedirectStandardOutput = true })!;
            while (await _process.StandardError.ReadLineAsync() is { } line)
            {
                if (!line.Contains(" running", StringComparison.Ordinal))
                    continue;
                // Mosquitto stops when nobody reads its log.
                _ = _process.StandardError.ReadToEndAsync();
                return true;
            }

            _process.Dispose();
            return false;
        }
    }
}
