namespace EdgeChat.VirtualBoard;

/// <summary>A pseudo terminal of Linux: a terminal program opens its path, and this end is the board's UART.</summary>
/// <remarks>This process keeps the other end open too, so that a terminal program may come, go and come again.</remarks>
internal sealed class Pty : IDisposable
{
    private readonly Action<ReadOnlySpan<byte>> _typed;
    private readonly Lock _gate = new();
    private readonly PseudoTerminal _terminal;
    private readonly IDisposable _other;
    private readonly Thread _reader;
    private bool _isDisposed;

    /// <summary>Makes one.</summary>
    /// <param name="name">For messages and the thread's name.</param>
    /// <param name="typed">Called with what comes from the terminal program, on the pseudo terminal's thread.</param>
    public Pty(string name, Action<ReadOnlySpan<byte>> typed)
    {
        _typed = typed;
        _terminal = new PseudoTerminal(name);
        _other = _terminal.OpenOther();
        _reader = new Thread(Read, PowerCycle.StackBytes) { Name = name + " pty", IsBackground = true };
        _reader.Start();
    }

    /// <summary>The path that a terminal program opens.</summary>
    public string Path => _terminal.Path;

    /// <summary>Writes to the terminal. What nobody reads is dropped when the terminal's buffer is full, as a UART does.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
            if (!_isDisposed) _terminal.Write(bytes);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isDisposed) return;
            _isDisposed = true;
            _terminal.Stop();
        }

        _reader.Join();
        _other.Dispose();
        _terminal.Dispose();
    }

    private void Read()
    {
        var buffer = new byte[1024];
        while (true)
        {
            TerminalEvents events = _terminal.Wait(Timeout.Infinite);
            if (events.HasFlag(TerminalEvents.Stopped)) return;
            int count = events.HasFlag(TerminalEvents.Input) ? _terminal.Read(buffer, buffer.Length) : 0;
            if (count > 0) _typed(buffer.AsSpan(0, count));
        }
    }
}
