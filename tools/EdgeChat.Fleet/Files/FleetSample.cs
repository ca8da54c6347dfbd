using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>A first fleet file, with the keys that most fleets need.</summary>
public static partial class FleetSample
{
    /// <summary>Its text.</summary>
    /// <param name="name">The fleet's name.</param>
    /// <param name="host">The broker's.</param>
    /// <param name="port">Its port.</param>
    /// <param name="bundle">What boards are flashed with.</param>
    /// <param name="boards">Their ids.</param>
    /// <param name="isTls">Whether the broker is reached over TLS.</param>
    /// <param name="brokerLines">What stands below <c>broker:</c>; without it, what is to be edited.</param>
    public static string Of(
        string name, string host, int port, string bundle, IReadOnlyList<string> boards, bool isTls = false, string? brokerLines = null)
    {
        string tls = isTls ? "" : "# ";
        string broker = brokerLines is null
            ? $"""
              host: {Scalar(host)}
              port: {port.ToString(CultureInfo.InvariantCulture)}
              {tls}tls: true                 # then with ca: the fleet's CA
              {tls}ca: ca.pem
              credentials: none           # or mosquitto, nats, dynamic-security, command
              # passwords: /etc/mosquitto/passwords
              # pid-file: /run/mosquitto/mosquitto.pid
              # acl: /etc/mosquitto/acl   # compared with what boards need
            """
            : "  " + brokerLines.ReplaceLineEndings("\n  ");
        string hint = brokerLines is null ? "# " : "";
        IEnumerable<string> lines = boards.Select(id =>
            $"  {id}: {{ name: {char.ToUpperInvariant(id[0])}{id[1..]}, contacts: [{string.Join(", ", boards.Where(b => b != id))}] }}");
        return $$"""
            # A fleet of EdgeChat boards: docs/provisioning.md tells all keys. No secret stands in this file.
            fleet: {{Scalar(name)}}
            bundle: {{Scalar(bundle)}}            # of `edgechat bundle make`
            # trust: fleet.key.pub        # bundles must be signed with this key
            seal: true                    # nobody but two boards reads what they write to each other
            labels: labels                # folder for a PNG, SVG and ZPL of each board
            # time-zone: CET-1CEST,M3.5.0,M10.5.0/3

            broker:
            {{broker}}

            # wifi: { ssid: home, password-file: wifi.secret }

            {{hint}}groups:
            {{hint}}  team: { name: Team, members: [{{string.Join(", ", boards)}}], admins: [{{boards[0]}}] }

            boards:
            {{string.Join('\n', lines)}}

            """;
    }

    // what YAML could take for something else stands in quotes; JSON's are YAML's too (YAML 1.2, section 1.3)
    private static string Scalar(string text) => Plain().IsMatch(text) ? text : JsonSerializer.Serialize(text, ToolJson.Line);

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9._/-]*$|^[0-9]+(\\.[0-9]+){3}$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
