using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EdgeChat.Tool.Broker;
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
        var check = await ToolRun.Of("fleet", "check", _folder[FleetFile.DefaultName]);
        Assert.AreEqual((ran.Code, "", ran.Error), check);
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

    [TestMethod]
    public async Task A_brokers_certificate_in_the_place_of_its_CAs_is_told()
    {
        using var root = new TestIssuer("CN=root");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 server = root.Server(key);
        var ran = await ToolRun.Of([.. Provision(server.ExportCertificatePem())]);
        Assert.AreEqual(ExitCode.Fleet, ran.Code, ran.Out + ran.Error);
        StringAssert.Contains(ran.Error,
            "fleet.yaml: ca: CN=server: is no CA: take the certificate of the one that has issued it (CN=root)");
        using TestIssuer middle = root.Authority("CN=middle");
        Assert.IsEmpty(CaFile.Faults(Encoding.ASCII.GetBytes(middle.Certificate.ExportCertificatePem()), 3072));
    }

    [TestMethod]
    public async Task The_doctor_does_not_have_a_broker_started_that_is_of_another_CA()
    {
        using var root = new TestIssuer("CN=root");
        using var other = new TestIssuer("CN=other");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 server = root.Server(key);
        await using var broker = new TlsServer(server, key);
        string port = $"port: {broker.Address.Port}";
        string[] words = Provision(other.Certificate.ExportCertificatePem());
        string yaml = File.ReadAllText(_folder["fleet.yaml"]);
        File.WriteAllText(_folder["fleet.yaml"], yaml.Replace("port: 1,", port + ","));
        var ran = await ToolRun.Of(["doctor", .. words[1..]]);
        Assert.AreEqual(ExitCode.Machine, ran.Code, ran.Out + ran.Error);
        StringAssert.Contains(ran.Out, $"WRONG  broker    no TLS with 127.0.0.1:{broker.Address.Port}: the broker's certificate is not "
            + "from the fleet's CA in ca.pem; see to it that tls and ca in the fleet's file are this broker's");
    }

    [TestMethod]
    public async Task A_CA_with_a_fault_is_not_called_well_as_well()
    {
        var ran = await ToolRun.Of(["doctor", .. Provision(Weak())[1..]]);
        StringAssert.Contains(ran.Out, "WRONG  ca        CN=weak: ");
        Assert.DoesNotContain("well   ca ", ran.Out);
    }

    [TestMethod]
    [DataRow("short", 5)]
    [DataRow("päss", 5)]
    [DataRow("sixty-four-characters-and-no-digits-of-a-key-aaaaaaaaaaaaaaaaaaa", 64)]
    public async Task A_password_that_no_Wifi_has_is_told_before_a_board_gets_it(string password, int bytes)
    {
        File.WriteAllText(_folder["wifi"], password + "\n");
        _folder.Fleet(TestFolder.TwoBoards + "\nwifi: { ssid: home, password-file: wifi }\n");
        _folder.Store().Dispose();
        string[] words = ["--fleet", _folder["fleet.yaml"], "--key-file", _folder["store.key"]];
        string fault = $"the password of home has {bytes} bytes; it must have 8 to 63, or be a key of 64 hexadecimal digits: write it anew";
        var ran = await ToolRun.Of(["provision", .. words]);
        Assert.AreEqual((ExitCode.Fleet, $"edgechat: {_folder["fleet.yaml"]}: wifi: {fault}"), (ran.Code, ran.Error.Trim()));
        ran = await ToolRun.Of(["doctor", .. words]);
        StringAssert.Contains(ran.Out, $"WRONG  wifi      {_folder["wifi"]}: {fault}");
        Assert.DoesNotContain(password, ran.Out);
        Assert.IsNull(new WifiLogin("home", new string('f', 64)).Fault ?? new WifiLogin("home", "").Fault);
    }

    [TestMethod]
    public async Task A_secret_of_another_encoding_is_not_made_another_secret()
    {
        File.WriteAllText(_folder["wifi"], "pässword\n", Encoding.Latin1);
        _folder.Fleet(TestFolder.TwoBoards + "\nwifi: { ssid: home, password-file: wifi }\n");
        _folder.Store().Dispose();
        var ran = await ToolRun.Of("provision", "--fleet", _folder["fleet.yaml"], "--key-file", _folder["store.key"]);
        Assert.AreEqual((ExitCode.Machine, $"edgechat: {_folder["wifi"]}: cannot be read (line 1 is no text in UTF-8: save it as UTF-8)"),
            (ran.Code, ran.Error.Trim()));
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
