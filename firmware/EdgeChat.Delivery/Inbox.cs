using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes messages in: each once, in the order of its stream, in flash before it counts.</summary>
/// <remarks>
/// What becomes of number n of a stream whose highest is h:
/// <code>
/// incarnation lower than known      dropped; the receipt says which incarnation is known
/// incarnation higher, or none yet   begins the stream; nothing before it is missed
/// n > h + 1                         stored; h + 1 .. n - 1 is a hole
/// n == h + 1                        stored
/// n in a hole                       stored in its place; the hole shrinks
/// n below the first that came       stored in its place while that one is there: it is late, not a duplicate
/// another content than is stored    a device that began anew under the same incarnation: begins the stream anew
/// else                              dropped as a duplicate; the receipt is said again
/// </code>
/// </remarks>
internal static class Inbox
{
    /// <summary>Takes the ledger's body, a message for people, a reaction or a control message, into a conversation.</summary>
    /// <returns>Whether it was new and is in flash now.</returns>
    public static bool Take(Ledger ledger, string conversationId, bool isGroup, string sender, bool isRetained)
    {
        Body body = ledger.Body;
        if (body.N == int.MaxValue)
        {
            // nothing could follow it
            ledger.Counters.Refuse(BodyError.OutOfRange);
            return false;
        }

        byte kind = KindOf(body);
        byte[] content = ContentOf(body, kind);
        byte[] reply = body.ReplyTo == null ? null : Encoding.UTF8.GetBytes(body.ReplyTo);
        bool isPlain = body.N == 0;
        int digest = isPlain ? 0 : Digests.Of(body, kind, content, reply);
        int life = isPlain ? 0 : LifeFor(ledger, conversationId, isGroup, sender, digest);
        int hash = isPlain ? PlainMessages.Hash(conversationId, sender, body, content) : 0;
        // what a broker kept for later subscribers comes with every subscription; a duplicate opens no conversation that was deleted
        bool isRepeated = isPlain && ledger.Plain != null && ledger.Plain.IsRepeated(hash, ledger.NowTenths);
        if (isPlain ? isRetained || isRepeated : life == 0)
        {
            ledger.Counters.Duplicates++;
            return false;
        }

        if (isPlain && ledger.Plain == null) ledger.Plain = new PlainMessages();
        int open = ledger.Conversations.OpenCount;
        int conversation = Strangers.Take(ledger, conversationId, isGroup, kind != EntryKind.Control);
        int peer = conversation < 0 ? -1 : isGroup ? ledger.Ids.Add(sender) : ledger.Conversations.Id(conversation);
        if (peer < 0)
        {
            ledger.Counters.NoRoom++;
            return false;
        }

        if (!isPlain) return TakeNumbered(ledger, conversation, peer, kind, content, reply, life, digest);
        if (!TakePlain(ledger, conversation, peer, kind, content, reply))
        {
            // an empty one would have a place that the person has not given
            if (ledger.Conversations.OpenCount > open && ledger.Conversations.Close(conversation))
                ledger.Conversations.Forget(conversation);
            return false;
        }

        ledger.Plain.Remember(hash, ledger.NowTenths);
        return true;
    }

    /// <summary>Whether the ledger's body, a direct control message, came before.</summary>
    public static bool IsKnown(Ledger ledger, string sender)
    {
        Body body = ledger.Body;
        if (body.N == 0) return false;
        byte[] reply = body.ReplyTo == null ? null : Encoding.UTF8.GetBytes(body.ReplyTo);
        int digest = Digests.Of(body, EntryKind.Control, ContentOf(body, EntryKind.Control), reply);
        return LifeFor(ledger, sender, false, sender, digest) == 0;
    }

    // the life of its sender that the ledger's body belongs to, or 0 for a duplicate: then the sender gets the receipt once more, which may
    // be what it waits for, or tells it that its counter is lost
    private static int LifeFor(Ledger ledger, string conversationId, bool isGroup, string sender, int digest)
    {
        int conversation = ledger.Conversations.Find(ledger.Ids.Find(conversationId), isGroup);
        int peer = ledger.Ids.Find(sender);
        StreamTable streams = ledger.Streams;
        MessageTable messages = ledger.Messages;
        int row = conversation < 0 || peer < 0 ? -1 : streams.Find(conversation, peer);
        Body body = ledger.Body;
        if (row < 0 || body.Incarnation > streams.Incarnation(row)) return body.Incarnation;
        if (body.Incarnation == streams.Incarnation(row))
        {
            int first = streams.First(row);
            if (body.N > streams.High(row) || (body.N < first && messages.Find(conversation, peer, first) >= 0)) return streams.Life(row);
            int place = messages.Find(conversation, peer, body.N);
            if (place >= 0 && messages.IsGap(place)) return streams.Life(row);
            if (place >= 0 && EntryKind.HasCome(messages.Kind(place)) && !Digests.IsSame(ledger, place, digest))
            {
                // a late copy of what an earlier life has sent is no third life
                return Digests.FindOld(ledger, conversation, peer, body.N, digest) < 0 ? streams.NextLife(row) : 0;
            }
        }

        Receipts.Owe(ledger, row);
        return 0;
    }

