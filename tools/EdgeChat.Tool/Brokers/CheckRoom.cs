using System.Text;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Fleets;
using MQTTnet;

namespace EdgeChat.Tool.Brokers;

/// <summary>The broker that is checked, with the connections of those who try and those who watch. Each says with what was seen whether
/// something went through; a broker may refuse by an answer, by silence or by ending the connection.</summary>
/// <remarks>After what is tried a marker goes the same way, which is allowed. When that is there, what came before it counts, and what
/// comes in a short while after it, since brokers need not keep the order between topics.</remarks>
/// <param name="address">Where the broker is.</param>
/// <param name="tls">TLS, or null for a connection in the clear.</param>
/// <param name="passwordOf">The password of each of <see cref="CheckUsers"/>.</param>
/// <param name="certifiedOf">Where they come with certificates, TLS for each, and for those that the broker must refuse; else
/// null.</param>
internal sealed class CheckRoom(BrokerAddress address, MqttClientTlsOptions? tls, Func<string, string?> passwordOf,
    Func<string, MqttClientTlsOptions>? certifiedOf = null) : IAsyncDisposable
{
    private const int Tries = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(200);

    private readonly Dictionary<string, ProbeClient> _clients = [];
    private int _last;

    /// <summary>Where the broker is.</summary>
    public BrokerAddress Address => address;

    /// <summary>The options of a client, to be changed.</summary>
    public MqttClientOptionsBuilder Begin(string clientId, string? user, string? password) =>
        new BrokerLogin(address, user, password, tls).Begin(clientId);

    /// <summary>Whether clients come with certificates.</summary>
    public bool HasCertificates => certifiedOf is not null;

    /// <summary>The options of one of <see cref="CheckUsers"/>, as a device comes.</summary>
    public MqttClientOptionsBuilder Begin(string user) => HasCertificates
        ? Certified(user, user) : Begin(user, user, passwordOf(user)).WithCleanSession();

    /// <summary>The options of a client with a certificate, and with a user name that it has not asked for.</summary>
    /// <param name="clientId">The client id.</param>
    /// <param name="certificate">Whose certificate.</param>
    /// <param name="user">The user name, or null for none.</param>
    public MqttClientOptionsBuilder Certified(string clientId, string certificate, string? user = null) =>
        new BrokerLogin(address, user, user is null ? null : "any", certifiedOf!(certificate)).Begin(clientId).WithCleanSession();

    /// <summary>A body that is found again, and that no board takes for a message.</summary>
    public byte[] NewBody(int length = 0) =>
        Encoding.UTF8.GetBytes($"{{\"check\":\"{Environment.ProcessId}-{Interlocked.Increment(ref _last)}\"}}".PadRight(length));

    /// <summary>Whether what <paramref name="writer"/> publishes comes to <paramref name="reader"/>, who may read it.</summary>
    public async Task<bool> ComesAsync(string writer, string topic, string reader, CancellationToken stop, int length = 0,
        bool isRetained = false)
    {
        byte[] body = NewBody(length);
        ProbeClient watching = await ListeningAsync(reader, topic, stop);
        await (await AsAsync(writer, stop)).PublishAsync(topic, body, isRetained, stop);
        bool isThere = await IsHeardAsync(watching, writer, reader, m => m.Body.AsSpan().SequenceEqual(body), stop);
        if (isThere && isRetained) await (await AsAsync(writer, stop)).PublishAsync(topic, [], true, stop);
        return isThere;
    }

    /// <summary>Whether <paramref name="reader"/> gets with a filter what <paramref name="writer"/> publishes to a topic; with no topic,
    /// whether it gets anything that begins with <paramref name="start"/>.</summary>
    public async Task<bool> ReadsAsync(string reader, string filter, string writer, string? topic, CancellationToken stop,
        string start = "")
    {
        // on a connection of its own: what an earlier try has left must not count for this one
        await LeaveAsync(reader);
        ProbeClient reading = await AsAsync(reader, stop);
        await reading.SubscribeAsync(stop, Topics.InboxFilter(reader));
        await reading.SubscribeAsync(stop, filter);
        if (!reading.IsOpen) return false;
        byte[] body = NewBody();
        if (topic is not null) await (await AsAsync(writer, stop)).PublishAsync(topic, body, false, stop);
        bool isThere = await IsHeardAsync(reading, writer, reader, m => topic is null
            ? m.Topic.StartsWith(start, StringComparison.Ordinal) : m.Body.AsSpan().SequenceEqual(body), stop);
        await LeaveAsync(reader);
        return isThere;
    }

    /// <summary>Whether the will of <paramref name="user"/> comes to <paramref name="reader"/>, who may read it, when the connection
    /// breaks.</summary>
    public async Task<bool> WillComesAsync(string user, string topic, string reader, CancellationToken stop)
    {
        byte[] body = NewBody();
        ProbeClient watching = await ListeningAsync(reader, topic, stop);
        await LeaveAsync(user);
        MqttClientOptions options = Begin(user).WithWillTopic(topic).WithWillPayload(body)
            .WithWillQualityOfServiceLevel(MQTTnet.Protocol.MqttQualityOfServiceLevel.AtLeastOnce).Build();
        await using ProbeClient? client = await ProbeClient.OpenAsync(options, stop);
        if (client is null) return false;
        client.Break();
        await Task.Delay(Grace, stop); // a broker learns of it a moment later
        return await IsHeardAsync(watching, user, reader, m => m.Body.AsSpan().SequenceEqual(body), stop);
    }

    /// <summary>Has <see cref="CheckUsers.Member"/> subscribe to its inbox and leave, and a message wait for it: gives how it comes back,
    /// and what waits.</summary>
    public async Task<(MqttClientOptions Back, byte[] Body)> LeaveWaitingAsync(CancellationToken stop)
    {
        byte[] body = NewBody();
        await LeaveAsync(CheckUsers.Member);
        MqttClientOptions options = Begin(CheckUsers.Member).WithCleanSession(false).Build();
        await using (ProbeClient away = await OpenAsync(options, CheckUsers.Member, stop))
            await away.SubscribeAsync(stop, Topics.InboxFilter(CheckUsers.Member));
        await (await AsAsync(CheckUsers.Admin, stop)).PublishAsync(
            Topics.Inbox(CheckUsers.Member, CheckUsers.Admin), body, false, stop);
        return (options, body);
    }

    /// <summary>A connection of one of <see cref="CheckUsers"/>, made when it is not there.</summary>
    public async Task<ProbeClient> AsAsync(string user, CancellationToken stop)
    {
        if (_clients.TryGetValue(user, out ProbeClient? there) && there.IsOpen) return there;
        await LeaveAsync(user);
        return _clients[user] = await OpenAsync(Begin(user).Build(), user, stop);
    }

    /// <summary>Connects as somebody who must be let in.</summary>
    /// <remarks>Again when it fails: RabbitMQ now and then ends one that comes right behind the end of the last with its client
    /// id.</remarks>
    public async Task<ProbeClient> OpenAsync(MqttClientOptions options, string user, CancellationToken stop)
    {
        for (int tries = 1; ; tries++)
        {
            if (await ProbeClient.OpenAsync(options, stop) is { } client) return client;
            if (tries == Tries)
                throw new FleetException($"the broker at {address} does not let {user} in as who it is: "
                    + "was the folder made for this broker, and does it run?");
            await Task.Delay(Grace, stop);
        }
    }

    /// <summary>Ends the connection of a user.</summary>
    public async Task LeaveAsync(string user)
    {
        if (_clients.Remove(user, out ProbeClient? client)) await client.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (string user in _clients.Keys.ToArray()) await LeaveAsync(user);
    }

    private async Task<ProbeClient> ListeningAsync(string reader, string topic, CancellationToken stop)
    {
        ProbeClient client = await AsAsync(reader, stop);
        await client.SubscribeAsync(stop, Topics.InboxFilter(reader));
        await client.SubscribeAsync(stop, topic);
        return client;
    }

    private async Task<bool> IsHeardAsync(ProbeClient reading, string writer, string reader, Func<HeardMessage, bool> fits,
        CancellationToken stop)
    {
        byte[] marker = NewBody();
        await (await AsAsync(writer, stop)).PublishAsync(Topics.Inbox(reader, writer), marker, false, stop);
        bool hasMarker = await reading.HearsAsync(m => fits(m) || m.Body.AsSpan().SequenceEqual(marker), Patience, stop);
        if (!hasMarker && reading.IsOpen) throw new FleetException($"nothing that {writer} writes comes to {reader}");
        return await reading.HearsAsync(fits, Grace, stop);
    }
}
