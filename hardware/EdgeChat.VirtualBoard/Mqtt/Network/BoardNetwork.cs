namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>Finds the network of the board whose thread calls.</summary>
public static class BoardNetwork
{
    private static readonly AsyncLocal<IBoardNetwork?> Flowing = new();

    /// <summary>The network of the calling thread's board; flows to the threads that it starts. The PC's own network when no board is
    /// set.</summary>
    public static IBoardNetwork Current
    {
        get => Flowing.Value ?? PlainNetwork.Instance;
        set => Flowing.Value = value;
    }
}
