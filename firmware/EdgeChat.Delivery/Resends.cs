using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Sends messages again: those that a device asks for, and, because a library may confirm what no flash has, those that have one
/// tick and no receipt.</summary>
/// <remarks>
/// One range a row of the stream table is on its way at a time. When a message of a row has one tick:
/// <code>
/// after 60 s, 10 min, 1 h, 6 h      again, if the device is there; else as soon as it is
/// a later boot of the device        once no receipt has come for 2 s, the first one: as a question; when it had none either at the last
///                                   boot, up to 6.3 s later
/// a receipt after that              once no more have come for 2 s, what is left
/// </code>
/// What the broker has kept for the device comes to it before the question does, on the same topic; so its answer tells all that is
/// lacking.
/// A message of a group goes again to the inbox of the one who lacks it, so that only that one pays. Of each row so much goes out as may
/// come joined, and more with each receipt (<see cref="AgainTable"/>).
/// </remarks>
internal static class Resends
{
    private const int Stages = 4;

    // stages of their own: what is sent again waits for receipts
    private const int MayHaveLost = 5;
    private const int WasAsked = 6;
    private const int QuietTenths = 20;
    private const int LongestApartTenths = 63;
    private const int Spread = 37;

    /// <summary>After a start: what lacks a receipt is watched anew.</summary>
    public static void Start(Ledger ledger)
    {
        MessageTable messages = ledger.Messages;
        for (int i = messages.Waiting(0); i >= 0; i = messages.Waiting(i + 1))
            if (messages.Tick(i) == Tick.One) WatchRecipients(ledger, i);
    }

    /// <summary>A message has its one tick: those that lack it are watched.</summary>
    public static void WatchRecipients(Ledger ledger, int entry)
    {
        int conversation = ledger.Messages.Conversation(entry);
        if (ledger.Conversations.IsGroup(conversation))
        {
            WatchMembers(ledger, conversation, ledger.Messages.LackHave(entry));
            return;
        }

        int row = ledger.Streams.Take(conversation, ledger.Conversations.Id(conversation));
        if (row >= 0) Watch(ledger, row);
    }

    /// <summary>A receipt changed something: the waiting begins anew, or ends.</summary>
    /// <param name="ledger">Where the row is.</param>
    /// <param name="row">The row of who has sent it.</param>
    /// <param name="first">The first message of the conversation that had lacked any tick, or -1.</param>
    public static void OnReceipt(Ledger ledger, int row, int first)
    {
        StreamTable streams = ledger.Streams;
        bool isWatched = streams.WatchDue(row) != StreamTable.NotWatched;
        streams.SetWatchDue(row, StreamTable.NotWatched);
        if (LowestFrom(ledger, row, first) == 0) return;
        if (isWatched && streams.WatchStage(row) >= MayHaveLost) SetWatch(ledger, row, QuietTenths);
        else Watch(ledger, row);
    }

    /// <summary>A device asks for a range of this board's stream.</summary>
    public static void Ask(Ledger ledger, int row, int from, int to)
    {
        int unsent = Outbox.LowestUnsent(ledger, ledger.Streams.Conversation(row));
        if (to >= unsent) to = unsent - 1; // what is above comes by itself
        if (from > to) return;
        ledger.Again.Add(row, from, to, true);
        ledger.DueMs(ledger.NowMs);
    }

    /// <summary>The presence of a device changed.</summary>
    public static void OnPresence(Ledger ledger, int peer, bool isNewBoot, bool isOldNews)
    {
        StreamTable streams = ledger.Streams;
        for (int row = 0; row < streams.Count; row++)
        {
            if (streams.Peer(row) != peer) continue;
            if (isNewBoot && Lowest(ledger, row) > 0 && !(isOldNews && WasSentNow(ledger, row)))
            {
                bool wasAsked = streams.WatchStage(row) >= MayHaveLost;
                streams.SetWatchStage(row, MayHaveLost);
                SetWatch(ledger, row, wasAsked ? QuietTenths + ApartTenths(ledger) : QuietTenths);
            }
            else if (streams.WatchDue(row) == StreamTable.WhenThere)
            {
                // what waited for it at the broker comes first
                SetWatch(ledger, row, QuietTenths);
            }
        }
    }

