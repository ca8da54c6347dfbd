using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes rosters from the broker and gives it this board's: the higher edit counter counts, and every difference is told as a line.</summary>
/// <remarks>An admin that sees an older roster than its own on the broker publishes its own again: so the newest is what is retained, whatever was overtaken.</remarks>
internal sealed class Rosters
{
    private readonly Ledger _ledger;
    private readonly Roster _roster = new Roster();
    private int _inFlight;

    public Rosters(Ledger ledger)
    {
        _ledger = ledger;
    }

    /// <summary>Takes a roster that came for a group.</summary>
    public BodyError Take(string id, byte[] bytes)
    {
        int conversation = _ledger.Conversations.Find(_ledger.Ids.Find(id), true);
        int group = conversation < 0 ? -1 : _ledger.Groups.Find(conversation);
        if (group < 0) return BodyError.None; // late, from a group that this board has left
        BodyError error = RosterReader.Read(bytes, bytes.Length, _ledger.Body, _roster);
        if (error != BodyError.None) return error;
        if (IsNewer(group)) Apply(group);
        else if (_roster.Version < _ledger.Groups.Version[group] && IsAdmin(group)) _ledger.Groups.SetPublishDue(group, true);
        return BodyError.None;
    }

    /// <summary>The rosters of the groups that this board is an admin of are to be published again.</summary>
    public void PublishAll()
    {
        for (int group = 0; group < Limits.Groups; group++)
            if (_ledger.Groups.ConversationOf(group) != 255 && IsAdmin(group)) _ledger.Groups.SetPublishDue(group, true);
    }

    /// <summary>Fills in the next roster to publish; false when none waits.</summary>
    public bool Next(LinkAction into, BodyWriter writer)
    {
        GroupTable groups = _ledger.Groups;
        for (int group = 0; group < Limits.Groups; group++)
        {
            if (groups.ConversationOf(group) == 255 || !groups.IsPublishDue(group)) continue;
            Fill(group);
            if (writer.WriteRoster(_roster) != BodyError.None) continue;
            _inFlight = group;
            groups.SetPublishDue(group, false);
            into.Topic = Topics.Roster(_ledger.Ids.At(_ledger.Conversations.Id[groups.ConversationOf(group)]));
            into.Retain = true;
            return true;
        }

        return false;
    }

    /// <summary>The roster given last was confirmed, or was not and comes again.</summary>
    public void OnPublished(bool isConfirmed)
    {
        if (_ledger.Groups.ConversationOf(_inFlight) == 255) return;
        if (!isConfirmed)
        {
            _ledger.Groups.SetPublishDue(_inFlight, true);
            return;
        }

        // a group that was left and deleted had to stay until everybody could know
        if (_ledger.Conversations.IsOpen(_ledger.Groups.ConversationOf(_inFlight))) GroupMarks.TryAppend(_ledger, _inFlight);
        else if (!_ledger.Groups.IsPublishDue(_inFlight) && _ledger.Groups.Version[_inFlight] > 0) _ledger.Groups.Free(_inFlight);
    }

    private void Fill(int group)
    {
        GroupTable groups = _ledger.Groups;
        _roster.Clear();
        _roster.Version = groups.Version[group];
        _roster.By = groups.By[group] < 0 ? _ledger.Me.DeviceId : _ledger.Ids.At(groups.By[group]);
        _roster.Name = groups.Name[group];
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
        {
            int peer = groups.MemberAt(group, slot);
            if (peer < 0) continue;
            if ((groups.Admins[group] & 1 << slot) != 0) _roster.Admins |= 1 << _roster.Count;
            _roster.Members[_roster.Count++] = _ledger.Ids.At(peer);
        }
    }

    private bool IsNewer(int group)
    {
        int version = _ledger.Groups.Version[group];
        if (_roster.Version != version) return _roster.Version > version;
        string by = _ledger.Ids.At(_ledger.Groups.By[group]);
        return by != null && ComesFirst(_roster.By.ToCharArray(), by.ToCharArray());
    }

    private static bool ComesFirst(char[] a, char[] b)
    {
        for (int i = 0; i < a.Length && i < b.Length; i++)
            if (a[i] != b[i]) return a[i] < b[i];
        return a.Length < b.Length;
    }

    private bool IsAdmin(int group)
    {
        return (_ledger.Groups.Admins[group] & _ledger.Groups.BitOf(_ledger.Groups.ConversationOf(group), _ledger.MyNumber)) != 0;
    }

    private void Apply(int group)
    {
        GroupTable groups = _ledger.Groups;
        int conversation = groups.ConversationOf(group);
        bool isFirst = groups.Version[group] == 0;
        bool wasMember = groups.IsMember(conversation);
        bool isMember = _roster.Find(_ledger.Me.DeviceId) >= 0;
        if (isFirst && !isMember) return; // an invitation that was taken back, or came before its roster
        if (isMember && !_ledger.Conversations.Open(conversation))
        {
            _ledger.Counters.NoRoom++;
            return;
        }

        int by = _ledger.Ids.Add(_roster.By);
        string name = groups.Name[group];
        groups.Version[group] = _roster.Version;
        groups.By[group] = (short)by;
        groups.Name[group] = _roster.Name;
        groups.SetPublishDue(group, false);
        groups.SetIsMember(group, isMember);
        if (isMember && !wasMember) GroupEvents.Add(_ledger, conversation, by, "added you", -1);
        else if (wasMember && name != _roster.Name && _roster.Name != null) GroupEvents.Add(_ledger, conversation, by, "named it " + _roster.Name, -1);
        RemoveOthers(group, by, wasMember);
        AddOthers(group, by, wasMember && isMember);
        TakeAdmins(group);
        GroupMarks.TryAppend(_ledger, group);
        if (isMember != wasMember || isFirst) _ledger.FiltersChanged = true;
        _ledger.Revision++;
    }

    private void RemoveOthers(int group, int by, bool tells)
    {
        GroupTable groups = _ledger.Groups;
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
        {
            int peer = groups.MemberAt(group, slot);
            if (peer < 0 || _roster.Find(_ledger.Ids.At(peer)) >= 0) continue;
            if (tells) GroupEvents.Add(_ledger, groups.ConversationOf(group), by, peer == by ? "left" : "removed", peer == by ? -1 : peer);
            Memberships.Remove(_ledger, group, slot);
        }
    }

    private void AddOthers(int group, int by, bool tells)
    {
        GroupTable groups = _ledger.Groups;
        for (int i = 0; i < _roster.Count; i++)
        {
            int peer = _ledger.Ids.Add(_roster.Members[i]);
            if (peer < 0) _ledger.Counters.NoRoom++;
            if (peer < 0 || groups.SlotOf(group, peer) >= 0) continue;
            if (Memberships.Add(_ledger, group, peer) && tells) GroupEvents.Add(_ledger, groups.ConversationOf(group), by, "added", peer);
        }
    }

    private void TakeAdmins(int group)
    {
        int admins = 0;
        for (int i = 0; i < _roster.Count; i++)
        {
            int peer = _ledger.Ids.Find(_roster.Members[i]);
            int slot = peer < 0 || (_roster.Admins & 1 << i) == 0 ? -1 : _ledger.Groups.SlotOf(group, peer);
            if (slot >= 0) admins |= 1 << slot;
        }

        _ledger.Groups.Admins[group] = admins;
    }
}
