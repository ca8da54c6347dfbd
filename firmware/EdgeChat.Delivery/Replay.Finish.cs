using EdgeChat.Core;

namespace EdgeChat.Delivery;

// what needs all records: lives, holes, ticks, what is unread and what is due
internal sealed partial class Replay
{
    private const int EntriesAtOnce = 256; // that are looked at, with all that this may lead to

    private int _finished; // conversations, then rows of streams, then conversations again

    /// <summary>Concludes some of what needs all records: lives, holes, ticks, what is unread and what is due; true when that was all of
    /// it.</summary>
    public bool FinishSome()
    {
        int conversations = _ledger.Conversations.Capacity;
        int rows = _ledger.Streams.Count;
        for (int entries = 0; entries < EntriesAtOnce && _finished < conversations + rows + conversations; _finished++)
        {
            int row = _finished - conversations;
            int conversation = row < 0 ? _finished : row < rows ? _ledger.Streams.Conversation(row) : row - rows;
            if (!_ledger.Conversations.IsUsed(conversation)) continue;
            if (row < 0) Settle(conversation);
            else if (row < rows) FinishStream(row);
            else Count(conversation);
            entries += 1 + _ledger.Conversations.Length(conversation);
        }

        return _finished == conversations + rows + conversations;
    }

    private void Settle(int conversation)
    {
        RemoveCleared(conversation);
        SetOutTicks(conversation);
        bool wasOpen = _ledger.Conversations.Has(conversation, ConversationTable.WasOpenFlag);
        int group = _ledger.Groups.Find(conversation);
        bool isInvited = _ledger.Groups.Inviter(group) >= 0;
        if (wasOpen || HasBeenVisible(conversation) || _ledger.Groups.IsMember(group) || isInvited) Open(conversation);
        else if (group >= 0 && _ledger.Groups.Version(group) > 0) FreeLeft(conversation, group);
        if (isInvited) _ledger.Conversations.Touch(conversation, _ledger.LastOrder + 1);
    }

    // one that was left and deleted has its roster on flash until that is compacted; there may be somebody still who must know
    private void FreeLeft(int conversation, int group)
    {
        if (_ledger.Groups.IsPublishDue(group) || _ledger.Groups.Maker(group) == _ledger.MyNumber) return;
        if (_ledger.Conversations.Oldest(conversation) >= 0) return;
        _ledger.Groups.Free(group);
        _ledger.Conversations.Forget(conversation);
    }

    private void FinishStream(int row)
    {
        FindHoles(row);
        Marks.ReadTicks(_ledger, row);
    }

    private void Count(int conversation)
    {
        if (_hasTakenBack) TakeBacks.Settle(_ledger, conversation);
        if (_hasEdits) Edits.MarkAll(_ledger, conversation);
        _ledger.Conversations.Set(conversation, ConversationTable.AwaitsFlag, false);
        if (_hasReactions) Reactions.MarkAll(_ledger, conversation);
        _ledger.Recount(conversation);
    }

    private void RemoveCleared(int conversation)
    {
        MessageTable messages = _ledger.Messages;
        int cleared = _ledger.Conversations.ClearedOrder(conversation);
        int gone = _ledger.Conversations.GivenWayOrder(conversation);
        if (gone < cleared) gone = cleared;
        if (gone == 0 && !_ledger.Streams.HasLives) return;
        int peer = -1;
        int life = 0;
        int next;
        for (int i = _ledger.Conversations.Oldest(conversation); i >= 0; i = next)
        {
            next = messages.Next(i);
            bool isMine = messages.IsMine(i);
            if (_orders[i] <= (isMine ? cleared : gone))
            {
                if (isMine && Clearing.Outlives(messages, i) && Clearing.HasOutlived(_ledger, conversation, messages.N(i))) continue;

                messages.Remove(i);
                continue;
            }

            if (isMine || messages.Has(i, MessageTable.IsPlainFlag)) continue;
            if (messages.Peer(i) != peer)
            {
                peer = messages.Peer(i);
                int row = _ledger.Streams.Find(conversation, peer);
                life = row < 0 ? 0 : _ledger.Streams.Life(row);
            }

            if (_lives[i] == life || life == 0) continue;
            messages.Set(i, MessageTable.IsOldLifeFlag, StreamTable.OrderOf(_lives[i]) < StreamTable.OrderOf(life));
        }
    }

    private void SetOutTicks(int conversation)
    {
        MessageTable messages = _ledger.Messages;
        int confirmed = _ledger.Conversations.Confirmed(conversation);
        bool isGroup = _ledger.Conversations.IsGroup(conversation);
        if (!isGroup && confirmed >= _ledger.Conversations.LastN(conversation)) return;
        int group = isGroup ? _ledger.Groups.Find(conversation) : -1;
        int own = messages.OwnBefore(_ledger.Conversations.Newest(conversation));
        for (; own >= 0 && (isGroup || messages.N(own) > confirmed); own = messages.OwnBefore(messages.Previous(own)))
        {
            if (messages.N(own) > confirmed && messages.Tick(own) == Tick.One)
            {
                messages.SetTick(own, Tick.Clock);
                messages.Set(own, MessageTable.WasKeptFlag, true);
            }

            if (isGroup) StrikeGone(group, own);
        }
    }

    // who left does not count any more, nor who has got the slot since
    private void StrikeGone(int group, int entry)
    {
        Ticks.Strike(_ledger, entry, ~_ledger.Groups.BitsAt(group, _orders[entry]));
    }

    private bool HasBeenVisible(int conversation)
    {
        for (int i = _ledger.Conversations.Oldest(conversation); i >= 0; i = _ledger.Messages.Next(i))
        {
            byte kind = _ledger.Messages.Kind(i);
            if (EntryKind.IsVisible(kind) || kind == EntryKind.Deleted) return true;
        }

        return false;
    }

    private void Open(int conversation)
    {
        _ledger.Conversations.Open(conversation);
        if (!_ledger.Conversations.IsGroup(conversation)) _ledger.Contacts.Follow(_ledger.Conversations.Id(conversation), false, false);
    }

    // a number that neither a message nor a lost range accounts for is a hole
    private void FindHoles(int row)
    {
        StreamTable streams = _ledger.Streams;
        MessageTable messages = _ledger.Messages;
        int conversation = streams.Conversation(row);
        int peer = streams.Peer(row);
        int bottom = streams.Has(row, StreamTable.BottomIsHole) ? Marks.BottomOf(_ledger, row) : 0;
        int expected = bottom;
        int next;
        bool any = false;
        for (int i = messages.NotInOrder(_ledger.Conversations.Oldest(conversation), peer, ref expected, ref any); i >= 0;
            i = messages.NotInOrder(next, peer, ref expected, ref any))
        {
            next = messages.Next(i);
            any = true;
            if (expected > 0 && messages.N(i) > expected) Holes.Note(_ledger, conversation, peer, i, expected, messages.N(i) - 1, 0);
            if (messages.LastOf(i) >= expected) expected = messages.LastOf(i) + 1;
        }

        int lowest = bottom > 0 ? messages.Find(conversation, peer, bottom) : -1;
        if (lowest < 0 || !messages.IsGap(lowest)) Holes.EndBottom(_ledger, row);

        if (any && streams.High(row) >= expected) Holes.Note(_ledger, conversation, peer, -1, expected, streams.High(row), 0);
    }
}