    /// <summary>Looks after the rows whose time has come.</summary>
    public static void OnTime(Ledger ledger)
    {
        StreamTable streams = ledger.Streams;
        int now = ledger.NowTenths;
        for (int row = 0; row < streams.Count; row++)
        {
            int due = streams.WatchDue(row);
            if (due == StreamTable.NotWatched || due == StreamTable.WhenThere) continue;
            if (due > now)
            {
                ledger.Due(due);
                continue;
            }

            if (!IsThere(ledger, streams.Peer(row)))
            {
                streams.SetWatchDue(row, StreamTable.WhenThere);
                continue;
            }

            streams.SetWatchDue(row, StreamTable.NotWatched);
            int lowest = Lowest(ledger, row);
            if (lowest == 0) continue;
            int stage = streams.WatchStage(row);
            bool isQuestion = stage == MayHaveLost;
            int place = ledger.Again.Find(row);
            if (place < 0 || !ledger.Again.IsOpen(place))
                ledger.Again.Add(row, lowest, isQuestion ? lowest : ledger.Conversations.LastN(streams.Conversation(row)), false);
            streams.SetWatchStage(row, isQuestion ? WasAsked : stage == WasAsked ? 0 : stage + 1);
            if (isQuestion) SetWatch(ledger, row, WaitTenths(0));
            else if (streams.WatchStage(row) < Stages) SetWatch(ledger, row, WaitTenths(streams.WatchStage(row)));
        }
    }

    /// <summary>Fills in the next message to send again that was asked for, or that was not; false when there is none.</summary>
    public static bool Next(Ledger ledger, LinkAction into, FlightTable flights, bool wasAsked)
    {
        AgainTable again = ledger.Again;
        for (int place = again.Count - 1; place >= 0; place--)
            if (again.WasAsked(place) == wasAsked && again.IsOpen(place) && Step(ledger, into, flights, place)) return true;
        return false;
    }

    // false when there was nothing to send: then the range has ended. What was handed out and is not confirmed is put back into it
    private static bool Step(Ledger ledger, LinkAction into, FlightTable flights, int place)
    {
        AgainTable again = ledger.Again;
        MessageTable messages = ledger.Messages;
        bool wasAsked = again.WasAsked(place);
        int row = again.RowAt(place);
        int peer = ledger.Streams.Peer(row);
        while (true)
        {
            int n = again.NextAt(place);
            int to = again.LastAt(place);
            int entry = FirstFrom(ledger, ledger.Streams.Conversation(row), n);
            int found = entry < 0 || messages.N(entry) > to ? to + 1 : messages.N(entry);
            if (found > n)
            {
                if (wasAsked) return TellMissing(ledger, into, flights, place, n, found - 1);
                if (!again.Advance(place, found)) return false;
                continue;
            }

            bool canSend = EntryKind.HasContent(messages.Kind(entry)) && !messages.Has(entry, MessageTable.IsDeniedFlag);
            if (canSend && (wasAsked || ledger.LacksReceipt(entry, row)) && MessageBody.Write(ledger, entry, flights.Writer, true))
            {
                string topic = Topics.Inbox(ledger.Ids.At(peer), ledger.Me.DeviceId);
                flights.Put(into, topic, false, FlightTable.Again, row, n, wasAsked ? 1 : 0);
                again.Spend(place, topic.Length + into.Body.Length);
                again.Advance(place, n + 1);
                return true;
            }

            byte kind = messages.Kind(entry);
            bool isTakenBack = kind == EntryKind.Withdrawn || kind == EntryKind.TakenBack;
            if (wasAsked) return Tell(ledger, into, flights, place, n, n, isTakenBack);
            if (!again.Advance(place, n + 1)) return false;
        }
    }

    // what is not here any more; a marker may still tell that this board has taken it back
    private static bool TellMissing(Ledger ledger, LinkAction into, FlightTable flights, int place, int from, int to)
    {
        int conversation = ledger.Streams.Conversation(ledger.Again.RowAt(place));
        bool isTakenBack = TakeBacks.Has(ledger, conversation, -1, from);
        int last = from;
        while (last < to && TakeBacks.Has(ledger, conversation, -1, last + 1) == isTakenBack) last++;
        return Tell(ledger, into, flights, place, from, last, isTakenBack);
    }

