using System.Net.NetworkInformation;
using EdgeChat.VirtualBoard;

namespace System.Device.Wifi;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's WifiReconnectionKind.</summary>
public enum WifiReconnectionKind
{
    Automatic = 0,
    Manual = 1,
}

/// <summary>nanoFramework's WifiConnectionStatus.</summary>
public enum WifiConnectionStatus
{
    AccessRevoked = 0,
    InvalidCredential = 1,
    NetworkNotAvailable = 2,
    Success = 3,
    Timeout = 4,
    UnspecifiedFailure = 5,
    UnsupportedAuthenticationProtocol = 6,
}

/// <summary>nanoFramework's WifiNetworkKind.</summary>
public enum WifiNetworkKind
{
    Adhoc = 0,
    Any = 1,
    Infrastructure = 2,
}

/// <summary>nanoFramework's WifiConnectionResult.</summary>
public class WifiConnectionResult
{
    internal WifiConnectionResult(WifiConnectionStatus status) => ConnectionStatus = status;

    public WifiConnectionStatus ConnectionStatus { get; }
}

/// <summary>nanoFramework's WifiAvailableNetwork.</summary>
public class WifiAvailableNetwork
{
    public string Bsid { get; internal init; } = "";

    public string Ssid { get; internal init; } = "";

    public WifiNetworkKind NetworkKind => WifiNetworkKind.Infrastructure;

    public double NetworkRssiInDecibelMilliwatts { get; internal init; }

    /// <summary>One bar for each 10 dB over -90 dBm, at most four.</summary>
    public byte SignalBars => (byte)Math.Clamp((NetworkRssiInDecibelMilliwatts + 90) / 10, 0, 4);
}

/// <summary>nanoFramework's WifiNetworkReport.</summary>
public class WifiNetworkReport
{
    internal WifiNetworkReport(WifiAvailableNetwork[] networks) => AvailableNetworks = networks;

    public WifiAvailableNetwork[] AvailableNetworks { get; }
}

/// <summary>nanoFramework's handler of a finished scan; it runs on the board's event thread.</summary>
public delegate void AvailableNetworksChangedEventHandler(WifiAdapter sender, object? e);

/// <summary>nanoFramework's WifiAdapter: the board has one, which sees the network of <see cref="VirtualWifi"/>.</summary>
public sealed class WifiAdapter : IDisposable
{
    private readonly PowerCycle _cycle = PowerCycle.Require(nameof(WifiAdapter));
    private WifiNetworkReport _report = new([]);

    private WifiAdapter()
    {
    }

    public event AvailableNetworksChangedEventHandler? AvailableNetworksChanged;

    public int NetworkInterface => 0;

    public WifiNetworkReport NetworkReport
    {
        get
        {
            _cycle.Check();
            return _report;
        }
    }

    private VirtualWifi Wifi => _cycle.Board.Wifi;

    public static WifiAdapter[] FindAllAdapters() => [new WifiAdapter()];

    public WifiConnectionResult Connect(WifiAvailableNetwork availableNetwork, WifiReconnectionKind reconnectionKind,
        string passwordCredential) =>
        Connect(availableNetwork.Ssid, reconnectionKind, passwordCredential);

    public WifiConnectionResult Connect(string ssid, WifiReconnectionKind reconnectionKind, string passwordCredential)
    {
        _cycle.Check();
        Wifi.Stored.Save(ssid, passwordCredential, reconnectionKind == WifiReconnectionKind.Automatic
            ? Wireless80211Configuration.ConfigurationOptions.AutoConnect
            : Wireless80211Configuration.ConfigurationOptions.Enable);
        Wifi.Connect();
        if (Wifi.IsLinked) return new WifiConnectionResult(WifiConnectionStatus.Success);
        bool isThere = Wifi.IsUp && Wifi.Ssid == ssid;
        return new WifiConnectionResult(isThere ? WifiConnectionStatus.InvalidCredential : WifiConnectionStatus.NetworkNotAvailable);
    }

    public void Disconnect()
    {
        _cycle.Check();
        Wifi.Disconnect();
    }

    public void SetDeviceName(string deviceName) => _cycle.Check();

    public void ScanAsync()
    {
        _cycle.Check();
        _cycle.Post(() =>
        {
            (string Ssid, int Rssi)[] all = Wifi.IsUp ? [.. Wifi.Others, (Wifi.Ssid, Wifi.Rssi)] : Wifi.Others;
            _report = new WifiNetworkReport([.. all.Select((n, i) => new WifiAvailableNetwork
            {
                Bsid = $"02:00:00:00:00:{i + 1:x2}",
                Ssid = n.Ssid,
                NetworkRssiInDecibelMilliwatts = n.Rssi,
            })]);
            AvailableNetworksChanged?.Invoke(this, null);
        });
    }

    public void Dispose() => AvailableNetworksChanged = null;
}
