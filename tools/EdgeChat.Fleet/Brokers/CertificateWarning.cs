namespace EdgeChat.Fleet;

/// <summary>Something of a broker's that ends soon, or has ended.</summary>
/// <param name="IsOver">Whether it has ended.</param>
/// <param name="Text">What it is, and what to do.</param>
public sealed record CertificateWarning(bool IsOver, string Text)
{
    /// <summary>All of a folder's: of its CAs early enough to give all boards the next one. Throws <see cref="FleetException"/>.</summary>
    public static IReadOnlyList<CertificateWarning> Of(BrokerFolder folder, DateTimeOffset now)
    {
        var all = new List<CertificateWarning>();
        AuthorityFile server = folder.Authorities;
        string ca = $"`edgechat broker ca {folder.Path}";
        if (OfUsed(server, now) is { } used)
        {
            string what = $"{used.Name}, which boards trust, ";
            bool hasNext = server.Find(AuthorityState.Next) is not null;
            string make = hasNext ? "" : $"{ca} --new` makes the next one; ";
            all.Add(used.Until <= now
                ? new(true, $"{what}has ended on {used.Until:yyyy-MM-dd}, and boards come no more: {make}{ca} --switch` has the broker use "
                    + "it when it starts again, and each board gets it when it is plugged in and provisioned")
                : new(false, $"{what}ends on {used.Until:yyyy-MM-dd}: {make}give it to all boards before that, then {ca} --switch`"));
        }
        else if (folder.CertificateEnd is var end && end < now.UtcDateTime + BrokerCertificates.ServerSoon)
        {
            string tense = end <= now.UtcDateTime ? "has ended, and boards come no more" : "ends soon";
            all.Add(new(end <= now.UtcDateTime, $"{folder.At(BrokerFolder.ServerCertificate)} {tense} ({end:yyyy-MM-dd}): "
                + $"`edgechat broker update {folder.Path}` makes the next one, which counts when the broker starts again"));
        }

        if (folder.Plan.HasCertificates && OfUsed(folder.Clients.Authorities, now) is { } clients)
            all.Add(new(clients.Until <= now, $"{clients.Name}, from which boards have their certificates, "
                + (clients.Until <= now ? "has ended" : "ends") + $" on {clients.Until:yyyy-MM-dd}, and they with it: {ca} --clients` "
                + "tells how another follows it"));
        return all;
    }

    private static Authority? OfUsed(AuthorityFile file, DateTimeOffset now) =>
        file.Used is var used && used.Until < now + BrokerCertificates.CaSoon ? used : null;
}
