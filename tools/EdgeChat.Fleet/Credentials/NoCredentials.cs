namespace EdgeChat.Fleet;

/// <summary>A broker that lets anyone in.</summary>
public sealed class NoCredentials : ICredentials
{
    /// <inheritdoc/>
    public bool HasPasswords => false;

    /// <inheritdoc/>
    public Task SetAsync(string user, string password, CancellationToken stop) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task RemoveAsync(string user, CancellationToken stop) => Task.CompletedTask;
}
