using System.Globalization;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Broker;

/// <summary>Where an MQTT broker listens.</summary>
public sealed record BrokerAddress(string Host, int Port)
{
    /// <summary>The port that is registered for MQTT without TLS.</summary>
    public const int DefaultPort = 1883;

    /// <summary>Reads <c>HOST</c>, <c>HOST:PORT</c> or <c>[IPV6]:PORT</c>. Throws <see cref="ToolException"/> with what is wrong.</summary>
    public static BrokerAddress Parse(string text)
    {
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
            return new BrokerAddress(host, DefaultPort);
        if (!int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number is < 1 or > 65535)
            throw Wrong(text, $"the port '{port}' is not a number from 1 to 65535");
        return new BrokerAddress(host, number);
    }

    /// <inheritdoc/>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    private static ToolException Wrong(string text, string why)
        => new(ExitCode.Usage, $"--broker '{text}': {why}; write HOST:PORT, for example localhost:1883");
}
