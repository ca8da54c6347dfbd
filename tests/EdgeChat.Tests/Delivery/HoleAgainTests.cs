using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>A hole is asked for again when what kept it open is over, though its sender was there all the time.</summary>
[TestClass]
public class HoleAgainTests
{
    [TestMethod]
    public void A_hole_made_during_a_block_is_asked_for_when_that_ends()
    {
        VirtualBroker broker = WithHole(out CoreBoard alice, out CoreBoard bob, b => b.Try(m => m.SetBlocked("alice", true)), null);
        Assert.AreNotEqual("a1|a2|a3", bob.Shows("alice"));
        Assert.IsTrue(bob.Try(m => m.SetBlocked("alice", false)));
        broker.Pass(5000);
        Assert.AreEqual("a1|a2|a3", bob.Shows("alice"));
    }

    [TestMethod]
    public void A_hole_that_no_key_could_fill_is_asked_for_again_once_both_have_one()
    {
        VirtualBroker broker = WithHole(out CoreBoard alice, out CoreBoard bob, b => b.Try(m => m.RemoveKey("alice")),
            b => SealKit.Give(b, b.Id == "alice" ? "bob" : "alice"));
        Assert.AreNotEqual("a1|a2|a3", bob.Shows("alice"));
        string letters = alice.Messenger.MakeKey("bob", alice.NowMs);
        broker.Pass(5000);
        Assert.AreEqual(SendError.None, bob.Messenger.EnterKey("alice", letters));
        broker.Pass(5000);
        Assert.AreEqual("a1|a2|a3", bob.Shows("alice"));
    }

    [TestMethod]
    public void It_is_asked_for_now_and_then_while_its_sender_is_there()
    {
        var broker = new VirtualBroker();
        broker.Board("bob").Online();
        broker.Publish("ec1/i/bob/zoe", "{\"n\":1,\"t\":1790000000,\"c\":\"a1\"}");
        broker.Publish("ec1/i/bob/zoe", "{\"n\":3,\"t\":1790000000,\"c\":\"a3\"}");
        broker.Pass(8 * 3_600_000);
        Assert.AreEqual(3, broker.Count("ec1/i/zoe/bob", "\"y\":\"q\""), "nobody knows that zoe is there");
        broker.Publish("ec1/p/zoe", "{\"s\":\"on\",\"b\":1,\"c\":1}"u8.ToArray(), true);
        broker.Pass(8 * 3_600_000);
        Assert.AreEqual(6, broker.Count("ec1/i/zoe/bob", "\"y\":\"q\""));
    }

    // bob lacks the second of three texts, and whatever he asked for it was in vain
    private static VirtualBroker WithHole(out CoreBoard alice, out CoreBoard bob, Action<CoreBoard> inVain, Action<CoreBoard>? before)
    {
        var broker = new VirtualBroker();
        alice = broker.Board("alice");
        bob = broker.Board("bob");
        before?.Invoke(alice);
        before?.Invoke(bob);
        alice.Online();
        bob.Online();
        alice.Types("a1", "bob");
        bob.LoseDeliveries = 1;
        alice.Types("a2", "bob");
        alice.Types("a3", "bob");
        inVain(bob);
        broker.Pass(120_000);
        return broker;
    }
}
