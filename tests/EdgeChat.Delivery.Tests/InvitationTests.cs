using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Invitations of strangers, which wait until the person answers; mallory invites, and bob does not know her.</summary>
[TestClass]
public class InvitationTests
{
    [TestMethod]
    public void A_strangers_invitation_waits_and_nothing_of_the_group_is_taken()
    {
        VirtualBroker broker = TestInvitation.Make(false, out CoreBoard mallory, out CoreBoard bob);
        for (int boot = 0; boot < 2; boot++)
        {
            int team = TestGroup.Of(bob);
            Assert.IsTrue(bob.Messenger.IsInvited(team));
            Assert.AreEqual("mallory", bob.Messenger.InviterOf(team));
            Assert.AreEqual("The Team", bob.Messenger.NameOf(team));
            Assert.AreEqual(2, bob.Messenger.MemberCountOf(team));
            Assert.AreEqual(1, bob.Messenger.ConversationCount);
            Assert.IsFalse(bob.Messenger.CanWrite(team));
            Assert.AreEqual(SendError.Invited, bob.TypesToGroup("no", "team"));
            Assert.IsTrue(HasFilter(bob, "ec1/r/team"));
            Assert.IsFalse(HasFilter(bob, "ec1/g/team/+"));
            mallory.TypesToGroup("hi" + boot.ToString(), "team");
            broker.Pass(70000);
            Assert.AreEqual("", bob.Shows("team"));
            Assert.AreEqual(Tick.One, mallory.TickOf("hi" + boot.ToString()));
            Assert.AreEqual(0, broker.Count("ec1/i/mallory/bob", "\"g\":\"team\""));
            bob.Reboot();
        }
    }

    [TestMethod]
    public void Who_accepts_is_in_and_gets_what_was_written_meanwhile()
    {
        VirtualBroker broker = TestInvitation.Make(false, out CoreBoard mallory, out CoreBoard bob);
        mallory.TypesToGroup("before", "team");
        broker.Pass(1000);
        Assert.AreEqual(SendError.None, TestInvitation.Answer(bob, true));
        Assert.AreEqual(SendError.NotInvited, TestInvitation.Answer(bob, true));
        broker.Pass(1000);
        mallory.TypesToGroup("after", "team");
        broker.Pass(130000);
        Assert.IsTrue(HasFilter(bob, "ec1/g/team/+"));
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("mallory added you|before|after", bob.Shows("team"));
            Assert.IsFalse(bob.Messenger.IsInvited(TestGroup.Of(bob)));
            bob.Reboot();
        }

