using System;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes this board's messages: in flash when they are taken, in the order of their numbers, within the budget; and gives them
/// up.</summary>
/// <remarks>
/// <code>
/// Clock    on flash; not confirmed by the broker       -> One, Two, Shown, Failed, withdrawn
/// One      confirmed                                   -> Two, Shown, Failed
/// Two      receipt "have" of all                       -> Shown
/// Failed   too old                                     -> Two, Shown (a late receipt is still true)
/// </code>
/// </remarks>
internal static class Outbox
{
    private const long CheckEveryMs = 60000;

    /// <summary>Takes a message: one append, durable when this returns without error.</summary>
    public static SendError Send(
        Ledger ledger, int conversation, byte kind, byte[] content, int start, int count, string reply, bool isForwarded)
    {
        byte[] replyId = reply == null ? null : Encoding.UTF8.GetBytes(reply);
        SendError error = Check(ledger, conversation, kind, content, start, count, replyId);
        if (error != SendError.None) return error;
        ConversationTable conversations = ledger.Conversations;
        bool isGroup = conversations.IsGroup(conversation);
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        if (!Room.MakeFor(ledger, conversation, 1, isGroup ? 1 : 0)) return SendError.OutboxFull;
        int time = UnixSeconds.Pack(ledger.UnixNow);
        int n = conversations.LastN(conversation) + 1;
        int group = isGroup ? ledger.Groups.Find(conversation) : -1;
        int members = ledger.Groups.BitsAt(group, int.MaxValue) & ~ledger.Groups.BitOf(group, ledger.MyNumber);
        MessageRecord record = ledger.Record;
        record.Begin(conversations, conversation, kind, ledger.LastOrder + 1, n);
        record.IsMine = true;
        record.Time = time;
        record.Extra = members;
        if (isForwarded) record.Flags = MessageTable.IsForwardedFlag;
        record.Write(ledger.Keeper.BeginAsIs(), ledger.Ids, replyId, content, start, count);
        if (WaitingBytes(ledger) + ledger.Keeper.RecordLength > Limits.OutboxBytes) return SendError.OutboxFull;
        int address = ledger.Keeper.TryAppend(RecordType.Out);
        if (address == 0) return ledger.Keeper.Error;
        ledger.LastOrder++;
        conversations.NoteNumber(conversation, n);
        int flags = reply == null ? 0 : MessageTable.HasReplyFlag;
        if (isForwarded) flags |= MessageTable.IsForwardedFlag;
        int entry = ledger.Messages.Add(conversation, -1, kind, flags, -1, n, address, ledger.Keeper.RecordLength, time);
        ledger.Messages.SetTick(entry, Tick.Clock);
        ledger.Messages.SetLacks(entry, members, members);
        if (kind == EntryKind.Reaction) Reactions.Mark(ledger, conversation, replyId, 0, replyId.Length);
        if (kind == EntryKind.Edit) Edits.Mark(ledger, entry);
        if (EntryKind.IsVisible(kind)) conversations.Touch(conversation, ledger.LastOrder);
        ledger.Revision++;
        return SendError.None;
    }

    /// <summary>Whether a message of this board was surely never handed to the broker: its number can still have another content.</summary>
    public static bool IsUntold(MessageTable messages, int entry)
    {
        return messages.Tick(entry) == Tick.Clock && !messages.Has(entry, MessageTable.WasTriedFlag | MessageTable.WasKeptFlag);
    }

    /// <summary>Gives what is untold another content; it keeps its number, its time and what it answers.</summary>
    public static SendError Reword(Ledger ledger, int entry, byte[] content, int count)
    {
        MessageTable messages = ledger.Messages;
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        if (!messages.IsUsed(entry) || !ledger.Keeper.ReadMessage(entry)) return SendError.NotHere;
        MessageRecord record = ledger.Record;
        byte[] reply = null;
        if (record.ReplyCount > 0)
        {
            reply = new byte[record.ReplyCount];
            Array.Copy(record.Bytes, record.ReplyStart, reply, 0, reply.Length);
        }

        SendError error = Check(ledger, messages.Conversation(entry), record.Kind, content, 0, count, reply);
        if (error != SendError.None) return error;
        if (WaitingBytes(ledger) + count - record.ContentCount > Limits.OutboxBytes) return SendError.OutboxFull;
        if (!ledger.Keeper.TryRewrite(entry, reply, content, 0, count)) return ledger.Keeper.Error;
        messages.Shape++;
        ledger.Revision++;
        return SendError.None;
    }

