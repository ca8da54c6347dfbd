using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Two boards with a key whose power is cut: no key is used twice, and nothing is lost.</summary>
[TestClass]
public class SealCutTests
{
    [Setup]
    public void Needs_cryptography() { SealedPair.NeedCryptography(); }

    [TestMethod]
    public void Power_cuts_of_both_lose_nothing_and_use_no_key_twice()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
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
        Assert.AreEqual(0, SealedPair.Refused(alice, BodyError.WrongSeal) + SealedPair.Refused(bob, BodyError.WrongSeal));
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
        Assert.AreEqual(0, SealedPair.OpenOnes(broker), where);
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
    public void A_cut_at_any_write_of_the_first_start_leaves_the_keys()
    {
        for (int cut = 0; cut < 8; cut++)
        {
            var broker = new VirtualBroker();
            CoreBoard alice = SealKit.Give(broker.Board("alice"), "bob");
            CoreBoard bob = SealedPair.Bob(broker);
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
            Assert.AreEqual(0, SealedPair.OpenOnes(broker));
        }
    }
}
