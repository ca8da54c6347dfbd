using System.Text.Json;
using EdgeChat.Bundle;
using EdgeChat.Fleet;

namespace EdgeChat.Tool.Fleets;

/// <summary>Passwords through Mosquitto's dynamic-security plugin: commands on a topic that its administrator may write.</summary>
internal sealed class DynamicSecurity(FleetFile fleet, string adminPassword) : ICredentials
{
    private const string Commands = "$CONTROL/dynamic-security/v1";
    private const string Answers = "$CONTROL/dynamic-security/v1/response";

    /// <inheritdoc/>
    public bool HasPasswords => true;

    /// <inheritdoc/>
    public async Task SetAsync(string user, string password, CancellationToken stop)
    {
        object role = new { rolename = fleet.Broker.Role, priority = 0 };
        string? error = await AskAsync(new { command = "createClient", username = user, password, roles = new[] { role } }, stop);
        if (error is null) return;
        // it is there: it gets the password and the role, whichever it lacks
        error = await AskAsync(new { command = "setClientPassword", username = user, password }, stop);
        if (error is not null) throw Wrong(user, error);
        error = await AskAsync(new { command = "addClientRole", username = user, rolename = fleet.Broker.Role }, stop);
        if (error is not null && !error.Contains("already", StringComparison.OrdinalIgnoreCase)
            && !error.Contains("Internal error", StringComparison.Ordinal)) // 2.0 says so when the client has the role
            throw Wrong(user, error);
    }

    /// <inheritdoc/>
    public async Task RemoveAsync(string user, CancellationToken stop)
    {
        string? error = await AskAsync(new { command = "deleteClient", username = user }, stop);
        if (error is not null && !error.Contains("not found", StringComparison.OrdinalIgnoreCase)) throw Wrong(user, error);
    }

    private async Task<string?> AskAsync(object command, CancellationToken stop)
    {
        string why = "";
        try
        {
            while (true)
            {
                await using BrokerTalk talk = await BrokerTalk.OpenAsync(
                    FleetLogin.Of(fleet, fleet.Broker.Admin!, adminPassword), w => why = w, stop);
                why = "";
                string correlation = FleetLogin.PassingId();
                if (!await talk.SubscribeAsync(Answers, 1, stop))
                    throw new FleetException(
                        $"the broker has no dynamic-security plugin for {fleet.Broker.Admin}: load it, or correct \"admin\"");
                JsonElement body = JsonSerializer.SerializeToElement(command);
                var named = body.EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value);
                named["correlationData"] = correlation;
                await talk.PublishAsync(Commands, ToolJson.Object(("commands", new[] { named })), 1, false, stop);
                while (await talk.HearAsync(stop) is { } heard)
                    if (Answer(heard.Body, correlation, out string? error)) return error;
            }
        }
        catch (OperationCanceledException) when (why.Length > 0)
        {
            throw new FleetException($"{why}, or correct the plugin's administrator and its password");
        }
    }

    private static bool Answer(byte[] body, string correlation, out string? error)
    {
        using JsonDocument json = JsonDocument.Parse(body);
        error = null;
        foreach (JsonElement answer in json.RootElement.GetProperty("responses").EnumerateArray())
        {
            if (!answer.TryGetProperty("correlationData", out JsonElement data) || data.GetString() != correlation) continue;
            error = answer.TryGetProperty("error", out JsonElement text) ? text.GetString() : null;
            return true;
        }

        return false;
    }

    private static FleetException Wrong(string user, string error) =>
        new($"the dynamic-security plugin does not take {user}: {error}; is there the role that the fleet file names?");
}
