using EdgeChat.Core;
using EdgeChat.Tests.Tool;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.Brokers;

/// <summary>What <c>edgechat broker init --auth certificate</c> sets up, at real brokers over real TLS.</summary>
[TestClass]
public sealed class CertificateFolderTests
{
    private const int LeastWell = 45;

    [TestMethod]
    [Timeout(600_000)]
    [DataRow("mosquitto")]
    [DataRow("nats")]
    public Task Who_has_a_certificate_comes_and_nobody_else(string kind) => RunAsync(kind);

    [TestMethod]
    [Timeout(900_000)]
    [TestCategory("RabbitMq")]
    public Task So_it_is_with_RabbitMQ() => RunAsync("rabbitmq");

    [TestMethod]
    [Timeout(900_000)]
    [TestCategory("Cluster")]
    public Task At_each_node_of_NATS_who_was_taken_back_comes_no_more_and_no_node_ends() => RunClusterAsync("nats");

    [TestMethod]
    [Timeout(900_000)]
    [TestCategory("RabbitMqCluster")]
    [DoNotParallelize]
    public Task So_it_is_with_the_nodes_of_RabbitMQ() => RunClusterAsync("rabbitmq");

    [TestMethod]
    [Timeout(600_000)]
    [DataRow("mosquitto", "require_certificate true", "require_certificate false", "no-certificate foreign-certificate", "plain-text")]
    [DataRow("mosquitto", "crlfile", "# crlfile", "revoked-certificate", "expired-certificate")]
    public async Task A_broker_that_lets_too_many_come_is_found(string kind, string from, string to, string wrong, string beside)
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind, authentication: "certificate");
        await folder.StopAsync();
        folder.Edit("mosquitto.conf", from, to);
        if (from == "require_certificate true")
        {
            folder.Edit("mosquitto.conf", "use_identity_as_username true", "");
            folder.Edit("mosquitto.conf", "allow_anonymous false", "allow_anonymous true");
        }

        await folder.RunAsync();
        (int code, int well, _, string[] found) = await folder.CheckAsync([.. wrong.Split(' '), beside]);
        CollectionAssert.AreEqual(wrong.Split(' '), found);
        Assert.AreEqual((ExitCode.Rights, 1), (code, well));
    }

    [TestMethod]
    [Timeout(600_000)]
    [DataRow("mosquitto")]
    [DataRow("nats")]
    public async Task Who_comes_without_one_or_with_one_that_counts_no_more_is_told_what_to_do(string kind)
    {
        const string Cure = "wants a client certificate: give --cert FILE and --key FILE, which `edgechat broker certificate` makes";
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind, authentication: "certificate");
        var old = await folder.CertifyAsync("carol");
        await AssertLetsInAsync(folder, old);
        var next = await folder.CertifyAsync("carol");
        await AssertLetsInAsync(folder, next);
        StringAssert.Contains(await WhyNotAsync(folder, BrokerTls.Trusting(BrokerTls.Read(File.ReadAllBytes(folder["ca.pem"])))), Cure);
        // NATS knows that one no more, and says so with the answer to CONNECT
        string why = await WhyNotAsync(folder, folder.Certified(old));
        StringAssert.Contains(why, kind == "nats" ? "refuses" : "client certificate");

        (int code, string error) = await ToolUnderTest.RunAsync(
            "chat", "--as", "carol", "--to", "dave", "--broker", $"mqtts://{folder.Address}", "--cert", old.Certificate, "--key", next.Key);
        Assert.AreEqual(ExitCode.Usage, code);
        StringAssert.Contains(error, "the key is not that of the certificate of carol, or damaged; name the PEM files");
        (code, error) = await ToolUnderTest.RunAsync(
            "chat", "--as", "carol", "--to", "dave", "--broker", $"mqtts://{folder.Address}", "--cert", old.Certificate);
        Assert.AreEqual((ExitCode.Usage, true), (code, error.Contains("give both, --cert FILE and --key FILE", StringComparison.Ordinal)));
        (code, error) = await ToolUnderTest.RunAsync("broker", "password", folder.Folder, "carol", "--password-file", folder["x"]);
        Assert.AreEqual(ExitCode.Fleet, code);
        StringAssert.Contains(error, "`edgechat broker certificate`");
    }

    [TestMethod]
    [Timeout(600_000)]
    [DataRow("mosquitto")]
    [DataRow("nats")]
    public async Task The_boards_of_a_demo_come_with_those_in_their_flash(string kind)
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind, authentication: "certificate");
        string scenario = Path.Combine(folder.Folder, "scenario");
        File.WriteAllText(scenario, "edgechat scenario 1\npatience 170\nalice types send bob Hello\nexpect alice received Hello\n");
        string[] demo = ["demo", "--scenario", scenario, "--broker", $"mqtts://{folder.Address}", "--ca", folder["ca.pem"]];
        (int code, string error) = await ToolUnderTest.RunAsync(demo);
        Assert.AreEqual(ExitCode.Broker, code);
        Assert.AreEqual($"edgechat: the broker at mqtts://{folder.Address} wants a client certificate: keep the boards' flash with "
            + "--data DIR, and have `edgechat broker certificate` write each board's client.pem and client.key into DIR/ID",
            error.TrimEnd());
        foreach (string id in new[] { "alice", "bob" })
        {
            string flash = Directory.CreateDirectory(folder[$"flash/{id}"]).FullName;
            var made = await folder.CertifyAsync(id);
            File.Move(made.Certificate, Path.Combine(flash, "client.pem"));
            File.Move(made.Key, Path.Combine(flash, "client.key"));
        }

        using var tool = new ToolUnderTest();
        code = await tool.StartAsync(EdgeChat.Device.Program.Main, [.. demo, "--data", folder["flash"]]);
        Assert.AreEqual(ExitCode.Success, code, tool.Error + tool.Out);
    }

    private static async Task RunAsync(string kind)
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind, authentication: "certificate");
        (int code, int well, _, string[] wrong) = await folder.CheckAsync();
        Assert.AreEqual("", string.Join(' ', wrong));
        Assert.AreEqual(ExitCode.Success, code);
        Assert.IsGreaterThan(LeastWell, well);
        var forAlice = await folder.CertifyAsync("alice");
        var forBob = await folder.CertifyAsync("bob");
        await using (var alice = new PeerUnderTest(folder.Address, "alice", null, tls: folder.Certified(forAlice)))
        await using (var bob = new PeerUnderTest(folder.Address, "bob", null, tls: folder.Certified(forBob)))
        {
            await alice.SendAsync("bob", "hello");
            await alice.Has("bob", Tick.Two);
            await alice.Settled();
        }

        await AssertLetsInAsync(folder, await folder.CertifyAsync("alice"));
        await Assert.ThrowsExactlyAsync<ToolException>(() => LetsInAsync(folder, forAlice));
        await AssertLetsInAsync(folder, forBob);
        Assert.AreEqual(ExitCode.Success, await folder.StopAsync());
    }

    private static async Task RunClusterAsync(string kind)
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind, nodes: 3, authentication: "certificate");
        (_, _, _, string[] wrong) = await folder.CheckAsync();
        Assert.AreEqual("", string.Join(' ', wrong));
        var old = await folder.CertifyAsync("alice");
        var forBob = await folder.CertifyAsync("bob");
        await using (var alice = new PeerUnderTest(folder.AddressOf(1), "alice", null, tls: folder.Certified(old)))
        await using (var bob = new PeerUnderTest(folder.AddressOf(2), "bob", null, tls: folder.Certified(forBob)))
        {
            await alice.SendAsync("bob", "hello");
            await alice.Has("bob", Tick.Two);
            await alice.Settled();
            await bob.Settled(); // with what it has retained, too
        }

        var next = await folder.CertifyAsync("alice");
        foreach (int node in new[] { 1, 2, 3 })
        {
            await AssertLetsInAsync(folder, next, node);
            await Assert.ThrowsExactlyAsync<ToolException>(() => LetsInAsync(folder, old, node));
        }

        // bob is of the fleet no more, and alice may not write any more what is retained of her: 2.9 of NATS ends at that
        using (IMqttClient alice = new MqttClientFactory().CreateMqttClient())
        {
            await alice.ConnectAsync(new BrokerLogin(folder.AddressOf(1), Tls: folder.Certified(next)).Passing("alice"));
            await alice.PublishStringAsync("ec1/r/team", "{}", MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
            await alice.DisconnectAsync();
        }

        string[] fleet = [.. File.ReadLines(folder.FleetFile).Where(l => !l.Contains("team", StringComparison.Ordinal))];
        File.WriteAllText(folder.FleetFile, string.Join('\n', fleet).Replace("bob: {}", "").Replace("bob", "dave"));
        Assert.AreEqual((0, ""), await ToolUnderTest.RunAsync("broker", "update", folder.Folder));
        foreach (int node in new[] { 1, 2, 3 })
        {
            await UntilRefusedAsync(folder, forBob, node);
            await AssertLetsInAsync(folder, next, node);
        }

        await folder.KillAsync(1);
        await AssertLetsInAsync(folder, next, 2);
    }

    private static async Task UntilRefusedAsync(FolderUnderTest folder, (string Certificate, string Key) files, int node)
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                await LetsInAsync(folder, files, node);
            }
            catch (ToolException e)
            {
                if (e.Message.Contains("refuses (", StringComparison.Ordinal)) return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(100), soon.Token);
        }
    }

    private static async Task AssertLetsInAsync(FolderUnderTest folder, (string Certificate, string Key) files, int node = 1)
    {
        // Mosquitto that is started again is not there for a moment, and NATS has not read its users yet
        using var soon = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                await LetsInAsync(folder, files, node);
                return;
            }
            catch (ToolException e) when (e.Message.Contains("nothing listens", StringComparison.Ordinal)
                || e.Message.Contains("refuses (NotAuthorized)", StringComparison.Ordinal)
                || e.Message.Contains("the connection ended in the handshake", StringComparison.Ordinal) // a node without a leader yet
                || e.Message.Contains("did not answer an MQTT CONNECT", StringComparison.Ordinal)) // or without a majority
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), soon.Token);
            }
        }
    }

    private static Task LetsInAsync(FolderUnderTest folder, (string Certificate, string Key) files, int node = 1) =>
        BrokerProbe.CheckAsync(new BrokerLogin(folder.AddressOf(node), Tls: folder.Certified(files)), "carol", CancellationToken.None);

    private static async Task<string> WhyNotAsync(FolderUnderTest folder, MqttClientTlsOptions tls)
    {
        ToolException refused = await Assert.ThrowsExactlyAsync<ToolException>(
            () => BrokerProbe.CheckAsync(new BrokerLogin(folder.Address, Tls: tls), "carol", CancellationToken.None));
        return refused.Message;
    }
}
