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

    // for what has just ended without a goodbye the broker speaks a moment later
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    /// <summary>Looks whether the broker says that <paramref name="device"/> is on, and which others it knows when
    /// <paramref name="wantsAll"/>. Nothing is found when it says nothing, or lets nobody ask.</summary>
    public static async Task<BrokerLook> LookAsync(BrokerLogin login, string device, bool wantsAll, CancellationToken stop)
    {
        using var client = new MqttClientFactory().CreateMqttClient();
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isOn = false;
        var others = new ConcurrentDictionary<string, bool>();
        client.ApplicationMessageReceivedAsync += e =>
        {
            string topic = e.ApplicationMessage.Topic;
            if (topic == Topics.Presence(device))
            {
                Volatile.Write(ref isOn, IsOn(e.ApplicationMessage.Payload.ToArray()));
                if (!Volatile.Read(ref isOn)) gone.TrySetResult();
                said.TrySetResult();
                return Task.CompletedTask;
            }

            string id = topic.StartsWith(Topics.Presence(""), StringComparison.Ordinal) ? topic[Topics.Presence("").Length..] : "";
            if (!e.ApplicationMessage.Payload.IsEmpty && Topics.IsDeviceId(id) && others.Count < MostDevices) others[id] = true;
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
            if (Volatile.Read(ref isOn)) await Task.WhenAny(gone.Task, Task.Delay(Farewell, patience.Token));
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

        return new BrokerLook(Volatile.Read(ref isOn), [.. others.Keys]);
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
