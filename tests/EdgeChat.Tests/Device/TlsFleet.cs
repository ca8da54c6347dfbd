using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using EdgeChat.Tests.Fleet;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.OnBoard;

/// <summary>Mosquitto with TLS and passwords, a relay before it, and one board that is provisioned for it.</summary>
internal sealed class TlsFleet : IAsyncDisposable
{
    public const string Password = "correct horse 47";

    public const string Watcher = "watcher";

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(100);

    private readonly string _folder = Directory.CreateTempSubdirectory("edgechat-tls-").FullName;
    private readonly StringBuilder _debug = new();
    private readonly ConsoleTap _console = new();
    private readonly Signal _anything = new();
    private readonly MosquittoBroker _broker;
    private TestCa _ca;
    private TcpRelay? _relay;

    private TlsFleet(TestCa ca, IPAddress address, DateTimeOffset notAfter)
    {
        _ca = ca;
        (string certificate, string key) = ca.Issue(address, notAfter);
        File.WriteAllText(PathOf("server.pem"), certificate);
        File.WriteAllText(PathOf("server.key"), key);
        AddUser("-c", "alice");
        AddUser("", Watcher);
        _broker = new MosquittoBroker(PathOf("broker"), $"""
            certfile {PathOf("server.pem")}
            keyfile {PathOf("server.key")}
            tls_version tlsv1.2
            allow_anonymous false
            password_file {PathOf("passwords")}
            """);
        Board = new TestBoard();
        Board.Board.Console.Output += bytes =>
        {
            _console.Take(bytes);
            _anything.Raise();
        };
        Board.Board.DebugOutput += text =>
        {
            lock (_debug) _debug.AppendLine(text);
        };
    }

    public TestBoard Board { get; }

    /// <summary>What went over the wire before the broker.</summary>
    public TcpRelay Relay => _relay!;

    /// <summary>All that people and programs can read of the board: console and debugger.</summary>
    public string Shown
    {
        get { lock (_debug) return string.Join('\n', _console.Lines(0)) + "\n" + _debug; }
    }

    /// <summary>Starts a broker with a certificate of <paramref name="ca"/> and provisions a board that trusts
    /// <paramref name="trusted"/>.</summary>
    public static async Task<TlsFleet> StartAsync(TestCa ca, string trusted, string password = Password, IPAddress? address = null,
        DateTimeOffset? notAfter = null)
    {
        var fleet = new TlsFleet(ca, address ?? IPAddress.Loopback, notAfter ?? DateTimeOffset.UtcNow.AddDays(1));
        await fleet._broker.StartAsync();
        fleet._relay = new TcpRelay(fleet._broker.Port);
        fleet.Board.Put("board.json", TestBoard.Hardware);
        fleet.Board.Put("ca.pem", trusted);
        fleet.Board.Put("edgechat.json",
            $$"""
            { "id": "alice", "host": "127.0.0.1", "port": {{fleet.Relay.Port}}, "tls": true, "user": "alice", "password": "{{password}}",
              "operator": "{{Watcher}}" }
            """);
        return fleet;
    }

    /// <summary>Gives power and puts the console into its machine mode.</summary>
    public async Task PowerOnAsync()
    {
        Board.Board.PowerOn();
        Board.WaitForOutput("Type help");
        await AskAsync("mode json", o => o.TryGetProperty("ok", out _));
    }

    /// <summary>Asks for the status until the session is in a state and, if asked, has a problem with certain words; gives the
    /// problem.</summary>
    public async Task<string?> ProblemInAsync(string session, string? containing = null)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            int from = _console.Count;
            JsonElement status = await AskAsync("status", o => o.TryGetProperty("session", out _) && o.TryGetProperty("broker", out _));
            string? problem = status.TryGetProperty("problem", out JsonElement p) ? p.GetString() : null;
            if (status.GetProperty("session").GetString() == session
                && (containing is null || problem?.Contains(containing, StringComparison.Ordinal) == true)) return problem;
            if (since.Elapsed > TestBoard.Patience) throw new AssertFailedException($"the session is not {session}: {status}");
            // a new state is told, a new problem in the same state is not
            for (var asked = Stopwatch.StartNew(); asked.Elapsed < AskAgain && _console.Events("session", from).Count == 0;)
                await Task.WhenAny(_anything.Next, Task.Delay(AskAgain));
        }
    }

    /// <summary>Types a command; gives the first object among what comes that fits.</summary>
    public async Task<JsonElement> AskAsync(string command, Func<JsonElement, bool> fits)
    {
        int from = _console.Count;
        Board.Board.Console.Type(Encoding.UTF8.GetBytes(command + "\r"));
        using var limit = new CancellationTokenSource(TestBoard.Patience);
        while (true)
        {
            Task next = _anything.Next;
            foreach (JsonElement o in _console.Objects(from))
                if (fits(o)) return o;
            try
            {
                await next.WaitAsync(limit.Token);
            }
            catch (OperationCanceledException)
            {
                throw new AssertFailedException($"\"{command}\" was not answered; the console shows: {Shown}");
            }
        }
    }

    /// <summary>Gives the broker a certificate of another CA.</summary>
    public async Task RenewAsync(TestCa ca, DateTimeOffset notAfter)
    {
        await _broker.StopAsync();
        _ca = ca;
        (string certificate, string key) = ca.Issue(IPAddress.Loopback, notAfter);
        File.WriteAllText(PathOf("server.pem"), certificate);
        File.WriteAllText(PathOf("server.key"), key);
        await _broker.StartAsync();
    }

    /// <summary>Reads, over TLS too, what comes on a topic until a body fits; publishes something first when that is given.</summary>
    public async Task<string> ReadAsync(string topic, Func<string, bool> fits, string? to = null, string body = "")
    {
        using IMqttClient client = new MqttClientFactory().CreateMqttClient();
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.ApplicationMessageReceivedAsync += e =>
        {
            string came = e.ApplicationMessage.ConvertPayloadToString();
            if (fits(came)) found.TrySetResult(came);
            return Task.CompletedTask;
        };
        await client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", _broker.Port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(Watcher)
            .WithCredentials(Watcher, Password)
            .WithTlsOptions(new MqttClientTlsOptionsBuilder().UseTls().WithTrustChain(_ca.Chain).Build())
            .Build());
        await client.SubscribeAsync(topic);
        if (to is not null)
            await client.PublishAsync(new MqttApplicationMessageBuilder().WithTopic(to).WithPayload(body)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build());
        string read = await found.Task.WaitAsync(TestBoard.Patience);
        await client.DisconnectAsync();
        return read;
    }

    public async ValueTask DisposeAsync()
    {
        Board.Dispose();
        _relay?.Dispose();
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private void AddUser(string option, string user)
    {
        string[] arguments = ["-b", option, PathOf("passwords"), user, Password];
        using Process passwd = Process.Start(new ProcessStartInfo(MosquittoBroker.Program("mosquitto_passwd"),
            arguments.Where(a => a != ""))
        { RedirectStandardError = true })!;
        string errors = passwd.StandardError.ReadToEnd();
        passwd.WaitForExit();
        Assert.AreEqual(0, passwd.ExitCode, errors);
    }
}
