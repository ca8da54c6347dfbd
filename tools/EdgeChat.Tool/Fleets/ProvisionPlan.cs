using EdgeChat.Bundle;
using EdgeChat.Fleet;

namespace EdgeChat.Tool.Fleets;

/// <summary>What provisioning would do, without doing it: no port is opened, no broker is asked, nothing is written.</summary>
internal static class ProvisionPlan
{
    public static int Print(FleetFile fleet, FleetStore? store, string? wanted, TextWriter to, bool asJson)
    {
        foreach (FleetBoard board in fleet.Boards.Where(b => wanted is null || b.Id == wanted))
        {
            StoredBoard? stored = store?.Find(board.Id);
            IReadOnlyList<(string What, string Text)> plan = Of(fleet, board, stored);
            if (asJson)
            {
                to.WriteLine(ToolJson.Object(
                [
                    ("id", board.Id), ("state", stored?.State.ToString().ToLowerInvariant()), ("mac", board.Mac ?? stored?.Mac),
                    .. plan.Select(p => (p.What, (object?)p.Text)),
                ]));
                continue;
            }

            to.WriteLine($"{board.Id}: {(stored is null ? "not provisioned"
                : $"{stored.State.ToString().ToLowerInvariant()}, {stored.Mac ?? "no MAC yet"}")}");
            foreach ((string what, string text) in plan) to.WriteLine($"  {what,-11}  {text}");
        }

        return 0;
    }

    private static IReadOnlyList<(string What, string Text)> Of(FleetFile fleet, FleetBoard board, StoredBoard? stored)
    {
        BundleFile bundle = FleetRoom.Load(fleet, board.Bundle);
        BundleManifest manifest = bundle.Manifest;
        return
        [
            ("board", $"{manifest.Board}, {manifest.Chip}, {board.Mac ?? stored?.Mac ?? "the next one that is plugged in"}"),
            ("flash", $"{manifest.Firmware}, {manifest.Runtime}"),
            ("files", Files(fleet)),
            ("wifi", fleet.Wifi?.Ssid ?? "as it is"),
            ("credentials", Credentials(fleet.Broker)),
            ("broker", $"{fleet.Broker.Host}:{fleet.Broker.Port}{(fleet.Broker.Tls ? " with TLS" : "")}"),
            .. bundle.Remarks.Select(r => ("remark", r)),
            ("label", fleet.Labels is { } labels ? Path.Combine(labels, board.Id + ".{png,svg,zpl}") : "none"),
        ];
    }

    private static string Files(FleetFile fleet) => string.Join(", ",
    [
        BoardFiles.Board, .. fleet.Broker.Tls ? [BoardFiles.Ca] : Array.Empty<string>(),
        .. fleet.Broker.HasCertificates ? [BoardFiles.Certificate, BoardFiles.Key] : Array.Empty<string>(),
        .. fleet.Seals ? [PairKeys.File] : Array.Empty<string>(), OrderKeys.File, BoardFiles.Settings,
    ]);

    private static string Credentials(FleetBroker broker) => broker.Credentials switch
    {
        _ when broker.ClientCa is { } ca => $"a new certificate of {ca}, which the broker is told of",
        CredentialKind.Mosquitto or CredentialKind.Nats => $"a new password into {broker.Passwords}"
            + (broker.PidFile is { } pid ? $", SIGHUP to the process of {pid}" : ", which somebody must reload"),
        CredentialKind.DynamicSecurity => $"a new password through dynamic-security, as {broker.Admin}, role {broker.Role}",
        CredentialKind.Command => $"a new password to {broker.Command} on its standard input",
        _ => "none: the broker lets anyone in",
    };
}
