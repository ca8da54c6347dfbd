using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Makes and changes groups at this board's wish, and takes invitations and leaves.</summary>
/// <remarks>A change is in flash, with its roster due, before it is told; the roster goes out before the invitation, which is an ordinary
/// message of the direct conversation that nobody sees.</remarks>
internal static class Groups
{
    /// <summary>Makes a group with this board as its admin.</summary>
    public static SendError Create(Ledger ledger, string id, string name, out int conversation)
    {
        conversation = -1;
        if (!Topics.IsDeviceId(id) || !IsName(name)) return Topics.IsDeviceId(id) ? SendError.BadName : SendError.BadId;
        int old = ledger.Conversations.Find(ledger.Ids.Find(id), true);
        if (old >= 0 && ledger.Groups.Find(old) >= 0) return SendError.BadId;
        bool wasOpen = old >= 0 && ledger.Conversations.IsOpen(old);
        if (!wasOpen && ledger.Conversations.OpenCount == Limits.Conversations) return SendError.TooManyConversations;
        int made = ledger.TakeConversation(id, true, false);
        int group = made < 0 ? -1 : ledger.Groups.Add(made);
        if (group < 0) return SendError.TooManyConversations;
        ledger.Conversations.Open(made);

        ledger.Groups.SetName(group, name);
        ledger.Groups.SetIsMember(group, true);
        Memberships.Add(ledger, group, ledger.MyNumber);
        ledger.Groups.SetAdmins(group, 1 << ledger.Groups.SlotOf(group, ledger.MyNumber));
        SendError error = Commit(ledger, group);
        if (error != SendError.None)
        {
            ledger.Groups.Free(group);
            if (!wasOpen) ledger.Conversations.Close(made);
            return error;
        }

        Notices.Add(ledger, made, ledger.MyNumber, "made this group", -1);
        ledger.FiltersChanged = true;
        conversation = made;
        return SendError.None;
    }

    /// <summary>Changes the name.</summary>
    public static SendError Rename(Ledger ledger, int conversation, string name)
    {
        SendError error = CheckAdmin(ledger, conversation);
        if (error != SendError.None) return error;
        if (!IsName(name)) return SendError.BadName;
        int group = ledger.Groups.Find(conversation);
        string before = ledger.Groups.Name(group);
        ledger.Groups.SetName(group, name);
        error = Commit(ledger, group);
        if (error != SendError.None) ledger.Groups.SetName(group, before);
        else Notices.AddName(ledger, conversation, ledger.MyNumber, name);
        return error;
    }

    /// <summary>Adds a member and invites it; one that is a member already is invited again.</summary>
    public static SendError Add(Ledger ledger, int conversation, string device)
    {
        SendError error = CheckAdmin(ledger, conversation);
        if (error != SendError.None) return error;
        if (!Topics.IsDeviceId(device) || device == ledger.Me.DeviceId) return SendError.BadId;
        int group = ledger.Groups.Find(conversation);
        int peer = ledger.Ids.Add(device);
        int direct = peer < 0 ? -1 : ledger.TakeConversation(device, false, false);
        if (direct < 0) return SendError.TooManyConversations;
        if (ledger.Groups.SlotOf(group, peer) < 0)
        {
            if (!Memberships.Add(ledger, group, peer)) return SendError.TooManyMembers;
            error = Commit(ledger, group);
            if (error != SendError.None)
            {
                Memberships.Remove(ledger, group, ledger.Groups.SlotOf(group, peer));
                return error;
            }

            Notices.Add(ledger, conversation, ledger.MyNumber, "added", peer);
        }

        return SendControl(ledger, direct, BodyTypes.Invite, conversation);
    }

    /// <summary>Removes a member, or this board itself.</summary>
    public static SendError Remove(Ledger ledger, int conversation, string device)
    {
        int group = ledger.Groups.Find(conversation);
        if (group < 0 || !ledger.Groups.IsMember(conversation)) return SendError.NotMember;
        if (device == ledger.Me.DeviceId) return Leave(ledger, conversation, group);
        SendError error = CheckAdmin(ledger, conversation);
        if (error != SendError.None) return error;
        int peer = ledger.Ids.Find(device);
        int slot = peer < 0 ? -1 : ledger.Groups.SlotOf(group, peer);
        if (slot < 0) return SendError.BadId;
        int since = ledger.Groups.SinceAt(group, slot);
        int admins = ledger.Groups.Admins(group);
        Memberships.Vacate(ledger, group, slot);
        error = Commit(ledger, group);
        if (error != SendError.None)
        {
            ledger.Groups.SetMember(group, slot, peer, since);
            ledger.Groups.SetAdmins(group, admins);
            return error;
        }

        Memberships.Strike(ledger, conversation, slot, peer);
        Notices.Add(ledger, conversation, ledger.MyNumber, "removed", peer);
        return SendError.None;
    }

    /// <summary>Makes a member an admin, or no longer; the last admin stays one.</summary>
    public static SendError SetAdmin(Ledger ledger, int conversation, string device, bool isAdmin)
    {
        SendError error = CheckAdmin(ledger, conversation);
        if (error != SendError.None) return error;
        int group = ledger.Groups.Find(conversation);
        int bit = ledger.Groups.BitOf(conversation, ledger.Ids.Find(device));
        if (bit == 0) return SendError.BadId;
        int before = ledger.Groups.Admins(group);
        int after = isAdmin ? before | bit : before & ~bit;
        if (after == before) return SendError.None;
        if (after == 0) return SendError.NotAdmin;
        ledger.Groups.SetAdmins(group, after);
        error = Commit(ledger, group);
        if (error != SendError.None) ledger.Groups.SetAdmins(group, before);
        return error;
    }

