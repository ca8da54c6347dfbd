using EdgeChat.Core;
using EdgeChat.Tool.Broker;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.Chat;

/// <summary>Whether a device is on, as a broker tells it.</summary>
[TestClass]
public class DevicePresenceTests
{
    private const string On = """{"s":"on","b":1,"c":1}""";

    [TestMethod]
    public async Task One_that_has_just_ended_without_a_goodbye_is_not_on()
    {
        await using var broker = new EmbeddedBroker();
        await broker.StartAsync();
        using IMqttClient device = new MqttClientFactory().CreateMqttClient();
        await device.ConnectAsync(new BrokerLogin(broker.Address).Passing("device"));
        await SayAsync("carol", On);
        await SayAsync("dave", On);
        Assert.IsTrue((await DevicePresence.LookAsync(new BrokerLogin(broker.Address), "carol", false, CancellationToken.None)).IsOn);

        // what the broker says for carol comes when somebody has been told that she is on
        broker.Packet += p =>
        {
            if (p is { Kind: "PUBACK", IsFromClient: true } && p.ClientId.StartsWith("edgechat-", StringComparison.Ordinal))
                _ = SayAsync("carol", """{"s":"lost","b":1,"c":1}""");
        };
        BrokerLook look = await DevicePresence.LookAsync(new BrokerLogin(broker.Address), "carol", true, CancellationToken.None);
        Assert.IsFalse(look.IsOn);
        Assert.Contains("dave", look.Devices);

        Task SayAsync(string id, string presence) =>
            device.PublishStringAsync(Topics.Presence(id), presence, MqttQualityOfServiceLevel.AtLeastOnce, retain: true);
    }
}
