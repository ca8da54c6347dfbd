using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Two boards with a key, and somebody between them: nothing but what the other has sealed counts, and once.</summary>
[TestClass]
public class SealAttackTests
{
    [Setup]
    public void Needs_cryptography() { SealedPair.NeedCryptography(); }

    [TestMethod]
    public void A_verified_partner_is_never_written_to_openly()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        alice.Types("one", "bob");
        alice.Messenger.SetVerified("bob", true);
        broker.Publish(SealedPair.ToAlice, "{\"n\":1,\"c\":\"let us talk openly\"}");
        bob.Messenger.RemoveKey("alice");
        bob.Types("open", "alice");
        alice.Try(m => m.RemoveContact("bob"));
        alice.Reboot();
        alice.Types("two", "bob");
        broker.Pass(3000);
        Assert.AreEqual("one|two", alice.Shows("bob"));
        Assert.AreEqual(Tick.One, alice.TickOf("two"), "bob has no key any more");
        Assert.AreEqual(0, SealedPair.CountOpen(broker, SealedPair.ToBob));
        Assert.IsTrue(alice.Messenger.IsVerified("bob"));
        Assert.AreEqual(2, SealedPair.Refused(alice, BodyError.NotSealed));
    }

    [TestMethod]
    public void Nothing_open_counts_where_there_is_a_key()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        alice.Types("one", "bob");
        bob.PowerOff();
        broker.Publish(SealedPair.ToAlice, "{\"n\":1,\"c\":\"forged\"}");
        broker.Publish(SealedPair.ToAlice, "{\"c\":\"forged\"}");
        broker.Publish(SealedPair.ToAlice, "{\"y\":\"r\",\"d\":1,\"s\":1}");
        broker.Publish(SealedPair.ToAlice, "{\"y\":\"q\",\"a\":1,\"z\":1}");
        broker.Publish(SealedPair.ToAlice, "{\"n\":2,\"y\":\"j\",\"g\":\"team\"}");
        broker.Pass(3000);
        Assert.AreEqual("one", alice.Shows("bob"));
        Assert.AreNotEqual(Tick.Shown, alice.TickOf("one"));
        Assert.AreEqual(5, SealedPair.Refused(alice, BodyError.NotSealed));
        Assert.IsTrue(TestGroup.Of(alice) < 0);
    }

    [TestMethod]
    public void What_is_sealed_for_who_has_no_key_is_refused_and_counted()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("one", "bob");
        broker.Pass(3000);
        Assert.AreEqual("", bob.Shows("alice"));
        Assert.AreEqual(Tick.One, alice.TickOf("one"));
        Assert.IsTrue(SealedPair.Refused(bob, BodyError.NoKey) > 0);
    }

    [TestMethod]
    public void What_somebody_has_kept_and_brings_again_changes_nothing()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        alice.Types("one", "bob");
        byte[] kept = SealedPair.LastBody(broker, SealedPair.ToBob);
        broker.Pass(40000);
        broker.Publish(SealedPair.ToBob, kept, false);
        broker.Publish(SealedPair.ToAlice, kept, false); // reflected
        broker.Publish("ec1/i/bob/carol", kept, false); // as another
        byte[] changed = (byte[])kept.Clone();
        changed[20] ^= 1;
        broker.Publish(SealedPair.ToBob, changed, false);
        changed[1] = 5;
        broker.Publish(SealedPair.ToBob, changed, false);
        broker.Publish(SealedPair.ToBob, SealedPair.Cut(kept, 40), false);
        broker.Publish(SealedPair.ToBob, SealedPair.Cut(kept, 1), false);
        broker.Pass(3000);
        Assert.AreEqual("one", bob.Shows("alice"));
        Assert.AreEqual("one", alice.Shows("bob"));
        Assert.AreEqual(1, SealedPair.Refused(bob, BodyError.NoKey));
        int atAlice = SealedPair.Refused(alice, BodyError.Replayed) + SealedPair.Refused(alice, BodyError.WrongSeal);
        Assert.AreEqual(7, bob.Messenger.Counters.Refused + atAlice);
        alice.Types("two", "bob");
        broker.Pass(3000);
        Assert.AreEqual("one|two", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("two"));
    }

    [TestMethod]
    public void Brought_again_after_a_restart_it_is_known_by_its_number()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        alice.Types("one", "bob");
        byte[] kept = SealedPair.LastBody(broker, SealedPair.ToBob);
        bob.Reboot(); // its keys stand on flash as they were before the message
        broker.Publish(SealedPair.ToBob, kept, false);
        broker.Pass(3000);
        Assert.AreEqual("one", bob.Shows("alice"));
        Assert.AreEqual(1, bob.Messenger.Counters.Duplicates + SealedPair.Refused(bob, BodyError.Replayed));
    }
}
