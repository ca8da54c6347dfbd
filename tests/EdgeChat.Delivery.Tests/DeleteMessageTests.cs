using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>One message is deleted on a board: gone there for good, and nowhere else.</summary>
[TestClass]
public class DeleteMessageTests
{
    [TestMethod]
    public void A_deleted_message_is_gone_here_and_after_a_restart_and_its_sender_has_its_ticks()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a1", "bob");
        alice.Types("a2", "bob");
        alice.Types("a3", "bob");
        bob.Deletes("a2");
        Assert.AreEqual("a1|a3", bob.Shows("alice"));
        Assert.AreEqual(2, bob.Unread("alice"));
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, alice.TickOf("a2"));
        bob.Opens("alice");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Shown, alice.TickOf("a2"), "nobody waits for what is on no screen");
        for (int boot = 0; boot < 2; boot++)
        {
            bob.Reboot();
            bob.Online();
            alice.Reboot();
            alice.Online();
            broker.Pass(90000);
            Assert.AreEqual("a1|a3", bob.Shows("alice"), "no hole and no second copy");
            Assert.AreEqual("a1|a2|a3", alice.Shows("bob"));
            Assert.AreEqual(Tick.Shown, alice.TickOf("a2"));
        }

        alice.Types("a4", "bob");
        Assert.AreEqual("a1|a3|a4", bob.Shows("alice"));
    }

    [TestMethod]
    public void A_deleted_message_that_comes_again_stays_deleted_and_another_under_its_number_is_shown()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        broker.Publish("ec1/i/bob/alice", "{\"n\":1,\"t\":5,\"c\":\"a1\"}");
        broker.Publish("ec1/i/bob/alice", "{\"n\":2,\"t\":6,\"c\":\"a2\"}");
        broker.Settle();
        bob.Deletes("a2");
        for (int boot = 0; boot < 2; boot++)
        {
            broker.Publish("ec1/i/bob/alice", "{\"n\":2,\"t\":6,\"c\":\"a2\"}");
            broker.Settle();
            Assert.AreEqual("a1", bob.Shows("alice"), "again");
            Assert.AreEqual(1, bob.Messenger.Counters.Duplicates);
            bob.Reboot();
            bob.Online();
        }

        broker.Publish("ec1/i/bob/alice", "{\"n\":2,\"t\":6,\"c\":\"a2\",\"e\":2}");
        broker.Settle();
        Assert.AreEqual("a1", bob.Shows("alice"), "in a later life of its sender");
        bob.Reboot();
        bob.Online();
        Assert.AreEqual("a1", bob.Shows("alice"));
        broker.Publish("ec1/i/bob/alice", "{\"n\":2,\"t\":7,\"c\":\"other\",\"e\":2}");
        broker.Settle();
        Assert.AreEqual("a1|other", bob.Shows("alice"), "another life under the same number");
    }

    [TestMethod]
    public void An_own_message_that_somebody_lacks_is_hidden_and_still_sent()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("m1", "bob");
        alice.Types("m2", "bob");
        alice.Types("m3", "bob");
        Assert.AreEqual(Tick.One, alice.TickOf("m2"));
        alice.Deletes("m2");
        Assert.AreEqual("m1|m3", alice.Shows("bob"));
        alice.Reboot();
        alice.Online();
        Assert.AreEqual("m1|m3", alice.Shows("bob"));
        Assert.AreEqual(3, alice.Messenger.WaitingCount);
        CoreBoard bob = broker.Board("bob").Online();
        broker.Pass(90000);
        Assert.AreEqual("m1|m2|m3", bob.Shows("alice"));
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
        alice.Reboot();
        Assert.AreEqual("m1|m3", alice.Shows("bob"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m3"));
    }

    [TestMethod]
    public void An_own_message_that_waits_is_taken_back_and_one_that_all_have_forgets_what_it_said()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("m1", "bob");
        alice.Types("m2", "bob");
        alice.Deletes("m1");
        alice.Online();
        broker.Pass(90000);
        Assert.AreEqual("m2", bob.Shows("alice"));
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", "m1"));
        alice.Deletes("m2");
        Assert.AreEqual("", alice.Shows("bob"));
        alice.Reboot();
        alice.Online();
        Assert.IsTrue(alice.Messenger.Find("bob", false) >= 0, "an empty conversation is one");
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"q\",\"a\":2,\"z\":2}");
        broker.Settle();
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"l\",\"a\":2,\"z\":2}"), "nobody gets an empty text");
    }

    [TestMethod]
    public void A_deleted_message_of_a_group_leaves_the_ticks_of_the_others_right()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(3000);
        carol.Offline();
        alice.TypesToGroup("g1", "team");
        alice.TypesToGroup("g2", "team");
        broker.Pass(3000);
        alice.Deletes("g1");
        bob.Deletes("g1");
        alice.Reboot();
        alice.Online();
        bob.Reboot();
        bob.Online();
        carol.Online();
        broker.Pass(90000);
        Assert.IsTrue(carol.Find("g1") >= 0);
        Assert.IsTrue(alice.Find("g1") < 0);
        Assert.IsTrue(bob.Find("g1") < 0);
        Assert.AreEqual(Tick.Two, alice.TickOf("g2"));
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
        int lines = bob.Shows("team").Split('|').Length;
        bob.Deletes("g2");
        bob.Reboot();
        bob.Online();
        broker.Pass(90000);
        Assert.AreEqual(lines - 1, bob.Shows("team").Split('|').Length, "no hole");
    }

    [TestMethod]
    public void A_reply_to_a_deleted_message_does_not_tell_what_it_said()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        broker.Publish("ec1/i/bob/alice", "{\"n\":1,\"c\":\"secret\"}");
        broker.Publish("ec1/i/bob/alice", "{\"n\":2,\"c\":\"a2\",\"re\":\"alice/1\"}");
        broker.Settle();
        bob.Types("mine", "alice");
        broker.Publish("ec1/i/bob/alice", "{\"n\":3,\"c\":\"a3\",\"re\":\"bob/1\"}");
        broker.Settle();
        bob.Deletes("secret");
        bob.Deletes("mine");
        Assert.AreEqual("a2|a3", bob.Shows("alice"));
        Assert.AreEqual("alice: \u2026", bob.Messenger.ReplyQuoteOf(bob.Find("a2")));
        Assert.AreEqual("bob: \u2026", bob.Messenger.ReplyQuoteOf(bob.Find("a3")), "hidden while alice lacks it");
    }

    [TestMethod]
    public void The_line_of_lost_messages_can_be_deleted_and_missing_ones_cannot()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        broker.Publish("ec1/i/bob/alice", "{\"n\":1,\"c\":\"a1\"}");
        broker.Publish("ec1/i/bob/alice", "{\"n\":4,\"c\":\"a4\"}");
        broker.Settle();
        broker.Pass(12000);
        Assert.AreEqual("a1|2 messages missing, asked again|a4", bob.Shows("alice"));
        int missing = bob.Find("2 messages missing, asked again");
        Assert.AreEqual(SendError.NotHere, bob.Messenger.DeleteMessage(missing, bob.NowMs));
        broker.Publish("ec1/i/bob/alice", "{\"y\":\"l\",\"a\":2,\"z\":3}");
        broker.Settle();
        bob.Deletes("2 messages lost");
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("a1|a4", bob.Shows("alice"));
            bob.Reboot();
            bob.Online();
            broker.Pass(12000);
        }
    }

    [TestMethod]
    public void Deleted_messages_stay_gone_while_the_log_is_compacted_and_thinned()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("gone", "bob");
        bob.Types("mine", "alice");
        broker.Pass(3000);
        bob.Deletes("gone");
        bob.Deletes("mine");
        var text = new StringBuilder();
        while (text.Length < 1000) text.Append("0123456789");
        for (int n = 0; n < 250; n++)
        {
            alice.Types(text.ToString() + n.ToString(), "bob");
            broker.Pass(3000);
            if (n % 50 != 49) continue;
            bob.Reboot();
            bob.Online();
            broker.Pass(3000);
            Assert.IsTrue(bob.Find("gone") < 0 && bob.Find("mine") < 0, "after " + n.ToString());
            Assert.AreEqual(0, bob.Messenger.Counters.Lost);
        }

        Assert.IsTrue(bob.Flash.UsedBytes < Limits.SegmentBytes * Limits.Segments + Limits.SegmentBytes, "it was compacted");
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_of_deleting_leaves_the_message_whole_or_deletes_it()
    {
        for (int own = 0; own < 2; own++)
        {
            var cuts = new PowerCuts(60, 1);
            int kept = 0;
            int deleted = 0;
            while (cuts.Next())
            {
                var broker = new VirtualBroker();
                CoreBoard alice = broker.Board("alice").Online();
                CoreBoard bob = broker.Board("bob").Online();
                alice.Types("a1", "bob");
                alice.Types("a2", "bob");
                alice.Types("a3", "bob");
                broker.Pass(3000);
                CoreBoard board = own == 0 ? bob : alice;
                string with = own == 0 ? "alice" : "bob";
                cuts.Plan(board);
                board.Try(m => m.DeleteMessage(board.Find("a2"), board.NowMs));
                cuts.Heal(board);
                broker.Pass(90000);
                string shown = board.Shows(with);
                Assert.IsTrue(shown == "a1|a2|a3" || shown == "a1|a3", cuts.Where + ": " + shown);
                if (shown == "a1|a3") deleted++;
                else kept++;
                board.Reboot();
                Assert.AreEqual(shown, board.Shows(with), cuts.Where);
                Assert.AreEqual(Tick.Two, alice.TickOf("a3"), cuts.Where);
            }

            Assert.IsTrue(kept > 10 && deleted > 0, kept.ToString() + " kept and " + deleted.ToString() + " deleted");
        }
    }
}
