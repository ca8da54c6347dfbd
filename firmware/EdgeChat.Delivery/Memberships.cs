using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>What it means for messages that a member comes or goes.</summary>
internal static class Memberships
{
    /// <summary>Gives a member a slot; what was sent before does not concern it. False when all slots are taken.</summary>
    public static bool Add(Ledger ledger, int group, int peer)
    {
        int slot = ledger.Groups.SlotOf(group, -1);
        if (slot < 0) return false;
        ledger.Groups.SetMember(group, slot, peer, ledger.LastOrder);
        return true;
    }

    /// <summary>Takes a member away: no message waits for it any more, and nothing is sent to it again.</summary>
    public static void Remove(Ledger ledger, int group, int slot)
    {
        int conversation = ledger.Groups.ConversationOf(group);
        int peer = ledger.Groups.MemberAt(group, slot);
        Vacate(ledger, group, slot);
        Strike(ledger, conversation, slot, peer);
    }

    /// <summary>Gives the slot of a member back.</summary>
    public static void Vacate(Ledger ledger, int group, int slot)
    {
        ledger.Groups.SetMember(group, slot, -1, 0);
        ledger.Groups.SetAdmins(group, ledger.Groups.Admins(group) & ~(1 << slot));
    }

    /// <summary>No message waits for who had a slot any more, and nothing is sent to it again.</summary>
    public static void Strike(Ledger ledger, int conversation, int slot, int peer)
    {
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = ledger.Messages.Next(i))
            if (ledger.Messages.IsMine(i)) Ticks.Strike(ledger, i, 1 << slot);
        int row = ledger.Streams.Find(conversation, peer);
        if (row < 0) return;
        ledger.Streams.SetWatchDue(row, StreamTable.NotWatched);
        int again = ledger.Again.Find(row);
        if (again >= 0) ledger.Again.RemoveAt(again);
    }

    /// <summary>Whether a device is a member of a group that this board is in too; false for -1.</summary>
    public static bool IsFellow(Ledger ledger, int group, string device)
    {
        return ledger.Groups.IsMember(group) && ledger.Groups.BitOf(group, ledger.Ids.Find(device)) != 0;
    }
}
