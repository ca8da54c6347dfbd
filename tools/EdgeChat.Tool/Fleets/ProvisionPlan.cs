using EdgeChat.Bundle;
using EdgeChat.Fleet;

namespace EdgeChat.Tool.Fleets;

/// <summary>What provisioning would do, without doing it: no port is opened, no broker is asked, nothing is written.</summary>
internal static class ProvisionPlan
{
    public static int Print(FleetFile fleet, FleetStore? store, string? wanted, TextWriter to)
    {
        foreach (FleetBoard board in fleet.Boards.Where(b => wanted is null || b.Id == wanted))
        {
            StoredBoard? stored = store?.Find(board.Id);
            BundleManifest manifest = FleetRoom.Load(fleet, board.Bundle).Manifest;
            string state = stored is null ? "not provisioned"
                : $"{stored.State.ToString().ToLowerInvariant()}, {stored.Mac ?? "no MAC yet"}";
            to.WriteLine($"{board.Id}: {state}");
            to.WriteLine($"  board        {manifest.Board}, {manifest.Chip}, "
                + $"{board.Mac ?? stored?.Mac ?? "the next one that is plugged in"}");
            to.WriteLine($"  flash        {manifest.Firmware}, {manifest.Runtime}");
            to.WriteLine($"  files        board.json, {(fleet.Broker.Tls ? "ca.pem, " : "")}edgechat.json");
            to.WriteLine($"  wifi         {fleet.Wifi?.Ssid ?? "as it is"}");
            to.WriteLine($"  credentials  {Credentials(fleet.Broker)}");
            to.WriteLine($"  broker       {fleet.Broker.Host}:{fleet.Broker.Port}{(fleet.Broker.Tls ? " with TLS" : "")}");
            to.WriteLine($"  label        {(fleet.Labels is { } labels ? Path.Combine(labels, board.Id + ".{png,svg,zpl}") : "none")}");
        }

        return 0;
    }

    private static string Credentials(FleetBroker broker) => broker.Credentials switch
    {
        CredentialKind.Mosquitto => $"a new password into {broker.Passwords}"
            + (broker.PidFile is { } pid ? $", SIGHUP to the process of {pid}" : ", which somebody must reload"),
        CredentialKind.DynamicSecurity => $"a new password through dynamic-security, as {broker.Admin}, role {broker.Role}",
        CredentialKind.Command => $"a new password to {broker.Command} on its standard input",
        _ => "none: the broker lets anyone in",
    };
}
