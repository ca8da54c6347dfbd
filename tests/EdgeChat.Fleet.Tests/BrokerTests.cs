using System.Text;
using EdgeChat.Tool.Fleets;
using MQTTnet;

namespace EdgeChat.Fleet.Tests;

/// <summary>Provisioning with a real Mosquitto and boards that run the firmware.</summary>
[TestClass]
public class BrokerTests
{
    private const string Mac = "24:6f:28:00:00:01";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [TestMethod]
    public async Task A_board_comes_online_in_its_group_with_a_password_that_nobody_else_has()
    {
        using var folder = new TestFolder();
        using Mosquitto broker = await GuardedAsync(folder, Mosquitto.Acl);
        FleetFile fleet = Fleet(folder, broker.Port, "credentials: mosquitto, passwords: passwords, pid-file: pid, acl: acl");
        using var room = new FleetRoom(fleet, folder.Store());
        using var port = new FirmwarePort(Mac, folder["drive"]);
        var log = new EventLog();
        IFleetBroker eye = await room.BrokerAsync(CancellationToken.None);
        var provisioner = new Provisioner(room.Tools(eye, log.Add) with { BirthPatience = Patience });
        BoardOutcome outcome = await provisioner.RunAsync(port, "alice", CancellationToken.None);
        Assert.IsNull(outcome.Failed, outcome.Text + log.Text);

        // the same board again, with other settings: it keeps its life and hears the operator once more
        BoardOutcome renewed = await new Provisioner(room.Tools(eye, log.Add) with { BirthPatience = Patience, Renews = true })
            .RunAsync(port, "alice", CancellationToken.None);
        Assert.IsNull(renewed.Failed, renewed.Text + log.Text);
        Assert.AreEqual(2, room.Store.Find("alice")!.Incarnation);

        // no secret in what was said, in the label, or in the clear in any file of the fleet but the board's own
        string[] secrets = [room.Store.Secret(Provisioner.SecretOf("alice"))!, room.OperatorPassword!];
        string board = File.ReadAllText(folder["drive/edgechat.json"]);
        StringAssert.Contains(board, secrets[0]);
        foreach (string file in Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Where(f => !f.Contains("drive")))
        {
            string content = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            foreach (string secret in secrets) Assert.IsFalse(content.Contains(secret, StringComparison.Ordinal), file);
        }

        foreach (string secret in secrets) Assert.IsFalse((log.Text + outcome).Contains(secret, StringComparison.Ordinal));
    }

    [TestMethod]
    public async Task After_a_lost_store_a_board_goes_above_the_incarnation_that_the_broker_retains()
    {
        using var folder = new TestFolder();
        using Mosquitto broker = await Mosquitto.StartAsync(folder, "allow_anonymous true");
        FleetFile fleet = Fleet(folder, broker.Port, "credentials: none");
        using var soon = new CancellationTokenSource(Patience);
        await using (BrokerTalk earlier = await BrokerTalk.OpenAsync(FleetLogin.Of(fleet, "alice", null), Assert.Fail, soon.Token))
            await earlier.PublishAsync("ec1/p/alice", "{\"s\":\"lost\",\"b\":3,\"c\":1,\"e\":7}", 1, true, soon.Token);
        foreach (int expected in new[] { 8, 9 })
        {
            File.Delete(folder["fleet.db"]);
            using var port = new FirmwarePort(Mac, folder["drive"]);
            BoardOutcome outcome = await ProvisionAsync(folder, broker, "credentials: none", port, Patience);
            Assert.IsNull(outcome.Failed, outcome.Text);
            StringAssert.Matches(File.ReadAllText(folder["drive/edgechat.json"]), new($"\"e\": {expected},"));
        }
    }

