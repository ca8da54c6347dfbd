using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes rosters from the broker and gives it this board's: the higher edit counter counts, and every difference is told as a
/// line.</summary>
/// <remarks>An admin that sees an older roster than its own on the broker publishes its own again: so the newest is what is retained,
/// whatever was overtaken.</remarks>
internal static class Rosters
{
    /// <summary>Takes a roster that came for a group.</summary>
    public static BodyError Take(Ledger ledger, string id, byte[] bytes)
    {
        int group = Groups.Find(ledger, id);
        if (group < 0) return BodyError.None; // late, from a group that this board has left
        if (GroupKeys.IsSealed(ledger, group)) return BodyError.NotSealed;
        var roster = new Roster();
        BodyError error = RosterReader.Read(bytes, bytes.Length, ledger.Body, roster);
        if (error != BodyError.None) return error;
        ledger.Groups.SetAwaited(group, false);
        if (IsNewer(ledger, roster, group)) TryApply(ledger, roster, group, -1, null);
        else if (roster.Version < ledger.Groups.Version(group) && IsAdmin(ledger, group)) ledger.Groups.SetRepeatDue(group, true);
        return BodyError.None;
    }

    /// <summary>The rosters of the groups that this board is an admin of are to be published again.</summary>
    public static void PublishAll(Ledger ledger)
    {
        for (int group = 0; group < ledger.Groups.Capacity; group++)
            if (ledger.Groups.IsUsed(group) && IsAdmin(ledger, group)) ledger.Groups.SetRepeatDue(group, true);
    }

    /// <summary>Fills in the next roster to publish; false when none waits.</summary>
    public static bool Next(Ledger ledger, LinkAction into, FlightTable flights)
    {
        GroupTable groups = ledger.Groups;
        for (int group = 0; group < groups.Capacity; group++)
        {
            if (!groups.IsUsed(group) || !(groups.IsPublishDue(group) || groups.IsRepeatDue(group))) continue;
            if (GroupKeys.CanSeal(ledger, group)) Groups.Seal(ledger, group);
            if (GroupKeys.IsSealed(ledger, group))
            {
                groups.SetRepeatDue(group, false);
                if (groups.IsPublishDue(group)) GroupKeys.Tell(ledger, group);
                continue;
            }

            if (flights.Has(FlightTable.Roster, group)) continue;
            if (flights.Writer.WriteRoster(Make(ledger, group)) != BodyError.None) continue;
            string id = ledger.Ids.At(ledger.Conversations.Id(groups.ConversationOf(group)));
            flights.Put(into, Topics.Roster(id), true, FlightTable.Roster, group, 0, groups.IsPublishDue(group) ? 0 : 1);
            groups.SetPublishDue(group, false);
            groups.SetRepeatDue(group, false);
            return true;
        }

        return false;
    }

    /// <summary>The roster of a group was confirmed, or was not and comes again.</summary>
    public static void OnPublished(Ledger ledger, int group, bool isRepeat, bool isConfirmed)
    {
        GroupTable groups = ledger.Groups;
        if (!groups.IsUsed(group)) return;
        if (!isConfirmed)
        {
            if (isRepeat) groups.SetRepeatDue(group, true);
            else groups.SetPublishDue(group, true);
            return;
        }

        // a group that was left and deleted had to stay until everybody could know
        if (!GroupMarks.EndGone(ledger, group) && !isRepeat) GroupMarks.TryAppend(ledger, group);
    }

    /// <summary>The roster of a group as this board has it.</summary>
    public static Roster Make(Ledger ledger, int group)
    {
        GroupTable groups = ledger.Groups;
        var roster = new Roster();
        roster.Version = groups.Version(group);
        roster.By = groups.By(group) < 0 ? ledger.Me.DeviceId : ledger.Ids.At(groups.By(group));
        roster.Name = groups.Name(group);
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
        {
            int peer = groups.MemberAt(group, slot);
            if (peer < 0) continue;
            if ((groups.Admins(group) & 1 << slot) != 0) roster.Admins |= 1 << roster.Count;
            roster.Members[roster.Count++] = ledger.Ids.At(peer);
        }

        return roster;
    }

