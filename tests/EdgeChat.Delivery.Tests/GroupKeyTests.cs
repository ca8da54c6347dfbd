using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Sealed groups: who gets their keys, and who has them no more.</summary>
[TestClass]
public class GroupKeyTests
{
    [Setup]
    public void Needs_cryptography() { SealedPair.NeedCryptography(); }

    [TestMethod]
    public void Who_is_removed_reads_nothing_new_and_who_is_added_nothing_old()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.TypesToGroup("old", "team");
        broker.Pass(40000);
        var before = bob.Flash.Copy();
        Assert.AreEqual(SendError.None, SealedGroup.Remove(alice, "bob"));
        broker.Pass(3000);
        Assert.AreEqual("alice added you|old|alice removed you", bob.Shows("team"));
        Assert.IsFalse(bob.Messenger.CanWrite(TestGroup.Of(bob)));
        CoreBoard dave = SealedGroup.Board(broker, "dave", "alice");
        Assert.AreEqual(SendError.None, SealedGroup.Add(alice, "dave"));
        broker.Pass(3000);
        carol.TypesToGroup("new", "team");
        broker.Pass(3000);
        Assert.AreEqual("alice added you|new", dave.Shows("team"));
        // with all that he has ever had, bob opens nothing of it; nor does dave of what was before
        CheckOpensNothing(broker, before, true, "bob");
        CheckOpensNothing(broker, dave.Flash, false, "dave");
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
    }

    // of what went to the group in the later half of all publishes, or in the earlier one
    private static void CheckOpensNothing(VirtualBroker broker, MemoryFlash flash, bool isLater, string who)
    {
        int tried = 0;
        for (int i = 0; i < broker.Log.Count; i++)
        {
            string topic = broker.Log.TopicAt(i);
            if (topic.StartsWith("ec1/g/team/") && i * 2 > broker.Log.Count == isLater)
                tried += SealedGroup.OpenNothing(flash, topic, broker.Log.BodyAt(i), who);
        }

        Assert.IsTrue(tried >= 1, who + " tried " + tried.ToString());
    }

    [TestMethod]
    public void The_admin_forgets_a_key_that_all_have()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(3000);
        Assert.IsFalse(HasKey(alice) || HasKey(bob) || HasKey(carol));
        carol.Offline();
        SealedGroup.Remove(alice, "bob");
        broker.Pass(3000);
        Assert.IsTrue(HasKey(alice), "carol has not got it");
        alice.Reboot();
        carol.Online();
        broker.Pass(3000);
        Assert.IsFalse(HasKey(alice));
        alice.TypesToGroup("one", "team");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, alice.TickOf("one"));
    }

    private static bool HasKey(CoreBoard board)
    {
        for (int file = 0; file < 2; file++)
        {
            byte[] page = board.Flash.Content(file == 1 ? SealedGroup.OddFile : SealedGroup.EvenFile);
            for (int i = 4; page != null && i < 20; i++)
                if (page[i] != 0) return true;
        }

        return false;
    }

    [TestMethod]
    public void A_member_that_was_away_over_two_edits_gets_the_key_and_what_it_missed()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        carol.Offline();
        bob.TypesToGroup("before", "team");
        Assert.AreEqual(SendError.None, alice.Messenger.RenameGroup(TestGroup.Of(alice), "Other", alice.NowMs));
        broker.Settle();
        CoreBoard dave = SealedGroup.Board(broker, "dave", "alice");
        Assert.AreEqual(SendError.None, SealedGroup.Add(alice, "dave"));
        broker.Pass(3000);
        bob.TypesToGroup("after", "team");
        broker.Pass(120000);
        carol.Online();
        broker.Pass(120000);
        Assert.AreEqual("alice added you|before|alice named it Other|alice added dave|after", carol.Shows("team"));
        Assert.AreEqual(Tick.Two, bob.TickOf("before"));
        Assert.AreEqual(Tick.Two, bob.TickOf("after"));
        Assert.AreEqual("alice added you|after", dave.Shows("team"));
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
    }

    [TestMethod]
    public void A_key_that_was_given_up_is_asked_for()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        carol.Offline();
        broker.Forget(carol);
        Assert.AreEqual(SendError.None, alice.Messenger.RenameGroup(TestGroup.Of(alice), "Other", alice.NowMs));
        broker.Pass(8L * 24 * 3600 * 1000);
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
        carol.Online();
        broker.Pass(5000);
        bob.TypesToGroup("one", "team");
        broker.Pass(5000);
        Assert.AreEqual(1, SealedPair.Refused(carol, BodyError.NoKey));
        broker.Pass(120000);
        Assert.AreEqual("Other", carol.Messenger.NameOf(TestGroup.Of(carol)));
        Assert.AreEqual("alice added you|alice named it Other|one", carol.Shows("team"));
        Assert.AreEqual(Tick.Two, bob.TickOf("one"));
    }

    [TestMethod]
    public void A_board_that_lost_everything_gets_another_key()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        bob.TypesToGroup("one", "team");
        broker.Pass(3000);
        bob.Reprovision();
        SealKit.Give(bob, "alice", "carol");
        bob.Online();
        bob.Types("hello", "alice"); // sealed in another life
        broker.Pass(5000);
        Assert.IsTrue(SealedGroup.IsSealed(bob));
        bob.TypesToGroup("two", "team");
        carol.TypesToGroup("three", "team");
        broker.Pass(120000);
        Assert.AreEqual("alice added you|two|three", bob.Shows("team"));
        Assert.AreEqual("alice added you|one|two|three", carol.Shows("team"));
        Assert.IsFalse(SealedGroup.HasOneNumberTwice(broker));
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
    }

    [TestMethod]
    public void Two_admins_who_edit_at_once_end_with_one_key()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        Assert.AreEqual(SendError.None, alice.Messenger.SetAdmin(TestGroup.Of(alice), "bob", true, alice.NowMs));
        broker.Pass(3000);
        alice.Offline();
        bob.Offline();
        Assert.AreEqual(SendError.None, alice.Messenger.RenameGroup(TestGroup.Of(alice), "By alice", alice.NowMs));
        Assert.AreEqual(SendError.None, bob.Messenger.RenameGroup(TestGroup.Of(bob), "By bob", bob.NowMs));
        bob.Online();
        broker.Pass(3000);
        alice.Online();
        broker.Pass(120000);
        alice.TypesToGroup("one", "team");
        bob.TypesToGroup("two", "team");
        carol.TypesToGroup("three", "team");
        broker.Pass(120000);
        Assert.AreEqual("By alice", bob.Messenger.NameOf(TestGroup.Of(bob)));
        Assert.AreEqual("By alice", carol.Messenger.NameOf(TestGroup.Of(carol)));
        Assert.AreEqual(Tick.Two, alice.TickOf("one"));
        Assert.AreEqual(Tick.Two, bob.TickOf("two"));
        Assert.AreEqual(Tick.Two, carol.TickOf("three"));
        Assert.IsFalse(SealedGroup.HasOneNumberTwice(broker));
    }

    [TestMethod]
    public void Who_leaves_knows_no_key_of_those_who_stay()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        Assert.AreEqual(SendError.None, SealedGroup.Remove(bob, "bob"));
        broker.Pass(3000);
        Assert.AreEqual(2, carol.Messenger.MemberCountOf(TestGroup.Of(carol)));
        Assert.AreEqual("alice added you|bob left", carol.Shows("team"));
        Assert.IsFalse(SealedGroup.HasFile(bob));
        // the last admin: another one is it before, and takes it off
        Assert.AreEqual(SendError.None, SealedGroup.Remove(alice, "alice"));
        broker.Pass(5000);
        Assert.AreEqual(1, carol.Messenger.MemberCountOf(TestGroup.Of(carol)));
        Assert.IsTrue(carol.Messenger.IsAdmin(TestGroup.Of(carol), 0));
        Assert.IsFalse(SealedGroup.HasFile(alice));
        Assert.AreEqual(SendError.None, bob.Messenger.AddContact("carol"));
        Assert.AreEqual(SendError.None, SealedGroup.Add(carol, "bob"));
        broker.Pass(3000);
        carol.TypesToGroup("one", "team");
        broker.Pass(3000);
        Assert.AreEqual("alice added you|you left|carol added you|one", bob.Shows("team"));
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
    }

    [TestMethod]
    public void The_group_of_an_operator_is_sealed_by_the_admin_and_who_comes_later_gets_the_key()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = SealedGroup.Board(broker, "alice", "bob", "carol");
        CoreBoard bob = SealedGroup.Board(broker, "bob", "alice");
        alice.Me.Operator = "ops";
        bob.Me.Operator = "ops";
        const string Roster = "{\"v\":1,\"by\":\"ops\",\"nm\":\"Team\",\"m\":[\"alice\",\"bob\",\"carol\"],\"a\":[\"alice\"]}";
        broker.Publish("ec1/r/team", System.Text.Encoding.UTF8.GetBytes(Roster), true);
        broker.Publish("ec1/i/alice/ops", "{\"n\":1,\"y\":\"j\",\"g\":\"team\"}");
        broker.Publish("ec1/i/bob/ops", "{\"n\":1,\"y\":\"j\",\"g\":\"team\"}");
        broker.Pass(20000);
        Assert.IsTrue(SealedGroup.IsSealed(alice) && SealedGroup.IsSealed(bob));
        CoreBoard carol = SealedGroup.Board(broker, "carol", "alice");
        carol.Me.Operator = "ops";
        broker.Publish("ec1/i/carol/ops", "{\"n\":1,\"y\":\"j\",\"g\":\"team\"}");
        broker.Pass(120000);
        Assert.IsTrue(SealedGroup.IsSealed(carol));
        carol.TypesToGroup("one", "team");
        broker.Pass(120000);
        Assert.AreEqual(Tick.Two, carol.TickOf("one"));
        Assert.AreEqual(0, broker.Count("ec1/g/team/carol", "one"));
    }

    [TestMethod]
    public void A_board_whose_keys_are_gone_from_flash_gets_others()
    {
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        bob.PowerOff();
        SealedGroup.DropKeys(bob);
        bob.Online();
        broker.Pass(30000);
        alice.PowerOff();
        SealedGroup.DropKeys(alice);
        alice.Online();
        broker.Pass(30000);
        bob.TypesToGroup("one", "team");
        alice.TypesToGroup("two", "team");
        broker.Pass(120000);
        Assert.AreEqual(Tick.Two, bob.TickOf("one"));
        Assert.AreEqual(Tick.Two, alice.TickOf("two"));
        Assert.AreEqual(0, broker.Count("ec1/g/team/bob", "one"));
    }
}
