using System.Buffers;
using System.Text;
using System.Text.Json;
using MQTTnet;
using MQTTnet.Formatter;
using MQTTnet.Protocol;

namespace EdgeChat.Tests.Fleet;

/// <summary>Somebody with nothing but an MQTT client: publishes bodies and collects what comes.</summary>
internal sealed class PlainClient : IAsyncDisposable
{
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly List<(string Topic, byte[] Body)> _messages = [];
    private readonly string _id;

    private PlainClient(string id) => _id = id;

    /// <summary>Connects with a clean session and subscribes.</summary>
    public static async Task<PlainClient> ConnectAsync(TestFleet fleet, string id, string[] filters)
    {
        var made = new PlainClient(id);
        made._client.ApplicationMessageReceivedAsync += e =>
        {
            lock (made._messages) made._messages.Add((e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray()));
            fleet.Anything.Raise();
            return Task.CompletedTask;
        };
        await made._client.ConnectAsync(new MqttClientOptionsBuilder()
            .WithTcpServer("127.0.0.1", fleet.Broker.Port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(id)
            .WithCleanSession()
            .WithTimeout(TestFleet.Patience)
            .Build());
        foreach (string filter in filters) await made._client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce);
        return made;
    }

    /// <summary>Publishes with QoS 1; returns when the broker has it.</summary>
    public Task PublishAsync(string topic, string body, bool retain = false) => PublishAsync(topic, Encoding.UTF8.GetBytes(body), retain);

    /// <summary>Publishes with QoS 1; returns when the broker has it.</summary>
    public Task PublishAsync(string topic, byte[] body, bool retain = false) => _client.PublishAsync(new MqttApplicationMessageBuilder()
        .WithTopic(topic)
        .WithPayload(body)
        .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithRetainFlag(retain)
        .Build());

    /// <summary>The bodies that came on a topic, which are JSON.</summary>
    public IReadOnlyList<JsonElement> On(string topic)
    {
        lock (_messages) return [.. _messages.Where(m => m.Topic == topic).Select(m => JsonDocument.Parse(m.Body).RootElement.Clone())];
    }

    public string Describe()
    {
        lock (_messages) return $"--- {_id}, received:\n"
            + string.Join('\n', _messages.TakeLast(20).Select(m => $"{m.Topic} {Encoding.UTF8.GetString(m.Body)}"));
    }

    public async ValueTask DisposeAsync()
    {
        if (_client.IsConnected) await _client.DisconnectAsync();
        _client.Dispose();
    }
}
