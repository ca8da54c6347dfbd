using nanoFramework.Networking;
using ReadyEvent = EdgeChat.VirtualBoard.Platform.ManualResetEvent;

namespace EdgeChat.VirtualBoard;

/// <summary>What the two network helpers of one board share: waiting for an address and for the clock.</summary>
internal sealed class NetworkWaiter(Board board)
{
    private readonly ManualResetEvent _ready = new(false);
    private ReadyEvent? _firmwareReady;

    /// <summary>Set when the network, and the clock if asked for, are there.</summary>
    public ReadyEvent Ready => _firmwareReady ??= new ReadyEvent(_ready);

    public NetworkHelperStatus Status { get; private set; }

    public Exception? Exception { get; private set; }

    public void Reset()
    {
        _ready.Reset();
        Status = NetworkHelperStatus.None;
        Exception = null;
    }

    public void Fail(Exception exception)
    {
        Status = NetworkHelperStatus.ExceptionOccurred;
        Exception = exception;
    }

    /// <summary>Waits on a thread of the board; <see cref="Ready"/> tells the end.</summary>
    public void Setup(bool requiresDateTime) =>
        PowerCycle.Require(nameof(NetworkHelper)).Start("network", () => Wait(requiresDateTime, CancellationToken.None));

    /// <summary>Waits until the network, and the clock if asked for, are there, or the token is cancelled.</summary>
    public bool Wait(bool requiresDateTime, CancellationToken token)
    {
        PowerCycle cycle = PowerCycle.Require(nameof(NetworkHelper));
        Reset();
        Status = NetworkHelperStatus.Started;
        if (!Wait(cycle, board.Wifi.Linked, token))
        {
            Status = NetworkHelperStatus.TokenExpiredWaitingIPAddress;
            return false;
        }

        if (requiresDateTime && !Wait(cycle, board.Sntp.ClockSet, token))
        {
            Status = NetworkHelperStatus.TokenExpiredWaitingDateTime;
            return false;
        }

        Status = NetworkHelperStatus.NetworkIsReady;
        _ready.Set();
        return true;
    }

    private static bool Wait(PowerCycle cycle, WaitHandle handle, CancellationToken token)
    {
        int which = WaitHandle.WaitAny(token.CanBeCanceled ? [handle, cycle.Off, token.WaitHandle] : [handle, cycle.Off]);
        cycle.Check();
        return which == 0;
    }
}
