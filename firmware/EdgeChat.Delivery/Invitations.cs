using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Invitations to groups: that of somebody who is known is taken, and of a stranger's the person is asked.</summary>
/// <remarks>
/// <code>
/// roster awaited   it lists this board -> member, or waits when who has invited is a stranger
/// waits            the person accepts, or somebody who is known invites too -> member
///                  the person declines, a roster does not list this board any more, it gives way -> gone
/// </code>
/// While it waits a group has a place, its roster is followed, and nothing that is written there is taken.
/// </remarks>
internal static class Invitations
{
    /// <summary>Takes an invitation: this board looks at the roster.</summary>
    public static void Take(Ledger ledger, string id, string from, string name)
    {
        GroupTable groups = ledger.Groups;
        int peer = Topics.IsDeviceId(id) ? ledger.Meet(from) : -1;
        int group = peer < 0 ? -1 : TakePlace(ledger, id, peer);
        if (group < 0 || groups.IsMember(group)) return;
        if (groups.Inviter(group) >= 0)
        {
            if (Knows(ledger, peer)) Accept(ledger, group);
            return;
        }

        Note(ledger, group, peer);
        groups.SetSeal(group, -1, false);
        groups.SetAwaited(group, true);
        Retained.Await(ledger);
        if (name != null && Groups.IsName(name)) groups.SetName(group, name);
        GroupMarks.TryAppend(ledger, group);
        ledger.FiltersChanged = true;
    }

    /// <summary>Whether this board does not know a group of which a member speaks to it, as one whose flash was emptied: then that is an
    /// invitation. What it has left or declined it knows.</summary>
    public static bool IsForgotten(Ledger ledger, string id)
    {
        if (ledger.Conversations.Find(ledger.Ids.Find(id), true) >= 0) return false;
        MessageTable messages = ledger.Messages;
        for (int i = messages.Waiting(0); i >= 0; i = messages.Waiting(i + 1))
        {
            if (messages.Kind(i) != EntryKind.Control || !ledger.Keeper.ReadMessage(i)) continue;
            if (Pair.First(ledger.Record) == BodyTypes.Leave && Pair.Second(ledger.Record) == id) return false;
        }

        return true;
    }

    /// <summary>A device has invited to a group that this board is not in; one that this board knows counts before a stranger.</summary>
    public static void Note(Ledger ledger, int group, int peer)
    {
        // what the roster said before does not count: this board was not in it
        if (ledger.Groups.Version(group) > 0 || !Knows(ledger, ledger.Groups.By(group))) ledger.Groups.SetEdit(group, 0, peer);
    }

    /// <summary>A place for a group that a device invites to, its own when it has one; -1, counted, when there is none.</summary>
    public static int TakePlace(Ledger ledger, string id, int peer)
    {
        int group = Groups.Find(ledger, id);
        if (group >= 0) return group;
        bool isKnown = Knows(ledger, peer);
        bool mayHave = isKnown || (ledger.Meet(id) >= 0 && (CountOfStrangers(ledger) < Limits.Invitations || GiveWay(ledger, false)));
        int conversation = mayHave ? ledger.TakeConversation(id, true) : -1;
        if (conversation >= 0)
        {
            group = ledger.Groups.Add(conversation);
            if (group < 0 && isKnown && GiveWay(ledger, true)) group = ledger.Groups.Add(conversation);
            if (group < 0) ledger.Conversations.Forget(conversation);
        }

        if (group < 0) ledger.Counters.NoRoom++;
        return group;
    }

    /// <summary>A device says in which incarnation it is: one that began anew does not know the groups any more that this board is an admin
    /// of, and is invited again.</summary>
    public static void OnIncarnation(Ledger ledger, int peer, int incarnation)
    {
        int conversation = ledger.Conversations.Find(peer, false);
        int row = conversation < 0 ? -1 : ledger.Streams.Find(conversation, peer);
        int known = row < 0 ? 0 : ledger.Streams.ReaderIncarnation(row);
        if (known == 0 || incarnation <= known) return;
        GroupTable groups = ledger.Groups;
        for (int group = 0; group < groups.Capacity; group++)
        {
            if (!groups.IsUsed(group) || GroupKeys.IsSealed(ledger, group) || !Rosters.IsAdmin(ledger, group)) continue;
            if (groups.SlotOf(group, peer) < 0) continue;
            if (Groups.SendControl(ledger, peer, BodyTypes.Invite, groups.ConversationOf(group)) != SendError.None) return;
        }

        ledger.Streams.SetReaderIncarnation(row, incarnation);
        MarkSchedule.Soon(ledger, row);
    }

    /// <summary>Whether a device is no stranger: the operator, a contact by provisioning or by hand, or somebody this board has written
    /// to.</summary>
    public static bool Knows(Ledger ledger, int peer)
    {
        if (peer < 0) return false;
        return ledger.Ids.At(peer) == ledger.Me.Operator || ledger.Contacts.Knows(peer, HasWrittenTo(ledger, peer));
    }

    /// <summary>A roster lists this board, to whose group a stranger has invited: the person is to answer.</summary>
    public static void Ask(Ledger ledger, int group, int inviter)
    {
        int conversation = ledger.Groups.ConversationOf(group);
        ledger.Groups.SetInviter(group, inviter);
        ledger.Conversations.Touch(conversation, ledger.LastOrder + 1);
        ledger.Announce(conversation);
        ledger.NoteConversation(EventKind.Invited, conversation, 0, 0);
        ledger.Messages.Shape++;
    }

