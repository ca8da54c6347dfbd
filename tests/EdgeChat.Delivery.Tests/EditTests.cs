using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A text is given another wording at all who have it or will, for a quarter of an hour.</summary>
[TestClass]
public class EditTests
{
    private const int T = 1790000000;

    [TestMethod]
    public void All_see_the_last_wording_and_that_it_was_edited_after_restarts_too()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a1", "bob");
        alice.Types("a2", "bob");
        broker.Pass(3000);
        bob.Opens("alice");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Shown, alice.TickOf("a1"));
        bob.Offline();
        alice.Edits("a1", "b1");
        Assert.AreEqual(Tick.Shown, alice.TickOf("b1"), "of the message as it was sent");
        Assert.AreEqual((int)Tick.One, (int)alice.Messenger.EditTickOf(alice.Find("b1")));
        bob.Online();
        broker.Pass(3000);
        alice.Edits("b1", "c1");
        broker.Pass(3000);
        Assert.AreEqual((int)Tick.Two, (int)alice.Messenger.EditTickOf(alice.Find("c1")));
        Assert.AreEqual(0, bob.Unread("alice"), "it is no news");
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("c1|a2", bob.Shows("alice"));
            Assert.AreEqual("c1|a2", alice.Shows("bob"));
            Assert.IsTrue(bob.Messenger.IsEdited(bob.Find("c1")));
            Assert.IsTrue(alice.Messenger.IsEdited(alice.Find("c1")));
            Assert.IsFalse(bob.Messenger.IsEdited(bob.Find("a2")));
            alice.Reboot();
            alice.Online();
            bob.Reboot();
            bob.Online();
            broker.Pass(90000);
        }

        Assert.AreEqual(0, alice.Messenger.WaitingCount);
        alice.Types("a3", "bob");
        Assert.AreEqual("c1|a2|a3", bob.Shows("alice"));
        Assert.AreEqual(SendError.None, bob.Messenger.Forward(bob.Find("c1"), bob.Messenger.OpenDirect("carol"), bob.NowMs));
        Assert.AreEqual("c1", bob.Shows("carol"), "forwarded as it reads");
    }

    [TestMethod]
    public void Who_has_not_had_it_sees_the_new_text_at_once_and_what_is_sent_again_is_no_second_message()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a0", "bob");
        broker.Pass(3000);
        bob.Offline();
        alice.Types("a1", "bob");
        alice.Edits("a1", "b1");
        broker.RollBack(); // nothing waits for bob there any more
        bob.Online();
        broker.Pass(100000);
        Assert.AreEqual("a0|b1", bob.Shows("alice"));
        Assert.AreEqual(2, bob.Unread("alice"));
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"q\",\"a\":2,\"z\":3}");
        broker.Pass(3000);
        Assert.AreEqual("a0|b1", bob.Shows("alice"));
        Assert.AreEqual(0, bob.Messenger.Counters.Lost);
        Assert.AreEqual(Tick.Two, alice.TickOf("b1"));
    }

    [TestMethod]
    public void An_edit_before_its_message_and_one_that_comes_late_in_a_hole_leave_the_last_wording()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        TestPair.Say(broker, "{\"n\":1,\"t\":" + T + ",\"c\":\"a1\"}");
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":4,\"t\":" + (T + 9) + ",\"re\":\"alice/2\",\"c\":\"c2\"}");
        broker.Pass(12000);
        bob.Reboot();
        bob.Online();
        TestPair.Say(broker, "{\"n\":2,\"t\":" + T + ",\"c\":\"a2\"}");
        broker.Pass(12000);
        Assert.AreEqual("a1|c2|1 message missing, asked again", bob.Shows("alice"));
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":3,\"t\":" + (T + 5) + ",\"re\":\"alice/2\",\"c\":\"b2\"}");
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("a1|c2", bob.Shows("alice"));
            Assert.IsTrue(bob.Messenger.IsEdited(bob.Find("c2")));
            Assert.AreEqual(2, bob.Unread("alice"));
            bob.Reboot();
            bob.Online();
        }
    }

    [TestMethod]
    public void Only_who_sent_it_can_edit_it_and_only_a_text_that_is_there()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(3000);
        alice.TypesToGroup("g1", "team");
        alice.Types("a1", "bob");
        bob.Types("b1", "alice");
        string rest = ",\"t\":" + T + ",\"c\":\"forged\"}";
        broker.Publish("ec1/g/team/carol", "{\"y\":\"e\",\"n\":1,\"re\":\"alice/1\"" + rest);
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"e\",\"n\":2,\"re\":\"bob/1\"" + rest);
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"e\",\"n\":2,\"re\":\"alice2/1\"" + rest);
        Assert.AreEqual(3, bob.Messenger.Counters.RefusedFor(BodyError.WrongSender));
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"e\",\"re\":\"alice/1\"" + rest);
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"e\",\"n\":2,\"re\":\"alice/1\",\"c\":\"no time\"}");
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"e\",\"n\":2,\"re\":\"alice/1\",\"t\":" + T + "}");
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"e\",\"n\":2,\"re\":\"alice/1\",\"t\":" + T + ",\"c\":\"\"}");
        Assert.AreEqual(4, bob.Messenger.Counters.RefusedFor(BodyError.MissingField));
        broker.Settle();
        Assert.IsTrue(bob.Find("g1") >= 0 && carol.Find("g1") >= 0);
        Assert.IsTrue(bob.Find("a1") >= 0 && bob.Find("b1") >= 0);
        Assert.AreEqual(SendError.TooLate, TryEdit(bob, "a1"), "of somebody else");
        Assert.AreEqual(SendError.None, alice.Messenger.SendReaction(alice.Find("b1"), "\u2764", alice.NowMs));
        alice.Types("a3", "bob");
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":4,\"re\":\"alice/2\"" + rest); // a reaction
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":5,\"re\":\"alice/99\"" + rest);
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":6,\"re\":\"alice/x\"" + rest);
        TestPair.Say(broker, "{\"n\":7,\"t\":" + T + ",\"x\":1,\"c\":\"from carol\"}");
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":8,\"re\":\"alice/7\"" + rest);
        Assert.AreEqual(-1, bob.Find("forged"));
        Assert.IsTrue(bob.Find("from carol") >= 0, "a text of somebody else stays as that one wrote it");
    }

    [TestMethod]
    public void After_a_quarter_of_an_hour_it_is_too_late_and_what_comes_later_is_counted_and_takes_its_number()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a1", "bob");
        broker.Pass(Limits.EditSeconds * 1000);
        Assert.IsTrue(alice.Messenger.CanEdit(alice.Find("a1"), alice.NowMs));
        broker.Pass(1000);
        Assert.IsFalse(alice.Messenger.CanEdit(alice.Find("a1"), alice.NowMs));
        Assert.AreEqual(SendError.TooLate, TryEdit(alice, "a1"));
        long last = alice.Messenger.TimeOf(alice.Find("a1")) + Limits.EditSeconds + Limits.EditToleranceSeconds;
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":2,\"t\":" + (last + 1) + ",\"re\":\"alice/1\",\"c\":\"late\"}");
        Assert.AreEqual("a1", bob.Shows("alice"));
        Assert.AreEqual(1, bob.Messenger.Counters.RefusedFor(BodyError.OutOfRange));
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":3,\"t\":" + last + ",\"re\":\"alice/1\",\"c\":\"just\"}");
        Assert.AreEqual("just", bob.Shows("alice"));
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":5,\"t\":" + (last + 99) + ",\"re\":\"alice/4\",\"c\":\"late\"}");
        TestPair.Say(broker, "{\"n\":4,\"t\":" + T + ",\"c\":\"a4\"}");
        broker.Pass(12000);
        bob.Reboot();
        bob.Online();
        Assert.AreEqual("just|a4", bob.Shows("alice"), "one that was there before its message is judged when that comes");
    }

    [TestMethod]
    public void A_board_without_the_time_cannot_tell_and_refuses()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.HasClock = false;
        alice.Online();
        alice.Types("a1", "bob");
        Assert.AreEqual(SendError.TooLate, TryEdit(alice, "a1"));
        alice.SetClock(0);
        Assert.AreEqual(SendError.TooLate, TryEdit(alice, "a1"), "nobody knows when it was written");
        alice.Types("a2", "bob");
        alice.Edits("a2", "b2");
        Assert.AreEqual("a1|b2", alice.Shows("bob"));
    }

    [TestMethod]
    public void What_is_taken_back_or_deleted_is_gone_with_its_edits()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a1", "bob");
        alice.Types("a2", "bob");
        broker.Pass(3000);
        bob.Opens("alice");
        alice.Edits("a1", "secret1");
        alice.Edits("secret1", "secret2");
        alice.Edits("a2", "secret3");
        broker.Pass(3000);
        alice.TakesBack("secret2");
        bob.Deletes("secret3");
        broker.Pass(3000);
        Assert.AreEqual("taken back", bob.Shows("alice"));
        Assert.AreEqual("taken back|secret3", alice.Shows("bob"));
        int edits = broker.Count("ec1/i/bob/alice", "\"y\":\"e\"");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"q\",\"a\":3,\"z\":4}");
        broker.Settle();
        Assert.AreEqual(edits, broker.Count("ec1/i/bob/alice", "\"y\":\"e\""), "nobody is told again what it said");
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":7,\"t\":" + T + ",\"re\":\"alice/1\",\"c\":\"again\"}");
        alice.Reboot();
        bob.Reboot();
        bob.Online();
        Assert.AreEqual("taken back", bob.Shows("alice"));
        Assert.AreEqual("taken back|secret3", alice.Shows("bob"));
    }

    [TestMethod]
    public void In_a_group_all_members_see_it()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        CheckInGroup(broker, alice, bob, carol);
    }

    [TestMethod]
    public void In_a_sealed_group_all_members_see_it_and_the_broker_does_not()
    {
        SealedPair.NeedCryptography();
        VirtualBroker broker = SealedGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        CheckInGroup(broker, alice, bob, carol);
        Assert.AreEqual(0, SealedGroup.OpenOnes(broker));
    }

    private static void CheckInGroup(VirtualBroker broker, CoreBoard alice, CoreBoard bob, CoreBoard carol)
    {
        broker.Pass(3000);
        alice.TypesToGroup("g1", "team");
        carol.Offline();
        broker.Pass(3000);
        alice.Edits("g1", "g2");
        broker.Pass(3000);
        Assert.IsTrue(bob.Find("g2") >= 0);
        broker.RollBack();
        carol.Online();
        broker.Pass(100000);
        Assert.IsTrue(carol.Find("g2") >= 0 && carol.Find("g1") < 0);
        Assert.IsTrue(carol.Messenger.IsEdited(carol.Find("g2")));
    }

    [TestMethod]
    public void Between_two_that_seal_the_edit_is_sealed_and_an_open_one_is_refused()
    {
        SealedPair.NeedCryptography();
        var broker = new VirtualBroker();
        CoreBoard alice = SealedPair.Alice(broker);
        CoreBoard bob = SealedPair.Bob(broker);
        alice.Types("a1", "bob");
        broker.Pass(3000);
        TestPair.Say(broker, "{\"y\":\"e\",\"n\":2,\"t\":" + T + ",\"re\":\"alice/1\",\"c\":\"forged\"}");
        Assert.IsTrue(bob.Find("a1") >= 0);
        Assert.AreEqual(1, SealedPair.Refused(bob, BodyError.NotSealed));
        alice.Edits("a1", "b1");
        broker.Pass(3000);
        Assert.AreEqual("b1", bob.Shows("alice"));
        Assert.AreEqual(1, SealedPair.CountOpen(broker, SealedPair.ToBob), "the forged one alone");
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_at_either_of_two_edits_it_at_both_or_at_none()
    {
        TestPair.CutChange((m, message, nowMs) => m.Edit(message, Encoding.UTF8.GetBytes("b1"), 2, nowMs), "b1");
    }

    private static SendError TryEdit(CoreBoard board, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("new");
        return board.Messenger.Edit(board.Find(text), bytes, bytes.Length, board.NowMs);
    }
}
