using System;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>All tables of a messenger in one place, the time of the present call, and the questions that need several tables.</summary>
/// <remarks>It holds state and decides nothing: what a message, a receipt or a key press means is with the classes that are given the
/// ledger.
/// Those that keep nothing themselves are static.</remarks>
internal sealed class Ledger
{
    public readonly Identity Me;
    public readonly IdTable Ids = new IdTable();
    public readonly ConversationTable Conversations = new ConversationTable();
    public readonly MessageTable Messages;
    public readonly StreamTable Streams = new StreamTable();
    public readonly AgainTable Again = new AgainTable();
    public readonly GroupTable Groups = new GroupTable();
    public PlainMessages Plain; // made with the first one
    public readonly PresenceTable Presence;
    public readonly Counters Counters = new Counters();
    public readonly Contacts Contacts;
    public readonly Keeper Keeper;
    public readonly SealTable Seals;

    /// <summary>The body that is read or written at the moment.</summary>
    public readonly Body Body = new Body();

    /// <summary>The record that is read or written at the moment.</summary>
    public readonly MessageRecord Record = new MessageRecord();

    /// <summary>Milliseconds since boot of the call that the messenger is in; <see cref="Messenger"/> sets it, once a call.</summary>
    public long NowMs;

    /// <summary>When something is due next, in milliseconds since boot, or <see cref="Deadline.Never"/>: nothing needs to be looked through
    /// before.</summary>
    public long NextMs = Deadline.Never;

    /// <summary>Unix seconds when this board started, or 0 while nobody has said the time.</summary>
    public long UnixAtBoot;

    /// <summary>When all receipts that are owed go out, in milliseconds since boot; it counts while <see cref="ReceiptsByMs"/> is not
    /// 0.</summary>
    public long ReceiptsDueMs;

    /// <summary>Until when they wait at most, whatever comes, in milliseconds since boot, or 0 while none is owed.</summary>
    public long ReceiptsByMs;

    /// <summary>Whether so many messages of a stream are untold that its receipt must not wait.</summary>
    public bool IsReceiptUrgent;

    /// <summary>The row whose turn it is among those that owe a receipt.</summary>
    public int NextReceiptRow;

    /// <summary>When marks of conversations are due, in tenths of a second since boot, or 0.</summary>
    public int ConversationMarksDue;

    /// <summary>When marks of streams are due that must be written soon, in tenths of a second since boot, or 0.</summary>
    public int StreamMarksDue;

    /// <summary>When marks of streams are due that can wait, in tenths of a second since boot, or 0.</summary>
    public int LateMarksDue;

    /// <summary>When the keys that have turned are written, in milliseconds since boot; it counts while some have.</summary>
    public long SealsDueMs;

    /// <summary>When to look next for messages that are too old, in milliseconds since boot.</summary>
    public long ExpiryCheckMs;

    /// <summary>Order number of what happened last.</summary>
    public int LastOrder;

    /// <summary>Whether it is sure that no earlier life of this id had this incarnation, as far as can be known before sending.</summary>
    public bool IsLifeKnown;

    /// <summary>Until when what the broker keeps of an earlier life is waited for, in milliseconds since boot; 0 before the board is
    /// online.</summary>
    public long LifeByMs;

    /// <summary>When what the broker keeps should have come, in milliseconds since boot; 0 when that is over, <see cref="Deadline.Never"/>
    /// while not online.</summary>
    public long RetainedByMs = Deadline.Never;

    /// <summary>When this board's presence was said last, in milliseconds since boot; <see cref="Deadline.Never"/> when it was asked
    /// for.</summary>
    public long AnnouncedMs;

    /// <summary>How often this board has started.</summary>
    public int Boot;

    /// <summary>Changes with everything that a screen could show.</summary>
    public int Revision;

    /// <summary>Conversation of the newest arrival that nobody took notice of, or -1.</summary>
    public int Arrival = -1;

    /// <summary>Whether the topic filters are others than when they were asked for last.</summary>
    public bool FiltersChanged;

    /// <summary>Where what happens is told, or null while the flash is read.</summary>
    public EventLog Events;

    /// <summary>The configuration that came last and that nobody has taken, or null.</summary>
    public Order Order;

    /// <summary>What became of the last one, or null.</summary>
    public Order Outcome;

    private readonly IFlash _flash;
    private GroupSealTable _groupSeals; // made with the first sealed group

    public Ledger(Identity me, IFlash flash)
    {
        Me = me;
        if (me.DeviceId != null) Ids.Add(me.DeviceId); // the first one: MyNumber
        Messages = new MessageTable(Conversations);
        Presence = new PresenceTable(Ids);
        Contacts = new Contacts(this);
        Keeper = new Keeper(this, flash);
        Seals = new SealTable(me.DeviceId, flash);
        _flash = flash;
    }

    /// <summary>The keys of sealed groups.</summary>
    public GroupSealTable GroupSeals
    {
        get
        {
            if (_groupSeals == null) _groupSeals = new GroupSealTable(_flash);
            return _groupSeals;
        }
    }

