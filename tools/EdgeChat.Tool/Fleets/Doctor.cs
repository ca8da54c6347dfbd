using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using EdgeChat.Usb.Lines;
using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.Tool.Fleets;

/// <summary>Something that was looked at.</summary>
/// <param name="What">What.</param>
/// <param name="IsWell">Whether it is as it should be.</param>
/// <param name="Text">What was found, and what to do when it is wrong.</param>
internal sealed record Finding(string What, bool IsWell, string Text);

/// <summary>Looks at what provisioning needs, one thing after another; what is wrong with one keeps no other from being looked
/// at.</summary>
internal sealed class Doctor(Action<Finding> tell)
{
    private const int FirstYear = 2026; // nothing of EdgeChat is older
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan MostSkew = TimeSpan.FromSeconds(5); // people see minutes; certificates are valid in seconds

    private const string SetClock =
        "set the clock that is wrong (on Linux `timedatectl set-ntp true`), or certificates and messages have wrong dates";

    /// <summary>Whether all was well so far.</summary>
    public bool IsWell { get; private set; } = true;

    /// <summary>Whether the ports can be opened.</summary>
    public void Ports()
    {
        IReadOnlyList<string> ports = SerialPortLine.Names();
        if (ports.Count == 0) Tell("port", true, "no board is plugged in");
        foreach (string port in ports)
        {
            try
            {
                using SerialPortLine line = SerialPortLine.Open(port);
                Tell("port", true, $"{port} can be opened");
            }
            catch (LineGoneException e)
            {
                Tell("port", false, e.Message);
            }
        }
    }

    /// <summary>Whether the PC's clock can be right: itself, and beside that of the first of these servers that answers.</summary>
    public async Task ClockAsync(IReadOnlyList<string> servers, int port, TimeProvider clock, CancellationToken stop)
    {
        DateTimeOffset now = clock.GetUtcNow();
        if (now.Year < FirstYear)
        {
            Tell("clock", false, $"this PC believes that it is {now:yyyy-MM-dd}: {SetClock}");
            return;
        }

        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        TimeSpan?[] ahead = await Task.WhenAll(servers.Select(s => TimeServer.AheadAsync(s, port, clock, patience.Token)));
        stop.ThrowIfCancellationRequested();
        int first = Array.FindIndex(ahead, a => a is not null);
        if (first < 0)
        {
            Tell("clock", true, $"{now:yyyy-MM-dd HH:mm}Z, compared with nothing: no time server answers at "
                + $"{string.Join(" or ", servers)}. Boards need one before TLS: let them reach it");
            return;
        }

        TimeSpan skew = ahead[first]!.Value;
        string seconds = skew.Duration().TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        Tell("clock", skew.Duration() < MostSkew, skew.Duration() < MostSkew
            ? $"{now:yyyy-MM-dd HH:mm}Z, {seconds} s from {servers[first]}"
            : $"this PC is {seconds} s {(skew > TimeSpan.Zero ? "behind" : "before")} {servers[first]}: {SetClock}");
    }

    /// <summary>Whether the fleet's file is well; null when so little of it is that nothing else can be looked at.</summary>
    public FleetFile? Fleet(Func<FleetFiles, FleetFile> load)
    {
        try
        {
            FleetFile fleet = load(FleetFiles.Boards);
            Tell("file", true, $"{fleet.Path}: {fleet.Boards.Count} boards, {fleet.Groups.Count} groups");
            return fleet;
        }
        catch (FleetException e)
        {
            foreach (string fault in e.Message.Split('\n')) Tell("file", false, fault);
        }

        foreach (FleetFiles less in new[] { FleetFiles.Broker, FleetFiles.None })
        {
            try
            {
                return load(less);
            }
            catch (FleetException)
            {
                // its faults were told above
            }
        }

        return null;
    }

    /// <summary>Whether the Wi-Fi of a fleet can have its password; a file that is not there is a fault of the fleet's file.</summary>
    public void Wifi(FleetFile fleet)
    {
        if (fleet.Wifi?.PasswordFile is not { } file || !File.Exists(file)) return;
        try
        {
            if (FleetRoom.WifiOf(fleet)!.Fault is { } fault) Tell("wifi", false, $"{file}: {fault}");
        }
        catch (ToolException e)
        {
            Tell("wifi", false, e.Message);
        }
    }

    /// <summary>Whether the store opens; null when it does not, or is not there yet.</summary>
    public FleetStore? Store(Func<FleetStore> open)
    {
        try
        {
            FleetStore store = open();
            Tell("store", true, $"{store.Boards().Count} boards");
            return store;
        }
        catch (Exception e) when (e is FleetException or ToolException)
        {
            bool isNew = e.Message.Contains("there is no store", StringComparison.Ordinal);
            Tell("store", isNew, e.Message);
            return null;
        }
    }

    /// <summary>Whether the bundles are whole and trusted, and which boards have other firmware than they would get.</summary>
    public void Bundles(FleetFile fleet, FleetStore? store)
    {
        foreach (var boards in fleet.Boards.GroupBy(b => b.Bundle).Where(b => File.Exists(b.Key))) // the file's finding says of the others
        {
            try
            {
                BundleFile bundle = FleetRoom.Load(fleet, boards.Key);
                string trust = fleet.Trust is null ? "not compared with a key that you trust" : "signed with the key that you trust";
                Tell("bundle", true, $"{bundle.Manifest.Firmware} for {bundle.Manifest.Board}, {trust}");
                foreach (string remark in bundle.Remarks) Tell("bundle", true, remark);
                foreach (FleetBoard board in boards)
                    if (store?.Find(board.Id) is { State: BoardState.Provisioned } known) Version(known, bundle.Manifest);
            }
            catch (BundleException e)
            {
                Tell("bundle", false, e.Message);
            }
        }
    }

