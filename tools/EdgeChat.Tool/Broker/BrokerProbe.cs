using EdgeChat.Tool.Commands;
using MQTTnet;

namespace EdgeChat.Tool.Broker;

/// <summary>Asks a broker with a real CONNECT whether boards may come, before any board tries.</summary>
public static class BrokerProbe
{
    /// <summary>How long a broker may take to answer.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Connects as a board does, but as <paramref name="clientId"/> with a clean session of its own, and leaves again.
    /// Throws <see cref="ToolException"/> that says why that board would not get in.</summary>
    public static async Task CheckAsync(BrokerLogin broker, string clientId, CancellationToken stop)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var options = broker.Passing(clientId);
        // The client looks at a time-out of its own only when it is given no token.
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        MqttClientConnectResult answer;
        try
        {
            answer = await client.ConnectAsync(options, patience.Token);
        }
        catch (Exception e)
        {
            stop.ThrowIfCancellationRequested();
            throw new ToolException(ExitCode.Broker, Explain(broker, e, patience.IsCancellationRequested), e);
        }

        if (BrokerWords.ForNotReady(answer.ResultCode, broker) is { } words) throw new ToolException(ExitCode.Broker, words);
        if (answer.ResultCode != MqttClientConnectResultCode.Success)
        {
            var cure = broker switch
            {
                { HasCertificate: true } => $"{broker.Who} is no user there: {broker.CertificateCure}",
                { User: null } => "the demo's boards have no password, so let anonymous clients in (Mosquitto: `allow_anonymous true`)",
                { Password: null } =>
                    $"a user name without a password is sent, '{broker.User}' as a board's edgechat.json says: add \"password\" to it",
                _ => $"correct \"user\" and \"password\" of '{broker.User}' in that board's edgechat.json",
            };
            throw new ToolException(
                ExitCode.Broker,
                $"the broker at {broker} refuses ({answer.ResultCode}): {cure}, or leave --broker out to use the built-in broker");
        }

        await client.DisconnectAsync(cancellationToken: stop);
    }

    private static string Explain(BrokerLogin broker, Exception e, bool tookTooLong)
    {
        if (tookTooLong)
            return $"something listens at {broker} but did not answer an MQTT CONNECT within {Patience.TotalSeconds:0} s: "
                + "is that port a broker's, without TLS?";
        return BrokerWords.For(e, broker, "start it, correct --broker, or leave --broker out to use the built-in one");
    }
}
