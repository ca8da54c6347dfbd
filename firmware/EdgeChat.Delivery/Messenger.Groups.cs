using System;

namespace EdgeChat.Delivery;

// what a person does with groups
public sealed partial class Messenger
{
    /// <summary>Makes a group with this board as its admin; gives the conversation, or -1.</summary>
    public int CreateGroup(string groupId, string name, long nowMs)
    {
        _ledger.NowMs = nowMs;
        try
        {
            LastError = Groups.Create(_ledger, groupId, name, out int conversation);
            return conversation;
        }
        catch (OutOfMemoryException)
        {
            LastError = SendError.NoMemory;
            return -1;
        }
    }

    /// <summary>Changes the name of a group.</summary>
    public SendError RenameGroup(int conversation, string name, long nowMs)
    {
        _ledger.NowMs = nowMs;
        try
        {
            return Groups.Rename(_ledger, conversation, name);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>Adds a member and invites it.</summary>
    public SendError AddMember(int conversation, string deviceId, long nowMs)
    {
        _ledger.NowMs = nowMs;
        try
        {
            return Groups.Add(_ledger, conversation, deviceId);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>Removes a member, or this board itself: then it has left.</summary>
    public SendError RemoveMember(int conversation, string deviceId, long nowMs)
    {
        _ledger.NowMs = nowMs;
        try
        {
            return Groups.Remove(_ledger, conversation, deviceId);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>Whether a stranger has invited to a group, and the person has not answered; false when it is none.</summary>
    public bool IsInvited(int conversation) { return _ledger.Groups.Inviter(_ledger.Groups.Find(conversation)) >= 0; }

    /// <summary>The device id of who has invited to a group for which <see cref="IsInvited"/>.</summary>
    public string InviterOf(int conversation) { return _ledger.Ids.At(_ledger.Groups.Inviter(_ledger.Groups.Find(conversation))); }

    /// <summary>Answers an invitation: this board joins, or tells who has invited that it does not, and the group is gone.</summary>
    public SendError Answer(int conversation, bool accepts, long nowMs)
    {
        _ledger.NowMs = nowMs;
        int group = _ledger.Groups.Find(conversation);
        if (_ledger.Groups.Inviter(group) < 0) return SendError.NotInvited;
        try
        {
            return accepts ? Invitations.Accept(_ledger, group) : Invitations.Decline(_ledger, group);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>Makes a member an admin, or no longer.</summary>
    public SendError SetAdmin(int conversation, string deviceId, bool isAdmin, long nowMs)
    {
        _ledger.NowMs = nowMs;
        try
        {
            return Groups.SetAdmin(_ledger, conversation, deviceId, isAdmin);
        }
        catch (OutOfMemoryException)
        {
            return SendError.NoMemory;
        }
    }

    /// <summary>Members of a group, this board included.</summary>
    public int MemberCountOf(int conversation) { return MessageView.MemberCountOf(_ledger, conversation); }

    /// <summary>The device id of a member.</summary>
    public string MemberOf(int conversation, int place) { return _ledger.Ids.At(MessageView.MemberAt(_ledger, conversation, place)); }

    /// <summary>The place of a device among the members, or -1 when it is none, or there is no such conversation.</summary>
    public int FindMember(int conversation, string deviceId)
    {
        int place = MemberCountOf(conversation) - 1;
        while (place >= 0 && MemberOf(conversation, place) != deviceId) place--;
        return place;
    }

    /// <summary>Whether a text can be the name of a group: 1 to 64 bytes of UTF-8.</summary>
    public static bool IsGroupName(string name) { return Groups.IsName(name); }

    /// <summary>Whether that member is an admin.</summary>
    public bool IsAdmin(int conversation, int place)
    {
        int group = _ledger.Groups.Find(conversation);
        int slot = group < 0 ? -1 : _ledger.Groups.SlotAt(group, place);
        return slot >= 0 && (_ledger.Groups.Admins(group) & 1 << slot) != 0;
    }

    /// <summary>Whether this board may write to the conversation.</summary>
    public bool CanWrite(int conversation)
    {
        return IsGroup(conversation) ? _ledger.Groups.IsMember(_ledger.Groups.Find(conversation)) : !IsBlocked(conversation);
    }
}
