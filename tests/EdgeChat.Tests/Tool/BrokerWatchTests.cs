using EdgeChat.Tool.Broker;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.Tool;

/// <summary>What follows a broker goes on, whatever becomes of what it tells.</summary>
[TestClass]
public class BrokerWatchTests
{
    private const int Bad = 25; // more than Mosquitto has in flight at a time

    [TestMethod]
    public async Task A_message_whose_handler_throws_is_confirmed_and_told_as_a_failure()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        var subscribed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var confirmed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        int count = 0;
        broker.Packet += p =>
        {
            if (p.ClientId != "watcher") return;
            if (p.Kind == "SUBACK") subscribed.TrySetResult();
            if (p.Kind == "PUBACK" && Interlocked.Increment(ref count) == Bad + 1) confirmed.TrySetResult();
        };
        await using var watch = new BrokerWatch(new BrokerLogin(broker.Address), "watcher", "x/+");
        int failed = 0;
        watch.Message += (topic, _) =>
        {
            if (topic == "x/bad") throw new FormatException("no number");
        };
        watch.Failed += e => Interlocked.Add(ref failed, e is FormatException ? 1 : 0);
        watch.Start();
        await subscribed.Task;
        using IMqttClient sender = new MqttClientFactory().CreateMqttClient();
        await sender.ConnectAsync(new BrokerLogin(broker.Address).Passing("sender"));
        for (int i = 0; i <= Bad; i++)
            await sender.PublishStringAsync(i < Bad ? "x/bad" : "x/good", "21,5", MqttQualityOfServiceLevel.AtLeastOnce);
        await confirmed.Task.WaitAsync(Waiting.Longest);
        Assert.AreEqual(Bad, Volatile.Read(ref failed));
    }
}
