using System.Text.RegularExpressions;

namespace EdgeChat.Fleet;

/// <summary>The users of NATS, a line for each in a file that its configuration includes: name, password, permissions. NATS reads it again
/// at SIGHUP. With certificates the name is the whole one of the user's certificate, and there is no password.</summary>
/// <remarks>Who is taken away keeps a line, and may come no more: NATS drops all that it retains of a user that is gone, the presence that
/// says so too, and the nodes of a cluster tell each other of it, at which 2.9 ends when it reads its users itself.</remarks>
public sealed partial class NatsUsers : ICredentials
{
    private const string Head = "authorization: { users: [";
    private const string Tail = "]}";
    private const string Comes = "allowed_connection_types: [\"MQTT\"]";

    // no server of ours takes such connections; what it has written stays within its rights
    private const string Gone = "allowed_connection_types: [\"LEAFNODE_WS\"], "
        + "permissions: { publish: [\"ec1.>\"], subscribe: { deny: [\">\"] } }";

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
    public Task SetAsync(string user, string password, CancellationToken stop)
    {
        // what it stands in would end there, and the server reads such a file no more
        if (password.Any(c => c is '"' or '\\' || char.IsControl(c)))
            throw new FleetException($"NATS cannot be told the password of {user}: take one without \", \\ and control characters");
        string name = _hasCertificates ? password : user;
        return _file.EditAsync(
            lines => [.. Without(user, lines.Where(l => NameOf(l) != name)), Line(_rights, user, password, _hasCertificates)], stop);
    }

    /// <inheritdoc/>
    public Task RemoveAsync(string user, CancellationToken stop) => _file.EditAsync(lines => [.. Without(user, lines)], stop);

    /// <summary>Gives each user that is there the permissions that it has now, and takes away who has none any more; passwords
    /// stay.</summary>
    public Task UpdateAsync(CancellationToken stop) => _file.EditAsync(
        lines => [.. lines.Select(l => (Line: l, User: (_hasCertificates ? Certified() : Known()).Match(l)))
            .Where(l => l.User.Success)
            .Select(l => IsGone(l.Line) || !_rights.Users.Contains(l.User.Groups[1].Value) ? WithoutWay(l.Line)
                : Line(_rights, l.User.Groups[1].Value, l.User.Groups[2].Value, _hasCertificates))], stop);

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
            + $" {Comes}, permissions: {NatsPermissions.Write(rights, user)} }}";

    private IEnumerable<string> Without(string user, IEnumerable<string> lines)
    {
        string start = _hasCertificates ? $"{{ user: \"CN={user}," : $"{{ user: \"{user}\",";
        return lines.Select(l => l.StartsWith(start, StringComparison.Ordinal) ? WithoutWay(l) : l);
    }

    private string WithoutWay(string line) => IsGone(line) ? line : _hasCertificates ? $"{{ user: \"{NameOf(line)}\", {Gone} }}"
        : $"{{ user: \"{NameOf(line)}\", password: \"{Provisioner.NewPassword()}\", {Gone} }}";

    private static bool IsGone(string line) => line.Contains(Gone, StringComparison.Ordinal);

    private static string NameOf(string line) => Name().Match(line).Groups[1].Value;

    [GeneratedRegex("""^\{ user: "([^"]*)",""", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex("""^\{ user: "([^"]*)", password: "([^"]*)",""", RegexOptions.CultureInvariant)]
    private static partial Regex Known();

    [GeneratedRegex("""^\{ user: "(?=CN=([^",]*),)([^"]*)",""", RegexOptions.CultureInvariant)]
    private static partial Regex Certified();
}
