using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A message is taken back from all: nothing is left of it where it was not shown, and where it was it says so.</summary>
[TestClass]
public class TakeBackTests
{
    [TestMethod]
    public void Who_has_not_shown_it_shows_nothing_and_who_has_says_that_it_was_taken_back()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a1", "bob");
        alice.Types("a2", "bob");
        broker.Pass(3000);
        bob.Opens("alice");
        alice.Types("a3", "bob");
        alice.Types("a4", "bob");
        broker.Pass(3000);
        Assert.AreEqual(2, bob.Unread("alice"));
        alice.TakesBack("a1");
        alice.TakesBack("a3");
        broker.Pass(3000);
        Assert.AreEqual(1, bob.Unread("alice"));
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("taken back|a2|a4", bob.Shows("alice"));
            Assert.AreEqual("taken back|a2|taken back|a4", alice.Shows("bob"));
            Assert.AreEqual((int)MessageKind.TakenBack, (int)bob.Messenger.KindOf(bob.Find("taken back")));
            Assert.AreEqual((int)Tick.None, (int)alice.TickOf("taken back"));
            alice.Reboot();
            alice.Online();
            bob.Reboot();
            bob.Online();
            broker.Pass(90000);
        }

        Assert.AreEqual(Tick.Two, alice.TickOf("a4"));
        Assert.AreEqual(0, alice.Messenger.WaitingCount, "the markers have their receipts");
        bob.Opens("alice");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Shown, alice.TickOf("a4"));
        alice.Types("a5", "bob");
        Assert.AreEqual("taken back|a2|a4|a5", bob.Shows("alice"));
    }

    [TestMethod]
    public void A_marker_before_its_message_leaves_nothing_to_see()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        TestPair.Say(broker, "{\"n\":1,\"c\":\"a1\"}");
        TestPair.Say(broker, "{\"y\":\"u\",\"n\":4,\"re\":\"alice/2\"}");
        broker.Pass(12000);
        Assert.AreEqual("a1|2 messages missing, asked again", bob.Shows("alice"));
        bob.Reboot();
        bob.Online();
        TestPair.Say(broker, "{\"n\":2,\"c\":\"a2\"}");
        TestPair.Say(broker, "{\"n\":3,\"c\":\"a3\"}");
        broker.Pass(12000);
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("a1|a3", bob.Shows("alice"));
            Assert.AreEqual(2, bob.Unread("alice"));
            bob.Reboot();
            bob.Online();
        }

        Assert.AreEqual(1, broker.Count("ec1/i/alice/bob", "\"d\":4,\"s\":0}"), "received like any other");
    }

    [TestMethod]
    public void Only_who_sent_it_can_take_it_back()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(3000);
        alice.TypesToGroup("g1", "team");
        bob.Types("b1", "alice");
        alice.Types("a1", "bob");
        broker.Publish("ec1/g/team/carol", "{\"y\":\"u\",\"n\":1,\"re\":\"alice/1\"}");
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"u\",\"n\":2,\"re\":\"bob/1\"}");
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"u\",\"n\":2,\"re\":\"alic/1\"}");
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"u\",\"n\":2,\"re\":\"alice2/1\"}");
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"u\",\"re\":\"alice/1\"}");
        broker.Settle();
        Assert.IsTrue(bob.Find("g1") >= 0);
        Assert.IsTrue(carol.Find("g1") >= 0);
        Assert.AreEqual("b1|a1", bob.Shows("alice"));
        Assert.AreEqual(4, bob.Messenger.Counters.RefusedFor(BodyError.WrongSender));
        Assert.AreEqual(1, bob.Messenger.Counters.RefusedFor(BodyError.MissingField));
        Assert.AreEqual(SendError.NotHere, bob.Messenger.TakeBack(bob.Find("a1"), bob.NowMs));
        alice.Types("a2", "bob");
        Assert.AreEqual("b1|a1|a2", bob.Shows("alice"), "a marker that is refused takes no number");
    }

    [TestMethod]
    public void A_marker_about_what_is_not_there_or_is_no_message_changes_nothing()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        TestPair.Say(broker, "{\"n\":1,\"c\":\"a1\"}");
        TestPair.Say(broker, "{\"y\":\"b\",\"n\":2,\"re\":\"alice/1\",\"c\":\"\u2764\"}");
        TestPair.Say(broker, "{\"y\":\"u\",\"n\":3,\"re\":\"alice/2\"}");
        TestPair.Say(broker, "{\"y\":\"u\",\"n\":4,\"re\":\"alice/3\"}");
        TestPair.Say(broker, "{\"y\":\"u\",\"n\":5,\"re\":\"alice/99\"}");
        TestPair.Say(broker, "{\"y\":\"u\",\"n\":6,\"re\":\"alice/x\"}");
        TestPair.Say(broker, "{\"n\":7,\"c\":\"a7\"}");
        Assert.AreEqual("a1|a7", bob.Shows("alice"));
        Assert.AreEqual("\u2764", bob.Messenger.ReactionsOf(bob.Find("a1")));
    }

    [TestMethod]
    public void Who_lacks_it_is_told_that_it_was_withdrawn()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(3000);
        carol.Offline();
        alice.TypesToGroup("g1", "team");
        alice.TypesToGroup("g2", "team");
        broker.Pass(3000);
        alice.TakesBack("g1");
        broker.Pass(3000);
        Assert.IsTrue(bob.Find("g1") < 0);
        broker.RollBack(); // nothing waits for carol there any more
        carol.Online();
        broker.Pass(100000);
        Assert.IsTrue(carol.Find("g2") >= 0);
        Assert.IsTrue(carol.Find("g1") < 0);
        Assert.AreEqual(0, carol.Messenger.Counters.Lost);
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
        int requests = broker.Count("ec1/i/bob/alice", "\"y\":\"l\"");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"q\",\"g\":\"team\",\"a\":1,\"z\":1}");
        broker.Settle();
        Assert.AreEqual(requests + 1, broker.Count("ec1/i/bob/alice", "\"a\":1,\"z\":1,\"x\":1}"));
        alice.Deletes("taken back");
        alice.Reboot();
        alice.Online();
        Assert.IsTrue(alice.Find("taken back") < 0);
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"q\",\"g\":\"team\",\"a\":1,\"z\":1}");
        broker.Settle();
        Assert.AreEqual(requests + 2, broker.Count("ec1/i/bob/alice", "\"a\":1,\"z\":1,\"x\":1}"), "deleted here besides");
    }

    [TestMethod]
    public void What_waits_is_never_sent_and_needs_no_marker()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("m1", "bob");
        alice.Types("m2", "bob");
        int first = alice.Find("m1");
        alice.TakesBack("m1");
        Assert.AreEqual("m2", alice.Shows("bob"));
        Assert.AreEqual((int)Tick.None, (int)alice.Messenger.TickOf(first), "nobody waits for it");
        alice.Reboot();
        Assert.AreEqual((int)Tick.None, (int)alice.Messenger.TickOf(first));
        alice.Online();
        broker.Pass(90000);
        Assert.AreEqual("m2", bob.Shows("alice"));
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", "\"y\":\"u\""));
    }

    [TestMethod]
    public void What_comes_again_in_a_later_life_of_its_sender_stays_taken_back()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        TestPair.Say(broker, "{\"n\":1,\"t\":5,\"x\":1,\"c\":\"a1\"}");
        bob.Opens("alice");
        TestPair.Say(broker, "{\"y\":\"u\",\"n\":2,\"re\":\"alice/1\"}");
        TestPair.Say(broker, "{\"n\":1,\"t\":5,\"x\":1,\"c\":\"a1\",\"e\":2}");
        Assert.AreEqual("taken back", bob.Shows("alice"));
        Assert.IsFalse(bob.Messenger.IsForwarded(bob.Find("taken back")), "nothing is left of it");
        TestPair.Say(broker, "{\"n\":3,\"t\":5,\"c\":\"a3\",\"e\":1}");
        Assert.AreEqual("taken back", bob.Shows("alice"));
    }

    [TestMethod]
    public void Between_two_that_seal_the_marker_is_sealed_and_an_open_one_is_refused()
    {
        SealedPair.NeedCryptography();
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        alice.Types("a1", "bob");
        broker.Pass(3000);
        TestPair.Say(broker, "{\"y\":\"u\",\"n\":2,\"re\":\"alice/1\"}");
        Assert.IsTrue(bob.Find("a1") >= 0);
        Assert.AreEqual(1, SealedPair.Refused(bob, BodyError.NotSealed));
        bob.Opens("alice");
        alice.TakesBack("a1");
        broker.Pass(3000);
        Assert.AreEqual("taken back", bob.Shows("alice"));
        Assert.AreEqual(1, SealedPair.CountOpen(broker, SealedPair.ToBob), "the forged one alone");
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_at_either_of_two_takes_it_back_at_both_or_at_none()
    {
        TestPair.CutChange((m, message, nowMs) => m.TakeBack(message, nowMs), "taken back");
    }
}
