using System.Security.Cryptography;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Fleet.Tests;

/// <summary>A CA that boards could not read or use is told by every command that would put it onto one.</summary>
[TestClass]
public class CaFileTests
{
    private const string Fault = "has an RSA key of 1024 bits, and boards take 2048 or more: take ECDSA on P-256";
    private const string Secure = "host: 127.0.0.1, port: 1, tls: true, ca: ca.pem";

    private readonly TestFolder _folder = new();

    [TestMethod]
    public async Task Provision_tells_it_before_it_touches_a_board_or_a_password()
    {
        var ran = await ToolRun.Of([.. Provision(Weak())]);
        Assert.AreEqual(ExitCode.Fleet, ran.Code, ran.Out + ran.Error);
        StringAssert.Contains(ran.Error, $"fleet.yaml: ca: CN=weak: {Fault}");
        ran = await ToolRun.Of([.. Provision("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]);
        Assert.AreEqual(ExitCode.Fleet, ran.Code, ran.Out + ran.Error);
        StringAssert.Contains(ran.Error, "ca: the certificate that begins in line 1 cannot be read: write it again as PEM");
        Assert.IsFalse(File.Exists(_folder["passwords"]));
    }

    [TestMethod]
    public async Task The_doctor_tells_it_among_what_else_it_finds()
    {
        string[] doctor = ["doctor", "--json", .. Provision(Weak())[1..]];
        var ran = await ToolRun.Of(doctor);
        Assert.AreEqual(ExitCode.Machine, ran.Code, ran.Out + ran.Error);
        StringAssert.Contains(ran.Out, $"\"what\":\"ca\",\"well\":false,\"text\":\"CN=weak: {Fault}\"");
        StringAssert.Contains(ran.Out, "no broker answers at 127.0.0.1:1");
        File.WriteAllText(_folder["ca.pem"], "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        ran = await ToolRun.Of(doctor);
        Assert.AreEqual((ExitCode.Machine, ""), (ran.Code, ran.Error), ran.Out);
        StringAssert.Contains(ran.Out, "cannot be read (the certificate that begins in line 1 cannot be read): write it again as PEM");
    }

    [TestMethod]
    public async Task So_does_the_demo_before_it_asks_the_broker()
    {
        File.WriteAllText(_folder["ca.pem"], Weak());
        var ran = await ToolRun.Of("demo", "--broker", "mqtts://127.0.0.1:1", "--ca", _folder["ca.pem"]);
        Assert.AreEqual(ExitCode.Usage, ran.Code, ran.Out + ran.Error);
        StringAssert.Contains(ran.Error, $"--ca {_folder["ca.pem"]}: boards do not take it: CN=weak: {Fault}");
    }

    [TestCleanup]
    public void Dispose() => _folder.Dispose();

    private static string Weak()
    {
        using var weak = new TestIssuer("CN=weak", RSA.Create(1024));
        return weak.Certificate.ExportCertificatePem();
    }

    private string[] Provision(string ca)
    {
        File.WriteAllText(_folder["ca.pem"], ca);
        _folder.Fleet(TestFolder.TwoBoards.Replace("host: broker.home", Secure));
        _folder.Store().Dispose();
        return ["provision", "--fleet", _folder["fleet.yaml"], "--key-file", _folder["store.key"]];
    }
}