    private static bool IsNewer(Ledger ledger, Roster roster, int group)
    {
        int version = ledger.Groups.Version(group);
        if (roster.Version != version) return roster.Version > version;
        string by = ledger.Ids.At(ledger.Groups.By(group));
        return by != null && ComesFirst(roster.By, by);
    }

    /// <summary>Whether an id comes before another in the alphabet.</summary>
    public static bool ComesFirst(string one, string other)
    {
        char[] a = one.ToCharArray();
        char[] b = other.ToCharArray();
        for (int i = 0; i < a.Length && i < b.Length; i++)
            if (a[i] != b[i]) return a[i] < b[i];
        return a.Length < b.Length;
    }

    /// <summary>Whether this board is an admin of a group, and has not merely been invited to be one.</summary>
    public static bool IsAdmin(Ledger ledger, int group)
    {
        return (ledger.Groups.Admins(group) & ledger.Groups.BitOf(group, ledger.MyNumber)) != 0 && ledger.Groups.Inviter(group) < 0;
    }

    /// <summary>Takes a newer roster; false when it is to come again.</summary>
    /// <param name="ledger">Where the group is.</param>
    /// <param name="roster">The roster.</param>
    /// <param name="group">The group.</param>
    /// <param name="maker">Number of the id of who has made the key that came with it.</param>
    /// <param name="key">That key, or null when the roster came openly.</param>
    public static bool TryApply(Ledger ledger, Roster roster, int group, int maker, byte[] key)
    {
        GroupTable groups = ledger.Groups;
        int conversation = groups.ConversationOf(group);
        bool isFirst = groups.Version(group) == 0;
        bool wasMember = groups.IsMember(group);
        bool isListed = roster.Find(ledger.Me.DeviceId) >= 0;
        int inviter = groups.Inviter(group);
        if (inviter >= 0 && !isListed) return Invitations.TryEnd(ledger, group);
        if (isFirst && !isListed) return true; // an invitation that was taken back, or came before its roster
        bool asks = isFirst && inviter < 0 && !Invitations.Knows(ledger, groups.By(group));
        if (asks) inviter = groups.By(group);
        bool isMember = isListed && inviter < 0;
        int by = ledger.Meet(roster.By);
        int[] peers = PeersOf(ledger, roster);
        groups.Reserve(group, roster.Count);
        bool mayOpen = isMember ? Strangers.HasPlace(ledger) : !Strangers.AreFull(ledger);
        if (isListed && !mayOpen && !ledger.Conversations.IsOpen(conversation))
        {
            ledger.Counters.NoRoom++;
            return false;
        }

        if (isListed) ledger.Conversations.Open(conversation);
        string name = groups.Name(group);
        int version = groups.Version(group);
        int editor = groups.By(group);
        groups.SetEdit(group, roster.Version, by);
        groups.SetName(group, roster.Name);
        groups.SetPublishDue(group, false);
        groups.SetRepeatDue(group, false);
        groups.SetIsMember(group, isMember);
        if (isMember != wasMember || isFirst) ledger.FiltersChanged = true;
        ledger.Revision++;
        if (isMember && !wasMember) Notices.Add(ledger, conversation, by, "added you", -1);
        else if (wasMember && name != roster.Name && roster.Name != null) Notices.AddName(ledger, conversation, by, roster.Name);
        bool isKept = RemoveOthers(ledger, peers, group, by, wasMember);
        AddOthers(ledger, peers, group, by, wasMember && isMember);
        TakeAdmins(ledger, peers, roster.Admins, group);
        if (asks) Invitations.Ask(ledger, group, inviter);
        if (key != null) return TryBegin(ledger, group, maker, key, version, editor, isKept);
        // else a start would find neither those who are gone nor the ticks that they have proved: it takes the roster once more
        if (isKept) GroupMarks.TryAppend(ledger, group);
        if (!wasMember && isMember) OnJoined(ledger, group);
        else if (GroupKeys.CanSeal(ledger, group)) groups.SetRepeatDue(group, true);
        return true;
    }

