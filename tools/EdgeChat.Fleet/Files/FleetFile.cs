namespace EdgeChat.Fleet;

/// <summary>How a board's password comes to the broker.</summary>
public enum CredentialKind
{
    /// <summary>The broker lets anyone in; boards have no password.</summary>
    None,

    /// <summary>Into Mosquitto's password file, which it reads again at SIGHUP.</summary>
    Mosquitto,

    /// <summary>Into a file that NATS's configuration includes, which it reads again at SIGHUP.</summary>
    Nats,

    /// <summary>Through the topics of Mosquitto's dynamic-security plugin.</summary>
    DynamicSecurity,

    /// <summary>By a command of the operator's, which gets the password on its standard input.</summary>
    Command,
}

/// <summary>The broker of a fleet.</summary>
public sealed record FleetBroker
{
    /// <summary>Its name or IPv4 address, as boards reach it.</summary>
    public required string Host { get; init; }

    /// <summary>Its port.</summary>
    public required int Port { get; init; }

    /// <summary>Whether boards come with TLS.</summary>
    public bool Tls { get; init; }

    /// <summary>The fleet's CA, PEM; null without TLS.</summary>
    public byte[]? Ca { get; init; }

    /// <summary>How passwords come to it.</summary>
    public CredentialKind Credentials { get; init; }

    /// <summary>Mosquitto's password file, or the one with NATS's users.</summary>
    public string? Passwords { get; init; }

    /// <summary>The certificate of the clients' CA, beside which is its key; null when clients come with passwords.</summary>
    public string? ClientCa { get; init; }

    /// <summary>Whether clients come with certificates in the place of passwords.</summary>
    public bool HasCertificates => ClientCa is not null;

    /// <summary>Whether a secret is of the kind that it takes now: it may have been another broker, or set up otherwise, before.</summary>
    public bool Takes(string secret) => ClientCertificate.Is(secret) == HasCertificates;

    /// <summary>The file with the broker's process id; null when somebody else reloads it.</summary>
    public string? PidFile { get; init; }

    /// <summary>The administrator of the dynamic-security plugin.</summary>
    public string? Admin { get; init; }

    /// <summary>The file whose first line is that administrator's password.</summary>
    public string? AdminPasswordFile { get; init; }

    /// <summary>The role of the plugin that gives a board its rights.</summary>
    public string? Role { get; init; }

    /// <summary>The operator's command.</summary>
    public string? Command { get; init; }

    /// <summary>Mosquitto's access list; null when it is not looked at.</summary>
    public string? Acl { get; init; }
}

/// <summary>The Wi-Fi that boards join.</summary>
/// <param name="Ssid">Its name.</param>
/// <param name="PasswordFile">The file whose first line is its password; null for an open one.</param>
public sealed record FleetWifi(string Ssid, string? PasswordFile);

/// <summary>A board that is to be provisioned.</summary>
public sealed record FleetBoard
{
    /// <summary>Its device id.</summary>
    public required string Id { get; init; }

    /// <summary>What others see.</summary>
    public required string Name { get; init; }

    /// <summary>The bundle that it is flashed with.</summary>
    public required string Bundle { get; init; }

    /// <summary>The MAC of the only board that may be it, lower case with colons; null for any.</summary>
    public string? Mac { get; init; }

    /// <summary>Whose presence it follows.</summary>
    public IReadOnlyList<string> Contacts { get; init; } = [];

    /// <summary>Its time zone as POSIX writes it, or null.</summary>
    public string? TimeZone { get; init; }

    /// <summary>Its MQTT keep-alive in seconds.</summary>
    public int KeepAlive { get; init; } = 60;
}

/// <summary>A group that boards are members of.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Members">Device ids.</param>
/// <param name="Admins">Those of them that may edit it.</param>
public sealed record FleetGroup(string Id, string Name, IReadOnlyList<string> Members, IReadOnlyList<string> Admins)
{
    /// <summary>Who may edit it: its admins, or its first member when it names none.</summary>
    public IReadOnlyList<string> Editors => Admins.Count > 0 ? Admins : [.. Members.Take(1)];

    /// <summary>Whether each of its admins gets a key with each member, with which an admin's board seals the group.</summary>
    public bool Seals { get; init; }
}

/// <summary>A fleet, as its file says: checked whole.</summary>
public sealed record FleetFile
{
    /// <summary>The name of the file that there is unless another is said.</summary>
    public const string DefaultName = "fleet.yaml";

    /// <summary>The file.</summary>
    public required string Path { get; init; }

    /// <summary>The fleet's name.</summary>
    public required string Name { get; init; }

    /// <summary>The device id that the operator's tool greets boards as.</summary>
    public required string Operator { get; init; }

    /// <summary>The broker.</summary>
    public required FleetBroker Broker { get; init; }

    /// <summary>The Wi-Fi, or null when boards have theirs.</summary>
    public FleetWifi? Wifi { get; init; }

    /// <summary>The public key that bundles must be signed with, or null.</summary>
    public string? Trust { get; init; }

    /// <summary>The folder for labels, or null for none.</summary>
    public string? Labels { get; init; }

    /// <summary>The fleet's store.</summary>
    public required string Store { get; init; }

    /// <summary>Device ids that are known and no boards of this fleet.</summary>
    public IReadOnlyList<string> Peers { get; init; } = [];

    /// <summary>Whether boards seal what they write to each other.</summary>
    public bool Seals { get; init; }

    /// <summary>The groups.</summary>
    public IReadOnlyList<FleetGroup> Groups { get; init; } = [];

    /// <summary>The boards, in the order of the file.</summary>
    public IReadOnlyList<FleetBoard> Boards { get; init; } = [];

    /// <summary>The board of an id, or null.</summary>
    public FleetBoard? Board(string id) => Boards.FirstOrDefault(b => b.Id == id);

    /// <summary>The groups that a board is a member of.</summary>
    public IEnumerable<FleetGroup> GroupsOf(string id) => Groups.Where(g => g.Members.Contains(id));
}
