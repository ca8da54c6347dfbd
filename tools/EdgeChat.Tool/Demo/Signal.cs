using System.Threading.Channels;

namespace EdgeChat.Tool.Demo;

/// <summary>"Something has changed": any number of <see cref="Set"/> wake one waiter once.</summary>
public sealed class Signal
{
    private readonly Channel<bool> _channel = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the waiter; never blocks.</summary>
    public void Set() => _channel.Writer.TryWrite(true);

    /// <summary>Returns when <see cref="Set"/> was called since the last return, or after <paramref name="limit"/>.</summary>
    public async Task WaitAsync(TimeSpan limit, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(limit);
        try
        {
            await _channel.Reader.ReadAsync(patience.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // the limit
        }
    }
}