    // when the flash refuses, the edit counts as not seen: the key comes again
    private static bool TryBegin(Ledger ledger, int group, int maker, byte[] key, int version, int editor, bool isKept)
    {
        GroupTable groups = ledger.Groups;
        int before = groups.Maker(group);
        bool isOdd = groups.IsOdd(group);
        try
        {
            GroupKeys.Begin(ledger, group, groups.Version(group), maker, key);
        }
        catch (FlashException)
        {
            groups.SetEdit(group, version, editor);
            return false;
        }

        if (isKept && GroupMarks.TryAppend(ledger, group))
        {
            GroupKeys.Settle(ledger, group);
            return true;
        }

        groups.SetSeal(group, before, isOdd);
        groups.SetEdit(group, version, editor);
        return false;
    }

    /// <summary>This board has come into a group that is open to it. That may be sealed: then an admin with whom this board has a key
    /// tells.</summary>
    public static void OnJoined(Ledger ledger, int group)
    {
        if (GroupKeys.CanSeal(ledger, group))
        {
            ledger.Groups.SetRepeatDue(group, true);
            return;
        }

        int asks = 0;
        for (int slot = 0; slot < Limits.GroupMembers && ledger.Seals.Count > 0; slot++)
        {
            if ((ledger.Groups.Admins(group) & 1 << slot) == 0) continue;
            if (ledger.Seals.Find(ledger.Ids.At(ledger.Groups.MemberAt(group, slot))) >= 0) asks |= 1 << slot;
        }

        ledger.Groups.SetAsks(group, asks);
    }

    // the numbers of the members' ids; -1 for one that finds no room
    private static int[] PeersOf(Ledger ledger, Roster roster)
    {
        var peers = new int[roster.Count];
        for (int i = 0; i < peers.Length; i++)
        {
            peers[i] = ledger.Meet(roster.Members[i]);
            if (peers[i] < 0) ledger.Counters.NoRoom++;
        }

        return peers;
    }

    private static bool RemoveOthers(Ledger ledger, int[] peers, int group, int by, bool tells)
    {
        GroupTable groups = ledger.Groups;
        bool isKept = true;
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
        {
            int peer = groups.MemberAt(group, slot);
            if (peer < 0 || (slot < peers.Length && peers[slot] == peer) || Has(peers, peer)) continue; // mostly in the same order
            if (tells) Notices.Add(ledger, groups.ConversationOf(group), by, peer == by ? "left" : "removed", peer == by ? -1 : peer);
            if (!Memberships.Remove(ledger, group, slot)) isKept = false;
        }

        return isKept;
    }

    private static bool Has(int[] peers, int peer)
    {
        for (int i = 0; i < peers.Length; i++)
            if (peers[i] == peer) return true;
        return false;
    }

    private static void AddOthers(Ledger ledger, int[] peers, int group, int by, bool tells)
    {
        GroupTable groups = ledger.Groups;
        for (int i = 0; i < peers.Length; i++)
        {
            if (peers[i] < 0 || groups.MemberAt(group, i) == peers[i] || groups.SlotOf(group, peers[i]) >= 0) continue;
            if (Memberships.Add(ledger, group, peers[i]) && tells)
                Notices.Add(ledger, groups.ConversationOf(group), by, "added", peers[i]);
        }
    }

    private static void TakeAdmins(Ledger ledger, int[] peers, int bits, int group)
    {
        int admins = 0;
        for (int i = 0; i < peers.Length; i++)
        {
            int slot = peers[i] < 0 || (bits & 1 << i) == 0 ? -1 : ledger.Groups.SlotOf(group, peers[i]);
            if (slot >= 0) admins |= 1 << slot;
        }

        ledger.Groups.SetAdmins(group, admins);
    }
}
