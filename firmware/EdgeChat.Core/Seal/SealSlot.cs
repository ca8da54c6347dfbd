namespace EdgeChat.Core;

/// <summary>Where what belongs to one device stands in a page of <see cref="SealTable"/>.</summary>
internal static class SealSlot
{
    public const int Bytes = 136;

    public const int Id = 0;
    public const int IdBytes = Topics.MaxIdLength;
    public const int Flags = Id + IdBytes;
    public const int Code = Flags + 1;

    /// <summary>The first life to seal in, 2 bytes: above all in which this board has sealed with a key that it has no more. It stays when
    /// the key goes.</summary>
    public const int First = 26;

    public const int Sending = 28;
    public const int Receiving = Sending + SealChain.Bytes;

    public const int IsUsed = 1;

    /// <summary>A person has compared the code.</summary>
    public const int IsVerified = 2;

    /// <summary>The key is another than before, and nobody was told yet.</summary>
    public const int IsChanged = 4;

    /// <summary>Numbers may have been used since this was written: the next ones begin behind all of these.</summary>
    public const int IsBehind = 8;

    /// <summary>Provisioning has said in which life to seal; nothing that others say changes it.</summary>
    public const int IsGiven = 16;
}
