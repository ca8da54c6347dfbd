using nanoFramework.Runtime.Native;

namespace EdgeChat.VirtualBoard;

/// <summary>Who wants to know before the board restarts or is asked to stop.</summary>
internal sealed class RebootHandlers
{
    private readonly Lock _gate = new();
    private RebootEventHandler? _handlers;

    public void Add(RebootEventHandler handler)
    {
        lock (_gate) _handlers += handler;
    }

    public void Remove(RebootEventHandler handler)
    {
        lock (_gate) _handlers -= handler;
    }

    public void Clear()
    {
        lock (_gate) _handlers = null;
    }

    public void Raise()
    {
        RebootEventHandler? handlers;
        lock (_gate) handlers = _handlers;
        handlers?.Invoke();
    }
}
