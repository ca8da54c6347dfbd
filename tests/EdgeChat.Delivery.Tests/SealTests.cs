using System;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Two boards with a key: all that goes from inbox to inbox is sealed, arrives as an open one would, and nothing else
/// counts.</summary>
[TestClass]
public class SealTests
{
    private const string ToBob = "ec1/i/bob/alice";
    private const string ToAlice = "ec1/i/alice/bob";

    [Setup]
    public void Needs_cryptography()
    {
        if (!SealKit.IsThere) Assert.SkipTest("this runtime has no cryptography");
    }

    [TestMethod]
    public void A_text_and_its_receipts_are_sealed_and_the_ticks_come()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
        alice.Types("for your eyes", "bob");
        broker.Pass(3000);
        Assert.AreEqual("for your eyes", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("for your eyes"));
        bob.Opens("alice");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Shown, alice.TickOf("for your eyes"));
        Assert.AreEqual(0, OpenOnes(broker));
        Assert.IsTrue(broker.Count(ToAlice, "") >= 2, "receipts");
        Assert.AreEqual(0, alice.Messenger.Counters.Refused + bob.Messenger.Counters.Refused);
    }

    [TestMethod]
    public void It_waits_for_days_and_comes_in_order()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
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
    public void Power_cuts_of_both_lose_nothing_and_use_no_key_twice()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
        string expected = "";
        for (int i = 1; i <= 30; i++)
        {
            alice.Types("a" + i.ToString(), "bob");
            expected = expected + (i == 1 ? "" : "|") + "a" + i.ToString();
            if (i % 3 == 0) alice.Reboot();
            if (i % 4 == 0) bob.Reboot();
            if (i % 5 == 0) broker.Pass(40000);
        }

        broker.Pass(120000);
        Assert.AreEqual(expected, bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("a30"));
        Assert.AreEqual(0, Refused(alice, BodyError.WrongSeal) + Refused(bob, BodyError.WrongSeal));
    }

    [TestMethod]
    public void A_cut_at_any_write_of_either_uses_no_key_twice_and_loses_nothing()
    {
        int operations = TalkWithCut(0, 0, 0);
        for (int cut = 1; cut <= operations; cut++)
            for (int kind = 0; kind < 4; kind++) TalkWithCut(cut, kind % 2, kind / 2);
    }

    private static int TalkWithCut(int cut, int bytes, int who)
    {
        string where = "cut " + cut.ToString() + " of " + who.ToString() + " after " + bytes.ToString();
        var broker = new VirtualBroker();
        CoreBoard alice = SealKit.Give(broker.Board("alice"), "bob");
        CoreBoard bob = SealKit.Give(broker.Board("bob"), "alice");
        CoreBoard victim = who == 0 ? alice : bob;
        victim.Flash.CutAt = cut;
        victim.Flash.CutAfterBytes = bytes;
        alice.Online();
        bob.Online();
        for (int i = 0; i < 4; i++)
        {
            if (!victim.IsOn) victim.Online();
            if (i == 2) victim.Reboot();
            alice.Types("a" + i.ToString(), "bob");
            bob.Types("b" + i.ToString(), "alice");
            broker.Pass(i == 1 ? 40000 : 2000);
        }

        int operations = victim.Flash.Operations;
        victim.Online();
        alice.Types("last", "bob");
        bob.Types("last too", "alice");
        broker.Pass(120000);
        Assert.IsTrue(bob.Find("last") >= 0 && alice.Find("last too") >= 0, where);
        Assert.AreEqual(Tick.Two, alice.TickOf("last"), where);
        Assert.AreEqual(Tick.Two, bob.TickOf("last too"), where);
        Assert.AreEqual(0, OpenOnes(broker), where);
        for (int i = 0; i < broker.Log.Count; i++)
            for (int k = 0; k < i; k++) Assert.IsFalse(HasOneNumber(broker, i, k), where);
        return operations;
    }

    private static bool HasOneNumber(VirtualBroker broker, int one, int other)
    {
        byte[] a = broker.Log.BodyAt(one);
        byte[] b = broker.Log.BodyAt(other);
        return broker.Log.TopicAt(one) == broker.Log.TopicAt(other) && Envelope.IsSealed(a) && Envelope.IsSealed(b)
            && Envelope.Life(a) == Envelope.Life(b) && Envelope.Number(a) == Envelope.Number(b);
    }

    [TestMethod]
    public void A_verified_partner_is_never_written_to_openly()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
        alice.Types("one", "bob");
        alice.Messenger.SetVerified("bob", true);
        broker.Publish(ToAlice, "{\"n\":1,\"c\":\"let us talk openly\"}");
        bob.Messenger.RemoveKey("alice");
        bob.Types("open", "alice");
        alice.Try(m => m.RemoveContact("bob"));
        alice.Reboot();
        alice.Types("two", "bob");
        broker.Pass(3000);
        Assert.AreEqual("one|two", alice.Shows("bob"));
        Assert.AreEqual(Tick.One, alice.TickOf("two"), "bob has no key any more");
        Assert.AreEqual(0, CountOpen(broker, ToBob));
        Assert.IsTrue(alice.Messenger.IsVerified("bob"));
        Assert.AreEqual(2, Refused(alice, BodyError.NotSealed));
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
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
        alice.Types("m1", "bob");
        broker.Pass(3000);
        bob.AtBroker.Lose(ToBob, 2);
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
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
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
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
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
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
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
    public void Nothing_open_counts_where_there_is_a_key()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
        alice.Types("one", "bob");
        bob.PowerOff();
        broker.Publish(ToAlice, "{\"n\":1,\"c\":\"forged\"}");
        broker.Publish(ToAlice, "{\"c\":\"forged\"}");
        broker.Publish(ToAlice, "{\"y\":\"r\",\"d\":1,\"s\":1}");
        broker.Publish(ToAlice, "{\"y\":\"q\",\"a\":1,\"z\":1}");
        broker.Publish(ToAlice, "{\"n\":2,\"y\":\"j\",\"g\":\"team\"}");
        broker.Pass(3000);
        Assert.AreEqual("one", alice.Shows("bob"));
        Assert.AreNotEqual(Tick.Shown, alice.TickOf("one"));
        Assert.AreEqual(5, Refused(alice, BodyError.NotSealed));
        Assert.IsTrue(alice.Messenger.Find("team", true) < 0);
    }

    [TestMethod]
    public void What_is_sealed_for_who_has_no_key_is_refused_and_counted()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker);
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("one", "bob");
        broker.Pass(3000);
        Assert.AreEqual("", bob.Shows("alice"));
        Assert.AreEqual(Tick.One, alice.TickOf("one"));
        Assert.IsTrue(Refused(bob, BodyError.NoKey) > 0);
    }

    [TestMethod]
    public void What_somebody_has_kept_and_brings_again_changes_nothing()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
        alice.Types("one", "bob");
        byte[] kept = LastBody(broker, ToBob);
        broker.Pass(40000);
        broker.Publish(ToBob, kept, false);
        broker.Publish(ToAlice, kept, false); // reflected
        broker.Publish("ec1/i/bob/carol", kept, false); // as another
        byte[] changed = (byte[])kept.Clone();
        changed[20] ^= 1;
        broker.Publish(ToBob, changed, false);
        changed[1] = 5;
        broker.Publish(ToBob, changed, false);
        broker.Publish(ToBob, Cut(kept, 40), false);
        broker.Publish(ToBob, Cut(kept, 1), false);
        broker.Pass(3000);
        Assert.AreEqual("one", bob.Shows("alice"));
        Assert.AreEqual("one", alice.Shows("bob"));
        Assert.AreEqual(1, Refused(bob, BodyError.NoKey));
        Assert.AreEqual(7, bob.Messenger.Counters.Refused + Refused(alice, BodyError.Replayed) + Refused(alice, BodyError.WrongSeal));
        alice.Types("two", "bob");
        broker.Pass(3000);
        Assert.AreEqual("one|two", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("two"));
    }

    [TestMethod]
    public void Brought_again_after_a_restart_it_is_known_by_its_number()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
        alice.Types("one", "bob");
        byte[] kept = LastBody(broker, ToBob);
        bob.Reboot(); // its keys stand on flash as they were before the message
        broker.Publish(ToBob, kept, false);
        broker.Pass(3000);
        Assert.AreEqual("one", bob.Shows("alice"));
        Assert.AreEqual(1, bob.Messenger.Counters.Duplicates + Refused(bob, BodyError.Replayed));
    }

    [TestMethod]
    public void A_reaction_and_a_long_text_are_sealed_too()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker);
        CoreBoard bob = Bob(broker);
        string text = new string('x', Body.MaxContentBytes);
        Assert.AreEqual(SendError.None, alice.Types(text, "bob"));
        broker.Pass(3000);
        Assert.AreEqual(text, bob.Shows("alice"));
        bob.Try(m => m.SendReaction(bob.Find(text), "\uD83D\uDC4D", bob.NowMs));
        broker.Pass(3000);
        Assert.AreEqual(0, OpenOnes(broker));
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
        Assert.AreEqual(1, CountOpen(broker, ToBob), "the first");
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

    [TestMethod]
    public void A_cut_at_any_write_of_the_first_start_leaves_the_keys()
    {
        for (int cut = 0; cut < 8; cut++)
        {
            var broker = new VirtualBroker();
            CoreBoard alice = SealKit.Give(broker.Board("alice"), "bob");
            CoreBoard bob = Bob(broker);
            alice.Flash.CutAfter(cut / 2, cut % 2);
            alice.Online();
            if (!alice.IsOn) alice.Online();
            alice.Types("one", "bob");
            broker.Pass(5000);
            if (!alice.IsOn) alice.Online();
            broker.Pass(20000);
            alice.Types("two", "bob");
            broker.Pass(5000);
            Assert.IsTrue(bob.Find("two") >= 0, "cut " + cut.ToString());
            Assert.AreEqual(0, OpenOnes(broker));
        }
    }

    private static CoreBoard Alice(VirtualBroker broker) { return SealKit.Give(broker.Board("alice"), "bob").Online(); }

    private static CoreBoard Bob(VirtualBroker broker) { return SealKit.Give(broker.Board("bob"), "alice").Online(); }

    private static int Refused(CoreBoard board, BodyError error) { return board.Messenger.Counters.RefusedFor(error); }

    private static int OpenOnes(VirtualBroker broker) { return CountOpen(broker, ToBob) + CountOpen(broker, ToAlice); }

    private static int CountOpen(VirtualBroker broker, string topic)
    {
        int count = 0;
        for (int i = 0; i < broker.Log.Count; i++)
            if (broker.Log.TopicAt(i) == topic && !Envelope.IsSealed(broker.Log.BodyAt(i))) count++;
        return count;
    }

    private static byte[] LastBody(VirtualBroker broker, string topic)
    {
        int i = broker.Log.Count - 1;
        while (broker.Log.TopicAt(i) != topic) i--;
        return broker.Log.BodyAt(i);
    }

    private static byte[] Cut(byte[] bytes, int count)
    {
        var part = new byte[count];
        Array.Copy(bytes, 0, part, 0, count);
        return part;
    }
}
