using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Conversations, their messages and ticks: what the screens and the console show and do.</summary>
/// <remarks>Conversations and messages are named by handles, small ints into packed tables, valid until the next call that changes something
/// (<see cref="Revision"/> tells). No I/O but <see cref="IFlash"/>, no clock: time is handed in.
/// The facade over small classes: <see cref="Inbox"/>, <see cref="Outbox"/>, <see cref="Receipts"/>, <see cref="ReceiptBook"/>, <see cref="GapRepair"/>,
/// <see cref="Resends"/>, <see cref="Publisher"/>, <see cref="Keeper"/>, over the tables in <see cref="Ledger"/>.</remarks>
public sealed partial class Messenger : ISessionClient
{
    private readonly Ledger _ledger;
    private readonly Receipts _receipts;
    private readonly Resends _resends;
    private readonly GapRepair _repair;
    private readonly Outbox _outbox;
    private readonly Publisher _publisher;
    private readonly Router _router;
    private readonly MessageView _view;
    private readonly Groups _groups;

    /// <summary>Makes a messenger that has not read its flash.</summary>
    public Messenger(Identity me, IFlash flash)
    {
        _ledger = new Ledger(me, flash);
        var writer = new BodyWriter(Body.MaxBytes);
        var bodies = new MessageBody(_ledger);
        _receipts = new Receipts(_ledger);
        _resends = new Resends(_ledger, bodies);
        _repair = new GapRepair(_ledger);
        _outbox = new Outbox(_ledger, writer);
        _groups = new Groups(_ledger, _outbox);
        var rosters = new Rosters(_ledger);
        _publisher = new Publisher(_ledger, writer, bodies, _receipts, _repair, _resends, _outbox, rosters);
        _router = new Router(_ledger, new Inbox(_ledger, _receipts), new ReceiptBook(_ledger, _resends), _receipts, _resends, _repair, _groups, rosters);
        _view = new MessageView(_ledger);
    }

    /// <summary>Reads the flash; throws <see cref="FlashException"/> when it cannot be read.</summary>
    public void Start(long nowMs)
    {
        At(nowMs);
        _ledger.Keeper.Open();
        _ledger.Boot++;
        _ledger.Keeper.AppendBoot();
        _ledger.Contacts.Start();
        _receipts.Start(nowMs);
        _resends.Start(nowMs);
    }

    /// <summary>Tells a log what happens from now on: arrivals, ticks, presence, refusals.</summary>
    public void TellTo(EventLog log) { _ledger.Events = log; }

    /// <summary>How often this board has started, this time included.</summary>
    public int Boot { get { return _ledger.Boot; } }

    /// <summary>Changes with everything that a screen could show.</summary>
    public int Revision { get { return _ledger.Revision; } }

    /// <summary>The conversation of the newest message that arrived since this was asked last, or -1.</summary>
    public int TakeArrival()
    {
        int arrival = _ledger.Arrival;
        _ledger.Arrival = -1;
        return arrival;
    }

    /// <summary>Unix seconds at <paramref name="nowMs"/>, or 0 while the clock is not set.</summary>
    public long UnixAt(long nowMs) { return _ledger.Clock.UnixAt(nowMs); }

    /// <summary>The clock was set.</summary>
    public void OnClock(long unixSeconds, long nowMs)
    {
        _ledger.Clock.Set(unixSeconds, nowMs);
        _ledger.Agenda.AtMs(nowMs);
        _ledger.Revision++;
    }

    /// <summary>When <see cref="OnTime"/> must be called next, in milliseconds since boot, or <see cref="Deadline.Never"/>.</summary>
    public long NextTickMs { get { return _ledger.Agenda.NextMs; } }

