using EdgeChat.Fleet;
using EdgeChat.Tests.Tool;
using EdgeChat.Tool.Broker;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.Brokers;

/// <summary>What is given to a broker that runs, at the worst moment.</summary>
[TestClass]
public sealed class ReloadTests
{
    private const int Lines = 4_000_000;

    [TestMethod]
    [Timeout(300_000)]
    public async Task A_password_that_comes_while_Mosquitto_reads_its_files_counts()
    {
        await using FolderUnderTest folder = await SlowAsync();
        await folder.ReloadAsync();
        await SetAsync(folder);
        await ComesInAsync(folder);
    }

    [TestMethod]
    [Timeout(300_000)]
    public async Task A_password_that_comes_while_Mosquitto_starts_neither_ends_it_nor_is_lost()
    {
        await using FolderUnderTest folder = await SlowAsync();
        await folder.StopAsync();
        Task running = folder.RunAsync();
        while (!File.Exists(folder["mosquitto.pid"]) || new FileInfo(folder["mosquitto.pid"]).Length == 0) await Task.Delay(1);
        await SetAsync(folder);
        await running;
        await ComesInAsync(folder);
    }

    [TestMethod]
    [Timeout(300_000)]
    [DataRow("mosquitto", "mosquitto.conf: max_queued_messages 1000 -> ")]
    [DataRow("nats", "nats.conf: max_file_store ")]
    public async Task The_limits_follow_a_fleet_that_grows_and_nobody_is_thrown_out(string kind, string limit)
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind);
        Dictionary<string, string> passwords = await folder.PasswordsAsync("alice");
        using IMqttClient alice = new MqttClientFactory().CreateMqttClient();
        MqttClientOptions options =
            new BrokerLogin(folder.Address, "alice", passwords["alice"], folder.Tls).Begin("alice").WithCleanSession(false).Build();
        await alice.ConnectAsync(options);
        await alice.SubscribeAsync("ec1/i/alice/+", MqttQualityOfServiceLevel.AtLeastOnce);
        string boards = string.Concat(Enumerable.Range(1, 100).Select(n => $", board-{n}: {{}}"));
        File.WriteAllText(folder.FleetFile, File.ReadAllText(folder.FleetFile).Replace("bob: {}", "bob: {}" + boards));

        using (var tool = new ToolUnderTest())
        {
            Assert.AreEqual(0, await tool.StartAsync(null, "broker", "update", folder.Folder), tool.Error);
            string line = tool.Out.Split('\n').Single(l => l.StartsWith(limit, StringComparison.Ordinal));
            Assert.EndsWith(", which counts when the broker starts again; sessions stay", line);
        }

        await folder.PasswordsAsync("board-100"); // it goes on to read its users
        await alice.PingAsync();
        await folder.StopAsync();
        await folder.RunAsync();
        Assert.DoesNotContain("# of ", File.ReadAllText(folder[limit.Split(':')[0]]));
        Assert.IsEmpty(BrokerFolder.Open(folder.Folder).FollowLimits());
        Assert.IsTrue((await alice.ConnectAsync(options)).IsSessionPresent);
    }

    // the rights are read behind the passwords, and with so many lines for so long that what comes next comes in the middle
    private static async Task<FolderUnderTest> SlowAsync()
    {
        FolderUnderTest folder = await FolderUnderTest.StartAsync("mosquitto");
        await File.AppendAllTextAsync(folder["acl"], string.Concat(Enumerable.Repeat("#\n", Lines)));
        return folder;
    }

    private static Task SetAsync(FolderUnderTest folder) =>
        new MosquittoPasswords(folder["passwords"], folder["mosquitto.pid"]).SetAsync("bob", "secret", CancellationToken.None);

    private static async Task ComesInAsync(FolderUnderTest folder)
    {
        using IMqttClient bob = new MqttClientFactory().CreateMqttClient();
        MqttClientConnectResult answer = await bob.ConnectAsync(
            new BrokerLogin(folder.Address, "bob", "secret", folder.Tls).Begin("bob").Build());
        Assert.AreEqual(MqttClientConnectResultCode.Success, answer.ResultCode);
    }
}
