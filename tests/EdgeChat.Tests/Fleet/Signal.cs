namespace EdgeChat.Tests.Fleet;

/// <summary>Wakes all who wait for "something has happened"; they look for themselves what it was.</summary>
internal sealed class Signal
{
    private TaskCompletionSource _next = Make();

    /// <summary>Completes when something happens after this was asked.</summary>
    public Task Next => Volatile.Read(ref _next).Task;

    /// <summary>Something has happened.</summary>
    public void Raise() => Interlocked.Exchange(ref _next, Make()).TrySetResult();

    private static TaskCompletionSource Make() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
