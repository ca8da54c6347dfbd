using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>The library confirms what the flash does not have: the sender watches until the receipt.</summary>
[TestClass]
public class TailLossTests
{
    [TestMethod]
    public void The_last_message_lost_behind_the_PUBACK_comes_again_when_the_recipient_boots()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("m1", "bob");
        broker.Pass(3000);
        bob.LoseDeliveries = 1;
        alice.Types("m2", "bob");
        bob.PowerOff();
        broker.Pass(1000);
        Assert.AreEqual(Tick.One, alice.TickOf("m2"));
        bob.Online();
        broker.Pass(3000);
        Assert.AreEqual("m1|m2", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m2"));
        Assert.AreEqual(1, alice.Messenger.Counters.Resent);
    }

    [TestMethod]
    public void Without_a_boot_it_comes_again_after_a_minute_and_then_seldom()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Publish("ec1/p/bob", System.Text.Encoding.UTF8.GetBytes("{\"s\":\"on\",\"b\":1,\"c\":1}"), true);
        alice.Types("m1", "bob");
        broker.Pass(59000);
        Assert.AreEqual(1, Sent(broker));
        broker.Pass(2000);
        Assert.AreEqual(2, Sent(broker), "60 s");
        broker.Pass(600000);
        Assert.AreEqual(3, Sent(broker), "10 min");
        broker.Pass(3600000);
        Assert.AreEqual(4, Sent(broker), "1 h");
        broker.Pass(21600000);
        Assert.AreEqual(5, Sent(broker), "6 h");
        broker.Pass(86400000);
        Assert.AreEqual(5, Sent(broker), "that was all");
        broker.Publish("ec1/p/bob", "{\"s\":\"on\",\"b\":2,\"c\":1}");
        broker.Pass(1900);
        Assert.AreEqual(5, Sent(broker), "what waits at the broker comes first");
        broker.Pass(200);
        Assert.AreEqual(6, Sent(broker), "a new boot");
    }

    [TestMethod]
    public void While_the_recipient_is_away_nothing_is_repeated()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        bob.Offline();
        alice.Types("m1", "bob");
        broker.Pass(86400000);
        Assert.AreEqual(1, Sent(broker));
        bob.AtBroker.LoseQueue();
        bob.Online();
        broker.Pass(3000);
        Assert.AreEqual(2, Sent(broker), "it is due as soon as bob is there - in the same boot too");
        Assert.AreEqual("m1", bob.Shows("alice"));
    }

    [TestMethod]
    public void A_receipt_ends_the_watch()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("m1", "bob");
        broker.Pass(3000);
        bob.Reboot();
        broker.Pass(86400000);
        Assert.AreEqual(1, Sent(broker));
    }

    [TestMethod]
    public void After_the_senders_own_reboot_it_still_watches()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        bob.LoseDeliveries = 1;
        alice.Types("m1", "bob");
        broker.Pass(3000);
        alice.Reboot();
        broker.Pass(70000);
        Assert.AreEqual("m1", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m1"));
    }

    private static int Sent(VirtualBroker broker)
    {
        return broker.Count("ec1/i/bob/alice", "\"m1\"");
    }
}
