using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using EdgeChat.VirtualBoard.Mqtt;
using nanoFramework.Networking;
using Nano = EdgeChat.VirtualBoard.Platform;

namespace EdgeChat.Tests.Platform;

[TestClass]
public class NetworkTests
{
    [TestMethod]
    public void Wi_Fi_that_goes_down_resets_the_sockets_and_tells_the_firmware()
    {
        using var board = new BoardUnderTest();
        using Socket peer = Connected(board);
        board.Board.Wifi.IsUp = false;
        // the reading thread and the event thread hear of it at the same time
        CollectionAssert.AreEquivalent(new[] { "socket dead", "available False" }, new[] { board.Heard<string>(), board.Heard<string>() });
        Assert.IsTrue(IsReset(peer));
        board.Board.Wifi.IsUp = true;
        Assert.AreEqual("available True", board.Heard<string>());
    }

    [TestMethod]
    public void A_power_cut_resets_the_sockets()
    {
        using var board = new BoardUnderTest();
        using Socket peer = Connected(board);
        board.Board.PowerOff();
        Assert.IsTrue(IsReset(peer));
    }

    [TestMethod]
    public void There_is_no_connection_without_Wi_Fi()
    {
        using var board = new BoardUnderTest();
        board.Board.Wifi.IsUp = false;
        board.Run(() =>
        {
            var e = Assert.ThrowsExactly<SocketException>(static () =>
                BoardNetwork.Current.Connect("127.0.0.1", 1883, TimeSpan.FromSeconds(1)));
            board.Tell(e.SocketErrorCode);
        });
        Assert.AreEqual(SocketError.NetworkUnreachable, board.Heard<SocketError>());
    }

    [TestMethod]
    public void Reconnect_waits_for_the_network_and_for_the_clock()
    {
        using var board = new BoardUnderTest();
        board.Board.Wifi.IsUp = false;
        board.Board.Sntp.Answers = false;
        board.Boot(() =>
        {
            using var soon = new CancellationTokenSource(10);
            board.Tell(WifiNetworkHelper.Reconnect(true, 0, soon.Token) + " " + WifiNetworkHelper.Status);
            board.Board.Wifi.IsUp = true;
            using var soonAgain = new CancellationTokenSource(10);
            board.Tell(WifiNetworkHelper.Reconnect(true, 0, soonAgain.Token) + " " + WifiNetworkHelper.Status);
            board.Tell(Nano.DateTime.UtcNow.Year + " " + board.Board.ClockOffset);
            board.Tell("waiting");
            board.Tell(WifiNetworkHelper.Reconnect(true) + " " + WifiNetworkHelper.Status);
            board.Tell(Math.Abs(((DateTime)Nano.DateTime.UtcNow - DateTime.UtcNow).TotalMinutes) < 1);
        });
        Assert.AreEqual("False TokenExpiredWaitingIPAddress", board.Heard<string>());
        Assert.AreEqual("False TokenExpiredWaitingDateTime", board.Heard<string>());
        Assert.AreEqual("1970 ", board.Heard<string>());
        board.Heard<string>();
        board.Board.Sntp.Answers = true;
        Assert.AreEqual("True NetworkIsReady", board.Heard<string>());
        Assert.IsTrue(board.Heard<bool>());
        board.Board.PowerOff();
        Assert.IsNull(board.Board.ClockOffset);
    }

    [TestMethod]
    public void A_wrong_password_does_not_connect_and_the_configuration_survives_a_reset()
    {
        using var board = new BoardUnderTest();
        board.Run(() =>
        {
            using var soon = new CancellationTokenSource(10);
            board.Tell(WifiNetworkHelper.ConnectDhcp("EdgeChat", "wrong", token: soon.Token));
        });
        Assert.IsFalse(board.Heard<bool>());
        board.Run(() =>
        {
            Wireless80211Configuration stored = Wireless80211Configuration.GetAllWireless80211Configurations()[0];
            board.Tell(stored.Password);
            stored.Password = board.Board.Wifi.Password;
            stored.SaveConfiguration();
            board.Tell(WifiNetworkHelper.Reconnect());
            board.Tell(Nano.NetworkInterface.GetAllNetworkInterfaces()[0].IPv4Address);
        });
        Assert.AreEqual("wrong", board.Heard<string>());
        Assert.IsTrue(board.Heard<bool>());
        StringAssert.StartsWith(board.Heard<string>(), "192.168.4.");
        Assert.IsEmpty(board.Files());
    }

    // Boots a firmware that reads a connection to the returned socket until it dies.
    private static Socket Connected(BoardUnderTest board)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        board.Board.Wifi.IsUp = false;
        board.Boot(() =>
        {
            Nano.NetworkChange.NetworkAvailabilityChanged += (_, e) => board.Tell("available " + e.IsAvailable);
            board.Tell("listening");
            WifiNetworkHelper.Reconnect();
            Stream stream = BoardNetwork.Current.Connect("127.0.0.1", port, TimeSpan.FromSeconds(5));
            var reader = new Nano.Thread(() =>
            {
                try
                {
                    while (stream.ReadByte() >= 0) { }
                }
                catch (IOException)
                {
                    // reset
                }

                board.Tell("socket dead");
            });
            board.Tell("connected");
            reader.Start();
            new Nano.AutoResetEvent(false).WaitOne();
        });
        Assert.AreEqual("listening", board.Heard<string>());
        board.Board.Wifi.IsUp = true;
        Socket peer = listener.AcceptSocket();
        CollectionAssert.AreEquivalent(new[] { "available True", "connected" }, new[] { board.Heard<string>(), board.Heard<string>() });
        peer.ReceiveTimeout = (int)BoardUnderTest.Patience.TotalMilliseconds;
        return peer;
    }

    private static bool IsReset(Socket peer)
    {
        try
        {
            return peer.Receive(new byte[1]) == -1;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode == SocketError.ConnectionReset;
        }
    }
}
