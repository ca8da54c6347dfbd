using System.Diagnostics;

namespace EdgeChat.VirtualBoard;

/// <summary>A board's buzzer, as who stands beside it hears it: a UART's bits are a wave, whose frequency and length are
/// measured.</summary>
public sealed class VirtualBuzzer
{
    private const int BitsOfByte = 10; // a start bit, eight of data, a stop bit

    private readonly Lock _gate = new();
    private int _hertz;
    private double _ms;
    private long _since;

    /// <summary>Raised when a tone has ended; on the thread that ended it.</summary>
    public event Action<Tone>? Sounded;

    /// <summary>The wave of a UART whose levels are inverted begins.</summary>
    internal void Begin(byte[] bytes, int baud)
    {
        int rises = 0;
        bool isHigh = false; // the line rests low
        foreach (byte b in bytes)
        {
            for (int bit = 0, bits = (b << 1) | 1 << 9; bit < BitsOfByte; bit++)
            {
                bool next = (bits >> bit & 1) == 0;
                if (next && !isHigh) rises++;
                isHigh = next;
            }
        }

        lock (_gate)
        {
            double seconds = (double)bytes.Length * BitsOfByte / baud;
            _hertz = (int)Math.Round(rises / seconds);
            _ms = seconds * 1000;
            _since = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>The UART is closed: what it has not sent is not heard.</summary>
    internal void End()
    {
        Tone tone;
        lock (_gate)
        {
            tone = new Tone(_hertz, (int)Math.Min(_ms, Stopwatch.GetElapsedTime(_since).TotalMilliseconds));
            _ms = 0;
        }

        if (tone is { Hertz: > 0, Milliseconds: > 0 }) Sounded?.Invoke(tone);
    }
}

/// <summary>A tone that was heard.</summary>
/// <param name="Hertz">Its frequency.</param>
/// <param name="Milliseconds">How long it was heard.</param>
public readonly record struct Tone(int Hertz, int Milliseconds);
