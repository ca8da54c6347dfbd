using System.Globalization;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Broker;

/// <summary>Where an MQTT broker listens.</summary>
/// <param name="Host">Its name or address.</param>
/// <param name="Port">Its TCP port.</param>
/// <param name="IsTls">Whether the address says that this port speaks TLS.</param>
public sealed record BrokerAddress(string Host, int Port, bool IsTls = false)
{
    private const string Plain = "mqtt://";
    private const string Secure = "mqtts://";
    private const int SecurePort = 8883; // registered for MQTT with TLS

    /// <summary>The port that is registered for MQTT without TLS.</summary>
    public const int DefaultPort = 1883;

    /// <summary>Reads <c>HOST</c>, <c>HOST:PORT</c> or <c>[IPV6]:PORT</c>, with <c>mqtt://</c> or <c>mqtts://</c> before it or not.
    /// Throws <see cref="ToolException"/> with what is wrong.</summary>
    /// <param name="text">The address.</param>
    /// <param name="option">The option that it was given with, to be told.</param>
    /// <param name="usual">The port where none is said; 0 for that of the protocol.</param>
    public static BrokerAddress Parse(string text, string option = "--broker", int usual = 0)
    {
        ToolException Wrong(string text, string why) =>
            new(ExitCode.Usage, $"{option} '{text}': {why}; write HOST:PORT, for example localhost:1883");
        var isTls = text.StartsWith(Secure, StringComparison.OrdinalIgnoreCase);
        if (isTls) text = text[Secure.Length..].TrimEnd('/');
        else if (text.StartsWith(Plain, StringComparison.OrdinalIgnoreCase)) text = text[Plain.Length..].TrimEnd('/');
        // what stands before the @ may be a secret, so it is not repeated
        if (text.Contains('@'))
            throw Wrong(
                text[(text.LastIndexOf('@') + 1)..],
                "an address here has no user: a device logs in with its id, and its secret comes from EDGECHAT_PASSWORD or a file");
        if (text.Contains("://", StringComparison.Ordinal))
            throw Wrong(text, "only mqtt:// and mqtts:// are spoken, over TCP");
        if (text.Contains('/'))
            throw Wrong(text, "nothing follows the port");
        var host = text;
        var port = "";
        if (text.StartsWith('['))
        {
            var close = text.IndexOf(']');
            if (close < 0)
                throw Wrong(text, "the ']' of the IPv6 address is missing");
            host = text[1..close];
            var rest = text[(close + 1)..];
            if (rest.Length > 0 && rest[0] != ':')
                throw Wrong(text, "a ':' and the port must follow the ']'");
            port = rest.TrimStart(':');
        }
        else if (text.Contains(':'))
        {
            var colon = text.IndexOf(':');
            if (text.IndexOf(':', colon + 1) >= 0)
                throw Wrong(text, "an IPv6 address stands in brackets");
            host = text[..colon];
            port = text[(colon + 1)..];
            if (port.Length == 0)
                throw Wrong(text, "the port is missing");
        }

        if (host.Length == 0 || Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw Wrong(text, $"'{host}' is not a host name or address");
        if (port.Length == 0)
            return new BrokerAddress(host, usual > 0 ? usual : isTls ? SecurePort : DefaultPort, isTls);
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
            throw Wrong(text, $"the port '{port}' is not a number from 1 to 65535");
        return new BrokerAddress(host, number, isTls);
    }

    /// <inheritdoc/>
    public override string ToString() => (IsTls ? Secure : "") + (Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}");
}
