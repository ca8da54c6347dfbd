using System.Text.Json;
using EdgeChat.Bundle;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Demo;
using MQTTnet;
using MQTTnet.Exceptions;

namespace EdgeChat.Tool.Fleets;

/// <summary>Takes a board's password from the broker, so that it is dead at once: the board's connection ends, and its presence says
/// so.</summary>
/// <remarks>A broker that ends the connection of a user who is gone from its passwords publishes no will (seen with Mosquitto 2.0.11), so
/// the board would be online for ever to all others. It is said in the board's name, with a password that nobody else knows and that is
/// gone behind it.</remarks>
internal static class Farewell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    /// <summary>Takes the password away. Throws <see cref="FleetException"/> when the broker's passwords cannot be changed.</summary>
    /// <param name="fleet">The fleet.</param>
    /// <param name="credentials">The broker's passwords.</param>
    /// <param name="id">Whose.</param>
    /// <param name="forgets">Whether the board does not come back: then its session ends too, and what waits in it is dropped. NATS would
    /// keep that for ever.</param>
    /// <param name="why">Told what kept the presence from being written, or the session from being ended.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>Whether the presence could be written, and the session ended when it had to.</returns>
    public static async Task<bool> SayAsync(
        FleetFile fleet, ICredentials credentials, string id, bool forgets, Action<string> why, CancellationToken stop)
    {
        string passing = credentials.NewSecret(id, isPassing: true);
        await credentials.SetAsync(id, passing, stop);
        try
        {
            return await TellAsync(fleet, id, passing, forgets, why, stop);
        }
        finally
        {
            // whatever came: nobody may have that password any more
            await credentials.RemoveAsync(id, CancellationToken.None);
        }
    }

    private static async Task<bool> TellAsync(
        FleetFile fleet, string id, string password, bool forgets, Action<string> why, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            // let in means that the broker knows the new password, and has ended what came with the old one
            await using BrokerTalk talk = await BrokerTalk.OpenAsync(FleetLogin.Of(fleet, id, password), why, patience.Token);
            string topic = Topics.Presence(id);
            if (!await talk.SubscribeAsync(topic, 1, patience.Token)) return false;
            if (await talk.RetainedAsync(stop) is { } last && Lost(last) is { } lost)
                await talk.PublishAsync(topic, lost, 1, true, patience.Token);
            if (forgets) await ForgetAsync(FleetLogin.Of(fleet, id, password), id, why, patience.Token);
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
        }
    }

    // who comes with a clean session ends the one that was, with all that waits in it (OASIS MQTT 3.1.1, section 3.1.2.4); again when it
    // fails, since RabbitMQ now and then ends one that comes right behind the end of the last with its client id
    private static async Task ForgetAsync(BrokerLogin login, string id, Action<string> why, CancellationToken stop)
    {
        while (true)
        {
            using IMqttClient client = new MqttClientFactory().CreateMqttClient();
            try
            {
                await client.ConnectAsync(login.Begin(id).WithCleanSession().Build(), stop);
                await client.DisconnectAsync(cancellationToken: stop);
                return;
            }
            catch (MqttCommunicationException e)
            {
                why($"what waits for it could not be dropped ({e.Message.TrimEnd('.')})");
                await Task.Delay(Pause, stop);
            }
        }
    }

    // What its will would have said: of two presences with the same counters the later one counts (docs/protocol.md, section 9).
    private static string? Lost(byte[] body)
    {
        try
        {
            using JsonDocument presence = ProtocolJson.Parse(body);
            JsonElement root = presence.RootElement;
            if (root.GetProperty("s").GetString() is not (PresenceWords.On or PresenceWords.Sleep)) return null;
            return ToolJson.Object(("s", PresenceWords.Lost), ("b", Number(root, "b")), ("c", Number(root, "c")), ("e", Number(root, "e")));
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return null; // it says nothing to anybody
        }
    }

    private static long? Number(JsonElement root, string name) => root.TryGetProperty(name, out JsonElement value) ? value.Integer() : null;
}
