namespace EdgeChat.VirtualBoard;

/// <summary>A board's console UART, seen from the other end of its wires.</summary>
public sealed class VirtualSerial : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<byte> _wire = new();
    private readonly Pty? _pty;
    private readonly AutoResetEvent _more = new(false);
    private object? _port;
    private Action? _arrived;

    internal VirtualSerial(Board board, bool withPty)
    {
        Wiring = board.Hardware.Serial;
        if (withPty) _pty = new Pty(board.Name, Type);
    }

    /// <summary>What the firmware wrote, on its thread.</summary>
    public event Action<byte[]>? Output;

    /// <summary>The terminal device that a terminal program opens (<c>screen PATH</c>), or null when the board was made without.</summary>
    public string? PtyPath => _pty?.Path;

    internal SerialWiring? Wiring { get; }

    /// <summary>Sends to the board what a person types; what comes before the firmware has the port open is lost, as on a real
    /// UART.</summary>
    public void Type(ReadOnlySpan<byte> bytes)
    {
        Action? arrived;
        lock (_gate)
        {
            arrived = _arrived;
            if (arrived is null) return;
            // A person, or a paste at the speed of the line, is never faster than the firmware for long: the wire holds what it has not
            // read.
            foreach (byte b in bytes) _wire.Enqueue(b);
        }

        _more.Set();
        arrived();
    }

    /// <inheritdoc/>
    public void Dispose() => _pty?.Dispose();

    /// <summary>The firmware opens the port.</summary>
    /// <returns>False when it is open already.</returns>
    internal bool Open(object port, Action arrived)
    {
        lock (_gate)
        {
            if (_port is not null) return false;
            _port = port;
            _arrived = arrived;
            return true;
        }
    }

    /// <summary>The firmware closes the port; one of an earlier boot closes nothing.</summary>
    internal void Close(object port)
    {
        lock (_gate)
            if (_port == port) Clear();
    }

    internal void PowerLost()
    {
        lock (_gate) Clear();
    }

    internal int Waiting
    {
        get
        {
            lock (_gate) return _wire.Count;
        }
    }

    internal bool Holds(byte value)
    {
        lock (_gate) return _wire.Contains(value);
    }

    /// <summary>Waits until there are so many bytes.</summary>
    internal bool WaitFor(int count, int milliseconds)
    {
        long until = Environment.TickCount64 + milliseconds;
        while (Waiting < count)
        {
            int left = milliseconds < 0 ? Timeout.Infinite : (int)Math.Max(0, until - Environment.TickCount64);
            if (!PowerCycle.Wait(_more, left)) return false;
        }

        return true;
    }

    internal int Take(Span<byte> buffer)
    {
        lock (_gate)
        {
            int count = Math.Min(buffer.Length, _wire.Count);
            for (int i = 0; i < count; i++) buffer[i] = _wire.Dequeue();
            return count;
        }
    }

    internal void Send(byte[] bytes)
    {
        _pty?.Write(bytes);
        Output?.Invoke(bytes);
    }

    private void Clear()
    {
        _port = null;
        _arrived = null;
        _wire.Clear();
    }
}