    /// <summary>Does what is due: receipts, holes, resends, expiry.</summary>
    public void OnTime(long nowMs)
    {
        At(nowMs);
        if (nowMs < _ledger.Agenda.NextMs) return;
        _ledger.Agenda.NextMs = Deadline.Never;
        MarkSchedule.OnTime(_ledger, _ledger.NowTenths);
        _receipts.OnTime(nowMs);
        _repair.OnTime(nowMs);
        _resends.OnTime(nowMs);
        _outbox.OnTime(nowMs);
        _publisher.OnTime(nowMs);
    }

    /// <summary>The presence of the contacts.</summary>
    public PresenceTable Presence { get { return _ledger.Presence; } }

    /// <summary>What was counted, for <c>status</c>.</summary>
    public Counters Counters { get { return _ledger.Counters; } }

    /// <summary>Whether <see cref="ISessionClient.Filters"/> gives other filters than when this was asked last.</summary>
    public bool TakeFiltersChanged()
    {
        bool changed = _ledger.FiltersChanged;
        _ledger.FiltersChanged = false;
        return changed;
    }

    // ---- conversations

    /// <summary>How many conversations there are.</summary>
    public int ConversationCount { get { return _ledger.Conversations.OpenCount; } }

    /// <summary>The conversation at a place of the list: 0 is the one with the newest message.</summary>
    public int ConversationAt(int place) { return _ledger.Conversations.AtPlace(place); }

    /// <summary>The conversation with a device or of a group, or -1.</summary>
    public int Find(string id, bool isGroup)
    {
        int conversation = _ledger.Conversations.Find(_ledger.Ids.Find(id), isGroup);
        return conversation >= 0 && _ledger.Conversations.IsOpen(conversation) ? conversation : -1;
    }

    /// <summary>The conversation with a device, opened when there is none; -1 when that cannot be, and <see cref="LastError"/> says why.</summary>
    public int OpenDirect(string deviceId)
    {
        bool isId = Topics.IsDeviceId(deviceId) && deviceId != _ledger.Me.DeviceId;
        int conversation = isId ? _ledger.TakeConversation(deviceId, false, true) : -1;
        LastError = !isId ? SendError.BadId : conversation < 0 ? SendError.TooManyConversations : SendError.None;
        return conversation;
    }

    /// <summary>Why the last call that could be refused was refused.</summary>
    public SendError LastError { get; private set; }

    /// <summary>The device id or group id.</summary>
    public string IdOf(int conversation) { return _ledger.Ids.At(_ledger.Conversations.Id[conversation]); }

    /// <summary>The name for people: the contact's display name, the group's name, or the id.</summary>
    public string NameOf(int conversation)
    {
        return IsGroup(conversation) ? _view.GroupNameOf(conversation) : _ledger.Contacts.NameOf(_ledger.Conversations.Id[conversation]);
    }

    /// <summary>Whether it is a group.</summary>
    public bool IsGroup(int conversation) { return _ledger.Conversations.Has(conversation, ConversationTable.IsGroupFlag); }

    /// <summary>Messages that arrived and were not shown.</summary>
    public int UnreadOf(int conversation) { return _ledger.Conversations.Unread[conversation]; }

    /// <summary>Whether its arrivals are silent.</summary>
    public bool IsMuted(int conversation) { return _ledger.Conversations.Has(conversation, ConversationTable.IsMutedFlag); }

    /// <summary>Makes its arrivals silent or not.</summary>
    public void SetMuted(int conversation, bool isMuted)
    {
        _ledger.Conversations.Set(conversation, ConversationTable.IsMutedFlag, isMuted);
        if (!Marks.TryAppendConversation(_ledger, conversation, true)) MarkSchedule.Conversation(_ledger, conversation);
        _ledger.Revision++;
    }

    /// <summary>Removes a conversation with all its messages; a group is only emptied, unless this board has left it.</summary>
    public SendError Delete(int conversation) { return Clearing.Delete(_ledger, conversation); }

    /// <summary>All that is visible in it now stands on the screen: receipts may say so.</summary>
    public void MarkShown(int conversation, long nowMs)
    {
        At(nowMs);
        _receipts.MarkShown(conversation, nowMs);
    }