    private static bool TakePlain(Ledger ledger, int conversation, int peer, byte kind, byte[] content, byte[] reply)
    {
        int n = ledger.Conversations.PlainLast(conversation) + 1;
        int entry = Store(ledger, conversation, peer, kind, content, reply, n, 1, 0, 0, false);
        if (entry < 0) return false;
        ledger.Conversations.NotePlain(conversation, n);
        Arrived(ledger, conversation, kind, reply);
        ledger.Recount(conversation);
        ledger.NoteArrival(entry);
        return true;
    }

    private static bool TakeNumbered(
        Ledger ledger, int conversation, int peer, byte kind, byte[] content, byte[] reply, int life, int digest)
    {
        StreamTable streams = ledger.Streams;
        Body body = ledger.Body;
        int row = streams.Take(conversation, peer);
        if (row < 0)
        {
            ledger.Counters.NoRoom++;
            return false;
        }

        if (life != streams.Life(row))
        {
            BeginLife(ledger, conversation, peer, row, life);
            Invitations.OnIncarnation(ledger, peer, body.Incarnation);
        }

        // what the sender could not know to be here comes again in its new life: it takes the place of the old one, and is no news
        int old = Digests.FindOld(ledger, conversation, peer, body.N, digest);
        bool isNews = old < 0;
        if (kind == EntryKind.TakeBack && !TakeBacks.Take(ledger, conversation, row, reply)) return Refuse(ledger) >= 0;
        byte emptied = isNews ? EntryKind.Text : ledger.Messages.Kind(old);
        // a marker came before the message: nobody sees it
        if (body.N <= streams.High(row) && EntryKind.IsMessage(kind) && TakeBacks.Has(ledger, conversation, peer, body.N))
            emptied = EntryKind.Deleted;
        if (kind == EntryKind.Edit && Edits.IsVoid(ledger, conversation, peer, reply)) emptied = EntryKind.Deleted;
        if (EntryKind.IsEmptied(emptied))
        {
            kind = emptied;
            content = new byte[0];
            reply = null;
            body.Flag = 0;
        }

        int high = streams.High(row);
        bool isAhead = body.N > high;
        bool leavesHole = isAhead && high > 0 && body.N > high + 1;
        int first = streams.First(row);
        bool leavesHoleAbove = body.N < first - 1;
        bool hasHoles = leavesHole || leavesHoleAbove || ledger.Messages.GapCount > 0;
        if (leavesHole) NoteBottom(ledger, conversation, peer, row);
        bool isStarred = !isNews && ledger.Messages.Has(old, MessageTable.IsStarredFlag);
        int entries = leavesHole || !isAhead ? 2 : 1;
        int entry = Store(ledger, conversation, peer, kind, content, reply, body.N, entries, life, digest, isStarred);
        if (entry < 0) return false;
        old = Digests.FindOld(ledger, conversation, peer, body.N, digest);
        if (old >= 0) ledger.Messages.Remove(old);
        if (kind == EntryKind.Edit) Edits.Mark(ledger, entry);
        else if (kind == EntryKind.Text && (!isAhead || !isNews)) Edits.MarkAll(ledger, conversation);
        if (EntryKind.IsMessage(kind) && (!isAhead || !isNews || ledger.Conversations.Has(conversation, ConversationTable.AwaitsFlag)))
            Reactions.MarkAll(ledger, conversation);
        if (leavesHole) Holes.Note(ledger, conversation, peer, entry, high + 1, body.N - 1, ledger.NowTenths);
        if (leavesHoleAbove)
            Holes.Note(ledger, conversation, peer, ledger.Messages.PlaceFor(conversation, peer, first), body.N + 1, first - 1, 0);
        streams.NoteNumbers(row, life, body.N, body.N);
        Unseen.Note(ledger, row, entry);
        streams.Set(row, StreamTable.IsTold, false);
        Receipts.OweForMessage(ledger, row);
        if (hasHoles)
        {
            // held until the review, which lets it and what follows it come to light in the order of the stream
            ledger.Messages.Set(entry, MessageTable.IsHeldFlag, true);
            if (Holes.Review(ledger, conversation, peer)) ledger.Announce(conversation);
        }

        if (isNews && !ledger.Messages.Has(entry, MessageTable.IsHeldFlag)) Arrived(ledger, conversation, kind, reply);
        ledger.Recount(conversation);
        if (isNews && !hasHoles) ledger.NoteArrival(entry);
        return true;
    }

