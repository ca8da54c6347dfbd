using System.Net;
using System.Text;
using System.Text.Json;
using EdgeChat.Device;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.OnBoard;

/// <summary>The whole board and Mosquitto with TLS and passwords: whom the board trusts, and what it says when it does not.</summary>
[TestClass]
public class TlsLinkTests
{
    private const byte TlsHandshake = 0x16; // RFC 5246, section 6.2.1: the content type that opens a connection
    private const string NotTrusted = "the broker's certificate is not from the fleet's CA in ca.pem, not for this host, out of date, not "
        + "valid yet or too weak: `edgechat broker check` tells which";

    [TestMethod]
    public async Task With_the_fleets_CA_and_its_password_the_board_is_on()
    {
        using var ca = new TestCa("fleet");
        await using TlsFleet fleet = await TlsFleet.StartAsync(ca, ca.Pem);
        await fleet.PowerOnAsync();
        await fleet.ReadAsync("ec1/p/alice", body => body.Contains("\"s\":\"on\"", StringComparison.Ordinal));
        await fleet.ProblemInAsync("online");
        AssertOnlyTls(fleet);
    }

    [TestMethod]
    public async Task A_ca_pem_with_text_around_the_certificate_and_other_line_ends_is_read()
    {
        using var ca = new TestCa("fleet");
        await using TlsFleet fleet =
            await TlsFleet.StartAsync(ca, "Issuer: the fleet, this year\r\n" + ca.Pem.ReplaceLineEndings("\r\n") + "\r\n# end\r\n");
        await fleet.PowerOnAsync();
        await fleet.ProblemInAsync("online");
    }

    [TestMethod]
    [DataRow("another CA")]
    [DataRow("another host")]
    [DataRow("out of date")]
    [DataRow("not yet valid")]
    public async Task A_broker_that_cannot_prove_itself_gets_nothing_in_plain_text_and_the_console_says_why(string fault)
    {
        using var ca = new TestCa("fleet");
        using var other = new TestCa("another fleet");
        await using TlsFleet fleet = await TlsFleet.StartAsync(
            ca,
            fault == "another CA" ? other.Pem : ca.Pem,
            address: fault == "another host" ? IPAddress.Parse("192.0.2.1") : null,
            notAfter: fault == "out of date" ? DateTimeOffset.UtcNow.AddHours(-1) : null);
        var sent = new List<Packet>();
        fleet.Board.Board.Packets.Logged += sent.Add;
        if (fault == "not yet valid") fleet.Board.Board.Sntp.Offset = TimeSpan.FromDays(-3);
        await fleet.PowerOnAsync();
        StringAssert.StartsWith(await fleet.ProblemInAsync("waiting", NotTrusted), $"no TLS with 127.0.0.1:{fleet.Relay.Port}: ");
        await fleet.AskAsync("wifi retry", o => o.TryGetProperty("ok", out _));
        await fleet.ProblemInAsync("waiting", NotTrusted);
        Assert.IsTrue(fleet.Relay.Sent.Count >= 2, "the board tries again");
        AssertOnlyTls(fleet);
        Assert.AreEqual(0, sent.Count, "no MQTT packet, so no password either");
    }

    [TestMethod]
    public async Task A_wrong_password_is_said_and_no_password_is_ever_shown()
    {
        const string wrong = "battery staple 11";
        using var ca = new TestCa("fleet");
        await using TlsFleet fleet = await TlsFleet.StartAsync(ca, ca.Pem, wrong);
        await fleet.PowerOnAsync();
        Assert.AreEqual("refused (5): alice may not connect; check its password and the broker's users",
            await fleet.ProblemInAsync("refused"));
        await fleet.AskAsync("log", o => o.TryGetProperty("ok", out _));
        await fleet.AskAsync("set", o => o.TryGetProperty("ok", out _));
        fleet.Board.Board.Console.Type("mode text\rlog\rset\rstatus\r"u8);
        fleet.Board.WaitForOutput("connection  refused, broker ");
        fleet.Board.Board.RequestStop();
        Assert.IsTrue(fleet.Board.Board.Stopped.Wait(TestBoard.Patience));
        Assert.IsNull(fleet.Board.Board.FirmwareFault);
        Assert.IsFalse(fleet.Shown.Contains(wrong, StringComparison.Ordinal), fleet.Shown);
        AssertOnlyTls(fleet);
    }

    [TestMethod]
    public async Task The_board_waits_for_the_time_before_it_judges_a_certificate()
    {
        using var ca = new TestCa("fleet");
        await using TlsFleet fleet = await TlsFleet.StartAsync(ca, ca.Pem);
        fleet.Board.Board.Sntp.Answers = false;
        await fleet.PowerOnAsync();
        Assert.AreEqual("waiting for the time (SNTP), which TLS needs", await fleet.ProblemInAsync("no-network", "waiting"));
        Assert.AreEqual(0, fleet.Relay.Sent.Count);
        fleet.Board.Board.Sntp.Answers = true;
        await fleet.ProblemInAsync("online");
    }

