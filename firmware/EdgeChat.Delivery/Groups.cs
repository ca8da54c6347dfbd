using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Makes and changes groups at this board's wish, and takes invitations and leaves.</summary>
/// <remarks>A change is in flash, with its roster due, before it is told; the roster goes out before the invitation, which is an ordinary
/// message of the direct conversation that nobody sees.</remarks>
internal sealed class Groups
{
    private const int MaxNameBytes = 64;

    private readonly Ledger _ledger;
    private readonly Outbox _outbox;

    public Groups(Ledger ledger, Outbox outbox)
    {
        _ledger = ledger;
        _outbox = outbox;
    }

    /// <summary>Makes a group with this board as its admin.</summary>
    public SendError Create(string id, string name, out int conversation)
    {
        conversation = -1;
        if (!Topics.IsDeviceId(id) || !IsName(name)) return Topics.IsDeviceId(id) ? SendError.BadText : SendError.BadId;
        int old = _ledger.Conversations.Find(_ledger.Ids.Find(id), true);
        if (old >= 0 && _ledger.Groups.Find(old) >= 0) return SendError.BadId;
        int made = _ledger.TakeConversation(id, true, true);
        int group = made < 0 ? -1 : _ledger.Groups.Add(made);
        if (group < 0)
        {
            if (made >= 0 && _ledger.Conversations.Oldest[made] < 0) _ledger.Conversations.Close(made);
            return SendError.TooManyConversations;
        }

        _ledger.Groups.Name[group] = name;
        _ledger.Groups.SetIsMember(group, true);
        Memberships.Add(_ledger, group, _ledger.MyNumber);
        _ledger.Groups.Admins[group] = 1 << _ledger.Groups.SlotOf(group, _ledger.MyNumber);
        SendError error = Commit(group);
        if (error != SendError.None)
        {
            _ledger.Groups.Free(group);
            return error;
        }

        GroupEvents.Add(_ledger, made, _ledger.MyNumber, "made this group", -1);
        _ledger.FiltersChanged = true;
        conversation = made;
        return SendError.None;
    }

    /// <summary>Changes the name.</summary>
    public SendError Rename(int conversation, string name)
    {
        SendError error = CheckAdmin(conversation);
        if (error != SendError.None) return error;
        if (!IsName(name)) return SendError.BadText;
        int group = _ledger.Groups.Find(conversation);
        string before = _ledger.Groups.Name[group];
        _ledger.Groups.Name[group] = name;
        error = Commit(group);
        if (error != SendError.None) _ledger.Groups.Name[group] = before;
        else GroupEvents.Add(_ledger, conversation, _ledger.MyNumber, "named it " + name, -1);
        return error;
    }

    /// <summary>Adds a member and invites it; one that is a member already is invited again.</summary>
    public SendError Add(int conversation, string device, long nowMs)
    {
        SendError error = CheckAdmin(conversation);
        if (error != SendError.None) return error;
        if (!Topics.IsDeviceId(device) || device == _ledger.Me.DeviceId) return SendError.BadId;
        int group = _ledger.Groups.Find(conversation);
        int peer = _ledger.Ids.Add(device);
        int direct = peer < 0 ? -1 : _ledger.TakeConversation(device, false, false);
        if (direct < 0) return SendError.TooManyConversations;
        if (_ledger.Groups.SlotOf(group, peer) < 0)
        {
            if (!Memberships.Add(_ledger, group, peer)) return SendError.TooManyMembers;
            error = Commit(group);
            if (error != SendError.None)
            {
                Memberships.Remove(_ledger, group, _ledger.Groups.SlotOf(group, peer));
                return error;
            }

            GroupEvents.Add(_ledger, conversation, _ledger.MyNumber, "added", peer);
        }

        return SendControl(direct, BodyTypes.Invite, conversation, nowMs);
    }

    /// <summary>Removes a member, or this board itself.</summary>
    public SendError Remove(int conversation, string device, long nowMs)
    {
        int group = _ledger.Groups.Find(conversation);
        if (group < 0 || !_ledger.Groups.IsMember(conversation)) return SendError.NotMember;
        if (device == _ledger.Me.DeviceId) return Leave(conversation, group, nowMs);
        SendError error = CheckAdmin(conversation);
        if (error != SendError.None) return error;
        int peer = _ledger.Ids.Find(device);
        int slot = peer < 0 ? -1 : _ledger.Groups.SlotOf(group, peer);
        if (slot < 0) return SendError.BadId;
        Memberships.Remove(_ledger, group, slot);
        error = Commit(group);
        if (error == SendError.None) GroupEvents.Add(_ledger, conversation, _ledger.MyNumber, "removed", peer);
        return error;
    }

    /// <summary>Makes a member an admin, or no longer; the last admin stays one.</summary>
    public SendError SetAdmin(int conversation, string device, bool isAdmin)
    {
        SendError error = CheckAdmin(conversation);
        if (error != SendError.None) return error;
        int group = _ledger.Groups.Find(conversation);
        int bit = _ledger.Groups.BitOf(conversation, _ledger.Ids.Find(device));
        if (bit == 0) return SendError.BadId;
        int before = _ledger.Groups.Admins[group];
        int after = isAdmin ? before | bit : before & ~bit;
        if (after == before) return SendError.None;
        if (after == 0) return SendError.NotAdmin;
        _ledger.Groups.Admins[group] = after;
        error = Commit(group);
        if (error != SendError.None) _ledger.Groups.Admins[group] = before;
        return error;
    }

