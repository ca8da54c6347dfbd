using System.Text;
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

    /// <summary>Takes a member away: no message waits for it any more, and nothing is sent to it again. False when the flash has refused
    /// what must be there before a roster without it (<see cref="KeepTicks"/>).</summary>
    public static bool Remove(Ledger ledger, int group, int slot)
    {
        int conversation = ledger.Groups.ConversationOf(group);
        int peer = ledger.Groups.MemberAt(group, slot);
        bool isKept = peer == ledger.MyNumber || KeepTicks(ledger, conversation);
        Vacate(ledger, group, slot);
        Strike(ledger, conversation, slot, peer);
        return isKept;
    }

    /// <summary>Writes down which messages all have, and have shown, before somebody is removed, whose marks tell nothing of them then.
    /// False when the flash refuses.</summary>
    public static bool KeepTicks(Ledger ledger, int conversation)
    {
        int own = ledger.Messages.OwnBefore(ledger.Conversations.Newest(conversation));
        while (own >= 0 && !Ticks.Has(ledger.Messages, own, Ticks.Direct, Tick.Two))
            own = ledger.Messages.OwnBefore(ledger.Messages.Previous(own));
        int row = own < 0 ? -1 : ledger.Streams.Take(conversation, ledger.MyNumber);
        return row < 0 || Marks.TryAppendStream(ledger, row, true);
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

    /// <summary>Takes the ledger's body, of a device that is not in a group any more, when it takes back what that has sent; false when it
    /// is anything else, or the device was never heard there.</summary>
    public static bool TakeFormer(Ledger ledger, string id, string device, bool isRetained)
    {
        int group = Groups.Find(ledger, id);
        Body body = ledger.Body;
        if (body.Type != BodyTypes.TakeBack || !ledger.Groups.IsMember(group)) return false;
        int row = ledger.Streams.Find(ledger.Groups.ConversationOf(group), ledger.Ids.Find(device));
        if (row < 0 || ledger.Streams.High(row) == 0) return false;
        // nobody could fill a hole before it: then it is done, and has no receipt
        if (body.N <= ledger.Streams.High(row) + 1) Inbox.Take(ledger, id, true, device, isRetained);
        else TakeBacks.Take(ledger, ledger.Streams.Conversation(row), row, Encoding.UTF8.GetBytes(body.ReplyTo));
        return true;
    }

    /// <summary>Whether a device is a member of a group that this board is in too; false for -1.</summary>
    public static bool IsFellow(Ledger ledger, int group, string device)
    {
        return ledger.Groups.IsMember(group) && ledger.Groups.BitOf(group, ledger.Ids.Find(device)) != 0;
    }
}
