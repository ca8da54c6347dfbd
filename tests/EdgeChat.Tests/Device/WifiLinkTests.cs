using EdgeChat.Core;
using EdgeChat.Device;
using EdgeChat.Drivers;

namespace EdgeChat.Tests.OnBoard;

/// <summary>What a board's Wi-Fi finds when somebody wants to choose another network.</summary>
[TestClass]
public class WifiLinkTests
{
    [TestMethod]
    [DataRow(true, DisplayName = "connected")]
    [DataRow(false, DisplayName = "without a connection")]
    public void The_networks_in_range_are_listed_once_each_the_strongest_first(bool isConnected)
    {
        string[]? found = null;
        using var board = new TestBoard(() => found = Find());
        (string Ssid, int Rssi)[] more = [.. Enumerable.Range(1, 20).Select(i => ($"far {i:00}", -70 - i))];
        board.Board.Wifi.Others = [("Guests", -60), ("", -20), ("Workshop", -80), ("Workshop", -40), .. more];
        if (!isConnected) board.Board.Wifi.Password = "another one";
        board.RunToEnd();
        string[] expected = ["Workshop", "EdgeChat", "Guests", .. more.Take(9).Select(n => n.Ssid)];
        CollectionAssert.AreEqual(expected, found);
    }

    private static string[] Find()
    {
        var events = new EventRing(Limits.QueuedEvents);
        var status = new DeviceStatus { WantsNetworks = true };
        var wifi = new WifiLink(events, new EdgeChat.Device.Clock(), new SeededRandom("alice"), status, false);
        wifi.MeasureSignal();
        wifi.Start();
        try
        {
            DateTime until = DateTime.UtcNow + TestBoard.Patience;
            while (status.Networks is null && DateTime.UtcNow < until)
            {
                events.Wait(1000);
                while (events.Take()) ;
            }

            return status.Networks!;
        }
        finally
        {
            wifi.End();
        }
    }
}
