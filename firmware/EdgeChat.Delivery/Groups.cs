using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Makes and changes groups at this board's wish, and takes the word of who leaves.</summary>
/// <remarks>A change is in flash, with its roster due, before it is told; the roster goes out before the invitation, which is an ordinary
/// message of the direct conversation that nobody sees.</remarks>
internal static class Groups
{
    /// <summary>The group with an id, or -1; none has null.</summary>
    public static int Find(Ledger ledger, string id)
    {
        int conversation = id == null ? -1 : ledger.Conversations.Find(ledger.Ids.Find(id), true);
        return conversation < 0 ? -1 : ledger.Groups.Find(conversation);
    }

    /// <summary>Makes a group with this board as its admin.</summary>
    public static SendError Create(Ledger ledger, string id, string name, out int conversation)
    {
        conversation = -1;
        if (!Topics.IsDeviceId(id) || !IsName(name)) return Topics.IsDeviceId(id) ? SendError.BadName : SendError.BadId;
        int old = ledger.Conversations.Find(ledger.Ids.Find(id), true);
        if (old >= 0 && ledger.Groups.Find(old) >= 0) return SendError.BadId;
        bool wasOpen = old >= 0 && ledger.Conversations.IsOpen(old);
        if (!wasOpen && !Strangers.HasPlace(ledger)) return SendError.TooManyConversations;
        int made = ledger.TakeConversation(id, true);
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
        int group = ledger.Groups.Find(conversation);
        SendError error = CheckAdmin(ledger, group);
        if (error != SendError.None) return error;
        if (!IsName(name)) return SendError.BadName;
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
        int group = ledger.Groups.Find(conversation);
        SendError error = CheckAdmin(ledger, group);
        if (error != SendError.None) return error;
        if (!Topics.IsDeviceId(device) || device == ledger.Me.DeviceId) return SendError.BadId;
        int peer = ledger.Ids.Add(device);
        if (peer < 0 || ledger.TakeConversation(device, false) < 0) return SendError.TooManyConversations;
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
        else if (GroupKeys.IsSealed(ledger, group))
        {
            return Commit(ledger, group);
        }

        // with the key of a sealed group comes all that an invitation says
        return GroupKeys.IsSealed(ledger, group) ? SendError.None : SendControl(ledger, peer, BodyTypes.Invite, conversation);
    }

    /// <summary>Removes a member, or this board itself.</summary>
    public static SendError Remove(Ledger ledger, int conversation, string device)
    {
        int group = ledger.Groups.Find(conversation);
        if (!ledger.Groups.IsMember(group)) return SendError.NotMember;
        if (device == ledger.Me.DeviceId) return Leave(ledger, conversation, group);
        SendError error = CheckAdmin(ledger, group);
        if (error != SendError.None) return error;
        int peer = ledger.Ids.Find(device);
        int slot = peer < 0 ? -1 : ledger.Groups.SlotOf(group, peer);
        if (slot < 0) return SendError.BadId;
        error = TakeOff(ledger, group, slot, ledger.MyNumber);
        if (error != SendError.None) return error;
        Notices.Add(ledger, conversation, ledger.MyNumber, "removed", peer);
        // it reads nothing new whether it is told or not; when it is not, it asks
        if (GroupKeys.IsSealed(ledger, group)) GroupKeys.TellOne(ledger, group, peer);
        return SendError.None;
    }

