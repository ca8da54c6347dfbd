using System.Net;
using System.Net.Sockets;
using EdgeChat.Tool.Fleets;

namespace EdgeChat.Fleet.Tests;

/// <summary>What the doctor finds of clocks.</summary>
[TestClass]
public class DoctorTests
{
    [TestMethod]
    [DataRow(0, true, "s from 127.0.0.1")]
    [DataRow(3600, false, "this PC is 3600.0 s behind 127.0.0.1: set the clock that is wrong")]
    [DataRow(-90, false, "this PC is 90.0 s before 127.0.0.1: set the clock")]
    public async Task A_clock_is_compared_with_the_servers(int ahead, bool isWell, string text)
    {
        using var server = new UdpClient(new IPEndPoint(IPAddress.Loopback, 0));
        _ = AnswerAsync(server, TimeSpan.FromSeconds(ahead));
        Finding finding = await LookAsync(((IPEndPoint)server.Client.LocalEndPoint!).Port, new Still(new(2026, 11, 27, 1, 0, 0, default)));
        Assert.AreEqual(isWell, finding.IsWell);
        StringAssert.Contains(finding.Text, text);
    }

    [TestMethod]
    public async Task Without_a_server_that_is_said_and_a_clock_at_its_beginning_is_wrong()
    {
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        int port = ((IPEndPoint)silent.LocalEndPoint!).Port;
        silent.Dispose(); // nobody is there
        Finding finding = await LookAsync(port, new Still(new(2026, 11, 27, 1, 0, 0, default)));
        Assert.IsTrue(finding.IsWell);
        StringAssert.Contains(finding.Text, "no time server answers at 127.0.0.1");
        finding = await LookAsync(port, new Still(new(1970, 1, 1, 0, 0, 9, default)));
        Assert.IsFalse(finding.IsWell);
        StringAssert.Contains(finding.Text, "this PC believes that it is 1970-01-01: set the clock");
    }

    [TestMethod]
    [DataRow("2026-11-27T12:34:56.789Z")]
    [DataRow("2036-02-07T06:28:15.999Z")]
    [DataRow("2036-02-07T06:28:16.000Z")] // where the seconds begin anew
    [DataRow("2090-01-01T00:00:00.500Z")]
    public void A_time_of_either_era_is_what_was_written(string text)
    {
        var time = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        var bytes = new byte[8];
        TimeServer.Write(bytes, time);
        Assert.IsTrue((TimeServer.Read(bytes) - time).Duration() < TimeSpan.FromMilliseconds(1));
    }

    private static async Task<Finding> LookAsync(int port, TimeProvider clock)
    {
        var found = new List<Finding>();
        await new Doctor(found.Add).ClockAsync(["127.0.0.1"], port, clock, CancellationToken.None);
        return found.Single();
    }

    // first something that is no answer to this question, then the answer
    private static async Task AnswerAsync(UdpClient server, TimeSpan ahead)
    {
        UdpReceiveResult asked = await server.ReceiveAsync();
        byte[] reply = [0x24, 1, .. new byte[46]];
        await server.SendAsync(reply, asked.RemoteEndPoint);
        DateTimeOffset time = TimeServer.Read(asked.Buffer.AsSpan(40)) + ahead;
        asked.Buffer.AsSpan(40, 8).CopyTo(reply.AsSpan(24));
        TimeServer.Write(reply.AsSpan(32), time);
        TimeServer.Write(reply.AsSpan(40), time);
        await server.SendAsync(reply, asked.RemoteEndPoint);
    }

    private sealed class Still(DateTimeOffset time) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time;
    }
}
