using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Sealed groups: an admin makes the key of each edit of the roster and tells it, with the roster, to each member in a sealed
/// message.</summary>
/// <remarks>
/// The epoch of a key is the edit counter that it was made with, so roster and key come together or not at all, and of two keys the one
/// with the higher counter counts; of two equal ones that whose maker comes first.
/// <code>
/// an edit is made       ratchets on flash, then the roster, with its word due; then a message for each member is in the outbox
/// all members have it   its maker forgets the key; what opens the next message is all that is left of it
/// a member lacks it     it asks the admins; these make a new one, since the old one is forgotten
/// a member began anew   the same: with the old one it could seal with numbers that were used
/// </code>
/// </remarks>
internal static class GroupKeys
{
    /// <summary>Whether all that goes to a group is sealed, and nothing else is taken from it; false for -1.</summary>
    public static bool IsSealed(Ledger ledger, int group) { return group >= 0 && ledger.Groups.Maker(group) >= 0; }

    /// <summary>Which of a group's keys it is that this board has.</summary>
    public static GroupSeal Of(Ledger ledger, int group)
    {
        var of = new GroupSeal();
        of.Place = group;
        of.Id = ledger.Ids.At(ledger.Conversations.Id(ledger.Groups.ConversationOf(group)));
        of.Epoch = ledger.Groups.Version(group);
        of.IsOdd = ledger.Groups.IsOdd(group);
        return of;
    }

    /// <summary>The number of the id of the first member with whom this board has no key, or -1.</summary>
    public static int Keyless(Ledger ledger, int group)
    {
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
        {
            int peer = ledger.Groups.MemberAt(group, slot);
            if (peer >= 0 && peer != ledger.MyNumber && ledger.Seals.Find(ledger.Ids.At(peer)) < 0) return peer;
        }

        return -1;
    }

    /// <summary>Whether a group is open, and this board can seal it.</summary>
    public static bool CanSeal(Ledger ledger, int group)
    {
        if (ledger.Seals.Count == 0 || IsSealed(ledger, group) || !Rosters.IsAdmin(ledger, group)) return false;
        return ledger.Groups.CountOf(group) > 1 && Keyless(ledger, group) < 0 && (ledger.IsLifeKnown || ledger.Seals.HasSeed);
    }

    /// <summary>Seals the groups that this board can seal, when their rosters have their turn.</summary>
    public static void SealWhatCanBe(Ledger ledger)
    {
        if (ledger.Seals.Count == 0) return;
        for (int group = 0; group < ledger.Groups.Capacity; group++)
            if (ledger.Groups.IsUsed(group) && CanSeal(ledger, group)) ledger.Groups.SetRepeatDue(group, true);
    }

    /// <summary>Makes the key of the next edit of a group.</summary>
    public static SendError Make(Ledger ledger, int group)
    {
        if (Keyless(ledger, group) >= 0) return SendError.NoKey;
        if (!ledger.IsLifeKnown && !ledger.Seals.HasSeed) return SendError.NoChance;
        try
        {
            Begin(ledger, group, ledger.Groups.Version(group) + 1, ledger.MyNumber, ledger.Seals.NewNumber(ledger.NowMs));
            return SendError.None;
        }
        catch (FlashException)
        {
            return SendError.FlashFailed;
        }
    }

    /// <summary>Makes the ratchets of an epoch; the roster on flash is to say that it has begun. Throws <see cref="FlashException"/> when
    /// the flash refuses: then nothing has changed.</summary>
    public static void Begin(Ledger ledger, int group, int epoch, int maker, byte[] key)
    {
        GroupSeal of = Of(ledger, group);
        of.Epoch = epoch;
        of.IsOdd = !of.IsOdd;
        string[] members = Column.Strings(ledger.Groups.SlotCount(group));
        for (int slot = 0; slot < members.Length; slot++)
        {
            int peer = ledger.Groups.MemberAt(group, slot);
            if (peer >= 0) members[slot] = ledger.Ids.At(peer);
        }

        ledger.GroupSeals.Begin(of, key, maker == ledger.MyNumber, members);
        ledger.Groups.SetSeal(group, maker, of.IsOdd);
    }

    /// <summary>An epoch has begun, on flash too: what was there of the one before is deleted.</summary>
    public static void Settle(Ledger ledger, int group)
    {
        ledger.Groups.SetHoldsKey(group, ledger.Groups.Maker(group) == ledger.MyNumber);
        ledger.FiltersChanged = true; // the roster does not come from its topic any more
        GroupSeal before = Of(ledger, group);
        before.IsOdd = !before.IsOdd;
        Delete(ledger, before);
    }

    /// <summary>After a start: looks whether what the rosters on flash speak of is there.</summary>
    public static void Start(Ledger ledger)
    {
        GroupTable groups = ledger.Groups;
        for (int group = 0; group < groups.Capacity; group++)
        {
            if (!groups.IsUsed(group) || !IsSealed(ledger, group)) continue;
            Settle(ledger, group);
            if (!groups.IsMember(group) && groups.Inviter(group) < 0) continue;
            if (ledger.GroupSeals.Has(Of(ledger, group), groups.SlotCount(group))) continue;
            // it asks whoever made the key, as one that was invited; who has made it itself makes another
            groups.SetHoldsKey(group, false);
            if (Rosters.IsAdmin(ledger, group) && Groups.Commit(ledger, group) == SendError.None) continue;
            groups.SetEdit(group, 0, groups.Maker(group));
            groups.SetSeal(group, -1, false);
            groups.SetIsMember(group, false);
        }

        ForgetKeys(ledger);
    }

