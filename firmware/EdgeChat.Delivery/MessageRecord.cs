using System;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>The fields of one message record on flash; one object serves for all that are read or written one after another.</summary>
/// <remarks>
/// <code>
/// conversation id   kind (and 128)   flags   time (four bytes)
/// flags 16: the digest of the body that came (four bytes)
/// order   n
/// incoming:  incarnation, and in a group the sender's id
/// flags 8: a number (members that it was for, or last of a range)
/// flags 1: reply id as text
/// content: what is left
/// </code>
/// A kind without 128 is of an earlier version: the time stands behind n and the digest behind the sender, as numbers of 7 bits a byte.
/// Such records are read, and moved as they are.
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
    private const int IsStarredBit = 128;
    private const int IsFixedBit = 128; // of the kind
    private const int Fixed = 4; // bytes

    public bool IsMine;
    public int Conversation; // number of the id
    public bool IsGroup;
    public int Peer; // number of the sender's id, or -1
    public byte Kind;
    public bool IsFailed;
    public int Flags; // those of MessageTable that a record keeps; HasReplyFlag of what was read
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
        Flags = 0;
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
        to.PutByte(Kind | IsFixedBit);
        int flags = (reply != null ? HasReplyBit : 0) | (IsFailed ? IsFailedBit : 0);
        if ((Flags & (MessageTable.IsPlainFlag | MessageTable.IsDeniedFlag)) != 0) flags |= IsPlainBit;
        if (Extra != 0) flags |= HasExtraBit;
        if (Digest != 0) flags |= HasDigestBit;
        if ((Flags & MessageTable.IsHiddenFlag) != 0) flags |= IsHiddenBit;
        if ((Flags & MessageTable.IsForwardedFlag) != 0) flags |= IsForwardedBit;
        if ((Flags & MessageTable.IsStarredFlag) != 0) flags |= IsStarredBit;
        to.PutByte(flags);
        to.PutFour(Time);
        if (Digest != 0) to.PutFour(Digest);
        to.PutInt(Order);
        to.PutInt(N);
        if (!IsMine)
        {
            to.PutInt(Life);
            if (IsGroup) to.PutId(ids, Peer, false);
        }

        if (Extra != 0) to.PutInt(Extra);
        if (reply != null) to.PutText(reply, 0, reply.Length);
        if (contentCount > 0) to.PutRest(content, contentStart, contentCount);
    }

    /// <summary>Unpacks reply and content of a payload alone; false when it is none.</summary>
    public bool ReadContent(byte type, RecordReader from)
    {
        from.SkipId();
        bool isGroup = from.IsGroup;
        bool isFixed = (from.TakeByte() & IsFixedBit) != 0;
        int flags = from.TakeByte();
        bool hasDigest = (flags & HasDigestBit) != 0;
        int numbers = type == RecordType.Out ? 2 : 3;
        if (isFixed) from.At += hasDigest ? 2 * Fixed : Fixed;
        else numbers++;
        from.SkipInts(numbers);
        if (type != RecordType.Out && isGroup) from.SkipId();
        numbers = (flags & HasExtraBit) == 0 ? 0 : 1;
        if (hasDigest && !isFixed) numbers++;
        from.SkipInts(numbers);
        Flags = (flags & HasReplyBit) != 0 ? MessageTable.HasReplyFlag : 0;
        TakeContent(from);
        return !from.IsBad;
    }

    /// <summary>Unpacks a payload; false when it is none.</summary>
    public bool Read(byte type, RecordReader from, IdTable ids)
    {
        if (!ReadHead(type, from, ids)) return false;
        TakeContent(from);
        return !from.IsBad;
    }

    /// <summary>Unpacks all of a payload but reply and content; false when it is none.</summary>
    public bool ReadHead(byte type, RecordReader from, IdTable ids)
    {
        bool isMine = type == RecordType.Out;
        int peer = from.TakeId(ids);
        bool isGroup = from.IsGroup;
        byte[] bytes = from.Bytes;
        int at = from.At;
        int end = from.End;
        if (peer < 0 || at + 2 > end) return false;
        IsMine = isMine;
        Conversation = peer;
        IsGroup = isGroup;
        int kind = bytes[at++];
        int flags = bytes[at++];
        Kind = (byte)(kind & ~IsFixedBit);
        Flags = 0;
        IsFailed = false;
        if ((flags & ~(HasExtraBit | HasDigestBit)) != 0) TakeFlags(flags);
        bool hasDigest = (flags & HasDigestBit) != 0;
        bool isFixed = kind >= IsFixedBit;
        int digest = 0;
        if (isFixed)
        {
            int fixedAt = at;
            at += hasDigest ? 2 * Fixed : Fixed;
            if (at > end) return false;
            Time = BitConverter.ToInt32(bytes, fixedAt);
            if (hasDigest) digest = BitConverter.ToInt32(bytes, fixedAt + Fixed);
        }

        // a start reads hundreds of records, and most of these numbers are one byte: a call for each would take more than all else
        int number = 0;
        if (at < end && (number = bytes[at]) < 0x80) at++;
        else number = RecordReader.NumberAt(bytes, ref at, end);
        Order = number;
        if (at < end && (number = bytes[at]) < 0x80) at++;
        else number = RecordReader.NumberAt(bytes, ref at, end);
        N = number;
        if (number <= 0) return false;
        if (!isFixed) Time = RecordReader.NumberAt(bytes, ref at, end);
        number = 0;
        if (isMine)
        {
            peer = -1;
        }
        else
        {
            if (at < end && (number = bytes[at]) < 0x80) at++;
            else number = RecordReader.NumberAt(bytes, ref at, end);
            if (isGroup)
            {
                from.At = at;
                peer = from.TakeId(ids);
                if (peer < 0) return false;
                at = from.At;
            }
        }

        Life = number;
        Peer = peer;
        if (hasDigest && !isFixed) digest = RecordReader.NumberAt(bytes, ref at, end);
        Digest = digest;
        Extra = (flags & HasExtraBit) == 0 ? 0 : RecordReader.NumberAt(bytes, ref at, end);
        from.At = at;
        return at <= end;
    }

    private void TakeFlags(int flags)
    {
        IsFailed = (flags & IsFailedBit) != 0;
        if ((flags & HasReplyBit) != 0) Flags = MessageTable.HasReplyFlag;
        if ((flags & IsPlainBit) != 0) Flags |= IsMine ? MessageTable.IsDeniedFlag : MessageTable.IsPlainFlag;
        if ((flags & IsHiddenBit) != 0) Flags |= MessageTable.IsHiddenFlag;
        if ((flags & IsForwardedBit) != 0) Flags |= MessageTable.IsForwardedFlag;
        if ((flags & IsStarredBit) != 0) Flags |= MessageTable.IsStarredFlag;
    }

    private void TakeContent(RecordReader from)
    {
        Bytes = from.Bytes;
        ReplyCount = 0;
        if ((Flags & MessageTable.HasReplyFlag) != 0)
        {
            from.TakeText();
            ReplyStart = from.TextStart;
            ReplyCount = from.TextCount;
        }

        ContentStart = from.At;
        ContentCount = from.Rest;
    }
}
