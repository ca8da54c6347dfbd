using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Brokers;
using EdgeChat.Tool.Fleets;

namespace EdgeChat.Fleet.Tests;

/// <summary>Boards that prove who they are by a certificate: at a real Mosquitto as <c>edgechat broker init --auth certificate</c> sets it
/// up, with boards that run the firmware.</summary>
[TestClass]
public class CertificateTests
{
    private const string Mac = "24:6f:28:00:00:01";
    private const string Only12 =
        "openssl_conf = all\n[all]\nssl_conf = ssl\n[ssl]\nsystem_default = only\n[only]\nMaxProtocol = TLSv1.2\n";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [TestMethod]
    [Timeout(600_000)]
    [DataRow("1.2", "the broker ends the handshake: it has no TLS 1.2 with ECDHE and AES, has a key that boards do not know (take "
        + "ECDSA P-256), or wants a client certificate that counts: its log says which")]
    [DataRow("1.3", "does not answer as an MQTT broker, or wants a client certificate that counts: its log says which.")]
    public async Task A_board_comes_with_its_certificate_and_is_refused_once_it_was_taken_back(string version, string words)
    {
        using var folder = new TestFolder();
        BrokerFolder broker = Create(folder);
        File.WriteAllText(folder["openssl.cnf"], Only12);
        BrokerProgram program = broker.Program(1);
        if (version == "1.2") program = program with { Environment = [("OPENSSL_CONF", folder["openssl.cnf"])] };
        using var end = new CancellationTokenSource();
        using var said = new StringWriter();
        Task running = BrokerRun.RunAsync(program, TextWriter.Synchronized(said), end.Token);
        try
        {
            using var soon = new CancellationTokenSource(Patience);
            while (!await RawProbe.ListensAsync(new BrokerAddress("127.0.0.1", broker.Plan.Port), soon.Token))
                await Task.Delay(TimeSpan.FromMilliseconds(50), soon.Token);
            using var port = new FirmwarePort(Mac, folder["drive"]);
            FleetFile fleet = FleetReader.Load(broker.Fleet.Path);
            BoardOutcome outcome = await ProvisionAsync(folder, fleet, port);
            Assert.IsNull(outcome.Failed, outcome.Text + said);
            Assert.DoesNotContain("password", File.ReadAllText(folder["drive/edgechat.json"]));

            // what it writes goes out, and it was told its welcome: provisioning has seen the receipt of that
            string bob = broker.Credentials.NewSecret("bob");
            await using (BrokerTalk talk = await BrokerTalk.OpenAsync(FleetLogin.Of(fleet, "bob", bob), Assert.Fail, soon.Token))
            {
                Assert.IsTrue(await talk.SubscribeAsync("ec1/i/bob/+", 1, soon.Token));
                port.Running!.Console.Type("send bob Hello\r"u8);
                while (await talk.HearAsync(soon.Token) is { } heard)
                    if (Encoding.UTF8.GetString(heard.Body).Contains("Hello", StringComparison.Ordinal)) break;
            }

            var ran = await ToolRun.Of("fleet", "revoke", "alice", "--fleet", fleet.Path, "--key-file", folder["store.key"]);
            Assert.AreEqual(0, ran.Code, ran.Error + said);
            Assert.AreEqual("", ran.Error);
            using FleetStore store = folder.Store();
            await using (BrokerTalk talk = await BrokerTalk.OpenAsync(
                FleetLogin.Of(fleet, fleet.Operator, FleetRoom.OperatorPasswordOf(fleet, store)), Assert.Fail, soon.Token))
            {
                Assert.IsTrue(await talk.SubscribeAsync("ec1/p/alice", 1, soon.Token));
                HeardMessage? presence = await talk.HearAsync(soon.Token);
                Assert.Contains("\"lost\"", Encoding.UTF8.GetString(presence!.Body));
            }

            await SaysAsync(port, words, soon.Token);
        }
        finally
        {
            await end.CancelAsync();
            await running;
        }
    }

