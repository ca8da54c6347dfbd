using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Fleets;
using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.Fleet.Tests;

/// <summary>A CA of a broker's folder follows another one, in steps between which everybody goes on.</summary>
[TestClass]
public class AuthorityChangeTests
{
    [TestMethod]
    [DataRow("mosquitto", 1)]
    [DataRow("nats", 1)]
    [DataRow("nats", 3)]
    [DataRow("rabbitmq", 1)]
    [DataRow("rabbitmq", 3)]
    public async Task The_next_CA_is_trusted_before_it_is_used_and_the_old_one_until_it_is_dropped(string kind, int nodes)
    {
        using var folder = new TestFolder();
        string[] init = ["broker", "init", folder["b"], "--kind", kind, "--broker", "b.home", "--nodes", $"{nodes}"];
        Assert.AreEqual(0, (await ToolRun.Of(init)).Code);
        string first = File.ReadAllText(folder["b/ca.pem"]), served = File.ReadAllText(folder["b/server.pem"]);
        Assert.AreEqual("ca.pem used", await CasAsync(folder));

        Assert.AreEqual("ca.pem used, ca-2.pem next", await CasAsync(folder, "--new"));
        string second = File.ReadAllText(folder["b/ca-2.pem"]);
        Assert.AreEqual(first + second, File.ReadAllText(folder["b/ca.pem"]), "a board that takes one more keeps the last one");
        Assert.AreEqual(served, File.ReadAllText(folder["b/server.pem"]));
        Assert.AreEqual("ca.pem used, ca-2.pem next", await CasAsync(folder, "--new"), "once is enough");
        IsTakenBy(folder, "server.pem", first, first + second);
        if (kind == "mosquitto") // RabbitMQ has to run for it
        {
            Assert.AreEqual(0, (await ToolRun.Of("broker", "update", folder["b"])).Code);
            IsTakenBy(folder, "server.pem", first, first + second);
        }

        Assert.AreEqual("ca.pem old, ca-2.pem used", await CasAsync(folder, "--switch"));
        string[] certificates = nodes == 1 ? ["server.pem"] : ["server.pem", "nodes.pem"];
        foreach (string certificate in certificates)
        {
            IsTakenBy(folder, certificate, second, first + second);
            IsRefusedBy(folder, certificate, first);
        }

        (int code, _, string error) = await ToolRun.Of("broker", "ca", folder["b"], "--new");
        Assert.AreEqual(ExitCode.Fleet, code);
        Assert.Contains("EdgeChat CA of home is still trusted, and boards keep two CAs", error);
        Assert.AreEqual("ca-2.pem used", await CasAsync(folder, "--drop", "old"));
        Assert.AreEqual(second, File.ReadAllText(folder["b/ca.pem"]));
        Assert.IsFalse(File.Exists(folder["b/ca.key"]), "nobody needs it, and who has it can pretend to be the broker");
        Assert.AreEqual("ca-2.pem used", await CasAsync(folder, "--drop", "old"));

        // a number is given once
        Assert.AreEqual("ca-2.pem used, ca-3.pem next", await CasAsync(folder, "--new"));
        Assert.AreEqual("ca-2.pem used", await CasAsync(folder, "--drop", "next"));
        Assert.IsFalse(File.Exists(folder["b/ca-3.key"]));
        if (OperatingSystem.IsWindows()) return;
        Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["b/ca-2.key"]));
        Assert.IsEmpty(Directory.GetFiles(folder["b"], "*.new"));
    }

    [TestMethod]
    public async Task What_is_to_be_done_next_is_told_with_its_commands()
    {
        using var folder = new TestFolder();
        Assert.AreEqual(0, (await ToolRun.Of("broker", "init", folder["b"], "--broker", "b.home", "--auth", "certificate")).Code);
        string path = folder["b"];
        async Task<string> SaidAsync(params string[] step)
        {
            (int code, string output, string error) = await ToolRun.Of(["broker", "ca", path, .. step]);
            Assert.AreEqual((0, ""), (code, error));
            return output;
        }

        Assert.DoesNotContain("Next:", await SaidAsync());
        string said = await SaidAsync("--new");
        Assert.Contains($"fleet configure ID... --ca {path}/ca-2.pem", said);
        Assert.Contains($"edgechat broker ca {path} --switch", said);
        Assert.Contains("start the broker again, so that it trusts both", await SaidAsync("--new", "--clients"));
        BrokerFolder.Open(path).Clients.Issue("alice");
        said = await SaidAsync("--switch", "--clients");
        Assert.Contains("these still have a certificate of the old one: alice; with a board of them plugged in: edgechat provision", said);
        Assert.Contains($"edgechat broker ca {path} --clients --drop old", said);
        BrokerFolder.Open(path).Clients.Revoke("alice");
        Assert.Contains("nobody has a certificate of the old one any more", await SaidAsync());
        File.Delete(folder["b/clients-2.key"]);
        Assert.Contains("EdgeChat clients of home 2, to 20", await SaidAsync());
        Assert.Contains("clients-2.key is not here", await SaidAsync());
    }

    [TestMethod]
    public async Task What_cannot_be_is_told()
    {
        using var folder = new TestFolder();
        Assert.AreEqual(0, (await ToolRun.Of("broker", "init", folder["b"], "--broker", "b.home")).Code);
        await FailsAsync(folder, ExitCode.Fleet, "there is no next CA to switch to: `edgechat broker ca", "--switch");
        await FailsAsync(folder, ExitCode.Fleet, "has a password, so its clients have no CA", "--clients");
        await FailsAsync(folder, ExitCode.Usage, "one step at a time", "--new", "--switch");
        await FailsAsync(folder, ExitCode.Usage, "--drop all: expected old or next", "--drop", "all");
        await CasAsync(folder, "--new");
        File.Move(folder["b/ca-2.key"], folder["ca-2.key"]);
        await FailsAsync(folder, ExitCode.Fleet, "ca-2.key is not there, and what is issued is signed with it: bring it back", "--switch");
        File.Move(folder["ca-2.key"], folder["b/ca-2.key"]);
        File.Delete(folder["b/ca.key"]); // lost, or somewhere else: it is not needed any more
        Assert.AreEqual("ca.pem old, ca-2.pem used", await CasAsync(folder, "--switch"));
        (int code, string output, _) = await ToolRun.Of("broker", "update", folder["b"]);
        Assert.AreEqual(0, code);
        Assert.Contains("which counts when the broker starts again", output);
        File.Delete(folder["b/ca-2.key"]);
        (_, output, _) = await ToolRun.Of("broker", "update", folder["b"]);
        Assert.Contains("for a new one bring ca-2.key back", output);
        File.WriteAllText(folder["b/ca.pem"], "nothing");
        await FailsAsync(folder, ExitCode.Fleet, "ca.pem: the CA cannot be read (it holds no certificate): bring it back from a copy");
    }

    [TestMethod]
    public async Task A_CA_that_has_ended_keeps_no_rights_back_and_the_way_out_is_told_and_works()
    {
        using var folder = new TestFolder();
        BrokerFolder broker = Create(folder, DateTimeOffset.UtcNow.AddDays(-BrokerCertificates.CaDays - 1));
        string served = File.ReadAllText(broker.At("server.pem"));
        File.AppendAllText(broker.Fleet.Path, "  carol: {}\n");
        (int code, string output, string error) = await ToolRun.Of("broker", "update", broker.Path);
        Assert.AreEqual(ExitCode.Fleet, code);
        Assert.Contains("the certificate stays, to ", output);
        Assert.Contains("its CA has ended", output);
        Assert.Contains($"EdgeChat CA of home, which boards trust, has ended on {DateTime.UtcNow.AddDays(-1):yyyy-MM-dd}, and boards come "
            + $"no more: `edgechat broker ca {broker.Path} --new` makes the next one; `edgechat broker ca {broker.Path} --switch`", error);
        Assert.Contains("carol", File.ReadAllText(broker.At("acl")));
        Assert.AreEqual(served, File.ReadAllText(broker.At("server.pem")));

        await CasAsync(folder, "--new");
        (code, _, error) = await ToolRun.Of("broker", "update", broker.Path);
        Assert.AreEqual(ExitCode.Fleet, code);
        Assert.DoesNotContain("--new", error);
        Assert.AreEqual("ca.pem old, ca-2.pem used", await CasAsync(folder, "--switch"));
        IsTakenBy(folder, "server.pem", File.ReadAllText(broker.At("ca.pem")));
        (code, output, error) = await ToolRun.Of("broker", "update", broker.Path);
        Assert.AreEqual((0, ""), (code, error));
        Assert.Contains("EdgeChat CA of home has ended on ", output);
        Assert.AreEqual("ca-2.pem used", await CasAsync(folder));
    }

    [TestMethod]
    [DataRow(-BrokerCertificates.CaDays + 179, true)]
    [DataRow(-BrokerCertificates.CaDays + 182, false)]
    public async Task A_CA_that_ends_soon_is_told_by_update_and_doctor(int created, bool isTold)
    {
        using var folder = new TestFolder();
        BrokerFolder broker = Create(folder, DateTimeOffset.UtcNow.AddDays(created));
        (int code, string output, string error) = await ToolRun.Of("broker", "update", broker.Path, "--json");
        Assert.AreEqual(0, code);
        Assert.AreEqual(isTold ? 1 : 0, JsonDocument.Parse(output).RootElement.GetProperty("warnings").GetArrayLength());
        Assert.AreEqual(isTold, error.Contains("makes the next one; give it to all boards before that", StringComparison.Ordinal), error);
        Assert.AreEqual(isTold, !await IsWellAsync(folder, broker));
        if (!isTold) return;
        await CasAsync(folder, "--new");
        Assert.IsTrue(await IsWellAsync(folder, broker), "the next one is there");
        (_, _, error) = await ToolRun.Of("broker", "update", broker.Path);
        Assert.Contains($"give it to all boards before that, then `edgechat broker ca {broker.Path} --switch`", error);
        await CasAsync(folder, "--switch");
        Assert.AreEqual("", (await ToolRun.Of("broker", "update", broker.Path)).Error);
    }

    [TestMethod]
    [DataRow(-BrokerCertificates.ServerDays + 30, false, "ends soon")]
    [DataRow(-BrokerCertificates.ServerDays - 1, true, "has ended, and boards come no more")]
    public async Task A_servers_certificate_that_ends_is_told_and_an_update_renews_it(int created, bool isOver, string words)
    {
        using var folder = new TestFolder();
        BrokerFolder broker = Create(folder, DateTimeOffset.UtcNow.AddDays(created));
        CertificateWarning warning = CertificateWarning.Of(broker, DateTimeOffset.UtcNow).Single();
        Assert.AreEqual(isOver, warning.IsOver);
        Assert.Contains($"{broker.At("server.pem")} {words} (", warning.Text);
        Assert.Contains($"`edgechat broker update {broker.Path}`", warning.Text);
        await broker.UpdateAsync(DateTimeOffset.UtcNow, CancellationToken.None);
        Assert.IsEmpty(CertificateWarning.Of(broker, DateTimeOffset.UtcNow));
    }

    [TestMethod]
    public async Task An_order_for_boards_takes_one_CA_at_a_time_and_the_file_of_the_next_one_fits()
    {
        using var folder = new TestFolder();
        folder.Fleet();
        folder.HasProvisionedAlice();
        Assert.AreEqual(0, (await ToolRun.Of("broker", "init", folder["b"], "--broker", "b.home")).Code);
        await CasAsync(folder, "--new");
        string[] words = ["fleet", "configure", "alice", "--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"], "--ca"];
        (int code, _, string error) = await ToolRun.Of([.. words, folder["b/ca.pem"]]);
        Assert.AreEqual(ExitCode.Fleet, code);
        Assert.Contains("holds 2 CAs, and a board takes one at a time", error);
        (_, _, error) = await ToolRun.Of([.. words, folder["b/ca-2.pem"]]);
        Assert.Contains("no key for a sealed configuration", error); // the next thing that is looked at
    }

    private static BrokerFolder Create(TestFolder folder, DateTimeOffset when) => BrokerFolder.Create(folder["b"], new BrokerPlan
    {
        Kind = BrokerKind.Mosquitto,
        Nodes = [new BrokerNode("b.home", 8883)],
        Fleet = "",
    }, when);

    private static async Task<bool> IsWellAsync(TestFolder folder, BrokerFolder broker)
    {
        var found = new List<Finding>();
        FleetFile fleet = folder.Fleet("fleet: home\nbundle: edgechat.bundle\nboards: { alice: {} }\n"
            + $"broker: {{ host: b.home, tls: true, ca: {broker.At("ca.pem")}, credentials: none }}\n");
        using var stopped = new CancellationTokenSource(TimeSpan.Zero);
        await Assert.ThrowsAsync<OperationCanceledException>(() => new Doctor(found.Add).BrokerAsync(fleet, null, stopped.Token));
        return found.Where(f => f.What == "ca").All(f => f.IsWell);
    }

    // its CAs by their files, with their states
    private static async Task<string> CasAsync(TestFolder folder, params string[] step)
    {
        (int code, string output, string error) = await ToolRun.Of(["broker", "ca", folder["b"], .. step, "--json"]);
        Assert.AreEqual(0, code, error);
        return string.Join(", ", JsonDocument.Parse(output).RootElement.GetProperty("server").EnumerateArray()
            .Select(c => $"{Path.GetFileName(c.GetProperty("file").GetString())} {c.GetProperty("state").GetString()}"));
    }

    private static async Task FailsAsync(TestFolder folder, int expected, string words, params string[] step)
    {
        (int code, _, string error) = await ToolRun.Of(["broker", "ca", folder["b"], .. step]);
        Assert.AreEqual(expected, code);
        Assert.Contains(words, error);
    }

    private static void IsTakenBy(TestFolder folder, string certificate, params string[] trusted)
    {
        foreach (string pem in trusted) Assert.AreEqual("", string.Join(';', Faults(folder, certificate, pem)));
    }

    private static void IsRefusedBy(TestFolder folder, string certificate, string pem) =>
        Assert.Contains("no way leads from there to a CA of ca.pem", string.Join(';', Faults(folder, certificate, pem)));

    private static IEnumerable<string> Faults(TestFolder folder, string certificate, string pem)
    {
        var trusted = new X509Certificate2Collection();
        trusted.ImportFromPem(pem);
        using X509Certificate2 shown = X509Certificate2.CreateFromPemFile(
            folder["b/" + certificate], Path.ChangeExtension(folder["b/" + certificate], ".key"));
        return [.. BoardCertificates.Faults([shown], [.. trusted], "b.home", DateTimeOffset.UtcNow).Select(f => f.Text)];
    }
}
