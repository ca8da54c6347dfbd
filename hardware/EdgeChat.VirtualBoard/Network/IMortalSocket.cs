namespace EdgeChat.VirtualBoard;

/// <summary>A connection that can be cut without a farewell.</summary>
internal interface IMortalSocket
{
    /// <summary>Resets the connection and wakes whoever waits on it.</summary>
    void Kill();
}
