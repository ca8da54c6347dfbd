using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes what comes from the broker to whoever it is for; refuses and counts the rest. Never throws for its bytes, whatever these
/// are.</summary>
internal static class Router
{
    /// <summary>Takes one message.</summary>
    public static void Take(Ledger ledger, string topic, byte[] bytes, bool isRetained)
    {
        var name = new TopicName();
        if (!Topics.TryParse(topic, name))
        {
            ledger.Counters.BadTopic++;
            return;
        }

        string me = ledger.Me.DeviceId;
        string from = name.From;
        // this board's own words come back
        if (from == me && name.Kind != TopicKind.Inbox && name.Kind != TopicKind.Profile) return;
        Body body = ledger.Body;
        switch (name.Kind)
        {
            case TopicKind.Inbox:
                if (name.To != me || from == me) ledger.Counters.BadTopic++;
                else TakeInbox(ledger, topic, from, bytes, isRetained);
                break;
            case TopicKind.Group:
                TakeGroup(ledger, topic, name.To, from, bytes, isRetained);
                break;
            case TopicKind.Presence:
                if (bytes.Length > 0 && Accept(ledger, from, BodyReader.ReadPresence(bytes, bytes.Length, body)))
                    TakePresence(ledger, from, isRetained);
                break;
            case TopicKind.Profile:
                if (bytes.Length > 0 && Accept(ledger, from, BodyReader.ReadProfile(bytes, bytes.Length, body))) TakeProfile(ledger, from);
                break;
            case TopicKind.Roster:
                if (bytes.Length > 0) Accept(ledger, from, Rosters.Take(ledger, name.To, bytes));
                break;
            default:
                ledger.Counters.BadTopic++;
                break;
        }
    }

    private static bool Read(Ledger ledger, string from, byte[] bytes)
    {
        Body body = ledger.Body;
        return Accept(ledger, from, BodyReader.Read(bytes, bytes.Length, body)) && Accept(ledger, from, BodyReader.CheckSender(body, from));
    }

    private static bool Accept(Ledger ledger, string from, BodyError error)
    {
        if (error == BodyError.None) return true;
        ledger.Counters.Refuse(error);
        ledger.Note(EventKind.BodyRefused, from, 0, (int)error);
        return false;
    }

    private static void TakeInbox(Ledger ledger, string topic, string from, byte[] bytes, bool isRetained)
    {
        bool isOrder = bytes.Length > 0 && bytes[0] == Envelope.OrderVersion && from == ledger.Me.Operator;
        BodyError error;
        int group = -1;
        byte[] body = isOrder
            ? Orders.Disclose(ledger, topic, bytes, out error)
            : Seals.Disclose(ledger, topic, from, bytes, out error, out group);
        if (!Accept(ledger, from, error) || !Read(ledger, from, body)) return;
        if (isOrder)
        {
            // in this envelope comes a configuration, and nothing else
            bool isSound = ledger.Body.Type == BodyTypes.Configure;
            Accept(ledger, from, isSound ? Orders.Take(ledger, from, isRetained, true) : BodyError.WrongSeal);
            return;
        }

        if (!Accept(ledger, from, CheckSeal(ledger, body != bytes, group))) return;
        TakeDirect(ledger, from, isRetained, body != bytes && group < 0);
    }

    private static void TakeGroup(Ledger ledger, string topic, string id, string from, byte[] bytes, bool isRetained)
    {
        int group = Groups.Find(ledger, id);
        if (!Memberships.IsFellow(ledger, group, from))
        {
            if (GroupKeys.IsSealed(ledger, group) || !Read(ledger, from, bytes) || !Memberships.TakeFormer(ledger, id, from, isRetained))
                ledger.Counters.BadTopic++;
            return;
        }

        byte[] body = GroupSealing.Disclose(ledger, group, topic, from, bytes, out BodyError error);
        if (!Accept(ledger, from, error) || !Read(ledger, from, body)) return;
        if (body != bytes && ledger.Body.N == 0) Accept(ledger, from, BodyError.MissingField);
        else TakeMessage(ledger, id, from, isRetained);
    }

    // what was in an envelope, of a group's key or not, or in none
    private static BodyError CheckSeal(Ledger ledger, bool isSealed, int group)
    {
        Body body = ledger.Body;
        // by its number a message is known that somebody has kept and brings once more
        if (isSealed && body.N == 0 && !BodyTypes.IsService(body.Type)) return BodyError.MissingField;
        int named = Groups.Find(ledger, body.Group);
        if (isSealed) return group < 0 || group == named ? BodyError.None : BodyError.WrongSeal;
        // an invitation changes nothing for a member
        return GroupKeys.IsSealed(ledger, named) && body.Type != BodyTypes.Invite ? BodyError.NotSealed : BodyError.None;
    }

    private static void TakeDirect(Ledger ledger, string from, bool isRetained, bool isForMe)
    {
        Body body = ledger.Body;
        if (ledger.Contacts.HasBlocked && IsToPerson(body) && ledger.Contacts.IsBlocked(from)) return;
        if (body.Type == BodyTypes.Receipt)
        {
            // the most frequent of what is no message
            TakeService(ledger, from);
            return;
        }

        if (BodyTypes.IsControl(body.Type))
        {
            if (body.Type != BodyTypes.GroupKey) TakeControl(ledger, from, isRetained);
            else if (Accept(ledger, from, isForMe ? BodyError.None : BodyError.NotSealed) && GroupKeyWords.Take(ledger, from))
                Inbox.Take(ledger, from, false, from, isRetained);
            return;
        }

        if (!BodyTypes.IsService(body.Type))
        {
            TakeWritten(ledger, from, isRetained);
            return;
        }

        switch (body.Type)
        {
            case BodyTypes.Ask: Retained.OnAsked(ledger, from, body.Group, body.From); break;
            case BodyTypes.Configure: Accept(ledger, from, Orders.Take(ledger, from, isRetained, false)); break;
            case BodyTypes.Outcome: break; // for the operator's tool
            default: TakeService(ledger, from); break;
        }
    }

