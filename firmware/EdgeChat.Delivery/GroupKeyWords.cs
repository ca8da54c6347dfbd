using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>What the word of a group's key says to whom, and what it does with who gets it.</summary>
internal static class GroupKeyWords
{
    /// <summary>Fills in what the ledger's body, which names the group, says to a device: nothing when the key is over. It never has a key
    /// in it for a device that this board has none with.</summary>
    public static void Fill(Ledger ledger, int peer)
    {
        Body body = ledger.Body;
        body.Content = "";
        int group = Groups.Find(ledger, body.Group);
        if (!GroupKeys.IsSealed(ledger, group) || ledger.Seals.Find(ledger.Ids.At(peer)) < 0) return;
        bool isMember = ledger.Groups.SlotOf(group, peer) >= 0;
        byte[] key = isMember ? KeyOf(ledger, group) : null;
        if (isMember && key == null) return;
        Roster roster = Rosters.Make(ledger, group);
        body.From = roster.Version;
        body.Content = isMember ? GroupKeyText.Write(key, roster) : GroupKeyText.WriteRemoval(roster.By);
    }

    /// <summary>Takes the ledger's body, which a device has sealed for this board alone; false when it is to come again.</summary>
    public static bool Take(Ledger ledger, string from)
    {
        Body body = ledger.Body;
        if (body.Content == "") return true;
        var roster = new Roster();
        roster.Version = body.From;
        if (body.From == 0 || !Topics.IsDeviceId(body.Group) || !GroupKeyText.TryRead(body.Content, roster, out byte[] key))
            return Refuse(ledger);
        int group = Groups.Find(ledger, body.Group);
        bool isInvited = ledger.Groups.Inviter(group) >= 0;
        bool isMember = isInvited || ledger.Groups.IsMember(group);
        int maker = ledger.Ids.Add(from);
        if (isMember && (ledger.Groups.Admins(group) & ledger.Groups.BitOf(group, maker)) == 0) return Refuse(ledger);
        if (isMember && !IsNewer(ledger, group, from, maker)) return true;
        if (key == null && isInvited) return Invitations.TryEnd(ledger, group);
        if (key == null) return !isMember || TryLeave(ledger, group, roster.Version, ledger.Ids.Add(roster.By));
        if (!IsSound(roster, ledger.Me.DeviceId, from)) return Refuse(ledger);
        if (group < 0) group = Invitations.TakePlace(ledger, body.Group, maker);
        if (group < 0) return false;
        if (!isMember) Invitations.Note(ledger, group, maker);
        ledger.Groups.SetAwaited(group, false);
        return Rosters.TryApply(ledger, roster, group, maker, key);
    }

    // an admin who lags behind gets the key that it has not seen
    private static bool IsNewer(Ledger ledger, int group, string from, int maker)
    {
        GroupTable groups = ledger.Groups;
        if (!GroupKeys.IsSealed(ledger, group) || ledger.Body.From > groups.Version(group)) return true;
        if (ledger.Body.From == groups.Version(group)) return Rosters.ComesFirst(from, ledger.Ids.At(groups.Maker(group)));
        if (groups.Maker(group) == ledger.MyNumber && groups.HoldsKey(group)) GroupKeys.TellOne(ledger, group, maker);
        return false;
    }

    // of the members, one who is taken off learns nothing
    private static bool TryLeave(Ledger ledger, int group, int version, int by)
    {
        GroupTable groups = ledger.Groups;
        int conversation = groups.ConversationOf(group);
        Memberships.Remove(ledger, group, groups.SlotOf(group, ledger.MyNumber));
        groups.SetEdit(group, version, by);
        groups.SetIsMember(group, false);
        ledger.FiltersChanged = true;
        Notices.Add(ledger, conversation, by, "removed", ledger.MyNumber);
        if (!GroupMarks.TryAppend(ledger, group)) return false;
        groups.SetHoldsKey(group, false);
        GroupKeys.Leave(ledger, group);
        return true;
    }

    private static bool IsSound(Roster roster, string me, string maker)
    {
        int place = roster.Find(maker);
        bool isAdmin = place >= 0 && (roster.Admins & 1 << place) != 0;
        return isAdmin && roster.Find(me) >= 0 && (roster.Name == null || Groups.IsName(roster.Name));
    }

    private static byte[] KeyOf(Ledger ledger, int group)
    {
        try
        {
            return ledger.Groups.HoldsKey(group) ? ledger.GroupSeals.Key(GroupKeys.Of(ledger, group)) : null;
        }
        catch (FlashException)
        {
            return null;
        }
    }

    private static bool Refuse(Ledger ledger)
    {
        ledger.Counters.Refuse(BodyError.OutOfRange);
        return true;
    }
}
