using System.Net;
using System.Net.Sockets;
using EdgeChat.Tool.Brokers;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Fleet.Tests;

/// <summary>A broker's folder is whole or not there, whatever comes between.</summary>
[TestClass]
public class BrokerFolderFileTests
{
    [TestMethod]
    public async Task What_cannot_be_set_up_leaves_no_folder_and_one_that_was_cut_off_is_told()
    {
        using var folder = new TestFolder();
        string[] init = ["broker", "init", folder["broker"]];
        (int code, _, string error) = await ToolRun.Of(
            [.. init, "--kind", "rabbitmq", "--broker", "a.home", "--broker", "b", "--broker", "c.home"]);
        Assert.AreEqual(ExitCode.Fleet, code);
        Assert.Contains("Erlang connects", error);
        Assert.IsFalse(Directory.Exists(folder["broker"]));
        (code, _, error) = await ToolRun.Of("broker", "init", folder["☕"], "--kind", "rabbitmq", "--broker", "b.home");
        Assert.AreEqual(ExitCode.Fleet, code);
        Assert.Contains("RabbitMQ reads no path with a letter beyond ISO 8859-1", error);
        Assert.IsFalse(Directory.Exists(folder["☕"]));

        Assert.AreEqual(0, (await ToolRun.Of([.. init, "--broker", "b.home"])).Code);
        File.Delete(folder["broker/server.pem"]);
        foreach (string[] words in new[] { init, ["broker", "update", folder["broker"]], ["broker", "run", folder["broker"]] })
        {
            (code, _, error) = await ToolRun.Of(words);
            Assert.AreEqual(ExitCode.Fleet, code);
            Assert.Contains("is half made", error);
        }
    }

