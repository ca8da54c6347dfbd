using System;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The rosters on flash.</summary>
internal static class GroupMarks
{
    private const int IsMemberBit = 1;
    private const int PublishIsDueBit = 2;
    private const int IsSealedBit = 4;
    private const int IsOddBit = 8;
    private const int IsInvitedBit = 16;
    private const int IsGoneBit = 32;
    private const int IsAdminBit = 0x80;

    /// <summary>Writes the roster of a group; false when the flash refuses.</summary>
    public static bool TryAppend(Ledger ledger, int group)
    {
        GroupTable table = ledger.Groups;
        byte[] name;
        try
        {
            name = table.Name(group) == null ? new byte[0] : Encoding.UTF8.GetBytes(table.Name(group));
        }
        catch (OutOfMemoryException)
        {
            ledger.Keeper.RefuseForHeap();
            return false;
        }

        RecordWriter to = ledger.Keeper.Begin(Limits.RecordBytes);
        to.PutId(ledger.Ids, ledger.Conversations.Id(table.ConversationOf(group)), true);
        to.PutByte((table.IsMember(group) ? IsMemberBit : 0) | (table.IsPublishDue(group) ? PublishIsDueBit : 0) |
            (table.Maker(group) >= 0 ? IsSealedBit : 0) | (table.IsOdd(group) ? IsOddBit : 0) |
            (table.Inviter(group) >= 0 ? IsInvitedBit : 0) | (IsGone(ledger, group) ? IsGoneBit : 0));
        to.PutInt(table.Version(group));
        to.PutText(name, 0, name.Length);
        to.PutByte(table.By(group) < 0 ? 0 : 1);
        if (table.By(group) >= 0) to.PutId(ledger.Ids, table.By(group), false);
        if (table.Maker(group) >= 0) to.PutId(ledger.Ids, table.Maker(group), false);
        if (table.Inviter(group) >= 0) to.PutId(ledger.Ids, table.Inviter(group), false);
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
        {
            int peer = table.MemberAt(group, slot);
            if (peer < 0) continue;
            to.PutByte(slot | ((table.Admins(group) & 1 << slot) != 0 ? IsAdminBit : 0));
            to.PutId(ledger.Ids, peer, false);
            to.PutInt(table.SinceAt(group, slot));
        }

        int address = ledger.Keeper.TryAppend(RecordType.Roster);
        if (address == 0) return false;
        table.SetMark(group, address);
        return true;
    }

    /// <summary>Gives the place of a group back that is over and in no list, on flash too; false when something of it still
    /// waits.</summary>
    public static bool EndGone(Ledger ledger, int group)
    {
        if (!IsGone(ledger, group)) return false;
        TryAppend(ledger, group);
        ledger.Groups.Free(group);
        return true;
    }

    // of one that is over and in no list, with nothing that waits, a start needs nothing: it would take the place of another
    private static bool IsGone(Ledger ledger, int group)
    {
        GroupTable table = ledger.Groups;
        int conversation = table.ConversationOf(group);
        return !ledger.Conversations.IsOpen(conversation) && ledger.Conversations.Oldest(conversation) < 0 &&
            table.Version(group) > 0 && !table.IsMember(group) && table.Inviter(group) < 0 && !table.IsPublishDue(group) &&
            !table.HoldsKey(group);
    }

    /// <summary>Takes the roster of a group from flash; a later one of the same group replaces it, or ends it.</summary>
    /// <param name="ledger">The tables.</param>
    /// <param name="from">Behind the id.</param>
    /// <param name="conversation">The group's.</param>
    /// <param name="address">Where the roster is.</param>
    public static void Read(Ledger ledger, RecordReader from, int conversation, int address)
    {
        GroupTable table = ledger.Groups;
        int group = table.Find(conversation);
        if (group >= 0) table.Free(group);
        int flags = from.TakeByte();
        if ((flags & IsGoneBit) != 0)
        {
            if (ledger.Conversations.Oldest(conversation) < 0) ledger.Conversations.Forget(conversation);
            return;
        }

        group = table.Add(conversation);
        if (group < 0) return;
        table.SetIsMember(group, (flags & IsMemberBit) != 0);
        table.SetPublishDue(group, (flags & PublishIsDueBit) != 0);
        int version = from.TakeInt();
        from.TakeText();
        table.SetName(group, from.TextCount == 0 ? null : Encoding.UTF8.GetString(from.Bytes, from.TextStart, from.TextCount));
        table.SetEdit(group, version, from.TakeByte() == 1 ? from.TakeId(ledger.Ids) : -1);
        if ((flags & IsSealedBit) != 0) table.SetSeal(group, from.TakeId(ledger.Ids), (flags & IsOddBit) != 0);
        if ((flags & IsInvitedBit) != 0) table.SetInviter(group, from.TakeId(ledger.Ids));
        while (from.Rest > 0 && !from.IsBad)
        {
            int slot = from.TakeByte();
            int peer = from.TakeId(ledger.Ids);
            int since = from.TakeInt();
            if (peer < 0 || from.IsBad) continue;
            table.SetMember(group, slot & 31, peer, since);
            if ((slot & IsAdminBit) != 0) table.SetAdmins(group, table.Admins(group) | 1 << (slot & 31));
        }

        table.SetMark(group, address);
    }
}