    /// <summary>Puts the word of a new key into the outbox, for each member; what finds no room there comes later.</summary>
    public static void Tell(Ledger ledger, int group)
    {
        GroupTable groups = ledger.Groups;
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
        {
            int peer = groups.MemberAt(group, slot);
            if (peer < 0 || peer == ledger.MyNumber || (groups.Told(group) & 1 << slot) != 0) continue;
            if (TellOne(ledger, group, peer) != SendError.None) return;
            groups.SetTold(group, groups.Told(group) | 1 << slot);
        }

        groups.SetPublishDue(group, false);
        GroupMarks.TryAppend(ledger, group);
    }

    /// <summary>Puts the word of a group's key into the outbox, for one device; to one that is no member it says so.</summary>
    public static SendError TellOne(Ledger ledger, int group, int peer)
    {
        return Groups.SendControl(ledger, peer, BodyTypes.GroupKey, ledger.Groups.ConversationOf(group));
    }

    /// <summary>A device asks for a group's key, of which it has that of an epoch, or none (0).</summary>
    public static void OnAsked(Ledger ledger, int group, string device, int known)
    {
        int peer = ledger.Ids.Find(device);
        if (!Rosters.IsAdmin(ledger, group) || peer < 0 || known >= ledger.Groups.Version(group)) return;
        if (ledger.Seals.Find(device) < 0 || IsWaiting(ledger, peer, Tick.One)) return; // it is on its way
        if (ledger.Groups.SlotOf(group, peer) < 0) TellOne(ledger, group, peer);
        else Groups.Commit(ledger, group);
    }

    /// <summary>A device has a new key, or has begun a new life: it has the keys of its groups no more.</summary>
    public static void OnNewLife(Ledger ledger, string device)
    {
        GroupTable groups = ledger.Groups;
        int peer = ledger.Ids.Find(device);
        for (int group = 0; group < groups.Capacity && peer >= 0; group++)
        {
            if (!groups.IsUsed(group) || groups.Maker(group) != ledger.MyNumber || !Rosters.IsAdmin(ledger, group)) continue;
            if (groups.SlotOf(group, peer) >= 0) Groups.Commit(ledger, group);
        }
    }

    /// <summary>What came shows that there is a key that this board has not: if it does not come, the admins are asked.</summary>
    public static void Await(Ledger ledger, int group)
    {
        if (ledger.Groups.IsAwaited(group)) return;
        ledger.Groups.SetAwaited(group, true);
        Retained.Await(ledger);
    }

    /// <summary>Whether messages to a group stay in the outbox for now: this board has left it, or members who do not have its key yet
    /// could not open them.</summary>
    public static bool MustWait(Ledger ledger, int conversation)
    {
        int group = ledger.Groups.Find(conversation);
        if (!IsSealed(ledger, group)) return false;
        if (!ledger.Groups.IsMember(group)) return true;
        return ledger.Groups.HoldsKey(group) && (ledger.Groups.IsPublishDue(group) || IsWaiting(ledger, -1, Tick.Clock));
    }

    /// <summary>Forgets the keys that every member has.</summary>
    public static void ForgetKeys(Ledger ledger)
    {
        GroupTable groups = ledger.Groups;
        for (int group = 0; group < groups.Capacity; group++)
        {
            if (!groups.IsUsed(group) || !groups.HoldsKey(group) || groups.IsPublishDue(group)) continue;
            if (IsWaiting(ledger, -1, Tick.One)) return;
            try
            {
                ledger.GroupSeals.ForgetKey(Of(ledger, group));
                groups.SetHoldsKey(group, false);
                Leave(ledger, group);
            }
            catch (FlashException)
            {
                // it is tried again with the next receipt
            }
        }
    }

    /// <summary>Deletes what this board has of the key of a group that it has left, unless others wait for it.</summary>
    public static void Leave(Ledger ledger, int group)
    {
        if (ledger.Groups.HoldsKey(group) || ledger.Groups.IsMember(group)) return;
        Delete(ledger, Of(ledger, group));
        GroupMarks.EndGone(ledger, group);
    }

    // whether a message that is not for people, to a device or to any (-1), has no more than a tick
    private static bool IsWaiting(Ledger ledger, int peer, Tick atMost)
    {
        MessageTable messages = ledger.Messages;
        for (int i = messages.Waiting(0); i >= 0; i = messages.Waiting(i + 1))
        {
            if (messages.Kind(i) != EntryKind.Control || (atMost == Tick.Clock && messages.Tick(i) != Tick.Clock)) continue;
            if (peer < 0 || ledger.Conversations.Id(messages.Conversation(i)) == peer) return true;
        }

        return false;
    }

    private static void Delete(Ledger ledger, GroupSeal of)
    {
        try
        {
            ledger.GroupSeals.Delete(of);
        }
        catch (FlashException)
        {
            // it is tried again after the next start
        }
    }
}