    [TestMethod]
    public async Task A_new_CA_comes_over_the_link_and_then_the_old_one_may_expire()
    {
        using var old = new TestCa("fleet");
        using var successor = new TestCa("fleet second", days: 30);
        await using TlsFleet fleet = await TlsFleet.StartAsync(old, old.Pem);
        await fleet.PowerOnAsync();
        await fleet.ProblemInAsync("online");
        string order = JsonSerializer.Serialize(new { y = "c", a = 7, c = "ca\n" + successor.Pem });
        await fleet.ReadAsync($"ec1/i/{TlsFleet.Watcher}/alice", b => b.Contains("\"a\":7,\"c\":\"applied\"", StringComparison.Ordinal),
            $"ec1/i/alice/{TlsFleet.Watcher}", order);
        await fleet.RenewAsync(successor, DateTimeOffset.UtcNow.AddDays(20));
        await fleet.ReadAsync("ec1/p/alice", b => b.Contains("\"s\":\"on\"", StringComparison.Ordinal));

        fleet.Board.Board.PowerOff();
        fleet.Board.Board.Sntp.Offset = TimeSpan.FromDays(10); // the old CA is out of date now
        fleet.Board.Board.PowerOn();
        await fleet.ReadAsync("ec1/p/alice", b => b.Contains("\"s\":\"on\",\"b\":3", StringComparison.Ordinal));
    }

    [TestMethod]
    public void Each_block_of_ca_pem_is_read_without_its_blanks_and_a_bad_one_is_named_with_its_line()
    {
        using var one = new TestCa("one");
        using var two = new TestCa("two");
        string spaced = "text before\r\n" + one.Pem.Replace("\n", "  \t\r\n\r\n", StringComparison.Ordinal) + "\nbetween\n  " + two.Pem;
        TestBoard.Run(() =>
        {
            byte[] both = FleetCa.Read(Encoding.UTF8.GetBytes(spaced)).GetRawCertData();
            CollectionAssert.AreEqual(one.Chain[0].RawData, both);
            var e = Assert.ThrowsExactly<ConfigException>(() => FleetCa.Read(Encoding.UTF8.GetBytes(
                "# first\n" + one.Pem.Trim() + "\n# second\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")));
            int line = 1 + one.Pem.Trim().Split('\n').Length + 2;
            StringAssert.Contains(e.Message, $"ca.pem is damaged: this board cannot read the certificate that begins in line {line}.");
        });
    }

    [TestMethod]
    public void A_ca_pem_that_cannot_be_used_is_told_with_its_cure()
    {
        using var ca = new TestCa("fleet");
        using var constrained = new TestCa("fleet", isConstrained: true);
        Shows(constrained.Pem, "ca.pem is damaged: this board cannot read the certificate that begins in line 1.");
        Shows(null, "ca.pem is not on drive I:. Put the fleet's CA certificate there as PEM text: edgechat.json has \"tls\": true.");
        Shows("\u0030\u0082\0\u0001", "ca.pem is not a certificate in PEM text. Put the fleet's CA");
        Shows("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
            "ca.pem is damaged: this board cannot read the certificate that begins in line 1.");
        Shows(ca.Pem + "\n" + ca.KeyPem, "ca.pem holds a private key, which no board may have: make a new CA.");
        Shows(new string('x', 5000), "ca.pem has 5000 bytes and may have 4096.");
    }

    [TestMethod]
    [DataRow("""{ "id": "alice", "host": "h", "tls": true }""", 8883)]
    [DataRow("""{ "id": "alice", "host": "h", "tls": true, "port": 1883 }""", 1883)]
    [DataRow("""{ "id": "alice", "host": "h", "tls": false }""", 1883)]
    public void The_port_is_that_of_TLS_unless_another_is_given(string file, int port)
    {
        using var ca = new TestCa("fleet");
        using var board = new TestBoard(() => Assert.AreEqual(port, DeviceConfig.Load().Port));
        board.Put("ca.pem", ca.Pem);
        board.Put("edgechat.json", file);
        board.RunToEnd();
    }

    [TestMethod]
    [DataRow("424242424242")]
    [DataRow("\"\"")]
    [DataRow("[\"424242424242\"]")]
    [DataRow("long")]
    public void A_password_that_cannot_be_used_is_not_repeated_in_the_error(string password)
    {
        if (password == "long") password = "\"" + string.Concat(Enumerable.Repeat("42", 65)) + "\"";
        using var board = new TestBoard(() =>
        {
            var e = Assert.ThrowsExactly<ConfigException>(() => DeviceConfig.Load());
            Assert.AreEqual("edgechat.json: \"password\" cannot be used; it must be a text in quotes of 1 to 128 characters.", e.Message);
            Assert.IsFalse(e.ToString().Contains("4242", StringComparison.Ordinal));
        });
        board.Put("edgechat.json", $$"""{ "id": "alice", "host": "h", "password": {{password}} }""");
        board.RunToEnd();
    }

    private static void Shows(string? pem, string expected)
    {
        using var board = new TestBoard();
        board.Put("board.json", TestBoard.Hardware);
        board.Put("ca.pem", pem);
        board.Put("edgechat.json", """{ "id": "alice", "host": "127.0.0.1", "tls": true }""");
        ConfigTests.Shows(board, expected);
    }

    private static void AssertOnlyTls(TlsFleet fleet)
    {
        IReadOnlyList<byte[]> connections = fleet.Relay.Sent;
        Assert.IsTrue(connections.Count > 0);
        foreach (byte[] sent in connections.Where(s => s.Length > 0))
        {
            Assert.AreEqual(TlsHandshake, sent[0]);
            Assert.IsFalse(Encoding.Latin1.GetString(sent).Contains("MQTT", StringComparison.Ordinal), "a CONNECT in plain text");
        }
    }
}