    /// <summary>Makes a member an admin, or no longer; the last admin stays one.</summary>
    public static SendError SetAdmin(Ledger ledger, int conversation, string device, bool isAdmin)
    {
        int group = ledger.Groups.Find(conversation);
        SendError error = CheckAdmin(ledger, group);
        if (error != SendError.None) return error;
        int bit = ledger.Groups.BitOf(group, ledger.Ids.Find(device));
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

    /// <summary>Takes the word of a member that it leaves: an admin takes it off the roster in that member's name. False when that cannot
    /// be now: the word is to come again.</summary>
    public static bool OnLeave(Ledger ledger, string id, string device)
    {
        int group = Find(ledger, id);
        if (CheckAdmin(ledger, group) != SendError.None) return true;
        int peer = ledger.Ids.Find(device);
        int slot = peer < 0 ? -1 : ledger.Groups.SlotOf(group, peer);
        if (slot < 0) return true;
        if (TakeOff(ledger, group, slot, peer) != SendError.None) return false;
        Notices.Add(ledger, ledger.Groups.ConversationOf(group), peer, "left", -1);
        return true;
    }

    private static SendError TakeOff(Ledger ledger, int group, int slot, int by)
    {
        int peer = ledger.Groups.MemberAt(group, slot);
        int since = ledger.Groups.SinceAt(group, slot);
        int admins = ledger.Groups.Admins(group);
        if (!Memberships.KeepTicks(ledger, ledger.Groups.ConversationOf(group))) return ledger.Keeper.Error;
        Memberships.Vacate(ledger, group, slot);
        SendError error = Commit(ledger, group, by);
        if (error == SendError.None)
        {
            Memberships.Strike(ledger, ledger.Groups.ConversationOf(group), slot, peer);
            return SendError.None;
        }

        ledger.Groups.SetMember(group, slot, peer, since);
        ledger.Groups.SetAdmins(group, admins);
        return error;
    }

    private static SendError Leave(Ledger ledger, int conversation, int group)
    {
        GroupTable groups = ledger.Groups;
        int mine = groups.SlotOf(group, ledger.MyNumber);
        bool isSealed = GroupKeys.IsSealed(ledger, group);
        bool isAdmin = (groups.Admins(group) & 1 << mine) != 0;
        if (!isAdmin || isSealed)
        {
            // who leaves must not make the key of those who stay
            SendError error = isAdmin ? MakeHeir(ledger, conversation, group) : SendError.None;
            if (error == SendError.None) error = TellAdmins(ledger, conversation, group);
            if (error != SendError.None) return error;
        }

        // with the key that others may still wait for goes a roster that this board is in
        if (!isSealed) Memberships.Remove(ledger, group, mine);
        groups.SetIsMember(group, false);
        if (isAdmin && !isSealed)
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
        if (isSealed) GroupKeys.Leave(ledger, group);
        return SendError.None;
    }

    // somebody must be able to make the next key
    private static SendError MakeHeir(Ledger ledger, int conversation, int group)
    {
        GroupTable groups = ledger.Groups;
        int mine = groups.BitOf(group, ledger.MyNumber);
        if (groups.Admins(group) == mine && groups.CountOf(group) > 1)
        {
            int slot = 0;
            while (groups.MemberAt(group, slot) < 0 || mine == 1 << slot) slot++;
            SendError error = SetAdmin(ledger, conversation, ledger.Ids.At(groups.MemberAt(group, slot)), true);
            if (error != SendError.None) return error;
        }

        // an admin learns that it is one before it learns what it is to do
        if (groups.IsPublishDue(group)) GroupKeys.Tell(ledger, group);
        return groups.IsPublishDue(group) ? SendError.OutboxFull : SendError.None;
    }

    private static SendError TellAdmins(Ledger ledger, int conversation, int group)
    {
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
        {
            int peer = ledger.Groups.MemberAt(group, slot);
            if ((ledger.Groups.Admins(group) & 1 << slot) == 0 || peer == ledger.MyNumber) continue;
            SendError error = SendControl(ledger, peer, BodyTypes.Leave, conversation);
            if (error != SendError.None) return error;
        }

        return SendError.None;
    }

    /// <summary>Writes an edit of this board: in flash with its roster due, and with a new key when the group is sealed, or it has not
    /// happened.</summary>
    public static SendError Commit(Ledger ledger, int group) { return Commit(ledger, group, ledger.MyNumber); }

    /// <summary>Seals a group that is open: an edit that changes nothing else.</summary>
    public static void Seal(Ledger ledger, int group) { Commit(ledger, group, ledger.MyNumber, true); }

    private static SendError Commit(Ledger ledger, int group, int by)
    {
        return Commit(ledger, group, by, GroupKeys.IsSealed(ledger, group));
    }

    private static SendError Commit(Ledger ledger, int group, int by, bool isSealed)
    {
        GroupTable groups = ledger.Groups;
        int before = groups.By(group);
        int maker = groups.Maker(group);
        bool isOdd = groups.IsOdd(group);
        bool wasDue = groups.IsPublishDue(group);
        SendError error = isSealed ? GroupKeys.Make(ledger, group) : SendError.None;
        if (error != SendError.None) return error;
        groups.SetEdit(group, groups.Version(group) + 1, by);
        groups.SetPublishDue(group, true);
        ledger.Revision++;
        if (GroupMarks.TryAppend(ledger, group))
        {
            if (isSealed) GroupKeys.Settle(ledger, group);
            return SendError.None;
        }

        groups.SetEdit(group, groups.Version(group) - 1, before);
        groups.SetPublishDue(group, wasDue);
        groups.SetSeal(group, maker, isOdd);
        return ledger.Keeper.Error;
    }

    /// <summary>Puts a message about a group that is not for people into the outbox, for one device.</summary>
    public static SendError SendControl(Ledger ledger, int peer, string type, int conversation)
    {
        int direct = ledger.TakeConversation(ledger.Ids.At(peer), false);
        if (direct < 0) return SendError.TooManyConversations;
        byte[] content = Pair.Join(type, ledger.Ids.At(ledger.Conversations.Id(conversation)));
        return Outbox.Send(ledger, direct, EntryKind.Control, content, 0, content.Length, null, false);
    }

    private static SendError CheckAdmin(Ledger ledger, int group)
    {
        if (!ledger.Groups.IsMember(group)) return SendError.NotMember;
        return Rosters.IsAdmin(ledger, group) ? SendError.None : SendError.NotAdmin;
    }

    /// <summary>Whether a text can be the name of a group.</summary>
    public static bool IsName(string name)
    {
        if (name == null || name == "") return false;
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length <= Limits.ShortTextBytes && StrictUtf8.Check(bytes, bytes.Length) == BodyError.None;
    }
}
