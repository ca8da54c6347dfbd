namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's WaitHandle: a wait ends, and its thread too, when the board has no power.</summary>
public abstract class WaitHandle : MarshalByRefObject
{
    public const int WaitTimeout = 258;

    /// <summary>The PC's handle behind it; made by the derived class.</summary>
    private protected abstract EventWaitHandle Handle { get; }

    public virtual bool WaitOne(int millisecondsTimeout, bool exitContext) => PowerCycle.Wait(Handle, millisecondsTimeout);

    public virtual bool WaitOne() => PowerCycle.Wait(Handle, Timeout.Infinite);

    public static bool WaitAll(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext)
    {
        // Waiting for each in turn with what is left of the time is the same as long as nobody takes an event back.
        long until = System.Environment.TickCount64 + millisecondsTimeout;
        foreach (WaitHandle handle in waitHandles)
        {
            int left = millisecondsTimeout < 0 ? Timeout.Infinite : (int)Math.Max(0, until - System.Environment.TickCount64);
            if (!PowerCycle.Wait(handle.Handle, left)) return false;
        }

        return true;
    }

    public static bool WaitAll(WaitHandle[] waitHandles) => WaitAll(waitHandles, Timeout.Infinite, false);

    public static int WaitAny(WaitHandle[] waitHandles, int millisecondsTimeout, bool exitContext)
    {
        PowerCycle? cycle = PowerCycle.Current;
        cycle?.Check();
        var handles = new List<System.Threading.WaitHandle>(waitHandles.Length + 1);
        foreach (WaitHandle handle in waitHandles) handles.Add(handle.Handle);
        if (cycle is not null) handles.Add(cycle.Off);
        int which = System.Threading.WaitHandle.WaitAny([.. handles], millisecondsTimeout);
        cycle?.Check();
        return which == System.Threading.WaitHandle.WaitTimeout ? WaitTimeout : which;
    }

    public static int WaitAny(WaitHandle[] waitHandles) => WaitAny(waitHandles, Timeout.Infinite, false);
}

/// <summary>nanoFramework's AutoResetEvent.</summary>
public sealed class AutoResetEvent(bool initialState) : WaitHandle
{
    private protected override EventWaitHandle Handle { get; } = new System.Threading.AutoResetEvent(initialState);

    public bool Reset() => Handle.Reset();

    public bool Set() => Handle.Set();
}

/// <summary>nanoFramework's ManualResetEvent.</summary>
public sealed class ManualResetEvent : WaitHandle
{
    public ManualResetEvent(bool initialState)
        : this(new System.Threading.ManualResetEvent(initialState))
    {
    }

    internal ManualResetEvent(EventWaitHandle handle) => Handle = handle;

    private protected override EventWaitHandle Handle { get; }

    public bool Reset() => Handle.Reset();

    public bool Set() => Handle.Set();
}
