namespace EdgeChat.Fleet;

/// <summary>How far a board of the store has come.</summary>
public enum BoardState
{
    /// <summary>Its id belongs to a MAC, and it is being provisioned.</summary>
    Claimed,

    /// <summary>Its files were written for somebody who puts them onto the board.</summary>
    Exported,

    /// <summary>It was provisioned: it was online and has had its first message.</summary>
    Provisioned,

    /// <summary>It has no rights any more.</summary>
    Revoked,
}

/// <summary>A board, as the store knows it.</summary>
/// <param name="Id">Its device id.</param>
/// <param name="Mac">The MAC that the id belongs to; null while that is not known.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Incarnation">The incarnation given last.</param>
/// <param name="Chip">Its chip, or null.</param>
/// <param name="Firmware">Name and version of its program, or null.</param>
/// <param name="Runtime">Target and version of its runtime, or null.</param>
/// <param name="Changed">When that was written, UTC.</param>
/// <param name="Who">By whom.</param>
public sealed record StoredBoard(
    string Id, string? Mac, BoardState State, int Incarnation, string? Chip, string? Firmware, string? Runtime, DateTimeOffset Changed,
    string Who);

/// <summary>A line of the store's history.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Who">By whom.</param>
/// <param name="Id">Which board.</param>
/// <param name="What">What was done.</param>
public sealed record StoreEvent(DateTimeOffset At, string Who, string Id, string What);