    // ---- messages of a conversation

    /// <summary>The newest visible message, or -1.</summary>
    public int Newest(int conversation) { return _view.Visible(_ledger.Conversations.Newest[conversation], false); }

    /// <summary>The visible message before this one, or -1.</summary>
    public int Older(int message) { return _view.Visible(_ledger.Messages.Previous[message], false); }

    /// <summary>The visible message after this one, or -1.</summary>
    public int Newer(int message) { return _view.Visible(_ledger.Messages.Next[message], true); }

    /// <summary>What stands there.</summary>
    public MessageKind KindOf(int message) { return _view.KindOf(message); }

    /// <summary>Whether this board sent it.</summary>
    public bool IsMine(int message) { return _ledger.Messages.Peer[message] < 0; }

    /// <summary>The device id of who sent it.</summary>
    public string SenderOf(int message) { return _view.SenderOf(message); }

    /// <summary>The name for people of who sent it.</summary>
    public string SenderNameOf(int message) { return _view.SenderNameOf(message); }

    /// <summary>Unix seconds when it was composed (or arrived, when its sender had no clock), or 0.</summary>
    public long TimeOf(int message) { return _ledger.Messages.Kind[message] == EntryKind.Gap ? 0 : (uint)_ledger.Messages.Time[message]; }

    /// <summary>Its sequence number, or 0 when it has none.</summary>
    public int NumberOf(int message) { return _ledger.Messages.Has(message, MessageTable.IsPlainFlag) ? 0 : _ledger.Messages.N[message]; }

    /// <summary>How far it has come.</summary>
    public Tick TickOf(int message) { return IsMine(message) ? (Tick)_ledger.Messages.Tick[message] : Tick.None; }

    /// <summary>Why it was given up, in words, or null.</summary>
    public string FailureOf(int message) { return TickOf(message) == Tick.Failed ? "given up: no receipt in time" : null; }

    /// <summary>Its text for people as UTF-8 in <paramref name="buffer"/>, cut at a character when the buffer is too small; gives the length. Reads flash.</summary>
    public int ReadText(int message, byte[] buffer) { return _view.ReadText(message, buffer); }

    /// <summary>What it answers, as "name: beginning of the text", or null.</summary>
    public string ReplyQuoteOf(int message) { return _view.ReplyQuoteOf(message); }

    /// <summary>The reactions to it, such as "👍2 ❤", or null.</summary>
    public string ReactionsOf(int message) { return Reactions.Read(_ledger, message); }

    /// <summary>Of a group's message: how many members it was for (this board not counted), or 1.</summary>
    public int RecipientsOf(int message) { return Recipients.Count(_ledger, message); }

    /// <summary>The device id of a recipient.</summary>
    public string RecipientOf(int message, int place) { return _ledger.Ids.At(Recipients.At(_ledger, message, place)); }

    /// <summary>How far the message has come with one recipient.</summary>
    public Tick RecipientTickOf(int message, int place) { return Recipients.TickAt(_ledger, message, place); }

    /// <summary>The message with a sequence number of a sender, or -1.</summary>
    public int FindMessage(int conversation, string sender, int number)
    {
        int peer = sender == _ledger.Me.DeviceId ? -1 : _ledger.Ids.Find(sender);
        if (peer < 0 && sender != _ledger.Me.DeviceId) return -1;
        int message = _ledger.Messages.Find(conversation, peer, number);
        return message >= 0 && _ledger.Messages.IsVisible(message) ? message : -1;
    }

    // ---- sending

    /// <summary>Takes a text: it is in flash when this returns without error. <paramref name="replyTo"/> is a message of this conversation or -1.</summary>
    public SendError SendText(int conversation, byte[] text, int count, int replyTo, long nowMs)
    {
        At(nowMs);
        return _outbox.Send(conversation, EntryKind.Text, text, 0, count, replyTo < 0 ? null : _view.IdOf(replyTo), nowMs);
    }

