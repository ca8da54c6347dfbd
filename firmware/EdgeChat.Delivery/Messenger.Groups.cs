namespace EdgeChat.Delivery;

// what a person does with groups
public sealed partial class Messenger
{
    /// <summary>Makes a group with this board as its admin; gives the conversation, or -1.</summary>
    public int CreateGroup(string groupId, string name, long nowMs)
    {
        At(nowMs);
        LastError = _groups.Create(groupId, name, out int conversation);
        return conversation;
    }

    /// <summary>Changes the name of a group.</summary>
    public SendError RenameGroup(int conversation, string name, long nowMs)
    {
        At(nowMs);
        return _groups.Rename(conversation, name);
    }

    /// <summary>Adds a member and invites it.</summary>
    public SendError AddMember(int conversation, string deviceId, long nowMs)
    {
        At(nowMs);
        return _groups.Add(conversation, deviceId, nowMs);
    }

    /// <summary>Removes a member, or this board itself: then it has left.</summary>
    public SendError RemoveMember(int conversation, string deviceId, long nowMs)
    {
        At(nowMs);
        return _groups.Remove(conversation, deviceId, nowMs);
    }

    /// <summary>Makes a member an admin, or no longer.</summary>
    public SendError SetAdmin(int conversation, string deviceId, bool isAdmin, long nowMs)
    {
        At(nowMs);
        return _groups.SetAdmin(conversation, deviceId, isAdmin);
    }

    /// <summary>Members of a group, this board included.</summary>
    public int MemberCountOf(int conversation) { return _view.MemberCountOf(conversation); }

    /// <summary>The device id of a member.</summary>
    public string MemberOf(int conversation, int place) { return _ledger.Ids.At(_view.MemberAt(conversation, place)); }

    /// <summary>Whether that member is an admin.</summary>
    public bool IsAdmin(int conversation, int place)
    {
        int group = _ledger.Groups.Find(conversation);
        return group >= 0 && (_ledger.Groups.Admins[group] & _ledger.Groups.BitOf(conversation, _view.MemberAt(conversation, place))) != 0;
    }

    /// <summary>Whether this board may write to the conversation.</summary>
    public bool CanWrite(int conversation) { return !IsGroup(conversation) || _ledger.Groups.IsMember(conversation); }
}
