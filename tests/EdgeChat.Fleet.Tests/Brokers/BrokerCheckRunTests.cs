using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Fleet.Tests;

/// <summary><c>edgechat broker check</c> as a program of its own, at a server whose certificates boards do not take.</summary>
[TestClass]
public class BrokerCheckRunTests
{
    private static readonly string[] Store = [".dotnet", "corefx", "cryptography", "x509stores", "ca"];

    [TestMethod]
    public async Task A_certificate_in_between_counts_when_it_is_sent_and_not_when_this_PC_has_kept_it()
    {
        using var root = new TestIssuer("CN=root");
        using TestIssuer middle = root.Authority("CN=middle");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 server = middle.Server(key);
        using var home = new TestFolder();
        string kept = Path.Combine([home.Path, .. Store]);
        Directory.CreateDirectory(kept);
        File.WriteAllBytes(Path.Combine(kept, middle.Certificate.Thumbprint + ".pfx"), middle.Certificate.Export(X509ContentType.Pkcs12)!);

        await using (var whole = new TlsServer(server, key, middle.Certificate))
        {
            (int code, string found) = await CheckAsync(whole, root, home.Path);
            Assert.AreEqual(ExitCode.Success, code, found);
            StringAssert.Contains(found, "boards take it");
        }

        await using var part = new TlsServer(server, key);
        (int refused, string said) = await CheckAsync(part, root, home.Path);
        StringAssert.Contains(said, "let the broker send the certificates in between with its own");
        Assert.AreEqual(ExitCode.Rights, refused, said);
    }

    // in a process of its own, since a process reads where its user's certificates are once
    private static async Task<(int Code, string Out)> CheckAsync(TlsServer server, TestIssuer ca, string home)
    {
        string folder = Path.Combine(home, Guid.NewGuid().ToString("N"));
        BrokerFolder.Create(folder, new BrokerPlan
        {
            Kind = BrokerKind.Mosquitto,
            Nodes = [new BrokerNode(server.Address.Host, server.Address.Port)],
            Fleet = "",
        }, DateTimeOffset.UtcNow);
        File.WriteAllText(Path.Combine(folder, BrokerFolder.CaCertificate), ca.Certificate.ExportCertificatePem());
        var start = new ProcessStartInfo("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "edgechat.dll"), "broker", "check", folder, "--act", "certificate"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HOME"] = home;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string found = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, found + await errors);
    }
}
