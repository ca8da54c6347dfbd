using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Asks senders for what is missing: after 1 s, 10 s, 1 min, 10 min, 1 h and 6 h, while the sender is there, and whenever it
/// starts a session, gets another key, or is not blocked any more; a bounded number of times.</summary>
internal static class GapRepair
{
    private const int SecondAskTenths = 90;
    private const int ThirdAskTenths = 500;
    private const int PatientAsks = 3; // from then on it waits as long as who sends again unasked
    private const int LastWait = 5;

    /// <summary>The sender is there again, or is heard again: it may have what it did not answer.</summary>
    public static void AskAgain(Ledger ledger, int peer)
    {
        MessageTable messages = ledger.Messages;
        if (messages.GapCount == 0) return;
        for (int i = 0; i < messages.Capacity; i++)
        {
            if (!messages.IsGap(i) || messages.Peer(i) != peer || messages.GapAsks(i) >= Limits.HoleAsks) continue;
            messages.SetGapAsk(i, ledger.NowTenths, messages.GapAsks(i));
            ledger.DueMs(ledger.NowMs);
        }
    }

    /// <summary>Fills in the next request that is due; false when none is.</summary>
    public static bool Next(Ledger ledger, LinkAction into, FlightTable flights)
    {
        MessageTable messages = ledger.Messages;
        if (messages.GapCount == 0) return false;
        for (int i = 0; i < messages.Capacity; i++)
        {
            if (!messages.IsGap(i) || messages.GapAskDue(i) > ledger.NowTenths) continue;
            if (messages.GapAsks(i) >= PatientAsks && !Resends.IsThere(ledger, messages.Peer(i)))
            {
                messages.SetGapAsk(i, int.MaxValue, messages.GapAsks(i));
                continue;
            }

            Fill(ledger, i);
            flights.Writer.Write(ledger.Body);
            flights.Put(into, Topics.Inbox(ledger.Ids.At(messages.Peer(i)), ledger.Me.DeviceId), false, FlightTable.Request, 0, 0, 0);
            int asks = messages.GapAsks(i) + 1;
            int wait = asks == 1 ? SecondAskTenths : asks == 2 ? ThirdAskTenths : asks <= LastWait ? Resends.WaitTenths(asks - 2) : 0;
            messages.SetGapAsk(i, wait > 0 ? ledger.NowTenths + wait : int.MaxValue, asks);
            if (wait > 0) ledger.Due(messages.GapAskDue(i));
            return true;
        }

        return false;
    }

    /// <summary>Lets go of the holes that have become old: what stands behind them shows.</summary>
    public static void OnTime(Ledger ledger)
    {
        MessageTable messages = ledger.Messages;
        if (messages.GapCount == 0) return;
        int now = ledger.NowTenths;
        for (int i = 0; i < messages.Capacity; i++)
        {
            if (!messages.IsGap(i)) continue;
            if (messages.GapAskDue(i) > now && messages.GapAskDue(i) != int.MaxValue) ledger.Due(messages.GapAskDue(i));
            if (!messages.Has(i, MessageTable.IsHeldFlag)) continue;
            int old = messages.GapNoticed(i) + Limits.HoleDelayMs / 100;
            if (old > now) ledger.Due(old);
            else if (Holes.Review(ledger, messages.Conversation(i), messages.Peer(i))) ledger.Announce(messages.Conversation(i));
        }
    }

    private static void Fill(Ledger ledger, int gap)
    {
        Body body = ledger.Body;
        int conversation = ledger.Messages.Conversation(gap);
        int row = ledger.Streams.Find(conversation, ledger.Messages.Peer(gap));
        body.Clear();
        body.Type = BodyTypes.Resend;
        body.Incarnation = ledger.Me.Incarnation;
        body.StreamIncarnation = ledger.Streams.Incarnation(row);
        body.Group = ledger.GroupIdOf(conversation);
        body.From = ledger.Messages.N(gap);
        body.To = ledger.Messages.LastOf(gap);
    }
}
