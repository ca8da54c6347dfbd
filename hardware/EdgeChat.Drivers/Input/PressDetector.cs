namespace EdgeChat.Drivers;

/// <summary>Makes short and long presses of the debounced level of one button. Pure: levels and times come in.</summary>
/// <remarks>
/// <code>
/// state    down                up                     time
/// Up       Down                -                      -
/// Down     - (an up was lost)  Up, Short (or Long     Held, Long after
///                              when it was that long) LongMs
/// Held     Down (likewise)     Up                     -
/// </code>
/// </remarks>
public sealed class PressDetector
{
    /// <summary>How long a button is held for a long press, in milliseconds.</summary>
    public const int LongMs = 600;

    /// <summary>Value of <see cref="DueMs"/> when time changes nothing.</summary>
    public const long Never = long.MaxValue;

    private const int Up = 0;
    private const int Down = 1;
    private const int Held = 2;

    private int _state;
    private long _sinceMs;

    /// <summary>When <see cref="Expire"/> must be called, in milliseconds, or <see cref="Never"/>.</summary>
    public long DueMs { get { return _state == Down ? _sinceMs + LongMs : Never; } }

    /// <summary>Takes a change of level at <paramref name="atMs"/>.</summary>
    public Press Change(bool isDown, long atMs)
    {
        if (isDown)
        {
            if (_state == Down) return Press.None;
            _state = Down;
            _sinceMs = atMs;
            return Press.None;
        }

        bool wasDown = _state == Down;
        _state = Up;
        if (!wasDown) return Press.None;
        return atMs - _sinceMs >= LongMs ? Press.Long : Press.Short;
    }

    /// <summary>Tells a long press as soon as it is one.</summary>
    public Press Expire(long nowMs)
    {
        if (_state != Down || nowMs - _sinceMs < LongMs) return Press.None;
        _state = Held;
        return Press.Long;
    }
}
