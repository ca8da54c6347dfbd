using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A device that begins anew, with an empty flash and the same incarnation: no tick lies, and all that it writes is
/// shown.</summary>
[TestClass]
public class LivesTests
{
    [TestMethod]
    public void What_a_board_with_emptied_flash_writes_is_shown()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Talk(broker, out CoreBoard carol);
        Empty(alice).Online();
        Check(broker, alice, carol);
        Assert.AreEqual(2, alice.Me.Incarnation, "the broker keeps the presence of the first life");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Both_may_begin_anew(bool isAliceFirst)
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Talk(broker, out CoreBoard carol);
        carol.PowerOff();
        broker.Pass(1000);
        if (isAliceFirst) Empty(alice).Online();
        Empty(carol).Online();
        if (!isAliceFirst) Empty(alice).Online();
        alice.Types("THREE", "carol");
        broker.Pass(10000);
        Assert.AreEqual("THREE", carol.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("THREE"));
        carol.Types("and back", "alice");
        broker.Pass(10000);
        Assert.AreEqual("THREE|and back", alice.Shows("carol"));
        Assert.AreEqual(Tick.Two, carol.TickOf("and back"));
    }

    [TestMethod]
    public void It_is_so_when_the_broker_keeps_nothing()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Talk(broker, out CoreBoard carol);
        broker.ForgetAll();
        carol.Online();
        Empty(alice).Online();
        Check(broker, alice, carol);
    }

    [TestMethod]
    public void A_receipt_above_what_was_ever_sent_begins_a_new_life_and_what_waits_goes_out_again()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("one", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":9,\"s\":9}");
        broker.Pass(1000);
        Assert.AreEqual(2, alice.Me.Incarnation);
        Assert.AreEqual(Tick.One, alice.TickOf("one"), "a tick that nobody proved");
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"e\":2"));
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":1,\"i\":2}");
        Assert.AreEqual(Tick.Two, alice.TickOf("one"));
        alice.Reboot();
        Assert.AreEqual(2, alice.Me.Incarnation);
    }

    [TestMethod]
    public void A_counter_at_its_end_is_not_believed()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("one", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":1,\"i\":65535}");
        broker.Pass(1000);
        Assert.AreEqual(1, alice.Me.Incarnation);
    }

    [TestMethod]
    public void Another_content_under_a_number_that_came_is_another_life_and_a_repetition_is_none()
    {
        var broker = new VirtualBroker();
        CoreBoard carol = broker.Board("carol").Online();
        broker.Publish("ec1/i/carol/alice", "{\"n\":1,\"c\":\"one\"}");
        broker.Publish("ec1/i/carol/alice", "{\"n\":2,\"c\":\"two\"}");
        broker.Publish("ec1/i/carol/alice", "{\"n\":1,\"c\":\"ONE\"}");
        broker.Publish("ec1/i/carol/alice", "{\"n\":2,\"c\":\"two\"}");
        broker.Publish("ec1/i/carol/alice", "{\"n\":1,\"c\":\"one\"}");
        Assert.AreEqual("one|ONE|two", carol.Shows("alice"));
        carol.Reboot();
        Assert.AreEqual("one|ONE|two", carol.Shows("alice"));
        broker.Publish("ec1/i/carol/alice", "{\"n\":1,\"c\":\"ONE\"}");
        Assert.AreEqual("one|ONE|two", carol.Shows("alice"));
    }

    [TestMethod]
    public void What_waited_for_its_receipt_when_the_life_changed_is_shown_once()
    {
        var broker = new VirtualBroker();
        CoreBoard carol = broker.Board("carol").Online();
        broker.Publish("ec1/i/carol/alice", "{\"n\":1,\"t\":1790000000,\"c\":\"one\"}");
        broker.Publish("ec1/i/carol/alice", "{\"n\":2,\"t\":1790000001,\"c\":\"two\"}");
        broker.Publish("ec1/i/carol/alice", "{\"n\":2,\"e\":2,\"t\":1790000001,\"c\":\"two\"}");
        broker.Publish("ec1/i/carol/alice", "{\"n\":3,\"e\":2,\"t\":1790000002,\"c\":\"three\"}");
        Assert.AreEqual("one|two|three", carol.Shows("alice"));
        carol.Reboot();
        Assert.AreEqual("one|two|three", carol.Shows("alice"));
    }

    // two texts are shown at carol's, then alice's power goes
    private static CoreBoard Talk(VirtualBroker broker, out CoreBoard carol)
    {
        CoreBoard alice = broker.Board("alice").Online();
        carol = broker.Board("carol").Online();
        alice.Types("ONE", "carol");
        alice.Types("TWO", "carol");
        carol.Opens("alice");
        broker.Pass(5000);
        alice.PowerOff();
        broker.Pass(1000);
        return alice;
    }

    private static CoreBoard Empty(CoreBoard board)
    {
        board.Flash = new MemoryFlash();
        return board;
    }

    private static void Check(VirtualBroker broker, CoreBoard alice, CoreBoard carol)
    {
        alice.Types("THREE", "carol");
        alice.Types("FOUR", "carol");
        alice.Types("FIVE", "carol");
        broker.Pass(10000);
        Assert.AreEqual("ONE|TWO|THREE|FOUR|FIVE", carol.Shows("alice"));
        carol.Opens("alice");
        broker.Pass(10000);
        Assert.AreEqual(Tick.Shown, alice.TickOf("THREE"));
        Assert.AreEqual(Tick.Shown, alice.TickOf("FOUR"));
        Assert.AreEqual(Tick.Shown, alice.TickOf("FIVE"));
    }
}
