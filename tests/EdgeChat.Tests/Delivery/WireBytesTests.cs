using System.Text;
using EdgeChat.Delivery;
using EdgeChat.TestKit;
using EdgeChat.Tests.Fleet;

namespace EdgeChat.Tests.Delivery;

/// <summary>What things cost on the wire: the table of docs/protocol.md is what two engines really publish.</summary>
[TestClass]
public class WireBytesTests
{
    private const string Me = "board-01";
    private const string Other = "board-02";
    private const string Line = "On my way, 10 minutes";
    private readonly VirtualBroker _broker = new();

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void The_table_in_the_protocol_is_what_the_engines_publish()
    {
        CoreBoard me = _broker.Board(Me);
        CoreBoard other = _broker.Board(Other);
        other.Me.Operator = Me;
        me.Me.DisplayName = "Board 1";
        me.Online();
        other.Online();
        _broker.Pass(10_000);
        me.Try(m =>
        {
            int group = m.CreateGroup("team", "The Team", me.NowMs);
            for (int i = 2; i <= 8; i++) m.AddMember(group, "board-0" + i, me.NowMs);
        });
        // numbers of two digits, as most are
        for (int n = 0; n < 42; n++)
        {
            Assert.AreEqual(SendError.None, me.Types(Line, Other));
            Assert.AreEqual(SendError.None, me.TypesToGroup(Line, "team"));
            _broker.Pass(10_000);
            other.Opens(Me);
            other.Opens("team");
            _broker.Pass(10_000);
        }

        // who keeps nothing is asked
        me.Try(m => m.AddContact("board-03"));
        _broker.DropsRetained = true;
        _broker.Forget(other);
        _broker.Pass(20_000);
        PublishLog pair = SealedTalk();
        PublishLog group = SealedGroupTalk(out int talk);
        string[] rows =
        [
            Row("text of 21 characters", "ec1/i/board-02/board-01", "{\"n\":42,"),
            Row("the same to a group", "ec1/g/team/board-01", "{\"n\":42,"),
            LongestRow("text, sealed", "ec1/i/board-02/board-01", pair, 0, pair.Count),
            Row("receipt", "ec1/i/board-01/board-02", "{\"y\":\"r\",\"d\":42,\"s\":42}"),
            LongestRow("receipt, sealed", "ec1/i/board-01/board-02", pair, 0, pair.Count),
            LongestRow("text to a sealed group", "ec1/g/team/board-01", group, talk, group.Count),
            LongestRow("key and roster of a sealed group of 8, to each member", "ec1/i/board-08/board-01", group, 0, talk),
            Row("receipt about a group", "ec1/i/board-01/board-02", "{\"y\":\"r\",\"g\":\"team\",\"d\":42,\"s\":42"),
            Row("birth", "ec1/p/board-01", "{\"s\":\"on\""),
            Row("profile", "ec1/d/board-01", "{\"nm\""),
            Row("roster of 8", "ec1/r/team", "{\"v\":8,"),
            Row("invitation", "ec1/i/board-08/board-01", "{\"y\":\"j\""),
            Row("question for a presence", "ec1/i/board-03/board-01", "{\"y\":\"p\"}"),
            Row("question for a roster", "ec1/i/board-01/board-02", "{\"y\":\"p\",\"g\":"),
        ];
        string table = string.Join('\n', rows);
        TestContext.WriteLine(table);
        string document = File.ReadAllText(Repository.File("docs/protocol.md"));
        if (!document.Contains(table, StringComparison.Ordinal)) Assert.Fail("docs/protocol.md, section 13, has another table than this:\n"
            + table);
    }

    // a talk of two boards with a key, until numbers have two bytes
    private static PublishLog SealedTalk()
    {
        var broker = new VirtualBroker();
        CoreBoard me = SealKit.Give(broker.Board(Me), Other).Online();
        CoreBoard other = SealKit.Give(broker.Board(Other), Me).Online();
        for (int n = 0; n < 300; n++)
        {
            me.Types(Line, Other);
            broker.Pass(3_000);
            other.Opens(Me);
        }

        return broker.Log;
    }

    // edits of a group of eight, until its epoch has two bytes, and from there a talk, until numbers have
    private static PublishLog SealedGroupTalk(out int talk)
    {
        var broker = new VirtualBroker();
        string[] others = [.. Enumerable.Range(2, 7).Select(i => "board-0" + i)];
        CoreBoard me = SealKit.Give(broker.Board(Me), others).Online();
        foreach (string other in others)
        {
            CoreBoard board = SealKit.Give(broker.Board(other), Me);
            board.Me.Operator = Me;
            board.Online();
        }

        me.Try(m =>
        {
            int group = m.CreateGroup("team", "The Team", me.NowMs);
            foreach (string other in others) m.AddMember(group, other, me.NowMs);
        });
        broker.Pass(5_000);
        for (int v = 0; v < 130; v++)
        {
            me.Try(m => m.RenameGroup(m.Find("team", true), "The Team", me.NowMs));
            broker.Pass(5_000);
        }

        talk = broker.Log.Count;
        for (int n = 0; n < 150; n++)
        {
            me.TypesToGroup(Line, "team");
            broker.Pass(5_000);
        }

        return broker.Log;
    }

    // of the publishes from one to another that went to a topic
    private static string LongestRow(string what, string topic, PublishLog log, int from, int to)
    {
        int payload = Enumerable.Range(from, to - from).Where(i => log.TopicAt(i) == topic).Max(i => log.BodyAt(i).Length);
        return RowOf(what, topic, payload);
    }

    private string Row(string what, string topic, string beginning)
    {
        string found = _broker.Log.LastOf(topic, beginning);
        Assert.AreNotEqual("", found, what + " was not published");
        return RowOf(what, topic, Encoding.UTF8.GetByteCount(found));
    }

    private static string RowOf(string what, string topic, int payload)
    {
        int rest = 2 + topic.Length + 2 + payload; // topic with its length, packet id, payload
        return $"| {what} | {payload} | {1 + (rest < 128 ? 1 : 2) + rest} |";
    }
}
