using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>How the board is: who it is, whether it reaches the broker and if not why, and what it has left.</summary>
public sealed class DeviceScreen : PageScreen
{
    private const int SecondMs = 1000;
    private const int ActionTry = 0;
    private const int ActionRestart = 1;
    private const int ActionErase = 2;

    private long _nextMs = Deadline.Never;
    private bool _isErasing; // the page is the question whether to

    /// <summary>Makes the screen.</summary>
    public DeviceScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    public override long NextTickMs { get { return _nextMs; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Device"; } }

    /// <inheritdoc/>
    protected override string Hint
    {
        get { return !_isErasing ? "● actions" : Ui.Buttons < 2 ? "● erase   hold ▲ no" : "hold ● erase   hold ▲ no"; }
    }

    /// <inheritdoc/>
    public override void OnTime(long nowMs)
    {
        if (nowMs < _nextMs) return;
        Refresh();
        Ui.Stack.MustDraw = true;
    }

    /// <inheritdoc/>
    public override string ItemOf(int action)
    {
        return action == ActionTry ? "Connect now" : action == ActionRestart ? "Restart the board" : "Factory reset…";
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        if (action == ActionTry) Ui.Session.TryNow(nowMs);
        else if (action == ActionRestart) Ui.Requests.Ask(BoardRequest.Reboot);
        else SetErasing(true);
    }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        if (_isErasing) Ui.Requests.Ask(BoardRequest.FactoryReset);
    }

    /// <inheritdoc/>
    public override bool OnBack(long nowMs)
    {
        bool wasErasing = _isErasing;
        SetErasing(false);
        return wasErasing;
    }

    /// <inheritdoc/>
    protected override void OnOk(long nowMs)
    {
        if (_isErasing)
        {
            if (Ui.Buttons < 2) OnMenuKey(nowMs); // its Ok is a hold
            return;
        }

        var menu = new MenuScreen(Ui, this, "Device");
        if (Ui.Session.NextTryMs != Deadline.Never) menu.Add(ActionTry);
        Ui.Stack.Open(menu.Add(ActionRestart).Add(ActionErase), nowMs);
    }

    /// <inheritdoc/>
    protected override void Write(TextBuffer page, long nowMs)
    {
        if (_isErasing)
        {
            page.Add("Erase messages, contacts, keys, Wi-Fi, and who this board is? It has to be provisioned again.");
            return;
        }

        DeviceStatus status = Ui.Status;
        Session session = Ui.Session;
        page.Add("Broker\t").Add(SessionWords.For(session.State)).Add('\n');
        if (session.Problem != null) page.Add(session.Problem).Add('\n');
        long nextTry = session.NextTryMs;
        _nextMs = Deadline.Never;
        if (nextTry != Deadline.Never)
        {
            int seconds = nextTry > nowMs ? (int)((nextTry - nowMs + SecondMs - 1) / SecondMs) : 0;
            page.Add("Next try\tin ").Add(seconds).Add(" s\n");
            _nextMs = nextTry > nowMs ? nextTry - (long)(seconds - 1) * SecondMs : Deadline.Never;
        }

        if (status.Broker.Length > 0) page.Add("Address\t").Add(status.Broker).Add('\n');
        page.Add("Wi-Fi\t").Add(status.Network ?? "not connected").Add('\n');
        WriteSignal(page, status, nowMs);
        WriteBattery(page, status);
        page.Add("Name\t").Add(Ui.Me.DisplayName ?? Ui.Me.DeviceId ?? "none").Add('\n');
        page.Add("Id\t").Add(Ui.Me.DeviceId ?? "not provisioned").Add('\n');
        page.Add("Waiting\t").Add(Ui.Messenger.WaitingCount).Add('\n');
        WriteCounters(page, Ui.Messenger.Counters);
        WriteFree(page, "Flash free\t", Ui.Flash.FreeBytes);
        WriteFree(page, "Memory free\t", status.FreeHeapBytes);
        page.Add("Start no.\t").Add(Ui.Messenger.Boot).Add('\n');
        if (status.BoardName.Length > 0) page.Add("Board\t").Add(status.BoardName).Add('\n');
        page.Add("Version\t").Add(DeviceStatus.Version).Add('\n');
    }

    private void SetErasing(bool value)
    {
        _isErasing = value;
        Ui.Stack.Change();
    }

    // measured when the screen is opened and now and then while it is
    private void WriteSignal(TextBuffer page, DeviceStatus status, long nowMs)
    {
        if (status.Network == null) return;
        Ui.Requests.MeasureSignal(nowMs);
        if (status.SignalPercent >= 0) page.Add("Signal\t").Add(status.SignalPercent).Add("%\n");
        else page.Add("Signal\t").Add(Ui.Requests.IsMeasuring ? "measuring…" : "unknown").Add('\n');
    }

    private static void WriteBattery(TextBuffer page, DeviceStatus status)
    {
        if (status.Battery < 0) return;
        page.Add("Battery\t").Add(status.Battery & ~DeviceStatus.IsCharging).Add('%');
        if (status.Battery >= DeviceStatus.IsCharging) page.Add(", charging");
        page.Add('\n');
    }

    private static void WriteCounters(TextBuffer page, Counters counters)
    {
        page.Add("Sent, received\t").Add(counters.Sent).Add(", ").Add(counters.Received).Add('\n');
        if (counters.Refused > 0) page.Add("Refused\t").Add(counters.Refused).Add('\n');
        if (counters.Lost > 0) page.Add("Lost\t").Add(counters.Lost).Add('\n');
        if (counters.NoRoom > 0) page.Add("No room\t").Add(counters.NoRoom).Add('\n');
        if (counters.DamagedRecords > 0) page.Add("Damaged\t").Add(counters.DamagedRecords).Add('\n');
    }

    private static void WriteFree(TextBuffer page, string label, int bytes)
    {
        if (bytes >= 0) page.Add(label).Add(bytes / 1024).Add(" KiB\n");
    }
}
