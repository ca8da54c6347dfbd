using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Invitations of strangers to sealed groups: the key comes with the roster, and opens nothing before the person has
/// accepted.</summary>
[TestClass]
public class SealedInvitationTests
{
    [Setup]
    public void Needs_cryptography() { SealedPair.NeedCryptography(); }

    [TestMethod]
    public void The_key_is_kept_and_opens_nothing_before_the_person_accepts()
    {
        VirtualBroker broker = TestInvitation.Make(true, out CoreBoard mallory, out CoreBoard bob);
        Assert.IsTrue(TestInvitation.Waits(bob));
        Assert.IsTrue(SealedGroup.IsSealed(bob));
        mallory.TypesToGroup("before", "team");
        broker.Pass(70000);
        bob.Reboot();
        Assert.IsTrue(TestInvitation.Waits(bob));
        Assert.AreEqual("", bob.Shows("team"));
        Assert.AreEqual(Tick.One, mallory.TickOf("before"));
        Assert.AreEqual(SendError.None, TestInvitation.Answer(bob, true));
        broker.Pass(1000);
        mallory.TypesToGroup("after", "team");
        bob.TypesToGroup("thanks", "team");
        broker.Pass(700000);
        Assert.AreEqual(Tick.Two, mallory.TickOf("before"));
        Assert.AreEqual(Tick.Two, mallory.TickOf("after"));
        Assert.AreEqual(Tick.Two, bob.TickOf("thanks"));
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
    }

    [TestMethod]
    public void Keys_of_later_edits_are_taken_while_it_waits_and_a_removal_ends_it()
    {
        VirtualBroker broker = TestInvitation.Make(true, out CoreBoard mallory, out CoreBoard bob);
        mallory.Messenger.RenameGroup(TestGroup.Of(mallory), "Red Team", mallory.NowMs);
        SealedGroup.Add(mallory, "carol");
        broker.Pass(3000);
        Assert.IsTrue(TestInvitation.Waits(bob));
        Assert.AreEqual("Red Team", bob.Messenger.NameOf(TestGroup.Of(bob)));
        Assert.AreEqual(3, bob.Messenger.MemberCountOf(TestGroup.Of(bob)));
        broker.Publish("ec1/i/bob/zed", "{\"n\":1,\"y\":\"j\",\"g\":\"team\"}");
        Assert.IsTrue(SealedGroup.IsSealed(bob), "a word that is open changes nothing");
        Assert.AreEqual(SendError.None, SealedGroup.Remove(mallory, "bob"));
        broker.Pass(3000);
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(0, bob.Messenger.ConversationCount);
            Assert.AreEqual(1, bob.Messenger.Filters().Length);
            Assert.IsFalse(SealedGroup.HasFile(bob));
            bob.Reboot();
            broker.Pass(15000);
        }
    }

    [TestMethod]
    public void Who_declines_keeps_no_key_and_who_stays_has_another()
    {
        VirtualBroker broker = TestInvitation.Make(true, out CoreBoard mallory, out CoreBoard bob);
        Assert.AreEqual(SendError.None, TestInvitation.Answer(bob, false));
        broker.Pass(3000);
        Assert.AreEqual(1, mallory.Messenger.MemberCountOf(TestGroup.Of(mallory)));
        Assert.IsTrue(mallory.Shows("team").EndsWith("bob left"), mallory.Shows("team"));
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(0, bob.Messenger.ConversationCount);
            Assert.IsFalse(SealedGroup.HasFile(bob));
            bob.Reboot();
            broker.Pass(15000);
        }

        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
    }

    [TestMethod]
    public void A_board_whose_keys_are_gone_from_flash_gets_others_and_still_asks()
    {
        VirtualBroker broker = TestInvitation.Make(true, out CoreBoard mallory, out CoreBoard bob);
        bob.PowerOff();
        SealedGroup.DropKeys(bob);
        bob.Online();
        broker.Pass(30000);
        Assert.IsTrue(TestInvitation.Waits(bob));
        Assert.AreEqual(SendError.None, TestInvitation.Answer(bob, true));
        mallory.TypesToGroup("one", "team");
        broker.Pass(120000);
        Assert.AreEqual(Tick.Two, mallory.TickOf("one"));
    }

    [TestMethod]
    public void A_cut_at_any_write_of_its_coming_leaves_a_question() { TestInvitation.CutComing(true); }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_cut_at_any_write_of_an_answer_leaves_the_question_or_the_answer(bool accepts)
    {
        TestInvitation.CutAnswer(true, accepts);
    }
}
