using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The marks of conversations and of streams on flash: what cannot be told from the messages themselves.</summary>
internal static class Marks
{
    private const int IsMutedBit = 1;
    private const int IsClosedBit = 2;
    /// <summary>Numbers of a conversation's mark behind its flags, before those that <see cref="Clearing.PutOutliving"/> adds.</summary>
    public const int NumbersOfConversation = 6;

    private const int NumbersBeforeFirst = 2;
    private const int NumbersBeforeBottom = 6;
    private const int NumbersBeforeTicks = 8;

    /// <summary>Writes the mark of a conversation; false when the flash refuses, then it stays due.</summary>
    public static bool TryAppendConversation(Ledger ledger, int conversation, bool mayMakeRoom)
    {
        ConversationTable table = ledger.Conversations;
        RecordWriter to = mayMakeRoom ? ledger.Keeper.Begin(Limits.SmallRecordBytes) : ledger.Keeper.BeginAsIs();
        to.PutId(ledger.Ids, table.Id(conversation), table.Has(conversation, ConversationTable.IsGroupFlag));
        int muted = table.Has(conversation, ConversationTable.IsMutedFlag) ? IsMutedBit : 0;
        to.PutByte(muted | (table.IsOpen(conversation) ? 0 : IsClosedBit));
        to.PutInt(table.LastN(conversation));
        to.PutInt(table.Confirmed(conversation));
        to.PutInt(table.ClearedOrder(conversation));
        to.PutInt(table.PlainLast(conversation));
        to.PutInt(table.PlainShown(conversation));
        to.PutInt(table.GivenWayOrder(conversation));
        Clearing.PutOutliving(ledger, to, conversation);
        int address = ledger.Keeper.TryAppend(RecordType.Conversation);
        if (address == 0) return false;
        table.SetMark(conversation, address);
        table.Set(conversation, ConversationTable.NumberIsMarkedFlag | ConversationTable.PlainIsMarkedFlag, true);
        table.Set(conversation, ConversationTable.MarkIsDueFlag | ConversationTable.HasGivenWayFlag, false);
        return true;
    }

    /// <summary>Takes the mark of a conversation from flash.</summary>
    /// <param name="ledger">The tables.</param>
    /// <param name="from">Behind the id.</param>
    /// <param name="conversation">Which one it is.</param>
    /// <param name="address">Where the mark is.</param>
    public static void ReadConversation(Ledger ledger, RecordReader from, int conversation, int address)
    {
        ConversationTable table = ledger.Conversations;
        int flags = from.TakeByte();
        table.Set(conversation, ConversationTable.IsMutedFlag, (flags & IsMutedBit) != 0);
        table.Set(conversation, ConversationTable.WasOpenFlag, (flags & IsClosedBit) == 0);
        int n = from.TakeInt();
        table.NoteNumber(conversation, n);
        table.Set(conversation, ConversationTable.NumberIsMarkedFlag, n == table.LastN(conversation));
        table.SetConfirmed(conversation, from.TakeInt());
        table.SetClearedOrder(conversation, from.TakeInt());
        int plain = from.TakeInt();
        table.NotePlain(conversation, plain);
        table.Set(conversation, ConversationTable.PlainIsMarkedFlag, plain == table.PlainLast(conversation));
        table.SetPlainShown(conversation, from.TakeInt());
        table.SetGivenWayOrder(conversation, from.TakeInt());
        table.SetMark(conversation, address);
        if (table.ClearedOrder(conversation) > ledger.LastOrder) ledger.LastOrder = table.ClearedOrder(conversation);
    }

    /// <summary>Writes the mark of a row of the stream table; false when the flash refuses, then it stays due.</summary>
    public static bool TryAppendStream(Ledger ledger, int row, bool mayMakeRoom)
    {
        return TryAppendStream(ledger, row, mayMakeRoom, false);
    }

    /// <summary>Writes the mark of a row once all that is visible of its stream is <paramref name="shown"/>.</summary>
    public static bool TryAppendStream(Ledger ledger, int row, bool mayMakeRoom, bool shown)
    {
        PutStream(ledger, row, mayMakeRoom, shown, ledger.Conversations.Oldest(ledger.Streams.Conversation(row)));
        return TryAppendStream(ledger, row);
    }

