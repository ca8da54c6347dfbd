namespace EdgeChat.Core;

/// <summary>Knows which records of a <see cref="FlashLog"/> still matter; the log takes no other call while it asks.</summary>
public interface ILogOwner
{
    /// <summary>Whether the record at this address must be kept.</summary>
    bool IsLive(byte type, int address);

    /// <summary>A live record is now at another address, already durable there.</summary>
    void Moved(byte type, int oldAddress, int newAddress);
}
