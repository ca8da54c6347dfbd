namespace EdgeChat.Tool.Demo;

/// <summary>The newest bytes that a board has written to its console, each with its place counted from the first ever.</summary>
/// <remarks>
/// <para>Readers keep their own place, so that any number can follow and none holds the board up. Safe from any thread.</para>
/// <para>XON and XOFF are left out, as a terminal's line does: a board may send them anywhere, in the middle of a character too, and here
/// nothing needs to wait for them, since the virtual line holds what the board has not read.</para>
/// </remarks>
public sealed class ConsoleTape
{
    /// <summary>How many bytes are kept.</summary>
    public const int Capacity = 64 * 1024;

    private const byte Xon = 0x11;
    private const byte Xoff = 0x13;

    private readonly byte[] _ring = new byte[Capacity];
    private readonly Lock _gate = new();
    private long _end;

    /// <summary>The place after the newest byte.</summary>
    public long End
    {
        get
        {
            lock (_gate)
                return _end;
        }
    }

    /// <summary>Adds <paramref name="bytes"/> but for XON and XOFF, and forgets the oldest beyond <see cref="Capacity"/>.</summary>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            foreach (var b in bytes)
            {
                if (b is not (Xon or Xoff))
                    _ring[_end++ % Capacity] = b;
            }
        }
    }

    /// <summary>What was written from place <paramref name="from"/> on, or what is still there of it; moves <paramref name="from"/> to the
    /// end.</summary>
    public byte[] Read(ref long from)
    {
        lock (_gate)
        {
            var start = Math.Max(from, _end - Capacity);
            var bytes = new byte[_end - start];
            for (var i = 0; i < bytes.Length; i++)
                bytes[i] = _ring[(start + i) % Capacity];
            from = _end;
            return bytes;
        }
    }
}