    [TestMethod]
    public async Task A_certificate_that_ends_soon_is_renewed_when_the_board_is_plugged_in()
    {
        using var folder = new TestFolder();
        BrokerFolder broker = Create(folder);
        using FleetStore store = folder.Store();
        var world = new World();
        ProvisionTools tools = folder.Tools(broker.Fleet, store, broker.Credentials, new TrustingBroker());
        var provisioner = new Provisioner(tools);
        using var port = new PortOfTest(world, world.Board(Mac));
        Assert.IsNull((await provisioner.RunAsync(port, "alice", CancellationToken.None)).Failed);
        string first = store.Secret(Provisioner.SecretOf("alice"))!;
        (string certificate, string key) = ClientCertificate.Parts(first);
        Assert.AreEqual(certificate, Encoding.ASCII.GetString(world.Board(Mac).Files[BoardFiles.Certificate]));
        Assert.AreEqual(key, Encoding.ASCII.GetString(world.Board(Mac).Files[BoardFiles.Key]));

        BoardOutcome same = await provisioner.RunAsync(port, "alice", CancellationToken.None);
        Assert.Contains("is provisioned already", same.Text);
        store.SetSecret(Provisioner.SecretOf("alice"), broker.Clients.Issue("alice", DateTimeOffset.UtcNow.AddDays(30)));
        var found = new List<Finding>();
        new Doctor(found.Add).Certificates(broker.Fleet, store);
        Assert.StartsWith("alice has a certificate that ends on ", found.Single().Text);
        BoardOutcome renewed = await provisioner.RunAsync(port, "alice", CancellationToken.None);
        Assert.AreEqual("provisioned, with the life that it had", renewed.Text);
        string second = store.Secret(Provisioner.SecretOf("alice"))!;
        Assert.IsGreaterThan(DateTimeOffset.UtcNow.AddDays(3000), ClientCertificate.EndOf(second));
        Assert.AreEqual(ClientCertificate.Parts(second).Certificate,
            Encoding.ASCII.GetString(world.Board(Mac).Files[BoardFiles.Certificate]));
        Assert.AreEqual(1, store.Find("alice")!.Incarnation);
        found.Clear();
        new Doctor(found.Add).Certificates(broker.Fleet, store);
        Assert.IsEmpty(found);
    }

    [TestMethod]
    public async Task A_board_gets_a_certificate_of_the_CA_that_has_followed_when_it_is_plugged_in_and_so_does_the_operator()
    {
        using var folder = new TestFolder();
        BrokerFolder broker = Create(folder);
        using FleetStore store = folder.Store();
        var world = new World();
        var provisioner = new Provisioner(folder.Tools(broker.Fleet, store, broker.Credentials, new TrustingBroker()));
        using var port = new PortOfTest(world, world.Board(Mac));
        Assert.IsNull((await provisioner.RunAsync(port, "alice", CancellationToken.None)).Failed);
        FleetFile fleet = FleetReader.Load(broker.Fleet.Path);
        fleet = fleet with { Broker = fleet.Broker with { PidFile = null } }; // no broker runs
        using (var room = new FleetRoom(fleet, folder.Store()))
        {
            await room.BrokerAsync(CancellationToken.None);
            string first = room.OperatorPassword!;
            await room.BrokerAsync(CancellationToken.None);
            Assert.AreEqual(first, room.OperatorPassword);
            await SwitchAsync(broker);
            Assert.Contains("fleet", broker.Clients.UsersOf(broker.Clients.Authorities.Find(AuthorityState.Old)!));
            await room.BrokerAsync(CancellationToken.None);
            Assert.AreNotEqual(first, room.OperatorPassword);
        }

        Assert.AreEqual("alice", broker.Clients.UsersOf(broker.Clients.Authorities.Find(AuthorityState.Old)!).Single());
        var found = new List<Finding>();
        new Doctor(found.Add).Certificates(broker.Fleet, store);
        Assert.StartsWith("alice has a certificate of a CA that another one has followed: plug it in", found.Single().Text);
        Assert.AreEqual("provisioned, with the life that it had",
            (await provisioner.RunAsync(port, "alice", CancellationToken.None)).Text);
        using X509Certificate2 own = X509Certificate2.CreateFromPem(
            Encoding.ASCII.GetString(world.Board(Mac).Files[BoardFiles.Certificate]));
        Assert.IsTrue(broker.Clients.Authorities.Used.HasIssued(own));
        Assert.IsEmpty(broker.Clients.UsersOf(broker.Clients.Authorities.Find(AuthorityState.Old)!));
        Assert.Contains("is provisioned already", (await provisioner.RunAsync(port, "alice", CancellationToken.None)).Text);
    }

