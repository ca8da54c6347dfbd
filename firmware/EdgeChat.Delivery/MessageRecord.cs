using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The fields of one message record on flash; one object serves for all that are read or written one after another.</summary>
/// <remarks>
/// <code>
/// conversation id   kind   flags   order   n   time
/// incoming:  incarnation, and in a group the sender's id
/// flags 16: the digest of the body that came
/// flags 1: reply id as text   flags 8: a number (members that it was for, or last of a range)
/// content: what is left
/// </code>
/// </remarks>
internal sealed class MessageRecord
{
    private const int HasReplyBit = 1;
    private const int IsFailedBit = 2;
    private const int IsPlainBit = 4; // of this board's own: denied
    private const int HasExtraBit = 8;
    private const int HasDigestBit = 16;
    private const int IsHiddenBit = 32;
    private const int IsForwardedBit = 64;

    public bool IsMine;
    public int Conversation; // number of the id
    public bool IsGroup;
    public int Peer; // number of the sender's id, or -1
    public byte Kind;
    public bool IsFailed;
    public bool IsPlain;
    public bool IsDenied;
    public bool IsForwarded;
    public bool IsHidden; // deleted on this board, while somebody lacks it
    public int Order;
    public int N;
    public int Time;
    public int Life; // of the sender: its incarnation in the low 16 bits, see StreamTable.Life
    public int Digest; // of what came; 0 when the record has none
    public int Extra;

    /// <summary>Where the reply id and the content are: in <see cref="Bytes"/>.</summary>
    public byte[] Bytes;
    public int ReplyStart;
    public int ReplyCount;
    public int ContentStart;
    public int ContentCount;

    /// <summary>Begins the record of what a conversation is to have; what is not given is not there until it is set.</summary>
    public void Begin(ConversationTable conversations, int conversation, byte kind, int order, int n)
    {
        Clear();
        Conversation = conversations.Id(conversation);
        IsGroup = conversations.IsGroup(conversation);
        Kind = kind;
        Order = order;
        N = n;
    }

    private void Clear()
    {
        IsMine = false;
        IsGroup = false;
        Peer = -1;
        Kind = EntryKind.Text;
        IsFailed = false;
        IsPlain = false;
        IsDenied = false;
        IsForwarded = false;
        IsHidden = false;
        Order = 0;
        N = 0;
        Time = 0;
        Life = 0;
        Digest = 0;
        Extra = 0;
        Bytes = null;
        ReplyStart = 0;
        ReplyCount = 0;
        ContentStart = 0;
        ContentCount = 0;
    }

    /// <summary>Packs all but reply and content, which <paramref name="reply"/> and <paramref name="content"/> give.</summary>
    public void Write(RecordWriter to, IdTable ids, byte[] reply, byte[] content, int contentStart, int contentCount)
    {
        to.PutId(ids, Conversation, IsGroup);
        to.PutByte(Kind);
        int flags = (reply != null ? HasReplyBit : 0) | (IsFailed ? IsFailedBit : 0) | (IsPlain || IsDenied ? IsPlainBit : 0);
        if (Extra != 0) flags |= HasExtraBit;
        if (Digest != 0) flags |= HasDigestBit;
        if (IsHidden) flags |= IsHiddenBit;
        if (IsForwarded) flags |= IsForwardedBit;
        to.PutByte(flags);
        to.PutInt(Order);
        to.PutInt(N);
        to.PutInt(Time);
        if (!IsMine)
        {
            to.PutInt(Life);
            if (IsGroup) to.PutId(ids, Peer, false);
        }

        if (Digest != 0) to.PutInt(Digest);
        if (Extra != 0) to.PutInt(Extra);
        if (reply != null) to.PutText(reply, 0, reply.Length);
        if (contentCount > 0) to.PutRest(content, contentStart, contentCount);
    }

    /// <summary>Unpacks reply and content of a payload alone; false when it is none.</summary>
    public bool ReadContent(byte type, RecordReader from)
    {
        from.SkipId();
        bool isGroup = from.IsGroup;
        from.TakeByte();
        int flags = from.TakeByte();
        from.SkipInts(type == RecordType.Out ? 3 : 4);
        if (type != RecordType.Out && isGroup) from.SkipId();
        from.SkipInts(((flags & HasDigestBit) != 0 ? 1 : 0) + ((flags & HasExtraBit) != 0 ? 1 : 0));
        TakeContent(from, flags);
        return !from.IsBad;
    }

    /// <summary>Unpacks a payload; false when it is none.</summary>
    public bool Read(byte type, RecordReader from, IdTable ids)
    {
        IsMine = type == RecordType.Out;
        Conversation = from.TakeId(ids);
        IsGroup = from.IsGroup;
        Kind = (byte)from.TakeByte();
        int flags = from.TakeByte();
        IsFailed = (flags & IsFailedBit) != 0;
        IsPlain = !IsMine && (flags & IsPlainBit) != 0;
        IsDenied = IsMine && (flags & IsPlainBit) != 0;
        IsHidden = (flags & IsHiddenBit) != 0;
        IsForwarded = (flags & IsForwardedBit) != 0;
        Order = from.TakeInt();
        N = from.TakeInt();
        Time = from.TakeInt();
        Life = IsMine ? 0 : from.TakeInt();
        Peer = IsMine ? -1 : IsGroup ? from.TakeId(ids) : Conversation;
        Digest = (flags & HasDigestBit) != 0 ? from.TakeInt() : 0;
        Extra = (flags & HasExtraBit) != 0 ? from.TakeInt() : 0;
        TakeContent(from, flags);
        return !from.IsBad && Conversation >= 0 && (IsMine || Peer >= 0) && N > 0;
    }

    private void TakeContent(RecordReader from, int flags)
    {
        Bytes = from.Bytes;
        ReplyCount = 0;
        if ((flags & HasReplyBit) != 0)
        {
            from.TakeText();
            ReplyStart = from.TextStart;
            ReplyCount = from.TextCount;
        }

        ContentStart = from.At;
        ContentCount = from.Rest;
    }
}
