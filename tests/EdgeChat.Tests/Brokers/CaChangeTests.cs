using System.Text;
using EdgeChat.Tests.Tool;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Brokers;

/// <summary>A CA that another one follows, at real brokers over real TLS: who comes at which step.</summary>
[TestClass]
public sealed class CaChangeTests
{
    [TestMethod]
    [Timeout(600_000)]
    [DataRow("mosquitto", 1)]
    [DataRow("nats", 1)]
    public Task Who_has_both_CAs_comes_at_each_step(string kind, int nodes) => ServerAsync(kind, nodes);

    [TestMethod]
    [Timeout(600_000)]
    [TestCategory("Cluster")]
    public Task So_it_is_with_a_cluster_whose_nodes_trust_each_other_at_each_step() => ServerAsync("nats", 3);

    [TestMethod]
    [Timeout(900_000)]
    [TestCategory("RabbitMq")]
    public Task So_it_is_with_RabbitMQ() => ServerAsync("rabbitmq", 1);

    [TestMethod]
    [Timeout(1_800_000)]
    [TestCategory("RabbitMqCluster")]
    public Task So_it_is_with_a_cluster_of_RabbitMQ() => ServerAsync("rabbitmq", 3);

    [TestMethod]
    [Timeout(600_000)]
    [DataRow("mosquitto")]
    [DataRow("nats")]
    public Task A_certificate_of_either_CA_counts_until_the_old_one_is_dropped(string kind) => ClientsAsync(kind);

    [TestMethod]
    [Timeout(900_000)]
    [TestCategory("RabbitMq")]
    public Task So_it_is_with_certificates_at_RabbitMQ() => ClientsAsync("rabbitmq");

    private static async Task ServerAsync(string kind, int nodes)
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind, nodes);
        string carol = (await folder.PasswordsAsync("carol"))["carol"];
        string old = File.ReadAllText(folder["ca.pem"]);
        async Task AssertAsync(string next, bool isOldIn, bool isBothIn, bool isNextIn)
        {
            foreach (var (name, pem, isIn) in new[] { ("old", old, isOldIn), ("both", old + next, isBothIn), ("next", next, isNextIn) })
            {
                if (pem.Length == 0) continue;
                for (int node = 1; node <= nodes; node++)
                    Assert.AreEqual(isIn, await IsInAsync(new BrokerLogin(folder.AddressOf(node), "carol", carol,
                        BrokerTls.Trusting(BrokerTls.Read(Encoding.UTF8.GetBytes(pem))))), $"{name} at node {node}");
            }
        }

        await AssertAsync("", true, true, false);
        Assert.AreEqual((0, ""), await folder.CaAsync("--new"));
        string second = File.ReadAllText(folder["ca-2.pem"]);
        await AssertAsync(second, true, true, false);
        if (nodes > 1) await AssertWaitsAsync(folder, "ca.pem", "--switch");
        await AgainAsync(folder, nodes);
        await AssertAsync(second, true, true, false);

        Assert.AreEqual((0, ""), await folder.CaAsync("--switch"));
        await AssertWaitsAsync(folder, "server.pem", "--drop", "old");
        await AgainAsync(folder, nodes);
        await AssertAsync(second, false, true, true);
        Assert.AreEqual((0, ""), await folder.CaAsync("--drop", "old"));
        await AgainAsync(folder, nodes);
        await AssertAsync(second, false, true, true);
        Assert.AreEqual(ExitCode.Success, (await folder.CheckAsync("certificate", "plain-text")).Code);
    }

    private static async Task ClientsAsync(string kind)
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind, authentication: "certificate");
        var alice = await folder.CertifyAsync("alice");
        var bob = await folder.CertifyAsync("bob");
        async Task AssertAsync((string, string) files, bool isIn, string who) => Assert.AreEqual(
            isIn, await IsInAsync(new BrokerLogin(folder.Address, Tls: folder.Certified(files))), who);

        await AssertAsync(alice, true, "alice");
        Assert.AreEqual((0, ""), await folder.CaAsync("--clients", "--new"));
        await AssertAsync(alice, true, "alice");
        await AssertWaitsAsync(folder, "clients.pem", "--clients", "--switch");
        await AgainAsync(folder, 1);

        Assert.AreEqual((0, ""), await folder.CaAsync("--clients", "--switch"));
        await AssertAsync(alice, true, "alice, who has one of the old CA");
        var next = await folder.CertifyAsync("alice");
        await AssertAsync(next, true, "alice, who has one of the next");
        await AssertAsync(alice, false, "alice's old one, which was taken back");
        await AssertAsync(bob, true, "bob, who has one of the old CA");
        await AssertCheckedAsync(folder);

        using (var tool = new ToolUnderTest())
        {
            Assert.AreEqual(0, await tool.StartAsync(null, "broker", "ca", folder.Folder, "--clients", "--drop", "old"), tool.Error);
            Assert.Contains("start the broker again, so that it trusts no other any more", tool.Out);
        }

        await AgainAsync(folder, 1);
        await AssertAsync(next, true, "alice");
        await AssertAsync(bob, false, "bob, whose CA is dropped");
        await AssertAsync(await folder.CertifyAsync("bob"), true, "bob with another one");
        await AssertCheckedAsync(folder);
    }

    // those that check come with certificates of the CA that is used, and of what must be refused one each
    private static async Task AssertCheckedAsync(FolderUnderTest folder)
    {
        (int code, int well, _, string[] wrong) = await folder.CheckAsync(
            "certificate", "no-certificate", "foreign-certificate", "expired-certificate", "revoked-certificate", "roster-as-member");
        Assert.AreEqual("", string.Join(' ', wrong));
        Assert.AreEqual(ExitCode.Success, code);
        Assert.IsGreaterThan(5, well);
    }

    // for a broker that has not read that file yet
    private static async Task AssertWaitsAsync(FolderUnderTest folder, string file, params string[] step)
    {
        (int code, string error) = await folder.CaAsync(step);
        Assert.AreEqual(ExitCode.Fleet, code);
        Assert.Contains($"the broker runs since before {folder[file]} was written", error);
    }

    private static async Task AgainAsync(FolderUnderTest folder, int nodes)
    {
        for (int node = 1; node <= nodes; node++) // one after another: the others go on
        {
            Assert.AreEqual(ExitCode.Success, await folder.StopAsync(node));
            await folder.RunAsync(node);
        }
    }

    private static async Task<bool> IsInAsync(BrokerLogin login)
    {
        // one that is started again is not there for a moment, and one of a cluster has no leader for its sessions
        using var soon = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            try
            {
                await BrokerProbe.CheckAsync(login, "carol", CancellationToken.None);
                return true;
            }
            catch (ToolException e) when ((!e.Message.Contains("certificate", StringComparison.Ordinal)
                && !e.Message.Contains("refuses", StringComparison.Ordinal))
                || e.Message.Contains("the connection ended in the handshake", StringComparison.Ordinal)) // NATS without a leader
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), soon.Token);
            }
            catch (ToolException)
            {
                return false;
            }
        }
    }
}
