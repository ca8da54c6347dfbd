using System;
using System.Collections;
using System.Device.Wifi;
using System.Net.NetworkInformation;
using System.Threading;
using EdgeChat.Core;
using EdgeChat.Drivers;
using nanoFramework.Networking;

namespace EdgeChat.Device;

/// <summary>Keeps the Wi-Fi up with the stored configuration, and tells of the clock, on a thread of its own.</summary>
/// <remarks>Tells the board's queue when there is an address, when there is none any more and why, and when the clock was set: after the
/// first answer of SNTP, which the ESP32's runtime starts by itself when there is an address, and then every hour, since a board's crystal
/// drifts by some seconds a day. Measures the signal when it is asked to: only a scan tells it, and for that the radio leaves its
/// channel.</remarks>
public sealed class WifiLink
{
    private const int AttemptMs = 30000;
    private const int BackoffMinMs = 1000;
    private const int BackoffMaxMs = 60000;
    private const int OtherMs = 180000;      // then the other network is tried; longer than the trial of a new configuration
    private const int WatchMs = 10000;       // the runtime tells about a loss; this is for the case that it does not
    private const int ClockWaitMs = 500;     // while SNTP has not answered yet
    private const int ClockAgainMs = 3600000;
    private const int ScanMs = 10000;        // longer than any scan: what has not ended by then has been lost
    private const int WeakestDbm = -100;     // 0 %, and 50 dB over it 100 %, as other systems show it
    private const int Unknown = -1;
    private const int MostNetworks = 12;
    private const string NoNetworkStored = "no Wi-Fi is stored: run edgechat provision, or deploy a network configuration";

    private readonly EventRing _events;
    private readonly Clock _clock;
    private readonly IRandomSource _random;
    private readonly DeviceStatus _status;
    private readonly bool _needsClock;
    private readonly AutoResetEvent _changed = new AutoResetEvent(false);
    private WifiAdapter _adapter;
    private string _told;
    private long _scanEndMs;
    private bool _isSignalWanted;
    private bool _isScanned;
    private long _clockDueMs;
    private bool _isEnded;
    private int _place;      // of the network that is used among those that are known

    /// <summary>Makes a link that does nothing before <see cref="Start"/>.</summary>
    /// <remarks>With <paramref name="needsClock"/> the network counts as up only once the clock is set: without it no certificate can be
    /// checked.</remarks>
    public WifiLink(EventRing events, Clock clock, IRandomSource random, DeviceStatus status, bool needsClock)
    {
        _events = events;
        _clock = clock;
        _random = random;
        _status = status;
        _needsClock = needsClock;
    }

    /// <summary>Names and passwords in turn of the networks that the board knows, the one to be preferred first; null for the stored one
    /// alone. When the board has had no network for three minutes it tries the other.</summary>
    public string[] Networks { get; set; }

    /// <summary>Starts the thread.</summary>
    public void Start()
    {
        NetworkChange.NetworkAvailabilityChanged += OnChanged;
        new Thread(Run).Start();
    }

    /// <summary>Ends the thread.</summary>
    public void End()
    {
        NetworkChange.NetworkAvailabilityChanged -= OnChanged;
        _isEnded = true;
        _changed.Set();
    }

    /// <summary>Measures the signal of the network, and lists the names of those in range while somebody wants them;
    /// <see cref="BoardEvent.Signal"/> tells that it was done. From any thread.</summary>
    public void MeasureSignal()
    {
        _isSignalWanted = true;
        _changed.Set();
    }

    private void OnChanged(object sender, NetworkAvailabilityEventArgs e) { _changed.Set(); }

    private void Run()
    {
        int delayMs = BackoffMinMs;
        long lostMs = _clock.NowMs;
        while (!_isEnded)
        {
            try
            {
                string problem = Connect();
                if (problem == null)
                {
                    delayMs = BackoffMinMs;
                    Watch();
                    lostMs = _clock.NowMs;
                    continue;
                }

                TellDown(problem);
                if (Networks != null && Networks.Length > 2 && _clock.NowMs - lostMs >= OtherMs)
                {
                    _place = 2 - _place;
                    lostMs = _clock.NowMs;
                }
            }
            catch (OutOfMemoryException)
            {
                // what was not told is told by the next attempt, which finds a Wi-Fi that is up connected
            }

            // half of it at random, so that the boards of a house do not ask the access point in step
            Pause((delayMs / 2) + _random.Next(delayMs / 2));
            delayMs = delayMs * 2 > BackoffMaxMs ? BackoffMaxMs : delayMs * 2;
        }

        if (_adapter != null) _adapter.Dispose();
    }

    // who looks for a network that the board does not know yet is not made to wait for the next attempt
    private void Pause(int ms)
    {
        long endMs = _clock.NowMs + ms;
        for (long left = ms; left > 0 && !_isEnded; left = endMs - _clock.NowMs)
        {
            if (_status.WantsNetworks) Measure();
            _changed.WaitOne((int)left, false);
        }
    }

    private string Connect()
    {
        using (var time = new CancellationTokenSource(AttemptMs))
        {
            if (IsStored()
                ? WifiNetworkHelper.Reconnect(false, 0, time.Token)
                : WifiNetworkHelper.ConnectDhcp(
                    Networks[_place], Networks[_place + 1], WifiReconnectionKind.Automatic, false, 0, time.Token)) return null;
        }

        return Problem();
    }

