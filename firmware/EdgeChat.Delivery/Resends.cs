using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Sends messages again: those that a device asks for, and, because a library may confirm what no flash has, those that have one
/// tick and no receipt.</summary>
/// <remarks>
/// One range a row of the stream table is on its way at a time. When a message of a row has one tick:
/// <code>
/// after 60 s, 10 min, 1 h, 6 h      again, if the device is there; else as soon as it is
/// a later boot of the device        again at once
/// </code>
/// A message of a group goes again to the inbox of the one who lacks it, so that only that one pays.
/// </remarks>
internal sealed class Resends
{
    private const int Stages = 4;
    private const int WhenThere = -1;
    private static readonly int[] WaitTenths = { 600, 6000, 36000, 216000 };

    private readonly Ledger _ledger;
    private readonly MessageBody _bodies;
    private int _row;
    private int _after;
    private bool _isMessage;

    public Resends(Ledger ledger, MessageBody bodies)
    {
        _ledger = ledger;
        _bodies = bodies;
    }

    /// <summary>After a start: what lacks a receipt is watched anew.</summary>
    public void Start(long nowMs)
    {
        for (int i = 0; i < _ledger.Messages.Capacity; i++)
            if (_ledger.Messages.Conversation[i] != 255 && _ledger.Messages.Peer[i] < 0 && _ledger.Messages.Tick[i] == (byte)Tick.One) WatchRecipients(i, nowMs);
    }

    /// <summary>A message has its one tick: those that lack it are watched.</summary>
    public void WatchRecipients(int entry, long nowMs)
    {
        int conversation = _ledger.Messages.Conversation[entry];
        if (_ledger.Conversations.Has(conversation, ConversationTable.IsGroupFlag))
        {
            WatchMembers(conversation, _ledger.Messages.LackHave(entry), nowMs);
            return;
        }

        int row = _ledger.Streams.Take(conversation, _ledger.Conversations.Id[conversation]);
        if (row >= 0) Watch(row, nowMs);
    }

    /// <summary>A device lacks a message that has its one tick: it is watched, when it is not already.</summary>
    public void Watch(int row, long nowMs)
    {
        if (_ledger.Streams[row, StreamField.WatchDue] != 0) return;
        _ledger.Streams[row, StreamField.WatchStage] = 0;
        SetWatch(row, nowMs);
    }

    /// <summary>A receipt changed something: the waiting begins anew, or ends.</summary>
    public void OnReceipt(int row, long nowMs)
    {
        _ledger.Streams[row, StreamField.WatchDue] = 0;
        if (Lowest(row) > 0) Watch(row, nowMs);
    }

    /// <summary>A device asks for a range of this board's stream.</summary>
    public void Ask(int row, int from, int to, long nowMs)
    {
        int confirmed = _ledger.Conversations.Confirmed[_ledger.Streams[row, StreamField.Conversation]];
        if (to > confirmed) to = confirmed; // what is above comes by itself
        if (from > to) return;
        _ledger.Again.Add(row, from, to, true);
        _ledger.Agenda.AtMs(nowMs);
    }

    /// <summary>The presence of a device changed.</summary>
    public void OnPresence(int peer, bool isNewBoot, bool isOldNews, long nowMs)
    {
        StreamTable streams = _ledger.Streams;
        for (int row = 0; row < streams.Count; row++)
        {
            if (streams[row, StreamField.Peer] != peer) continue;
            if (isNewBoot && Lowest(row) > 0 && !(isOldNews && WasSentNow(row)))
            {
                streams[row, StreamField.WatchStage] = 0;
                Again(row);
                SetWatch(row, nowMs);
            }
            else if (streams[row, StreamField.WatchDue] == WhenThere)
            {
                streams[row, StreamField.WatchDue] = Agenda.Tenths(nowMs);
                _ledger.Agenda.AtMs(nowMs);
            }
        }
    }

    /// <summary>Looks after the rows whose time has come.</summary>
    public void OnTime(long nowMs)
    {
        StreamTable streams = _ledger.Streams;
        int now = Agenda.Tenths(nowMs);
        for (int row = 0; row < streams.Count; row++)
        {
            int due = streams[row, StreamField.WatchDue];
            if (due <= 0) continue;
            if (due > now)
            {
                _ledger.Agenda.At(due);
                continue;
            }

            if (!IsThere(streams[row, StreamField.Peer]))
            {
                streams[row, StreamField.WatchDue] = WhenThere;
                continue;
            }

            streams[row, StreamField.WatchDue] = 0;
            if (Lowest(row) == 0) continue;
            Again(row);
            streams[row, StreamField.WatchStage]++;
            if (streams[row, StreamField.WatchStage] < Stages) SetWatch(row, nowMs);
        }
    }

    /// <summary>Fills in the next message to send again that was asked for, or that was not; false when there is none.</summary>
    public bool Next(LinkAction into, BodyWriter writer, bool wasAsked)
    {
        AgainTable again = _ledger.Again;
        for (int place = again.Count - 1; place >= 0; place--)
        {
            if (again.WasAsked(place) != wasAsked) continue;
            int row = again.RowAt(place);
            if (!Step(place, row, writer)) continue;
            into.Topic = Topics.Inbox(_ledger.Ids.At(_ledger.Streams[row, StreamField.Peer]), _ledger.Me.DeviceId);
            return true;
        }

        return false;
    }