    /// <summary>Takes an invitation: this board looks at the roster, and joins when that lists it.</summary>
    public void OnInvite(string id, string name)
    {
        if (!Topics.IsDeviceId(id)) return;
        int conversation = _ledger.TakeConversation(id, true, false);
        if (conversation < 0)
        {
            _ledger.Counters.NoRoom++;
            return;
        }

        int group = _ledger.Groups.Find(conversation);
        if (group >= 0 && _ledger.Groups.IsMember(conversation)) return;
        if (group < 0) group = _ledger.Groups.Add(conversation);
        if (group < 0 && _ledger.Groups.FreeInvitation()) group = _ledger.Groups.Add(conversation);
        if (group < 0)
        {
            _ledger.Counters.NoRoom++;
            return;
        }

        // what the roster said before does not count: this board was not in it
        _ledger.Groups.Version[group] = 0;
        if (name != null && IsName(name)) _ledger.Groups.Name[group] = name;
        GroupMarks.TryAppend(_ledger, group);
        _ledger.FiltersChanged = true;
    }

    /// <summary>Takes the word of a member that it leaves: an admin takes it off the roster in that member's name.</summary>
    public void OnLeave(string id, string device)
    {
        int conversation = _ledger.Conversations.Find(_ledger.Ids.Find(id), true);
        if (conversation < 0 || CheckAdmin(conversation) != SendError.None) return;
        int group = _ledger.Groups.Find(conversation);
        int peer = _ledger.Ids.Find(device);
        int slot = peer < 0 ? -1 : _ledger.Groups.SlotOf(group, peer);
        if (slot < 0) return;
        Memberships.Remove(_ledger, group, slot);
        Commit(group, peer);
        GroupEvents.Add(_ledger, conversation, peer, "left", -1);
    }

    private SendError Leave(int conversation, int group, long nowMs)
    {
        GroupTable groups = _ledger.Groups;
        int mine = groups.SlotOf(group, _ledger.MyNumber);
        bool isAdmin = (groups.Admins[group] & 1 << mine) != 0;
        if (!isAdmin)
        {
            for (int slot = 0; slot < Limits.GroupMembers; slot++)
            {
                if ((groups.Admins[group] & 1 << slot) == 0) continue;
                int direct = _ledger.TakeConversation(_ledger.Ids.At(groups.MemberAt(group, slot)), false, false);
                SendError error = direct < 0 ? SendError.TooManyConversations : SendControl(direct, BodyTypes.Leave, conversation, nowMs);
                if (error != SendError.None) return error;
            }
        }

        Memberships.Remove(_ledger, group, mine);
        groups.SetIsMember(group, false);
        if (isAdmin)
        {
            // somebody must be able to change the group when its last admin has left
            for (int slot = 0; slot < Limits.GroupMembers && groups.Admins[group] == 0; slot++)
                if (groups.MemberAt(group, slot) >= 0) groups.Admins[group] = 1 << slot;
            Commit(group);
        }
        else
        {
            GroupMarks.TryAppend(_ledger, group);
        }

        GroupEvents.Add(_ledger, conversation, _ledger.MyNumber, "left", -1);
        _ledger.FiltersChanged = true;
        return SendError.None;
    }

    private SendError Commit(int group) { return Commit(group, _ledger.MyNumber); }

    private SendError Commit(int group, int by)
    {
        GroupTable groups = _ledger.Groups;
        groups.Version[group]++;
        groups.By[group] = (short)by;
        groups.SetPublishDue(group, true);
        _ledger.Revision++;
        if (GroupMarks.TryAppend(_ledger, group)) return SendError.None;
        groups.Version[group]--;
        groups.SetPublishDue(group, false);
        return SendError.FlashFailed;
    }

    private SendError SendControl(int direct, string type, int conversation, long nowMs)
    {
        byte[] content = Pair.Join(type, _ledger.Ids.At(_ledger.Conversations.Id[conversation]));
        return _outbox.Send(direct, EntryKind.Control, content, 0, content.Length, null, nowMs);
    }

    private SendError CheckAdmin(int conversation)
    {
        int group = _ledger.Groups.Find(conversation);
        if (group < 0 || !_ledger.Groups.IsMember(conversation)) return SendError.NotMember;
        return (_ledger.Groups.Admins[group] & _ledger.Groups.BitOf(conversation, _ledger.MyNumber)) == 0 ? SendError.NotAdmin : SendError.None;
    }

    private static bool IsName(string name)
    {
        if (name == null || name == "") return false;
        byte[] bytes = Encoding.UTF8.GetBytes(name);
        return bytes.Length <= MaxNameBytes && StrictUtf8.Check(bytes, bytes.Length) == BodyError.None;
    }
}
