using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Chooses what gives way when a table, a conversation or the flash is full.</summary>
/// <remarks>First the oldest message that waits for nothing, then the oldest that waits for a receipt only (the broker has it). A message
/// with its clock never gives way: then the new one is refused.</remarks>
internal sealed class Room
{
    private readonly Ledger _ledger;

    public Room(Ledger ledger)
    {
        _ledger = ledger;
    }

    /// <summary>Makes room for some more entries of a conversation; false when all that is there must stay.</summary>
    public bool MakeFor(int conversation, int count)
    {
        while (_ledger.Conversations.Length[conversation] + count > Limits.MessagesOfConversation)
            if (!EvictFrom(conversation)) return false;
        while (_ledger.Messages.Count + count > Limits.Messages)
            if (!EvictFrom(Longest()) && !EvictFromAny()) return false;
        return true;
    }

    /// <summary>Gives up old messages until their records take no more than this many bytes, if that is possible.</summary>
    public void Thin(int bytes)
    {
        while (_ledger.Messages.Bytes > bytes)
            if (!EvictFrom(Biggest()) && !EvictFromAny()) return;
    }

    private bool EvictFromAny()
    {
        for (int i = 0; i < _ledger.Conversations.Capacity; i++)
            if (_ledger.Conversations.Id[i] >= 0 && EvictFrom(i)) return true;
        return false;
    }

    private bool EvictFrom(int conversation)
    {
        if (conversation < 0) return false;
        int last = -1;
        for (int i = _ledger.Conversations.Oldest[conversation]; i >= 0; i = _ledger.Messages.Next[i])
        {
            Tick tick = (Tick)_ledger.Messages.Tick[i];
            if (_ledger.Messages.Kind[i] == EntryKind.Gap) continue; // it goes with what stands below it
            if (_ledger.Messages.Peer[i] < 0 && tick == Tick.Clock) continue;
            if (_ledger.Messages.Peer[i] < 0 && tick == Tick.One)
            {
                if (last < 0) last = i;
                continue;
            }

            return Evict(i);
        }

        return last >= 0 && Evict(last);
    }

    // what would be forgotten with the message is written down first: numbers are never used or taken twice
    private bool Evict(int entry)
    {
        MessageTable messages = _ledger.Messages;
        ConversationTable conversations = _ledger.Conversations;
        int conversation = messages.Conversation[entry];
        if (messages.Peer[entry] < 0)
        {
            if (conversations.MarkedN[conversation] < messages.N[entry] && messages.N[entry] == conversations.LastN[conversation] &&
                !Marks.TryAppendConversation(_ledger, conversation, false)) return false;
        }
        else if (messages.Has(entry, MessageTable.IsPlainFlag))
        {
            if (conversations.MarkedPlain[conversation] < messages.N[entry] && messages.N[entry] == conversations.PlainLast[conversation] &&
                !Marks.TryAppendConversation(_ledger, conversation, false)) return false;
        }
        else if (!messages.Has(entry, MessageTable.IsOldLifeFlag) && !PrepareStream(conversation, entry))
        {
            return false;
        }

        if (messages.Peer[entry] >= 0) NoteGivenWay(conversation, entry);
        else if (messages.Tick[entry] == (byte)Tick.One && !BuryWaiting(entry)) return false;
        messages.Remove(entry);
        return true;
    }

    // one less than its own: others may have the same number of order
    private void NoteGivenWay(int conversation, int entry)
    {
        if (!_ledger.Keeper.ReadMessage(entry) || _ledger.Record.Order <= _ledger.Conversations.GivenWayOrder[conversation]) return;
        _ledger.Conversations.GivenWayOrder[conversation] = _ledger.Record.Order - 1;
        _ledger.Conversations.Set(conversation, ConversationTable.HasGivenWayFlag, true);
    }

    // a message without receipt must not come back with a restart, which could not tell that it has none
    private bool BuryWaiting(int entry)
    {
        if (!_ledger.Keeper.ReadMessage(entry)) return true;
        MessageRecord record = _ledger.Record;
        record.Kind = EntryKind.Lost;
        record.Write(_ledger.Keeper.Writer, _ledger.Ids, null, null, 0, 0);
        try
        {
            _ledger.Keeper.Append(RecordType.Out);
        }
        catch (FlashException)
        {
            return false;
        }

        return true;
    }

    private bool PrepareStream(int conversation, int entry)
    {
        MessageTable messages = _ledger.Messages;
        StreamTable streams = _ledger.Streams;
        int row = streams.Find(conversation, messages.Peer[entry]);
        if (row < 0) return true;
        int above = NextOfStream(entry);
        bool mustMark = !streams.Has(row, StreamField.FirstIsMarked) || (above < 0 && !streams.Has(row, StreamField.HighIsMarked));
        for (int gap = GapBeside(entry); gap >= 0; gap = GapBeside(entry))
        {
            // receipts must not say that these came
            GiveUp(row, gap);
            mustMark = true;
        }

        return !mustMark || Marks.TryAppendStream(_ledger, row, false);
    }

    /// <summary>Gives a hole up for which there is no room: it is not asked for again, and receipts do not speak of it.</summary>
    public void GiveUp(int row, int gap)
    {
        MessageTable messages = _ledger.Messages;
        StreamTable streams = _ledger.Streams;
        int last = messages.LastOf(gap);
        if (last >= streams[row, StreamField.Floor]) streams[row, StreamField.Floor] = last + 1;
        if (Holes.IsLowest(_ledger, gap)) Holes.EndBottom(_ledger, row);
        _ledger.Counters.Lost += last - messages.N[gap] + 1;
        Holes.Remove(_ledger, gap);
    }

    private int GapBeside(int entry)
    {
        MessageTable messages = _ledger.Messages;
        int above = NextOfStream(entry);
        if (above >= 0 && messages.Kind[above] == EntryKind.Gap) return above;
        for (int i = messages.Previous[entry]; i >= 0; i = messages.Previous[i])
            if (messages.IsSameStream(i, messages.Peer[entry])) return messages.Kind[i] == EntryKind.Gap ? i : -1;
        return -1;
    }

    private int NextOfStream(int entry)
    {
        for (int i = _ledger.Messages.Next[entry]; i >= 0; i = _ledger.Messages.Next[i])
            if (_ledger.Messages.IsSameStream(i, _ledger.Messages.Peer[entry])) return i;
        return -1;
    }

    private int Longest()
    {
        int longest = -1;
        int length = 0;
        for (int i = 0; i < _ledger.Conversations.Capacity; i++)
        {
            if (_ledger.Conversations.Id[i] < 0 || _ledger.Conversations.Length[i] <= length) continue;
            longest = i;
            length = _ledger.Conversations.Length[i];
        }

        return longest;
    }

    private int Biggest()
    {
        int[] bytes = new int[_ledger.Conversations.Capacity];
        int biggest = -1;
        for (int i = 0; i < _ledger.Messages.Capacity; i++)
        {
            int conversation = _ledger.Messages.Conversation[i];
            if (conversation == 255) continue;
            bytes[conversation] += _ledger.Messages.Size[i];
            if (biggest < 0 || bytes[conversation] > bytes[biggest]) biggest = conversation;
        }

        return biggest;
    }
}
