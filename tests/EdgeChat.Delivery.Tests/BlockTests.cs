using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A device that is blocked: what it sends to this board alone comes to nothing, and groups go on.</summary>
[TestClass]
public class BlockTests
{
    private const string ToAlice = "ec1/i/alice/bob";
    private const string ToBob = "ec1/i/bob/alice";

    [TestMethod]
    public void What_a_blocked_device_writes_is_confirmed_to_the_broker_and_kept_nowhere()
    {
        VirtualBroker broker = Talk(out CoreBoard alice, out CoreBoard bob);
        Assert.AreEqual(SendError.None, alice.Messenger.SetBlocked("bob", true));
        broker.Pass(60000);
        alice.Messenger.TakeArrival();
        int appends = alice.Flash.Appends;
        int told = broker.Count(ToBob, "");
        bob.Types("are you there?", "alice");
        bob.Messenger.SendReaction(bob.Find("hello"), "👍", bob.NowMs);
        broker.Publish(ToAlice, "{\"c\":\"without a number\"}");
        broker.Publish(ToAlice, "{\"y\":\"l\",\"a\":1,\"z\":99}");
        broker.Publish(ToAlice, "{\"y\":\"p\"}");
        broker.Publish(ToAlice, "{\"n\":90,\"y\":\"j\",\"g\":\"club\",\"c\":\"Club\"}");
        broker.Pass(30000);
        Assert.AreEqual("hi|hello", alice.Shows("bob"));
        Assert.AreEqual(0, alice.AtBroker.Waiting, "the broker's queue is empty");
        Assert.AreEqual((int)Tick.One, (int)bob.TickOf("are you there?"));
        Assert.AreEqual(told, broker.Count(ToBob, ""), "bob is told nothing");
        Assert.AreEqual(appends, alice.Flash.Appends, "nothing was written");
        Assert.AreEqual(-1, alice.Messenger.TakeArrival());
        Assert.AreEqual(0, alice.Unread("bob"));
        Assert.AreEqual(0, broker.Count("ec1/i/club/alice", ""));
        Assert.AreEqual(-1, alice.Messenger.Find("club", true));
        Assert.IsNull(alice.Messenger.ReactionsOf(alice.Find("hello")));
    }

    [TestMethod]
    public void A_device_stays_blocked_through_restarts_until_it_is_unblocked_and_then_what_it_repeats_comes()
    {
        VirtualBroker broker = Talk(out CoreBoard alice, out CoreBoard bob);
        alice.Messenger.SetBlocked("bob", true);
        alice.Messenger.AddContact("bob");
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.IsTrue(alice.Messenger.IsBlocked("bob"), boot.ToString());
            Assert.IsTrue(alice.Messenger.IsBlocked(alice.Messenger.Find("bob", false)));
            alice.Reboot();
        }