    private static void TakeWritten(Ledger ledger, string from, bool isRetained)
    {
        string group = ledger.Body.Group;
        if (group == null) Inbox.Take(ledger, from, false, from, isRetained);
        else if (Memberships.IsFellow(ledger, Groups.Find(ledger, group), from)) TakeMessage(ledger, group, from, isRetained);
        else if (!Memberships.TakeFormer(ledger, group, from, isRetained))
        {
            ledger.Counters.BadTopic++;
            bool isInvited = Invitations.IsForgotten(ledger, group) && !ledger.Contacts.IsBlocked(from);
            if (isInvited) Invitations.Take(ledger, group, from, null);
        }
    }

    // what a device says to a person, or asks of one: all but what keeps groups and this board's own ticks right
    private static bool IsToPerson(Body body)
    {
        switch (body.Type)
        {
            case BodyTypes.Receipt:
            case BodyTypes.Resend:
            case BodyTypes.Configure: return false;
            case BodyTypes.Invite: return true;
            default: return body.Group == null;
        }
    }

    // what it asks for is done before it counts as received: a power cut between the two makes the sender repeat it
    private static void TakeControl(Ledger ledger, string from, bool isRetained)
    {
        string group = ledger.Body.Group;
        string name = ledger.Body.Content;
        bool isInvite = ledger.Body.Type == BodyTypes.Invite;
        if (!Inbox.IsKnown(ledger, from))
        {
            if (isInvite) Invitations.Take(ledger, group, from, name);
            else if (!Groups.OnLeave(ledger, group, from)) return;
        }

        // of one that is blocked it is no message: before its number others may have been dropped
        if (ledger.Contacts.IsBlocked(from)) return;
        Inbox.Take(ledger, from, false, from, isRetained);
    }

    // receipts, requests and notices have no place in a group's topic: they concern one member
    private static void TakeMessage(Ledger ledger, string group, string from, bool isRetained)
    {
        string type = ledger.Body.Type;
        if (BodyTypes.IsService(type) || BodyTypes.IsControl(type)) ledger.Counters.BadTopic++;
        else Inbox.Take(ledger, group, true, from, isRetained);
    }

    private static void TakeService(Ledger ledger, string from)
    {
        Body body = ledger.Body;
        int peer = ledger.Ids.Find(from);
        bool isGroup = body.Group != null;
        int conversation = ledger.Conversations.Find(isGroup ? ledger.Ids.Find(body.Group) : peer, isGroup);
        if (peer < 0 || conversation < 0) return;
        int group = isGroup ? ledger.Groups.Find(conversation) : -1;
        if (isGroup && ledger.Groups.BitOf(group, peer) == 0) return;
        // of what this board had sent before it left
        if (isGroup && body.Type != BodyTypes.Receipt && !ledger.Groups.IsMember(group)) return;
        if (body.Type == BodyTypes.Receipt)
        {
            ReceiptBook.Take(ledger, conversation, peer);
            return;
        }

        int row = ledger.Streams.Take(conversation, peer);
        if (row < 0) return;
        if (body.Type == BodyTypes.Resend)
        {
            if (Lives.IsCounterLost(ledger, conversation, body.StreamIncarnation, body.From)) return;
            if (body.StreamIncarnation == ledger.Me.Incarnation) Resends.Ask(ledger, row, body.From, body.To);
        }
        else if (body.Incarnation == ledger.Streams.Incarnation(row))
        {
            LostRanges.Take(ledger, row, body.From, body.To, body.Flag != 0);
        }
    }

    private static void TakePresence(Ledger ledger, string device, bool isRetained)
    {
        PresenceTable presence = ledger.Presence;
        int peer = ledger.Ids.Find(device);
        if (peer >= 0 && ledger.Body.Incarnation > 1) Invitations.OnIncarnation(ledger, peer, ledger.Body.Incarnation);
        if (!presence.Take(device, ledger.Body, isRetained, ledger.UnixNow)) return;
        ledger.Revision++;
        int place = presence.Find(device);
        if (place >= 0) ledger.Note(EventKind.Presence, device, 0, (int)presence.StateAt(place));
        if (place < 0 || peer < 0 || presence.StateAt(place) != PresenceState.On) return;
        // what follows upon the first message to a device is the birth that the broker keeps of it: the message came after it
        Resends.OnPresence(ledger, peer, presence.IsNewBoot, isRetained && presence.IsFirstBirth);
        GapRepair.AskAgain(ledger, peer);
        // a birth that the broker kept is news to this board alone
        if (presence.IsNewBoot && !isRetained) Receipts.OnNewBoot(ledger, peer);
    }

    private static void TakeProfile(Ledger ledger, string device)
    {
        int peer = ledger.Ids.Find(device);
        if (peer == ledger.MyNumber) ledger.Contacts.TakeOwnProfile(ledger.Body);
        else if (peer >= 0) ledger.Contacts.TakeName(peer, ledger.Body.Name);
    }
}
