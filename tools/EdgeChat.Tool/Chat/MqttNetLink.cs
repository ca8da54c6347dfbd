using EdgeChat.Core;
using EdgeChat.Tool.Broker;
using MQTTnet;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace EdgeChat.Tool.Chat;

/// <summary>The core's link on MQTTnet: does each <see cref="LinkAction"/> in turn and reports what came of it.</summary>
/// <remarks>
/// <para>Publishes do not wait for each other's PUBACK; they go out in the order in which they came.</para>
/// <para>A message is confirmed to the broker once <paramref name="report"/> has returned for it, so what was not stored comes
/// again.</para>
/// </remarks>
public sealed class MqttNetLink(BrokerLogin broker, Identity me, Func<LinkEvent, Task> report) : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private IMqttClient? _client;

    /// <summary>Does one action, of a publish only the sending; what came of it is reported, and nothing is thrown.</summary>
    public async Task DoAsync(LinkAction action)
    {
        switch (action.Kind)
        {
            case LinkActionKind.Connect:
                await ConnectAsync(action);
                break;
            case LinkActionKind.Publish:
                // MQTTnet lets publishes out one after another, first come first served, before it waits for any PUBACK
                _ = PublishAsync(action);
                break;
            case LinkActionKind.Subscribe:
                await SubscribeAsync(action);
                break;
            case LinkActionKind.Unsubscribe:
                await TryAsync(client => client.UnsubscribeAsync(new MqttClientUnsubscribeOptions { TopicFilters = [.. action.Topics] }));
                break;
            case LinkActionKind.Disconnect:
                await TryAsync(client => client.DisconnectAsync());
                await CloseAsync();
                break;
            case LinkActionKind.Abort:
                await CloseAsync();
                await report(new LinkEvent { Kind = LinkEventKind.Closed, Ticket = action.Ticket });
                break;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => new(CloseAsync());

    private async Task ConnectAsync(LinkAction action)
    {
        await CloseAsync();
        IMqttClient client = new MqttClientFactory().CreateMqttClient();
        _client = client;
        client.ApplicationMessageReceivedAsync += OnReceivedAsync;
        client.DisconnectedAsync += e => e.ClientWasConnected && ReferenceEquals(_client, client)
            ? report(new LinkEvent { Kind = LinkEventKind.Closed, Ticket = action.Ticket, Reason = e.ReasonString ?? e.Exception?.Message })
            : Task.CompletedTask;
        try
        {
            MqttClientConnectResult result = await client.ConnectAsync(Options(action));
            int code = result.ResultCode switch
            {
                MqttClientConnectResultCode.Success => 0,
                MqttClientConnectResultCode.UnsupportedProtocolVersion => 1,
                MqttClientConnectResultCode.ClientIdentifierNotValid => 2,
                MqttClientConnectResultCode.ServerUnavailable => 3,
                MqttClientConnectResultCode.BadUserNameOrPassword => 4,
                _ => 5,
            };
            await report(code == 0
                ? new LinkEvent { Kind = LinkEventKind.Connected, Ticket = action.Ticket, Flag = result.IsSessionPresent }
                : new LinkEvent { Kind = LinkEventKind.Refused, Ticket = action.Ticket, Code = code });
        }
        catch (Exception e)
        {
            await report(new LinkEvent
            {
                Kind = LinkEventKind.ConnectFailed,
                Ticket = action.Ticket,
                Reason = BrokerWords.For(e, broker),
            });
        }
    }

    // MQTTnet sends PINGREQ when nothing was sent for a keep-alive, and waits Patience for the answer: less than one and a half of it
    // together
    private MqttClientOptions Options(LinkAction action) => broker.Begin(me.DeviceId)
        .WithCleanSession(false)
        .WithKeepAlivePeriod(TimeSpan.FromSeconds(me.KeepAliveSeconds))
        .WithTimeout(Patience)
        .WithWillTopic(action.Topic)
        .WithWillPayload(action.Body)
        .WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce)
        .WithWillRetain()
        .Build();

    private async Task PublishAsync(LinkAction action)
    {
        bool isConfirmed = false;
        IMqttClient? used = _client;
        await TryAsync(async client =>
        {
            MqttApplicationMessage message = new MqttApplicationMessageBuilder()
                .WithTopic(action.Topic).WithPayload(action.Body).WithRetainFlag(action.Retain)
                .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build();
            using var patience = new CancellationTokenSource(Patience);
            isConfirmed = (await client.PublishAsync(message, patience.Token)).IsSuccess;
        });
        // when the connection has gone meanwhile, its end says that the publish is unknown, and that it may be the cause
        if (!isConfirmed && !(ReferenceEquals(_client, used) && used is { IsConnected: true })) return;
        try
        {
            await report(new LinkEvent { Kind = LinkEventKind.Published, Ticket = action.Ticket, Flag = isConfirmed });
        }
        catch (OperationCanceledException)
        {
            // there is nobody left to report to
        }
    }

    private async Task SubscribeAsync(LinkAction action)
    {
        await TryAsync(async client =>
        {
            var options = new MqttClientSubscribeOptions
            {
                TopicFilters = [.. action.Topics.Select(t =>
                    new MqttTopicFilter { Topic = t, QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce })],
            };
            MqttClientSubscribeResult result = await client.SubscribeAsync(options);
            byte[] granted = [.. result.Items.Select(i => i.ResultCode <= MqttClientSubscribeResultCode.GrantedQoS2 ? (byte)i.ResultCode
                : (byte)128)];
            await report(new LinkEvent { Kind = LinkEventKind.Subscribed, Ticket = action.Ticket, Granted = granted });
        });
    }

    private Task OnReceivedAsync(MqttApplicationMessageReceivedEventArgs e)
    {
        MqttApplicationMessage message = e.ApplicationMessage;
        return report(new LinkEvent
        {
            Kind = LinkEventKind.Received,
            Topic = message.Topic,
            Body = System.Buffers.BuffersExtensions.ToArray(message.Payload),
            Flag = message.Retain,
        });
    }

    // A connection that dies meanwhile is reported by its own event; whoever waits for an answer has its time-out.
    private async Task TryAsync(Func<IMqttClient, Task> work)
    {
        try
        {
            if (_client is { IsConnected: true } client) await work(client);
        }
        catch (Exception e) when (e is MQTTnet.Exceptions.MqttCommunicationException or OperationCanceledException
            or ObjectDisposedException or InvalidOperationException)
        {
        }
    }

    private Task CloseAsync()
    {
        IMqttClient? client = _client;
        _client = null;
        client?.Dispose();
        return Task.CompletedTask;
    }
}