    /// <summary>Takes an invitation: this board looks at the roster, and joins when that lists it.</summary>
    public static void OnInvite(Ledger ledger, string id, string from, string name)
    {
        if (!Topics.IsDeviceId(id)) return;
        int conversation = ledger.TakeConversation(id, true, false);
        if (conversation < 0)
        {
            ledger.Counters.NoRoom++;
            return;
        }

        int group = ledger.Groups.Find(conversation);
        if (group >= 0 && ledger.Groups.IsMember(conversation)) return;
        if (group < 0) group = ledger.Groups.Add(conversation);
        if (group < 0 && ledger.Groups.FreeInvitation()) group = ledger.Groups.Add(conversation);
        if (group < 0)
        {
            ledger.Counters.NoRoom++;
            return;
        }

        // what the roster said before does not count: this board was not in it
        ledger.Groups.SetEdit(group, 0, ledger.Ids.Add(from));
        ledger.Groups.SetAwaited(group, true);
        Retained.Await(ledger);
        if (name != null && IsName(name)) ledger.Groups.SetName(group, name);
        GroupMarks.TryAppend(ledger, group);
        ledger.FiltersChanged = true;
    }

    /// <summary>Takes the word of a member that it leaves: an admin takes it off the roster in that member's name.</summary>
    public static void OnLeave(Ledger ledger, string id, string device)
    {
        int conversation = ledger.Conversations.Find(ledger.Ids.Find(id), true);
        if (conversation < 0 || CheckAdmin(ledger, conversation) != SendError.None) return;
        int group = ledger.Groups.Find(conversation);
        int peer = ledger.Ids.Find(device);
        int slot = peer < 0 ? -1 : ledger.Groups.SlotOf(group, peer);
        if (slot < 0) return;
        Memberships.Remove(ledger, group, slot);
        Commit(ledger, group, peer);
        Notices.Add(ledger, conversation, peer, "left", -1);
    }

    private static SendError Leave(Ledger ledger, int conversation, int group)
    {
        GroupTable groups = ledger.Groups;
        int mine = groups.SlotOf(group, ledger.MyNumber);
        bool isAdmin = (groups.Admins(group) & 1 << mine) != 0;
        if (!isAdmin)
        {
            for (int slot = 0; slot < Limits.GroupMembers; slot++)
            {
                if ((groups.Admins(group) & 1 << slot) == 0) continue;
                int direct = ledger.TakeConversation(ledger.Ids.At(groups.MemberAt(group, slot)), false, false);
                SendError error = direct < 0 ? SendError.TooManyConversations : SendControl(ledger, direct, BodyTypes.Leave, conversation);
                if (error != SendError.None) return error;
            }
        }

        Memberships.Remove(ledger, group, mine);
        groups.SetIsMember(group, false);
        if (isAdmin)
        {
            // somebody must be able to change the group when its last admin has left
            for (int slot = 0; slot < Limits.GroupMembers && groups.Admins(group) == 0; slot++)
                if (groups.MemberAt(group, slot) >= 0) groups.SetAdmins(group, 1 << slot);
            Commit(ledger, group);
        }
        else
        {
            GroupMarks.TryAppend(ledger, group);
        }

        Notices.Add(ledger, conversation, ledger.MyNumber, "left", -1);
        ledger.FiltersChanged = true;
        return SendError.None;
    }

    private static SendError Commit(Ledger ledger, int group) { return Commit(ledger, group, ledger.MyNumber); }

    private static SendError Commit(Ledger ledger, int group, int by)
    {
        GroupTable groups = ledger.Groups;
        int before = groups.By(group);
        groups.SetEdit(group, groups.Version(group) + 1, by);
        groups.SetPublishDue(group, true);
        ledger.Revision++;
        if (GroupMarks.TryAppend(ledger, group)) return SendError.None;
        groups.SetEdit(group, groups.Version(group) - 1, before);
        groups.SetPublishDue(group, false);
        return ledger.Keeper.Error;
    }

    private static SendError SendControl(Ledger ledger, int direct, string type, int conversation)
    {
        byte[] content = Pair.Join(type, ledger.Ids.At(ledger.Conversations.Id(conversation)));
        return Outbox.Send(ledger, direct, EntryKind.Control, content, 0, content.Length, null, false);
    }

    private static SendError CheckAdmin(Ledger ledger, int conversation)
    {
        int group = ledger.Groups.Find(conversation);
        if (group < 0 || !ledger.Groups.IsMember(conversation)) return SendError.NotMember;
        return (ledger.Groups.Admins(group) & ledger.Groups.BitOf(conversation, ledger.MyNumber)) == 0
            ? SendError.NotAdmin
            : SendError.None;
    }

    /// <summary>Whether a text can be the name of a group.</summary>
    public static bool IsName(string name)
    {
        if (name == null || name == "") return false;
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length <= Limits.ShortTextBytes && StrictUtf8.Check(bytes, bytes.Length) == BodyError.None;
    }
}