    /// <summary>Takes a sensor value with its unit (null when it has none).</summary>
    public SendError SendValue(int conversation, string value, string unit, long nowMs)
    {
        return SendPair(conversation, EntryKind.Value, value, unit, nowMs);
    }

    /// <summary>Takes a location in degrees, each a JSON number.</summary>
    public SendError SendLocation(int conversation, string latitude, string longitude, long nowMs)
    {
        if (!JsonNumber.Is(latitude) || !JsonNumber.Is(longitude)) return SendError.BadText;
        return SendPair(conversation, EntryKind.Location, latitude, longitude, nowMs);
    }

    /// <summary>Takes a reaction to a message; an empty text takes an earlier one back.</summary>
    public SendError SendReaction(int message, string emoji, long nowMs)
    {
        At(nowMs);
        string id = _view.IdOf(message);
        if (id == null) return SendError.Empty;
        byte[] text = Encoding.UTF8.GetBytes(emoji);
        return _outbox.Send(_ledger.Messages.Conversation[message], EntryKind.Reaction, text, 0, text.Length, id, nowMs);
    }

    /// <summary>Takes a message back that still has its clock; false when it is too late.</summary>
    public bool Cancel(int message) { return !_publisher.IsInFlight(message) && _outbox.Cancel(message); }

    /// <summary>Messages of this board without receipt.</summary>
    public int WaitingCount { get { return _outbox.WaitingCount(); } }

    /// <summary>Messages of this board that the broker has not confirmed: those with a clock.</summary>
    public int UnsentCount { get { return _outbox.UnsentCount(); } }

    // ---- contacts

    /// <summary>Follows a device from now on.</summary>
    public SendError AddContact(string deviceId) { return _ledger.Contacts.Set(deviceId, true); }

    /// <summary>Stops following a device.</summary>
    public SendError RemoveContact(string deviceId) { return _ledger.Contacts.Set(deviceId, false); }

    /// <summary>The name for people of a device: its display name or its id.</summary>
    public string DisplayNameOf(string deviceId)
    {
        int peer = _ledger.Ids.Find(deviceId);
        return peer < 0 ? deviceId : _ledger.Contacts.NameOf(peer);
    }

    // ---- what the session asks and tells

    /// <inheritdoc/>
    public string[] Filters()
    {
        string[] filters = Column.Strings(FilterList.Put(_ledger, null));
        FilterList.Put(_ledger, filters);
        return filters;
    }

    /// <inheritdoc/>
    public bool NextPublish(LinkAction into, long nowMs)
    {
        At(nowMs);
        return _publisher.Next(into, nowMs);
    }

    /// <inheritdoc/>
    public void OnPublished(bool isConfirmed, long nowMs)
    {
        At(nowMs);
        _publisher.OnPublished(isConfirmed, nowMs);
    }

    /// <inheritdoc/>
    public void OnConnected(bool isSessionPresent, long nowMs)
    {
        At(nowMs);
        if (!isSessionPresent) _publisher.OnSessionLost();
    }

    /// <inheritdoc/>
    public void OnOnline(long nowMs) { At(nowMs); }

    /// <inheritdoc/>
    public void OnOffline(long nowMs)
    {
        At(nowMs);
        _publisher.OnOffline(nowMs);
    }

    /// <inheritdoc/>
    public void OnReceived(string topic, byte[] body, bool isRetained, long nowMs)
    {
        At(nowMs);
        _router.Take(topic, body, isRetained, nowMs);
    }

    private SendError SendPair(int conversation, byte kind, string first, string second, long nowMs)
    {
        At(nowMs);
        SendError error = Pair.Check(first, second);
        if (error != SendError.None) return error;
        byte[] content = Pair.Join(first, second);
        return _outbox.Send(conversation, kind, content, 0, content.Length, null, nowMs);
    }

    private void At(long nowMs) { _ledger.NowTenths = Agenda.Tenths(nowMs); }
}
