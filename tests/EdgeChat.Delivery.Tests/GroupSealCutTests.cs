using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A sealed group whose boards lose power, or whose flash refuses, at any write: no key is used twice, nothing is lost, and all
/// end with one key.</summary>
[TestClass]
public class GroupSealCutTests
{
    [Setup]
    public void Needs_cryptography() { SealedPair.NeedCryptography(); }

    [TestMethod]
    public void A_cut_at_any_write_of_the_admin_or_a_member_loses_nothing_and_uses_no_key_twice()
    {
        for (int who = 0; who < 2; who++)
        {
            int operations = Talk(who, 0, 0);
            for (int cut = 1; cut <= operations; cut++)
                for (int kind = 0; kind < 3; kind++) Talk(who, cut, kind);
        }
    }

    // kind: 0 the write does not happen, 1 it does, 2 it is refused and the power stays
    private static int Talk(int who, int cut, int kind)
    {
        string where = "write " + cut.ToString() + " of " + who.ToString() + " kind " + kind.ToString();
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        CoreBoard victim = who == 0 ? alice : bob;
        int first = victim.Flash.Operations;
        if (cut > 0 && kind == 2) victim.Flash.RefuseAt = first + cut;
        else if (cut > 0) victim.Flash.CutAfter(cut - 1, kind);
        alice.TypesToGroup("a0", "team");
        victim.Online();
        alice.Try(m => m.RenameGroup(TestGroup.Of(alice), "Other", alice.NowMs));
        broker.Pass(2000);
        victim.Online();
        bob.TypesToGroup("b0", "team");
        broker.Pass(35000);
        victim.Online();
        alice.Try(m => m.RemoveMember(TestGroup.Of(alice), "carol", alice.NowMs));
        broker.Pass(2000);
        int operations = victim.Flash.Operations - first;
        victim.Online();
        alice.TypesToGroup("last of a", "team");
        bob.TypesToGroup("last of b", "team");
        broker.Pass(180000);
        Assert.IsTrue(bob.Find("last of a") >= 0 && alice.Find("last of b") >= 0, where);
        Assert.AreEqual(Tick.Two, alice.TickOf("last of a"), where);
        Assert.AreEqual(Tick.Two, bob.TickOf("last of b"), where);
        Assert.IsTrue(SealedGroup.IsSealed(alice) && SealedGroup.IsSealed(bob), where);
        Assert.AreEqual(alice.Messenger.NameOf(TestGroup.Of(alice)), bob.Messenger.NameOf(TestGroup.Of(bob)), where);
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker), where);
        Assert.IsFalse(SealedGroup.HasOneNumberTwice(broker), where);
        return operations;
    }

    [TestMethod]
    public void Messages_cost_few_writes_of_flash()
    {
        int open = WritesFor(new VirtualBroker(), false);
        int closed = WritesFor(new VirtualBroker(), true);
        // 20 messages in 60 s and a wait: each 30 s a page of the group's keys, and one of the pair's for the receipts
        Assert.IsTrue(closed - open <= 6, closed.ToString() + " for " + open.ToString());
    }

    private static int WritesFor(VirtualBroker broker, bool isSealed)
    {
        CoreBoard alice = isSealed ? SealedGroup.Board(broker, "alice", "bob") : broker.Board("alice").Online();
        CoreBoard bob = isSealed ? SealedGroup.Board(broker, "bob", "alice") : broker.Board("bob").Online();
        TestGroup.Make(alice, "bob");
        broker.Pass(60000);
        int before = bob.Flash.Operations;
        for (int i = 0; i < 10; i++)
        {
            alice.TypesToGroup("a" + i.ToString(), "team");
            bob.TypesToGroup("b" + i.ToString(), "team");
            broker.Pass(6000);
        }

        broker.Pass(60000);
        return bob.Flash.Operations - before;
    }
}
