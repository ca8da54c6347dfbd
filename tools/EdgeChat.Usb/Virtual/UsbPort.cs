using System.Diagnostics;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Usb.Virtual;

/// <summary>A pseudo terminal that a board is behind, in real time: bytes pass at the rate that the host has set, and the last close is a
/// reset, because a pseudo terminal has no modem lines.</summary>
/// <remarks>States: closed, until a host opens it; open, until the last host closes it.</remarks>
public sealed class UsbPort : IDisposable
{
    private const int BitsOfByte = 10; // 8N1
    private const int IdleMilliseconds = 20;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly IUsbDevice _device;
    private readonly PseudoTerminal _terminal;
    private readonly Thread _thread;
    private readonly long _began = Stopwatch.GetTimestamp();
    private readonly byte[] _buffer = new byte[4096];
    private byte[] _pending = [];
    private TimeSpan _inFree;
    private TimeSpan _outFree;
    private bool _isOpen;
    private bool _isDrained = true;

    /// <summary>Makes a port; from then on somebody may open its <see cref="Path"/>.</summary>
    /// <param name="name">The board's name, for messages.</param>
    /// <param name="device">What is behind it.</param>
    /// <exception cref="IOException">The system has no pseudo terminal left.</exception>
    public UsbPort(string name, IUsbDevice device)
    {
        _device = device;
        _terminal = new PseudoTerminal(name);
        _thread = new Thread(Run) { Name = name + " usb", IsBackground = true };
        _thread.Start();
    }

    /// <summary>The path of the port.</summary>
    public string Path => _terminal.Path;

    private TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    /// <inheritdoc/>
    public void Dispose()
    {
        _terminal.Stop();
        _thread.Join();
        _terminal.Dispose();
    }

    private void Run()
    {
        while (true)
        {
            TerminalEvents events = _terminal.Wait(_isOpen ? Patience() : IdleMilliseconds);
            if (events.HasFlag(TerminalEvents.Stopped)) return;
            bool isHungUp = events.HasFlag(TerminalEvents.HungUp);
            if (events.HasFlag(TerminalEvents.Input))
            {
                _isOpen = true;
                Receive();
            }
            else if (isHungUp)
            {
                if (_isOpen) Close();
                // a closed terminal does not wait, it says so at once
                Thread.Sleep(IdleMilliseconds / 4);
                Send(isHeard: false);
                continue;
            }
            else
            {
                _isOpen = true;
            }

            Send(isHeard: !isHungUp);
        }
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    // Milliseconds until something is to be sent; rounded up, so that nothing spins.
    private int Patience()
    {
        TimeSpan? next = _pending.Length > 0 ? Max(_outFree, Now + Tick) : _device.NextSend;
        if (next is null) return IdleMilliseconds;
        return (int)Math.Clamp(Math.Ceiling((Max(next.Value, _outFree) - Now).TotalMilliseconds), 0, IdleMilliseconds);
    }

    // Takes what the line would have brought by now. What the host has written and the line not brought stays in the terminal, so a host
    // that writes faster than the line has to wait, as behind a real adapter.
    private void Receive()
    {
        int rate = Math.Max(300, _terminal.HostBaudRate);
        TimeSpan now = Now;
        // the first byte after a pause begins now; what comes behind it has waited
        if (_isDrained) _inFree = now;
        _isDrained = false;
        int room = (int)Math.Min(_buffer.Length, (now - _inFree).TotalSeconds * rate / BitsOfByte);
        if (room <= 0)
        {
            Thread.Sleep(Tick);
            return;
        }

        int count = _terminal.Read(_buffer, room);
        _inFree += TimeSpan.FromSeconds(count * (double)BitsOfByte / rate);
        _isDrained = count < room;
        if (count > 0) _device.Receive(_buffer.AsSpan(0, count), rate, now);
    }

    private void Send(bool isHeard)
    {
        int rate = Math.Max(300, _terminal.HostBaudRate);
        while (true)
        {
            TimeSpan now = Now;
            if (_pending.Length == 0 && !(_outFree <= now && _device.TrySend(rate, now, out _pending))) return;
            // nobody listens: the line is open, and what is sent is lost
            int count = isHeard ? _terminal.Write(_pending) : _pending.Length;
            _outFree = Max(_outFree, now) + TimeSpan.FromSeconds(count * (double)BitsOfByte / rate);
            _pending = _pending[count..];
            if (_pending.Length > 0) return;
        }
    }

    private void Close()
    {
        _isOpen = false;
        _pending = [];
        _device.Close(Now);
    }
}