    [TestMethod]
    public async Task Without_the_key_of_the_old_CA_its_list_stays_and_what_would_change_that_is_told()
    {
        using var folder = new TestFolder();
        BrokerFolder broker = Create(folder);
        ClientCa ca = broker.Clients;
        string bob = ca.Issue("bob"), alice = ca.Issue("alice");
        ca.Revoke("bob");
        await SwitchAsync(broker);
        string next = ca.Issue("alice");
        File.Delete(broker.At("clients.key"));
        FleetException e = Assert.ThrowsExactly<FleetException>(() => ca.Revoke("alice", but: next));
        Assert.Contains("clients.key: cannot be read", e.Message);
        Assert.IsTrue(Lists(ca).Any(l => IsIn(l, bob)));
        Assert.IsFalse(Lists(ca).Any(l => IsIn(l, alice)));
        string carol = ca.Issue("carol");
        ca.Revoke("carol");
        Assert.IsTrue(Lists(ca).Any(l => IsIn(l, carol)), "its CA has its key");
        Assert.IsTrue(Lists(ca).Any(l => IsIn(l, bob)), "the list of the old one is as it was");

        ca.Drop(ca.Authorities.Find(AuthorityState.Old)!);
        Assert.HasCount(1, Lists(ca));
        ca.Revoke("alice", but: next);
    }

    [TestMethod]
    public void A_CA_of_clients_that_has_ended_can_be_followed()
    {
        using var folder = new TestFolder();
        DateTimeOffset now = DateTimeOffset.UtcNow;
        ClientCa ca = ClientCa.Create(folder["clients.pem"], "home", now.AddDays(-BrokerCertificates.ClientCaDays - 30));
        Assert.Contains("make the next one (`edgechat broker ca`)", Assert.ThrowsExactly<FleetException>(() => ca.Issue("alice")).Message);
        ca.MakeNext("home", now);
        ca.Switch();
        Assert.IsTrue(ca.IsCurrent(ca.Issue("alice")));
        Assert.HasCount(2, Lists(ca));
        ca.Drop(ca.Authorities.Find(AuthorityState.Old)!);
        Assert.AreEqual("EdgeChat clients of home 2", ca.Authorities.Used.Name);
    }

    [TestMethod]
    public void What_ends_with_its_CA_is_not_given_anew_each_time()
    {
        using var folder = new TestFolder();
        ClientCa ca = ClientCa.Create(folder["clients.pem"], "home", DateTimeOffset.UtcNow.AddDays(-BrokerCertificates.ClientCaDays + 30));
        Assert.IsTrue(ca.IsCurrent(ca.Issue("alice")));
        Assert.IsFalse(ca.IsCurrent(ca.Issue("alice", DateTimeOffset.UtcNow.AddDays(20))));
    }

