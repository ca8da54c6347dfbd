using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>A member whose flash was emptied comes back into its groups by itself.</summary>
[TestClass]
public class EmptiedMemberTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void It_is_invited_again_by_the_first_message_that_it_lacks(bool isRetainedLost)
    {
        VirtualBroker broker = Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        bob.PowerOff();
        bob.Flash = new MemoryFlash();
        if (isRetainedLost) broker.RollBack();
        broker.Pass(5000);
        bob.Me.Contacts = ["alice", "carol"];
        bob.Online();
        broker.Pass(15_000);
        alice.TypesToGroup("hello", "team");
        broker.Pass(700_000);
        Assert.AreEqual("hello ", bob.Chats.TextsOf("team", "alice"));
        Assert.IsTrue(bob.Messenger.CanWrite(bob.Messenger.Find("team", true)));
        Assert.AreEqual(Tick.Two, alice.TickOf("hello"));
        bob.TypesToGroup("back", "team");
        broker.Pass(5000);
        Assert.AreEqual(Tick.Two, bob.TickOf("back"));
        Assert.AreEqual("back ", carol.Chats.TextsOf("team", "bob"));
    }

    [TestMethod]
    public void It_is_invited_again_by_an_admin_that_learns_of_its_new_life()
    {
        VirtualBroker broker = Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard _);
        alice.Types("hi", "bob");
        broker.Pass(5000);
        bob.PowerOff();
        bob.Flash = new MemoryFlash();
        bob.Me.Contacts = ["alice"];
        bob.Online();
        broker.Pass(20_000);
        Assert.IsTrue(bob.Messenger.CanWrite(bob.Messenger.Find("team", true)));
    }

    [TestMethod]
    public void A_stranger_to_it_makes_it_ask_its_person()
    {
        VirtualBroker broker = Team(out CoreBoard _, out CoreBoard bob, out CoreBoard carol);
        bob.PowerOff();
        bob.Flash = new MemoryFlash();
        bob.Online();
        broker.Pass(15_000);
        carol.TypesToGroup("hello", "team");
        broker.Pass(120_000);
        Assert.IsTrue(bob.Messenger.IsInvited(bob.Messenger.Find("team", true)));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void What_it_has_left_or_declined_does_not_come_back(bool isDeclined)
    {
        VirtualBroker broker = Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.Offline();
        if (isDeclined)
        {
            bob.PowerOff();
            bob.Flash = new MemoryFlash();
            bob.Online();
            broker.Pass(15_000);
            carol.TypesToGroup("hello", "team");
            broker.Pass(120_000);
            Assert.IsTrue(bob.Try(m => Assert.AreEqual(SendError.None, m.Answer(m.Find("team", true), false, bob.NowMs))));
        }
        else
        {
            Assert.IsTrue(bob.Try(m => Assert.AreEqual(SendError.None, m.RemoveMember(m.Find("team", true), "bob", bob.NowMs))));
            Assert.IsTrue(bob.Try(m => Assert.AreEqual(SendError.None, m.Delete(m.Find("team", true)))));
        }

        bob.Reboot();
        carol.TypesToGroup("still there?", "team");
        broker.Pass(700_000);
        Assert.AreEqual(-1, bob.Messenger.Find("team", true));
        alice.Online();
        broker.Pass(120_000);
        Assert.AreEqual(2, carol.Messenger.MemberCountOf(carol.Messenger.Find("team", true)));
        carol.TypesToGroup("gone", "team");
        broker.Pass(700_000);
        Assert.AreEqual(-1, bob.Messenger.Find("team", true));
    }

    [TestMethod]
    public void A_receipt_of_an_earlier_life_raises_no_tick_and_tells_its_device_of_the_later_one()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("one", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"e\":2,\"d\":1}");
        Assert.AreEqual(Tick.Two, alice.TickOf("one"));
        alice.Types("two", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":2}");
        broker.Pass(5000);
        Assert.AreEqual(Tick.One, alice.TickOf("two"));
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"r\",\"d\":0,\"s\":0,\"i\":2}"));
        CoreBoard bob = broker.Board("bob").Online();
        broker.Pass(120_000);
        Assert.AreEqual(3, bob.Me.Incarnation, "a flash that was emptied, and a broker that has kept no presence");
        Assert.AreEqual(Tick.Two, alice.TickOf("two"));
    }

    [TestMethod]
    public void What_the_broker_has_lost_comes_to_one_whose_connections_are_counted_anew()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("one", "bob");
        broker.Pass(5000);
        bob.LeaveNetwork(null);
        bob.Online();
        bob.LeaveNetwork(null);
        alice.Types("two", "bob");
        broker.Pass(5000);
        bob.PowerOff();
        broker.RollBack();
        bob.Flash = new MemoryFlash();
        alice.Online();
        bob.Online();
        broker.Pass(120_000);
        Assert.AreEqual("two ", bob.Chats.TextsOf("alice", "alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("two"));
    }

    private static VirtualBroker Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol)
    {
        var broker = new VirtualBroker();
        alice = broker.Board("alice").Online();
        bob = broker.Board("bob").Online();
        carol = broker.Board("carol").Online();
        CoreBoard admin = alice;
        Assert.IsTrue(admin.Try(m =>
        {
            int group = m.CreateGroup("team", "Team", admin.NowMs);
            m.AddMember(group, "bob", admin.NowMs);
            m.AddMember(group, "carol", admin.NowMs);
        }));
        broker.Pass(15_000);
        Assert.IsTrue(bob.Try(m => m.Answer(m.Find("team", true), true, admin.NowMs)));
        CoreBoard third = carol;
        Assert.IsTrue(third.Try(m => m.Answer(m.Find("team", true), true, third.NowMs)));
        broker.Pass(15_000);
        admin.TypesToGroup("first", "team");
        broker.Pass(15_000);
        return broker;
    }
}