    [TestMethod]
    public async Task A_board_that_went_above_its_incarnation_by_itself_is_taken_for_born()
    {
        using var folder = new TestFolder();
        using Mosquitto broker = await Mosquitto.StartAsync(folder, "allow_anonymous true");
        FleetFile fleet = Fleet(folder, broker.Port, "credentials: none");
        using var soon = new CancellationTokenSource(Patience);
        var eye = new OperatorBroker(fleet, null);
        Assert.AreEqual(0, await eye.LastIncarnationAsync("alice", soon.Token));
        Task<int> birth = eye.WaitForBirthAsync("alice", 2, soon.Token);
        await using BrokerTalk board = await BrokerTalk.OpenAsync(FleetLogin.Of(fleet, "alice", null), Assert.Fail, soon.Token);
        foreach (string body in new[] { "{\"s\":\"on\"}", "{\"s\":\"off\",\"e\":3}", "no JSON", "{\"s\":\"on\",\"e\":65535}" })
            await board.PublishAsync("ec1/p/alice", body, 1, true, soon.Token);

        Assert.AreEqual(0, await eye.LastIncarnationAsync("alice", soon.Token), "a counter at its end is not believed");
        await board.PublishAsync("ec1/p/alice", "{\"s\":\"on\",\"e\":3}", 1, true, soon.Token);
        Assert.AreEqual(3, await birth);
        Assert.AreEqual(3, await eye.LastIncarnationAsync("alice", soon.Token));
    }

    [TestMethod]
    public async Task A_rotated_password_is_dead_when_the_board_has_the_new_one_and_with_now_or_revoke_at_once()
    {
        using var folder = new TestFolder();
        using Mosquitto broker = await GuardedAsync(folder, Mosquitto.Acl);
        const string Credentials = "credentials: mosquitto, passwords: passwords, pid-file: pid";
        FleetFile fleet = Fleet(folder, broker.Port, Credentials);
        using var port = new FirmwarePort(Mac, folder["drive"]);
        using var soon = new CancellationTokenSource(Patience * 2);
        Assert.IsNull((await ProvisionAsync(folder, broker, Credentials, port, Patience)).Failed);
        string first = PasswordOf(folder, "alice");

        await RunAsync(folder, "rotate", "alice");
        string second = PasswordOf(folder, "alice");
        Assert.IsTrue(await IsLetInAsync(fleet, first, soon.Token), "the board goes on until it has the new one");
        Assert.IsFalse(await IsLetInAsync(fleet, second, soon.Token), "nobody has it yet");
        Assert.IsNull((await ProvisionAsync(folder, broker, Credentials, port, Patience)).Failed);
        Assert.IsTrue(await IsLetInAsync(fleet, second, soon.Token));
        Assert.IsFalse(await IsLetInAsync(fleet, first, soon.Token), "the old one is dead");

        await RunAsync(folder, "rotate", "alice", "--now");
        string third = PasswordOf(folder, "alice");
        await IsOfflineAsync(folder, fleet, soon.Token);
        Assert.IsFalse(await IsLetInAsync(fleet, second, soon.Token) || await IsLetInAsync(fleet, third, soon.Token));
        Assert.IsNull((await ProvisionAsync(folder, broker, Credentials, port, Patience)).Failed);
        Assert.IsTrue(await IsLetInAsync(fleet, third, soon.Token));

        await RunAsync(folder, "revoke", "alice");
        await IsOfflineAsync(folder, fleet, soon.Token);
        Assert.IsFalse(await IsLetInAsync(fleet, third, soon.Token));

        // nobody comes for what would wait
        await new MosquittoPasswords(folder["passwords"], folder["pid"]).SetAsync("alice", "passing", soon.Token);
        using IMqttClient after = new MqttClientFactory().CreateMqttClient();
        Assert.IsFalse((await after.ConnectAsync(
            FleetLogin.Of(fleet, "alice", "passing").Begin("alice").WithCleanSession(false).Build(), soon.Token)).IsSessionPresent);
    }

    // knows nobody yet
    private static Task<Mosquitto> GuardedAsync(TestFolder folder, string acl)
    {
        File.WriteAllText(folder["passwords"], "");
        File.WriteAllText(folder["acl"], acl);
        return Mosquitto.StartAsync(
            folder, "allow_anonymous false", $"password_file {folder["passwords"]}", $"acl_file {folder["acl"]}");
    }

