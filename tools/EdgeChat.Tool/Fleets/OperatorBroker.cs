using System.Text.Json;
using EdgeChat.Bundle;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Demo;

namespace EdgeChat.Tool.Fleets;

/// <summary>The fleet's broker as its operator sees it, over MQTT.</summary>
internal sealed class OperatorBroker(FleetFile fleet, string? operatorPassword) : IFleetBroker
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public Task ProveRightsAsync(string id, string? password, CancellationToken stop) =>
        new RightsProof(FleetLogin.Of(fleet, id, password), id).RunAsync(stop);

    /// <inheritdoc/>
    public async Task<int> LastIncarnationAsync(string id, CancellationToken stop)
    {
        int last = 0;
        await TalkAsync(async talk =>
        {
            await FollowAsync(talk, id, stop);
            if (await talk.RetainedAsync(stop) is not { } kept) return false;
            last = IncarnationOf(kept, out _);
            return true;
        }, stop);
        return last;
    }

    /// <inheritdoc/>
    public async Task<int> WaitForBirthAsync(string id, int incarnation, CancellationToken stop)
    {
        int lived = 0;
        await TalkAsync(async talk =>
        {
            await FollowAsync(talk, id, stop);
            while (await talk.HearAsync(stop) is { } heard)
            {
                lived = IncarnationOf(heard.Body, out bool isOn);
                if (isOn && lived >= incarnation) return true;
            }

            return false;
        }, stop);
        return lived;
    }

    /// <inheritdoc/>
    public async Task GreetAsync(string id, string text, IReadOnlyList<FleetGroup> groups, Func<int> next, CancellationToken stop)
    {
        foreach (FleetGroup group in groups) await PublishRosterAsync(group, stop);
        int last = 0;
        var bodies = new List<string> { ToolJson.Object(("n", last = next()), ("t", Now()), ("c", text)) };
        foreach (FleetGroup group in groups)
            bodies.Add(ToolJson.Object(("y", "j"), ("n", last = next()), ("t", Now()), ("g", group.Id), ("c", group.Name)));
        await TalkAsync(async talk =>
        {
            string answers = Topics.Inbox(fleet.Operator, id);
            if (!await talk.SubscribeAsync(answers, 1, stop))
                throw new FleetException($"the broker does not let {fleet.Operator} read {answers}: give it `pattern read ec1/i/%u/+`");
            foreach (string body in bodies) await talk.PublishAsync(Topics.Inbox(id, fleet.Operator), body, 1, false, stop);
            while (await talk.HearAsync(stop) is { } heard)
                if (heard.Topic == answers && HasAll(heard.Body, last)) return true;
            return false;
        }, stop);
    }

    // Again on a new connection as long as the broker ends it; who waits says how long.
    private async Task TalkAsync(Func<BrokerTalk, Task<bool>> talkOver, CancellationToken stop)
    {
        string why = "";
        try
        {
            while (true)
            {
                await using BrokerTalk talk = await BrokerTalk.OpenAsync(
                    FleetLogin.Of(fleet, fleet.Operator, operatorPassword), w => why = w, stop);
                why = "";
                if (await talkOver(talk)) return;
                await Task.Delay(Pause, stop);
            }
        }
        catch (OperationCanceledException) when (why.Length > 0)
        {
            throw new FleetException(why);
        }
    }

    private Task PublishRosterAsync(FleetGroup group, CancellationToken stop) => TalkAsync(async talk =>
    {
        string topic = Topics.Roster(group.Id);
        if (!await talk.SubscribeAsync(topic, 1, stop)) throw NoRoster(topic);
        if (await talk.RetainedAsync(stop) is not { } kept) return false;
        long version = 0;
        try
        {
            using JsonDocument roster = ProtocolJson.Parse(kept);
            version = roster.RootElement.GetProperty("v").Integer();
            string[] members = [.. roster.RootElement.GetProperty("m").EnumerateArray().Select(m => m.GetString()!)];
            if (group.Members.All(members.Contains)) return true;
            group = group with { Members = [.. members.Union(group.Members)] };
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            // there is none yet, or what cannot be read is none; the new one has to be above it for nobody
        }

        IReadOnlyList<string> admins = group.Editors;
        string body = ToolJson.Object(
            ("v", version + 1), ("by", fleet.Operator), ("nm", group.Name), ("m", group.Members), ("a", admins));
        await talk.PublishAsync(topic, body, 1, true, stop);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Pause * 5);
        try
        {
            return await talk.HearAsync(patience.Token) is not null;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw NoRoster(topic);
        }
    }, stop);

    private FleetException NoRoster(string topic) => new(
        $"the broker does not let {fleet.Operator} write {topic}: give it `pattern readwrite ec1/r/+`, or take the groups out of "
            + $"{fleet.Path}");

    private async Task FollowAsync(BrokerTalk talk, string id, CancellationToken stop)
    {
        if (await talk.SubscribeAsync(Topics.Presence(id), 1, stop)) return;
        throw new FleetException(
            $"the broker does not let {fleet.Operator} read {Topics.Presence(id)}: give it `pattern read ec1/p/+`");
    }

    // 0 for what is no presence, and for a counter at its end, which nobody believes
    private static int IncarnationOf(byte[] body, out bool isOn)
    {
        isOn = false;
        try
        {
            using JsonDocument presence = ProtocolJson.Parse(body);
            isOn = presence.RootElement.GetProperty("s").GetString() == PresenceWords.On;
            long incarnation = presence.RootElement.TryGetProperty("e", out JsonElement e) ? e.Integer() : 1;
            return incarnation is > 0 and < Body.MaxIncarnation ? (int)incarnation : 0;
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return 0;
        }
    }

    // A receipt of this stream that has all up to the last number and no hole among them.
    private static bool HasAll(byte[] body, int last)
    {
        try
        {
            using JsonDocument receipt = ProtocolJson.Parse(body);
            JsonElement root = receipt.RootElement;
            return root.GetProperty("y").GetString() == "r" && !root.TryGetProperty("g", out _)
                && root.GetProperty("d").Integer() >= last && !root.TryGetProperty("h", out _);
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }

    private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeSeconds();
}