        Assert.AreEqual(Tick.Two, mallory.TickOf("before"));
        Assert.AreEqual(Tick.Two, mallory.TickOf("after"));
        Assert.AreEqual(SendError.None, bob.TypesToGroup("thanks", "team"));
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, bob.TickOf("thanks"));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Who_declines_leaves_and_nothing_is_left(bool deletes)
    {
        VirtualBroker broker = TestInvitation.Make(false, out CoreBoard mallory, out CoreBoard bob);
        Assert.AreEqual(SendError.None, deletes ? bob.Messenger.Delete(TestGroup.Of(bob)) : TestInvitation.Answer(bob, false));
        for (int boot = 0; boot < 2; boot++)
        {
            broker.Pass(5000);
            Assert.AreEqual(-1, TestGroup.Of(bob));
            Assert.AreEqual(0, bob.Messenger.ConversationCount);
            Assert.AreEqual(1, bob.Messenger.Filters().Length, "the inbox alone");
            bob.Reboot();
        }

        Assert.AreEqual(1, broker.Count("ec1/i/mallory/bob", "\"y\":\"w\""));
        Assert.IsTrue(mallory.Shows("team").EndsWith("|bob left"), mallory.Shows("team"));
        Assert.AreEqual(1, mallory.Messenger.MemberCountOf(TestGroup.Of(mallory)));
        mallory.Messenger.AddMember(TestGroup.Of(mallory), "bob", mallory.NowMs);
        broker.Pass(1000);
        Assert.IsTrue(bob.Messenger.IsInvited(TestGroup.Of(bob)), "she may ask again");
    }

    [TestMethod]
    public void Who_invites_and_is_no_admin_is_declined_at_an_admin()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        const string Roster = "{\"v\":3,\"by\":\"ops\",\"m\":[\"bob\",\"mallory\",\"carol\",\"dave\"],\"a\":[\"bob\",\"dave\"]}";
        broker.Publish("ec1/r/team", Encoding.UTF8.GetBytes(Roster), true);
        broker.Publish("ec1/i/bob/mallory", "{\"n\":1,\"y\":\"j\",\"g\":\"team\"}");
        Assert.IsTrue(bob.Messenger.IsInvited(TestGroup.Of(bob)));
        broker.Pass(60000);
        Assert.AreEqual(1, broker.Count("ec1/r/team", ""), "an admin by somebody else's word alone publishes nothing");
        Assert.AreEqual(SendError.None, TestInvitation.Answer(bob, false));
        broker.Pass(1000);
        Assert.AreEqual(1, broker.Count("ec1/i/dave/bob", "{\"y\":\"w\",\"n\":1"));
        Assert.AreEqual(0, broker.Count("ec1/i/mallory/bob", "\"w\""));
    }

    [TestMethod]
    [DataRow("given", true)]
    [DataRow("added", true)]
    [DataRow("operator", true)]
    [DataRow("written to", true)]
    [DataRow("met, and added", true)]
    [DataRow("wrote", false)]
    [DataRow("given, and removed", false)]
    [DataRow("written to, and removed", false)]
    [DataRow("written to, and deleted", false)]
    [DataRow("declined before", false)]
    public void Who_is_known_invites_at_once_and_nobody_else(string how, bool isKnown)
    {
        var broker = new VirtualBroker();
        CoreBoard mallory = broker.Board("mallory").Online();
        CoreBoard bob = broker.Board("bob");
        if (how.StartsWith("given")) bob.Me.Contacts = new string[] { "alice", "mallory" };
        if (how == "operator") bob.Me.Operator = "mallory";
        bob.Online();
        if (how == "added") bob.Messenger.AddContact("mallory");
        if (how == "wrote" || how == "met, and added") mallory.Types("hi", "bob");
        if (how == "met, and added") bob.Messenger.AddContact("mallory");
        if (how.StartsWith("written to")) bob.Types("hi", "mallory");
        if (how.EndsWith("removed")) bob.Messenger.RemoveContact("mallory");
        if (how.EndsWith("deleted")) bob.Messenger.Delete(bob.Messenger.Find("mallory", false));
        bob.Reboot();
        TestGroup.Make(mallory, "bob");
        if (how == "declined before")
        {
            TestInvitation.Answer(bob, false);
            broker.Pass(3000);
            mallory.Messenger.AddMember(TestGroup.Of(mallory), "bob", mallory.NowMs);
            broker.Settle();
        }

        Assert.AreEqual(!isKnown, bob.Messenger.IsInvited(TestGroup.Of(bob)));
        Assert.AreEqual(isKnown ? "mallory added you" : "", bob.Shows("team"));
    }

    [TestMethod]
    public void A_newer_roster_changes_it_and_one_without_this_board_ends_it()
    {
        VirtualBroker broker = TestInvitation.Make(false, out CoreBoard mallory, out CoreBoard bob);
        int team = TestGroup.Of(mallory);
        mallory.Messenger.AddMember(team, "carol", mallory.NowMs);
        mallory.Messenger.RenameGroup(team, "Red Team", mallory.NowMs);
        broker.Settle();
        Assert.IsTrue(bob.Messenger.IsInvited(TestGroup.Of(bob)));
        Assert.AreEqual(3, bob.Messenger.MemberCountOf(TestGroup.Of(bob)));
        Assert.AreEqual("Red Team", bob.Messenger.NameOf(TestGroup.Of(bob)));
        Assert.AreEqual("", bob.Shows("team"));
        mallory.Messenger.RemoveMember(team, "bob", mallory.NowMs);
        broker.Settle();
        Assert.AreEqual(-1, TestGroup.Of(bob));
        bob.Reboot();
        Assert.AreEqual(0, bob.Messenger.ConversationCount);
        Assert.AreEqual(0, broker.Count("ec1/i/mallory/bob", "\"w\""));
    }

    [TestMethod]
    public void An_invitation_of_somebody_known_to_the_same_group_answers_it()
    {
        VirtualBroker broker = TestInvitation.Make(false, out CoreBoard mallory, out CoreBoard bob);
        broker.Publish("ec1/i/bob/zed", "{\"n\":1,\"y\":\"j\",\"g\":\"team\"}");
        Assert.AreEqual("mallory", bob.Messenger.InviterOf(TestGroup.Of(bob)), "another stranger changes nothing");
        broker.Publish("ec1/i/bob/alice", "{\"n\":1,\"y\":\"j\",\"g\":\"team\"}");
        Assert.IsFalse(bob.Messenger.IsInvited(TestGroup.Of(bob)));
        mallory.TypesToGroup("hi", "team");
        broker.Pass(1000);
        Assert.AreEqual("mallory added you|hi", bob.Shows("team"));
    }

    [TestMethod]
    public void A_stranger_who_invites_too_does_not_make_a_known_ones_invitation_a_question()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        broker.Publish("ec1/i/bob/alice", "{\"n\":1,\"y\":\"j\",\"g\":\"team\"}");
        broker.Publish("ec1/i/bob/zed", "{\"n\":1,\"y\":\"j\",\"g\":\"team\"}");
        broker.Publish("ec1/r/team", "{\"v\":1,\"by\":\"alice\",\"m\":[\"alice\",\"bob\"],\"a\":[\"alice\"]}");
        Assert.AreEqual("alice added you", bob.Shows("team"));
    }

    [TestMethod]
    public void Strangers_have_two_places_and_the_known_come_before_them()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        for (int i = 0; i < 5; i++) InviteTo(broker, "s" + i.ToString(), "stranger" + i.ToString());
        Assert.AreEqual(Limits.Invitations, bob.Messenger.ConversationCount);
        Assert.AreEqual(3, bob.Messenger.Counters.NoRoom);
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.IsTrue(bob.Messenger.IsInvited(bob.Messenger.Find("s0", true)));
            Assert.IsTrue(bob.Messenger.IsInvited(bob.Messenger.Find("s1", true)));
            bob.Reboot();
        }

        for (int i = 0; i < Limits.Groups; i++) InviteTo(broker, "g" + i.ToString(), "alice");
        Assert.AreEqual(Limits.Groups, bob.Messenger.ConversationCount);
        for (int i = 0; i < Limits.Groups; i++) Assert.IsTrue(bob.Messenger.CanWrite(bob.Messenger.Find("g" + i.ToString(), true)));
        Assert.AreEqual(0, broker.Count("ec1/i/stranger0/bob", "\"w\""), "who gave way may be asked again");
    }

    [TestMethod]
    public void Two_hundred_invitations_without_a_roster_leave_room_for_all_else()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        for (int i = 1; i <= 200; i++)
        {
            string n = i.ToString();
            broker.Publish("ec1/i/bob/zed", "{\"n\":" + n + ",\"y\":\"j\",\"g\":\"z" + n + "\"}");
        }

        Assert.AreEqual(0, bob.Messenger.ConversationCount);
        Assert.AreEqual(1 + Limits.Invitations, bob.Messenger.Filters().Length);
        for (int i = 0; i < Limits.Groups; i++) InviteTo(broker, "g" + i.ToString(), "alice");
        for (int i = Limits.Groups; i < Limits.Conversations; i++)
            Assert.IsTrue(bob.Messenger.OpenDirect("d" + i.ToString()) >= 0, "d" + i.ToString());
        Assert.AreEqual(Limits.Conversations, bob.Messenger.ConversationCount);
    }

    [TestMethod]
    public void Groups_that_were_left_and_deleted_take_no_place_after_a_start()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        for (int i = 0; i < 2 * Limits.Groups; i++)
        {
            string id = "g" + i.ToString();
            InviteTo(broker, id, "alice");
            int group = bob.Messenger.Find(id, true);
            Assert.IsTrue(group >= 0, id);
            Assert.AreEqual(SendError.None, bob.Messenger.RemoveMember(group, "bob", bob.NowMs));
            Assert.AreEqual(SendError.None, bob.Messenger.Delete(group));
            broker.Settle();
            bob.Reboot();
        }
    }

    [TestMethod]
    public void What_was_said_in_a_group_stays_when_its_next_invitation_is_declined()
    {
        VirtualBroker broker = TestInvitation.Make(false, out CoreBoard mallory, out CoreBoard bob);
        TestInvitation.Answer(bob, true);
        broker.Pass(1000);
        mallory.TypesToGroup("old", "team");
        mallory.Messenger.RemoveMember(TestGroup.Of(mallory), "bob", mallory.NowMs);
        broker.Pass(3000);
        mallory.Messenger.AddMember(TestGroup.Of(mallory), "bob", mallory.NowMs);
        broker.Pass(3000);
        Assert.IsTrue(bob.Messenger.IsInvited(TestGroup.Of(bob)));
        Assert.AreEqual(SendError.None, TestInvitation.Answer(bob, false));
        broker.Pass(3000);
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("mallory added you|old|mallory removed you", bob.Shows("team"));
            Assert.IsFalse(bob.Messenger.IsInvited(TestGroup.Of(bob)));
            Assert.IsFalse(bob.Messenger.CanWrite(TestGroup.Of(bob)));
            bob.Reboot();
        }
    }

    [TestMethod]
    public void A_silent_invitation_that_was_declined_does_not_come_back()
    {
        VirtualBroker broker = TestInvitation.Make(false, out CoreBoard _, out CoreBoard bob);
        bob.Messenger.SetMuted(TestGroup.Of(bob), true);
        bob.Reboot();
        Assert.IsTrue(bob.Messenger.IsMuted(TestGroup.Of(bob)));
        TestInvitation.Answer(bob, false);
        broker.Settle();
        bob.Reboot();
        Assert.AreEqual(0, bob.Messenger.ConversationCount);
    }

    [TestMethod]
    public void A_cut_at_any_write_of_its_coming_leaves_a_question() { TestInvitation.CutComing(false); }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_cut_at_any_write_of_an_answer_leaves_the_question_or_the_answer(bool accepts)
    {
        TestInvitation.CutAnswer(false, accepts);
    }

    // an invitation of bob to a group with a roster
    private static void InviteTo(VirtualBroker broker, string group, string by)
    {
        string roster = "{\"v\":1,\"by\":\"" + by + "\",\"m\":[\"" + by + "\",\"bob\"],\"a\":[\"" + by + "\"]}";
        broker.Publish("ec1/r/" + group, Encoding.UTF8.GetBytes(roster), true);
        broker.Publish("ec1/i/bob/" + by, "{\"y\":\"j\",\"g\":\"" + group + "\"}");
    }

    private static bool HasFilter(CoreBoard board, string filter)
    {
        string[] filters = board.Messenger.Filters();
        for (int i = 0; i < filters.Length; i++)
            if (filters[i] == filter) return true;
        return false;
    }
}
