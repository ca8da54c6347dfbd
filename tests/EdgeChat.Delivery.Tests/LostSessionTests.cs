using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A broker that starts again without its memory: what it had kept for others comes again from those whose it is.</summary>
[TestClass]
public class LostSessionTests
{
    [TestMethod]
    public void What_is_sent_before_the_recipient_is_back_comes_again_when_it_is()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("m1", "bob");
        broker.Pass(3000);
        broker.ForgetAll();
        alice.Types("m2", "bob");
        alice.Online();
        alice.Types("m3", "bob");
        broker.Pass(5000);
        Assert.AreEqual(Tick.One, alice.TickOf("m2"), "the broker took it - and has nobody to give it to");
        bob.Online();
        broker.Pass(6000);
        Assert.AreEqual("m1|m2|m3", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m3"));
        Assert.AreEqual(2, alice.Messenger.Counters.Resent, "m1 has its receipt");
    }

    [TestMethod]
    public void What_waited_in_the_broker_comes_again_when_the_recipient_is_back_before_its_sender()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        bob.Offline();
        alice.Types("m1", "bob");
        broker.Pass(3000);
        broker.ForgetAll();
        bob.Online();
        broker.Pass(3000);
        alice.Online();
        broker.Pass(3000);
        Assert.AreEqual("m1", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m1"));
    }

    [TestMethod]
    public void One_connection_of_the_recipient_is_enough()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        broker.ForgetAll();
        alice.Online();
        bob.Online();
        bob.LoseDeliveries = 1;
        alice.Types("m1", "bob");
        bob.Offline();
        bob.Online();
        broker.Pass(5000);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"m1\""), "a later connection says nothing new");
    }

    [TestMethod]
    public void A_session_that_was_kept_repeats_nothing()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.Me.DisplayName = "Alice";
        alice.Online();
        CoreBoard bob = broker.Board("bob").Online();
        int team = alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        alice.Messenger.AddMember(team, "bob", alice.NowMs);
        broker.Pass(5000);
        int published = NotPresence(broker);
        alice.Offline();
        alice.Online();
        broker.Pass(5000);
        Assert.AreEqual(published, NotPresence(broker));
        bob.Offline();
    }

    [TestMethod]
    public void A_profile_is_published_again()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.Me.DisplayName = "Alice";
        alice.Online();
        broker.Pass(1000);
        broker.ForgetAll();
        alice.Online();
        broker.Pass(1000);
        Assert.AreEqual(2, broker.Count("ec1/d/alice", "\"Alice\""));
        CoreBoard bob = broker.Board("bob").Online();
        bob.Messenger.AddContact("alice");
        broker.Pass(1000);
        Assert.AreEqual("Alice", bob.Messenger.DisplayNameOf("alice"));
    }

    [TestMethod]
    public void Who_was_invited_before_finds_the_roster_of_an_admin()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        CoreBoard carol = broker.Board("carol").Online();
        int team = alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        alice.Messenger.AddMember(team, "carol", alice.NowMs);
        broker.Pass(5000);
        bob.Offline();
        alice.Messenger.AddMember(team, "bob", alice.NowMs);
        broker.Pass(5000);
        broker.ForgetAll();
        carol.Online();
        alice.Online();
        bob.Online();
        broker.Pass(70000); // the invitation comes again after a minute: alice does not follow bob
        alice.TypesToGroup("hello", "team");
        broker.Pass(5000);
        Assert.IsTrue(bob.Shows("team").EndsWith("hello"), bob.Shows("team"));
        Assert.AreEqual(1, broker.Count("ec1/r/team", "\"v\":2,"));
        Assert.AreEqual(2, broker.Count("ec1/r/team", "\"v\":3,"), "once more from the admin and from nobody else");
    }

    [TestMethod]
    public void An_older_roster_that_an_admin_publishes_again_gives_way_to_the_newer_one()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        int team = alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        alice.Messenger.AddMember(team, "bob", alice.NowMs);
        broker.Pass(5000);
        alice.Messenger.SetAdmin(team, "bob", true, alice.NowMs);
        broker.Pass(5000);
        alice.Offline();
        Assert.AreEqual(SendError.None, bob.Messenger.RenameGroup(TestGroup.Of(bob), "New name", bob.NowMs));
        broker.Pass(5000);
        broker.ForgetAll();
        alice.Online();
        broker.Pass(5000);
        bob.Online();
        broker.Pass(5000);
        Assert.AreEqual("New name", alice.Messenger.NameOf(TestGroup.Of(alice)));
        Assert.AreEqual("New name", bob.Messenger.NameOf(TestGroup.Of(bob)));
    }

    private static int NotPresence(VirtualBroker broker)
    {
        int count = 0;
        for (int i = 0; i < broker.Log.Count; i++)
            if (!broker.Log.TopicAt(i).StartsWith("ec1/p/")) count++;
        return count;
    }
}