    /// <summary>Writes the mark of a row for a receipt, with the time when that is known, and the first messages that the device did not
    /// have, and had not shown, before it; 0 for none. No message before <paramref name="first"/> lacks a tick; -1 when none does at
    /// all. False when the flash refuses.</summary>
    public static bool TryAppendReceipt(Ledger ledger, int row, int first, int from, int shownFrom)
    {
        RecordWriter to = PutStream(ledger, row, true, false, first);
        long now = ledger.UnixNow;
        if (now > 0 && from + shownFrom > 0)
        {
            to.PutFour(UnixSeconds.Pack(now));
            to.PutInt(from);
            to.PutInt(shownFrom);
        }

        return TryAppendStream(ledger, row);
    }

    /// <summary>How far the device of a mark has come with a message of this board: none, two or shown. What follows is the receipt that
    /// the mark was written for, when anything does: its time, then the first messages as with <see cref="TryAppendReceipt"/>.</summary>
    /// <param name="from">Behind the ids.</param>
    /// <param name="n">Number of the message.</param>
    public static Tick TickOf(RecordReader from, int n)
    {
        from.SkipInts(NumbersBeforeTicks);
        from.SkipInts(2 * from.TakeInt()); // what is unseen
        bool has = TakeHas(from, n);
        bool isShown = TakeHas(from, n);
        return isShown ? Tick.Shown : has ? Tick.Two : Tick.None;
    }

    private static bool TakeHas(RecordReader from, int n)
    {
        bool has = n <= from.TakeInt();
        int lacking = 0;
        for (int left = from.TakeInt(); left > 0; left--)
        {
            lacking += from.TakeInt();
            if (lacking == n) has = false;
        }

        return has;
    }

    private static RecordWriter PutStream(Ledger ledger, int row, bool mayMakeRoom, bool shown, int first)
    {
        StreamTable table = ledger.Streams;
        int conversation = table.Conversation(row);
        RecordWriter to = mayMakeRoom ? ledger.Keeper.Begin(Limits.RecordBytes) : ledger.Keeper.BeginAsIs();
        to.PutId(ledger.Ids, ledger.Conversations.Id(conversation), ledger.Conversations.IsGroup(conversation));
        to.PutId(ledger.Ids, table.Peer(row), false);
        to.PutInt(table.Life(row));
        to.PutInt(table.High(row));
        to.PutInt(table.First(row));
        to.PutInt(Holes.FloorOf(ledger, row));
        to.PutInt(table.Shown(row));
        to.PutInt(table.Has(row, StreamTable.IsTold) ? 1 : 0);
        to.PutInt(Holes.BottomOf(ledger, row));
        to.PutInt(table.ReaderIncarnation(row));
        Unseen.Put(ledger, to, row, shown);
        int bit = Ticks.BitOf(ledger, row);
        if (first >= 0 && !ledger.Messages.IsUsed(first)) first = ledger.Conversations.Oldest(conversation); // it has made room
        int lacks = ledger.Messages.OwnLacking(first, Tick.Shown); // whoever has shown a message has it
        PutReader(ledger, to, conversation, bit, lacks, Tick.Two);
        PutReader(ledger, to, conversation, bit, lacks, Tick.Shown);
        return to;
    }

    private static bool TryAppendStream(Ledger ledger, int row)
    {
        StreamTable table = ledger.Streams;
        int address = ledger.Keeper.TryAppend(RecordType.Stream);
        if (address == 0)
        {
            MarkSchedule.Late(ledger, row);
            return false;
        }

        table.SetMark(row, address);
        table.Set(row, StreamTable.HighIsMarked | StreamTable.FirstIsMarked, true);
        table.Set(row, StreamTable.MarkIsDue | StreamTable.MarkCanWait, false);
        return true;
    }

