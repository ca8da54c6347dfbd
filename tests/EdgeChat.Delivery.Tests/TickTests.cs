using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Each tick is true when it is shown, and never goes back.</summary>
[TestClass]
public class TickTests
{
    [TestMethod]
    public void A_message_goes_from_clock_to_shown_one_truth_at_a_time()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.HoldsPubacks = true;
        Assert.AreEqual(SendError.None, alice.Types("hi", "bob"));
        Assert.AreEqual(Tick.Clock, alice.TickOf("hi"));
        Assert.AreEqual("hi", bob.Shows("alice"), "the broker passes it on before its PUBACK arrives");
        alice.Confirm();
        Assert.AreEqual(Tick.One, alice.TickOf("hi"));
        broker.Pass(2000);
        Assert.AreEqual(Tick.Two, alice.TickOf("hi"));
        Assert.AreEqual(1, bob.Unread("alice"));
        bob.Opens("alice");
        Assert.AreEqual(0, bob.Unread("alice"));
        broker.Pass(2000);
        Assert.AreEqual(Tick.Shown, alice.TickOf("hi"));
    }

    [TestMethod]
    public void Sending_is_one_append_and_nothing_else()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        int operations = alice.Flash.Operations;
        alice.Types("one", "bob");
        Assert.AreEqual(operations + 1, alice.Flash.Operations);
        alice.Types("two", "bob");
        Assert.AreEqual(operations + 2, alice.Flash.Operations);
    }

    [TestMethod]
    public void Ticks_survive_a_reboot()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("shown", "bob");
        bob.Opens("alice");
        broker.Pass(4000);
        alice.Types("had", "bob");
        broker.Pass(4000);
        alice.Types("sent", "carol");
        broker.Pass(3000);
        alice.Offline();
        alice.Types("waits", "bob");
        alice.Reboot();
        Assert.AreEqual(Tick.Shown, alice.TickOf("shown"));
        Assert.AreEqual(Tick.Two, alice.TickOf("had"));
        Assert.AreEqual(Tick.One, alice.TickOf("sent"));
        Assert.AreEqual(Tick.Clock, alice.TickOf("waits"));
    }

    [TestMethod]
    public void A_publish_without_PUBACK_keeps_the_clock_and_comes_again()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        bob.Offline();
        alice.LosePubacks = 1;
        alice.Types("hi", "bob");
        Assert.AreEqual(Tick.Clock, alice.TickOf("hi"));
        broker.Pass(1900);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"hi\""), "it waits 2 s");
        broker.Pass(4000);
        Assert.AreEqual(2, broker.Count("ec1/i/bob/alice", "\"hi\""));
        bob.Online();
        broker.Pass(1000);
        Assert.AreEqual("hi", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("hi"));
    }

    [TestMethod]
    public void The_delay_between_tries_doubles_up_to_a_minute()
    {
        var broker = new VirtualBroker();
        broker.Board("bob").Online();
        CoreBoard alice = broker.Board("alice").Online();
        alice.LosePublishes = 100;
        alice.Types("hi", "bob");
        broker.Pass(2000 + 4000 + 8000 + 16000 + 32000 + 60000 + 60000 + 1000);
        Assert.AreEqual(100 - 8, alice.LosePublishes);
    }

    [TestMethod]
    public void A_receipt_never_lowers_a_tick()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("1", "bob");
        alice.Types("2", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":2,\"s\":2}");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":1,\"s\":0}");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":2,\"s\":1,\"h\":[1]}");
        broker.Settle();
        Assert.AreEqual(Tick.Shown, alice.TickOf("1"));
        Assert.AreEqual(Tick.Shown, alice.TickOf("2"));
    }

    [TestMethod]
    public void Holes_and_what_is_below_the_first_have_no_receipt()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        for (int n = 1; n <= 5; n++) alice.Types(n.ToString(), "bob");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":4,\"s\":2,\"h\":[3],\"f\":2}");
        broker.Settle();
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(Tick.One, alice.TickOf("1"), "below f");
            Assert.AreEqual(Tick.Shown, alice.TickOf("2"));
            Assert.AreEqual(Tick.One, alice.TickOf("3"), "a hole");
            Assert.AreEqual(Tick.Two, alice.TickOf("4"));
            Assert.AreEqual(Tick.One, alice.TickOf("5"));
            broker.Pass(3000);
            alice.PowerOff();
            alice.PowerOn();
        }
    }

    [TestMethod]
    public void Receipts_of_an_earlier_life_on_either_side_change_nothing()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.Me.Incarnation = 3;
        alice.Online();
        alice.Types("1", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":1,\"s\":1}");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":1,\"s\":1,\"i\":2}");
        broker.Settle();
        Assert.AreEqual(Tick.One, alice.TickOf("1"), "they are about a stream of an earlier life of alice");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":0,\"s\":0,\"i\":3,\"e\":2}");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":1,\"s\":1,\"i\":3,\"e\":1}");
        broker.Settle();
        Assert.AreEqual(Tick.One, alice.TickOf("1"), "it is from an earlier life of bob");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":1,\"s\":0,\"i\":3,\"e\":2}");
        broker.Settle();
        Assert.AreEqual(Tick.Two, alice.TickOf("1"));
    }

    [TestMethod]
    public void Receipts_wait_for_each_other_and_go_once()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Board("bob").Online();
        for (int n = 1; n <= 10; n++) alice.Types(n.ToString(), "bob");
        Assert.AreEqual(0, broker.Count("ec1/i/alice/bob", "\"r\""));
        broker.Pass(60000);
        Assert.AreEqual(1, broker.Count("ec1/i/alice/bob", "\"r\""));
        Assert.AreEqual(Tick.Two, alice.TickOf("10"));
    }
}