    /// <summary>The person, or an invitation of somebody who is known, says yes: this board is a member.</summary>
    public static SendError Accept(Ledger ledger, int group)
    {
        GroupTable groups = ledger.Groups;
        int inviter = groups.Inviter(group);
        groups.SetInviter(group, -1);
        groups.SetIsMember(group, true);
        if (!GroupMarks.TryAppend(ledger, group))
        {
            groups.SetIsMember(group, false);
            groups.SetInviter(group, inviter);
            return ledger.Keeper.Error;
        }

        Notices.Add(ledger, groups.ConversationOf(group), inviter, "added you", -1);
        ledger.FiltersChanged = true;
        ledger.Messages.Shape++;
        if (!GroupKeys.IsSealed(ledger, group)) Rosters.OnJoined(ledger, group);
        return SendError.None;
    }

    /// <summary>The person says no: who has invited is told as if this board left, or an admin when that is none.</summary>
    public static SendError Decline(Ledger ledger, int group)
    {
        GroupTable groups = ledger.Groups;
        int admins = groups.Admins(group) & ~groups.BitOf(group, ledger.MyNumber);
        int slot = groups.SlotOf(group, groups.Inviter(group));
        if (slot < 0 || (admins & 1 << slot) == 0) slot = 0;
        while (admins != 0 && (admins & 1 << slot) == 0) slot++;
        if (admins != 0)
        {
            SendError error = Groups.SendControl(ledger, groups.MemberAt(group, slot), BodyTypes.Leave, groups.ConversationOf(group));
            if (error != SendError.None) return error;
        }

        return TryEnd(ledger, group) ? SendError.None : ledger.Keeper.Error;
    }

    /// <summary>There is no invitation any more; false when the flash refuses. A group that nothing has been said in is gone.</summary>
    public static bool TryEnd(Ledger ledger, int group)
    {
        GroupTable groups = ledger.Groups;
        int conversation = groups.ConversationOf(group);
        int inviter = groups.Inviter(group);
        int version = groups.Version(group);
        bool wasOpen = ledger.Conversations.IsOpen(conversation);
        bool isEmpty = ledger.Conversations.Oldest(conversation) < 0 && ledger.Conversations.Close(conversation);
        bool isMarked = isEmpty && ledger.Conversations.Mark(conversation) != 0;
        groups.SetInviter(group, -1);
        if (version == 0) groups.SetEdit(group, 1, groups.By(group)); // as one that was left: nothing is awaited after a start either
        // as long as the group's mark says that it waits it is opened at a start
        if ((isMarked && !Marks.TryAppendConversation(ledger, conversation, true)) || !GroupMarks.TryAppend(ledger, group))
        {
            groups.SetInviter(group, inviter);
            groups.SetEdit(group, version, groups.By(group));
            if (wasOpen) ledger.Conversations.Open(conversation);
            return false;
        }

        if (GroupKeys.IsSealed(ledger, group)) GroupKeys.Leave(ledger, group);
        else if (isEmpty) groups.Free(group);
        if (isEmpty) ledger.Conversations.Forget(conversation);
        if (ledger.Arrival == conversation) ledger.Arrival = -1;
        ledger.FiltersChanged = true;
        ledger.Messages.Shape++;
        ledger.Revision++;
        return true;
    }

    private static int CountOfStrangers(Ledger ledger)
    {
        int count = 0;
        for (int group = 0; group < ledger.Groups.Capacity; group++)
            if (ledger.Groups.IsUsed(group) && (ledger.Groups.Inviter(group) >= 0 || IsAwaited(ledger, group, false))) count++;
        return count;
    }

    // one whose roster has not listed this board gives way to any; one that waits for an answer to who is known
    private static bool GiveWay(Ledger ledger, bool toKnown)
    {
        GroupTable groups = ledger.Groups;
        int last = -1;
        for (int group = 0; group < groups.Capacity; group++)
        {
            if (!groups.IsUsed(group) || ledger.Conversations.Oldest(groups.ConversationOf(group)) >= 0) continue;
            if (IsAwaited(ledger, group, toKnown)) return TryEnd(ledger, group);
            if (toKnown && groups.Inviter(group) >= 0) last = group;
        }

        return last >= 0 && TryEnd(ledger, last);
    }

    // whether a group's roster has not listed this board yet, and a stranger has invited, or any
    private static bool IsAwaited(Ledger ledger, int group, bool byAny)
    {
        return ledger.Groups.Version(group) == 0 && (byAny || !Knows(ledger, ledger.Groups.By(group)));
    }

    private static bool HasWrittenTo(Ledger ledger, int peer)
    {
        int conversation = ledger.Conversations.Find(peer, false);
        int own = conversation < 0 ? -1 : ledger.Messages.OwnBefore(ledger.Conversations.Newest(conversation));
        while (own >= 0 && !EntryKind.IsVisible(ledger.Messages.Kind(own)))
            own = ledger.Messages.OwnBefore(ledger.Messages.Previous(own));
        return own >= 0;
    }
}
