using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Who finds a place among the conversations: whoever writes to a board keeps nobody out whom its person knows.</summary>
/// <remarks>
/// <code>
/// known      operator, contact by provisioning or by hand, who has a key with this board, whom it has written to
///            (unless a person has removed it); groups, and what the person opens:     Limits.Conversations
/// fellow     member of a group that this board is in:                                 Limits.Strangers, together with
/// stranger   anybody else, and groups that such a one has invited to:                 so many, less Limits.StrangersInGroups
/// </code>
/// Each has places of its own, so nothing that is here ever makes room for somebody else. Who finds none has no receipt, and sends it
/// again.
/// </remarks>
internal static class Strangers
{
    private const int Stranger = 0;
    private const int Fellow = 1;
    private const int Known = 2;

    /// <summary>The conversation for what a device or group has sent, open when a person is to see it; -1 when there is no room.</summary>
    /// <param name="ledger">Where it is.</param>
    /// <param name="id">The device or group.</param>
    /// <param name="isGroup">Whether it is a group.</param>
    /// <param name="isSeen">Whether a person is to see what has come.</param>
    public static int Take(Ledger ledger, string id, bool isGroup, bool isSeen)
    {
        int number = ledger.Ids.Find(id);
        int conversation = ledger.Conversations.Find(number, isGroup);
        if (conversation >= 0 && (!isSeen || ledger.Conversations.IsOpen(conversation))) return conversation;
        int rank = isGroup || ledger.IsTrusted(id) ? Known : RankOf(ledger, number);
        if (rank == Known) return isSeen ? Open(ledger, id, isGroup) : ledger.TakeConversation(id, isGroup);
        if (!MayCome(ledger, number, rank, isSeen)) return -1;
        conversation = ledger.TakeConversation(id, isGroup);
        if (isSeen && conversation >= 0) Show(ledger, conversation, false);
        return conversation;
    }

    /// <summary>The open conversation with a device or of a group that the board's person knows, or wants to write to; -1 when there is no
    /// room.</summary>
    public static int Open(Ledger ledger, string id, bool isGroup)
    {
        int conversation = ledger.Conversations.Find(ledger.Ids.Find(id), isGroup);
        if (conversation >= 0 && ledger.Conversations.IsOpen(conversation)) return conversation;
        // one for which there is no place takes no number either
        if (!HasPlace(ledger)) return -1;
        conversation = ledger.TakeConversation(id, isGroup);
        if (conversation >= 0) Show(ledger, conversation, true);
        return conversation;
    }

    /// <summary>Whether there is a place for one more of whom the board's person knows.</summary>
    public static bool HasPlace(Ledger ledger)
    {
        int open = ledger.Conversations.OpenCount;
        return open < Limits.Conversations || open - Count(ledger, true) < Limits.Conversations;
    }

    /// <summary>Whether one more stranger would find no place.</summary>
    public static bool AreFull(Ledger ledger) { return !MayCome(ledger, -1, Stranger, true); }

    private static void Show(Ledger ledger, int conversation, bool isKnown)
    {
        if (!ledger.Conversations.IsGroup(conversation)) ledger.Contacts.Follow(ledger.Conversations.Id(conversation), false, isKnown);
        ledger.Conversations.Open(conversation);
        ledger.Revision++;
    }

    private static bool MayCome(Ledger ledger, int number, int rank, bool isSeen)
    {
        if (number < 0 && ledger.Ids.Count >= Limits.Peers - Limits.PeersForKnown) return false;
        int most = !isSeen ? Limits.UnseenStrangers : rank == Fellow ? Limits.Strangers : Limits.Strangers - Limits.StrangersInGroups;
        return (isSeen && ledger.Conversations.OpenCount < most) || Count(ledger, isSeen) < most;
    }

    // conversations that somebody has begun whom the person does not know: those in the list, or the others
    private static int Count(Ledger ledger, bool isSeen)
    {
        ConversationTable conversations = ledger.Conversations;
        int count = 0;
        for (int i = 0; i < conversations.Capacity; i++)
        {
            if (!conversations.IsUsed(i) || conversations.IsOpen(i) != isSeen) continue;
            if (conversations.IsGroup(i))
            {
                if (ledger.Groups.Inviter(ledger.Groups.Find(i)) >= 0) count++;
                continue;
            }

            // one that the person has opened is empty; one that was emptied, or to which nothing could be added, is the stranger's
            int peer = conversations.Id(i);
            bool isBegun = conversations.Oldest(i) >= 0 ||
                (isSeen && (conversations.ClearedOrder(i) > 0 || ledger.Streams.Find(i, peer) >= 0));
            if (isBegun && !ledger.IsTrusted(ledger.Ids.At(peer)) && RankOf(ledger, peer) != Known) count++;
        }

        return count;
    }

    // of any that is not trusted
    private static int RankOf(Ledger ledger, int peer)
    {
        if (peer < 0) return Stranger;
        if (ledger.Contacts.Knows(peer, ledger.HasNumbered(peer))) return Known;
        for (int group = 0; group < ledger.Groups.Capacity; group++)
            if (ledger.Groups.IsUsed(group) && ledger.Groups.IsMember(group) && ledger.Groups.SlotOf(group, peer) >= 0) return Fellow;
        return Stranger;
    }
}
