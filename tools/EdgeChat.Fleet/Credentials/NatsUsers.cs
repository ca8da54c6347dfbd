using System.Text.RegularExpressions;

namespace EdgeChat.Fleet;

/// <summary>The users of NATS, a line for each in a file that its configuration includes: name, password, permissions. NATS reads it again
/// at SIGHUP. With certificates the name is the whole one of the user's certificate, and there is no password.</summary>
public sealed partial class NatsUsers : ICredentials
{
    private const string Head = "authorization: { users: [";
    private const string Tail = "]}";

    private readonly UserFile _file;
    private readonly TopicRights _rights;
    private readonly bool _hasCertificates;

    /// <summary>Opens the file at <paramref name="path"/> for users with <paramref name="rights"/>; <paramref name="pidFile"/> has the
    /// broker's process id, with a <c>*</c> in its name those of all nodes that run here; null for a broker that somebody else
    /// reloads.</summary>
    public NatsUsers(string path, string? pidFile, TopicRights rights, bool hasCertificates = false)
    {
        _file = new UserFile(path, pidFile is null ? null : BrokerProcess.OfNats(pidFile), Head, Tail);
        _rights = rights;
        _hasCertificates = hasCertificates;
    }

    /// <inheritdoc/>
    public bool HasPasswords => true;

    /// <inheritdoc/>
    public Task SetAsync(string user, string password, CancellationToken stop) =>
        // what it stands in would end there, and the server reads such a file no more
        password.Any(c => c is '"' or '\\' || char.IsControl(c))
            ? throw new FleetException($"NATS cannot be told the password of {user}: take one without \", \\ and control characters")
            : _file.EditAsync(Start(user), Line(_rights, user, password, _hasCertificates), stop);

    /// <inheritdoc/>
    public Task RemoveAsync(string user, CancellationToken stop) => _file.EditAsync(Start(user), null, stop);

    /// <summary>Gives each user that is there the permissions that it has now, and takes away who has none any more; passwords
    /// stay.</summary>
    public Task UpdateAsync(CancellationToken stop) => _file.EditAsync(
        lines => [.. lines.Select(l => (_hasCertificates ? Certified() : Known()).Match(l))
            .Where(m => m.Success && _rights.Users.Contains(m.Groups[1].Value))
            .Select(m => Line(_rights, m.Groups[1].Value, m.Groups[2].Value, _hasCertificates))], stop);

    /// <summary>The whole file with these users.</summary>
    public static string TextOf(TopicRights rights, IEnumerable<(string User, string Password)> users, bool hasCertificates = false) =>
        new UserFile("", null, Head, Tail).TextOf(users.Select(u => Line(rights, u.User, u.Password, hasCertificates)));

    /// <summary>The line of a user. Only over MQTT: with NATS's own protocol a user could read what is delivered to others.</summary>
    /// <param name="rights">The rights.</param>
    /// <param name="user">The user.</param>
    /// <param name="password">The password, or with certificates the certificate's whole name.</param>
    /// <param name="hasCertificates">Whether it is that.</param>
    public static string Line(TopicRights rights, string user, string password, bool hasCertificates = false) =>
        (hasCertificates ? $"{{ user: \"{password}\"," : $"{{ user: \"{user}\", password: \"{password}\",")
            + $" allowed_connection_types: [\"MQTT\"], permissions: {NatsPermissions.Write(rights, user)} }}";

    private string Start(string user) => _hasCertificates ? $"{{ user: \"CN={user}," : $"{{ user: \"{user}\",";

    [GeneratedRegex("""^\{ user: "([^"]*)", password: "([^"]*)",""", RegexOptions.CultureInvariant)]
    private static partial Regex Known();

    [GeneratedRegex("""^\{ user: "(?=CN=([^",]*),)([^"]*)",""", RegexOptions.CultureInvariant)]
    private static partial Regex Certified();
}