    /// <summary>What was given last was confirmed, or was not and comes again.</summary>
    public void OnPublished(bool isConfirmed)
    {
        if (!isConfirmed) return;
        if (_isMessage) _ledger.Counters.Resent++;
        int place = _ledger.Again.Find(_row);
        if (place >= 0 && _ledger.Again.Next[place] < _after) Advance(place, _after);
    }

    // false when there was nothing to send: then the range has ended
    private bool Step(int place, int row, BodyWriter writer)
    {
        bool wasAsked = _ledger.Again.WasAsked(place);
        while (true)
        {
            int n = _ledger.Again.Next[place];
            int to = _ledger.Again.To[place];
            int entry = FirstFrom(_ledger.Streams[row, StreamField.Conversation], n);
            int found = entry < 0 || _ledger.Messages.N[entry] > to ? to + 1 : _ledger.Messages.N[entry];
            if (found > n)
            {
                if (!wasAsked)
                {
                    if (!Advance(place, found)) return false;
                    continue;
                }

                Tell(row, n, found - 1, false, writer);
                return true;
            }

            bool canSend = EntryKind.HasContent(_ledger.Messages.Kind[entry]) && _ledger.Messages.Tick[entry] != (byte)Tick.Failed;
            if (canSend && (wasAsked || _ledger.LacksReceipt(entry, row)) && _bodies.Write(entry, writer, true))
            {
                _row = row;
                _after = n + 1;
                _isMessage = true;
                return true;
            }

            if (wasAsked)
            {
                Tell(row, n, n, _ledger.Messages.Kind[entry] == EntryKind.Withdrawn, writer);
                return true;
            }

            if (!Advance(place, n + 1)) return false;
        }
    }

    private void Tell(int row, int from, int to, bool isWithdrawn, BodyWriter writer)
    {
        Body body = _ledger.Body;
        body.Clear();
        body.Type = BodyTypes.Lost;
        body.Incarnation = _ledger.Me.Incarnation;
        body.Group = _ledger.GroupIdOf(_ledger.Streams[row, StreamField.Conversation]);
        body.From = from;
        body.To = to;
        body.Withdrawn = isWithdrawn ? 1 : 0;
        writer.Write(body);
        _row = row;
        _after = to + 1;
        _isMessage = false;
    }

    private bool Advance(int place, int next)
    {
        _ledger.Again.Next[place] = next;
        if (next <= _ledger.Again.To[place]) return true;
        _ledger.Again.RemoveAt(place);
        return false;
    }

    private void Again(int row)
    {
        if (_ledger.Again.Find(row) < 0) _ledger.Again.Add(row, Lowest(row), _ledger.Conversations.LastN[_ledger.Streams[row, StreamField.Conversation]], false);
    }

    private void SetWatch(int row, long nowMs)
    {
        int due = Agenda.Tenths(nowMs) + WaitTenths[_ledger.Streams[row, StreamField.WatchStage]];
        _ledger.Streams[row, StreamField.WatchDue] = due;
        _ledger.Agenda.At(due);
    }

    private void WatchMembers(int conversation, int bits, long nowMs)
    {
        int group = _ledger.Groups.Find(conversation);
        for (int slot = 0; slot < Limits.GroupMembers && group >= 0; slot++)
        {
            if ((bits & 1 << slot) == 0) continue;
            int row = _ledger.Streams.Take(conversation, _ledger.Groups.MemberAt(group, slot));
            if (row >= 0) Watch(row, nowMs);
        }
    }

    // of a member of a group that is no contact nobody knows; it may be
    private bool IsThere(int peer)
    {
        int place = _ledger.Presence.Find(_ledger.Ids.At(peer));
        return place < 0 || _ledger.Presence.StateAt(place) == PresenceState.On;
    }

    private int Lowest(int row)
    {
        int conversation = _ledger.Streams[row, StreamField.Conversation];
        for (int i = _ledger.Conversations.Oldest[conversation]; i >= 0; i = _ledger.Messages.Next[i])
            if (_ledger.Messages.Peer[i] < 0 && _ledger.LacksReceipt(i, row)) return _ledger.Messages.N[i];
        return 0;
    }

    // in this boot: an earlier one may have missed a birth
    private bool WasSentNow(int row)
    {
        int entry = _ledger.Messages.Find(_ledger.Streams[row, StreamField.Conversation], -1, Lowest(row));
        return _ledger.Messages.Has(entry, MessageTable.WasTriedFlag);
    }

    private int FirstFrom(int conversation, int n)
    {
        for (int i = _ledger.Conversations.Oldest[conversation]; i >= 0; i = _ledger.Messages.Next[i])
            if (_ledger.Messages.Peer[i] < 0 && _ledger.Messages.N[i] >= n) return i;
        return -1;
    }
}
