using EdgeChat.Usb.Lines;

namespace EdgeChat.Usb.Virtual;

/// <summary>What becomes of a message on its way.</summary>
public enum LineFault
{
    /// <summary>It comes as it is.</summary>
    None,

    /// <summary>It does not come.</summary>
    Drop,

    /// <summary>One of its bits comes wrong.</summary>
    Garble,

    /// <summary>It, and all behind it, comes late.</summary>
    Delay,

    /// <summary>The cable is unplugged at it, for a while.</summary>
    Unplug,

    /// <summary>It comes twice.</summary>
    Repeat,
}

/// <summary>A line to a virtual board in memory. Its time is virtual: it passes when somebody waits, and as the bytes take on the
/// line.</summary>
public sealed class MemoryLine(IUsbDevice device, string name = "memory") : ISerialLine
{
    private readonly Queue<byte> _input = new();
    private TimeSpan _inputFrom;
    private TimeSpan _backAt;
    private bool _isGone;
    private bool _dtr;
    private bool _rts;

    /// <inheritdoc/>
    public string Name => name;

    /// <inheritdoc/>
    public int BaudRate { get; set; } = 115200;

    /// <inheritdoc/>
    public TimeSpan Now { get; private set; }

    /// <summary>Whether it has modem lines that are wired to reset and boot pin.</summary>
    public bool HasModemLines { get; init; }

    /// <summary>What becomes of a message: its number from 0, in both directions; whether the host sends it; and its bytes, to tell which
    /// it is.</summary>
    public Func<int, bool, byte[], LineFault>? Faults { get; init; }

    /// <summary>How late <see cref="LineFault.Delay"/> is.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>How long <see cref="LineFault.Unplug"/> lasts.</summary>
    public TimeSpan Unplugged { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Which bit <see cref="LineFault.Garble"/> turns: given a length in bits.</summary>
    public Func<int, int> GarbledBit { get; init; } = bits => bits / 2;

    /// <summary>Messages in both directions.</summary>
    public int Messages { get; private set; }

    /// <summary>Bytes that the host has sent.</summary>
    public long BytesSent { get; private set; }

    /// <inheritdoc/>
    public void Wait(TimeSpan time) => Now += time;

    /// <inheritdoc/>
    public bool SetModemLines(bool dtr, bool rts)
    {
        CheckPlugged();
        if (!HasModemLines) return false;
        // the pin is let go: what the boot pin is then, decides
        if (_rts && !_dtr && !(rts && !dtr)) device.Reset(dtr && !rts, Now);
        _dtr = dtr;
        _rts = rts;
        return true;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        CheckPlugged();
        byte[] message = bytes.ToArray();
        BytesSent += message.Length;
        Now += TimeOf(message.Length);
        Pass(message, isOfHost: true, m => device.Receive(m, BaudRate, Now));
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan patience)
    {
        CheckPlugged();
        TimeSpan end = Now + patience;
        while (_input.Count == 0 || _inputFrom > Now)
        {
            TimeSpan? next = _input.Count > 0 ? _inputFrom : device.NextSend;
            if (next is null || next > end)
            {
                Now = end;
                Collect();
                if (_input.Count == 0 || _inputFrom > Now) return 0;
                break;
            }

            if (next > Now) Now = next.Value;
            Collect();
        }

        int count = Math.Min(buffer.Length, _input.Count);
        for (int i = 0; i < count; i++) buffer[i] = _input.Dequeue();
        return count;
    }

    /// <inheritdoc/>
    public void DiscardInput()
    {
        CheckPlugged();
        Collect();
        if (_inputFrom <= Now) _input.Clear();
    }

    /// <inheritdoc/>
    public void Reopen()
    {
        if (_isGone && Now < _backAt) throw new LineGoneException($"{name}: there is no such port");
        // the power came back, or the last close is what resets
        _isGone = false;
        _input.Clear();
        _inputFrom = default;
        device.Close(Now);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isGone) device.Close(Now);
    }

    private void CheckPlugged()
    {
        if (_isGone) throw new LineGoneException($"{name}: the board was unplugged");
    }

    private TimeSpan TimeOf(int bytes) => TimeSpan.FromSeconds(bytes * 10.0 / BaudRate);

    private void Collect()
    {
        while (device.TrySend(BaudRate, Now, out byte[] message))
        {
            TimeSpan from = Now + TimeOf(message.Length);
            if (from > _inputFrom) _inputFrom = from;
            Pass(message, isOfHost: false, m =>
            {
                foreach (byte value in m) _input.Enqueue(value);
            });
        }
    }

    private void Pass(byte[] message, bool isOfHost, Action<byte[]> arrive)
    {
        int number = Messages++;
        switch (Faults?.Invoke(number, isOfHost, message) ?? LineFault.None)
        {
            case LineFault.Drop:
                return;
            case LineFault.Garble:
                int bit = GarbledBit(message.Length * 8);
                message[bit / 8] ^= (byte)(1 << bit % 8);
                break;
            case LineFault.Delay when isOfHost:
                // what the host sends is held back where it is, and the host does not know
                Now += Delay;
                break;
            case LineFault.Delay:
                _inputFrom += Delay;
                break;
            case LineFault.Unplug:
                _isGone = true;
                _backAt = Now + Unplugged;
                throw new LineGoneException($"{name}: the board was unplugged");
            case LineFault.Repeat:
                arrive(message);
                break;
        }

        arrive(message);
    }
}
