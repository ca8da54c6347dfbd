using System.Text;

namespace EdgeChat.Delivery;

/// <summary>The id of a message as bodies write it: <c>sender/n</c>, or <c>sender.e/n</c> when the incarnation is not 1.</summary>
internal sealed class MessageId
{
    /// <summary>Length of the sender's id, which begins at 0 of <see cref="Bytes"/>.</summary>
    public int SenderLength;

    /// <summary>The bytes that were read.</summary>
    public byte[] Bytes;

    public int Incarnation;
    public int N;

    /// <summary>Writes an id.</summary>
    public static string Write(string sender, int incarnation, int n)
    {
        string middle = incarnation == 1 ? "/" : "." + incarnation.ToString() + "/";
        return string.Concat(sender, middle, n.ToString());
    }

    /// <summary>Reads an id from the beginning of a buffer; false when it is none.</summary>
    public bool Read(byte[] bytes, int start, int count)
    {
        Bytes = new byte[count];
        System.Array.Copy(bytes, start, Bytes, 0, count);
        int slash = -1;
        int dot = -1;
        for (int i = 0; i < count; i++)
        {
            if (Bytes[i] == '/') slash = i;
            if (Bytes[i] == '.' && slash < 0) dot = i;
        }

        if (slash < 1) return false;
        SenderLength = dot > 0 ? dot : slash;
        Incarnation = dot > 0 ? Number(dot + 1, slash) : 1;
        N = Number(slash + 1, count);
        return SenderLength > 0 && Incarnation > 0 && N > 0;
    }

    /// <summary>Reads an id.</summary>
    public bool Read(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return Read(bytes, 0, bytes.Length);
    }

    /// <summary>The entry of a conversation that it names, or -1.</summary>
    public int Find(Ledger ledger, int conversation)
    {
        string sender = Encoding.UTF8.GetString(Bytes, 0, SenderLength);
        int peer = sender == ledger.Me.DeviceId ? -1 : ledger.Ids.Find(sender);
        if (peer < 0 && sender != ledger.Me.DeviceId) return -1;
        int entry = ledger.Messages.Find(conversation, peer, N);
        if (entry < 0 || !EntryKind.HasContent(ledger.Messages.Kind[entry])) return -1;
        return entry;
    }

    private int Number(int start, int end)
    {
        int number = 0;
        if (end <= start || end - start > 9) return 0;
        for (int i = start; i < end; i++)
        {
            if (Bytes[i] < '0' || Bytes[i] > '9') return 0;
            number = number * 10 + Bytes[i] - '0';
        }

        return number;
    }
}