    /// <summary>Takes a message back that was not handed to the broker; its number stays used.</summary>
    public static bool Cancel(Ledger ledger, int entry)
    {
        MessageTable messages = ledger.Messages;
        if (!messages.IsMine(entry) || messages.Tick(entry) != Tick.Clock || messages.Has(entry, MessageTable.WasTriedFlag)) return false;
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        if (!messages.IsUsed(entry) || !EntryKind.HasContent(messages.Kind(entry))) return false;
        if (!Edits.Forget(ledger, entry) || !ledger.Keeper.ReadMessage(entry)) return false;
        ledger.Record.Kind = EntryKind.Withdrawn;
        ledger.Record.Flags &= ~MessageTable.IsStarredFlag;
        if (!ledger.Keeper.TryRewrite(entry, false)) return false;
        Clearing.NoteEmpty(ledger, entry, EntryKind.Withdrawn);
        return true;
    }

    /// <summary>The clock was set, back perhaps: what a wrong one has given up waits again.</summary>
    public static void OnClock(Ledger ledger)
    {
        for (int i = 0; i < ledger.Messages.Capacity; i++)
            if (ledger.Messages.Tick(i) == Tick.Failed && ledger.Messages.IsUsed(i) && !IsTooOld(ledger, i)) TakeUp(ledger, i);
    }

    /// <summary>Gives messages up that are too old; needs the clock.</summary>
    public static void OnTime(Ledger ledger)
    {
        if (ledger.UnixNow == 0) return;
        if (ledger.NowMs >= ledger.ExpiryCheckMs)
        {
            ledger.ExpiryCheckMs = ledger.NowMs + CheckEveryMs;
            for (int i = ledger.Messages.Waiting(0); i >= 0; i = ledger.Messages.Waiting(i + 1))
                if (IsTooOld(ledger, i)) GiveUp(ledger, i);
        }

        if (ledger.Messages.Waiting(0) >= 0) ledger.DueMs(ledger.ExpiryCheckMs);
    }

    /// <summary>Messages of this board that the broker has not confirmed.</summary>
    public static int UnsentCount(Ledger ledger)
    {
        int count = 0;
        for (int i = ledger.Messages.Waiting(0); i >= 0; i = ledger.Messages.Waiting(i + 1))
            if (ledger.Messages.Tick(i) == Tick.Clock) count++;
        return count;
    }

    /// <summary>Messages of this board that wait for the broker or for a receipt.</summary>
    public static int WaitingCount(Ledger ledger)
    {
        int count = 0;
        for (int i = ledger.Messages.Waiting(0); i >= 0; i = ledger.Messages.Waiting(i + 1)) count++;
        return count;
    }

    /// <summary>The next message of a conversation to hand to the broker, or -1: the lowest that has its clock and is not on its
    /// way.</summary>
    public static int NextOf(Ledger ledger, int conversation, FlightTable flights)
    {
        MessageTable messages = ledger.Messages;
        int confirmed = ledger.Conversations.Confirmed(conversation);
        if (ledger.Conversations.LastN(conversation) == confirmed) return -1;
        int next = -1;
        int i = messages.OwnBefore(ledger.Conversations.Newest(conversation));
        for (; i >= 0 && messages.N(i) > confirmed; i = messages.OwnBefore(messages.Previous(i)))
            if (IsUnsent(messages, i) && flights.Find(FlightTable.Message, conversation, messages.N(i)) < 0) next = i;

        return next;
    }

    /// <summary>The broker has a message.</summary>
    public static void Confirm(Ledger ledger, int conversation, int n)
    {
        if (n <= ledger.Conversations.Confirmed(conversation)) return;
        ledger.Counters.Sent++;
        ledger.Revision++;
        int entry = ledger.Messages.Find(conversation, -1, n);
        if (entry >= 0 && ledger.Messages.Tick(entry) == Tick.Clock)
        {
            ledger.Messages.SetTick(entry, Tick.One);
            ledger.NoteTick(entry);
            Resends.WatchRecipients(ledger, entry);
        }

        int all = LowestUnsent(ledger, conversation) - 1;
        if (all <= ledger.Conversations.Confirmed(conversation)) return;
        ledger.Conversations.SetConfirmed(conversation, all);
        MarkSchedule.Conversation(ledger, conversation);
    }

    /// <summary>The broker denies a message: it is given up, unless the flash is full.</summary>
    public static void Deny(Ledger ledger, int conversation, int n)
    {
        int entry = ledger.Messages.Find(conversation, -1, n);
        if (entry < 0 || ledger.Messages.Tick(entry) != Tick.Clock) return;
        ledger.Messages.Set(entry, MessageTable.IsDeniedFlag, true);
        GiveUp(ledger, entry);
    }

    /// <summary>The lowest number of a conversation with a clock; what is below needs no broker any more.</summary>
    /// <remarks>PUBACKs come in any order, so one number says only up to where the broker has all.</remarks>
    public static int LowestUnsent(Ledger ledger, int conversation)
    {
        MessageTable messages = ledger.Messages;
        int confirmed = ledger.Conversations.Confirmed(conversation);
        int lowest = ledger.Conversations.LastN(conversation) + 1;
        int i = messages.OwnBefore(ledger.Conversations.Newest(conversation));
        for (; i >= 0 && messages.N(i) > confirmed; i = messages.OwnBefore(messages.Previous(i)))
            if (IsUnsent(messages, i)) lowest = messages.N(i);

        return lowest;
    }

