using System.Buffers;
using System.Collections.Concurrent;
using EdgeChat.Tool.Commands;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace EdgeChat.Tool.Broker;

/// <summary>Prepares a user's broker for boards with these names: it must not have a board of that name that is on, and must not give a
/// new board what waits for an earlier one of the same name.</summary>
/// <remarks>The presence of the earlier one stays: from it the new board knows that there was one (docs/protocol.md, section 5).</remarks>
public static class NewDevices
{
    private const string PresencePrefix = "ec1/p/";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>Looks at the presence of each of <paramref name="ids"/>; forgets the session of those for which
    /// <paramref name="isNew"/>.</summary>
    /// <param name="loginOf">How each of them logs in.</param>
    /// <param name="clientId">The client id to look on with.</param>
    /// <param name="ids">The boards.</param>
    /// <param name="isNew">Which of them have never been there.</param>
    /// <param name="stop">Ends it.</param>
    /// <exception cref="ToolException">A board of that name is on.</exception>
    public static async Task PrepareAsync(
        Func<string, BrokerLogin> loginOf, string clientId, IReadOnlyList<string> ids, Func<string, bool> isNew, CancellationToken stop)
    {
        var broker = loginOf(ids[0]).Address;
        try
        {
            using var client = new MqttClientFactory().CreateMqttClient();
            await client.ConnectAsync(loginOf(ids[0]).Passing(clientId), stop);
            var presence = await ReadPresenceAsync(client, clientId, ids, stop);
            foreach (var id in ids)
            {
                if (presence.TryGetValue(id, out var body) && DevicePresence.IsOn(body))
                {
                    throw new ToolException(
                        ExitCode.Broker,
                        $"the broker at {broker} says that a board '{id}' is on: two with one name push each other out, " +
                        "so stop the other one first " +
                        $"(if it is gone for good: mosquitto_pub -h {broker.Host} -p {broker.Port} -r -n -t {PresencePrefix}{id})");
                }
            }

            foreach (var id in ids.Where(isNew))
                await ForgetSessionAsync(loginOf(id), id, stop);

            await client.DisconnectAsync(cancellationToken: stop);
        }
        catch (MqttCommunicationException e)
        {
            throw new ToolException(ExitCode.Broker,
                $"the broker at {broker} answered and then went away ({e.Message.TrimEnd('.')}): look at its log, then start again", e);
        }
    }

    private static async Task<IReadOnlyDictionary<string, byte[]>> ReadPresenceAsync(
        IMqttClient client, string clientId, IReadOnlyList<string> ids, CancellationToken stop)
    {
        // Retained messages come at once after the subscription; a message to oneself, sent after it, says that all of them have come.
        var marker = "ec1/x/" + clientId;
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var found = new ConcurrentDictionary<string, byte[]>();
        client.ApplicationMessageReceivedAsync += e =>
        {
            var topic = e.ApplicationMessage.Topic;
            if (topic == marker)
                done.TrySetResult();
            else if (topic.StartsWith(PresencePrefix, StringComparison.Ordinal) && !e.ApplicationMessage.Payload.IsEmpty)
                found[topic[PresencePrefix.Length..]] = e.ApplicationMessage.Payload.ToArray();
            return Task.CompletedTask;
        };
        foreach (var topic in ids.Select(id => PresencePrefix + id).Append(marker))
            await client.SubscribeAsync(topic, MqttQualityOfServiceLevel.AtLeastOnce, stop);
        await client.PublishStringAsync(marker, "-", MqttQualityOfServiceLevel.AtLeastOnce, cancellationToken: stop);
        // A broker that does not let us have the marker is given a moment; nothing worse than an old presence can come of it.
        await Task.WhenAny(done.Task, Task.Delay(Patience, stop));
        return found;
    }

    // A connection with a clean session ends the old session: OASIS MQTT 3.1.1, section 3.1.2.4.
    private static async Task ForgetSessionAsync(BrokerLogin broker, string id, CancellationToken stop)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(broker.Passing(id), stop);
        await client.DisconnectAsync(cancellationToken: stop);
    }
}
