using System.Globalization;

namespace EdgeChat.Fleet;

/// <summary>A first fleet file, with the keys that most fleets need.</summary>
public static class FleetSample
{
    /// <summary>Its text.</summary>
    /// <param name="name">The fleet's name.</param>
    /// <param name="host">The broker's.</param>
    /// <param name="port">Its port.</param>
    /// <param name="bundle">What boards are flashed with.</param>
    /// <param name="boards">Their ids.</param>
    /// <param name="brokerLines">What stands below <c>broker:</c>; without it, what is to be edited.</param>
    public static string Of(string name, string host, int port, string bundle, IReadOnlyList<string> boards, string? brokerLines = null)
    {
        string broker = brokerLines is null
            ? $"""
              host: {host}
              port: {port.ToString(CultureInfo.InvariantCulture)}
              # tls: true                 # then with ca: the fleet's CA
              # ca: ca.pem
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
            fleet: {{name}}
            bundle: {{bundle}}            # of `edgechat bundle make`
            # trust: fleet.key.pub        # bundles must be signed with this key
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
}
