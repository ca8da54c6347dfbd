using System.Device.Wifi;
using EdgeChat.VirtualBoard;
using ManualResetEvent = EdgeChat.VirtualBoard.Platform.ManualResetEvent;

namespace nanoFramework.Networking;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's NetworkHelperStatus.</summary>
public enum NetworkHelperStatus
{
    None = 0,
    Started = 1,
    NetworkIsReady = 2,
    FailedNoNetworkInterface = 3,
    TokenExpiredWaitingIPAddress = 4,
    TokenExpiredWaitingDateTime = 5,
    ErrorConnetingToWiFiWhileScanning = 6,
    ExceptionOccurred = 7,
    Reconnecting = 8,
}

/// <summary>nanoFramework's WifiNetworkHelper.</summary>
public static class WifiNetworkHelper
{
    public static ManualResetEvent NetworkReady => Helper.Ready;

    public static NetworkHelperStatus Status => Helper.Status;

    public static Exception? HelperException => Helper.Exception;

    public static WifiAdapter WifiAdapter => WifiAdapter.FindAllAdapters()[0];

    private static NetworkWaiter Helper => PowerCycle.Require(nameof(WifiNetworkHelper)).Board.Wifi.Helper;

    public static void SetupNetworkHelper(bool requiresDateTime = false) => Helper.Setup(requiresDateTime);

    public static void SetupNetworkHelper(
        string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic, bool requiresDateTime = false)
    {
        WifiAdapter.Connect(ssid, reconnectionKind, password);
        Helper.Setup(requiresDateTime);
    }

    public static void Disconnect() => WifiAdapter.Disconnect();

    /// <summary>Keeps the name and password, connects, and waits for an address and, if asked, for the clock.</summary>
    public static bool ConnectDhcp(
        string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic, bool requiresDateTime = false,
        int wifiAdapterId = 0, CancellationToken token = default)
    {
        WifiAdapter.Connect(ssid, reconnectionKind, password);
        return Helper.Wait(requiresDateTime, token);
    }

    public static bool ScanAndConnectDhcp(
        string ssid, string password, WifiReconnectionKind reconnectionKind = WifiReconnectionKind.Automatic, bool requiresDateTime = false,
        int WifiAdapter = 0, CancellationToken token = default) =>
        ConnectDhcp(ssid, password, reconnectionKind, requiresDateTime, WifiAdapter, token);

    /// <summary>Connects with the kept name and password, and waits for an address and, if asked, for the clock.</summary>
    public static bool Reconnect(bool requiresDateTime = false, int wifiAdapterId = 0, CancellationToken token = default)
    {
        Board board = PowerCycle.Require(nameof(WifiNetworkHelper)).Board;
        if (board.Wifi.Stored.Ssid.Length == 0)
        {
            Helper.Fail(new InvalidOperationException("no Wi-Fi network is stored; provision the board"));
            return false;
        }

        board.Wifi.Connect();
        return Helper.Wait(requiresDateTime, token);
    }

    public static void Reset() => Helper.Reset();
}

/// <summary>nanoFramework's NetworkHelper: for a network that connects by itself.</summary>
public static class NetworkHelper
{
    public static ManualResetEvent NetworkReady => Helper.Ready;

    public static NetworkHelperStatus Status => Helper.Status;

    public static Exception? HelperException => Helper.Exception;

    private static NetworkWaiter Helper => PowerCycle.Require(nameof(NetworkHelper)).Board.Wifi.Helper;

    public static void SetupNetworkHelper(bool requiresDateTime = false) => Helper.Setup(requiresDateTime);

    public static bool SetupAndConnectNetwork(CancellationToken token = default, bool requiresDateTime = false) =>
        Helper.Wait(requiresDateTime, token);

    public static void Reset() => Helper.Reset();
}
