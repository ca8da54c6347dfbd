using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Drivers;

namespace EdgeChat.Device;

/// <summary>Changes the board's configuration as its operator asks over the broker, or who has it in hand: tries what came for two minutes,
/// keeps it when the broker is reached with it, else goes back, and tells who has asked which.</summary>
/// <remarks>A trial is a start of the board, so nothing of the old configuration is left in it. See docs/protocol.md, section 14.</remarks>
public sealed class Reconfiguration
{
    /// <summary>How long a configuration may take from the start of the board until the broker is reached with it, in
    /// milliseconds.</summary>
    public const int TrialMs = 120000;

    private const int RebootDue = 1;
    private const int Ending = 2; // a restart was asked for: what has become of it is told after that
    private const int Broken = 4; // the flash refused: the next start goes on from what it has

    private readonly ConfigChange _change;
    private Order _outcome;
    private int _end; // RebootDue to Broken, or 0 as long as none of it is

    /// <summary>Opens what lies on flash; throws <see cref="FlashException"/>.</summary>
    public Reconfiguration()
    {
        _change = ConfigChange.Open(new FileFlash(""));
    }

    /// <summary>Whether this start tries a configuration.</summary>
    public bool IsTrial { get { return _change.State == ConfigChange.Trying; } }

    /// <summary>When <see cref="After"/> must be called, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs { get { return IsTrial && (_end & Broken) == 0 ? TrialMs : Deadline.Never; } }

    /// <summary>Whether the board is to restart; asked once, it is gone.</summary>
    public bool TakeReboot()
    {
        if ((_end & RebootDue) == 0) return false;
        _end ^= RebootDue;
        _end |= Ending;
        return true;
    }

    /// <summary>Reads the configuration, that which is tried if there is one; throws <see cref="ConfigException"/>.</summary>
    public DeviceConfig Load()
    {
        if (!IsTrial) return DeviceConfig.Load();
        try
        {
            byte[] next = _change.Next();
            if (_change.About != ConfigChange.Ca) return DeviceConfig.Read(next, null);
            return DeviceConfig.Read(ConfigFile.Bytes(DeviceConfig.File, ""), next);
        }
        catch (ConfigException e)
        {
            _change.FallBack(e.Message);
            return DeviceConfig.Load();
        }
    }

    /// <summary>Begins to try what who has the board in hand has asked for, with a restart; null, or what is wrong with it.</summary>
    /// <param name="order">As an operator's: a word, <c>brokers</c> or <c>wifi</c>, and lines behind it.</param>
    public string Try(string order)
    {
        try
        {
            Begin(_change.Number, ConfigChange.Own, order);
            return null;
        }
        catch (ConfigException e)
        {
            return e.Message;
        }
        catch (FlashException e)
        {
            return e.Message;
        }
    }

    /// <summary>What has become of what was asked for on the board, once; else null.</summary>
    public string TakeOutcome()
    {
        if (_change.About != ConfigChange.Own || _change.IsTold || _change.State == ConfigChange.Due || IsTrial) return null;
        if (_end != 0) return null;
        try
        {
            _change.Tell();
        }
        catch (FlashException)
        {
            _end |= Broken;
        }

        return _change.State == ConfigChange.Applied ? "" : _change.Words;
    }

    /// <summary>To be called after everything that happened.</summary>
    public void After(Engine engine, long nowMs)
    {
        if ((_end & Broken) != 0) return;
        try
        {
            Turn(engine, nowMs);
        }
        catch (FlashException)
        {
            _end |= Broken;
        }
    }

    private void Turn(Engine engine, long nowMs)
    {
        if (IsTrial)
        {
            if (engine.Session.IsProved) _change.Apply();
            else if (nowMs >= TrialMs) GiveUp(engine.Session);
        }

        Order order = engine.Messenger.TakeOrder();
        if (order != null) Take(order, engine.Messenger);
        if (_change.About == ConfigChange.Own || _change.IsTold || _change.State == ConfigChange.Due || IsTrial) return;
        if (_outcome == null) _outcome = new Order { Number = _change.Number, Text = Text(_change.State, _change.Words) };
        if (_outcome.IsTold)
        {
            _change.Tell();
            _outcome = null;
        }
        else if (engine.Messenger.Outcome != _outcome)
        {
            engine.Messenger.Report(_outcome);
        }
    }

    private void GiveUp(Session session)
    {
        string problem = session.State == SessionState.NoNetwork ? "no Wi-Fi within 2 minutes. In range? Password right?"
            : "no broker within 2 minutes";
        _end |= RebootDue;
        _change.FallBack(session.Problem ?? problem);
    }

    // one that came before, as a broker may give it twice, is answered again, unless an own one has taken the place of what became of it;
    // an older one changes nothing any more
    private void Take(Order order, Messenger messenger)
    {
        if (order.Number == _change.Number && _change.About == ConfigChange.Own) return;
        if (order.Number <= _change.Number)
        {
            string words = "configuration " + _change.Number + " is newer";
            messenger.Report(order.Number < _change.Number
                ? new Order { Number = order.Number, Text = Text(ConfigChange.Refused, words) }
                : new Order { Number = order.Number, Text = Text(_change.State, _change.Words) });
            return;
        }

        _outcome = null;
        try
        {
            Begin(order.Number, ConfigEdit.IsCa(order.Text) ? ConfigChange.Ca : ConfigChange.Settings, order.Text);
        }
        catch (ConfigException e)
        {
            _change.Refuse(order.Number, e.Message);
        }
        catch (FlashException e)
        {
            messenger.Report(new Order { Number = order.Number, Text = Text(ConfigChange.Refused, e.Message) });
        }
    }

    private void Begin(int number, char about, string order)
    {
        string[] network = StoredNetwork.Read();
        byte[] next = ConfigEdit.Make(order, network);
        _change.Begin(number, about, next, ConfigEdit.Fallback(order, network));
        _end |= RebootDue;
    }

    private static string Text(char state, string words)
    {
        string word = state == ConfigChange.Applied ? "applied" : state == ConfigChange.FellBack ? "fell back" : "refused";
        return words.Length == 0 ? word : word + "\n" + words;
    }
}