    private static string PasswordOf(TestFolder folder, string id)
    {
        using FleetStore store = folder.Store();
        return store.Secret(Provisioner.SecretOf(id))!;
    }

    private static async Task RunAsync(TestFolder folder, params string[] words)
    {
        var ran = await ToolRun.Of(["fleet", .. words, "--fleet", folder[FleetFile.DefaultName], "--key-file", folder["store.key"]]);
        Assert.AreEqual(0, ran.Code, ran.Error);
    }

    private static async Task<bool> IsLetInAsync(FleetFile fleet, string password, CancellationToken stop)
    {
        using var refused = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            await using BrokerTalk talk = await BrokerTalk.OpenAsync(
                FleetLogin.Of(fleet, "alice", password), _ => refused.Cancel(), refused.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    // the board's own connection is ended, and others are told
    private static async Task IsOfflineAsync(TestFolder folder, FleetFile fleet, CancellationToken stop)
    {
        using FleetStore store = folder.Store();
        await using BrokerTalk talk = await BrokerTalk.OpenAsync(
            FleetLogin.Of(fleet, fleet.Operator, FleetRoom.OperatorPasswordOf(fleet, store)), Assert.Fail, stop);
        Assert.IsTrue(await talk.SubscribeAsync("ec1/p/alice", 1, stop));
        while (await talk.HearAsync(stop) is { } heard)
            if (Encoding.UTF8.GetString(heard.Body).Contains("\"lost\"", StringComparison.Ordinal)) return;
        Assert.Fail("the broker has ended the connection");
    }

    [TestMethod]
    public async Task A_broker_that_lets_boards_write_as_others_is_refused()
    {
        using var folder = new TestFolder();
        using Mosquitto broker = await GuardedAsync(folder, "pattern readwrite ec1/#\n");
        BoardOutcome outcome = await ProvisionAsync(folder, broker, "credentials: mosquitto, passwords: passwords, pid-file: pid");
        Assert.AreEqual(Step.Rights, outcome.Failed, outcome.Text);
        StringAssert.Contains(outcome.Text, "the broker lets alice write as another");
    }

    [TestMethod]
    [DataRow("pattern read ec1/i/%u/+", "does not let alice write and read its own topics")]
    [DataRow("pattern read ec1/i/#\npattern write ec1/i/+/%u", "lets alice read what is for another")]
    public async Task Each_right_is_tried(string acl, string fault)
    {
        using var folder = new TestFolder();
        using Mosquitto broker = await GuardedAsync(folder, acl + "\n");
        BoardOutcome outcome = await ProvisionAsync(folder, broker, "credentials: mosquitto, passwords: passwords, pid-file: pid");
        Assert.AreEqual(Step.Rights, outcome.Failed, outcome.Text);
        StringAssert.Contains(outcome.Text, fault);
    }

    [TestMethod]
    public async Task A_password_that_the_broker_does_not_read_again_is_said()
    {
        using var folder = new TestFolder();
        File.WriteAllText(folder["passwords"], "");
        using Mosquitto broker = await Mosquitto.StartAsync(folder, "allow_anonymous false", $"password_file {folder["passwords"]}");
        BoardOutcome outcome = await ProvisionAsync(folder, broker, "credentials: mosquitto, passwords: passwords");
        Assert.AreEqual(Step.Identity, outcome.Failed, outcome.Text);
        StringAssert.Contains(outcome.Text, "refuses fleet");
        StringAssert.Contains(outcome.Text, "have it read its passwords again");
    }

    [TestMethod]
    public async Task A_board_that_stays_dark_is_said_and_the_next_run_goes_on()
    {
        using var folder = new TestFolder();
        using Mosquitto broker = await Mosquitto.StartAsync(folder, "allow_anonymous true");
        using var port = new FirmwarePort(Mac, folder["drive"]) { KeepsDark = true };
        BoardOutcome outcome = await ProvisionAsync(folder, broker, "credentials: none", port);
        Assert.AreEqual(Step.Birth, outcome.Failed, outcome.Text);
        StringAssert.Contains(outcome.Text, "alice did not come online");
        port.KeepsDark = false;
        outcome = await ProvisionAsync(folder, broker, "credentials: none", port, Patience);
        Assert.IsNull(outcome.Failed, outcome.Text);
        using FleetStore store = folder.Store();
        Assert.AreEqual((1, BoardState.Provisioned), (store.Find("alice")!.Incarnation, store.Find("alice")!.State));
    }

    [TestMethod]
    public async Task The_dynamic_security_plugin_takes_and_gives_back_a_board()
    {
        string? plugin = new[] { "/usr/lib/x86_64-linux-gnu/mosquitto_dynamic_security.so",
            "/usr/lib/aarch64-linux-gnu/mosquitto_dynamic_security.so",
            "/usr/lib/mosquitto_dynamic_security.so" }.FirstOrDefault(File.Exists);
        if (plugin is null) Assert.Inconclusive("this Mosquitto has no dynamic-security plugin");
        using var folder = new TestFolder();
        File.WriteAllText(folder["admin"], "admin-secret\n");
        using (var made = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "mosquitto_ctrl", ["dynsec", "init", folder["dynsec.json"], "admin", "admin-secret"]))!) made.WaitForExit();
        using Mosquitto broker = await Mosquitto.StartAsync(
            folder, "allow_anonymous false", $"plugin {plugin}", $"plugin_opt_config_file {folder["dynsec.json"]}");
        FleetFile fleet = Fleet(
            folder, broker.Port, "credentials: dynamic-security, admin: admin, admin-password-file: admin, role: board");
        var credentials = new DynamicSecurity(fleet, "admin-secret");
        using var soon = new CancellationTokenSource(Patience);
        var e = await Assert.ThrowsExactlyAsync<FleetException>(() => credentials.SetAsync("alice", "one", soon.Token));
        StringAssert.Contains(e.Message, "does not take alice");

        using (var role = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "mosquitto_ctrl", ["-h", "127.0.0.1", "-p", broker.Port.ToString(), "-u", "admin", "-P", "admin-secret", "dynsec", "createRole",
                "board"]))!)
            role.WaitForExit();
        await credentials.SetAsync("alice", "one", soon.Token);
        await credentials.SetAsync("alice", "two", soon.Token);
        await using (BrokerTalk talk = await BrokerTalk.OpenAsync(FleetLogin.Of(fleet, "alice", "two"), Assert.Fail, soon.Token))
        {
        }

        await credentials.RemoveAsync("alice", soon.Token);
        await credentials.RemoveAsync("alice", soon.Token);
        using var refused = new CancellationTokenSource();
        await Assert.ThrowsAsync<OperationCanceledException>(
            () => BrokerTalk.OpenAsync(FleetLogin.Of(fleet, "alice", "two"), _ => refused.Cancel(), refused.Token));
    }

    private static async Task<BoardOutcome> ProvisionAsync(
        TestFolder folder, Mosquitto broker, string credentials, FirmwarePort? port = null, TimeSpan? birth = null)
    {
        FleetFile fleet = Fleet(folder, broker.Port, credentials);
        using var room = new FleetRoom(fleet, folder.Store());
        using FirmwarePort? own = port is null ? new FirmwarePort(Mac, folder["drive"]) : null;
        ProvisionTools tools = room.Tools(await room.BrokerAsync(CancellationToken.None), _ => { }) with
        {
            BirthPatience = birth ?? TimeSpan.FromSeconds(2),
            BrokerPatience = TimeSpan.FromSeconds(8),
        };
        return await new Provisioner(tools).RunAsync(port ?? own!, "alice", CancellationToken.None);
    }

    private static FleetFile Fleet(TestFolder folder, int port, string credentials) => folder.Fleet($$"""
        fleet: home
        bundle: edgechat.bundle
        labels: labels
        broker: { host: 127.0.0.1, port: {{port}}, {{credentials}} }
        groups:
          team: { name: Team, members: [alice, bob] }
        boards:
          alice: { name: Alice, contacts: [bob] }
          bob: { name: Bob }
        """);
}
