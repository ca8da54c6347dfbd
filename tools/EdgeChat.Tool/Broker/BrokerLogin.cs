using System.Security.Cryptography.X509Certificates;
using MQTTnet;
using MQTTnet.Formatter;

namespace EdgeChat.Tool.Broker;

/// <summary>A broker, and how somebody proves to it who they are; secrets are never printed.</summary>
/// <param name="Address">Where it listens.</param>
/// <param name="User">The user name, or null for none.</param>
/// <param name="Password">The secret, or null when there is none.</param>
/// <param name="Tls">TLS, verified, or null for a connection in the clear.</param>
public sealed record BrokerLogin(BrokerAddress Address, string? User = null, string? Password = null, MqttClientTlsOptions? Tls = null)
{
    /// <summary>As a device logs in: its id is its user name, unless it has no password. RabbitMQ refuses a user name that comes
    /// alone.</summary>
    public static BrokerLogin Of(BrokerAddress address, string device, string? password, MqttClientTlsOptions? tls) =>
        new(address, password == null ? null : device, password, tls);

    /// <summary>What to do when the broker wants a certificate of who comes, or another one.</summary>
    public string CertificateCure { get; init; } = "give --cert FILE and --key FILE, which `edgechat broker certificate` makes";

    /// <summary>Who comes, in words.</summary>
    public string Who => User ?? (ClientName is { } name ? $"the certificate of {name}" : "a client without a password");

    /// <summary>Whether who comes has a certificate.</summary>
    public bool HasCertificate => ClientName is not null;

    private string? ClientName => Tls?.ClientCertificatesProvider?.GetCertificates() is [X509Certificate2 own, ..]
        ? own.GetNameInfo(X509NameType.SimpleName, false) : null;

    /// <summary>Begins the options of a client of MQTT 3.1.1.</summary>
    public MqttClientOptionsBuilder Begin(string clientId)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithTcpServer(Address.Host, Address.Port)
            .WithProtocolVersion(MqttProtocolVersion.V311)
            .WithClientId(clientId);
        if (User is not null)
            builder.WithCredentials(User, Password);
        if (Tls is not null)
            builder.WithTlsOptions(Tls);
        return builder;
    }

    /// <summary>The options of a client that looks on: a session of its own that the broker forgets.</summary>
    public MqttClientOptions Passing(string clientId) => Begin(clientId).WithCleanSession().Build();

    /// <inheritdoc/>
    public override string ToString() => Address.ToString();
}
