using System.Buffers;
using EdgeChat.Core;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeChat.Tool.Broker;

/// <summary>Looks whether a device is on, before somebody takes its id.</summary>
public static class DevicePresence
{
    // what a broker retains comes right behind SUBACK; when nothing comes in this time, nothing is retained
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Whether the broker says that <paramref name="device"/> is on. False when it says nothing, or lets nobody ask.</summary>
    public static async Task<bool> IsOnAsync(BrokerLogin login, string device, CancellationToken stop)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var said = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        client.ApplicationMessageReceivedAsync += e =>
        {
            said.TrySetResult(IsOn(e.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            // at most 23 characters, which each broker must take: OASIS MQTT 3.1.1, section 3.1.3.1
            await client.ConnectAsync(login.Passing("edgechat-" + Random.Shared.Next().ToString("x8")), patience.Token);
            if (!client.IsConnected)
                return false;
            await client.SubscribeAsync(Topics.Presence(device), MqttQualityOfServiceLevel.AtLeastOnce, patience.Token);
            await Task.WhenAny(said.Task, PassAsync(client, patience.Token));
            await client.DisconnectAsync(cancellationToken: patience.Token);
        }
        catch (Exception e) when (
            e is MQTTnet.Exceptions.MqttCommunicationException or OperationCanceledException or InvalidOperationException)
        {
            // whoever connects next finds out why
            stop.ThrowIfCancellationRequested();
        }

        return said.Task.IsCompletedSuccessfully && await said.Task;
    }

    // What a broker keeps it gives before it answers what comes after the SUBSCRIBE. Some have a queue for messages and one for the rest,
    // and take one of each in turn; so it is asked twice, and given a moment.
    private static async Task PassAsync(IMqttClient client, CancellationToken stop)
    {
        await client.PingAsync(stop);
        await client.PingAsync(stop);
        await Task.Delay(Quiet, stop);
    }

    /// <summary>Whether a presence says "on".</summary>
    public static bool IsOn(byte[] presence)
    {
        var body = new Body();
        return BodyReader.ReadPresence(presence, presence.Length, body) == BodyError.None && body.State == PresenceWords.On;
    }
}