    [TestMethod]
    public void The_CA_of_clients_issues_what_brokers_take_and_lists_what_counts_no_more()
    {
        using var folder = new TestFolder();
        BrokerFolder broker = Create(folder);
        ClientCa ca = broker.Clients;
        string alice = ca.Issue("alice");
        string bob = ca.Issue("bob");
        using X509Certificate2 certificate = ClientCertificate.Open(alice, alice);
        Assert.AreEqual($"CN=alice,SERIALNUMBER={certificate.SerialNumber}", ClientCertificate.NameOf(alice));
        Assert.AreEqual(BrokerCertificates.ClientDays, Math.Round((certificate.NotAfter - DateTime.Now).TotalDays));
        X509EnhancedKeyUsageExtension usage = certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single();
        Assert.AreEqual("1.3.6.1.5.5.7.3.2", usage.EnhancedKeyUsages[0].Value);
        Assert.IsFalse(IsListed(ca, alice));

        string next = ca.Issue("alice");
        ca.Revoke("alice", but: next);
        Assert.AreEqual((true, false, false), (IsListed(ca, alice), IsListed(ca, next), IsListed(ca, bob)));
        DateTime written = File.GetLastWriteTimeUtc(ca.RevokedFile);
        ca.Issue("alice", isPassing: true);
        ca.Revoke("alice", but: next);
        Assert.AreEqual(written, File.GetLastWriteTimeUtc(ca.RevokedFile), "what nobody keeps ends by itself");
        ca.RevokeOthers(["bob"]);
        Assert.AreEqual((true, true, false), (IsListed(ca, alice), IsListed(ca, next), IsListed(ca, bob)));

        FleetException wrong = Assert.ThrowsExactly<FleetException>(
            () => ClientCertificate.Open(alice, ClientCertificate.Parts(bob).Key));
        Assert.AreEqual("the key is not that of the certificate of alice, or damaged", wrong.Message);
        if (OperatingSystem.IsWindows()) return;
        foreach (string secret in new[] { "clients.key", "check-admin.secret", "check-revoked.secret" })
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(broker.At(secret)), secret);
    }

    [TestMethod]
    [DataRow("tls: true, ca: ca.pem, credentials: none", "is for the credentials mosquitto, nats and command")]
    [DataRow("credentials: mosquitto", "is for tls: true")]
    [DataRow("tls: true, ca: ca.pem, credentials: nats", "\"broker.passwords\" is missing")]
    public void What_a_fleet_file_says_of_certificates_is_checked(string broker, string fault)
    {
        using var folder = new TestFolder();
        Create(folder);
        File.Copy(folder["broker/ca.pem"], folder["ca.pem"]);
        FleetException e = Assert.ThrowsExactly<FleetException>(() => folder.Fleet($$"""
            fleet: home
            bundle: edgechat.bundle
            broker: { host: 127.0.0.1, {{broker}}, client-ca: broker/clients.pem }
            boards: { alice: {} }
            """));
        Assert.Contains(fault, e.Message);
    }

    /// <summary>A folder of a broker that wants certificates, and a fleet's file for it.</summary>
    internal static BrokerFolder Create(TestFolder folder)
    {
        var plan = new BrokerPlan
        {
            Kind = BrokerKind.Mosquitto,
            Authentication = BrokerAuthentication.Certificate,
            Nodes = [new BrokerNode("127.0.0.1", folder.Port)],
            Fleet = folder[FleetFile.DefaultName],
        };
        const string Boards = "boards: { alice: { contacts: [bob] }, bob: {} }";
        folder.Fleet($"fleet: home\nbundle: edgechat.bundle\nbroker: {{ host: 127.0.0.1 }}\n{Boards}\n");
        BrokerFolder made = BrokerFolder.Create(folder["broker"], plan, DateTimeOffset.UtcNow);
        string lines = made.FleetLines.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal);
        folder.Fleet($"fleet: home\nbundle: edgechat.bundle\nbroker:\n  {lines}\n{Boards}\n");
        return BrokerFolder.Open(folder["broker"]);
    }

    private static async Task<BoardOutcome> ProvisionAsync(TestFolder folder, FleetFile fleet, FirmwarePort port)
    {
        using var room = new FleetRoom(fleet, folder.Store());
        ProvisionTools tools = room.Tools(await room.BrokerAsync(CancellationToken.None), _ => { });
        return await new Provisioner(tools).RunAsync(port, "alice", CancellationToken.None);
    }

    // the console says with `status` what keeps the board
    private static async Task SaysAsync(FirmwarePort port, string words, CancellationToken stop)
    {
        var text = new StringBuilder();
        using var more = new SemaphoreSlim(0);
        void Take(byte[] bytes)
        {
            lock (text) text.Append(Encoding.UTF8.GetString(bytes));
            more.Release();
        }

        port.Running!.Console.Output += Take;
        port.Running.Console.Type("mode json\r"u8);
        while (true)
        {
            lock (text)
                if (text.ToString().Contains(words, StringComparison.Ordinal)) break;
            port.Running.Console.Type("status\r"u8);
            await more.WaitAsync(stop);
        }

        port.Running.Console.Output -= Take;
    }

    private static async Task SwitchAsync(BrokerFolder broker)
    {
        var change = new AuthorityChange(broker, AuthoritySide.Clients);
        await change.MakeAsync(DateTimeOffset.UtcNow, CancellationToken.None);
        await change.SwitchAsync(DateTimeOffset.UtcNow, CancellationToken.None);
    }

    // of each CA
    private static string[] Lists(ClientCa ca) =>
        [.. File.ReadAllText(ca.RevokedFile).Split("-----BEGIN ")[1..].Select(l => "-----BEGIN " + l)];

    private static bool IsIn(string list, string pem)
    {
        using X509Certificate2 certificate = ClientCertificate.Open(pem, pem);
        return CertificateRevocationListBuilder.LoadPem(list, out _).RemoveEntry(Convert.FromHexString(certificate.SerialNumber));
    }

    // whether the list of what counts no more has the certificate
    private static bool IsListed(ClientCa ca, string pem) => IsIn(File.ReadAllText(ca.RevokedFile), pem);

    /// <summary>A broker that finds all well.</summary>
    private sealed class TrustingBroker : IFleetBroker
    {
        public Task ProveRightsAsync(string id, string? password, CancellationToken stop) => Task.CompletedTask;

        public Task<int> LastIncarnationAsync(string id, CancellationToken stop) => Task.FromResult(0);

        public Task<int> WaitForBirthAsync(string id, int incarnation, CancellationToken stop) => Task.FromResult(incarnation);

        public Task GreetAsync(string id, string text, IReadOnlyList<FleetGroup> groups, Func<int> next, CancellationToken stop) =>
            Task.CompletedTask;
    }
}
