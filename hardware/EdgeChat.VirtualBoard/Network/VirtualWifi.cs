using System.Net.NetworkInformation;

namespace EdgeChat.VirtualBoard;

/// <summary>The Wi-Fi network around one board, and the board's connection to it.</summary>
/// <remarks>The board is provisioned for this network unless it was told otherwise: what the firmware saves is kept in the flash
/// folder.</remarks>
public sealed class VirtualWifi
{
    private readonly Board _board;
    private readonly Lock _gate = new();
    private readonly List<IMortalSocket> _sockets = [];
    private readonly uint _hash = 2166136261;
    private bool _isUp = true;
    private bool _isWanted;
    private bool _isLinked;

    internal VirtualWifi(Board board)
    {
        _board = board;
        Stored = StoredNetwork.Load(board);
        Helper = new NetworkWaiter(board);
        foreach (char c in board.Name) _hash = (_hash ^ c) * 16777619; // FNV-1a
    }

    /// <summary>Whether the access point is there. Sockets of the board die when it goes; the board connects again when it
    /// returns.</summary>
    public bool IsUp
    {
        get
        {
            lock (_gate) return _isUp;
        }

        set
        {
            lock (_gate) _isUp = value;
            Settle();
        }
    }

    /// <summary>Name of the network.</summary>
    public string Ssid { get; set; } = "EdgeChat";

    /// <summary>Its password.</summary>
    public string Password { get; set; } = "virtual-board";

    /// <summary>Signal strength in dBm.</summary>
    public int Rssi { get; set; } = -55;

    /// <summary>Access points that a scan finds beside it: name and signal strength in dBm.</summary>
    public (string Ssid, int Rssi)[] Others { get; set; } = [];

    /// <summary>True while the board is connected and has an address.</summary>
    public bool IsLinked
    {
        get
        {
            lock (_gate) return _isLinked;
        }
    }

    /// <summary>The Wi-Fi configuration in the board's flash.</summary>
    public (string Ssid, string Password, byte Options) Configuration
    {
        get
        {
            Stored.Reload();
            return (Stored.Ssid, Stored.Password, (byte)Stored.Options);
        }
    }

    internal StoredNetwork Stored { get; }

    /// <summary>Set while the board has an address.</summary>
    internal ManualResetEvent Linked { get; } = new(false);

    /// <summary>The firmware's handlers; they run on the board's event thread.</summary>
    internal NetworkHandlers Handlers { get; private set; } = new();

    internal NetworkWaiter Helper { get; private set; }

    /// <summary>The board's address, as it sees it; its sockets are the PC's.</summary>
    internal string Address => "192.168.4." + (2 + _hash % 250);

    /// <summary>A locally administered address (IEEE 802) that is the same at each start.</summary>
    internal byte[] PhysicalAddress => [0x02, 0, (byte)(_hash >> 24), (byte)(_hash >> 16), (byte)(_hash >> 8), (byte)_hash];

    /// <summary>Puts a Wi-Fi configuration into the board's flash, as a tool does over its cable; the board takes it at its next
    /// start.</summary>
    public void Configure(string ssid, string password, byte options) =>
        Stored.Save(ssid, password, (Wireless80211Configuration.ConfigurationOptions)options);

    /// <summary>Has the board connect now, and again whenever the network returns.</summary>
    internal void Connect()
    {
        lock (_gate) _isWanted = true;
        Settle();
    }

    internal void Disconnect()
    {
        lock (_gate) _isWanted = false;
        Settle();
    }

    /// <summary>Whether the stored name and password are this network's.</summary>
    internal bool FitsStored => Stored.Ssid == Ssid && Stored.Password == Password;

    /// <summary>Has a socket killed when the link or the power goes.</summary>
    /// <returns>False when there is no link: the socket was not taken.</returns>
    internal bool Track(IMortalSocket socket)
    {
        lock (_gate)
        {
            if (!_isLinked) return false;
            _sockets.Add(socket);
            return true;
        }
    }

    internal void Untrack(IMortalSocket socket)
    {
        lock (_gate) _sockets.Remove(socket);
    }

    internal void PowerCame()
    {
        Stored.Reload();
        _board.Sntp.PowerCame();
        if (Stored.Options == Wireless80211Configuration.ConfigurationOptions.AutoConnect) Connect();
    }

    internal void PowerLost()
    {
        Handlers = new NetworkHandlers();
        Helper = new NetworkWaiter(_board);
        Disconnect();
    }

    private void Settle()
    {
        bool isLinked;
        IMortalSocket[] dead = [];
        lock (_gate)
        {
            isLinked = _isUp && _isWanted && FitsStored;
            if (isLinked == _isLinked) return;
            _isLinked = isLinked;
            if (isLinked)
            {
                Linked.Set();
            }
            else
            {
                Linked.Reset();
                dead = [.. _sockets];
                _sockets.Clear();
            }
        }

        foreach (IMortalSocket socket in dead) socket.Kill();
        if (isLinked) _board.Sntp.Ask();
        NetworkHandlers handlers = Handlers;
        _board.Cycle?.Post(() => handlers.Raise(isLinked));
    }
}
