using System;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.TestKit;

/// <summary>A board without screen and console: messenger and session with their flash, and a person who writes and reads.</summary>
/// <remarks>What a person does lets the world settle. When the power goes over it, the board is off.</remarks>
public sealed class CoreBoard : BoardHost
{
    private ChatReader _chats;

    /// <summary>Makes a board, without power as yet; <see cref="VirtualBroker.Board"/> does too.</summary>
    public CoreBoard(VirtualBroker broker, string id)
        : base(broker, id)
    {
    }

    /// <summary>The core; null while the power is off.</summary>
    public Engine Engine { get; private set; }

    /// <summary>Its messenger; null while the power is off.</summary>
    public Messenger Messenger { get { return Engine == null ? null : Engine.Messenger; } }

    /// <summary>What stands on its screen. The power is on.</summary>
    public ChatReader Chats
    {
        get
        {
            if (_chats == null) _chats = new ChatReader(Messenger);
            return _chats;
        }
    }

    /// <summary>Whether it is connected, subscribed and announced.</summary>
    public bool IsOnline { get { return IsOn && Engine.Session.IsOnline; } }

    /// <inheritdoc/>
    protected override long NextTickMs { get { return Engine.NextTickMs; } }

    /// <summary>Gives it power.</summary>
    public CoreBoard PowerOn()
    {
        SwitchOn();
        return this;
    }

    /// <summary>Takes its power.</summary>
    public CoreBoard PowerOff()
    {
        SwitchOff();
        return this;
    }

    /// <summary>Power off and on.</summary>
    public void Reboot()
    {
        SwitchOff();
        SwitchOn();
        Broker.Settle();
    }

    /// <summary>Gives it network, and power before when it has none.</summary>
    public CoreBoard Online()
    {
        SwitchOn();
        JoinNetwork();
        Broker.Settle();
        return this;
    }

    /// <summary>Takes its network.</summary>
    public CoreBoard Offline()
    {
        LeaveNetwork(null);
        return this;
    }

    /// <summary>Begins a new life: no power, an empty flash, the next incarnation.</summary>
    public CoreBoard Reprovision()
    {
        SwitchOff();
        Flash = new MemoryFlash();
        Me = new Identity { DeviceId = Id, Incarnation = Me.Incarnation + 1, Operator = Me.Operator };
        return this;
    }

    /// <summary>Does something with the messenger; false when the power went meanwhile, or was off.</summary>
    public bool Try(CoreCall call)
    {
        if (!IsOn) return false;
        try
        {
            call(Messenger);
            Engine.Wake(NowMs);
            return true;
        }
        catch (PowerCutException)
        {
            SwitchOff();
            return false;
        }
    }

    /// <summary>Writes a text to a device.</summary>
    public SendError Types(string text, string to)
    {
        SendError error = SendError.FlashFailed;
        Try(m =>
        {
            int conversation = m.OpenDirect(to);
            error = conversation < 0 ? m.LastError : Write(m, conversation, text);
        });
        Broker.Settle();
        return IsOn ? error : SendError.FlashFailed;
    }

    /// <summary>Writes a text to a group that it may have joined.</summary>
    public SendError TypesToGroup(string text, string group)
    {
        SendError error = SendError.FlashFailed;
        Try(m =>
        {
            int conversation = m.Find(group, true);
            error = conversation < 0 ? SendError.NotMember : Write(m, conversation, text);
        });
        Broker.Settle();
        return error;
    }

    /// <summary>Gives the message with a text another wording. Throws when that is refused, as the next two do.</summary>
    public void Edits(string text, string wording)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(wording);
        Change((m, message, nowMs) => m.Edit(message, bytes, bytes.Length, nowMs), text);
    }

    /// <summary>Takes the message with a text back from all.</summary>
    public void TakesBack(string text) { Change((m, message, nowMs) => m.TakeBack(message, nowMs), text); }

    /// <summary>Deletes the message with a text on this board.</summary>
    public void Deletes(string text) { Change((m, message, nowMs) => m.DeleteMessage(message, nowMs), text); }

    /// <summary>Shows a conversation on the screen.</summary>
    public void Opens(string with)
    {
        Try(m =>
        {
            int conversation = Chats.Conversation(with);
            if (conversation >= 0) m.MarkShown(conversation, NowMs);
        });
        Broker.Settle();
    }

    /// <summary>The texts of a conversation as they stand on the screen, divided by a bar.</summary>
    public string Shows(string with) { return Chats.Shows(with); }

    /// <summary>The text of a message.</summary>
    public string TextOf(int message) { return Chats.TextOf(message); }

    /// <summary>The message with a text, or -1.</summary>
    public int Find(string text) { return Chats.Find(text); }

    /// <summary>The tick of the message with a text.</summary>
    public Tick TickOf(string text) { return Chats.TickOf(text); }

    /// <summary>How many messages of a conversation are unread.</summary>
    public int Unread(string with) { return Chats.Unread(with); }

    /// <inheritdoc/>
    protected override void Start(long nowMs)
    {
        Engine = new Engine(Me, Flash);
        Engine.Start(Dice, nowMs);
    }

    /// <inheritdoc/>
    protected override void Halt()
    {
        Engine = null;
        _chats = null;
    }

    /// <inheritdoc/>
    protected override void OnLink(LinkEvent e, long nowMs) { Engine.OnLink(e, nowMs); }

    /// <inheritdoc/>
    protected override void OnClock(long unixSeconds, long nowMs) { Engine.OnClock(unixSeconds, nowMs); }

    /// <inheritdoc/>
    protected override void OnTime(long nowMs) { Engine.OnTime(nowMs); }

    /// <inheritdoc/>
    protected override LinkAction NextLinkAction()
    {
        // a test may have done something with the messenger itself
        Engine.Wake(NowMs);
        return Engine.NextLinkAction();
    }

    private void Change(MessageChange change, string text)
    {
        SendError error = SendError.NotHere;
        int message = Find(text);
        if (message < 0 || !Try(m => error = change(m, message, NowMs)) || error != SendError.None)
            throw new InvalidOperationException(Id + " cannot change \"" + text + "\": " + SendErrors.WordsFor(error));
        Broker.Settle();
    }

    private SendError Write(Messenger messenger, int conversation, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return messenger.SendText(conversation, bytes, bytes.Length, -1, NowMs);
    }
}
