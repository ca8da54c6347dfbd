using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>A broker of TLS 1.2 that joins what comes within 100 ms into one record, of which a board reads 4,390 bytes: what is sent
/// again comes in parts that it can read.</summary>
[TestClass]
public class LongRecordTests
{
    private const int Longest = 4390;
    private const int Bound = 60000;

    [TestMethod]
    [DataRow(12, 1000)]
    [DataRow(40, 350)]
    public void Texts_that_are_sent_together_are_all_there_in_a_minute(int count, int length)
    {
        VirtualBroker broker = Pair(out CoreBoard alice, out CoreBoard bob);
        alice.Offline();
        Write(alice, count, length);
        int before = Births(broker);
        alice.Online();
        broker.Pass(Bound);
        AreThere(count, alice, bob);
        Assert.IsLessThan(6, Births(broker) - before, "no loop");
        before = Births(broker);
        broker.Pass(3600000);
        Assert.AreEqual(before, Births(broker), "and then it is quiet");
    }

    [TestMethod]
    [DataRow(12, 1000)]
    [DataRow(40, 350)]
    public void Texts_that_have_waited_at_the_broker_are_all_there_in_a_minute(int count, int length)
    {
        VirtualBroker broker = Pair(out CoreBoard alice, out CoreBoard bob);
        bob.Offline();
        Write(alice, count, length);
        broker.Pass(Bound * 60);
        bob.Online();
        broker.Pass(Bound);
        AreThere(count, alice, bob);
    }

    [TestMethod]
    public void What_a_board_asks_for_comes_in_parts_that_it_can_read()
    {
        VirtualBroker broker = Pair(out CoreBoard alice, out CoreBoard bob);
        int before = Births(broker);
        bob.AtBroker.Lose("ec1/i/bob/alice", 11);
        for (int i = 1; i <= 12; i++)
        {
            Write(alice, i, i, 1000);
            broker.Pass(1000);
        }

        broker.Pass(20000);
        AreThere(12, alice, bob);
        Assert.AreEqual(before, Births(broker), "no connection has ended");
    }

    [TestMethod]
    public void Each_member_of_a_group_gets_what_it_lacks_in_parts()
    {
        VirtualBroker broker = Pair(out CoreBoard alice, out CoreBoard bob);
        CoreBoard carol = broker.Board("carol").Online();
        int team = alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        alice.Messenger.AddMember(team, "bob", alice.NowMs);
        alice.Messenger.AddMember(team, "carol", alice.NowMs);
        broker.Pass(20000);
        alice.Offline();
        for (int i = 1; i <= 12; i++) Assert.AreEqual(SendError.None, alice.TypesToGroup(Text(i, 1000), "team"));
        alice.Online();
        broker.Pass(2 * Bound);
        foreach (CoreBoard member in new[] { bob, carol })
            for (int i = 1; i <= 12; i++) Assert.Contains(Text(i, 1000), member.Shows("team"), member.Id);
        Assert.AreEqual(Tick.Two, alice.TickOf(Text(12, 1000)));
    }

    [TestMethod]
    [DataRow(5)]
    [DataRow(12)]
    public void Several_that_write_at_once_are_all_heard_in_some_minutes(int count)
    {
        VirtualBroker broker = Start(Enumerable.Range(1, count).Select(i => "w" + i), out CoreBoard[] writers, out CoreBoard bob);
        int before = Births(broker);
        foreach (CoreBoard writer in writers) Write(writer, 4, 1000);
        broker.Pass(4 * Bound);
        foreach (CoreBoard writer in writers) AreThere(4, writer, bob);
        Assert.IsLessThan(8, Births(broker) - before, "no loop");
    }

    private static VirtualBroker Pair(out CoreBoard alice, out CoreBoard bob)
    {
        VirtualBroker broker = Start(["alice"], out CoreBoard[] writers, out bob);
        alice = writers[0];
        return broker;
    }

    // bob has heard of each of them
    private static VirtualBroker Start(IEnumerable<string> names, out CoreBoard[] writers, out CoreBoard bob)
    {
        var broker = new VirtualBroker { LongestRecord = Longest };
        bob = broker.Board("bob").Online();
        writers = [.. names.Select(name => broker.Board(name).Online())];
        broker.Pass(20000);
        foreach (CoreBoard writer in writers) writer.Types("before", "bob");
        broker.Pass(Bound);
        return broker;
    }

    private static string Text(int n, int length) => $"{n} {new string('x', length)}";

    private static void Write(CoreBoard writer, int count, int length) => Write(writer, 1, count, length);

    private static void Write(CoreBoard writer, int from, int to, int length)
    {
        for (int i = from; i <= to; i++) Assert.AreEqual(SendError.None, writer.Types(Text(i, length), "bob"));
    }

    private static void AreThere(int count, CoreBoard writer, CoreBoard bob)
    {
        string[] texts = writer.Shows("bob").Split('|');
        Assert.AreEqual(count + 1, texts.Length);
        Assert.AreEqual(writer.Shows("bob"), bob.Shows(writer.Id));
        foreach (string text in texts) Assert.AreEqual(Tick.Two, writer.TickOf(text), text[..2]);
    }

    private static int Births(VirtualBroker broker) => broker.Count("ec1/p/bob", "\"on\"");
}
