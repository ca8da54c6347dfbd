using System.Collections;
using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;

namespace EdgeChat.Delivery.Tests;

/// <summary>A messenger with its flash and its session with the broker, driven in virtual time.</summary>
internal sealed class BoardUnderTest
{
    private readonly BrokerUnderTest _broker;
    private readonly ArrayList _topics = new ArrayList();
    private readonly ArrayList _bodies = new ArrayList();
    private readonly ArrayList _retained = new ArrayList();
    private readonly LinkAction _action = new LinkAction();
    private readonly byte[] _text = new byte[1100];
    private string[] _filters = new string[0];
    private long _bootMs;
    private int _connection;
    private bool _hasSession;
    private bool _isWaitingForPuback;
    private bool _wasDelivered;

    public BoardUnderTest(BrokerUnderTest broker, string id)
    {
        _broker = broker;
        Me = new Identity { DeviceId = id };
    }

    public Identity Me { get; private set; }

    public MemoryFlash Flash { get; set; } = new MemoryFlash();

    public Messenger Messenger { get; private set; }

    public bool IsOnline { get; private set; }

    /// <summary>Whether the power is on.</summary>
    public bool IsOn { get { return Messenger != null; } }

    /// <summary>How many of the next publishes reach the broker whose PUBACK does not come back.</summary>
    public int LosePubacks { get; set; }

    /// <summary>How many of the next publishes do not even reach the broker.</summary>
    public int LosePublishes { get; set; }

    /// <summary>How many of the next deliveries the library confirms and the firmware never sees: power cuts, full queues.</summary>
    public int LoseDeliveries { get; set; }

    /// <summary>Whether everything is delivered twice.</summary>
    public bool DeliversTwice { get; set; }

    /// <summary>Whether publishes wait until <see cref="Confirm"/>.</summary>
    public bool HoldsPubacks { get; set; }

    /// <summary>Milliseconds since boot.</summary>
    public long NowMs { get { return _broker.NowMs - _bootMs; } }

    /// <summary>When it wants to be called, in the broker's time.</summary>
    public long NextMs { get { return !IsOn || Messenger.NextTickMs == Deadline.Never ? long.MaxValue : Messenger.NextTickMs + _bootMs; } }

    /// <summary>Switches the power on.</summary>
    public BoardUnderTest PowerOn()
    {
        Flash.PowerOn();
        _bootMs = _broker.NowMs - 1000;
        _connection = 0;
        Messenger = new Messenger(Me, Flash);
        try
        {
            Messenger.Start(NowMs);
        }
        catch (PowerCutException)
        {
            Die();
            return this;
        }

        if (Clock > 0) Messenger.OnClock(Clock + _broker.NowMs / 1000, NowMs);
        return this;
    }

    /// <summary>Unix seconds when the world began, or 0 for a board without clock.</summary>
    public long Clock { get; set; } = 1790000000;

    /// <summary>Lets the world do what is due now.</summary>
    public void Settle() { _broker.Settle(); }

    /// <summary>Cuts the power.</summary>
    public BoardUnderTest PowerOff()
    {
        if (IsOn) Die();
        return this;
    }

    /// <summary>Power off and on, online again when it was.</summary>
    public void Reboot()
    {
        bool wasOnline = IsOnline;
        PowerOff();
        PowerOn();
        if (wasOnline) Online();
    }

    /// <summary>Connects, subscribes and announces itself.</summary>
    public BoardUnderTest Online()
    {
        if (!IsOn) PowerOn();
        if (IsOnline) return this;
        IsOnline = true;
        _connection++;
        Messenger.OnConnected(_hasSession, NowMs);
        _hasSession = true;
        Subscribe();
        Announce("on");
        Messenger.OnOnline(NowMs);
        _broker.Settle();
        return this;
    }

    /// <summary>Loses the connection; the broker says so.</summary>
    public BoardUnderTest Offline()
    {
        if (!IsOnline) return this;
        IsOnline = false;
        _isWaitingForPuback = false;
        Announce("lost");
        if (IsOn) Messenger.OnOffline(NowMs);
        return this;
    }

