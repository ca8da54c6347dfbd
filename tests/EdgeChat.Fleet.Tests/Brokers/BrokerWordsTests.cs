using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Tool.Broker;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Fleet.Tests;

/// <summary>The tool says why there is no TLS in the words that boards have for it.</summary>
[TestClass]
public class BrokerWordsTests
{
    [TestMethod]
    [DataRow("another CA", "the broker's certificate is not from the fleet's CA in ca.pem")]
    [DataRow("another name", "the broker's certificate is for another name: it must name host")]
    [DataRow("another use", "the broker's certificate is not for servers: it needs serverAuth and digitalSignature")]
    public async Task A_certificate_that_is_not_good_is_refused_with_its_cause(string fault, string words)
    {
        using var root = new TestIssuer("CN=root");
        using var other = new TestIssuer("CN=other");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using X509Certificate2 certificate = root.Server(key, r =>
        {
            if (fault == "another use")
                r.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.2")], false));
        });
        await using var server = new TlsServer(certificate, key);
        BrokerAddress address = fault == "another name" ? server.Address with { Host = "localhost" } : server.Address;
        string said = await WhyAsync(address, fault == "another CA" ? other : root);
        StringAssert.Contains(said, $"no TLS with {address}: {words}");
    }

    [TestMethod]
    public async Task A_port_that_closes_has_no_TLS_or_wants_a_certificate()
    {
        using var root = new TestIssuer("CN=root");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Task serving = Task.Run(async () =>
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            byte[] record = new byte[5];
            await client.GetStream().ReadExactlyAsync(record);
            await client.GetStream().ReadExactlyAsync(new byte[(record[3] << 8) + record[4]]);
        });
        var address = new BrokerAddress("127.0.0.1", ((IPEndPoint)listener.LocalEndpoint).Port);
        StringAssert.Contains(await WhyAsync(address, root),
            "that port has no TLS, or the broker wants a client certificate that counts: check port");
        await serving;
        listener.Stop();
        StringAssert.Contains(await WhyAsync(address, root), $"nothing listens at {address}. Is the broker running?");
    }

    private static async Task<string> WhyAsync(BrokerAddress address, TestIssuer ca)
    {
        var login = new BrokerLogin(address, Tls: BrokerTls.Trusting([ca.Certificate]));
        ToolException refused = await Assert.ThrowsExactlyAsync<ToolException>(
            () => BrokerProbe.CheckAsync(login, "probe", CancellationToken.None));
        return refused.Message;
    }
}
