namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>What the four threads of a client tell each other: whether to run, whether the connection is going.</summary>
/// <remarks>Belongs to the client and not to a connection, as in the real client: a thread that outlives its connection (a keep-alive
/// thread that waits for PINGRESP) goes on in the next one.</remarks>
internal sealed class LinkState(IBoardNetwork network)
{
    private volatile bool _isRunning;
    private volatile bool _isClosing;
    private volatile bool _isConnected;

    public IBoardNetwork Network { get; } = network;

    public bool HasPower => !Network.PowerLost.IsCancellationRequested;

    /// <summary>Wakes the dispatch thread.</summary>
    public AutoResetEvent EventWake { get; } = new(false);

    /// <summary>Wakes the in-flight thread.</summary>
    public AutoResetEvent InFlightWake { get; } = new(false);

    /// <summary>Wakes the keep-alive thread.</summary>
    public AutoResetEvent KeepAliveWake { get; } = new(false);

    /// <summary>Whether the threads go on. Without power they do not, whatever was set.</summary>
    public bool IsRunning { get => _isRunning && HasPower; set => _isRunning = value; }

    public bool IsClosing { get => _isClosing; set => _isClosing = value; }

    public bool IsConnected { get => _isConnected; set => _isConnected = value; }

    /// <summary>The connection is lost or given up: the dispatch thread shall deliver what is queued, close, and raise the event.</summary>
    public void BeginClosing()
    {
        if (_isClosing)
            return;
        _isClosing = true;
        _isConnected = false;
        EventWake.Set();
    }

    /// <summary>Lets every thread that waits see that it shall end.</summary>
    public void Stop()
    {
        _isRunning = false;
        InFlightWake.Set();
        EventWake.Set();
        KeepAliveWake.Set();
    }

    /// <summary>Sleeps, or less when the power goes.</summary>
    public void Sleep(int milliseconds) => Network.PowerLost.WaitHandle.WaitOne(milliseconds);
}