    /// <summary>Takes the mark of a row from flash, all but what it says of messages (<see cref="ReadTicks"/>).</summary>
    /// <param name="ledger">The tables.</param>
    /// <param name="from">Behind the ids.</param>
    /// <param name="row">The row.</param>
    /// <param name="address">Where the mark is.</param>
    public static void ReadStream(Ledger ledger, RecordReader from, int row, int address)
    {
        StreamTable table = ledger.Streams;
        int life = from.TakeInt();
        int high = from.TakeInt();
        int first = from.TakeInt();
        int floor = from.TakeInt();
        int shown = from.TakeInt();
        bool isTold = from.TakeInt() == 1;
        table.TakeMark(row, life, high, first, floor, shown, isTold, from.TakeInt() > 0);
        table.SetReaderIncarnation(row, from.TakeInt());
        table.SetMark(row, address);
    }

    /// <summary>Takes what the mark of a row says of messages, once all of these have been read.</summary>
    public static void ReadTicks(Ledger ledger, int row)
    {
        RecordReader from = Skip(ledger, row, NumbersBeforeFirst);
        if (from == null) return;
        int first = from.TakeInt();
        from.SkipInts(NumbersBeforeTicks - NumbersBeforeFirst - 1);
        Unseen.Read(ledger, from, row, first);
        int conversation = ledger.Streams.Conversation(row);
        int bit = Ticks.BitOf(ledger, row);
        TakeReader(ledger, from, conversation, bit, Tick.Two);
        TakeReader(ledger, from, conversation, bit, Tick.Shown);
    }

    /// <summary>The first number of the hole that a stream begins with, as its mark has it.</summary>
    public static int BottomOf(Ledger ledger, int row)
    {
        RecordReader from = Skip(ledger, row, NumbersBeforeBottom);
        return from == null ? 0 : from.TakeInt();
    }

    private static RecordReader Skip(Ledger ledger, int row, int numbers)
    {
        RecordReader from = ledger.Keeper.ReadRecord(ledger.Streams.Mark(row));
        if (from == null) return null;
        from.TakeId(ledger.Ids);
        from.TakeId(ledger.Ids);
        from.SkipInts(numbers);
        return from;
    }

    // the highest message that has the tick with this device, and those below it that have not: none before the first that lacks any
    private static void PutReader(Ledger ledger, RecordWriter to, int conversation, int bit, int first, Tick tick)
    {
        MessageTable messages = ledger.Messages;
        int top = 0;
        // who is no member any more has proved nothing
        int newest = bit == 0 ? -1 : messages.OwnBefore(ledger.Conversations.Newest(conversation));
        for (int i = newest; i >= 0 && top == 0; i = messages.OwnBefore(messages.Previous(i)))
            if (Ticks.Has(messages, i, bit, tick)) top = messages.N(i);
        int lacking = 0;
        int lowest = Lacking(messages, first, bit, tick, top);
        for (int i = lowest; i >= 0; i = Lacking(messages, messages.Next(i), bit, tick, top)) lacking++;
        to.PutInt(top);
        to.PutInt(lacking);
        int from = 0;
        for (int entry = lowest; entry >= 0; entry = Lacking(messages, messages.Next(entry), bit, tick, top))
        {
            to.PutInt(messages.N(entry) - from);
            from = messages.N(entry);
        }
    }

    // this entry or the first one after it, of those below a number, that lacks the tick with this device
    private static int Lacking(MessageTable messages, int entry, int bit, Tick tick, int top)
    {
        int i = top == 0 ? -1 : messages.OwnLacking(entry, tick);
        while (i >= 0 && (messages.N(i) >= top || Ticks.Has(messages, i, bit, tick)))
            i = messages.OwnLacking(messages.Next(i), tick);
        return i;
    }

    private static void TakeReader(Ledger ledger, RecordReader from, int conversation, int bit, Tick tick)
    {
        int top = from.TakeInt();
        int lacking = from.TakeInt();
        int next = lacking > 0 ? from.TakeInt() : 0;
        if (top == 0) return;
        int i = ledger.Messages.Own(ledger.Conversations.Oldest(conversation));
        for (; i >= 0; i = ledger.Messages.Own(ledger.Messages.Next(i)))
        {
            int n = ledger.Messages.N(i);
            if (n > top) return;
            while (lacking > 0 && next < n)
            {
                lacking--;
                if (lacking > 0) next += from.TakeInt();
            }

            if (lacking == 0 || next != n) Ticks.Raise(ledger, i, bit, tick);
        }
    }
}
