using System.Globalization;

namespace EdgeChat.Fleet;

/// <summary>A first fleet file, with the keys that most fleets need.</summary>
public static class FleetSample
{
    /// <summary>Its text.</summary>
    public static string Of(string name, string host, int port, string bundle, IReadOnlyList<string> boards)
    {
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
              host: {{host}}
              port: {{port.ToString(CultureInfo.InvariantCulture)}}
              # tls: true                 # then with ca: the fleet's CA
              # ca: ca.pem
              credentials: none           # or mosquitto, dynamic-security, command
              # passwords: /etc/mosquitto/passwords
              # pid-file: /run/mosquitto/mosquitto.pid
              # acl: /etc/mosquitto/acl   # compared with what boards need

            # wifi: { ssid: home, password-file: wifi.secret }

            # groups:
            #   team: { name: Team, members: [{{string.Join(", ", boards)}}], admins: [{{boards[0]}}] }

            boards:
            {{string.Join('\n', lines)}}

            """;
    }
}
