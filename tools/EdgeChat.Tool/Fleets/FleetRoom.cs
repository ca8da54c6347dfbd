using System.Collections.Concurrent;
using System.Security.Cryptography;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.Tool.Fleets;

/// <summary>A fleet with what its file names: bundles, broker, passwords.</summary>
internal sealed class FleetRoom : IDisposable
{
    private const string OperatorSecret = "operator";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, BundleFile> _bundles = new();

    /// <summary>Reads all that the file names; throws <see cref="FleetException"/> or <see cref="BundleException"/>. A <paramref
    /// name="wifi"/> takes the place of the file's.</summary>
    public FleetRoom(FleetFile fleet, FleetStore store, WifiLogin? wifi = null)
    {
        Fleet = fleet;
        Store = store;
        Wifi = wifi ?? WifiOf(fleet);
        Check(fleet, Wifi, Bundle);
        Credentials = CredentialsOf(fleet);
    }

    public FleetFile Fleet { get; }

    public FleetStore Store { get; }

    public WifiLogin? Wifi { get; }

    public ICredentials Credentials { get; }

    /// <summary>A bundle, checked once.</summary>
    public BundleFile Bundle(string path) => _bundles.GetOrAdd(path, p => Load(Fleet, p));

    /// <summary>What boards will not do although their files ask for it: of each bundle once.</summary>
    public IReadOnlyList<string> Remarks => [.. _bundles.Values.SelectMany(b => b.Remarks.Select(r => $"{b.Source}: {r}")).Distinct()];

    /// <summary>Reads a bundle and checks it with the key that the fleet trusts.</summary>
    public static BundleFile Load(FleetFile fleet, string path)
    {
        using ECDsa? trusted = fleet.Trust is { } key ? SigningKey.Load(key, isPrivate: false) : null;
        return BundleFile.Load(path, trusted);
    }

    /// <summary>Checks what boards get of the files that a fleet's file names, as it is done before any board is touched; throws <see
    /// cref="FleetException"/> or <see cref="BundleException"/>.</summary>
    public static void Check(FleetFile fleet)
    {
        var bundles = new ConcurrentDictionary<string, BundleFile>();
        Check(fleet, WifiOf(fleet), path => bundles.GetOrAdd(path, p => Load(fleet, p)));
    }

    /// <summary>The Wi-Fi that a fleet's file names, with its password; null for none.</summary>
    public static WifiLogin? WifiOf(FleetFile fleet) => fleet.Wifi is { } wifi
        ? new WifiLogin(wifi.Ssid, wifi.PasswordFile is { } file ? SecretInput.FirstLine(file) : "")
        : null;

    /// <summary>Where the passwords of a fleet's boards go.</summary>
    public static ICredentials CredentialsOf(FleetFile fleet)
    {
        if (fleet.Broker.ClientCa is not { } ca) return PasswordsOf(fleet);
        bool hasUsers = fleet.Broker.Credentials != CredentialKind.Mosquitto; // which needs none
        return new CertificateCredentials(new ClientCa(ca), hasUsers ? PasswordsOf(fleet) : null, fleet.Broker.PidFile);
    }

    private static ICredentials PasswordsOf(FleetFile fleet) => fleet.Broker.Credentials switch
    {
        CredentialKind.Mosquitto => new MosquittoPasswords(fleet.Broker.Passwords!, fleet.Broker.PidFile),
        CredentialKind.Nats => new NatsUsers(
            fleet.Broker.Passwords!, fleet.Broker.PidFile, TopicRights.Of(fleet), fleet.Broker.HasCertificates),
        CredentialKind.DynamicSecurity => new PatientCredentials(
            new DynamicSecurity(fleet, SecretInput.FirstLine(fleet.Broker.AdminPasswordFile!)), Patience,
            $"the dynamic-security plugin at {fleet.Broker.Host}:{fleet.Broker.Port} did not answer within {Patience.TotalSeconds:0} s: "
                + "is it loaded?"),
        CredentialKind.Command => new PatientCredentials(
            new CommandCredentials(fleet.Broker.Command!), Patience,
            $"{fleet.Broker.Command} did not end within {Patience.TotalSeconds:0} s, and was ended: run it by hand to see what it waits "
                + "for"),
        _ => new NoCredentials(),
    };

    /// <summary>The operator's password; null for none.</summary>
    public string? OperatorPassword => OperatorPasswordOf(Fleet, Store);

    /// <summary>The operator's password in a store; null for none that the broker would take.</summary>
    public static string? OperatorPasswordOf(FleetFile fleet, FleetStore store) =>
        fleet.Broker.Credentials != CredentialKind.None && store.Secret(OperatorSecret) is { } secret && fleet.Broker.Takes(secret)
            ? secret : null;

    /// <summary>The broker; the operator is made known to it first.</summary>
    public async Task<IFleetBroker> BrokerAsync(CancellationToken stop)
    {
        if (!Credentials.HasPasswords) return new OperatorBroker(Fleet, null);
        if (OperatorPassword is not { } known || !Credentials.IsCurrent(known))
            Store.SetSecret(OperatorSecret, Credentials.NewSecret(Fleet.Operator));
        await Credentials.SetAsync(Fleet.Operator, OperatorPassword!, stop);
        return new OperatorBroker(Fleet, OperatorPassword);
    }

    /// <summary>What provisioning works with.</summary>
    public ProvisionTools Tools(IFleetBroker broker, Action<StepEvent> report) => new()
    {
        Fleet = Fleet,
        Store = Store,
        Chooser = new BoardChooser(Fleet, Store, Bundle),
        Bundles = Bundle,
        Credentials = Credentials,
        Broker = broker,
        Wifi = Wifi,
        Report = report,
    };

    public void Dispose() => Store.Dispose();

    private static void Check(FleetFile fleet, WifiLogin? wifi, Func<string, BundleFile> bundle)
    {
        foreach (FleetBoard board in fleet.Boards) bundle(board.Bundle);
        CheckCa(fleet, bundle);
        if (wifi?.Fault is { } fault) throw new FleetException($"{fleet.Path}: wifi: {fault}");
    }

    // before any board gets a ca.pem that it cannot read or use
    private static void CheckCa(FleetFile fleet, Func<string, BundleFile> bundle)
    {
        if (fleet.Broker.Ca is not { } pem) return;
        bool hasC3 = fleet.Boards.Any(b => bundle(b.Bundle).Manifest.Chip.Contains("c3", StringComparison.OrdinalIgnoreCase));
        try
        {
            string[] faults = CaFile.Faults(pem, hasC3 ? BoardCertificates.RsaBitsOfC3 : BoardCertificates.RsaBits);
            if (faults.Length > 0) throw new FleetException($"{fleet.Path}: ca: {string.Join("; ", faults)}");
        }
        catch (CryptographicException e)
        {
            throw new FleetException($"{fleet.Path}: ca: {e.Message}: write it again as PEM", e);
        }
    }
}
