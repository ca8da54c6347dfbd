using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>Edits, deletions, reactions and what is taken back, where they meet restarts, holes and one another.</summary>
[TestClass]
public class CombinationTests
{
    [TestMethod]
    public void A_reaction_that_came_before_its_message_or_behind_a_hole_stands_at_it()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        broker.Publish("ec1/i/bob/zoe", "{\"n\":1,\"t\":1790000000,\"c\":\"a1\"}");
        broker.Publish("ec1/i/bob/zoe", "{\"y\":\"b\",\"n\":3,\"re\":\"zoe/1\",\"c\":\"👍\"}");
        broker.Publish("ec1/i/bob/zoe", "{\"n\":4,\"t\":1790000000,\"c\":\"a4\"}");
        Assert.IsNull(bob.Messenger.ReactionsOf(bob.Find("a1")), "its turn is after what is missing");
        broker.Publish("ec1/i/bob/zoe", "{\"n\":2,\"t\":1790000000,\"c\":\"a2\"}");
        Assert.AreEqual("👍", bob.Messenger.ReactionsOf(bob.Find("a1")));

        broker.Publish("ec1/i/bob/yan", "{\"y\":\"b\",\"n\":2,\"re\":\"yan/1\",\"c\":\"❤\"}");
        broker.Publish("ec1/i/bob/yan", "{\"n\":1,\"t\":1790000000,\"c\":\"b1\"}");
        Assert.AreEqual("❤", bob.Messenger.ReactionsOf(bob.Find("b1")), "the message was late");
    }

    [TestMethod]
    public void A_reaction_of_one_member_that_overtakes_the_message_of_another_waits_for_it()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        Assert.IsTrue(alice.Try(m =>
        {
            int group = m.CreateGroup("team", "Team", alice.NowMs);
            m.AddMember(group, "bob", alice.NowMs);
            m.AddMember(group, "carol", alice.NowMs);
        }));
        broker.Pass(5000);
        broker.Publish("ec1/g/team/carol", "{\"y\":\"b\",\"n\":1,\"re\":\"alice/2\",\"c\":\"👍\"}");
        alice.TypesToGroup("a1", "team");
        alice.TypesToGroup("a2", "team");
        Assert.IsNull(bob.Messenger.ReactionsOf(bob.Find("a1")));
        Assert.AreEqual("👍", bob.Messenger.ReactionsOf(bob.Find("a2")));
    }

    [TestMethod]
    public void An_edit_that_waits_goes_out_although_its_message_was_deleted_on_this_board()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("at 9", "bob");
        broker.Pass(5000);
        alice.Offline();
        alice.Edits("at 9", "at 10");
        alice.Deletes("at 10");
        Assert.AreEqual("", alice.Shows("bob"));
        alice.Reboot();
        Assert.AreEqual("", alice.Shows("bob"));
        alice.Online();
        broker.Pass(5000);
        Assert.AreEqual("at 10", bob.Shows("alice"));
        Assert.AreEqual("", alice.Shows("bob"));
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
    }

    [TestMethod]
    public void What_an_earlier_boot_may_have_handed_out_is_taken_back_from_who_has_it()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.HoldsPubacks = true;
        alice.Types("secret", "bob");
        bob.Opens("alice");
        alice.PowerOff().Offline();
        alice.HoldsPubacks = false;
        alice.PowerOn();
        Assert.AreEqual(Tick.Clock, alice.TickOf("secret"));
        alice.TakesBack("secret");
        alice.Online();
        broker.Pass(5000);
        Assert.AreEqual(-1, bob.Find("secret"));
        Assert.AreEqual(-1, alice.Find("secret"));
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
    }

    [TestMethod]
    public void The_hole_of_what_was_taken_back_ends_when_the_PUBACK_of_its_marker_was_forgotten()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a1", "bob");
        broker.Pass(60000);
        alice.LosePublishes = 1;
        alice.HoldsPubacks = true;
        alice.Types("a2", "bob");
        alice.TakesBack("a2");
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"y\":\"u\""));
        alice.PowerOff();
        alice.HoldsPubacks = false;
        broker.Pass(3000); // bob asks for number 2, and says that it has 3
        alice.PowerOn();
        broker.Pass(120_000);
        Assert.AreEqual("a1", bob.Shows("alice"));
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"y\":\"l\",\"a\":2,\"z\":2,\"x\":1"));
    }

    [TestMethod]
    public void What_was_given_up_and_then_taken_back_has_no_cross_after_a_restart()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("a1", "bob");
        broker.Pass((Limits.ExpirySeconds + 120) * 1000L);
        Assert.AreEqual(Tick.Failed, alice.TickOf("a1"));
        alice.TakesBack("a1");
        for (int boot = 0; boot < 2; boot++)
        {
            int message = alice.Messenger.Newest(alice.Messenger.Find("bob", false));
            Assert.AreEqual(MessageKind.TakenBack, alice.Messenger.KindOf(message));
            Assert.AreEqual(Tick.None, alice.Messenger.TickOf(message));
            alice.Reboot();
        }
    }

    [TestMethod]
    public void What_a_member_has_not_is_not_read_by_nobody_once_it_is_removed()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        CoreBoard carol = broker.Board("carol").Online();
        Assert.IsTrue(alice.Try(m => m.AddMember(m.CreateGroup("team", "Team", alice.NowMs), "bob", alice.NowMs)));
        broker.Pass(5000);
        alice.TypesToGroup("there", "team");
        broker.Pass(5000);
        bob.Offline();
        alice.TypesToGroup("alone", "team");
        broker.Pass(5000);
        Assert.IsTrue(alice.Try(m => m.AddMember(m.Find("team", true), "carol", alice.NowMs)));
        broker.Pass(5000);
        alice.TypesToGroup("both", "team");
        broker.Pass(5000);
        carol.Opens("team");
        broker.Pass(5000);
        Assert.IsTrue(alice.Try(m => m.RemoveMember(m.Find("team", true), "bob", alice.NowMs)));
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(Tick.Two, alice.TickOf("there"));
            Assert.AreEqual(Tick.One, alice.TickOf("alone"));
            Assert.AreNotEqual(Tick.One, alice.TickOf("both"), "carol has it");
            alice.Reboot();
        }
    }
}
