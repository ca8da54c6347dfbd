using System.Collections;
using System.Security.Cryptography;
using System.Text;
using EdgeChat.Fleet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace EdgeChat.Tool.Broker;

/// <summary>Who may come to the broker inside this process, and what they may do there: a fleet's <see cref="TopicRights"/>.</summary>
/// <param name="rights">The rights.</param>
/// <param name="admitsGuests">Whether who has no name and password may come, under a client id that is nobody's of the fleet; then with
/// the rights of a device of that id.</param>
public sealed class BrokerAccess(TopicRights rights, bool admitsGuests = false)
{
    private const string Rights = "edgechat"; // what a connection may, for as long as it lasts

    private readonly Dictionary<string, (byte[] Password, string Id)> _users = new(StringComparer.Ordinal);

    /// <summary>Lets a user in with a password, as a device of the fleet.</summary>
    public void Add(string user, string password, string id) => _users[user] = (Encoding.UTF8.GetBytes(password), id);

    /// <summary>Has a server ask here.</summary>
    internal void Guard(MqttServer server)
    {
        server.ValidatingConnectionAsync += e =>
        {
            string? id = IdOf(e.UserName, e.RawPassword, e.ClientId);
            if (id is null) e.ReasonCode = MqttConnectReasonCode.NotAuthorized;
            else e.SessionItems[Rights] = rights.For(id);
            return Task.CompletedTask;
        };
        server.InterceptingPublishAsync += e =>
        {
            if (e.ApplicationMessage.Payload.Length <= BrokerLimits.MessageBytes
                && RightsOf(e.SessionItems)?.MayWrite(e.ApplicationMessage.Topic) == true) return Task.CompletedTask;
            e.ProcessPublish = false;
            e.Response.ReasonCode = MqttPubAckReasonCode.NotAuthorized;
            return Task.CompletedTask;
        };
        server.InterceptingSubscriptionAsync += e =>
        {
            if (RightsOf(e.SessionItems)?.MayRead(e.TopicFilter.Topic) == true) return Task.CompletedTask;
            e.ProcessSubscription = false;
            e.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            return Task.CompletedTask;
        };
    }

    private static UserRights? RightsOf(IDictionary items) => items[Rights] as UserRights;

    // Whose rights somebody has; null for nobody's. A client id is a session, so nobody comes under that of another.
    private string? IdOf(string? user, byte[]? password, string clientId)
    {
        bool isOfFleet = rights.Users.Contains(clientId);
        if (string.IsNullOrEmpty(user))
            return admitsGuests && !isOfFleet && clientId.AsSpan().IndexOfAny('/', '+', '#') < 0 ? clientId : null;
        return _users.TryGetValue(user, out var known) && CryptographicOperations.FixedTimeEquals(known.Password, password ?? [])
            && (!isOfFleet || clientId == known.Id) ? known.Id : null;
    }
}
