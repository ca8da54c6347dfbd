using System.Net.Sockets;
using EdgeChat.Device;
using nanoFramework.M2Mqtt.Exceptions;
using BoardSocketException = EdgeChat.VirtualBoard.Platform.SocketException;

namespace EdgeChat.Tests.OnBoard;

/// <summary>What a board says of a connection that failed, for each code that its runtime has been seen to report, in both forms.</summary>
[TestClass]
public class LinkWordsTests
{
    [TestMethod]
    [DataRow(1, "the broker's certificate, or the CA's, is out of date: renew it")]
    [DataRow(0x200, "is not valid yet: check its dates and the time server")]
    [DataRow(4, "is for another name: it must name host")]
    [DataRow(8, "is not from the fleet's CA in ca.pem")]
    [DataRow(0x4008, "is too weak: take ECDSA P-256, or RSA 2048 to 3072, with SHA-256")]
    [DataRow(0x10000, "is too weak: take ECDSA P-256, or RSA 2048 to 3072, with SHA-256")]
    [DataRow(0x800, "is not for servers: it needs serverAuth and digitalSignature")]
    [DataRow(-9984, "not for this host, out of date, not valid yet or too weak: `edgechat broker check` tells which")]
    [DataRow(-1, "a certificate of ca.pem cannot be read: put the fleet's CA there again")]
    [DataRow(6, "this board's own certificate, or its key, cannot be read: provision the board again")]
    [DataRow(7, "this board's own certificate, or its key, cannot be read: provision the board again")]
    [DataRow(-31232, "is not for servers: it needs serverAuth and digitalSignature")]
    [DataRow(-30592, "or wants a client certificate that counts: its log says which")]
    [DataRow(-29312, "or the broker wants a client certificate that counts: check port and the broker's log")]
    [DataRow(-80, "or the broker wants a client certificate that counts: check port and the broker's log")]
    [DataRow(-29184, "that port has no TLS: check port, which is 8883 at most brokers")]
    [DataRow(-28928, "more than 16 KB of certificates: let it send its own and those in between, no others")]
    [DataRow(-12288, "more than 8 intermediate certificates lead from the broker's to the CA: have it issued with fewer")]
    [DataRow(-9570, "that this board does not know: have it issued without")]
    [DataRow(-8320, "that this board does not know: have it issued without")]
    [DataRow(-15616, "a curve of its own: take ECDSA P-256")]
    [DataRow(-28288, "the broker has no TLS 1.2: bring it up to date")]
    [DataRow(-32512, "restart the board, and let the broker send fewer certificates")]
    public void Each_code_of_TLS_has_words_in_both_forms(int code, string expected)
    {
        Exception[] forms = [new BoardSocketException((SocketError)code), new CryptographicException(code)];
        foreach (Exception form in forms)
        {
            string words = LinkWords.For(new MqttConnectionException("connecting failed", form), "broker.home:8883", isTls: true);
            StringAssert.StartsWith(words, "no TLS with broker.home:8883: ");
            StringAssert.Contains(words, expected);
        }
    }

    [TestMethod]
    [DataRow(10061, "nothing listens at broker.home:8883. Is the broker running?")]
    [DataRow(10060, "broker.home:8883 does not answer. Check host and firewall.")]
    [DataRow(10065, "no way to broker.home:8883. Same network?")]
    [DataRow(10051, "no way to broker.home:8883. Same network?")]
    [DataRow(11001, "the name in broker.home:8883 is not known. Check host.")]
    public void Whoever_is_not_reached_is_told_the_same_with_TLS(int code, string words)
    {
        Exception e = new MqttConnectionException("connecting failed", new BoardSocketException((SocketError)code));
        Assert.AreEqual(words, LinkWords.For(e, "broker.home:8883", isTls: true));
        Assert.AreEqual(words, LinkWords.For(e, "broker.home:8883", isTls: false));
    }

    [TestMethod]
    [DataRow(10054)]
    [DataRow(10053)]
    public void A_code_of_sockets_is_not_taken_for_flags(int code) => StringAssert.EndsWith(
        LinkWords.For(new BoardSocketException((SocketError)code), "broker.home:8883", isTls: true),
        $"or that port has no TLS (error {code})");

    // as newer runtimes have it; the class libraries of the older ones lack it
    private sealed class CryptographicException(int code) : Exception("refused")
    {
        public int ErrorCode { get; } = code;
    }
}
