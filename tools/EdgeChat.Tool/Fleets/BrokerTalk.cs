using System.Buffers;
using System.Text;
using System.Threading.Channels;
using EdgeChat.Tool.Broker;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace EdgeChat.Tool.Fleets;

/// <summary>A message that came.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Body">Its body.</param>
internal sealed record HeardMessage(string Topic, byte[] Body);

/// <summary>One connection to a broker that somebody talks over and then leaves.</summary>
internal sealed class BrokerTalk : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1); // what is retained comes right behind SUBACK

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly Channel<HeardMessage> _heard = Channel.CreateUnbounded<HeardMessage>();

    private BrokerTalk()
    {
        _client.ApplicationMessageReceivedAsync += e =>
        {
            _heard.Writer.TryWrite(new HeardMessage(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray()));
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += _ =>
        {
            _heard.Writer.TryComplete();
            return Task.CompletedTask;
        };
    }

    /// <summary>Connects, and tries again while the broker is away or does not know the password yet, until <paramref
    /// name="stop"/>.</summary>
    /// <param name="login">Who.</param>
    /// <param name="why">Told what keeps it, and what to do, for whoever gives up.</param>
    /// <param name="stop">Ends it.</param>
    public static async Task<BrokerTalk> OpenAsync(BrokerLogin login, Action<string> why, CancellationToken stop)
    {
        while (true)
        {
            var talk = new BrokerTalk();
            try
            {
                MqttClientConnectResult answer = await talk._client.ConnectAsync(login.Passing(FleetLogin.PassingId()), stop);
                if (answer.ResultCode == MqttClientConnectResultCode.Success) return talk;
                why(BrokerWords.ForNotReady(answer.ResultCode, login)
                    ?? $"the broker at {login} refuses {login.Who} ({answer.ResultCode}): have it read its "
                        + $"{(login.HasCertificate ? "users" : "passwords")} again");
            }
            catch (MqttCommunicationException e)
            {
                stop.ThrowIfCancellationRequested(); // one that was given up in the middle says nothing of the broker
                why(BrokerWords.For(e, login, "start it, open its port, or correct host and port"));
            }

            await talk.DisposeAsync();
            await Task.Delay(Pause, stop);
        }
    }

    /// <summary>Subscribes; false when the broker refuses, or ends the connection for it.</summary>
    public async Task<bool> SubscribeAsync(string filter, int qos, CancellationToken stop)
    {
        try
        {
            MqttClientSubscribeResult result = await _client.SubscribeAsync(filter, (MqttQualityOfServiceLevel)qos, stop);
            return result.Items.All(i => (int)i.ResultCode <= 2);
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttClientNotConnectedException)
        {
            return false;
        }
    }

    /// <summary>Publishes; a broker that ends the connection for it is seen by <see cref="HearAsync"/>.</summary>
    public Task PublishAsync(string topic, string body, int qos, bool isRetained, CancellationToken stop) =>
        PublishAsync(topic, Encoding.UTF8.GetBytes(body), qos, isRetained, stop);

    /// <summary>Publishes bytes.</summary>
    public async Task PublishAsync(string topic, byte[] body, int qos, bool isRetained, CancellationToken stop)
    {
        try
        {
            await _client.PublishAsync(
                new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body)
                    .WithQualityOfServiceLevel((MqttQualityOfServiceLevel)qos).WithRetainFlag(isRetained).Build(),
                stop);
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttClientNotConnectedException)
        {
            _heard.Writer.TryComplete();
        }
    }

    /// <summary>The next message; null when the broker has ended the connection.</summary>
    public async Task<HeardMessage?> HearAsync(CancellationToken stop) =>
        await _heard.Reader.WaitToReadAsync(stop) && _heard.Reader.TryRead(out HeardMessage? message) ? message : null;

    /// <summary>What the broker retains of a topic that has just been subscribed to, as the only one; empty when it retains nothing, and
    /// null when it has ended the connection.</summary>
    public async Task<byte[]?> RetainedAsync(CancellationToken stop)
    {
        using var quiet = CancellationTokenSource.CreateLinkedTokenSource(stop);
        quiet.CancelAfter(Quiet);
        try
        {
            return (await HearAsync(quiet.Token))?.Body;
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return [];
        }
    }

    /// <summary>Leaves.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_client.IsConnected) await _client.DisconnectAsync();
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttClientNotConnectedException or OperationCanceledException)
        {
            // it is gone, which is what was wanted
        }

        _client.Dispose();
    }
}
