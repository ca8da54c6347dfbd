using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Brokers;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Fleets;

namespace EdgeChat.Fleet.Tests;

/// <summary>The operator's commands at a real Mosquitto that wants certificates: they come with the fleet's own, or say what is
/// missing.</summary>
[TestClass]
public class OperatorCertificateTests
{
    private const string Operator = "operator"; // in the store

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [TestMethod]
    [Timeout(600_000)]
    public async Task Doctor_and_configure_come_with_the_fleets_own_or_say_what_is_missing()
    {
        using var folder = new TestFolder();
        BrokerFolder broker = CertificateTests.Create(folder);
        var address = new BrokerAddress("127.0.0.1", broker.Plan.Port);
        string whole = File.ReadAllText(broker.Fleet.Path);
        string without = string.Join('\n', whole.Split('\n')
            .Where(l => !l.Contains("client-ca") && !l.Contains("pid-file") && !l.Contains("acl:")))
            .Replace("credentials: mosquitto", "credentials: none", StringComparison.Ordinal);
        using var end = new CancellationTokenSource();
        Task running = BrokerRun.RunAsync(broker.Program(1), TextWriter.Synchronized(new StringWriter()), end.Token);
        try
        {
            using var soon = new CancellationTokenSource(Patience);
            while (!await RawProbe.ListensAsync(address, soon.Token)) await Task.Delay(TimeSpan.FromMilliseconds(50), soon.Token);
            folder.HasProvisionedAlice();
            string missing = $"the broker at {address} wants a client certificate: "
                + $"say in {broker.Fleet.Path} what CA they are of: client-ca, which is clients.pem of the broker's folder";
            File.WriteAllText(broker.Fleet.Path, without);
            Assert.Contains($"WRONG  broker    {missing}\n", await DoctorAsync(folder));
            var ran = await ToolRun.Of("fleet", "configure", "alice", "--wifi", "home", "--open", "--fleet", broker.Fleet.Path,
                "--key-file", folder["store.key"]);
            Assert.AreEqual((ExitCode.Broker, $"edgechat: nothing was sent: {missing}"), (ran.Code, ran.Error.TrimEnd()));

            // before that it may have been a broker with passwords
            File.WriteAllText(broker.Fleet.Path, whole);
            using (FleetStore store = folder.Store()) store.SetSecret(Operator, "a password");
            Assert.Contains("answers; the operator gets a certificate with the first board", await DoctorAsync(folder));
            await ComesAsync(folder, soon.Token);
            Assert.Contains($"well   broker    {address} lets fleet in", await DoctorAsync(folder));
            using (FleetStore store = folder.Store())
                store.SetSecret(Operator, broker.Clients.Issue("fleet", DateTimeOffset.UtcNow.AddDays(30)));
            await ComesAsync(folder, soon.Token);
            using (FleetStore store = folder.Store())
                Assert.IsGreaterThan(DateTimeOffset.UtcNow.AddDays(3000), ClientCertificate.EndOf(store.Secret(Operator)!));
        }
        finally
        {
            await end.CancelAsync();
            await running;
        }
    }

    [TestMethod]
    public async Task One_board_needs_no_fleet_file_for_a_certificate()
    {
        using var folder = new TestFolder();
        BrokerFolder broker = CertificateTests.Create(folder);
        StoreSecret.MakeKeyFile(folder["store.key"]);
        var ran = await ToolRun.Of("provision", "--id", "zoe", "--broker", "mqtts://b.home", "--ca", broker.At(BrokerFolder.CaCertificate),
            "--client-ca", broker.At(ClientCa.File), "--bundle", folder["edgechat.bundle"], "--store", folder["one.db"],
            "--export", folder["out"], "--key-file", folder["store.key"]);
        Assert.AreEqual(0, ran.Code, ran.Error);
        using var certificate = ClientCertificate.Open(
            File.ReadAllText(folder["out/zoe/client.pem"]), File.ReadAllText(folder["out/zoe/client.key"]));
        Assert.AreEqual("zoe", certificate.GetNameInfo(System.Security.Cryptography.X509Certificates.X509NameType.SimpleName, false));
    }

    // as provisioning begins
    private static async Task ComesAsync(TestFolder folder, CancellationToken stop)
    {
        using var room = new FleetRoom(FleetReader.Load(folder[FleetFile.DefaultName]), folder.Store());
        IFleetBroker broker = await room.BrokerAsync(stop);
        Assert.AreEqual(0, await broker.LastIncarnationAsync("alice", stop));
    }

    private static async Task<string> DoctorAsync(TestFolder folder) =>
        (await ToolRun.Of("doctor", "--fleet", folder[FleetFile.DefaultName], "--key-file", folder["store.key"])).Out;
}
