using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Asks senders for what is missing: after 1 s, 10 s and 1 min, and then whenever the sender starts a session, a bounded number of times.</summary>
internal sealed class GapRepair
{
    private const int MaxAsks = 12;
    private const int TimedAsks = 3;
    private static readonly int[] WaitTenths = { 90, 500 };

    private readonly Ledger _ledger;

    public GapRepair(Ledger ledger)
    {
        _ledger = ledger;
    }

    /// <summary>The sender is there again: it may have what it did not answer.</summary>
    public void OnPresence(int peer, long nowMs)
    {
        if (_ledger.HoleCount == 0) return;
        MessageTable messages = _ledger.Messages;
        for (int i = 0; i < messages.Capacity; i++)
        {
            if (messages.Conversation[i] == 255 || messages.Kind[i] != EntryKind.Gap || messages.Peer[i] != peer || messages.Tick[i] >= MaxAsks) continue;
            messages.SetLackShown(i, Agenda.Tenths(nowMs));
            _ledger.Agenda.AtMs(nowMs);
        }
    }

    /// <summary>Fills in the next request that is due; false when none is.</summary>
    public bool Next(LinkAction into, BodyWriter writer, long nowMs)
    {
        if (_ledger.HoleCount == 0) return false;
        MessageTable messages = _ledger.Messages;
        int now = Agenda.Tenths(nowMs);
        for (int i = 0; i < messages.Capacity; i++)
        {
            if (messages.Conversation[i] == 255 || messages.Kind[i] != EntryKind.Gap || messages.LackShown(i) > now) continue;
            int asks = messages.Tick[i]++;
            messages.SetLackShown(i, asks < TimedAsks - 1 ? now + WaitTenths[asks] : int.MaxValue);
            if (asks < TimedAsks - 1) _ledger.Agenda.At(messages.LackShown(i));
            Fill(_ledger.Body, i);
            writer.Write(_ledger.Body);
            into.Topic = Topics.Inbox(_ledger.Ids.At(messages.Peer[i]), _ledger.Me.DeviceId);
            return true;
        }

        return false;
    }

    /// <summary>Lets go of the holes that have become old: what stands behind them shows.</summary>
    public void OnTime(long nowMs)
    {
        if (_ledger.HoleCount == 0) return;
        MessageTable messages = _ledger.Messages;
        int oldAt = Agenda.Tenths(nowMs) - Limits.HoleDelayMs / 100;
        int now = Agenda.Tenths(nowMs);
        for (int i = 0; i < messages.Capacity; i++)
        {
            if (messages.Conversation[i] == 255 || messages.Kind[i] != EntryKind.Gap) continue;
            if (messages.LackShown(i) > now && messages.LackShown(i) != int.MaxValue) _ledger.Agenda.At(messages.LackShown(i));
            if (!messages.Has(i, MessageTable.IsHeldFlag)) continue;
            if (messages.Time[i] > oldAt) _ledger.Agenda.At(messages.Time[i] + Limits.HoleDelayMs / 100);
            else if (Holes.Review(_ledger, messages.Conversation[i], messages.Peer[i], nowMs)) _ledger.Announce(messages.Conversation[i]);
        }
    }

    private void Fill(Body body, int gap)
    {
        int conversation = _ledger.Messages.Conversation[gap];
        int row = _ledger.Streams.Find(conversation, _ledger.Messages.Peer[gap]);
        body.Clear();
        body.Type = BodyTypes.Resend;
        body.Incarnation = _ledger.Me.Incarnation;
        body.StreamIncarnation = _ledger.Streams[row, StreamField.Incarnation];
        body.Group = _ledger.GroupIdOf(conversation);
        body.From = _ledger.Messages.N[gap];
        body.To = _ledger.Messages.LackHave(gap);
    }
}