    // stores first: what is not in flash has not come
    private static int Store(
        Ledger ledger, int conversation, int peer, byte kind, byte[] content, byte[] reply, int n, int entries, int life, int digest,
        bool isStarred)
    {
        Body body = ledger.Body;
        bool isPlain = body.N == 0;
        MessageTable messages = ledger.Messages;
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        if (!Room.MakeFor(ledger, conversation, entries, entries - 1))
        {
            ledger.Counters.NoRoom++;
            return -1;
        }

        int time = UnixSeconds.Pack(body.Time > 0 ? body.Time : ledger.UnixNow);
        int before = isPlain ? -1 : messages.PlaceFor(conversation, peer, n);
        int order = ledger.Keeper.OrderFrom(before, peer);
        int hole = isPlain || messages.GapCount == 0 ? -1 : messages.Find(conversation, peer, n);
        if (hole >= 0 && Holes.IsPassed(ledger, hole))
        {
            // its neighbours have given way: it goes with them at the next start, or there would seem to be a hole behind it
            if (!Marks.TryAppendConversation(ledger, conversation, false)) return Refuse(ledger);
            order = 1;
        }

        int flags = isPlain ? MessageTable.IsPlainFlag : 0;
        if (body.Flag != 0) flags |= MessageTable.IsForwardedFlag;
        if (isStarred) flags |= MessageTable.IsStarredFlag;
        MessageRecord record = ledger.Record;
        record.Begin(ledger.Conversations, conversation, kind, order, n);
        record.Peer = peer;
        record.Time = time;
        record.Life = life;
        record.Digest = digest;
        record.Flags = flags;
        record.Write(ledger.Keeper.BeginAsIs(), ledger.Ids, reply, content, 0, content.Length);
        int address = ledger.Keeper.TryAppend(RecordType.In);
        if (address == 0) return Refuse(ledger);
        int gap = isPlain || messages.GapCount == 0 ? -1 : messages.Find(conversation, peer, n);
        if (gap >= 0) Holes.Fill(ledger, gap, n, n);
        before = isPlain ? -1 : messages.PlaceFor(conversation, peer, n);
        if (reply != null) flags |= MessageTable.HasReplyFlag;
        int entry = messages.Add(conversation, before, kind, flags, peer, n, address, ledger.Keeper.RecordLength, time);
        if (order > ledger.LastOrder) ledger.LastOrder = order;
        ledger.Counters.Received++;
        return entry;
    }

    private static int Refuse(Ledger ledger)
    {
        ledger.Counters.NoRoom++;
        if (ledger.Keeper.Refusal != null) ledger.Note(EventKind.FlashFailed, ledger.Keeper.Refusal, 0, 0);
        return -1;
    }

    private static void Arrived(Ledger ledger, int conversation, byte kind, byte[] reply)
    {
        if (kind == EntryKind.Reaction)
        {
            Reactions.Mark(ledger, conversation, reply, 0, reply.Length);
            return;
        }

        if (!EntryKind.IsVisible(kind)) return;
        ledger.Conversations.Touch(conversation, ledger.LastOrder);
        ledger.Announce(conversation);
    }

    // holes of the life before cannot be asked for any more
    private static void BeginLife(Ledger ledger, int conversation, int peer, int row, int life)
    {
        MessageTable messages = ledger.Messages;
        int next;
        for (int i = ledger.Conversations.Oldest(conversation); i >= 0; i = next)
        {
            next = messages.Next(i);
            if (!messages.IsSameStream(i, peer)) continue;
            if (messages.IsGap(i)) i = LostRanges.Settle(ledger, row, i, messages.N(i), messages.LastOf(i), false);
            if (i >= 0) messages.Set(i, MessageTable.IsOldLifeFlag, true);
            if (i >= 0) messages.Set(i, MessageTable.IsHeldFlag, false);
        }

        ledger.Streams.NoteNumbers(row, life, 0, 0);
    }

    // a hole with nothing of its stream below it would be forgotten with a restart: it is written down before what reveals it
    private static void NoteBottom(Ledger ledger, int conversation, int peer, int row)
    {
        for (int i = ledger.Conversations.Newest(conversation); i >= 0; i = ledger.Messages.Previous(i))
            if (ledger.Messages.IsSameStream(i, peer) && !Holes.IsPassed(ledger, i)) return;
        ledger.Streams.Set(row, StreamTable.BottomIsHole, true);
        Marks.TryAppendStream(ledger, row, true);
    }

    private static byte KindOf(Body body)
    {
        switch (body.Type)
        {
            case BodyTypes.Text: return EntryKind.Text;
            case BodyTypes.Value: return body.Value != null ? EntryKind.Value : EntryKind.Location;
            case BodyTypes.Reaction: return EntryKind.Reaction;
            case BodyTypes.TakeBack: return EntryKind.TakeBack;
            case BodyTypes.Edit: return EntryKind.Edit;
            default: return BodyTypes.IsControl(body.Type) ? EntryKind.Control : EntryKind.Unsupported;
        }
    }

    // two texts of a value or location are divided by a NUL, which no text has
    private static byte[] ContentOf(Body body, byte kind)
    {
        switch (kind)
        {
            case EntryKind.Value: return Pair.Join(body.Value, body.Unit);
            case EntryKind.Location: return Pair.Join(body.Latitude, body.Longitude);
            case EntryKind.Unsupported: return Encoding.UTF8.GetBytes(body.Type);
            case EntryKind.TakeBack: return new byte[0];
            case EntryKind.Control: return Pair.Join(body.Type, body.Group);
            default: return Encoding.UTF8.GetBytes(body.Content);
        }
    }
}
