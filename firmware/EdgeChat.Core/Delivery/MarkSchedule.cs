namespace EdgeChat.Core;

/// <summary>Writes marks that can wait together, so that flash is not worn by one write a message.</summary>
internal static class MarkSchedule
{
    /// <summary>Tenths of a second for what a power cut would make a board do again: send, ask.</summary>
    public const int Soon = 20;

    /// <summary>Tenths of a second for what a power cut would merely make it say again: a receipt.</summary>
    public const int Late = 300;

    /// <summary>The mark of a row must be written within this time.</summary>
    public static void Stream(Ledger ledger, int row, int tenths)
    {
        int due = ledger.NowTenths + tenths;
        if (ledger.Streams.Has(row, StreamField.MarkIsDue) && ledger.Streams[row, StreamField.MarkDue] <= due) return;
        ledger.Streams.Set(row, StreamField.MarkIsDue, true);
        ledger.Streams[row, StreamField.MarkDue] = due;
        ledger.Agenda.At(due);
    }

    /// <summary>The mark of a conversation must be written soon.</summary>
    public static void Conversation(Ledger ledger, int conversation)
    {
        if (ledger.Conversations.Has(conversation, ConversationTable.MarkIsDueFlag)) return;
        ledger.Conversations.Set(conversation, ConversationTable.MarkIsDueFlag, true);
        ledger.ConversationMarksDue = ledger.NowTenths + Soon;
        ledger.Agenda.At(ledger.ConversationMarksDue);
    }

    /// <summary>Writes the marks that are due.</summary>
    public static void OnTime(Ledger ledger, int nowTenths)
    {
        if (ledger.ConversationMarksDue > 0 && ledger.ConversationMarksDue <= nowTenths)
        {
            ledger.ConversationMarksDue = 0;
            for (int i = 0; i < ledger.Conversations.Capacity; i++)
            {
                if (!ledger.Conversations.Has(i, ConversationTable.MarkIsDueFlag) || Marks.TryAppendConversation(ledger, i, true)) continue;
                ledger.ConversationMarksDue = nowTenths + Late;
            }
        }

        if (ledger.ConversationMarksDue > 0) ledger.Agenda.At(ledger.ConversationMarksDue);
        for (int row = 0; row < ledger.Streams.Count; row++)
        {
            if (!ledger.Streams.Has(row, StreamField.MarkIsDue)) continue;
            if (ledger.Streams[row, StreamField.MarkDue] <= nowTenths && !Marks.TryAppendStream(ledger, row, true))
                ledger.Streams[row, StreamField.MarkDue] = nowTenths + Late;
            if (ledger.Streams.Has(row, StreamField.MarkIsDue)) ledger.Agenda.At(ledger.Streams[row, StreamField.MarkDue]);
        }
    }
}
