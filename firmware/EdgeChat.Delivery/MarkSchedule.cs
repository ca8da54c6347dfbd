using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Writes marks that can wait together, so that flash is not worn by one write a message.</summary>
internal static class MarkSchedule
{
    private const int SoonTenths = 20; // what a power cut would make a board do again: send, ask
    private const int LateTenths = 300; // what a power cut would merely make it say again: a receipt

    /// <summary>The mark of a row must be written soon.</summary>
    public static void Soon(Ledger ledger, int row)
    {
        ledger.Streams.Set(row, StreamTable.MarkIsDue, true);
        if (ledger.StreamMarksDue == 0) ledger.StreamMarksDue = ledger.NowTenths + SoonTenths;
        ledger.Due(ledger.StreamMarksDue);
    }

    /// <summary>The mark of a row is to be written some time.</summary>
    public static void Late(Ledger ledger, int row)
    {
        ledger.Streams.Set(row, StreamTable.MarkCanWait, true);
        if (ledger.LateMarksDue == 0) ledger.LateMarksDue = ledger.NowTenths + LateTenths;
        ledger.Due(ledger.LateMarksDue);
    }

    /// <summary>The mark of a conversation must be written soon.</summary>
    public static void Conversation(Ledger ledger, int conversation)
    {
        ledger.Conversations.Set(conversation, ConversationTable.MarkIsDueFlag, true);
        if (ledger.ConversationMarksDue == 0) ledger.ConversationMarksDue = ledger.NowTenths + SoonTenths;
        ledger.Due(ledger.ConversationMarksDue);
    }

    /// <summary>Writes the marks that are due.</summary>
    public static void OnTime(Ledger ledger)
    {
        int nowTenths = ledger.NowTenths;
        if (IsDue(ledger.ConversationMarksDue, nowTenths))
        {
            ledger.ConversationMarksDue = 0;
            for (int i = 0; i < ledger.Conversations.Capacity; i++)
            {
                if (ledger.Conversations.Has(i, ConversationTable.MarkIsDueFlag) && !Marks.TryAppendConversation(ledger, i, true))
                    ledger.ConversationMarksDue = nowTenths + LateTenths;
            }
        }

        if (IsDue(ledger.StreamMarksDue, nowTenths))
        {
            ledger.StreamMarksDue = 0;
            WriteStreams(ledger, StreamTable.MarkIsDue);
        }

        if (IsDue(ledger.LateMarksDue, nowTenths))
        {
            ledger.LateMarksDue = 0;
            WriteStreams(ledger, StreamTable.MarkCanWait);
        }

        if (ledger.ConversationMarksDue > 0) ledger.Due(ledger.ConversationMarksDue);
        if (ledger.StreamMarksDue > 0) ledger.Due(ledger.StreamMarksDue);
        if (ledger.LateMarksDue > 0) ledger.Due(ledger.LateMarksDue);
    }

    // one that the flash refuses is due again later
    private static void WriteStreams(Ledger ledger, int flag)
    {
        for (int row = 0; row < ledger.Streams.Count; row++)
            if (ledger.Streams.Has(row, flag)) Marks.TryAppendStream(ledger, row, true);
    }

    private static bool IsDue(int due, int nowTenths) { return due > 0 && due <= nowTenths; }
}
