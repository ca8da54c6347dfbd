using System.Text.Json;
using EdgeChat.Bundle;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Demo;

namespace EdgeChat.Tool.Fleets;

/// <summary>Takes a board's password from the broker, so that it is dead at once: the board's connection ends, and its presence says
/// so.</summary>
/// <remarks>A broker that ends the connection of a user who is gone from its passwords publishes no will (seen with Mosquitto 2.0.11), so
/// the board would be online for ever to all others. It is said in the board's name, with a password that nobody else knows and that is
/// gone behind it.</remarks>
internal static class Farewell
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Takes the password away. Throws <see cref="FleetException"/> when the broker's passwords cannot be changed.</summary>
    /// <returns>Whether the presence could be written; if not, what kept it is in <paramref name="why"/>.</returns>
    public static async Task<bool> SayAsync(
        FleetFile fleet, ICredentials credentials, string id, Action<string> why, CancellationToken stop)
    {
        string passing = credentials.NewSecret(id, isPassing: true);
        await credentials.SetAsync(id, passing, stop);
        try
        {
            return await TellAsync(fleet, id, passing, why, stop);
        }
        finally
        {
            // whatever came: nobody may have that password any more
            await credentials.RemoveAsync(id, CancellationToken.None);
        }
    }

    private static async Task<bool> TellAsync(FleetFile fleet, string id, string password, Action<string> why, CancellationToken stop)
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
            return true;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return false;
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
