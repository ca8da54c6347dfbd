using System.Buffers;
using System.Collections.Concurrent;
using EdgeChat.Core;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeChat.Tool.Broker;

/// <summary>What a broker keeps of devices.</summary>
/// <param name="IsOn">Whether the one that was asked for is on.</param>
/// <param name="Devices">Others that it knows, in no order.</param>
public sealed record BrokerLook(bool IsOn, IReadOnlyCollection<string> Devices)
{
    /// <summary>Nothing was found.</summary>
    public static BrokerLook Nothing { get; } = new(false, []);
}

/// <summary>Looks whether a device is on, before somebody takes its id.</summary>
public static class DevicePresence
{
    // what a broker retains comes right behind SUBACK; when nothing comes in this time, nothing is retained
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(100);
    private const int MostDevices = 1000; // more than anybody completes

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Looks whether the broker says that <paramref name="device"/> is on, and which others it knows when
    /// <paramref name="wantsAll"/>. Nothing is found when it says nothing, or lets nobody ask.</summary>
    public static async Task<BrokerLook> LookAsync(BrokerLogin login, string device, bool wantsAll, CancellationToken stop)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var said = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        var others = new ConcurrentDictionary<string, bool>();
        client.ApplicationMessageReceivedAsync += e =>
        {
            string id = e.ApplicationMessage.Topic[Topics.Presence("").Length..];
            if (id == device) said.TrySetResult(IsOn(e.ApplicationMessage.Payload.ToArray()));
            else if (!e.ApplicationMessage.Payload.IsEmpty && Topics.IsDeviceId(id) && others.Count < MostDevices) others[id] = true;
            return Task.CompletedTask;
        };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            // at most 23 characters, which each broker must take: OASIS MQTT 3.1.1, section 3.1.3.1
            await client.ConnectAsync(login.Passing("edgechat-" + Random.Shared.Next().ToString("x8")), patience.Token);
            if (!client.IsConnected)
                return BrokerLook.Nothing;
            await client.SubscribeAsync(Topics.Presence(device), MqttQualityOfServiceLevel.AtLeastOnce, patience.Token);
            await Task.WhenAny(said.Task, PassAsync(client, patience.Token));
            if (wantsAll) // later, because a broker may end the connection of who may not have all
            {
                await client.SubscribeAsync(Topics.Presence("+"), MqttQualityOfServiceLevel.AtMostOnce, patience.Token);
                await PassAsync(client, patience.Token);
            }

            await client.DisconnectAsync(cancellationToken: patience.Token);
        }
        catch (Exception e) when (
            e is MQTTnet.Exceptions.MqttCommunicationException or OperationCanceledException or InvalidOperationException)
        {
            // whoever connects next finds out why
            stop.ThrowIfCancellationRequested();
        }

        return new BrokerLook(said.Task.IsCompletedSuccessfully && await said.Task, [.. others.Keys]);
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
