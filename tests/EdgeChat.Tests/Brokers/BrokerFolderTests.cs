using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Tests.Tool;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Brokers;

/// <summary>What <c>edgechat broker</c> sets up, at real brokers over real TLS.</summary>
[TestClass]
public sealed class BrokerFolderTests
{
    private const int Texts = 40;
    private const int LeastForbidden = 24;

    [TestMethod]
    [Timeout(600_000)]
    [DataRow("mosquitto", "session-lost")]
    [DataRow("nats", "oversized")]
    public async Task What_init_sets_up_runs_and_the_check_finds_nothing_wrong(string kind, string limit)
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind);
        (int code, int well, string[] limits, string[] wrong) = await folder.CheckAsync();
        Assert.AreEqual("", string.Join(' ', wrong));
        Assert.Contains(limit, limits);
        CollectionAssert.IsSubsetOf(limits, new[] { limit, "session-lost" }); // with NATS it comes in time, or not
        Assert.AreEqual(ExitCode.Success, code);
        Assert.IsGreaterThan(LeastForbidden, well);

        Dictionary<string, string> passwords = await folder.PasswordsAsync("alice", "bob");
        await using (var alice = new PeerUnderTest(folder.Address, "alice", passwords["alice"], tls: folder.Tls))
        await using (var bob = new PeerUnderTest(folder.Address, "bob", passwords["bob"], tls: folder.Tls))
        {
            await alice.SendAsync("bob", "hello");
            await alice.Has("bob", Tick.Two);
            await alice.Settled();
        }

        Assert.AreEqual(ExitCode.Success, await folder.StopAsync());
    }

    [TestMethod]
    [Timeout(900_000)]
    [TestCategory("RabbitMq")]
    public async Task What_init_sets_up_for_RabbitMQ_runs_and_the_check_finds_nothing_wrong()
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync("rabbitmq");
        (int code, _, _, string[] wrong) = await folder.CheckAsync();
        Assert.AreEqual("", string.Join(' ', wrong));
        Assert.AreEqual(ExitCode.Success, code);
        Dictionary<string, string> passwords = await folder.PasswordsAsync("alice", "bob");
        await using var alice = new PeerUnderTest(folder.Address, "alice", passwords["alice"], tls: folder.Tls);
        await using var bob = new PeerUnderTest(folder.Address, "bob", passwords["bob"], tls: folder.Tls);
        await alice.SendAsync("bob", "hello");
        await alice.Has("bob", Tick.Two);
    }

    [TestMethod]
    [Timeout(600_000)]
    public async Task A_rule_that_lets_too_much_through_or_too_little_is_found_by_its_name()
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync("mosquitto");
        (string File, string From, string To, string[] Wrong, string[] Beside)[] holes =
        [
            ("mosquitto.conf", "allow_anonymous false", "allow_anonymous true", ["anonymous"], ["wrong-password"]),
            ("mosquitto.conf", "message_size_limit 2048\nmax_packet_size 4096", "message_size_limit 65536", ["oversized"], []),
            ("acl", "topic read ec1/r/check-group", "topic readwrite ec1/r/check-group", ["roster-as-member"], ["roster-as-outsider"]),
            ("acl", "pattern read ec1/i/%u/+", "pattern read ec1/i/+/+", ["inbox-of-another", "all-inboxes"], ["group-of-others"]),
            ("acl", "pattern write ec1/p/%u", "pattern write ec1/p/+",
                ["presence-of-another", "presence-cleared", "will-on-presence"], ["profile-of-another"]),
            ("acl", "pattern write ec1/i/alice/%u", "pattern write ec1/i/+/%u", ["retained-flood"], ["inbox-as-another"]),
            ("acl", "pattern read ec1/d/+\n", "", ["profile-kept"], ["presence-kept"]),
            ("acl", "topic readwrite ec1/r/check-group", "topic read ec1/r/check-group", ["roster"], ["group"]),
        ];
        foreach (var (file, from, to, expected, beside) in holes)
        {
            string before = File.ReadAllText(folder[file]);
            folder.Edit(file, from, to);
            if (file == "acl")
            {
                await folder.ReloadAsync();
            }
            else
            {
                await folder.StopAsync();
                await folder.RunAsync();
            }

            (int code, int well, _, string[] wrong) = await folder.CheckAsync([.. expected, .. beside]);
            CollectionAssert.AreEquivalent(expected, wrong, $"{from} -> {to}");
            Assert.AreEqual((ExitCode.Rights, beside.Length), (code, well), $"{from} -> {to}");
            File.WriteAllText(folder[file], before);
        }
    }

    [TestMethod]
    [Timeout(300_000)]
    public async Task A_broker_that_ends_while_it_is_checked_has_refused_nothing()
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync("mosquitto");
        using var tool = new ToolUnderTest();
        Task<int> check = tool.StartAsync(null, "broker", "check", folder.Folder);
        await tool.PrintsAsync("wrong-password", TimeSpan.FromMinutes(1));
        await folder.KillAsync();
        Assert.AreEqual(ExitCode.Broker, await check, tool.Out);
        Assert.Contains("any more: the broker has ended while", tool.Error);
    }

    [TestMethod]
    [Timeout(600_000)]
    public async Task What_is_sent_while_Mosquitto_is_killed_comes_once_and_in_order()
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync("mosquitto");
        Dictionary<string, string> passwords = await folder.PasswordsAsync("alice", "bob");
        await using var alice = new PeerUnderTest(folder.Address, "alice", passwords["alice"], tls: folder.Tls);
        await using var bob = new PeerUnderTest(folder.Address, "bob", passwords["bob"], tls: folder.Tls);
        await alice.Settled();
        await bob.Settled();
        string[] texts = [.. Enumerable.Range(1, Texts).Select(i => $"text {i}")];
        foreach (string text in texts[..(Texts / 2)]) await alice.SendAsync("bob", text);
        await folder.KillAsync();
        foreach (string text in texts[(Texts / 2)..]) await alice.SendAsync("bob", text);
        await folder.RunAsync();
        await alice.Until("at two ticks with bob, all of them", e => AllDelivered(e.Messenger, "bob"));
        CollectionAssert.AreEqual(texts, await bob.TextsAsync("alice"));
    }

    [TestMethod]
    public async Task A_folder_is_not_written_over_and_its_secrets_are_its_owners()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("edgechat-folder-").FullName, "broker");
        Assert.AreEqual(0, (await ToolUnderTest.RunAsync("broker", "init", folder, "--broker", "broker.home")).Code);
        foreach (string name in new[] { "ca.key", "server.key", "passwords", "check.secret" })
            if (!OperatingSystem.IsWindows())
                Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, name)), name);
        (int code, string error) = await ToolUnderTest.RunAsync("broker", "init", folder);
        Assert.AreEqual(ExitCode.Fleet, code);
        Assert.Contains("is there already, and is not written over", error);

        // the fleet has grown: its rights are written anew, and the CA stays
        string ca = File.ReadAllText(Path.Combine(folder, "ca.pem"));
        string fleet = Path.Combine(folder, "fleet.yaml");
        File.WriteAllText(fleet, File.ReadAllText(fleet) + "  carol: {}\n");
        Assert.AreEqual(0, (await ToolUnderTest.RunAsync("broker", "update", folder)).Code);
        Assert.Contains("pattern write ec1/i/carol/%u", File.ReadAllText(Path.Combine(folder, "acl")));
        Assert.AreEqual(ca, File.ReadAllText(Path.Combine(folder, "ca.pem")));
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [TestMethod]
    public async Task What_RabbitMQ_reads_at_each_start_has_the_rights_that_the_fleet_has_now()
    {
        string folder = Path.Combine(Directory.CreateTempSubdirectory("edgechat-folder-").FullName, "broker");
        string[] init = ["broker", "init", folder, "--kind", "rabbitmq", "--nodes", "3"];
        Assert.AreEqual(0, (await ToolUnderTest.RunAsync(init)).Code);
        string fleet = Path.Combine(folder, "fleet.yaml");
        File.WriteAllText(fleet, File.ReadAllText(fleet) + "  carol: {}\n");
        await ToolUnderTest.RunAsync("broker", "update", folder); // no broker runs that it could tell
        using JsonDocument definitions = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "definitions.json")));
        foreach (string line in File.ReadLines(Path.Combine(folder, "check.secret")))
        {
            string[] user = line.Split(' ');
            JsonElement rights = definitions.RootElement.GetProperty("topic_permissions").EnumerateArray()
                .Single(p => p.GetProperty("user").GetString() == user[0]);
            Assert.Contains("carol", rights.GetProperty("write").GetString()!);
            byte[] hash = definitions.RootElement.GetProperty("users").EnumerateArray()
                .Single(p => p.GetProperty("name").GetString() == user[0]).GetProperty("password_hash").GetBytesFromBase64();
            byte[] salted = [.. hash[..4], .. Encoding.UTF8.GetBytes(user[1])];
            CollectionAssert.AreEqual(SHA256.HashData(salted), hash[4..], user[0]);
        }

        // 4.x does not start with the first of these in rabbitmq.conf, and 3.10 not with the others
        string advanced = File.ReadAllText(Path.Combine(folder, "advanced.config"));
        foreach (string name in new[] { "subscription_ttl, 2592000000", "max_session_expiry_interval_seconds, 2592000", "max_packet_size" })
        {
            Assert.Contains("{" + name, advanced);
            Assert.DoesNotContain(name.Split(',')[0], File.ReadAllText(Path.Combine(folder, "rabbitmq-1.conf")));
        }

        // a node that joins has them already, and its machine's copy of the file may be an old one
        Assert.Contains("load_definitions", File.ReadAllText(Path.Combine(folder, "rabbitmq-1.conf")));
        Assert.DoesNotContain("load_definitions", File.ReadAllText(Path.Combine(folder, "rabbitmq-2.conf")));
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    [TestMethod]
    public async Task What_cannot_be_is_said()
    {
        string none = Path.Combine(Path.GetTempPath(), "edgechat-no-folder");
        (int code, string error) = await ToolUnderTest.RunAsync("broker", "run", none);
        Assert.AreEqual(ExitCode.Fleet, code);
        Assert.Contains("`edgechat broker init", error);
        string folder = Path.Combine(Directory.CreateTempSubdirectory("edgechat-folder-").FullName, "broker");
        Assert.AreEqual(0, (await ToolUnderTest.RunAsync("broker", "init", folder, "--broker", "127.0.0.1:1")).Code);
        (code, error) = await ToolUnderTest.RunAsync("broker", "check", folder, "--act", "roster-as-memer");
        Assert.AreEqual(ExitCode.Usage, code);
        Assert.Contains("did you mean roster-as-member?", error);
        (code, error) = await ToolUnderTest.RunAsync("broker", "check", folder);
        Assert.AreEqual(ExitCode.Broker, code);
        Assert.Contains("nothing listens at 127.0.0.1:1: start the broker with `edgechat broker run", error);
        (code, error) = await ToolUnderTest.RunAsync("broker", "password", folder, "mallory", "--password-file", none);
        Assert.AreEqual(ExitCode.Fleet, code);
        Assert.Contains("mallory is no user", error);
        Directory.Delete(Path.GetDirectoryName(folder)!, recursive: true);
    }

    private static bool AllDelivered(Messenger messenger, string with)
    {
        int seen = 0;
        for (int m = messenger.Newest(messenger.Find(with, false)); m >= 0; m = messenger.Older(m), seen++)
            if (messenger.TickOf(m) is not (Tick.Two or Tick.Shown)) return false;
        return seen == Texts;
    }
}
