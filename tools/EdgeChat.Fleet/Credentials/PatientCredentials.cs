namespace EdgeChat.Fleet;

/// <summary>Passwords that a program or a broker keeps, which may never answer: it is waited for for a while.</summary>
/// <param name="inner">Where they are kept.</param>
/// <param name="patience">For how long.</param>
/// <param name="silent">What is said when nothing came: who it was, and what to do.</param>
public sealed class PatientCredentials(ICredentials inner, TimeSpan patience, string silent) : ICredentials
{
    /// <inheritdoc/>
    public bool HasPasswords => inner.HasPasswords;

    /// <inheritdoc/>
    public string NewSecret(string user, bool isPassing = false) => inner.NewSecret(user, isPassing);

    /// <inheritdoc/>
    public bool IsCurrent(string secret) => inner.IsCurrent(secret);

    /// <inheritdoc/>
    public Task SetAsync(string user, string password, CancellationToken stop) => WaitAsync(t => inner.SetAsync(user, password, t), stop);

    /// <inheritdoc/>
    public Task RemoveAsync(string user, CancellationToken stop) => WaitAsync(t => inner.RemoveAsync(user, t), stop);

    private async Task WaitAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        try
        {
            await work(limit.Token);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            throw new FleetException(silent, e);
        }
    }
}
