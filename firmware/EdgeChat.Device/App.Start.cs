using System;
using EdgeChat.Cli;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Ui;

namespace EdgeChat.Device;

// how the messenger comes from its flash, at a start and again after the heap was too short
public sealed partial class App
{
    /// <summary>Begins to read the flash, and shows how far that is.</summary>
    public void Start()
    {
        _splash = new Splash(Frame, _me.DisplayName ?? _me.DeviceId);
        Begin();
    }

    /// <summary>Tells who looks into the log of a key in the configuration that says nothing to this board; before
    /// <see cref="Start"/>.</summary>
    public void TellUnread(string key) { _log.Add(EventKind.UnreadKey, key, 0, 0, 0); }

    private void Begin()
    {
        _settings.Load();
        _engine = new Engine(_me, _flash);
    }

    // one turn of it
    private void Load(long nowMs)
    {
        if (_engine.Session == null)
        {
            _engine.Load(_random, nowMs);
            if (_splash != null) _splash.Show(_engine.Messenger.LoadedPercent);
            return;
        }

        _splash = null;
        Messenger messenger = _engine.Messenger;
        messenger.TellTo(_log);
        _lastState = _engine.Session.State;
        _log.Add(EventKind.Boot, null, messenger.Boot, 0, nowMs);
        var ui = new ScreenContext(_me, messenger, _engine.Session, _status, _flash, Frame, _keys.Count, _settings, _requests);
        _screens = new Screens(ui);
        _screens.Start(nowMs);
        _shell = new Shell(_me, messenger, _engine.Session, _status, _log, _settings, _terminal, _flash, ui.Settings, ui.Replies,
            ui.LongText);
        if (Has(Recovering))
        {
            EndRecovery(nowMs);
            return;
        }

        _shell.Start(nowMs);
        int battery = _status.Battery; // was measured meanwhile
        _status.Battery = -1;
        OnBattery(battery, nowMs);
    }

    /// <summary>Begins again from the flash, after an <see cref="OutOfMemoryException"/> has left any of the other methods: then
    /// <see cref="IsLoading"/>.</summary>
    /// <remarks>What was under way may be half done in the tables, never on flash: this is a power cut that the board does not notice. The
    /// connection is opened anew, so that peers send what was lost on the way. The clock has to be told again.</remarks>
    /// <exception cref="OutOfMemoryException">There is not even room for that.</exception>
    public void Recover()
    {
        Set(Owes, false);
        _screens = null; // all of it is garbage now, before anything new is made
        _shell = null;
        _engine = null;
        _splash = null;
        _status.MemoryShortages++;
        Set(Recovering, true);
        Begin();
    }

    private void EndRecovery(long nowMs)
    {
        _shell.Recover(Has(LineInHand), nowMs);
        if (Has(KeyInHand))
            Tell("Out of memory", "What you did last may not be done. Messages are kept.", nowMs);
        Set(KeyInHand | LineInHand, false);
        Set(Recovering, false);
        // not at once when it is short again and again: what fills the heap comes over the network
        bool isAgain = _recoveredMs != 0 && nowMs - _recoveredMs < Limits.ShortAgainMs;
        _recoveredMs = nowMs;
        _networkDueMs = Has(HasNetwork) ? nowMs + (isAgain ? Limits.ShortAgainMs : Limits.ShortOnceMs) : Deadline.Never;
    }
}