    /// <summary>Begins a new life: no flash, the next incarnation.</summary>
    public BoardUnderTest Reprovision()
    {
        PowerOff();
        Flash = new MemoryFlash();
        Me = new Identity { DeviceId = Me.DeviceId, Incarnation = Me.Incarnation + 1 };
        return this;
    }

    public bool IsSubscribed(string topic)
    {
        for (int i = 0; i < _filters.Length; i++)
        {
            string filter = _filters[i];
            if (filter == topic) return true;
            if (filter.EndsWith("/+") && topic.StartsWith(filter.Substring(0, filter.Length - 1))) return true;
        }

        return false;
    }

    public void Enqueue(string topic, byte[] body, bool isRetained)
    {
        for (int i = DeliversTwice ? 2 : 1; i > 0; i--)
        {
            _topics.Add(topic);
            _bodies.Add(body);
            _retained.Add(isRetained ? "retained" : "");
        }
    }

    /// <summary>Throws away what the broker keeps for this board.</summary>
    public void LoseQueue()
    {
        _topics.Clear();
        _bodies.Clear();
        _retained.Clear();
    }

    /// <summary>The broker forgets this board: its subscriptions and what waits for it. Offline only.</summary>
    public void LoseSession()
    {
        _hasSession = false;
        _filters = new string[0];
        LoseQueue();
    }

    /// <summary>One delivery or one publish; false when there is none.</summary>
    public bool Step()
    {
        if (!IsOn || !IsOnline) return false;
        try
        {
            if (Messenger.TakeFiltersChanged()) Subscribe();
            if (_topics.Count > 0)
            {
                Deliver();
                return true;
            }

            return !_isWaitingForPuback && Publish();
        }
        catch (PowerCutException)
        {
            Die();
            return true;
        }
    }

    public void OnTime()
    {
        if (!IsOn) return;
        try
        {
            Messenger.OnTime(NowMs);
        }
        catch (PowerCutException)
        {
            Die();
        }
    }

    /// <summary>The PUBACK of what waits for it comes.</summary>
    public void Confirm()
    {
        _isWaitingForPuback = false;
        Messenger.OnPublished(_wasDelivered, NowMs);
    }

    public bool IsWaitingForPuback { get { return _isWaitingForPuback; } }

    /// <summary>Writes a text to a device.</summary>
    public SendError Types(string text, string to)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int conversation = Messenger.OpenDirect(to);
        if (conversation < 0) return Messenger.LastError;
        SendError error;
        try
        {
            error = Messenger.SendText(conversation, bytes, bytes.Length, -1, NowMs);
        }
        catch (PowerCutException)
        {
            Die();
            return SendError.FlashFailed;
        }

