using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>What is missing is asked for, stands where it belongs, and is never lost silently.</summary>
[TestClass]
public class HoleTests
{
    private const string Inbox = "ec1/i/alice/bob";

    [TestMethod]
    public void A_hole_hides_what_follows_for_ten_seconds_and_then_says_so()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 4);
        Assert.AreEqual("m1", alice.Shows("bob"));
        Assert.AreEqual(1, alice.Unread("bob"));
        broker.Pass(9900);
        Assert.AreEqual("m1", alice.Shows("bob"));
        broker.Pass(200);
        Assert.AreEqual("m1|2 messages missing, asked again|m4", alice.Shows("bob"));
        Assert.AreEqual(2, alice.Unread("bob"));
    }

    [TestMethod]
    public void A_hole_is_asked_for_after_1_s_and_10_s_and_a_minute()
    {
        var broker = new VirtualBroker();
        broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 4);
        string request = "{\"y\":\"q\",\"a\":2,\"z\":3}";
        broker.Pass(900);
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", request));
        broker.Pass(200);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", request));
        broker.Pass(9000);
        Assert.AreEqual(2, broker.Count("ec1/i/bob/alice", request));
        broker.Pass(50000);
        Assert.AreEqual(3, broker.Count("ec1/i/bob/alice", request));
        broker.Pass(3600000);
        Assert.AreEqual(3, broker.Count("ec1/i/bob/alice", request));
        broker.Publish("ec1/p/bob", "{\"s\":\"on\",\"b\":2,\"c\":1}");
        broker.Pass(1000);
        Assert.AreEqual(4, broker.Count("ec1/i/bob/alice", request), "bob is there again");
    }

    [TestMethod]
    public void What_comes_late_stands_in_its_place()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 5);
        broker.Publish("ec1/i/alice/carol", "{\"n\":1,\"c\":\"other\"}");
        Send(broker, 3);
        broker.Pass(11000);
        Assert.AreEqual("m1|1 message missing, asked again|m3|1 message missing, asked again|m5", alice.Shows("bob"));
        Send(broker, 4);
        Assert.AreEqual("m1|1 message missing, asked again|m3|m4|m5", alice.Shows("bob"));
        Send(broker, 2);
        Assert.AreEqual("m1|m2|m3|m4|m5", alice.Shows("bob"));
        alice.Reboot();
        Assert.AreEqual("m1|m2|m3|m4|m5", alice.Shows("bob"), "the order survives");
    }

    [TestMethod]
    public void A_hole_filled_early_shows_all_at_once()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 3);
        Send(broker, 4);
        alice.Messenger.TakeArrival();
        Assert.AreEqual("m1", alice.Shows("bob"));
        Send(broker, 2);
        Assert.AreEqual("m1|m2|m3|m4", alice.Shows("bob"));
        Assert.AreEqual(alice.Messenger.Find("bob", false), alice.Messenger.TakeArrival());
    }

    [TestMethod]
    public void The_first_message_leaves_no_hole_and_asks_for_nothing_old()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Send(broker, 17);
        broker.Pass(120000);
        Assert.AreEqual("m17", alice.Shows("bob"));
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", "\"q\""));
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"r\",\"d\":17,\"s\":0,\"f\":17}"));
    }

    [TestMethod]
    public void What_is_before_the_first_is_late_and_no_duplicate()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Send(broker, 2);
        Send(broker, 1);
        Send(broker, 1);
        Assert.AreEqual("m1|m2", alice.Shows("bob"));
        Assert.AreEqual(1, alice.Messenger.Counters.Duplicates);
        broker.Pass(3000);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"r\",\"d\":2,\"s\":0}"));
    }

    [TestMethod]
    public void Holes_survive_a_reboot_and_are_asked_for_again()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 4);
        Send(broker, 6);
        alice.Reboot();
        Assert.AreEqual("m1|2 messages missing, asked again|m4|1 message missing, asked again|m6", alice.Shows("bob"));
        broker.Pass(1100);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"q\",\"a\":2,\"z\":3}"));
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"q\",\"a\":5,\"z\":5}"));
        Send(broker, 5);
        Send(broker, 2);
        Send(broker, 3);
        Assert.AreEqual("m1|m2|m3|m4|m5|m6", alice.Shows("bob"));
    }

    [TestMethod]
    public void The_receipt_lists_the_holes()
    {
        var broker = new VirtualBroker();
        broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 4);
        Send(broker, 6);
        broker.Pass(2100);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"r\",\"d\":6,\"s\":0,\"h\":[2,3,5]}"));
    }

    [TestMethod]
    public void A_receipt_with_more_holes_than_it_can_list_says_less()
    {
        var broker = new VirtualBroker();
        broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 100);
        broker.Pass(2100);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"r\",\"d\":33,\"s\":0,\"h\":[2,3,"));
    }

    [TestMethod]
    public void A_lost_notice_turns_its_part_of_a_hole_into_lost_for_good()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 8);
        broker.Pass(11000);
        broker.Publish(Inbox, "{\"y\":\"l\",\"a\":3,\"z\":5}");
        broker.Settle();
        string expected = "m1|1 message missing, asked again|3 messages lost|2 messages missing, asked again|m8";
        Assert.AreEqual(expected, alice.Shows("bob"));
        Assert.AreEqual(3, alice.Messenger.Counters.Lost);
        alice.Reboot();
        Assert.AreEqual(expected, alice.Shows("bob"));
        broker.Publish(Inbox, "{\"y\":\"l\",\"a\":1,\"z\":9}");
        broker.Settle();
        Assert.AreEqual("m1|1 message lost|3 messages lost|2 messages lost|m8", alice.Shows("bob"), "what is there stays");
    }

    [TestMethod]
    public void What_was_taken_back_leaves_nothing_to_see()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 3);
        broker.Publish(Inbox, "{\"y\":\"l\",\"a\":2,\"z\":2,\"x\":1}");
        broker.Settle();
        Assert.AreEqual("m1|m3", alice.Shows("bob"));
        alice.Reboot();
        broker.Pass(60000);
        Assert.AreEqual("m1|m3", alice.Shows("bob"));
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", "\"q\""));
        Assert.AreEqual(0, alice.Messenger.Counters.Lost);
    }

    [TestMethod]
    public void The_sender_answers_with_the_messages_or_says_that_they_are_gone()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        for (int n = 1; n <= 3; n++) alice.Types("m" + n.ToString(), "bob");
        alice.Offline();
        alice.Types("m4", "bob");
        Assert.IsTrue(alice.Messenger.Cancel(alice.Find("m4")));
        alice.Types("m5", "bob");
        alice.Online();
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"q\",\"a\":2,\"z\":9}");
        broker.Settle();
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"m1\""));
        Assert.AreEqual(2, broker.Count("ec1/i/bob/alice", "\"m2\""));
        Assert.AreEqual(2, broker.Count("ec1/i/bob/alice", "\"m3\""));
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", "\"m4\""));
        Assert.AreEqual(2, broker.Count("ec1/i/bob/alice", "\"m5\""));
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"l\",\"a\":4,\"z\":4,\"x\":1}"));
        Assert.AreEqual(4 - 1, alice.Messenger.Counters.Resent);
    }

    [TestMethod]
    public void A_request_about_an_earlier_life_is_not_answered()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.Me.Incarnation = 2;
        alice.Online();
        alice.Types("m1", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"q\",\"a\":1,\"z\":1}");
        broker.Settle();
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"m1\""));
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"q\",\"a\":1,\"z\":1,\"i\":2}");
        broker.Settle();
        Assert.AreEqual(2, broker.Count("ec1/i/bob/alice", "\"m1\""));
    }

    [TestMethod]
    public void A_hole_between_two_boards_heals_by_itself()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("m1", "bob");
        bob.LoseDeliveries = 2;
        alice.Types("m2", "bob");
        alice.Types("m3", "bob");
        alice.Types("m4", "bob");
        Assert.AreEqual("m1", bob.Shows("alice"));
        broker.Pass(3000);
        Assert.AreEqual("m1|m2|m3|m4", bob.Shows("alice"));
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, alice.TickOf("m2"));
    }

    [TestMethod]
    public void A_hole_after_a_deleted_conversation_survives_a_reboot()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 2);
        alice.Messenger.Delete(alice.Messenger.Find("bob", false));
        Send(broker, 4);
        alice.Reboot();
        Assert.AreEqual("1 message missing, asked again|m4", alice.Shows("bob"));
        Send(broker, 3);
        Send(broker, 2);
        Assert.AreEqual("m3|m4", alice.Shows("bob"));
        alice.Reboot();
        Assert.AreEqual("m3|m4", alice.Shows("bob"));
    }

    [TestMethod]
    public void What_fills_a_hole_after_the_rest_was_shown_is_unread_and_nobody_says_it_was_shown()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        Send(broker, 1);
        Send(broker, 4);
        broker.Pass(11000);
        alice.Opens("bob");
        broker.Pass(3000);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"r\",\"d\":4,\"s\":4,\"h\":[2,3]}"));
        Send(broker, 3);
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(1, alice.Unread("bob"));
            broker.Pass(3000);
            Assert.AreEqual("{\"y\":\"r\",\"d\":4,\"s\":2,\"h\":[2]}", Receipt(broker));
            alice.Reboot();
        }

        alice.Opens("bob");
        Assert.AreEqual(0, alice.Unread("bob"));
        broker.Pass(3000);
        Assert.AreEqual("{\"y\":\"r\",\"d\":4,\"s\":4,\"h\":[2]}", Receipt(broker));
        alice.Reboot();
        Assert.AreEqual(0, alice.Unread("bob"));
    }

    /// <summary>Whether a receipt lists a hole.</summary>
    internal static bool Lists(string receipt, int hole)
    {
        return receipt.IndexOf("[" + hole.ToString()) >= 0 || receipt.IndexOf("," + hole.ToString() + ",") >= 0 ||
            receipt.IndexOf("," + hole.ToString() + "]") >= 0;
    }

    /// <summary>The last receipt of alice to bob.</summary>
    internal static string Receipt(VirtualBroker broker) { return broker.Log.LastOf("ec1/i/bob/alice", "{\"y\":\"r\""); }

    /// <summary>Has the text "m" and its number come from bob to alice.</summary>
    internal static void Send(VirtualBroker broker, int n)
    {
        broker.Publish(Inbox, "{\"n\":" + n.ToString() + ",\"c\":\"m" + n.ToString() + "\"}");
    }
}
