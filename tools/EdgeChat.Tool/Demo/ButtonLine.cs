using System.Diagnostics;
using System.Threading.Channels;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo;

/// <summary>Works a board's buttons in the order in which it is told to, each long enough for the firmware to notice.</summary>
/// <remarks>A click that a screen reader makes, or two messages of a page that come together, are shorter than the time for which the
/// firmware waits for contacts to settle.</remarks>
public sealed class ButtonLine : IDisposable
{
    // 20 ms is what the firmware takes for bouncing.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(60);

    private readonly VirtualPins _pins;
    private readonly Channel<(int Pin, bool IsDown)> _changes = Channel.CreateUnbounded<(int, bool)>();
    private readonly Dictionary<int, long> _changedAt = [];

    /// <summary>Makes the line for the buttons on <paramref name="pins"/>.</summary>
    public ButtonLine(VirtualPins pins)
    {
        _pins = pins;
        _ = WorkAsync();
    }

    /// <summary>Presses the button on a pin down, or lets it go; returns at once.</summary>
    public void Set(int pin, bool isDown) => _changes.Writer.TryWrite((pin, isDown));

    /// <summary>Ends; what was told before is still done.</summary>
    public void Dispose() => _changes.Writer.TryComplete();

    private async Task WorkAsync()
    {
        await foreach (var (pin, isDown) in _changes.Reader.ReadAllAsync())
        {
            if (_changedAt.TryGetValue(pin, out var at) && Shortest - Stopwatch.GetElapsedTime(at) is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            if (isDown)
                _pins.Press(pin);
            else
                _pins.Release(pin);
            _changedAt[pin] = Stopwatch.GetTimestamp();
        }
    }
}
