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
        GroupKeys.Start(ledger);
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
        if (!ledger.Seals.IsChanged && !ledger.AreGroupSealsChanged) return;
        if (ledger.NowMs >= ledger.SealsDueMs)
        {
            ledger.SealsDueMs = ledger.NowMs + SaveMs;
            try
            {
                ledger.Seals.Save();
                if (ledger.AreGroupSealsChanged) ledger.GroupSeals.Save();
                return;
            }
            catch (FlashException)
            {
                // the keys in the heap are right: it is tried again
            }
        }

        ledger.DueMs(ledger.SealsDueMs);
    }

    /// <summary>The payload of a publish: the body that was written last, sealed if its topic is the inbox of a device with a key, or if it
    /// is about a sealed group.</summary>
    public static byte[] Enclose(Ledger ledger, string topic, BodyWriter writer)
    {
        if (ledger.Seals.Count == 0) return writer.ToArray();
        string to = Topics.RecipientOf(topic);
        int row = to == null ? -1 : ledger.Seals.Find(to);
        // what goes to an inbox was written from the ledger's body
        int group = row >= 0 ? -1 : Groups.Find(ledger, to == null ? Topics.GroupOf(topic) : ledger.Body.Group);
        if (row < 0 && !GroupKeys.IsSealed(ledger, group)) return writer.ToArray();
        byte[] sealedBody = row < 0
            ? GroupSealing.Enclose(ledger, group, topic, writer)
            : ledger.Seals.Seal(row, topic, writer.Buffer, writer.Length, ledger.Me.Incarnation);
        SaveLater(ledger);
        return sealedBody;
    }

    /// <summary>The body of what came into the inbox; null, and why, when it is refused.</summary>
    /// <param name="ledger">Where the keys are.</param>
    /// <param name="topic">Where it came.</param>
    /// <param name="from">Whose it is.</param>
    /// <param name="bytes">What came.</param>
    /// <param name="error">Why it is refused.</param>
    /// <param name="group">The group with whose key it was sealed, or -1.</param>
    public static byte[] Disclose(Ledger ledger, string topic, string from, byte[] bytes, out BodyError error, out int group)
    {
        bool isSealed = Envelope.IsSealed(bytes);
        error = BodyError.None;
        group = -1;
        if (isSealed && Envelope.IsOfGroup(bytes)) return GroupSealing.DiscloseOfAny(ledger, topic, from, bytes, out error, out group);
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

    /// <summary>Keys have turned: they are written in a while.</summary>
    public static void SaveLater(Ledger ledger)
    {
        if (ledger.SealsDueMs <= ledger.NowMs) ledger.SealsDueMs = ledger.NowMs + SaveMs;
        ledger.DueMs(ledger.SealsDueMs);
    }

    private static void TellChanged(Ledger ledger, int row)
    {
        if (!ledger.Seals.TakeChanged(row)) return;
        int conversation = ledger.Conversations.Find(ledger.Ids.Find(ledger.Seals.DeviceAt(row)), false);
        if (conversation >= 0 && ledger.Conversations.IsOpen(conversation)) Notices.AddNewKeys(ledger, conversation);
        GroupKeys.OnNewLife(ledger, ledger.Seals.DeviceAt(row));
        ledger.Revision++;
    }
}
