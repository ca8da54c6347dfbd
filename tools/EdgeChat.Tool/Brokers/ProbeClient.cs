using System.Buffers;
using EdgeChat.Tool.Fleets;
using MQTTnet;
using MQTTnet.Exceptions;
using MQTTnet.Protocol;

namespace EdgeChat.Tool.Brokers;

/// <summary>A client that tries something, and remembers all that it was given.</summary>
internal sealed class ProbeClient : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly List<HeardMessage> _heard = [];
    private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _isOver;

    private ProbeClient()
    {
        _client.ApplicationMessageReceivedAsync += e =>
        {
            Note(() => _heard.Add(new HeardMessage(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray())));
            return Task.CompletedTask;
        };
        _client.DisconnectedAsync += _ =>
        {
            Note(() => _isOver = true);
            return Task.CompletedTask;
        };
    }

    /// <summary>Whether the connection is there.</summary>
    public bool IsOpen => _client.IsConnected && !_isOver;

    /// <summary>All that came.</summary>
    public IReadOnlyList<HeardMessage> Heard
    {
        get { lock (_heard) return [.. _heard]; }
    }

    /// <summary>Connects; null when the broker refuses, by an answer or by ending the connection.</summary>
    public static async Task<ProbeClient?> OpenAsync(MqttClientOptions options, CancellationToken stop)
    {
        var client = new ProbeClient();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            MqttClientConnectResult answer = await client._client.ConnectAsync(options, patience.Token);
            if (answer.ResultCode == MqttClientConnectResultCode.Success) return client;
        }
        catch (Exception e) when (e is MqttCommunicationException or OperationCanceledException)
        {
            stop.ThrowIfCancellationRequested();
        }

        await client.DisposeAsync();
        return null;
    }

    /// <summary>Subscribes with QoS 1; what the broker answers says nothing.</summary>
    public async Task SubscribeAsync(CancellationToken stop, params string[] filters)
    {
        var options = new MqttClientSubscribeOptionsBuilder();
        foreach (string filter in filters) options.WithTopicFilter(filter, MqttQualityOfServiceLevel.AtLeastOnce);
        await TryAsync(t => _client.SubscribeAsync(options.Build(), t), stop);
    }

    /// <summary>Publishes with QoS 1; what the broker answers says nothing.</summary>
    public Task PublishAsync(string topic, byte[] body, bool isRetained, CancellationToken stop) => TryAsync(t => _client.PublishAsync(
        new MqttApplicationMessageBuilder().WithTopic(topic).WithPayload(body).WithRetainFlag(isRetained)
            .WithQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).Build(), t), stop);

    /// <summary>Waits until a message has come; false when it has not in time, or the connection is over without it.</summary>
    public async Task<bool> HearsAsync(Func<HeardMessage, bool> fits, TimeSpan time, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(time);
        while (true)
        {
            Task news;
            lock (_heard)
            {
                if (_heard.Any(fits)) return true;
                if (_isOver) return false;
                news = _news.Task;
            }

            try
            {
                await news.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                return false;
            }
        }
    }

    /// <summary>Ends the connection without a goodbye, so that the broker publishes the will.</summary>
    public void Break()
    {
        Note(() => _isOver = true); // a client that was disposed of still says that it is connected
        _client.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (IsOpen) await _client.DisconnectAsync();
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttClientNotConnectedException or OperationCanceledException
            or ObjectDisposedException)
        {
            // it is gone, which is what was wanted
        }

        _client.Dispose();
    }

    private async Task TryAsync(Func<CancellationToken, Task> act, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            await act(patience.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or MqttCommunicationTimedOutException)
        {
            // RabbitMQ goes on with the connection and answers nothing on it any more
            stop.ThrowIfCancellationRequested();
            Break();
        }
        catch (Exception e) when (e is MqttCommunicationException or MqttClientNotConnectedException)
        {
            // the broker has ended the connection: what comes of it counts
            stop.ThrowIfCancellationRequested();
        }
    }

    private void Note(Action change)
    {
        TaskCompletionSource news;
        lock (_heard)
        {
            change();
            news = _news;
            _news = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        news.TrySetResult();
    }
}
