using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A broker that ends the connection instead of denying a publish.</summary>
[TestClass]
public class DenialTests
{
    [TestMethod]
    public void A_message_on_which_the_connection_ends_three_times_has_its_cross_and_others_go_on()
    {
        var broker = new VirtualBroker { Denied = "ec1/i/bob/alice" };
        CoreBoard carol = broker.Board("carol").Online();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("no", "bob");
        alice.Types("yes", "carol");
        broker.Pass(30000);
        Assert.AreEqual(Tick.Failed, alice.TickOf("no"));
        Assert.Contains("denied", alice.Messenger.FailureOf(alice.Find("no")));
        Assert.AreEqual("yes", carol.Shows("alice"));
        Assert.AreEqual(5, alice.Engine.Session.ConnectionNumber, "three ended on it and one on the question for bob's presence");
        Assert.IsTrue(alice.IsOnline);
        alice.Reboot();
        Assert.AreEqual(Tick.Failed, alice.TickOf("no"), "nor does a restart forget it");
        Assert.Contains("denied", alice.Messenger.FailureOf(alice.Find("no")));
    }

    [TestMethod]
    public void Each_denied_message_of_a_conversation_has_its_cross_and_the_right_comes_back()
    {
        var broker = new VirtualBroker { Denied = "ec1/i/bob/alice" };
        CoreBoard bob = broker.Board("bob").Online();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("one", "bob");
        alice.Types("two", "bob");
        broker.Pass(60000);
        Assert.AreEqual(Tick.Failed, alice.TickOf("one"));
        Assert.AreEqual(Tick.Failed, alice.TickOf("two"));
        broker.Denied = null;
        alice.Types("three", "bob");
        broker.Pass(60000);
        Assert.Contains("three", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("three"));
    }

    [TestMethod]
    [DataRow("ec1/d/alice")]
    [DataRow("ec1/i/bob/alice")]
    public void Nothing_that_is_denied_keeps_the_rest_from_going_out(string denied)
    {
        var broker = new VirtualBroker { Denied = denied };
        CoreBoard alice = broker.Board("alice");
        alice.Me.DisplayName = "Alice";
        CoreBoard carol = broker.Board("carol").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Online();
        bob.Types("wants a receipt", "alice");
        broker.Pass(60000);
        Assert.AreEqual("wants a receipt", alice.Shows("bob"));
        alice.Types("hello", "carol");
        broker.Pass(60000);
        Assert.AreEqual("hello", carol.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("hello"));
    }
}
