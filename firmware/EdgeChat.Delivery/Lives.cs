using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Which life of its id this board is in: its incarnation, found before its first message goes out, and left when it proves to be
/// an earlier one's.</summary>
/// <remarks>
/// A board whose flash is empty cannot know what an earlier life of its id has sent. Numbers of that life under the same incarnation would
/// be taken for what has come already. What tells of it:
/// <code>
/// the presence that the broker keeps of this id     before the first message: its incarnation, plus 1
/// a receipt or request of a higher incarnation      that incarnation, plus 1; what waits goes out again
/// a receipt or request above what was handed out    the own incarnation, plus 1; the same
/// </code>
/// </remarks>
internal static class Lives
{
    /// <summary>Online: the presence that the broker keeps comes now, if it has any.</summary>
    public static void OnOnline(Ledger ledger)
    {
        if (ledger.IsLifeKnown) return;
        ledger.LifeByMs = ledger.NowMs + Limits.LifeWaitMs;
        ledger.DueMs(ledger.LifeByMs);
    }

    /// <summary>Takes what came on the topic of this board's own presence.</summary>
    public static void OnOwnPresence(Ledger ledger, byte[] bytes, bool isRetained)
    {
        Body body = ledger.Body;
        if (ledger.IsLifeKnown || bytes == null || bytes.Length == 0) return;
        if (BodyReader.ReadPresence(bytes, bytes.Length, body) != BodyError.None) return;
        // a birth that is not retained is this board's own, and comes after all that was retained before
        if (!isRetained && body.State == PresenceWords.On) Settle(ledger);
        else if (body.Incarnation < ledger.Me.Incarnation) Settle(ledger);
        else Begin(ledger, body.Incarnation);
    }

    /// <summary>Whether messages may go out: nothing of an earlier life is known to come.</summary>
    public static bool MaySend(Ledger ledger) { return ledger.IsLifeKnown || ledger.LifeByMs == 0; }

    /// <summary>Goes on when nothing came.</summary>
    public static void OnTime(Ledger ledger)
    {
        if (ledger.IsLifeKnown || ledger.LifeByMs == 0) return;
        if (ledger.NowMs >= ledger.LifeByMs) Settle(ledger);
        else ledger.DueMs(ledger.LifeByMs);
    }

    /// <summary>Whether a receipt or request proves that the counter of this board's stream in a conversation is lost; then it begins a new
    /// life.</summary>
    /// <param name="ledger">Where everything is.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="incarnation">Which incarnation of this board's stream the other speaks of.</param>
    /// <param name="n">A number that it takes for sent.</param>
    public static bool IsCounterLost(Ledger ledger, int conversation, int incarnation, int n)
    {
        int mine = ledger.Me.Incarnation;
        if (incarnation < mine || (incarnation == mine && n <= ledger.Conversations.Confirmed(conversation))) return false;
        if (incarnation == mine && n <= ledger.Conversations.LastN(conversation))
        {
            // nobody can have from this life what it has not handed out
            int entry = ledger.Messages.Find(conversation, -1, n);
            if (entry < 0 || !Outbox.IsUntold(ledger.Messages, entry)) return false;
        }

        if (Begin(ledger, incarnation) && ledger.Conversations.IsOpen(conversation))
            Notices.Add(ledger, conversation, -1, "an earlier life of this id was met: sent again", -1);
        return true;
    }

    // a life after the one that was met; a counter at its end is not believed
    private static bool Begin(Ledger ledger, int met)
    {
        if (met >= Body.MaxIncarnation) return false;
        int before = ledger.Me.Incarnation;
        ledger.Me.Incarnation = met + 1;
        if (!ledger.Keeper.TryAppendBoot(true))
        {
            ledger.Me.Incarnation = before;
            return false;
        }

        ledger.IsLifeKnown = true;
        ledger.Contacts.PublishProfile();
        ledger.AnnouncedMs = Retained.PresenceIsAsked;
        for (int i = 0; i < ledger.Conversations.Capacity; i++)
            if (ledger.Conversations.IsUsed(i)) SendAgain(ledger, i);
        ledger.Again.Clear();
        for (int row = 0; row < ledger.Streams.Count; row++) ledger.Streams.SetWatchDue(row, StreamTable.NotWatched);
        ledger.DueMs(ledger.NowMs);
        ledger.Revision++;
        return true;
    }

    private static void Settle(Ledger ledger)
    {
        ledger.IsLifeKnown = true;
        ledger.Keeper.TryAppendBoot(true);
    }

    // what has no receipt goes out once more, in the new life
    private static void SendAgain(Ledger ledger, int conversation)
    {
        MessageTable messages = ledger.Messages;
        int first = 0;
        for (int i = ledger.Conversations.Newest(conversation); i >= 0; i = messages.Previous(i))
        {
            if (!messages.IsMine(i) || !EntryKind.HasContent(messages.Kind(i))) continue;
            if (messages.Tick(i) != Tick.Clock && messages.Tick(i) != Tick.One) continue;
            messages.SetTick(i, Tick.Clock);
            first = messages.N(i);
        }

        if (first == 0 || first > ledger.Conversations.Confirmed(conversation)) return;
        ledger.Conversations.SetConfirmed(conversation, first - 1);
        MarkSchedule.Conversation(ledger, conversation);
    }
}