    [TestMethod]
    public async Task A_folder_that_another_init_makes_is_left_to_it()
    {
        using var folder = new TestFolder();
        string[] init = ["broker", "init", folder["broker"], "--broker", "b.home"];
        Directory.CreateDirectory(folder["broker"]);
        File.WriteAllText(folder["broker/broker.json"], "{}");
        using (new FileStream(folder["broker/.lock"], FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            (int code, _, string error) = await ToolRun.Of(init);
            string busy = $"edgechat: {folder["broker"]} is being made by another `edgechat broker init`: wait for its end";
            Assert.AreEqual((ExitCode.Fleet, busy), (code, error.Trim()));
            Assert.IsTrue(File.Exists(folder["broker/broker.json"]));
        }

        Directory.Delete(folder["broker"], recursive: true);
        (int Code, string Out, string Error)[] all = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Task.Run(() => ToolRun.Of(init))));
        Assert.AreEqual(1, all.Count(r => r.Code == 0), string.Join('\n', all));
        Assert.AreEqual(0, (await ToolRun.Of("broker", "update", folder["broker"])).Code);
    }

    [TestMethod]
    [DataRow("init", "--broker", "b.home.", "--broker 'b.home.': boards go to it by this, so it must be a name of ASCII letters")]
    [DataRow("init", "--broker", "[::1]", "--broker '::1': boards go to it by this, so it must be a name of ASCII letters")]
    [DataRow("init", "--broker", "bücher.home", "--broker 'bücher.home': boards go to it by this")]
    [DataRow("init", "--broker", "a b", "--broker 'a b': 'a b' is not a host name or address")]
    [DataRow("check", "--at", "::1", "--at '::1': an IPv6 address stands in brackets")]
    [DataRow("check", "--at", "", "--at '': '' is not a host name or address")]
    [DataRow("check", "--at", "[::1]", "nothing listens at [::1]:1: start the broker with")]
    [DataRow("check", "--at", "nothing.invalid", "this machine does not know the name nothing.invalid: correct it, or say with --at")]
    public async Task An_address_that_cannot_be_used_is_told_with_its_option(string command, string option, string address, string fault)
    {
        using var folder = new TestFolder();
        Assert.AreEqual(0, (await ToolRun.Of("broker", "init", folder["broker"], "--broker", "b.home:1")).Code);
        (int code, _, string error) = await ToolRun.Of(
            "broker", command, folder[command == "init" ? "other" : "broker"], option, address);
        Assert.AreEqual(fault.StartsWith('-') ? ExitCode.Usage : ExitCode.Broker, code, error);
        StringAssert.StartsWith(error, "edgechat: " + fault);
        Assert.IsFalse(Directory.Exists(folder["other"]));
    }

    [TestMethod]
    public async Task An_update_needs_no_CA_key_and_then_the_certificate_stays()
    {
        using var folder = new TestFolder();
        Assert.AreEqual(0, (await ToolRun.Of("broker", "init", folder["broker"], "--broker", "b.home")).Code);
        string before = File.ReadAllText(folder["broker/server.pem"]);
        File.Delete(folder["broker/ca.key"]);
        File.AppendAllText(folder["broker/fleet.yaml"], "  carol: {}\n");
        (int code, string output, string error) = await ToolRun.Of("broker", "update", folder["broker"]);
        Assert.AreEqual(0, code, error);
        Assert.Contains("the certificate stays, to ", output);
        Assert.Contains("bring ca.key back", output);
        Assert.AreEqual(before, File.ReadAllText(folder["broker/server.pem"]));
        Assert.Contains("carol", File.ReadAllText(folder["broker/acl"]));
    }

    [TestMethod]
    [System.Runtime.Versioning.SupportedOSPlatform("linux")]
    public void A_full_disk_leaves_no_folder_and_an_update_changes_all_or_nothing()
    {
        using var folder = new TestFolder();
        string said = OwnDisk.Run(folder, "disk", """
            fill() { dd if=/dev/zero of=fill bs=1k 2> /dev/null; }
            fill
            $tool broker init broker --broker b.home; echo "init $?"
            ls -A; rm fill
            $tool broker init broker --broker b.home > /dev/null; echo "again $?"
            (cd broker; sha256sum acl server.* mosquitto.conf) > ../before
            echo "  carol: {}" >> broker/fleet.yaml
            fill
            $tool broker update broker; echo "update $?"
            (cd broker; sha256sum acl server.* mosquitto.conf) | diff - ../before && echo same
            rm fill
            $tool broker update broker; echo "whole $?"
            """);
        Assert.Contains($"init {ExitCode.Fleet}\nfill\nagain 0\n", said);
        Assert.Contains("the disk is full: make room", said);
        Assert.Contains($"update {ExitCode.Fleet}\nsame\n", said);
        Assert.Contains("whole 0", said);
    }

    [TestMethod]
    public async Task What_listens_and_is_no_broker_is_told_at_once()
    {
        using var folder = new TestFolder();
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        Task hangingUp = Task.Run(async () =>
        {
            while (true) (await other.AcceptTcpClientAsync()).Dispose();
        });
        Assert.AreEqual(0, (await ToolRun.Of("broker", "init", folder["broker"], "--broker", other.LocalEndpoint.ToString()!)).Code);
        (int code, string output, string error) = await ToolRun.Of("broker", "check", folder["broker"]);
        Assert.AreEqual(ExitCode.Broker, code);
        Assert.Contains("speaks no TLS", error);
        Assert.DoesNotContain("well", output);
        other.Stop();
        await Assert.ThrowsAsync<SocketException>(() => hangingUp);
    }

    [TestMethod]
    [DataRow(2, false, "group-as-outsider roster-as-member roster-as-outsider retained-flood will-on-roster group-of-others all-groups "
        + "roster-of-others")]
    [DataRow(2, true, "")]
    [DataRow(300, true, "retained-flood")]
    public void What_the_rights_of_the_fleet_permit_is_no_fault_of_the_broker(int boards, bool hasGroup, string given)
    {
        TopicRights rights = TopicRights.Of(FleetReader.Read("fleet.yaml", $$"""
            fleet: test
            broker: { host: b.home }
            {{(hasGroup ? "groups: { team: { members: [board-1, board-2] } }" : "")}}
            boards: { {{string.Join(", ", Enumerable.Range(1, boards).Select(n => $"board-{n}: {{}}"))}} }
            """, FleetFiles.None));
        Assert.AreEqual(given, string.Join(' ', BrokerCheck.Acts.Where(a => a.Given?.Invoke(rights) is not null).Select(a => a.Name)));
    }

    [TestMethod]
    [DataRow("{", "bring it back from a copy")]
    [DataRow("null", "bring it back from a copy")]
    [DataRow("""{ "kind": "foo", "nodes": [], "fleet": "x" }""", "at $.kind")]
    [DataRow("""{ "kind": "nats", "nodes": [], "fleet": "x" }""", "host and the port of each node")]
    [DataRow("""{ "kind": "nats", "nodes": [{ "host": "a", "port": 0 }], "fleet": "x" }""", "host and the port of each node")]
    public async Task A_plan_that_somebody_has_edited_wrongly_is_told(string plan, string fault)
    {
        using var folder = new TestFolder();
        Directory.CreateDirectory(folder["broker"]);
        File.WriteAllText(folder["broker/broker.json"], plan);
        (int code, _, string error) = await ToolRun.Of("broker", "check", folder["broker"]);
        Assert.AreEqual(ExitCode.Fleet, code, error);
        Assert.Contains(fault, error);
        Assert.DoesNotContain("EdgeChat.Fleet", error);
    }

    [TestMethod]
    public async Task A_password_that_cannot_be_kept_or_told_changes_nothing()
    {
        using var folder = new TestFolder();
        Assert.AreEqual(0, (await ToolRun.Of("broker", "init", folder["broker"], "--kind", "nats", "--broker", "b.home")).Code);
        string before = File.ReadAllText(folder["broker/users.conf"]);
        string[] words = ["broker", "password", folder["broker"], "alice", "--password-file"];
        (int code, _, string error) = await ToolRun.Of([.. words, folder["no/file"]]);
        Assert.AreEqual(ExitCode.Machine, code, error);
        Assert.Contains("cannot be written", error);
        File.WriteAllText(folder["odd"], "a\" }, { user: \"x\n");
        (code, _, error) = await ToolRun.Of([.. words, folder["odd"]]);
        Assert.AreEqual(ExitCode.Fleet, code, error);
        Assert.Contains("NATS cannot be told the password of alice", error);
        Assert.DoesNotContain("user:", error);
        Assert.AreEqual(before, File.ReadAllText(folder["broker/users.conf"]));
    }

    [TestMethod]
    public async Task What_is_stopped_before_its_end_is_no_success()
    {
        using var folder = new TestFolder();
        Assert.AreEqual(0, (await ToolRun.Of("broker", "init", folder["broker"], "--broker", "b.home")).Code);
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        string[][] all =
        [
            ["broker", "update", folder["broker"]], ["broker", "check", folder["broker"], "--at", silent.LocalEndpoint.ToString()!],
            ["broker", "password", folder["broker"], "alice", "--password-file", folder["secret"]], ["doctor"],
            ["provision", "--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]],
        ];
        folder.Fleet(TestFolder.TwoBoards.Replace("host: broker.home", "host: 127.0.0.1, port: 1"));
        folder.Store().Dispose();
        foreach (string[] words in all)
        {
            using var host = new ToolHost { Out = new StringWriter(), Error = new StringWriter(), In = new LineInput(Stream.Null) };
            host.RequestStop();
            Assert.AreEqual(ExitCode.Machine, await EdgeChatCommand.RunAsync(words, host), string.Join(' ', words));
            Assert.Contains("stopped before it was done", host.Error.ToString()!);
        }
    }

    [TestMethod]
    public async Task Two_that_update_at_once_leave_a_certificate_with_its_key()
    {
        using var folder = new TestFolder();
        Assert.AreEqual(0, (await ToolRun.Of("broker", "init", folder["broker"], "--broker", "b.home")).Code);
        BrokerFolder opened = BrokerFolder.Open(folder["broker"]);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => opened.UpdateAsync(DateTimeOffset.UtcNow, CancellationToken.None))));
        using var pair = System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPemFile(
            opened.At("server.pem"), opened.At("server.key"));
        Assert.IsTrue(pair.HasPrivateKey);
        Assert.IsEmpty(Directory.GetFiles(opened.Path, "*.new"));
    }
}
