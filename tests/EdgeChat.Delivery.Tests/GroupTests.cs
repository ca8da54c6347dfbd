using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Groups: who is in, who counts for a tick, who may change what, and what each sees of it.</summary>
[TestClass]
public class GroupTests
{
    [TestMethod]
    public void An_invited_member_joins_and_reads_along()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        int team = alice.Messenger.CreateGroup("team", "The Team", alice.NowMs);
        Assert.IsTrue(team >= 0);
        Assert.AreEqual(SendError.None, alice.Messenger.AddMember(team, "bob", alice.NowMs));
        broker.Settle();
        Assert.AreEqual(1,
            broker.Count("ec1/r/team", "{\"v\":2,\"by\":\"alice\",\"nm\":\"The Team\",\"m\":[\"alice\",\"bob\"],\"a\":[\"alice\"]}"));
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"j\",\"n\":1,\"t\":1790000000,\"g\":\"team\",\"c\":\"The Team\"}"));
        Write(alice, "team", "hi all");
        broker.Settle();
        Assert.AreEqual("alice added you|hi all", bob.Shows("team"));
        Assert.AreEqual("The Team", bob.Messenger.NameOf(TestGroup.Of(bob)));
        Assert.AreEqual(-1, bob.Messenger.Find("alice", false), "the invitation opens no conversation");
        Write(bob, "team", "hi alice");
        broker.Settle();
        Assert.AreEqual("you made this group|you added bob|hi all|hi alice", alice.Shows("team"));
        Assert.AreEqual(1, broker.Count("ec1/g/team/bob", "\"hi alice\""));
        alice.Reboot();
        bob.Reboot();
        Assert.AreEqual("you made this group|you added bob|hi all|hi alice", alice.Shows("team"));
        Assert.AreEqual("alice added you|hi all|hi alice", bob.Shows("team"));
        Assert.AreEqual(2, bob.Messenger.MemberCountOf(TestGroup.Of(bob)));
        Assert.IsTrue(bob.Messenger.IsAdmin(TestGroup.Of(bob), 0));
        Assert.IsFalse(bob.Messenger.IsAdmin(TestGroup.Of(bob), 1));
    }

    [TestMethod]
    public void A_tick_flips_when_all_members_of_that_moment_have_it()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(5000);
        carol.Offline();
        Write(alice, "team", "hi");
        broker.Pass(3000);
        int message = alice.Find("hi");
        Assert.AreEqual(Tick.One, alice.TickOf("hi"));
        Assert.AreEqual(2, alice.Messenger.RecipientsOf(message));
        Assert.AreEqual("bob", alice.Messenger.RecipientOf(message, 0));
        Assert.AreEqual(Tick.Two, alice.Messenger.RecipientTickOf(message, 0));
        Assert.AreEqual("carol", alice.Messenger.RecipientOf(message, 1));
        Assert.AreEqual(Tick.One, alice.Messenger.RecipientTickOf(message, 1));
        alice.Reboot();
        Assert.AreEqual(Tick.Two, alice.Messenger.RecipientTickOf(alice.Find("hi"), 0));
        Assert.AreEqual(Tick.One, alice.TickOf("hi"));
        bob.Opens("team");
        carol.Online();
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, alice.TickOf("hi"));
        carol.Opens("team");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Shown, alice.TickOf("hi"));
        alice.Reboot();
        Assert.AreEqual(Tick.Shown, alice.TickOf("hi"));
    }

    [TestMethod]
    public void Who_joins_later_does_not_count_and_gets_nothing_old()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        CoreBoard carol = broker.Board("carol").Online();
        TestGroup.Make(alice, "bob");
        bob.Offline();
        Write(alice, "team", "before");
        broker.Pass(1000);
        Assert.AreEqual(SendError.None, alice.Messenger.AddMember(TestGroup.Of(alice), "carol", alice.NowMs));
        broker.Pass(1000);
        Write(alice, "team", "after");
        broker.Pass(120000);
        Assert.AreEqual("alice added you|after", carol.Shows("team"));
        Assert.AreEqual(1, alice.Messenger.RecipientsOf(alice.Find("before")));
        bob.Online();
        broker.Pass(3000);
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(Tick.Two, alice.TickOf("before"));
            Assert.AreEqual(Tick.Two, alice.TickOf("after"));
            Assert.AreEqual(1, alice.Messenger.RecipientsOf(alice.Find("before")));
            Assert.AreEqual(2, alice.Messenger.RecipientsOf(alice.Find("after")));
            alice.Reboot();
        }
    }

    [TestMethod]
    public void Who_is_removed_sees_why_and_no_message_waits_for_it()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(3000);
        carol.LoseDeliveries = 1;
        Write(alice, "team", "hi");
        broker.Pass(3000);
        int team = TestGroup.Of(alice);
        Assert.AreEqual(SendError.None, alice.Messenger.RemoveMember(team, "carol", alice.NowMs));
        broker.Pass(1000);
        Assert.AreEqual("alice added you|alice removed you", carol.Shows("team"));
        Assert.IsFalse(carol.Messenger.CanWrite(TestGroup.Of(carol)));
        Assert.AreEqual(SendError.NotMember, Write(carol, "team", "no"));
        Assert.AreEqual("alice added you|hi|alice removed carol", bob.Shows("team"));
        Assert.AreEqual(Tick.Two, alice.TickOf("hi"));
        Write(alice, "team", "without carol");
        broker.Pass(3000);
        alice.Reboot();
        carol.Reboot();
        Assert.AreEqual(Tick.Two, alice.TickOf("without carol"));
        Assert.AreEqual("alice added you|alice removed you", carol.Shows("team"));
        Assert.AreEqual("ec1/i/carol/+", carol.Messenger.Filters()[0]);
        Assert.AreEqual(1, carol.Messenger.Filters().Length, "no group and no roster");
        Assert.AreEqual(SendError.None, carol.Messenger.Delete(TestGroup.Of(carol)));
        Assert.AreEqual(-1, TestGroup.Of(carol));
        alice.Messenger.AddMember(TestGroup.Of(alice), "carol", alice.NowMs);
        broker.Pass(3000);
        Assert.AreEqual("alice added you", carol.Shows("team"));
        Write(carol, "team", "back");
        broker.Pass(3000);
        Assert.IsTrue(bob.Shows("team").EndsWith("|alice added carol|back"), bob.Shows("team"));
    }

    [TestMethod]
    public void A_member_leaves_and_an_admin_takes_it_off_the_roster()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(1000);
        Assert.AreEqual(SendError.None, bob.Messenger.RemoveMember(TestGroup.Of(bob), "bob", bob.NowMs));
        broker.Pass(3000);
        Assert.IsTrue(bob.Shows("team").EndsWith("you left"));
        Assert.IsTrue(alice.Shows("team").EndsWith("bob left"), alice.Shows("team"));
        Assert.IsTrue(carol.Shows("team").EndsWith("bob left"), carol.Shows("team"));
        Assert.AreEqual(2, alice.Messenger.MemberCountOf(TestGroup.Of(alice)));
        bob.Reboot();
        Write(alice, "team", "bye");
        broker.Pass(3000);
        Assert.IsTrue(bob.Shows("team").EndsWith("you left"));
        Assert.AreEqual(Tick.Two, alice.TickOf("bye"));
    }

    [TestMethod]
    public void When_the_last_admin_leaves_another_member_becomes_one()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out _);
        broker.Pass(1000);
        alice.Messenger.RemoveMember(TestGroup.Of(alice), "alice", alice.NowMs);
        broker.Pass(3000);
        Assert.IsTrue(bob.Shows("team").EndsWith("alice left"), bob.Shows("team"));
        Assert.AreEqual(SendError.None, bob.Messenger.RenameGroup(TestGroup.Of(bob), "Ours", bob.NowMs));
        broker.Pass(1000);
        Assert.AreEqual(1,
            broker.Count("ec1/r/team", "{\"v\":5,\"by\":\"bob\",\"nm\":\"Ours\",\"m\":[\"bob\",\"carol\"],\"a\":[\"bob\"]}"));
    }

    [TestMethod]
    public void Only_admins_change_a_group()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        TestGroup.Make(alice, "bob");
        broker.Settle();
        int team = TestGroup.Of(bob);
        Assert.AreEqual(SendError.NotAdmin, bob.Messenger.AddMember(team, "carol", 0));
        Assert.AreEqual(SendError.NotAdmin, bob.Messenger.RenameGroup(team, "x", 0));
        Assert.AreEqual(SendError.NotAdmin, bob.Messenger.RemoveMember(team, "alice", 0));
        Assert.AreEqual(SendError.NotAdmin, bob.Messenger.SetAdmin(team, "bob", true, 0));
        int own = TestGroup.Of(alice);
        Assert.AreEqual(SendError.NotAdmin, alice.Messenger.SetAdmin(own, "alice", false, alice.NowMs), "somebody must be admin");
        Assert.AreEqual(SendError.None, alice.Messenger.SetAdmin(own, "bob", true, alice.NowMs));
        broker.Settle();
        Assert.AreEqual(SendError.None, bob.Messenger.SetAdmin(team, "alice", false, bob.NowMs));
        Assert.AreEqual(SendError.None, bob.Messenger.RenameGroup(team, "Bobs", bob.NowMs));
        broker.Settle();
        Assert.AreEqual(SendError.NotAdmin, alice.Messenger.RenameGroup(own, "x", 0));
        Assert.AreEqual("Bobs", alice.Messenger.NameOf(own));
        Assert.IsTrue(alice.Shows("team").EndsWith("|bob named it Bobs"));
    }

    [TestMethod]
    public void Of_two_rosters_the_newer_counts_and_of_two_equal_ones_the_editor_that_comes_first()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        broker.Publish("ec1/r/team", Encoding.UTF8.GetBytes(
            "{\"v\":7,\"by\":\"dave\",\"nm\":\"A\",\"m\":[\"alice\",\"bob\",\"dave\"],\"a\":[\"alice\",\"dave\"]}"), true);
        broker.Publish("ec1/i/bob/alice", "{\"n\":1,\"y\":\"j\",\"g\":\"team\"}");
        int team = TestGroup.Of(bob);
        Assert.AreEqual("A", bob.Messenger.NameOf(team));
        broker.Publish("ec1/r/team", "{\"v\":6,\"by\":\"alice\",\"nm\":\"old\",\"m\":[\"alice\",\"bob\"],\"a\":[\"alice\"]}");
        Assert.AreEqual("A", bob.Messenger.NameOf(team));
        broker.Publish("ec1/r/team", "{\"v\":7,\"by\":\"erin\",\"nm\":\"later\",\"m\":[\"alice\",\"bob\"],\"a\":[\"alice\"]}");
        Assert.AreEqual("A", bob.Messenger.NameOf(team));
        broker.Publish("ec1/r/team", "{\"v\":7,\"by\":\"alice\",\"nm\":\"first\",\"m\":[\"alice\",\"bob\"],\"a\":[\"alice\",\"zoe\"]}");
        Assert.AreEqual("first", bob.Messenger.NameOf(team));
        Assert.AreEqual(2, bob.Messenger.MemberCountOf(team));
    }

    [TestMethod]
    public void An_admin_publishes_its_newer_roster_again()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Messenger.CreateGroup("team", "T", alice.NowMs);
        broker.Settle();
        alice.Messenger.RenameGroup(TestGroup.Of(alice), "T2", alice.NowMs);
        broker.Settle();
        broker.Publish("ec1/r/team", "{\"v\":1,\"by\":\"alice\",\"nm\":\"T\",\"m\":[\"alice\"],\"a\":[\"alice\"]}");
        Assert.AreEqual(2, broker.Count("ec1/r/team", "\"nm\":\"T2\""));
    }

    [TestMethod]
    [DataRow("{\"v\":0,\"by\":\"a\",\"m\":[\"bob\"]}")]
    [DataRow("{\"v\":9,\"m\":[\"bob\"]}")]
    [DataRow("{\"v\":9,\"by\":\"a\"}")]
    [DataRow("{\"v\":9,\"by\":\"A\",\"m\":[\"bob\"]}")]
    [DataRow("{\"v\":9,\"by\":\"a\",\"m\":[\"bob\",\"bob\"]}")]
    [DataRow("{\"v\":9,\"by\":\"a\",\"m\":\"bob\"}")]
    [DataRow("[]")]
    [DataRow("{\"v\":9,\"by\":\"a\",\"m\":[\"bob\"]")]
    public void A_malformed_roster_changes_nothing_and_is_counted(string body)
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Messenger.CreateGroup("team", "T", alice.NowMs);
        broker.Settle();
        broker.Publish("ec1/r/team", body);
        Assert.AreEqual(1, alice.Messenger.Counters.Refused);
        Assert.IsTrue(alice.Messenger.CanWrite(TestGroup.Of(alice)));
    }

    [TestMethod]
    public void A_message_of_somebody_who_is_not_listed_is_dropped_and_counted()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Messenger.CreateGroup("team", "T", alice.NowMs);
        broker.Settle();
        broker.Publish("ec1/g/team/mallory", "{\"n\":1,\"c\":\"x\"}");
        broker.Publish("ec1/i/alice/mallory", "{\"n\":1,\"g\":\"team\",\"c\":\"x\"}");
        broker.Publish("ec1/i/alice/mallory", "{\"y\":\"r\",\"d\":1,\"g\":\"team\"}");
        Assert.AreEqual("you made this group", alice.Shows("team"));
        Assert.AreEqual(2, alice.Messenger.Counters.BadTopic);
    }

    [TestMethod]
    public void A_hole_in_a_group_is_healed_through_the_inbox_of_the_one_who_lacks_it()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(3000);
        Write(alice, "team", "m1");
        broker.Settle();
        carol.AtBroker.Lose("ec1/g/team/alice", 1);
        Write(alice, "team", "m2");
        broker.Settle();
        Write(alice, "team", "m3");
        broker.Pass(3000);
        Assert.AreEqual("alice added you|m1|m2|m3", carol.Shows("team"));
        Assert.AreEqual(1, broker.Count("ec1/g/team/alice", "\"m2\""));
        Assert.AreEqual(1, broker.Count("ec1/i/carol/alice", "\"g\":\"team\",\"c\":\"m2\""));
        Assert.AreEqual(1, broker.Count("ec1/i/alice/carol", "{\"y\":\"q\",\"g\":\"team\",\"a\":2,\"z\":2}"));
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, alice.TickOf("m2"));
        Assert.AreEqual("alice added you|m1|m2|m3", bob.Shows("team"));
    }

    [TestMethod]
    public void The_tail_of_a_group_is_sent_again_to_the_one_who_lacks_it()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(3000);
        carol.AtBroker.Lose("ec1/g/team/alice", 1);
        Write(alice, "team", "m1");
        broker.Pass(70000);
        Assert.AreEqual("alice added you|m1", carol.Shows("team"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m1"));
        Assert.AreEqual(0, bob.Messenger.Counters.Duplicates);
    }

    [TestMethod]
    public void Eight_groups_of_thirty_two_fit_and_a_ninth_is_refused()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        for (int g = 0; g < Limits.Groups; g++)
        {
            int group = alice.Messenger.CreateGroup("group" + g.ToString(), "G", alice.NowMs);
            Assert.IsTrue(group >= 0);
            for (int m = 1; m < Limits.GroupMembers && g == 0; m++) Assert.AreEqual(SendError.None,
                alice.Messenger.AddMember(group, "m" + m.ToString(), alice.NowMs), m.ToString());
        }

        Assert.AreEqual(-1, alice.Messenger.CreateGroup("one-more", "G", alice.NowMs));
        Assert.AreEqual(SendError.TooManyConversations, alice.Messenger.LastError);
        int first = alice.Messenger.Find("group0", true);
        Assert.AreEqual(SendError.TooManyMembers, alice.Messenger.AddMember(first, "one-more", alice.NowMs));
        alice.Reboot();
        Assert.AreEqual(32, alice.Messenger.MemberCountOf(alice.Messenger.Find("group0", true)));
        Assert.AreEqual(SendError.None, Write(alice, "group0", "to all"));
        Assert.AreEqual(31, alice.Messenger.RecipientsOf(alice.Find("to all")));
        broker.Publish("ec1/i/alice/zed", "{\"n\":1,\"y\":\"j\",\"g\":\"one-more\"}");
        alice.Online();
        Assert.AreEqual(-1, alice.Messenger.Find("one-more", true));
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_of_an_invitation_still_lets_the_member_in()
    {
        var cuts = new PowerCuts(60, 3);
        while (cuts.Next())
        {
            var broker = new VirtualBroker();
            CoreBoard alice = broker.Board("alice").Online();
            CoreBoard bob = broker.Board("bob").Online();
            cuts.Plan(bob);
            TestGroup.Make(alice, "bob");
            broker.Pass(1000);
            cuts.Heal(bob);
            broker.Pass(70000);
            Write(alice, "team", "welcome");
            broker.Pass(70000);
            Assert.IsTrue(bob.Shows("team").EndsWith("welcome"), cuts.Where + ": " + bob.Shows("team"));
            Assert.AreEqual(Tick.Two, alice.TickOf("welcome"), cuts.Where);
        }
    }

    private static SendError Write(CoreBoard board, string group, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return board.Messenger.SendText(board.Messenger.Find(group, true), bytes, bytes.Length, -1, board.NowMs);
    }
}
