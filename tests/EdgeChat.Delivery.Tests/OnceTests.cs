using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Each message stands on the screen exactly once, whatever is repeated and whenever the power goes.</summary>
[TestClass]
public class OnceTests
{
    [TestMethod]
    public void What_comes_twice_shows_once_and_is_answered_with_the_receipt()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.AtBroker.DeliversTwice = true;
        for (int n = 1; n <= 3; n++) broker.Publish("ec1/i/alice/bob", "{\"n\":" + n.ToString() + ",\"c\":\"m" + n.ToString() + "\"}");
        broker.Pass(3000);
        Assert.AreEqual("m1|m2|m3", alice.Shows("bob"));
        Assert.AreEqual(3, alice.Messenger.Counters.Duplicates);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"d\":3"));
        alice.Reboot();
        broker.Publish("ec1/i/alice/bob", "{\"n\":2,\"c\":\"m2\"}");
        broker.Pass(3000);
        Assert.AreEqual("m1|m2|m3", alice.Shows("bob"));
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_of_a_receive_loses_and_repeats_nothing()
    {
        var cuts = new PowerCuts(80, 1);
        while (cuts.Next())
        {
            var broker = new VirtualBroker();
            CoreBoard alice = broker.Board("alice").Online();
            CoreBoard bob = broker.Board("bob").Online();
            alice.Types("m1", "bob");
            broker.Pass(3000);
            cuts.Plan(bob);
            alice.Types("m2", "bob");
            bob.Opens("alice");
            alice.Types("m3", "bob");
            broker.Pass(4000);
            cuts.Heal(bob);
            broker.Pass(90000);
            Assert.AreEqual("m1|m2|m3", bob.Shows("alice"), cuts.Where);
            bob.Opens("alice");
            broker.Pass(4000);
            for (int n = 1; n <= 3; n++) Assert.AreEqual(Tick.Shown, alice.TickOf("m" + n.ToString()), cuts.Where);
        }
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_of_a_send_keeps_what_was_accepted()
    {
        var cuts = new PowerCuts(80, 1);
        while (cuts.Next())
        {
            var broker = new VirtualBroker();
            CoreBoard alice = broker.Board("alice").Online();
            CoreBoard bob = broker.Board("bob").Online();
            alice.Types("m1", "bob");
            broker.Pass(3000);
            cuts.Plan(alice);
            bool isTaken = alice.Types("m2", "bob") == SendError.None;
            broker.Pass(4000);
            cuts.Heal(alice);
            broker.Pass(4000);
            alice.Types("m3", "bob");
            broker.Pass(90000);
            string shown = bob.Shows("alice");
            Assert.IsTrue(shown == "m1|m2|m3" || (!isTaken && shown == "m1|m3"), cuts.Where + ": " + shown);
            Assert.AreEqual(shown, alice.Shows("bob"), cuts.Where);
            bob.Opens("alice");
            broker.Pass(4000);
            Assert.AreEqual(Tick.Shown, alice.TickOf("m3"), cuts.Where);
        }
    }

    [TestMethod]
    public void A_refused_write_is_no_message_and_no_receipt()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        bob.Flash.RefusesWrites = true;
        alice.Types("m1", "bob");
        broker.Pass(10000);
        Assert.AreEqual("", bob.Shows("alice"));
        Assert.AreEqual(Tick.One, alice.TickOf("m1"));
        Assert.AreEqual(1, bob.Messenger.Counters.NoRoom);
        alice.Flash.RefusesWrites = true;
        Assert.AreEqual(SendError.FlashFailed, alice.Types("m2", "bob"));
        Assert.AreEqual("m1", alice.Shows("bob"));
        alice.Flash.RefusesWrites = false;
        bob.Flash.RefusesWrites = false;
        alice.Types("m3", "bob");
        broker.Pass(90000);
        Assert.AreEqual("m1|m3", bob.Shows("alice"), "the sender repeats what has no receipt");
    }

    [TestMethod]
    public void A_recipient_with_a_new_life_is_not_taken_for_the_old_one()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("m1", "bob");
        broker.Pass(3000);
        bob.Reprovision();
        alice.Types("m2", "bob");
        alice.Types("m3", "bob");
        broker.Pass(3000);
        Assert.AreEqual(Tick.One, alice.TickOf("m2"));
        bob.Online();
        broker.Pass(4000);
        Assert.AreEqual("m2|m3", bob.Shows("alice"), "what waited on the broker; nothing old");
        Assert.AreEqual(Tick.Two, alice.TickOf("m1"), "the earlier life had it");
        Assert.AreEqual(Tick.Two, alice.TickOf("m2"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m3"));
    }

    [TestMethod]
    public void A_sender_with_a_new_life_begins_a_new_stream()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("old1", "bob");
        alice.Types("old2", "bob");
        broker.Pass(3000);
        alice.Reprovision().Online();
        alice.Types("new1", "bob");
        broker.Pass(3000);
        Assert.AreEqual("old1|old2|new1", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("new1"));
        broker.Publish("ec1/i/bob/alice", "{\"n\":3,\"c\":\"late\"}");
        broker.Pass(3000);
        bob.Reboot();
        Assert.AreEqual("old1|old2|new1", bob.Shows("alice"), "a lower incarnation is a duplicate");
        alice.Types("new2", "bob");
        broker.Pass(3000);
        bob.Opens("alice");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Shown, alice.TickOf("new2"));
        Assert.AreEqual("old1|old2|new1|new2", bob.Shows("alice"));
    }

    [TestMethod]
    public void The_holes_of_an_earlier_life_are_lost_and_say_so()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"c\":\"m1\"}");
        broker.Publish("ec1/i/alice/bob", "{\"n\":4,\"c\":\"m4\"}");
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"e\":2,\"c\":\"n1\"}");
        broker.Settle();
        Assert.AreEqual("m1|2 messages lost|m4|n1", alice.Shows("bob"));
        alice.Reboot();
        Assert.AreEqual("m1|2 messages lost|m4|n1", alice.Shows("bob"));
    }
}
