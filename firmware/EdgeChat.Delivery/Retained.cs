using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>What the broker is to keep for who subscribes later: looks after each connection whether it does, puts back what is this
/// board's, and asks its owner for what is not.</summary>
/// <remarks>
/// A broker may lose what it kept and have the session all the same, and one node of several may never have had it. What counts is what has
/// come within 10 s of a subscription:
/// <code>
/// own profile                       is published again
/// roster of an admin                the same
/// roster of a member, or invited    each admin, or who has invited, is asked; it publishes the roster again
/// presence of who is followed       that device is asked, once; it publishes birth and profile again
/// </code>
/// The own presence needs no such care: each connection begins with a birth.
/// </remarks>
internal static class Retained
{
    /// <summary>In place of when the presence was said last: it is to be said again.</summary>
    public const long PresenceIsAsked = Deadline.Never;

    /// <summary>Connected: the own profile and all rosters are subscribed to anew.</summary>
    public static void OnConnected(Ledger ledger)
    {
        ledger.Contacts.AwaitProfile();
        for (int group = 0; group < ledger.Groups.Capacity; group++)
            if (ledger.Groups.IsUsed(group) && !GroupKeys.IsSealed(ledger, group)) ledger.Groups.SetAwaited(group, true);
    }

    /// <summary>Online: what the broker keeps comes now. This board's own presence has just gone to all.</summary>
    public static void OnOnline(Ledger ledger)
    {
        if (ledger.AnnouncedMs != PresenceIsAsked) ledger.AnnouncedMs = ledger.NowMs; // else it has begun another life meanwhile
        ledger.RetainedByMs = 0;
        Await(ledger);
    }

    /// <summary>Something more was subscribed to; while not online that is done when it is.</summary>
    public static void Await(Ledger ledger)
    {
        if (ledger.RetainedByMs == Deadline.Never) return;
        ledger.RetainedByMs = ledger.NowMs + Limits.RetainedWaitMs;
        ledger.DueMs(ledger.RetainedByMs);
    }

    /// <summary>Looks at what has come when its time is over.</summary>
    public static void OnTime(Ledger ledger)
    {
        if (ledger.RetainedByMs == 0 || ledger.RetainedByMs == Deadline.Never) return;
        if (ledger.NowMs < ledger.RetainedByMs)
        {
            ledger.DueMs(ledger.RetainedByMs);
            return;
        }

        ledger.RetainedByMs = 0;
        ledger.Contacts.CheckProfile();
        for (int group = 0; group < ledger.Groups.Capacity; group++)
            if (ledger.Groups.IsUsed(group) && ledger.Groups.IsAwaited(group)) Lack(ledger, group);
    }

    /// <summary>Fills in the next question; false when there is none.</summary>
    public static bool Next(Ledger ledger, LinkAction into, FlightTable flights)
    {
        int peer = ledger.RetainedByMs == 0 ? ledger.Presence.NextAwaited() : -1;
        if (peer >= 0)
        {
            Put(ledger, into, flights, peer, -1);
            ledger.Presence.SetAwaited(peer, false);
            return true;
        }

        GroupTable groups = ledger.Groups;
        for (int group = 0; group < groups.Capacity; group++)
        {
            if (!groups.IsUsed(group) || groups.Asks(group) == 0) continue;
            int asks = groups.Asks(group);
            int slot = 0;
            while ((asks & 1 << slot) == 0) slot++;
            peer = groups.Version(group) == 0 ? groups.By(group) : groups.MemberAt(group, slot);
            if (peer >= 0) Put(ledger, into, flights, peer, group);
            groups.SetAsks(group, asks & ~(1 << slot));
            if (peer >= 0) return true;
        }

        return false;
    }

    /// <summary>A question was not confirmed: it is asked once more.</summary>
    public static void AskAgain(Ledger ledger, int peer, int groupPlus1)
    {
        int group = groupPlus1 - 1;
        if (group >= 0 && ledger.Groups.IsUsed(group)) Lack(ledger, group);
        else ledger.Presence.SetAwaited(peer, true);
    }

    /// <summary>Somebody asks.</summary>
    /// <param name="ledger">Where everything is.</param>
    /// <param name="from">Who.</param>
    /// <param name="group">For the roster of this group, or, when null, for presence and profile.</param>
    /// <param name="known">Which edit of the roster of a sealed group it has, or 0.</param>
    public static void OnAsked(Ledger ledger, string from, string group, int known)
    {
        if (group == null)
        {
            // who asks has been subscribed for this long, and has heard what was said meanwhile
            if (ledger.NowMs - ledger.AnnouncedMs < Limits.RetainedWaitMs) return;
            if (ledger.RetainedByMs != Deadline.Never) ledger.AnnouncedMs = PresenceIsAsked; // else it is about to be said
            ledger.Contacts.PublishProfile();
            return;
        }

        int place = Groups.Find(ledger, group);
        if (GroupKeys.IsSealed(ledger, place)) GroupKeys.OnAsked(ledger, place, from, known);
        else if (place >= 0 && Rosters.IsAdmin(ledger, place)) ledger.Groups.SetRepeatDue(place, true);
    }

    /// <summary>Whether the presence is to be said again; it counts as said then.</summary>
    public static bool TakePresenceAsked(Ledger ledger)
    {
        if (ledger.AnnouncedMs != PresenceIsAsked) return false;
        ledger.AnnouncedMs = ledger.NowMs;
        return true;
    }

    private static void Lack(Ledger ledger, int group)
    {
        GroupTable groups = ledger.Groups;
        if (groups.Version(group) == 0) groups.SetAsks(group, 1);
        else if (GroupKeys.IsSealed(ledger, group)) groups.SetAsks(group, groups.Admins(group) & ~groups.BitOf(group, ledger.MyNumber));
        else if (Rosters.IsAdmin(ledger, group)) groups.SetRepeatDue(group, true);
        else if (groups.IsMember(group)) groups.SetAsks(group, groups.Admins(group));
    }

    private static void Put(Ledger ledger, LinkAction into, FlightTable flights, int peer, int group)
    {
        Body body = ledger.Body;
        body.Clear();
        body.Type = BodyTypes.Ask;
        body.Incarnation = ledger.Me.Incarnation;
        body.Group = group < 0 ? null : ledger.GroupIdOf(ledger.Groups.ConversationOf(group));
        if (GroupKeys.IsSealed(ledger, group)) body.From = ledger.Groups.Version(group);
        flights.Writer.Write(body);
        flights.Put(into, Topics.Inbox(ledger.Ids.At(peer), ledger.Me.DeviceId), false, FlightTable.Ask, peer, 0, group + 1);
    }
}
