using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Sealed groups: when a group is one, and what of it the broker can read.</summary>
[TestClass]
public class GroupSealTests
{
    [Setup]
    public void Needs_cryptography() { SealedPair.NeedCryptography(); }

    [TestMethod]
    public void A_group_of_boards_with_keys_is_sealed_whole()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        Assert.IsTrue(SealedGroup.IsSealed(alice) && SealedGroup.IsSealed(bob) && SealedGroup.IsSealed(carol));
        alice.TypesToGroup("one", "team");
        bob.TypesToGroup("two", "team");
        carol.Try(m => m.SendReaction(carol.Find("one"), "👍", carol.NowMs));
        broker.Pass(3000);
        bob.Opens("team");
        carol.Opens("team");
        alice.Opens("team");
        broker.Pass(3000);
        Assert.AreEqual("alice added you|one|two", bob.Shows("team"));
        Assert.AreEqual("alice added you|one|two", carol.Shows("team"));
        Assert.AreEqual("The Team", carol.Messenger.NameOf(TestGroup.Of(carol)));
        Assert.AreEqual(3, bob.Messenger.MemberCountOf(TestGroup.Of(bob)));
        Assert.AreEqual(Tick.Shown, alice.TickOf("one"));
        Assert.AreEqual(Tick.Shown, bob.TickOf("two"));
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
        Assert.AreEqual(0, alice.Messenger.Counters.Refused + bob.Messenger.Counters.Refused + carol.Messenger.Counters.Refused);
        Assert.IsFalse(SealedGroup.HasOneNumberTwice(broker));
    }

    [TestMethod]
    public void After_restarts_all_goes_on()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        string expected = "alice added you";
        for (int i = 0; i < 9; i++)
        {
            CoreBoard writer = i % 3 == 0 ? alice : i % 3 == 1 ? bob : carol;
            writer.TypesToGroup("m" + i.ToString(), "team");
            expected = expected + "|m" + i.ToString();
            broker.Pass(i == 4 ? 40000 : 1000);
            (i % 2 == 0 ? writer : bob).Reboot();
        }

        broker.Pass(5000);
        Assert.AreEqual(expected, bob.Shows("team"));
        Assert.AreEqual(expected, carol.Shows("team"));
        Assert.IsTrue(SealedGroup.IsSealed(alice) && SealedGroup.IsSealed(bob));
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
        Assert.IsFalse(SealedGroup.HasOneNumberTwice(broker));
    }

    [TestMethod]
    public void Members_without_a_key_of_their_own_seal_receipts_with_the_groups()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedGroup.Board(broker, "alice", "bob", "carol");
        CoreBoard bob = SealedGroup.Board(broker, "bob", "alice");
        CoreBoard carol = SealedGroup.Board(broker, "carol", "alice");
        TestGroup.Make(alice, "bob", "carol");
        broker.Pass(3000);
        bob.TypesToGroup("one", "team");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, bob.TickOf("one"));
        carol.Offline();
        bob.TypesToGroup("two", "team");
        broker.Forget(carol); // what waits for her at the broker is lost: it is sent again to her inbox
        broker.Pass(5000);
        carol.Reboot();
        carol.Online();
        broker.Pass(70000);
        Assert.AreEqual("alice added you|one|two", carol.Shows("team"));
        Assert.AreEqual(Tick.Two, bob.TickOf("two"));
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
        Assert.AreEqual(0, SealedPair.Refused(carol, BodyError.WrongSeal) + SealedPair.Refused(bob, BodyError.WrongSeal));
    }

    [TestMethod]
    public void Without_a_key_with_all_it_stays_open_and_says_with_whom()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedGroup.Board(broker, "alice", "bob");
        CoreBoard bob = SealedGroup.Board(broker, "bob", "alice");
        CoreBoard carol = broker.Board("carol").Online();
        TestGroup.Make(alice, "bob", "carol");
        broker.Pass(3000);
        alice.TypesToGroup("one", "team");
        broker.Pass(3000);
        Assert.IsFalse(SealedGroup.IsSealed(alice) || SealedGroup.IsSealed(bob));
        Assert.IsTrue(alice.Messenger.KeepsOpen(TestGroup.Of(alice), "carol"));
        Assert.IsFalse(alice.Messenger.KeepsOpen(TestGroup.Of(alice), "bob"));
        Assert.IsFalse(bob.Messenger.KeepsOpen(TestGroup.Of(bob), "carol"), "it is for the admin to have keys");
        Assert.AreEqual("alice added you|one", carol.Shows("team"));
        string letters = null;
        alice.Try(m => letters = m.MakeKey("carol", alice.NowMs));
        carol.Try(m => m.EnterKey("alice", letters));
        broker.Pass(20000);
        alice.TypesToGroup("two", "team");
        broker.Pass(70000);
        Assert.IsTrue(SealedGroup.IsSealed(alice) && SealedGroup.IsSealed(bob) && SealedGroup.IsSealed(carol));
        Assert.IsFalse(alice.Messenger.KeepsOpen(TestGroup.Of(alice), "carol"));
        Assert.AreEqual("alice added you|one|two", carol.Shows("team"));
        Assert.AreEqual("alice added you|one|two", bob.Shows("team"));
        Assert.AreEqual(0, broker.Count("ec1/g/team/alice", "two"));
    }

    [TestMethod]
    public void A_sealed_group_takes_nobody_without_a_key()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        Assert.AreEqual(SendError.NoKey, SealedGroup.Add(alice, "erin"));
        Assert.AreEqual(3, alice.Messenger.MemberCountOf(TestGroup.Of(alice)));
        alice.TypesToGroup("one", "team");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, alice.TickOf("one"));
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
    }

    [TestMethod]
    public void While_the_admin_is_away_the_group_goes_on_and_its_edit_goes_out_later()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.Offline();
        bob.TypesToGroup("one", "team");
        Assert.AreEqual(SendError.None, alice.Messenger.RenameGroup(TestGroup.Of(alice), "Other", alice.NowMs));
        alice.TypesToGroup("two", "team");
        alice.Reboot();
        carol.TypesToGroup("three", "team");
        broker.Pass(3000);
        Assert.AreEqual("alice added you|one|three", bob.Shows("team"));
        alice.Online();
        broker.Pass(120000);
        Assert.AreEqual("alice added you|one|three|alice named it Other|two", bob.Shows("team"));
        Assert.AreEqual("you made this group|you added bob|you added carol|you named it Other|two|one|three", alice.Shows("team"));
        Assert.AreEqual(Tick.Two, bob.TickOf("one"));
        Assert.AreEqual(Tick.Two, alice.TickOf("two"));
    }
}
