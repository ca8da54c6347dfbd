using System.Text;
using EdgeChat.Tool.Fleets;

namespace EdgeChat.Fleet.Tests;

/// <summary>From two bare boards to a message that the broker cannot read.</summary>
[TestClass]
public class SealedTests
{
    private const string Text = "meet at the north gate";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [TestMethod]
    public async Task Two_boards_write_to_each_other_sealed_once_both_are_provisioned()
    {
        using var folder = new TestFolder();
        using Mosquitto broker = await Mosquitto.StartAsync(folder, "allow_anonymous true");
        FleetFile fleet = folder.Fleet($$"""
            fleet: home
            bundle: edgechat.bundle
            labels: labels
            seal: true
            broker: { host: 127.0.0.1, port: {{broker.Port}}, credentials: none }
            boards:
              alice: { name: Alice, contacts: [bob] }
              bob: { name: Bob }
            """);
        using var room = new FleetRoom(fleet, folder.Store());
        using var soon = new CancellationTokenSource(Patience * 2);
        using var alice = new FirmwarePort("24:6f:28:00:00:01", folder["alice"]);
        using var bob = new FirmwarePort("24:6f:28:00:00:02", folder["bob"]);
        var provisioner = new Provisioner(room.Tools(await room.BrokerAsync(soon.Token), _ => { }) with { BirthPatience = Patience });
        foreach ((FirmwarePort port, string id) in new[] { (alice, "alice"), (bob, "bob") })
        {
            BoardOutcome outcome = await provisioner.RunAsync(port, id, soon.Token);
            Assert.IsNull(outcome.Failed, outcome.Text);
        }

        await using BrokerTalk eye = await BrokerTalk.OpenAsync(FleetLogin.Of(fleet, "eye", null), Assert.Fail, soon.Token);
        await eye.SubscribeAsync("ec1/i/bob/alice", 1, soon.Token);
        Task shown = ShownAsync(bob, Text, soon.Token);
        alice.Running!.Console.Type(Encoding.UTF8.GetBytes($"send bob {Text}\r"));
        await shown;
        HeardMessage? heard = await eye.HearAsync(soon.Token);
        Assert.IsNotNull(heard);
        Assert.AreEqual(1, heard.Body[0], "an envelope");
        Assert.IsFalse(Encoding.Latin1.GetString(heard.Body).Contains("gate", StringComparison.Ordinal), "in the clear");
    }

    [TestMethod]
    public async Task A_board_takes_its_operators_configuration_sealed_with_the_key_of_its_provisioning()
    {
        const string Password = "wifi-secret-7";
        using var folder = new TestFolder();
        using Mosquitto broker = await Mosquitto.StartAsync(folder, "allow_anonymous true");
        FleetFile fleet = folder.Fleet($$"""
            fleet: home
            bundle: edgechat.bundle
            broker: { host: 127.0.0.1, port: {{broker.Port}}, credentials: none }
            boards: { alice: {} }
            """);
        using var soon = new CancellationTokenSource(Patience * 2);
        using var alice = new FirmwarePort("24:6f:28:00:00:01", folder["alice"]);
        using (var room = new FleetRoom(fleet, folder.Store()))
        {
            var provisioner = new Provisioner(room.Tools(await room.BrokerAsync(soon.Token), _ => { }) with { BirthPatience = Patience });
            BoardOutcome outcome = await provisioner.RunAsync(alice, "alice", soon.Token);
            Assert.IsNull(outcome.Failed, outcome.Text);
        }

        alice.Running!.Wifi.Ssid = "Workshop";
        alice.Running.Wifi.Password = Password;
        File.WriteAllText(folder["wifi"], Password + "\n");
        await using BrokerTalk eye = await BrokerTalk.OpenAsync(FleetLogin.Of(fleet, "eye", null), Assert.Fail, soon.Token);
        await eye.SubscribeAsync("ec1/i/alice/fleet", 1, soon.Token);
        var ran = await ToolRun.Of("fleet", "configure", "alice", "--wifi", "Workshop", "--password-file", folder["wifi"],
            "--wait", "60", "--fleet", folder["fleet.yaml"], "--key-file", folder["store.key"]);
        Assert.AreEqual(0, ran.Code, ran.Error);
        StringAssert.Contains(ran.Out, "alice: applied");
        HeardMessage? heard = await eye.HearAsync(soon.Token);
        Assert.IsNotNull(heard);
        Assert.AreEqual(3, heard.Body[0], "an envelope");
        Assert.IsFalse(Encoding.Latin1.GetString(heard.Body).Contains(Password, StringComparison.Ordinal), "in the clear");
    }

    private static Task ShownAsync(FirmwarePort port, string text, CancellationToken stop)
    {
        var shown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        stop.Register(() => shown.TrySetException(new AssertFailedException($"\"{text}\" did not come")));
        var all = new StringBuilder();
        port.Running!.Console.Output += bytes =>
        {
            lock (all)
            {
                all.Append(Encoding.UTF8.GetString(bytes));
                if (all.ToString().Contains(text, StringComparison.Ordinal)) shown.TrySetResult();
            }
        };
        return shown.Task;
    }
}
