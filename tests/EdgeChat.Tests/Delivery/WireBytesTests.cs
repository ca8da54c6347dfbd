using System.Text;
using EdgeChat.Delivery;
using EdgeChat.Tests.Fleet;

namespace EdgeChat.Tests.Delivery;

/// <summary>What things cost on the wire: the table of docs/protocol.md is what two engines really publish.</summary>
[TestClass]
public class WireBytesTests
{
    private const string Me = "board-01";
    private const string Other = "board-02";
    private const string Line = "On my way, 10 minutes";
    private readonly List<(string Topic, string Body)> _published = [];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void The_table_in_the_protocol_is_what_the_engines_publish()
    {
        var network = new FaultyNetwork(1) { Listener = (topic, body) => _published.Add((topic, Encoding.UTF8.GetString(body))) };
        foreach (string id in new[] { Me, Other }) network.Peers.Add(new FaultyPeer(network, id));
        network.Peers[0].Me.DisplayName = "Board 1";
        foreach (FaultyPeer peer in network.Peers) peer.PowerOn();
        network.Pass(10_000);
        network.Peers[0].Try(e =>
        {
            int group = e.Messenger.CreateGroup("team", "The Team", network.Peers[0].NowMs);
            for (int i = 2; i <= 8; i++) e.Messenger.AddMember(group, "board-0" + i, network.Peers[0].NowMs);
        });
        // numbers of two digits, as most are
        for (int n = 0; n < 42; n++)
        {
            network.Peers[0].Try(e => Write(e.Messenger, e.Messenger.OpenDirect(Other), network.Peers[0].NowMs));
            network.Peers[0].Try(e => Write(e.Messenger, e.Messenger.Find("team", true), network.Peers[0].NowMs));
            network.Pass(10_000);
            network.Peers[1].Try(e => e.Messenger.MarkShown(e.Messenger.Find(Me, false), network.Peers[1].NowMs));
            network.Peers[1].Try(e => e.Messenger.MarkShown(e.Messenger.Find("team", true), network.Peers[1].NowMs));
            network.Pass(10_000);
        }

        network.Peers[0].Disconnect();
        string[] rows =
        [
            Row("text of 21 characters", "ec1/i/board-02/board-01", "{\"n\":42,"),
            Row("the same to a group", "ec1/g/team/board-01", "{\"n\":42,"),
            Row("receipt", "ec1/i/board-01/board-02", "{\"y\":\"r\",\"d\":42,\"s\":42}"),
            Row("receipt about a group", "ec1/i/board-01/board-02", "{\"y\":\"r\",\"g\":\"team\",\"d\":42,\"s\":42"),
            Row("birth", "ec1/p/board-01", "{\"s\":\"on\""),
            Row("profile", "ec1/d/board-01", "{\"nm\""),
            Row("roster of 8", "ec1/r/team", "{\"v\":8,"),
            Row("invitation", "ec1/i/board-08/board-01", "{\"y\":\"j\""),
        ];
        string table = string.Join('\n', rows);
        TestContext.WriteLine(table);
        string document = File.ReadAllText(Repository.File("docs/protocol.md"));
        if (!document.Contains(table, StringComparison.Ordinal)) Assert.Fail("docs/protocol.md, section 13, has another table than this:\n" + table);
    }

    private static void Write(Messenger messenger, int conversation, long nowMs)
    {
        byte[] text = Encoding.UTF8.GetBytes(Line);
        Assert.AreEqual(SendError.None, messenger.SendText(conversation, text, text.Length, -1, nowMs));
    }

    private string Row(string what, string topic, string beginning)
    {
        (string Topic, string Body) found = _published.LastOrDefault(p => p.Topic == topic && p.Body.StartsWith(beginning, StringComparison.Ordinal));
        Assert.IsNotNull(found.Body, what + " was not published");
        int payload = Encoding.UTF8.GetByteCount(found.Body);
        int rest = 2 + topic.Length + 2 + payload; // topic with its length, packet id, payload
        return $"| {what} | {payload} | {1 + (rest < 128 ? 1 : 2) + rest} |";
    }
}
