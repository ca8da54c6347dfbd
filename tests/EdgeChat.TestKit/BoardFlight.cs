namespace EdgeChat.TestKit;

/// <summary>A publish of a board that waits for its PUBACK.</summary>
internal sealed class BoardFlight
{
    public int Ticket;

    public bool IsConfirmed;

    /// <summary>When it ends, in the broker's time.</summary>
    public long DueMs;
}
