using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>A number from what a message says, kept with it: another content under the same number is never taken for a
/// repetition.</summary>
internal static class Digests
{
    /// <summary>The digest of the ledger's body, never 0. What may differ when a message is sent again, such as a group's name, is not in
    /// it.</summary>
    public static int Of(Body body, byte kind, byte[] content, byte[] reply)
    {
        int digest = Fnv1a.Add(Fnv1a.Basis ^ kind, content, 0, content.Length);
        if (reply != null) digest = Fnv1a.Add(digest, reply, 0, reply.Length);
        return End(digest, body.Time);
    }

    /// <summary>Whether an entry is what a digest is from. A record of an earlier version has none, and one that is damaged says
    /// nothing.</summary>
    public static bool IsSame(Ledger ledger, int entry, int digest)
    {
        if (!ledger.Keeper.ReadMessage(entry)) return true;
        if (ledger.Record.Digest != 0) return ledger.Record.Digest == digest;
        return EntryKind.IsEmptied(ledger.Record.Kind) || OfRecord(ledger.Record, ledger.Body.Time) == digest;
    }

    /// <summary>The message of an earlier life of a device that has a number and a digest, or -1.</summary>
    public static int FindOld(Ledger ledger, int conversation, int peer, int n, int digest)
    {
        MessageTable messages = ledger.Messages;
        int i = messages.WithBefore(ledger.Conversations.Newest(conversation), MessageTable.IsOldLifeFlag);
        for (; i >= 0; i = messages.WithBefore(messages.Previous(i), MessageTable.IsOldLifeFlag))
        {
            if (messages.Peer(i) != peer || messages.N(i) != n) continue;
            if (ledger.Keeper.ReadMessage(i) && ledger.Record.Digest == digest) return i;
        }

        return -1;
    }

    // as if it had come with the time that is compared: its own may be that of its arrival
    private static int OfRecord(MessageRecord record, long time)
    {
        int digest = Fnv1a.Add(Fnv1a.Basis ^ record.Kind, record.Bytes, record.ContentStart, record.ContentCount);
        if (record.ReplyCount > 0) digest = Fnv1a.Add(digest, record.Bytes, record.ReplyStart, record.ReplyCount);
        return End(digest, time);
    }

    private static int End(int digest, long time)
    {
        digest = Fnv1a.Add(digest, (int)time);
        return digest == 0 ? 1 : digest;
    }
}
