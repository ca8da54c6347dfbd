using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;
using EdgeChat.VirtualBoard.Mqtt;

namespace EdgeChat.Tool.Brokers;

/// <summary>Tries at a broker what it must refuse and what it must permit, and looks at its certificates as a board does.</summary>
/// <param name="kind">Which broker it is, for what it cannot do; null for the one inside the tool.</param>
/// <param name="rights">What its users were given, for what they may by the fleet's file; null when all is to be refused.</param>
/// <param name="tell">Is told each finding when it is made.</param>
internal sealed class BrokerCheck(BrokerKind? kind, TopicRights? rights, Action<CheckFinding> tell)
{
    /// <summary>The name of the look at the certificates, which comes before what is tried.</summary>
    public const string Certificate = "certificate";

    /// <summary>All that is tried, in this order.</summary>
    public static IReadOnlyList<CheckAct> Acts { get; } = [.. PermittedActs.All(), .. ForbiddenActs.All()];

    /// <summary>Looks at the versions and certificates of the port.</summary>
    /// <param name="address">Where it is.</param>
    /// <param name="host">What boards call it.</param>
    /// <param name="trusted">What stands in the boards' <c>ca.pem</c>.</param>
    /// <param name="client">The certificate to come with, where one is demanded; else null.</param>
    /// <param name="stop">Ends it.</param>
    /// <returns>False when there is none, so that nothing else can be tried.</returns>
    public async Task<bool> TlsAsync(BrokerAddress address, string host, X509Certificate2Collection trusted, X509Certificate2? client,
        CancellationToken stop)
    {
        ServedCertificates? shown = null;
        foreach (var (name, version) in new[] { ("tls-1.3", SslProtocols.Tls13), ("tls-1.2", SslProtocols.Tls12) })
        {
            ServedCertificates? served = await ServedCertificates.LookAsync(address, version, client, stop);
            shown ??= served;
            tell(new CheckFinding(name, served is null ? CheckState.Limit : CheckState.Well, served is null
                ? "no handshake: boards take either, and with 1.2 no message above 4,390 bytes" : "a handshake comes about"));
        }

        if (shown is null)
        {
            tell(new CheckFinding(Certificate, CheckState.Wrong, $"no TLS at {address}: does the broker run, and is that its port?"));
            return false;
        }

        CertificateFault[] faults = [.. BoardCertificates.Faults(shown.Chain, [.. trusted], host, DateTimeOffset.UtcNow)];
        foreach (CertificateFault fault in faults) tell(new CheckFinding(Certificate, CheckState.Wrong, fault.Text));
        if (faults.Length > 0) return true;
        X509Certificate2 server = shown.Chain[0];
        tell(new CheckFinding(Certificate, CheckState.Well, $"{server.Subject}, to {server.NotAfter:yyyy-MM-dd}: boards take it"));
        return true;
    }

    /// <summary>Tries all acts, or those that are named.</summary>
    public async Task ActsAsync(CheckRoom room, bool hasTls, Func<CheckAct, bool> isWanted, CancellationToken stop)
    {
        foreach (CheckAct act in Acts.Where(isWanted))
        {
            if (!hasTls && act.Name is "plain-text" or "old-tls") continue;
            if (act.For is { } way && way == BrokerAuthentication.Certificate != room.HasCertificates) continue;
            CheckFinding finding;
            try
            {
                finding = Of(act, await act.GoesThroughAsync(room, stop));
            }
            catch (FleetException e)
            {
                // what is forbidden is refused by no broker at all, too
                if (!await RawProbe.ListensAsync(room.Address, stop))
                    throw new ToolException(ExitCode.Broker, $"nothing listens at {room.Address} any more: the broker has ended while "
                        + $"{act.Name} was tried; start it, and check it again", e);
                finding = new CheckFinding(act.Name, CheckState.Wrong, $"{act.Text}: cannot be tried, since {e.Message}");
            }

            tell(finding);
        }
    }

    /// <summary>The CAs of a file.</summary>
    public static X509Certificate2Collection Trusted(string path)
    {
        try
        {
            return BrokerTls.Read(SmallFile.Bytes(path));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{path}: the CA cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    private CheckFinding Of(CheckAct act, bool goesThrough)
    {
        if (goesThrough != act.IsForbidden)
            return new CheckFinding(act.Name, CheckState.Well, $"{(act.IsForbidden ? "refused" : "permitted")}: {act.Text}");
        if (rights is not null && act.Given?.Invoke(rights) is { } why)
            return new CheckFinding(act.Name, CheckState.Limit, $"not refused: {act.Text}; {why}");
        return act.Limit is { } limit && kind is { } known && limit.Kinds.Contains(known)
            ? new CheckFinding(act.Name, CheckState.Limit, $"not refused: {act.Text}; {limit.Text}")
            : new CheckFinding(act.Name, CheckState.Wrong, act.IsForbidden
                ? $"NOT REFUSED: {act.Text}" : $"NOT PERMITTED: {act.Text}");
    }
}
