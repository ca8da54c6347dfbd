namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's NetworkInterface: the board has one, its Wi-Fi station.</summary>
public class NetworkInterface
{
    private readonly Board _board;

    protected NetworkInterface(int interfaceIndex) => _board = PowerCycle.Require(nameof(NetworkInterface)).Board;

    public bool IsAutomaticDnsEnabled => true;

    public string IPv4Address => _board.Wifi.IsLinked ? _board.Wifi.Address : "0.0.0.0";

    public string IPv4GatewayAddress => _board.Wifi.IsLinked ? "192.168.4.1" : "0.0.0.0";

    public string IPv4SubnetMask => _board.Wifi.IsLinked ? "255.255.255.0" : "0.0.0.0";

    public bool IsDhcpEnabled => true;

    public string[] IPv4DnsAddresses => [IPv4GatewayAddress];

    public byte[] PhysicalAddress => _board.Wifi.PhysicalAddress;

    public NetworkInterfaceType NetworkInterfaceType => NetworkInterfaceType.Wireless80211;

    /// <summary>Index of the interface's Wi-Fi configuration.</summary>
    public uint SpecificConfigId => 0;

    public static bool GetIsNetworkAvailable() => PowerCycle.Require(nameof(NetworkInterface)).Board.Wifi.IsLinked;

    public static NetworkInterface[] GetAllNetworkInterfaces() => [new NetworkInterface(0)];
}

/// <summary>nanoFramework's NetworkInterfaceType.</summary>
public enum NetworkInterfaceType
{
    Unknown = 1,
    Ethernet = 6,
    Wireless80211 = 71,
    WirelessAP = 72,
}

/// <summary>nanoFramework's NetworkChange; its events are raised on the board's event thread.</summary>
public static class NetworkChange
{
    public static event NetworkAddressChangedEventHandler? NetworkAddressChanged
    {
        add => PowerCycle.Require(nameof(NetworkChange)).Board.Wifi.Handlers.AddressChanged += value;
        remove => PowerCycle.Require(nameof(NetworkChange)).Board.Wifi.Handlers.AddressChanged -= value;
    }

    public static event NetworkAvailabilityChangedEventHandler? NetworkAvailabilityChanged
    {
        add => PowerCycle.Require(nameof(NetworkChange)).Board.Wifi.Handlers.AvailabilityChanged += value;
        remove => PowerCycle.Require(nameof(NetworkChange)).Board.Wifi.Handlers.AvailabilityChanged -= value;
    }
}

/// <summary>nanoFramework's NetworkAvailabilityEventArgs.</summary>
public class NetworkAvailabilityEventArgs : EventArgs
{
    internal NetworkAvailabilityEventArgs(bool isAvailable) => IsAvailable = isAvailable;

    public bool IsAvailable { get; }
}

/// <summary>nanoFramework's handler of a changed address.</summary>
public delegate void NetworkAddressChangedEventHandler(object? sender, EventArgs e);

/// <summary>nanoFramework's handler of a network that came or went.</summary>
public delegate void NetworkAvailabilityChangedEventHandler(object? sender, NetworkAvailabilityEventArgs e);

/// <summary>nanoFramework's IPGlobalProperties.</summary>
public static class IPGlobalProperties
{
    public static System.Net.IPAddress GetIPAddress() =>
        System.Net.IPAddress.Parse(NetworkInterface.GetAllNetworkInterfaces()[0].IPv4Address);
}
