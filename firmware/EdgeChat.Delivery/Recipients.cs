using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>For whom a message of this board was, and how far it has come with each: the members when it was sent who still are.</summary>
internal static class Recipients
{
    /// <summary>How many there are.</summary>
    public static int Count(Ledger ledger, int message)
    {
        int conversation = ledger.Messages.Conversation(message);
        if (!ledger.Conversations.IsGroup(conversation)) return 1;
        int count = 0;
        for (int bits = Bits(ledger, message); bits != 0; bits &= bits - 1) count++;
        return count;
    }

    /// <summary>Number of the id of the one at a place, or -1.</summary>
    public static int At(Ledger ledger, int message, int place)
    {
        int conversation = ledger.Messages.Conversation(message);
        if (!ledger.Conversations.IsGroup(conversation)) return ledger.Conversations.Id(conversation);
        int slot = SlotAt(ledger, message, place);
        return slot < 0 ? -1 : ledger.Groups.MemberAt(ledger.Groups.Find(conversation), slot);
    }

    /// <summary>How far the message has come with the one at a place.</summary>
    public static Tick TickAt(Ledger ledger, int message, int place)
    {
        Tick tick = ledger.Messages.Tick(message);
        int conversation = ledger.Messages.Conversation(message);
        if (!ledger.Conversations.IsGroup(conversation)) return tick;
        int slot = SlotAt(ledger, message, place);
        if (slot < 0) return Tick.None;
        if ((ledger.Messages.LackShown(message) & 1 << slot) == 0) return Tick.Shown;
        return (ledger.Messages.LackHave(message) & 1 << slot) == 0 ? Tick.Two : tick;
    }

    private static int SlotAt(Ledger ledger, int message, int place)
    {
        int bits = Bits(ledger, message);
        for (int slot = 0; slot < Limits.GroupMembers; slot++)
            if ((bits & 1 << slot) != 0 && place-- == 0) return slot;
        return -1;
    }

    private static int Bits(Ledger ledger, int message)
    {
        if (!ledger.Messages.IsMine(message) || !ledger.Keeper.ReadMessage(message)) return 0;
        int group = ledger.Groups.Find(ledger.Messages.Conversation(message));
        return ledger.Record.Extra & ledger.Groups.BitsAt(group, ledger.Record.Order);
    }
}