    /// <summary>The key of the operator's configurations; null without one. One that the flash does not give has no bytes, and opens
    /// nothing.</summary>
    public byte[] OrderKey()
    {
        try
        {
            int count = _flash.Size(Envelope.OrderKeyFile);
            if (count < 0) return null;
            var key = new byte[count];
            _flash.Read(Envelope.OrderKeyFile, 0, key, 0, count);
            return key;
        }
        catch (FlashException)
        {
            return new byte[0];
        }
    }

    /// <summary>Whether keys of sealed groups are not on flash yet.</summary>
    public bool AreGroupSealsChanged { get { return _groupSeals != null && _groupSeals.IsChanged; } }

    /// <summary>Number of this board's own id.</summary>
    public int MyNumber { get { return Me.DeviceId == null ? -1 : 0; } }

    /// <summary>Tenths of a second since boot: what tables keep, so that a time fits an int.</summary>
    public int NowTenths { get { return (int)(NowMs / 100); } }

    /// <summary>Unix seconds now, or 0 while nobody has said the time.</summary>
    public long UnixNow { get { return UnixAt(NowMs); } }

    /// <summary>Unix seconds at a time since boot, or 0 while nobody has said the time.</summary>
    public long UnixAt(long ms) { return UnixAtBoot == 0 ? 0 : UnixAtBoot + ms / 1000; }

    /// <summary>Something is due at this time, in milliseconds since boot.</summary>
    public void DueMs(long ms)
    {
        if (ms < NextMs) NextMs = ms;
    }

    /// <summary>Something is due at this time, in tenths of a second since boot.</summary>
    public void Due(int tenths) { DueMs(tenths * 100L); }

    /// <summary>The conversation with a device or of a group, open or not, made when there is none; -1 when there is no room.</summary>
    public int TakeConversation(string id, bool isGroup)
    {
        int conversation = Conversations.Find(Ids.Find(id), isGroup);
        if (conversation >= 0) return conversation;
        int number = Ids.Add(id);
        return number < 0 ? -1 : Conversations.Add(number, isGroup);
    }

    /// <summary>The number of an id that others have brought here; -1 when what is left of numbers is for whom this board knows.</summary>
    public int Meet(string id)
    {
        bool mayTake = Ids.Count < Limits.Peers - Limits.PeersForKnown || IsTrusted(id);
        return mayTake ? Ids.Add(id) : Ids.Find(id);
    }

    /// <summary>Whether a device is the operator, or has a key with this board.</summary>
    public bool IsTrusted(string device) { return device == Me.Operator || Seals.Find(device) >= 0; }

    /// <summary>Whether this board has ever given a message to a device its number; the message may have given way.</summary>
    public bool HasNumbered(int peer)
    {
        int conversation = Conversations.Find(peer, false);
        return conversation >= 0 && Conversations.LastN(conversation) > 0;
    }

    /// <summary>Counts again what was not shown, after something in the conversation changed.</summary>
    public void Recount(int conversation)
    {
        Conversations.SetUnread(conversation, Messages.CountUnread(conversation, Streams, -1, out int _));
        Revision++;
    }

    /// <summary>Whether a message of this board still lacks the receipt of the device of a row.</summary>
    public bool LacksReceipt(int entry, int row)
    {
        if (Messages.Tick(entry) != Tick.One) return false;
        int conversation = Messages.Conversation(entry);
        if (!Conversations.IsGroup(conversation)) return true;
        return (Messages.LackHave(entry) & Groups.BitOf(Groups.Find(conversation), Streams.Peer(row))) != 0;
    }

    /// <summary>Counts what was notable about an arrival: the screens may want to say so.</summary>
    public void Announce(int conversation)
    {
        if (!Conversations.Has(conversation, ConversationTable.IsMutedFlag)) Arrival = conversation;
    }

    /// <summary>Tells the event log that a message came, or came to light.</summary>
    public void NoteArrival(int entry)
    {
        if (EntryKind.IsVisible(Messages.Kind(entry))) NoteMessage(EventKind.Arrived, entry, 0);
    }

    /// <summary>Tells the event log that the tick of a message of this board changed.</summary>
    public void NoteTick(int entry)
    {
        if (Messages.IsVisible(entry)) NoteMessage(EventKind.Ticked, entry, (int)Messages.Tick(entry));
    }

    /// <summary>Tells the event log something; a line for which the heap is too short is left out.</summary>
    public void Note(EventKind kind, string text, int number, int detail)
    {
        if (Events == null) return;
        try
        {
            Events.Add(kind, text, number, detail, NowTenths * 100L);
        }
        catch (OutOfMemoryException)
        {
            // what the line is about has happened all the same
        }
    }

    /// <summary>What a body writes for a group: its id; null for a direct conversation.</summary>
    public string GroupIdOf(int conversation)
    {
        return Conversations.IsGroup(conversation) ? Ids.At(Conversations.Id(conversation)) : null;
    }

    /// <summary>Tells the event log something of a conversation.</summary>
    public void NoteConversation(EventKind kind, int conversation, int number, int detail)
    {
        if (Events == null) return;
        Events.Add(kind, Ids, Conversations.Id(conversation), Conversations.IsGroup(conversation), number, detail, NowTenths * 100L);
    }

    private void NoteMessage(EventKind kind, int entry, int detail)
    {
        NoteConversation(kind, Messages.Conversation(entry), entry, detail);
    }
}