    private bool IsStored()
    {
        if (Networks == null) return true;
        string[] stored = StoredNetwork.Read();
        return stored[0] == Networks[_place] && stored[1] == Networks[_place + 1];
    }

    private void Watch()
    {
        _status.Network = NetworkName();
        _clockDueMs = 0;
        bool isUp = false;
        while (!_isEnded && NetworkInterface.GetIsNetworkAvailable())
        {
            if (_needsClock && !_clock.IsSet) TellDown("waiting for the time (SNTP), which TLS needs");
            else if (!isUp) isUp = TellUp();
            Measure();
            bool waits = !TellClock();
            _changed.WaitOne(waits ? ClockWaitMs : WatchMs, false);
        }

        _status.Network = null;
        TellSignal(Unknown);
        if (!_isEnded) TellDown("Wi-Fi \"" + NetworkName() + "\" lost, connecting again");
    }

    private bool TellClock()
    {
        long now = _clock.NowMs;
        if (now < _clockDueMs) return true;
        if (!_clock.IsSet) return false;
        _clockDueMs = now + ClockAgainMs;
        _events.Add(BoardEvent.Clock, 0, now, null);
        return true;
    }

    // whatever a scan throws, and it does while the radio is busy with a new connection, the connection goes on without a measurement
    private void Measure()
    {
        try
        {
            if (_isSignalWanted) Scan();
            if (_isScanned) TellScanned();
        }
        catch (Exception)
        {
            _scanEndMs = 0;
            TellSignal(Unknown);
        }
    }

    private void Scan()
    {
        _isSignalWanted = false;
        if (_clock.NowMs < _scanEndMs) return; // its result is for both
        if (_adapter == null)
        {
            _adapter = WifiAdapter.FindAllAdapters()[0];
            _adapter.AvailableNetworksChanged += OnScanned;
        }

        _scanEndMs = _clock.NowMs + ScanMs;
        _adapter.ScanAsync();
    }

    private void OnScanned(WifiAdapter sender, object e)
    {
        _isScanned = true;
        _changed.Set();
    }

    // A network of several access points is found several times, and nothing tells which of them is ours: the board has chosen the
    // strongest.
    private void TellScanned()
    {
        _isScanned = false;
        _scanEndMs = 0;
        string name = NetworkName();
        WifiAvailableNetwork[] found = _adapter.NetworkReport.AvailableNetworks;
        int percent = Unknown;
        for (int i = 0; i < found.Length; i++)
        {
            if (found[i].Ssid != name) continue;
            int strength = ((int)found[i].NetworkRssiInDecibelMilliwatts - WeakestDbm) * 2;
            if (strength < 0) strength = 0;
            if (strength > 100) strength = 100;
            if (strength > percent) percent = strength;
        }

        if (_status.WantsNetworks) _status.Networks = NamesOf(found);
        TellSignal(percent);
    }

    private static string[] NamesOf(WifiAvailableNetwork[] found)
    {
        var names = new ArrayList();
        while (names.Count < MostNetworks)
        {
            WifiAvailableNetwork next = null;
            for (int i = 0; i < found.Length; i++)
            {
                if (string.IsNullOrEmpty(found[i].Ssid) || names.Contains(found[i].Ssid)) continue;
                if (next == null || found[i].NetworkRssiInDecibelMilliwatts > next.NetworkRssiInDecibelMilliwatts) next = found[i];
            }

            if (next == null) break;
            names.Add(next.Ssid);
        }

        return (string[])names.ToArray(typeof(string));
    }

    private void TellSignal(int percent) { _events.Add(BoardEvent.Signal, percent, 0, null); }

    private bool TellUp()
    {
        _told = null;
        _events.Add(BoardEvent.Link, 0, 0, new LinkEvent { Kind = LinkEventKind.NetworkUp });
        return true;
    }

    private void TellDown(string reason)
    {
        if (reason == _told) return;
        _events.Add(BoardEvent.Link, 0, 0, new LinkEvent { Kind = LinkEventKind.NetworkDown, Reason = reason });
        _told = reason;
    }

    private static string NetworkName()
    {
        Wireless80211Configuration[] stored = Wireless80211Configuration.GetAllWireless80211Configurations();
        return stored.Length > 0 ? stored[0].Ssid : null;
    }

    private static string Problem()
    {
        if (string.IsNullOrEmpty(NetworkName())) return NoNetworkStored;
        switch (WifiNetworkHelper.Status)
        {
            case NetworkHelperStatus.FailedNoNetworkInterface: return NoNetworkStored;
            case NetworkHelperStatus.TokenExpiredWaitingIPAddress: return "no Wi-Fi \"" + NetworkName() + "\". In range? Password right?";
            case NetworkHelperStatus.ErrorConnetingToWiFiWhileScanning:
                return "the Wi-Fi \"" + NetworkName()
                + "\" was not found. In range?";
        }

        Exception e = WifiNetworkHelper.HelperException;
        return e == null ? "no Wi-Fi" : "no Wi-Fi: " + (string.IsNullOrEmpty(e.Message) ? e.GetType().Name : e.Message);
    }
}