        bob.Types("knock", "alice");
        broker.Pass(30000);
        Assert.AreEqual("hi|hello", alice.Shows("bob"));
        Assert.AreEqual(SendError.None, alice.Messenger.SetBlocked("bob", false));
        alice.Reboot();
        Assert.IsFalse(alice.Messenger.IsBlocked("bob"));
        broker.Pass(90000);
        Assert.AreEqual("hi|hello|knock", alice.Shows("bob"));
        Assert.AreEqual((int)Tick.Two, (int)bob.TickOf("knock"));
    }

    [TestMethod]
    public void Who_is_blocked_is_a_contact_and_who_is_removed_is_not_blocked()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Assert.AreEqual(SendError.None, alice.Messenger.SetBlocked("mallory", false), "there is nothing to do");
        Assert.AreEqual(-1, alice.Messenger.Presence.Find("mallory"));
        Assert.AreEqual(SendError.None, alice.Messenger.SetBlocked("mallory", true));
        Assert.IsTrue(alice.Messenger.Presence.Find("mallory") >= 0);
        broker.Publish("ec1/i/alice/mallory", "{\"n\":1,\"c\":\"buy\"}");
        Assert.AreEqual(-1, alice.Messenger.Find("mallory", false), "no conversation is opened");
        Assert.AreEqual(SendError.None, alice.Messenger.RemoveContact("mallory"));
        Assert.IsFalse(alice.Messenger.IsBlocked("mallory"));
        alice.Reboot();
        Assert.IsFalse(alice.Messenger.IsBlocked("mallory"));
        Assert.AreEqual(-1, alice.Messenger.Presence.Find("mallory"));
        Assert.AreEqual(SendError.BadId, alice.Messenger.SetBlocked("alice", true), "not oneself");
        Assert.AreEqual(SendError.BadId, alice.Messenger.SetBlocked("No Id", true));
    }

    [TestMethod]
    public void Nothing_is_written_to_who_is_blocked_and_what_was_written_before_gets_its_ticks()
    {
        VirtualBroker broker = Talk(out CoreBoard alice, out CoreBoard bob);
        bob.Offline();
        alice.Types("wait", "bob");
        alice.Messenger.SetBlocked("bob", true);
        Assert.AreEqual((int)SendError.Blocked, (int)alice.Types("more", "bob"));
        Assert.IsFalse(alice.Messenger.CanWrite(alice.Messenger.Find("bob", false)));
        bob.Online();
        broker.Pass(5000);
        Assert.AreEqual((int)Tick.Two, (int)alice.TickOf("wait"));
        alice.Messenger.SetBlocked("bob", false);
        Assert.AreEqual((int)SendError.None, (int)alice.Types("more", "bob"));
    }

    [TestMethod]
    public void In_groups_a_blocked_member_is_read_confirmed_and_may_leave()
    {
        VirtualBroker broker = Talk(out CoreBoard alice, out CoreBoard bob);
        int team = TestGroup.Make(alice, "bob");
        alice.Messenger.SetBlocked("bob", true);
        bob.Types("only you", "alice");
        bob.TypesToGroup("all of you", "team");
        alice.TypesToGroup("and you", "team");
        broker.Pass(5000);
        Assert.AreEqual("you made this group|you added bob|all of you|and you", alice.Shows("team"));
        Assert.AreEqual((int)Tick.Two, (int)bob.TickOf("all of you"));
        Assert.AreEqual((int)Tick.Two, (int)alice.TickOf("and you"));
        Assert.AreEqual(SendError.None, bob.Messenger.RemoveMember(TestGroup.Of(bob), "bob", bob.NowMs));
        broker.Pass(120000);
        Assert.AreEqual(1, alice.Messenger.MemberCountOf(team));
        Assert.AreEqual("you made this group|you added bob|all of you|and you|bob left", alice.Shows("team"));
        Assert.AreEqual("hi|hello", alice.Shows("bob"), "no hole is told where messages were dropped");
        Assert.AreEqual(0, broker.Count(ToBob, "\"q\""), "nor asked for");
    }

    [TestMethod]
    public void What_was_sealed_is_dropped_too_and_can_be_opened_again_later()
    {
        SealedPair.NeedCryptography();
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        bob.Types("hi", "alice");
        broker.Pass(3000);
        alice.Messenger.SetBlocked("bob", true);
        for (int i = 0; i < 5; i++) bob.Types("no " + i.ToString(), "alice");
        broker.Pass(5000);
        Assert.AreEqual("hi", alice.Shows("bob"));
        alice.Messenger.SetBlocked("bob", false);
        bob.Types("again", "alice");
        broker.Pass(30000);
        Assert.IsTrue(alice.Shows("bob").EndsWith("again"), alice.Shows("bob"));
    }

    [TestMethod]
    public void The_operator_is_obeyed_though_it_is_blocked()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.Me.Operator = "ops";
        alice.Online();
        alice.Messenger.SetBlocked("ops", true);
        broker.Publish("ec1/i/alice/ops", "{\"y\":\"c\",\"a\":7,\"c\":\"brokers\\nbroker.home:8883\"}");
        Assert.IsNotNull(alice.Messenger.TakeOrder());
    }

    private static VirtualBroker Talk(out CoreBoard alice, out CoreBoard bob)
    {
        var broker = new VirtualBroker();
        alice = broker.Board("alice").Online();
        bob = broker.Board("bob").Online();
        alice.Types("hi", "bob");
        bob.Types("hello", "alice");
        alice.Opens("bob");
        broker.Pass(5000);
        return broker;
    }
}