    private static bool IsUnsent(MessageTable messages, int entry)
    {
        return messages.Tick(entry) == Tick.Clock && EntryKind.HasContent(messages.Kind(entry));
    }

    private static SendError Check(Ledger ledger, int conversation, byte kind, byte[] content, int start, int count, byte[] reply)
    {
        if (conversation < 0 || (kind != EntryKind.Control && !ledger.Conversations.IsOpen(conversation))) return SendError.NotMember;
        int group = ledger.Conversations.IsGroup(conversation) ? ledger.Groups.Find(conversation) : -1;
        if (ledger.Groups.Inviter(group) >= 0) return SendError.Invited;
        if (ledger.Conversations.IsGroup(conversation) && !ledger.Groups.IsMember(group)) return SendError.NotMember;
        if (kind == EntryKind.Value || kind == EntryKind.Location || kind == EntryKind.Control || kind == EntryKind.TakeBack)
            return SendError.None; // checked by who made it
        if (count == 0 && kind != EntryKind.Reaction) return SendError.Empty;
        if (count > Body.MaxContentBytes) return SendError.TooLong;
        if (StrictUtf8.Check(content, start, count) != BodyError.None) return SendError.BadText;

        return LengthOf(ledger, conversation, kind, content, start, count, reply) <= Body.MaxBytes ? SendError.None : SendError.TooLong;
    }

    // escapes may make a body too long whose content is not: {"y":"b","n":...,"t":...,"e":...,"g":"...","x":1,"re":"...","c":"..."} at
    // its longest
    private static int LengthOf(Ledger ledger, int conversation, byte kind, byte[] content, int start, int count, byte[] reply)
    {
        int length = 2 + 3 * (5 + 10) + 4 + 6 + BodyWriter.QuotedLength(content, start, count);
        if (kind == EntryKind.Reaction || kind == EntryKind.Edit) length += 8;
        if (ledger.Conversations.IsGroup(conversation)) length += 7 + ledger.Ids.LengthAt(ledger.Conversations.Id(conversation));
        if (reply != null) length += 6 + BodyWriter.QuotedLength(reply, 0, reply.Length);
        return length;
    }

    private static int WaitingBytes(Ledger ledger)
    {
        int bytes = 0;
        for (int i = ledger.Messages.Waiting(0); i >= 0; i = ledger.Messages.Waiting(i + 1))
            if (ledger.Messages.Tick(i) == Tick.Clock) bytes += ledger.Messages.Size(i);
        return bytes;
    }

    private static bool IsTooOld(Ledger ledger, int entry)
    {
        if (ledger.Messages.Time(entry) == 0) return false;
        byte kind = ledger.Messages.Kind(entry);
        bool isShort = kind == EntryKind.Reaction || kind == EntryKind.Value || kind == EntryKind.Location;
        return ledger.UnixNow - UnixSeconds.Unpack(ledger.Messages.Time(entry)) > (isShort
            ? Limits.ShortExpirySeconds
            : Limits.ExpirySeconds);
    }

    // whether the broker has it is not known any more
    private static void TakeUp(Ledger ledger, int entry)
    {
        MessageTable messages = ledger.Messages;
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        if (!messages.IsUsed(entry) || messages.Tick(entry) != Tick.Failed || messages.Has(entry, MessageTable.IsDeniedFlag)) return;
        int conversation = messages.Conversation(entry);
        int confirmed = ledger.Conversations.Confirmed(conversation);
        if (messages.N(entry) <= confirmed)
        {
            ledger.Conversations.SetConfirmed(conversation, messages.N(entry) - 1);
            if (!Marks.TryAppendConversation(ledger, conversation, false))
            {
                ledger.Conversations.SetConfirmed(conversation, confirmed);
                return;
            }
        }

        if (!ledger.Keeper.ReadMessage(entry)) return;
        ledger.Record.IsFailed = false;
        if (!ledger.Keeper.TryRewrite(entry, true)) return;
        messages.SetTick(entry, Tick.Clock);
        messages.Set(entry, MessageTable.WasKeptFlag, true);
        ledger.Revision++;
        ledger.NoteTick(entry);
    }

    private static void GiveUp(Ledger ledger, int entry)
    {
        ledger.Keeper.MakeRoom(Limits.RecordBytes);
        if (ledger.Messages.Waiting(entry) != entry || !ledger.Keeper.ReadMessage(entry)) return;
        MessageRecord record = ledger.Record;
        record.IsFailed = true;
        if (ledger.Messages.Has(entry, MessageTable.IsDeniedFlag)) record.Flags |= MessageTable.IsDeniedFlag;
        if (!ledger.Keeper.TryRewrite(entry, true)) return;
        ledger.Messages.SetTick(entry, Tick.Failed);
        ledger.Revision++;
        ledger.NoteTick(entry);
    }
}