        _broker.Settle();
        return error;
    }

    /// <summary>Writes a text to a group that it may have joined.</summary>
    public void TypesToGroup(string text, string group)
    {
        int conversation = Messenger.Find(group, true);
        if (conversation < 0) return;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        try
        {
            Messenger.SendText(conversation, bytes, bytes.Length, -1, NowMs);
        }
        catch (PowerCutException)
        {
            Die();
        }

        _broker.Settle();
    }

    /// <summary>The texts of one sender in a conversation, placeholders included.</summary>
    public string TextsOf(string with, string sender)
    {
        int conversation = Messenger.Find(with, with == "team");
        string all = "";
        if (conversation < 0) return all;
        for (int i = Messenger.Newest(conversation); i >= 0; i = Messenger.Older(i))
            if (Messenger.KindOf(i) != MessageKind.Event && Messenger.SenderOf(i) == sender) all = TextOf(i) + " " + all;
        return all;
    }

    /// <summary>The texts of this board that lack their shown ticks.</summary>
    public string NotShown()
    {
        string all = "";
        for (int place = 0; place < Messenger.ConversationCount; place++)
            for (int i = Messenger.Newest(Messenger.ConversationAt(place)); i >= 0; i = Messenger.Older(i))
                if (Messenger.IsMine(i) && Messenger.TickOf(i) != Tick.Shown) all += TextOf(i) + " ";
        return all;
    }

    /// <summary>Shows the conversation with a device on the screen.</summary>
    public void Opens(string with)
    {
        int conversation = Messenger.Find(with, false);
        if (conversation < 0) conversation = Messenger.Find(with, true);
        if (conversation >= 0) Messenger.MarkShown(conversation, NowMs);
        _broker.Settle();
    }

    /// <summary>The same for a board that may lose its power meanwhile.</summary>
    public void TriesToOpen(string with)
    {
        if (!IsOn) return;
        try
        {
            Opens(with);
        }
        catch (PowerCutException)
        {
            Die();
        }
    }

    /// <summary>Takes a message back, or loses the power meanwhile: then true.</summary>
    public bool TriesToCancel(string text)
    {
        try
        {
            Messenger.Cancel(Find(text));
            return false;
        }
        catch (PowerCutException)
        {
            Die();
            return true;
        }
    }

    /// <summary>Deletes a conversation, or loses the power meanwhile.</summary>
    public void TriesToDelete(string with)
    {
        try
        {
            Messenger.Delete(Messenger.Find(with, false));
        }
        catch (PowerCutException)
        {
            Die();
        }
    }

    /// <summary>The texts of a conversation as they stand on the screen, divided by a bar.</summary>
    public string Shows(string with)
    {
        int conversation = Messenger.Find(with, false);
        if (conversation < 0) conversation = Messenger.Find(with, true);
        if (conversation < 0) return "";
        string all = "";
        for (int i = Messenger.Newest(conversation); i >= 0; i = Messenger.Older(i)) all = all == "" ? TextOf(i) : TextOf(i) + "|" + all;
        return all;
    }

    public string TextOf(int message)
    {
        int count = Messenger.ReadText(message, _text);
        return count == 0 ? "" : Encoding.UTF8.GetString(_text, 0, count);
    }

    /// <summary>The message with a text, or -1.</summary>
    public int Find(string text)
    {
        for (int place = 0; place < Messenger.ConversationCount; place++)
            for (int i = Messenger.Newest(Messenger.ConversationAt(place)); i >= 0; i = Messenger.Older(i))
                if (TextOf(i) == text) return i;
        return -1;
    }

    public Tick TickOf(string text)
    {
        int message = Find(text);
        return message < 0 ? Tick.None : Messenger.TickOf(message);
    }

    public int Unread(string with)
    {
        int conversation = Messenger.Find(with, false);
        return conversation < 0 ? 0 : Messenger.UnreadOf(conversation);
    }

    private void Subscribe()
    {
        _filters = Messenger.Filters();
        _broker.SendRetained(this);
    }

    private void Announce(string state)
    {
        int boot = Messenger == null ? 0 : Messenger.Boot;
        string body = "{\"s\":\"" + state + "\",\"b\":" + boot.ToString() + ",\"c\":" + _connection.ToString() + "}";
        _broker.Publish("ec1/p/" + Me.DeviceId, Encoding.UTF8.GetBytes(body), true);
    }

    private void Deliver()
    {
        string topic = (string)_topics[0];
        byte[] body = (byte[])_bodies[0];
        bool isRetained = (string)_retained[0] != "";
        _topics.RemoveAt(0);
        _bodies.RemoveAt(0);
        _retained.RemoveAt(0);
        if (LoseDeliveries > 0 && (topic.StartsWith("ec1/i") || topic.StartsWith("ec1/g")))
        {
            LoseDeliveries--;
            return;
        }

        Messenger.OnReceived(topic, body, isRetained, NowMs);
    }

    private bool Publish()
    {
        if (!Messenger.NextPublish(_action, NowMs)) return false;
        _wasDelivered = LosePublishes == 0;
        if (LosePublishes > 0) LosePublishes--;
        else _broker.Publish(_action.Topic, _action.Body, _action.Retain);
        if (LosePubacks > 0)
        {
            LosePubacks--;
            _wasDelivered = false;
        }

        _isWaitingForPuback = true;
        if (!HoldsPubacks) Confirm();
        return true;
    }

    private void Die()
    {
        if (IsOnline)
        {
            IsOnline = false;
            _isWaitingForPuback = false;
            Announce("lost");
        }

        Messenger = null;
    }
}
