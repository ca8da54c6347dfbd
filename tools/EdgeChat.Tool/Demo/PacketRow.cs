using EdgeChat.Core;

namespace EdgeChat.Tool.Demo;

/// <summary>One packet in a board's list.</summary>
/// <param name="Number">Counts the board's packets from 1.</param>
/// <param name="Time">When.</param>
/// <param name="IsSent">True when the board sent it.</param>
/// <param name="Kind">The packet type's name.</param>
/// <param name="Topic">Topic, or null.</param>
/// <param name="Bytes">Size on the wire, in bytes.</param>
/// <param name="Note">The body of a message as text, for people; or null.</param>
/// <param name="Tick">How far a message of this board has come.</param>
/// <param name="Version">When the row last changed: see <see cref="PacketList.Since"/>.</param>
public sealed record PacketRow(
    long Number, DateTime Time, bool IsSent, string Kind, string? Topic, int Bytes, string? Note, Tick Tick, long Version);