    private static bool Tell(Ledger ledger, LinkAction into, FlightTable flights, int place, int from, int to, bool isWithdrawn)
    {
        int row = ledger.Again.RowAt(place);
        Body body = ledger.Body;
        body.Clear();
        body.Type = BodyTypes.Lost;
        body.Incarnation = ledger.Me.Incarnation;
        body.Group = ledger.GroupIdOf(ledger.Streams.Conversation(row));
        body.From = from;
        body.To = to;
        body.Flag = isWithdrawn ? 1 : 0;
        flights.Writer.Write(body);
        string topic = Topics.Inbox(ledger.Ids.At(ledger.Streams.Peer(row)), ledger.Me.DeviceId);
        flights.Put(into, topic, false, FlightTable.Notice, row, from, to);
        ledger.Again.Advance(place, to + 1);
        return true;
    }

    // a device lacks a message that has its one tick: it is watched, when it is not already
    private static void Watch(Ledger ledger, int row)
    {
        if (ledger.Streams.WatchDue(row) != StreamTable.NotWatched) return;
        ledger.Streams.SetWatchStage(row, 0);
        SetWatch(ledger, row, WaitTenths(0));
    }

    private static void SetWatch(Ledger ledger, int row, int wait)
    {
        int due = ledger.NowTenths + wait;
        ledger.Streams.SetWatchDue(row, due);
        ledger.Due(due);
    }

    // what several devices sent at once may have ended the connection of the one that asks them all by its boot: the next time each waits
    // for another while, as its id and its own start have it
    private static int ApartTenths(Ledger ledger)
    {
        int mix = ledger.NowTenths;
        byte[] id = Encoding.UTF8.GetBytes(ledger.Me.DeviceId);
        for (int i = 0; i < id.Length; i++) mix = mix * 31 + id[i];
        return mix * Spread & LongestApartTenths;
    }

    /// <summary>How long what was in vain waits before it is done again.</summary>
    public static int WaitTenths(int stage)
    {
        switch (stage)
        {
            case 0: return 600;
            case 1: return 6000;
            case 2: return 36000;
            default: return 216000;
        }
    }

    private static void WatchMembers(Ledger ledger, int conversation, int bits)
    {
        int group = ledger.Groups.Find(conversation);
        for (int slot = 0; slot < Limits.GroupMembers && group >= 0; slot++)
        {
            if ((bits & 1 << slot) == 0) continue;
            int row = ledger.Streams.Take(conversation, ledger.Groups.MemberAt(group, slot));
            if (row >= 0) Watch(ledger, row);
        }
    }

    /// <summary>Whether a device may be there: of a member of a group that is no contact nobody knows.</summary>
    public static bool IsThere(Ledger ledger, int peer)
    {
        int place = ledger.Presence.Find(peer);
        return place < 0 || ledger.Presence.StateAt(place) == PresenceState.On;
    }

    private static int Lowest(Ledger ledger, int row)
    {
        if (ledger.Messages.Waiting(0) < 0) return 0;
        return LowestFrom(ledger, row, ledger.Conversations.Oldest(ledger.Streams.Conversation(row)));
    }

    private static int LowestFrom(Ledger ledger, int row, int entry)
    {
        MessageTable messages = ledger.Messages;
        int i = messages.OwnLacking(entry, Tick.Two);
        for (; i >= 0; i = messages.OwnLacking(messages.Next(i), Tick.Two))
            if (ledger.LacksReceipt(i, row)) return messages.N(i);
        return 0;
    }

    // in this boot: an earlier one may have missed a birth
    private static bool WasSentNow(Ledger ledger, int row)
    {
        int entry = ledger.Messages.Find(ledger.Streams.Conversation(row), -1, Lowest(ledger, row));
        return ledger.Messages.Has(entry, MessageTable.WasTriedFlag);
    }

    private static int FirstFrom(Ledger ledger, int conversation, int n)
    {
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = ledger.Messages.Next(i))
            if (ledger.Messages.IsMine(i) && ledger.Messages.N(i) >= n) return i;
        return -1;
    }
}
