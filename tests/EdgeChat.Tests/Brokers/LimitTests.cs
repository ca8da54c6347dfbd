using System.Buffers;
using System.Text;
using System.Text.Json.Nodes;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.Brokers;

/// <summary>What is above the limits that <c>edgechat broker init</c> sets: a broker that has confirmed a message has it, and what it has
/// no place for it does not confirm.</summary>
[TestClass]
public sealed class LimitTests
{
    private const int MostTries = 20_000;
    private const string Topic = "ec1/i/bob/alice";

    [TestMethod]
    [Timeout(600_000)]
    public async Task A_full_store_of_NATS_confirms_nothing_and_keeps_more_than_may_be_unconfirmed()
    {
        const int Small = 1 << 20;
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync("nats");
        Dictionary<string, string> passwords = await folder.PasswordsAsync("alice", "bob");
        await folder.StopAsync();
        string before = File.ReadAllText(folder["nats.conf"]);
        string limit = $"max_file_store: {(long)new BrokerLimits(BrokerFolder.Open(folder.Folder).Rights.Users.Count).StoreMiB << 20}";
        folder.Edit("nats.conf", limit, $"max_file_store: {Small}");
        await folder.RunAsync();
        await LeaveSessionAsync(folder, passwords["bob"]);
        int confirmed = await FillAsync(folder, passwords["alice"], new string('.', 500));
        Assert.IsGreaterThan(BrokerLimits.Unconfirmed, confirmed);
        await folder.StopAsync();

        File.WriteAllText(folder["nats.conf"], before);
        await folder.RunAsync();
        await ComesBackAsync(folder, passwords["bob"], confirmed);
    }

    [TestMethod]
    [Timeout(600_000)]
    public async Task NATS_grants_a_board_all_filters_that_it_can_have_and_refuses_many_more()
    {
        const int MostOfBoard = 3 + 2 * (Limits.Contacts + Limits.Acquaintances + Limits.Groups);
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync("nats");
        Dictionary<string, string> passwords = await folder.PasswordsAsync("bob");
        using IMqttClient bob = await ConnectAsync(folder, "bob", passwords["bob"]);
        var options = new MqttClientSubscribeOptionsBuilder();
        for (int n = 0; n < 2 * MostOfBoard; n++) options.WithTopicFilter($"ec1/p/id-{n}", MqttQualityOfServiceLevel.AtLeastOnce);
        MqttClientSubscribeResult answer = await bob.SubscribeAsync(options.Build());
        int granted = answer.Items.TakeWhile(r => r.ResultCode == MqttClientSubscribeResultCode.GrantedQoS1).Count();
        Assert.IsGreaterThanOrEqualTo(MostOfBoard, granted);
        Assert.AreEqual(ushort.MaxValue / BrokerLimits.Unconfirmed, granted);
    }

    [TestMethod]
    [Timeout(600_000)]
    [TestCategory("RabbitMq")]
    public async Task A_full_queue_of_RabbitMQ_takes_nothing_and_those_of_others_do()
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync("rabbitmq");
        Dictionary<string, string> passwords = await folder.PasswordsAsync("alice", "bob", "carol");
        await folder.StopAsync();
        JsonNode definitions = JsonNode.Parse(File.ReadAllText(folder["definitions.json"]))!;
        JsonNode policy = definitions["policies"]![0]!["definition"]!;
        Assert.AreEqual(
            new BrokerLimits(BrokerFolder.Open(folder.Folder).Rights.Users.Count).SessionBytes, (long)policy["max-length-bytes"]!);
        policy["max-length-bytes"] = 50_000;
        File.WriteAllText(folder["definitions.json"], definitions.ToJsonString());
        await folder.RunAsync();
        await LeaveSessionAsync(folder, passwords["bob"]);
        int confirmed = await FillAsync(folder, passwords["alice"], new string('.', 500));
        Assert.IsGreaterThan(50, confirmed);
        using (IMqttClient alice = await ConnectAsync(folder, "alice", passwords["alice"]))
            await alice.PublishStringAsync("ec1/i/carol/alice", "hello", MqttQualityOfServiceLevel.AtLeastOnce);
        await ComesBackAsync(folder, passwords["bob"], confirmed);
    }

    private static Task<IMqttClient> ConnectAsync(FolderUnderTest folder, string user, string password) =>
        ConnectAsync(folder, user, password, _ => { });

    private static async Task<IMqttClient> ConnectAsync(FolderUnderTest folder, string user, string password, Action<string> heard)
    {
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        client.ApplicationMessageReceivedAsync += e =>
        {
            heard(Encoding.UTF8.GetString(e.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        await client.ConnectAsync(
            new BrokerLogin(folder.Address, user, password, folder.Tls).Begin(user).WithCleanSession(false).Build());
        return client;
    }

    private static async Task LeaveSessionAsync(FolderUnderTest folder, string password)
    {
        using IMqttClient bob = await ConnectAsync(folder, "bob", password);
        await bob.SubscribeAsync("ec1/i/bob/+", MqttQualityOfServiceLevel.AtLeastOnce);
        await bob.DisconnectAsync();
    }

    // gives how many were confirmed before one was not
    private static async Task<int> FillAsync(FolderUnderTest folder, string password, string rest)
    {
        using IMqttClient alice = await ConnectAsync(folder, "alice", password);
        for (int n = 0; n < MostTries; n++)
        {
            try
            {
                await alice.PublishStringAsync(Topic, $"{n} {rest}", MqttQualityOfServiceLevel.AtLeastOnce);
            }
            catch (Exception e) when (e is MqttCommunicationException or MqttClientNotConnectedException or OperationCanceledException)
            {
                return n;
            }
        }

        throw new AssertFailedException($"{MostTries} were confirmed");
    }

    // who was away gets all that was confirmed, in order; one more may be there, of which the sender does not know
    private static async Task ComesBackAsync(FolderUnderTest folder, string password, int confirmed)
    {
        var numbers = new List<int>();
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using IMqttClient bob = await ConnectAsync(folder, "bob", password, text =>
        {
            numbers.Add(int.Parse(text.Split(' ')[0]));
            if (numbers.Count == confirmed) all.TrySetResult();
        });
        await all.Task.WaitAsync(Waiting.Longest);
        await bob.DisconnectAsync();
        CollectionAssert.AreEqual(Enumerable.Range(0, confirmed).ToArray(), numbers[..confirmed]);
    }
}
