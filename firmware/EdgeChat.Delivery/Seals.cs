using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Seals what goes into the inbox of a device that this board has a key with, and opens what comes from one. What is inside is the
/// body of the protocol: nothing else of the messenger knows whether it was sealed.</summary>
internal static class Seals
{
    private const int SaveMs = 30000; // what a power cut would merely make the board derive again

    /// <summary>Reads the keys, and says whose are new.</summary>
    public static void Start(Ledger ledger)
    {
        ledger.Seals.Open();
        TellChanged(ledger);
    }

    /// <summary>Says whose keys are new.</summary>
    public static void TellChanged(Ledger ledger)
    {
        for (int row = 0; row < ledger.Seals.Count; row++) TellChanged(ledger, row);
    }

    /// <summary>Writes what has waited long enough.</summary>
    public static void OnTime(Ledger ledger)
    {
        if (!ledger.Seals.IsChanged) return;
        if (ledger.NowMs >= ledger.SealsDueMs)
        {
            ledger.SealsDueMs = ledger.NowMs + SaveMs;
            try
            {
                ledger.Seals.Save();
                return;
            }
            catch (FlashException)
            {
                // the keys in the heap are right: it is tried again
            }
        }

        ledger.DueMs(ledger.SealsDueMs);
    }

    /// <summary>The payload of a publish: the body that was written last, sealed if its topic is the inbox of a device with a
    /// key.</summary>
    public static byte[] Enclose(Ledger ledger, string topic, BodyWriter writer)
    {
        string to = ledger.Seals.Count == 0 ? null : Topics.RecipientOf(topic);
        int row = to == null ? -1 : ledger.Seals.Find(to);
        if (row < 0) return writer.ToArray();
        byte[] sealedBody = ledger.Seals.Seal(row, topic, writer.Buffer, writer.Length, ledger.Me.Incarnation);
        SaveLater(ledger);
        return sealedBody;
    }

    /// <summary>The body of what came into the inbox; null, and why, when it is refused.</summary>
    public static byte[] Disclose(Ledger ledger, string topic, string from, byte[] bytes, out BodyError error)
    {
        bool isSealed = Envelope.IsSealed(bytes);
        error = BodyError.None;
        if (!isSealed && ledger.Seals.Count == 0) return bytes;
        int row = ledger.Seals.Find(from);
        if (row < 0 || !isSealed)
        {
            error = row >= 0 ? BodyError.NotSealed : isSealed ? BodyError.NoKey : BodyError.None;
            return bytes;
        }

        byte[] body = ledger.Seals.Open(row, topic, bytes, out error);
        if (body == null) return null;
        SaveLater(ledger);
        TellChanged(ledger, row);
        return body;
    }

    private static void SaveLater(Ledger ledger)
    {
        if (ledger.SealsDueMs <= ledger.NowMs) ledger.SealsDueMs = ledger.NowMs + SaveMs;
        ledger.DueMs(ledger.SealsDueMs);
    }

    private static void TellChanged(Ledger ledger, int row)
    {
        if (!ledger.Seals.TakeChanged(row)) return;
        int conversation = ledger.Conversations.Find(ledger.Ids.Find(ledger.Seals.DeviceAt(row)), false);
        if (conversation >= 0 && ledger.Conversations.IsOpen(conversation)) Notices.AddNewKeys(ledger, conversation);
        ledger.Revision++;
    }
}
