using System.Buffers;
using System.Collections;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Fleet;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeChat.Tool.Broker;

/// <summary>Who may come to the broker inside this process, and what they may do there: a fleet's <see cref="TopicRights"/>, and with the
/// groups that devices make <see cref="MadeGroups"/>.</summary>
/// <param name="rights">The rights.</param>
/// <param name="admitsGuests">Whether who has no name and password, or the certificate of <see cref="Guest"/>, may come, under a client id
/// that is nobody's of the fleet; then with the rights of a device of that id.</param>
/// <param name="hasCertificates">Whether who comes is who the certificate says, whatever name and password stand beside it.</param>
public sealed class BrokerAccess(TopicRights rights, bool admitsGuests = false, bool hasCertificates = false)
{
    /// <summary>In whose name the certificate is with which guests come.</summary>
    public const string Guest = "guest";

    private const string Whose = "edgechat"; // whose rights a connection has, for as long as it lasts

    private readonly MadeGroups _made = new(rights);
    private readonly ConcurrentDictionary<string, string> _owners = new(StringComparer.Ordinal); // of sessions
    private readonly Dictionary<string, (byte[] Password, string Id)> _users = new(StringComparer.Ordinal);

    /// <summary>Lets a user in with a password, as a device of the fleet.</summary>
    public void Add(string user, string password, string id) => _users[user] = (Encoding.UTF8.GetBytes(password), id);

    /// <summary>Has a server ask here.</summary>
    internal void Guard(MqttServer server)
    {
        server.ValidatingConnectionAsync += e =>
        {
            string? id = hasCertificates ? IdOf(e.ClientCertificate, e.ClientId) : IdOf(e.UserName, e.RawPassword, e.ClientId);
            if (id is null) e.ReasonCode = MqttConnectReasonCode.NotAuthorized;
            else e.SessionItems[Whose] = (Id: _owners[e.ClientId] = id, Rights: rights.For(id));
            return Task.CompletedTask;
        };
        server.InterceptingPublishAsync += e =>
        {
            if (MayWrite(e.SessionItems, e.ApplicationMessage)) return Task.CompletedTask;
            e.ProcessPublish = false;
            e.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            return Task.CompletedTask;
        };
        server.InterceptingSubscriptionAsync += e =>
        {
            if (MayRead(e.SessionItems, e.TopicFilter.Topic)) return Task.CompletedTask;
            e.ProcessSubscription = false;
            e.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            return Task.CompletedTask;
        };
        server.InterceptingClientEnqueueAsync += e =>
        {
            if (_made.Decides(e.ApplicationMessage.Topic))
                e.AcceptEnqueue = _made.GivesTo(
                    _owners[e.ReceiverClientId], e.ApplicationMessage.Topic, e.ApplicationMessage.Payload.ToArray());
            return Task.CompletedTask;
        };
    }

    private bool MayWrite(IDictionary items, MqttApplicationMessage message) =>
        message.Payload.Length <= BrokerLimits.MessageBytes && (!message.Retain || IsKept(message.Topic))
        && items[Whose] is (string id, UserRights own)
        && (own.MayWrite(message.Topic) || _made.TakesFrom(id, message.Topic, message.Payload.ToArray()));

    private bool MayRead(IDictionary items, string filter) =>
        items[Whose] is (string id, UserRights own) && (own.MayRead(filter) || _made.MayAskFor(id, filter));

    // docs/protocol.md, section 2: nothing else is retained, so nobody fills this process with what no device asks for
    private static bool IsKept(string topic)
    {
        var name = new TopicName();
        return Topics.TryParse(topic, name) && name.Kind is TopicKind.Presence or TopicKind.Profile or TopicKind.Roster;
    }

    // Whose rights somebody has; null for nobody's.
    private string? IdOf(string? user, byte[]? password, string clientId)
    {
        if (string.IsNullOrEmpty(user)) return GuestOf(clientId);
        return _users.TryGetValue(user, out var known) && CryptographicOperations.FixedTimeEquals(known.Password, password ?? [])
            ? Own(known.Id, clientId) : null;
    }

    // the handshake has seen that it is one of ours
    private string? IdOf(X509Certificate2? certificate, string clientId)
    {
        string? name = certificate?.GetNameInfo(X509NameType.SimpleName, false);
        if (name is null) return null;
        return rights.Users.Contains(name) ? Own(name, clientId) : name == Guest ? GuestOf(clientId) : null;
    }

    // a client id is a session, so nobody comes under that of another
    private string? Own(string id, string clientId) => clientId == id || !rights.Users.Contains(clientId) ? id : null;

    private string? GuestOf(string clientId) =>
        admitsGuests && !rights.Users.Contains(clientId) && clientId.AsSpan().IndexOfAny('/', '+', '#') < 0 ? clientId : null;
}
