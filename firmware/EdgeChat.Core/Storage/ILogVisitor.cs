namespace EdgeChat.Core;

/// <summary>Takes the records of a <see cref="FlashLog"/> while it opens.</summary>
public interface ILogVisitor
{
    /// <summary>One sound record, oldest first; <paramref name="buffer"/> is valid during the call only, and the log takes no other call
    /// meanwhile.</summary>
    /// <remarks>After a power cut during compaction the same record may come twice, under two addresses: the later one stays.</remarks>
    void OnRecord(byte type, int address, byte[] buffer, int index, int count);
}
