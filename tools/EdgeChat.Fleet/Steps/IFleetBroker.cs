namespace EdgeChat.Fleet;

/// <summary>The fleet's broker, as somebody who looks at it: the operator. What goes wrong is a <see cref="FleetException"/>.</summary>
public interface IFleetBroker
{
    /// <summary>Tries, with a board's own password, that its own topics are allowed and that it can neither write as another nor read what
    /// is for another.</summary>
    Task ProveRightsAsync(string id, string? password, CancellationToken stop);

    /// <summary>The incarnation of the presence that the broker retains of a device id, whatever its state; 0 when it retains
    /// none.</summary>
    Task<int> LastIncarnationAsync(string id, CancellationToken stop);

    /// <summary>Returns when the broker has a presence <c>on</c> of that incarnation, or of a later one: a board that meets an earlier life
    /// of its id goes above it by itself (docs/protocol.md, section 5).</summary>
    /// <returns>The incarnation that the board is in.</returns>
    Task<int> WaitForBirthAsync(string id, int incarnation, CancellationToken stop);

    /// <summary>Sends the first message and the invitations to groups, numbered by <paramref name="next"/>, and returns when the board has
    /// said that they are in its flash.</summary>
    Task GreetAsync(string id, string text, IReadOnlyList<FleetGroup> groups, Func<int> next, CancellationToken stop);
}

/// <summary>Where the broker's passwords are kept, or which certificates count. A password is never an argument of a command and in no
/// message.</summary>
public interface ICredentials
{
    /// <summary>Whether boards have passwords at all.</summary>
    bool HasPasswords { get; }

    /// <summary>Makes what a user is to prove itself with: a password, or where brokers take those a certificate with its key.</summary>
    /// <param name="user">The user.</param>
    /// <param name="isPassing">Whether it is to be used at once, and never kept.</param>
    string NewSecret(string user, bool isPassing = false) => Provisioner.NewPassword();

    /// <summary>Whether a secret is of the kind that is made now, and none that its user should have another one for.</summary>
    bool IsCurrent(string secret) => !ClientCertificate.Is(secret);

    /// <summary>Sets the password of a user, new or not, and lets the broker know.</summary>
    Task SetAsync(string user, string password, CancellationToken stop);

    /// <summary>Takes a user away.</summary>
    Task RemoveAsync(string user, CancellationToken stop);
}
