using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>How far a message of this board has come, with one recipient and with all; a tick never goes back.</summary>
internal static class Ticks
{
    /// <summary>In place of a bit: the conversation is a direct one.</summary>
    public const int Direct = -1;

    /// <summary>What stands for the device of a row in what follows: its bit among the members of its group (0 when it is none any more),
    /// or <see cref="Direct"/>; that too of a group's row of this board itself, which keeps what messages have with all.</summary>
    public static int BitOf(Ledger ledger, int row)
    {
        int conversation = ledger.Streams.Conversation(row);
        if (!ledger.Conversations.IsGroup(conversation) || ledger.Streams.Peer(row) == ledger.MyNumber) return Direct;
        return ledger.Groups.BitOf(ledger.Groups.Find(conversation), ledger.Streams.Peer(row));
    }

    /// <summary>Whether the message has a tick (two or shown) with the device of a bit.</summary>
    public static bool Has(MessageTable messages, int entry, int bit, Tick tick)
    {
        if (bit == Direct)
        {
            Tick has = messages.Tick(entry);
            return has == tick || (tick == Tick.Two && has == Tick.Shown);
        }

        return ((tick == Tick.Two ? messages.LackHave(entry) : messages.LackShown(entry)) & bit) == 0;
    }

    /// <summary>The device of a bit has the message, or has shown it; true when that is new.</summary>
    public static bool Raise(Ledger ledger, int entry, int bit, Tick tick)
    {
        MessageTable messages = ledger.Messages;
        if (bit == Direct)
        {
            Tick has = messages.Tick(entry);
            if (has == tick || has == Tick.Shown || !EntryKind.HasContent(messages.Kind(entry))) return false;
            messages.SetTick(entry, tick);
            ledger.NoteTick(entry);
            return true;
        }

        if (!EntryKind.HasContent(messages.Kind(entry)) || Has(messages, entry, bit, tick)) return false;
        int shown = messages.LackShown(entry);
        messages.SetLacks(entry, messages.LackHave(entry) & ~bit, tick == Tick.Shown ? shown & ~bit : shown);
        Tick before = messages.Tick(entry);
        Settle(messages, entry);
        if (messages.Tick(entry) != before) ledger.NoteTick(entry);
        return true;
    }

    /// <summary>A member does not count any more. Of a message that nobody else was for, the tick stays as it is: what nobody has
    /// proved is not told.</summary>
    public static void Strike(Ledger ledger, int entry, int bit)
    {
        MessageTable messages = ledger.Messages;
        if ((messages.LackHave(entry) & bit) == 0 && (messages.LackShown(entry) & bit) == 0) return;
        messages.SetLacks(entry, messages.LackHave(entry) & ~bit, messages.LackShown(entry) & ~bit);
        Tick before = messages.Tick(entry);
        if (before != Tick.Clock && (messages.LackShown(entry) != 0 || Recipients.Count(ledger, entry) > 0)) Settle(messages, entry);
        if (messages.Tick(entry) != before) ledger.NoteTick(entry);
    }

    /// <summary>Sets the tick of a group's message when nobody lacks it any more.</summary>
    public static void Settle(MessageTable messages, int entry)
    {
        if (messages.LackHave(entry) != 0) return;
        messages.SetTick(entry, messages.LackShown(entry) == 0 ? Tick.Shown : Tick.Two);
    }
}
