using EdgeChat.Bundle;
using EdgeChat.ImageKit;
using EdgeChat.Tool.Broker;

namespace EdgeChat.Fleet.Tests;

/// <summary>A folder of one test, with a bundle and a fleet file when it asks for them.</summary>
internal sealed class TestFolder : IDisposable
{
    public const string TwoBoards = """
        fleet: home
        bundle: edgechat.bundle
        broker: { host: broker.home, credentials: mosquitto, passwords: passwords }
        boards:
          alice: { name: Alice, contacts: [bob] }
          bob: { name: Bob, contacts: [alice] }
        """;

    private ReservedPorts? _ports;

    public string Path { get; } = Directory.CreateTempSubdirectory("edgechat-fleet-").FullName;

    /// <summary>A port for a broker of the test.</summary>
    public int Port => (_ports ??= ReservedPorts.Take()).First;

    public string this[string name] => System.IO.Path.Combine(Path, name);

    public FleetFile Fleet(string yaml = TwoBoards)
    {
        if (!File.Exists(this["edgechat.bundle"])) Samples.WriteBundle(Path);
        File.WriteAllText(this[FleetFile.DefaultName], yaml);
        return FleetReader.Load(this[FleetFile.DefaultName]);
    }

    public FleetStore Store(string who = "test")
    {
        if (!File.Exists(this["store.key"])) StoreSecret.MakeKeyFile(this["store.key"]);
        return FleetStore.Open(this["fleet.db"], StoreSecret.KeyFile(this["store.key"]), who, StoreUse.Create);
    }

    /// <summary>Has the store know alice as provisioned, with the password "x".</summary>
    public void HasProvisionedAlice()
    {
        using FleetStore store = Store();
        store.Claim("alice", "24:6f:28:00:00:01");
        store.SetSecret(Provisioner.SecretOf("alice"), "x");
        store.Record("alice", BoardState.Provisioned);
    }

    /// <summary>What an engine needs, with the bundle of this folder.</summary>
    public ProvisionTools Tools(
        FleetFile fleet, FleetStore store, ICredentials credentials, IFleetBroker broker, Action<StepEvent>? report = null)
    {
        BundleFile bundle = BundleFile.Load(this["edgechat.bundle"]);
        return new ProvisionTools
        {
            Fleet = fleet,
            Store = store,
            Chooser = new BoardChooser(fleet, store, _ => bundle),
            Bundles = _ => bundle,
            Credentials = credentials,
            Broker = broker,
            Report = report ?? (_ => { }),
        };
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
        _ports?.Dispose();
    }
}
