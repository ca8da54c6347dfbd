using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using MQTTnet;

namespace EdgeChat.Tool.Fleets;

/// <summary>How somebody of a fleet logs in at its broker.</summary>
internal static class FleetLogin
{
    /// <summary>The login of <paramref name="user"/>; without a password nobody has a user name, and neither with a certificate, which says
    /// it.</summary>
    public static BrokerLogin Of(FleetFile fleet, string user, string? password)
    {
        var address = new BrokerAddress(fleet.Broker.Host, fleet.Broker.Port);
        BrokerLogin login = fleet.Broker.HasCertificates
            ? new BrokerLogin(address, Tls: Tls(fleet, password is null ? null : ClientCertificate.Open(password, password)))
            : BrokerLogin.Of(address, user, password, Tls(fleet, null));
        return login with { CertificateCure = Cure(fleet) };
    }

    /// <summary>A client id that nobody else has, of at most 23 characters (OASIS MQTT 3.1.1, section 3.1.3.1).</summary>
    public static string PassingId() => "edgechat-" + Random.Shared.Next().ToString("x8");

    private static string Cure(FleetFile fleet) => fleet.Broker.HasCertificates
        ? $"`edgechat provision` gives them; client-ca of {fleet.Path} must be clients.pem of this broker's folder"
        : $"say in {fleet.Path} what CA they are of: client-ca, which is clients.pem of the broker's folder";

    private static MqttClientTlsOptions? Tls(FleetFile fleet, X509Certificate2? client)
    {
        if (!fleet.Broker.Tls) return null;
        try
        {
            return BrokerTls.Trusting(BrokerTls.Read(fleet.Broker.Ca!), client);
        }
        catch (CryptographicException e)
        {
            throw new FleetException($"{fleet.Path}: the CA of the broker cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }
}
