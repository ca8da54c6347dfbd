using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Tests.Brokers;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tool.Broker;

namespace EdgeChat.Tests.OnBoard;

/// <summary>A peer that takes the connection and says nothing in the handshake, in which the whole board stands still until a watchdog,
/// or somebody, resets it.</summary>
[TestClass]
public sealed class SilentPeerTests : IDisposable
{
    private static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(6);

    private readonly TcpListener _silent = new(IPAddress.Loopback, 0);
    private readonly TestCa _ca = new("fleet");
    private readonly List<TcpClient> _taken = [];
    private readonly Task _taking;

    public SilentPeerTests()
    {
        _silent.Start();
        _taking = TakeAsync();
    }

    [TestMethod]
    public async Task It_costs_one_restart_and_the_board_is_on_at_the_next_address()
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-silent-").FullName;
        await using (var broker = new MosquittoBroker(Path.Combine(folder, "broker")))
        {
            await broker.StartAsync();
            using var relay = new JoiningRelay(_ca, broker.Port);
            using TestBoard board = Board($"127.0.0.1:{relay.Port}");
            await using var bob = new PeerUnderTest(new BrokerAddress("127.0.0.1", broker.Port), "bob", null);
            board.Board.PowerOn();
            await bob.SendAsync("alice", "hello");
            await bob.Has("alice", Tick.Two);
            lock (_taken) Assert.AreEqual(1, _taken.Count);
        }

        Directory.Delete(folder, recursive: true);
    }

    [TestMethod]
    public async Task While_it_lasts_nothing_of_the_board_goes_on_and_then_it_is_told()
    {
        using TestBoard board = Board();
        board.Board.PowerOn();
        board.WaitForOutput("Type help");
        using var asking = new CancellationTokenSource();
        Task asks = AskAsync(board, asking.Token);
        string shown = board.WaitForOutput($"the TLS handshake with 127.0.0.1:{Port} did not end, and this board stood still");
        asking.Cancel();
        await asks;
        Assert.IsGreaterThan(1, shown.Split("Type help").Length - 1, "it was reset");
    }

    [TestMethod]
    public void Who_does_not_take_the_connection_is_told_by_its_word_and_nothing_is_held_against_it() => TestBoard.Run(() =>
    {
        int port = Port;
        _silent.Stop();
        var link = new LinkUnderTest(new DeviceConfig
        {
            Me = { DeviceId = "alice" },
            Host = "127.0.0.1",
            Port = port,
            Ca = FleetCa.Read(Encoding.ASCII.GetBytes(_ca.Pem)),
        });
        for (int ticket = 1; ticket <= 3; ticket++)
        {
            link.Do(new LinkAction { Kind = LinkActionKind.Connect, Ticket = ticket });
            Assert.AreEqual(
                $"nothing listens at 127.0.0.1:{port}. Is the broker running?", link.Next(LinkEventKind.ConnectFailed).Reason);
        }
    });

    [TestMethod]
    public void What_was_left_in_a_handshake_is_passed_over_the_longer_the_oftener_it_happened() => TestBoard.Run(() =>
    {
        const string one = "broker.home:8883";
        const string other = "broker.home:88";
        for (int times = 0; times < 3; times++)
        {
            var marks = new HandshakeMarks(); // a start
            int passed = 0;
            while (marks.Passes(one)) passed++;
            Assert.AreEqual(2 * times, passed);
            Assert.IsFalse(marks.Passes(other));
            marks.Begin(other);
            marks.End(other);
            marks.Begin(one); // and a reset
        }

        var last = new HandshakeMarks();
        last.End(one);
        Assert.IsFalse(new HandshakeMarks().Passes(one));
        Assert.IsFalse(ConfigFile.Exists("handshakes"));
    });

    public void Dispose()
    {
        _silent.Stop();
        _taking.Wait(TestBoard.Patience);
        foreach (TcpClient client in _taken) client.Dispose();
        _ca.Dispose();
    }

    private int Port => ((IPEndPoint)_silent.LocalEndpoint).Port;

    private TestBoard Board(string? next = null)
    {
        var board = new TestBoard(watchdog: Watchdog);
        board.Put("board.json", TestBoard.Hardware);
        board.Put("ca.pem", _ca.Pem);
        string others = next is null ? "" : $", \"{next}\"";
        board.Put("edgechat.json", $$"""
            { "id": "alice", "brokers": ["127.0.0.1:{{Port}}"{{others}}], "tls": true, "contacts": ["bob"] }
            """);
        return board;
    }

    private static async Task AskAsync(TestBoard board, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            board.Board.Console.Type("status\r"u8);
            await Task.Delay(100, CancellationToken.None);
        }
    }

    private async Task TakeAsync()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _silent.AcceptTcpClientAsync();
                lock (_taken) _taken.Add(client);
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // the end of the test
        }
    }
}