    /// <summary>Whether the broker answers, and lets the operator in.</summary>
    public async Task BrokerAsync(FleetFile fleet, FleetStore? store, CancellationToken stop)
    {
        if (fleet.Broker is { Tls: true, Ca: null }) return; // the file's finding says so
        if (!IsReadableCa(fleet)) return;
        bool hasPasswords = fleet.Broker.Credentials != CredentialKind.None;
        string? password = store is null ? null : FleetRoom.OperatorPasswordOf(fleet, store);
        string why = "";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            await using BrokerTalk talk = await BrokerTalk.OpenAsync(
                FleetLogin.Of(fleet, fleet.Operator, password), w => why = w, patience.Token);
            Tell("broker", true, $"{fleet.Broker.Host}:{fleet.Broker.Port} lets {fleet.Operator} in");
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            bool isCertified = fleet.Broker.HasCertificates;
            bool isNew = hasPasswords && password is null
                && why.Contains(isCertified ? "client certificate" : "refuses", StringComparison.Ordinal);
            Tell("broker", isNew, isNew
                ? $"{fleet.Broker.Host}:{fleet.Broker.Port} answers; the operator gets a {(isCertified ? "certificate" : "password")} with "
                    + "the first board"
                : why.Length > 0 ? why + CureOf(why)
                : $"{fleet.Broker.Host}:{fleet.Broker.Port} does not answer: start it, or open its port");
        }
    }

    /// <summary>Which boards have certificates that end soon, or of a CA that another one has followed, and whether the CA itself
    /// ends.</summary>
    public void Certificates(FleetFile fleet, FleetStore? store)
    {
        if (fleet.Broker.ClientCa is not { } path) return;
        try
        {
            var ca = new ClientCa(path);
            if (ca.Authorities.Used is var used && used.Until < DateTimeOffset.UtcNow + BrokerCertificates.CaSoon)
                Tell("ca", false, $"{used.Name}, from which boards have their certificates, is good to {used.Until:yyyy-MM-dd}: "
                    + "`edgechat broker ca` with --clients tells how another follows it");
            if (store is null) return;
            foreach (StoredBoard board in store.Boards().Where(b => b.State == BoardState.Provisioned)) Certificate(board, store, ca);
        }
        catch (FleetException e)
        {
            Tell("ca", false, e.Message);
        }
    }

    private void Certificate(StoredBoard board, FleetStore store, ClientCa ca)
    {
        const string Cure = "plug it in and run `edgechat provision`";
        if (store.Secret(Provisioner.SecretOf(board.Id)) is not { } secret || !ClientCertificate.Is(secret))
            Tell("version", false, $"{board.Id} has no certificate yet: {Cure}");
        else if (ClientCertificate.EndOf(secret) is var end && end < DateTimeOffset.UtcNow + ClientCertificate.Soon)
            Tell("version", false, $"{board.Id} has a certificate that ends on {end:yyyy-MM-dd}: {Cure}");
        else if (!ca.IsCurrent(secret))
            Tell("version", false, $"{board.Id} has a certificate of a CA that another one has followed: {Cure}");
    }

    // a broker that is there need not be started
    private static string CureOf(string why) => BrokerWords.IsOfTls(why)
        ? "; see to it that tls and ca in the fleet's file are this broker's, and host a name that its certificate has"
        : why.Contains(" refuses ", StringComparison.Ordinal)
            ? ": `edgechat provision` tells it the operator's password again, if credentials in the fleet's file are this broker's"
            : "";

    private void Version(StoredBoard known, BundleManifest manifest)
    {
        const string Cure = "plug it in and run `edgechat provision`, which brings it up to date";
        if (known.Firmware != manifest.Firmware)
            Tell("version", false, $"{known.Id} has {known.Firmware}, and the bundle {manifest.Firmware}: {Cure}");
        if (known.Runtime is not null && known.Runtime != manifest.Runtime)
            Tell("version", false, $"{known.Id} has the runtime {known.Runtime}, and the bundle {manifest.Runtime}: {Cure}");
    }

    // tells of the CA; a broker can't be looked at with one that nobody can read
    private bool IsReadableCa(FleetFile fleet)
    {
        if (fleet.Broker.Ca is not { } pem) return true;
        try
        {
            string[] faults = CaFile.Faults(pem, BoardCertificates.RsaBits);
            foreach (string fault in faults) Tell("ca", false, fault);
            DateTime now = DateTime.Now;
            X509Certificate2Collection all = CaFile.Read(pem);
            bool IsWell(X509Certificate2 ca) => now >= ca.NotBefore && now + BrokerCertificates.CaSoon < ca.NotAfter;
            foreach (X509Certificate2 ca in all)
            {
                if (IsWell(ca) && faults.Any(f => f.StartsWith($"{ca.Subject}: ", StringComparison.Ordinal))) continue; // told above
                string text = $"{ca.Subject}, valid from {ca.NotBefore:yyyy-MM-dd} to {ca.NotAfter:yyyy-MM-dd}";
                if (IsWell(ca)) Tell("ca", true, text);
                else if (all.Any(IsWell)) Tell("ca", true, $"{text}: the broker's certificate has to come from the other one then");
                else Tell("ca", false, $"{text}: make a new one (`edgechat broker ca`) and put it onto all boards before that");
            }

            return true;
        }
        catch (CryptographicException e)
        {
            Tell("ca", false, $"cannot be read ({e.Message.TrimEnd('.')}): write it again as PEM");
            return false;
        }
    }

    private void Tell(string what, bool isWell, string text)
    {
        IsWell &= isWell;
        tell(new Finding(what, isWell, text));
    }
}
