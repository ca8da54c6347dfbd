using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Takes receipts: what the others have of this board's messages, and have shown.</summary>
/// <remarks>A receipt only ever raises ticks, so one that comes late, twice or out of order does no harm. It speaks of numbers from its
/// <c>f</c> to its <c>d</c>, holes excluded, and of nothing else.</remarks>
internal sealed class ReceiptBook
{
    private readonly Ledger _ledger;
    private readonly Resends _resends;

    public ReceiptBook(Ledger ledger, Resends resends)
    {
        _ledger = ledger;
        _resends = resends;
    }

    /// <summary>Takes the ledger's body, a receipt of a device about this board's stream in a conversation.</summary>
    public void Take(int conversation, int peer, long nowMs)
    {
        Body body = _ledger.Body;
        if (body.StreamIncarnation != _ledger.Me.Incarnation) return; // about an earlier life of this board
        int row = _ledger.Streams.Take(conversation, peer);
        if (row < 0 || body.Incarnation < _ledger.Streams[row, StreamField.ReaderIncarnation]) return;
        bool isChanged = body.Incarnation > _ledger.Streams[row, StreamField.ReaderIncarnation];
        _ledger.Streams[row, StreamField.ReaderIncarnation] = body.Incarnation;
        MessageTable messages = _ledger.Messages;
        for (int i = _ledger.Conversations.Oldest[conversation]; i >= 0; i = messages.Next[i])
        {
            if (messages.Peer[i] >= 0) continue;
            int n = messages.N[i];
            if (n < body.First || n > body.Have || IsHole(body, n)) continue;
            if (Ticks.Raise(_ledger, i, row, n <= body.Shown ? Tick.Shown : Tick.Two)) isChanged = true;
        }

        if (!isChanged) return;
        Marks.TryAppendStream(_ledger, row, true);
        _resends.OnReceipt(row, nowMs);
        _ledger.Revision++;
    }

    private static bool IsHole(Body body, int n)
    {
        for (int i = 0; i < body.HoleCount; i++)
            if (body.Holes[i] == n) return true;
        return false;
    }
}
