using System.Buffers;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeChat.Tool.Broker;

/// <summary>Follows some retained topics of a broker that is not ours, and comes back when the connection breaks.</summary>
public sealed class BrokerWatch : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly IMqttClient _client = new MqttClientFactory().CreateMqttClient();
    private readonly MqttClientOptions _options;
    private readonly string[] _filters;
    private Task _loop = Task.CompletedTask;

    /// <summary>Makes a watch on <paramref name="filters"/>; <see cref="Start"/> begins.</summary>
    public BrokerWatch(BrokerLogin broker, string clientId, params string[] filters)
    {
        _filters = filters;
        _options = broker.Passing(clientId);
    }

    /// <summary>A message came (topic, body); raised on the client's thread.</summary>
    public event Action<string, byte[]>? Message;

    /// <summary>Whoever was told of a message threw this. The watch goes on.</summary>
    public event Action<Exception>? Failed;

    /// <summary>Connects, and keeps connecting until disposed.</summary>
    public void Start()
    {
        _client.ApplicationMessageReceivedAsync += e =>
        {
            try
            {
                Message?.Invoke(e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
            }
            catch (Exception failure)
            {
                // out of here it would keep back the PUBACK, and after 20 of them a broker sends nothing any more
                Failed?.Invoke(failure);
            }

            return Task.CompletedTask;
        };
        _loop = Task.Run(StayConnectedAsync);
    }

    /// <summary>Disconnects.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _loop;
        _client.Dispose();
        _stop.Dispose();
    }

    private async Task StayConnectedAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task OnGone(MqttClientDisconnectedEventArgs e)
            {
                gone.TrySetResult();
                return Task.CompletedTask;
            }

            _client.DisconnectedAsync += OnGone;
            try
            {
                await _client.ConnectAsync(_options, _stop.Token);
                foreach (var filter in _filters)
                    await _client.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, _stop.Token);
                await gone.Task.WaitAsync(_stop.Token);
            }
            catch (Exception)
            {
                // The broker is away, or this watch is to end. The boards show the first; the watch only has to be back when they are.
            }
            finally
            {
                _client.DisconnectedAsync -= OnGone;
            }

            await Task.Delay(Pause, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        if (_client.IsConnected)
            await _client.DisconnectAsync();
    }
}
