using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Two boards with a key: all that goes from inbox to inbox is sealed, and arrives as an open one would.</summary>
[TestClass]
public class SealTests
{
    [Setup]
    public void Needs_cryptography() { SealedPair.NeedCryptography(); }

    [TestMethod]
    public void A_text_and_its_receipts_are_sealed_and_the_ticks_come()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        alice.Types("for your eyes", "bob");
        broker.Pass(3000);
        Assert.AreEqual("for your eyes", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("for your eyes"));
        bob.Opens("alice");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Shown, alice.TickOf("for your eyes"));
        Assert.AreEqual(0, SealedPair.OpenOnes(broker));
        Assert.IsTrue(broker.Count(SealedPair.ToAlice, "") >= 2, "receipts");
        Assert.AreEqual(0, alice.Messenger.Counters.Refused + bob.Messenger.Counters.Refused);
    }

    [TestMethod]
    public void It_waits_for_days_and_comes_in_order()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        bob.PowerOff();
        for (int i = 1; i <= 40; i++) alice.Types("m" + i.ToString(), "bob");
        broker.Pass(3 * 86400000);
        bob.Online();
        broker.Pass(5000);
        Assert.AreEqual(40, bob.Unread("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m40"));
        Assert.AreEqual(0, bob.Messenger.Counters.Refused);
    }

    [TestMethod]
    public void A_key_is_made_when_there_is_something_to_make_it_of()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        Assert.IsTrue(alice.Messenger.MakeKey("bob", alice.NowMs) == null);
        Assert.AreEqual(SendError.NoChance, alice.Messenger.LastError);
        alice.Flash.Put(SealTable.SeedFile, new byte[KeyTree.RootBytes]);
        Assert.IsTrue(alice.Messenger.MakeKey("bob", alice.NowMs) != null, "from provisioning");
        CoreBoard bob = broker.Board("bob").Online();
        broker.Pass(10000);
        Assert.IsTrue(bob.Messenger.MakeKey("alice", bob.NowMs) != null, "its radio was on");
    }

    [TestMethod]
    public void A_hole_is_asked_for_and_filled()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        alice.Types("m1", "bob");
        broker.Pass(3000);
        bob.AtBroker.Lose(SealedPair.ToBob, 2);
        alice.Types("m2", "bob");
        alice.Types("m3", "bob");
        alice.Types("m4", "bob");
        broker.Pass(15000);
        Assert.AreEqual("m1|m2|m3|m4", bob.Shows("alice"));
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, alice.TickOf("m2"));
    }

    [TestMethod]
    public void The_broker_loses_all_that_waits_and_what_is_far_ahead_still_opens()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        bob.PowerOff();
        for (int i = 0; i < 1000; i++)
        {
            alice.Types("lost", "bob");
            if (i % 20 == 0) bob.AtBroker.LoseQueue();
        }

        bob.AtBroker.LoseQueue();
        alice.Types("after", "bob");
        bob.Online();
        broker.Pass(60000);
        Assert.IsTrue(bob.Find("after") >= 0);
        Assert.AreEqual(0, bob.Messenger.Counters.Refused);
    }

    [TestMethod]
    public void A_board_that_lost_everything_goes_on_in_its_next_life_and_the_other_is_told()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        alice.Types("one", "bob");
        bob.Types("two", "alice");
        broker.Pass(3000);
        Assert.AreEqual(SendError.None, bob.Messenger.SetVerified("alice", true));
        SealKit.Give(alice.Reprovision(), "bob").Online();
        alice.Types("three", "bob");
        bob.Types("four", "alice");
        broker.Pass(10000);
        Assert.AreEqual("three|four", alice.Shows("bob"));
        Assert.AreEqual(Tick.Two, alice.TickOf("three"));
        Assert.AreEqual(Tick.Two, bob.TickOf("four"));
        Assert.IsTrue(bob.Shows("alice").IndexOf("alice has a new key: compare the security code") >= 0, bob.Shows("alice"));
        Assert.IsFalse(bob.Messenger.IsVerified("alice"));
    }

    [TestMethod]
    public void One_that_comes_back_in_the_same_life_gets_no_false_tick_and_gets_through_when_its_numbers_are_new()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        alice.Types("one", "bob");
        broker.Pass(3000);
        alice.PowerOff();
        alice.Flash = new MemoryFlash();
        alice.Me.Incarnation = 1;
        broker.ForgetAll();
        bob.Online();
        SealKit.Give(alice, "bob").Online();
        alice.Types("again", "bob");
        bool isThere = false;
        for (int minute = 0; minute < 600; minute++)
        {
            broker.Pass(60000);
            isThere = bob.Find("again") >= 0;
            Assert.IsTrue(isThere || alice.TickOf("again") == Tick.One, "minute " + minute.ToString());
        }

        Assert.AreEqual(Tick.Two, alice.TickOf("again"));
    }

    [TestMethod]
    public void A_reaction_and_a_long_text_are_sealed_too()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        string text = new string('x', Body.MaxContentBytes);
        Assert.AreEqual(SendError.None, alice.Types(text, "bob"));
        broker.Pass(3000);
        Assert.AreEqual(text, bob.Shows("alice"));
        bob.Try(m => m.SendReaction(bob.Find(text), "\uD83D\uDC4D", bob.NowMs));
        broker.Pass(3000);
        Assert.AreEqual(0, SealedPair.OpenOnes(broker));
        Assert.AreEqual(0, alice.Messenger.Counters.Refused + bob.Messenger.Counters.Refused);
    }

    [TestMethod]
    public void People_make_a_key_by_hand_and_compare_its_code()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("open", "bob");
        broker.Pass(3000);
        string letters = alice.Messenger.MakeKey("bob", alice.NowMs);
        Assert.AreEqual(SendError.BadKey, bob.Messenger.EnterKey("alice", letters.Substring(1)));
        Assert.AreEqual(SendError.None, bob.Messenger.EnterKey("alice", letters));
        Assert.AreEqual(alice.Messenger.SecurityCodeOf("bob"), bob.Messenger.SecurityCodeOf("alice"));
        alice.Types("sealed", "bob");
        broker.Pass(3000);
        Assert.AreEqual("open|sealed", bob.Shows("alice"));
        Assert.AreEqual(1, SealedPair.CountOpen(broker, SealedPair.ToBob), "the first");
        Assert.AreEqual(SendError.None, alice.Messenger.SetVerified("bob", true));
        alice.Reboot();
        Assert.IsTrue(alice.Messenger.IsVerified("bob"), "on flash");
        alice.Messenger.MakeKey("bob", alice.NowMs);
        Assert.IsFalse(alice.Messenger.IsVerified("bob"));
        Assert.AreNotEqual(alice.Messenger.SecurityCodeOf("bob"), bob.Messenger.SecurityCodeOf("alice"));
        Assert.IsTrue(alice.Shows("bob").IndexOf("has a new key") > 0);
        Assert.AreEqual(SendError.None, alice.Messenger.RemoveKey("bob"));
        Assert.AreEqual(SendError.NoKey, alice.Messenger.RemoveKey("bob"));
        Assert.IsFalse(alice.Messenger.IsSealed("bob"));
    }
}
