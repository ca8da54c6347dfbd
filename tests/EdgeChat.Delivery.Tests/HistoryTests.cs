using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>What is kept, for how long, in which order, and what deleting means.</summary>
[TestClass]
public class HistoryTests
{
    [TestMethod]
    public void Conversations_are_listed_by_what_happened_last()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("1", "bob");
        broker.Publish("ec1/i/alice/carol", "{\"n\":1,\"c\":\"2\"}");
        alice.Types("3", "dave");
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"c\":\"4\"}");
        broker.Settle();
        Assert.AreEqual("bob dave carol", List(alice));
        alice.Reboot();
        Assert.AreEqual("bob dave carol", List(alice));
    }

    [TestMethod]
    public void Both_directions_stand_in_the_order_in_which_they_happened()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        for (int n = 1; n <= 5; n++)
        {
            alice.Types("a" + n.ToString(), "bob");
            broker.Publish("ec1/i/alice/bob", "{\"n\":" + n.ToString() + ",\"c\":\"b" + n.ToString() + "\"}");
        }

        broker.Settle();
        Assert.AreEqual("a1|b1|a2|b2|a3|b3|a4|b4|a5|b5", alice.Shows("bob"));
        alice.Reboot();
        Assert.AreEqual("a1|b1|a2|b2|a3|b3|a4|b4|a5|b5", alice.Shows("bob"));
    }

    [TestMethod]
    public void The_oldest_of_a_conversation_gives_way()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        for (int n = 1; n <= 100; n++) broker.Publish("ec1/i/alice/bob", "{\"n\":" + n.ToString() + ",\"c\":\"m" + n.ToString() + "\"}");
        broker.Settle();
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(Limits.MessagesOfConversation, Count(alice, "bob"));
            Assert.IsTrue(alice.Shows("bob").StartsWith("m37|m38|"), alice.Shows("bob"));
            Assert.IsTrue(alice.Shows("bob").EndsWith("|m99|m100"));
            broker.Publish("ec1/i/alice/bob", "{\"n\":5,\"c\":\"m5\"}");
            broker.Settle();
            Assert.AreEqual(Limits.MessagesOfConversation, Count(alice, "bob"), "an old one is still a duplicate");
            alice.Reboot();
        }
    }

    [TestMethod]
    public void A_table_that_is_full_takes_from_the_longest_conversation()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        for (int c = 0; c < 20; c++)
        {
            for (int n = 1; n <= 30; n++)
                broker.Publish("ec1/i/alice/peer" + c.ToString(), "{\"n\":" + n.ToString() + ",\"c\":\"m" + n.ToString() + "\"}");
            broker.Settle();
        }

        int all = 0;
        for (int c = 0; c < 20; c++)
        {
            int count = Count(alice, "peer" + c.ToString());
            Assert.IsTrue(count >= 18, "peer" + c.ToString() + " has " + count.ToString());
            Assert.IsTrue(alice.Shows("peer" + c.ToString()).EndsWith("|m30"));
            all += count;
        }

        Assert.IsTrue(all <= Limits.Messages && all > Limits.Messages - 8, all.ToString());
        Assert.AreEqual(0, alice.Messenger.Counters.NoRoom);
        alice.Reboot();
        broker.Publish("ec1/i/alice/peer0", "{\"n\":3,\"c\":\"m3\"}");
        broker.Settle();
        Assert.IsTrue(alice.Shows("peer0").EndsWith("|m30"));
        Assert.IsFalse(alice.Shows("peer0").StartsWith("m3|"), "given up and not forgotten");
    }

    [TestMethod]
    public void The_log_can_be_filled_many_times_over_and_keeps_what_matters()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.Me.Contacts = new string[] { "zoe" };
        alice.Online();
        CoreBoard bob = broker.Board("bob").Online();
        Assert.AreEqual(SendError.None, alice.Messenger.AddContact("friend"));
        broker.Publish("ec1/d/friend", "{\"nm\":\"A Friend\"}");
        broker.Settle();
        alice.Offline();
        alice.Types("waits", "carol");
        alice.Online();
        alice.Offline();
        alice.Types("waits longer", "carol");
        var text = new StringBuilder();
        for (int i = 0; i < 80; i++) text.Append("0123456789");
        string body = text.ToString();
        for (int n = 1; n <= 600; n++)
        {
            broker.Publish("ec1/i/alice/peer" + (n % 5).ToString(), "{\"n\":" + ((n / 5) + 1)
                .ToString() + ",\"c\":\"" + n.ToString() + body + "\"}");
            if (n % 50 != 0) continue;
            alice.Online();
            broker.Pass(1000);
            alice.Opens("peer1");
            broker.Pass(3000);
            if (n % 100 == 0) alice.Reboot();
            alice.Offline();
            alice.Types("waits " + n.ToString(), "carol");
            bob.Offline();
        }

        alice.Reboot();
        Assert.AreEqual(0, alice.Messenger.Counters.DamagedRecords);
        Assert.IsTrue(alice.Flash.UsedBytes <= Limits.SegmentBytes * Limits.Segments, alice.Flash.UsedBytes.ToString());
        Assert.AreEqual("A Friend", alice.Messenger.DisplayNameOf("friend"));
        Assert.AreEqual(Tick.Clock, alice.TickOf("waits 600"));
        Assert.AreEqual(Tick.One, alice.TickOf("waits 550"));
        Assert.AreEqual(8, alice.Messenger.Boot);
        alice.Online();
        for (int p = 0; p < 5; p++) broker.Publish("ec1/i/alice/peer" + p.ToString(), "{\"n\":2,\"c\":\"again\"}");
        broker.Settle();
        for (int p = 0; p < 5; p++) Assert.IsTrue(alice.Shows("peer" + p.ToString()).IndexOf("again") < 0, "numbers are not forgotten");
    }

    [TestMethod]
    public void Deleting_takes_all_away_and_repeats_no_number()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a1", "bob");
        bob.Types("b1", "alice");
        broker.Pass(3000);
        Assert.AreEqual(SendError.None, alice.Messenger.Delete(alice.Messenger.Find("bob", false)));
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(-1, alice.Messenger.Find("bob", false));
            Assert.AreEqual(0, alice.Messenger.ConversationCount);
            broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"c\":\"b1\"}");
            alice.Reboot();
        }

        alice.Types("a2", "bob");
        broker.Pass(3000);
        Assert.AreEqual("a1|b1|a2", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("a2"));
        bob.Types("b2", "alice");
        Assert.AreEqual("a2|b2", alice.Shows("bob"));
        Assert.AreEqual(1, alice.Unread("bob"));
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_of_a_deletion_leaves_all_or_nothing_and_repeats_no_number()
    {
        int left = 0;
        int gone = 0;
        var cuts = new PowerCuts(48, 1);
        while (cuts.Next())
        {
            var broker = new VirtualBroker();
            CoreBoard alice = broker.Board("alice").Online();
            CoreBoard bob = broker.Board("bob").Online();
            alice.Types("a1", "bob");
            bob.Types("b1", "alice");
            bob.Types("b2", "alice");
            broker.Pass(40000);
            cuts.Plan(alice);
            alice.Try(m => m.Delete(m.Find("bob", false)));
            cuts.Heal(alice);
            alice.Reboot();
            broker.Pass(3000);
            string shown = alice.Shows("bob");
            if (shown == "") gone++;
            else left++;
            Assert.IsTrue(shown == "" || shown == "a1|b1|b2", cuts.Where + ": " + shown);
            alice.Types("a2", "bob");
            bob.Types("b3", "alice");
            broker.Pass(3000);
            Assert.AreEqual(shown == "" ? "a2|b3" : "a1|b1|b2|a2|b3", alice.Shows("bob"), cuts.Where);
            Assert.AreEqual("a1|b1|b2|a2|b3", bob.Shows("alice"), cuts.Where);
        }

        Assert.IsTrue(left > 0 && gone > 0, left.ToString() + " " + gone.ToString());
    }

    [TestMethod]
    public void Deleted_conversations_make_room_for_others()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        for (int i = 0; i < Limits.Conversations; i++) Assert.AreEqual(SendError.None, alice.Types("x", "p" + i.ToString()));
        Assert.AreEqual(SendError.TooManyConversations, alice.Types("x", "one-more"));
        alice.Messenger.AddContact("bob");
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"c\":\"hi\"}");
        broker.Settle();
        Assert.AreEqual(1, alice.Messenger.Counters.NoRoom);
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", "\"d\""));
        alice.Messenger.Delete(alice.Messenger.Find("p3", false));
        Assert.AreEqual(SendError.None, alice.Types("x", "one-more"));
    }

    [TestMethod]
    public void Unread_and_mute_survive_a_reboot()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        for (int n = 1; n <= 3; n++) broker.Publish("ec1/i/alice/bob", "{\"n\":" + n.ToString() + ",\"c\":\"m\"}");
        broker.Publish("ec1/i/alice/carol", "{\"c\":\"plain\"}");
        broker.Settle();
        alice.Messenger.SetMuted(alice.Messenger.Find("bob", false), true);
        alice.Reboot();
        Assert.AreEqual(3, alice.Unread("bob"));
        Assert.AreEqual(1, alice.Unread("carol"));
        Assert.IsTrue(alice.Messenger.IsMuted(alice.Messenger.Find("bob", false)));
        Assert.IsFalse(alice.Messenger.IsMuted(alice.Messenger.Find("carol", false)));
        alice.Opens("bob");
        alice.Opens("carol");
        alice.Reboot();
        Assert.AreEqual(0, alice.Unread("bob"));
        Assert.AreEqual(0, alice.Unread("carol"));
        alice.Messenger.TakeArrival();
        broker.Publish("ec1/i/alice/bob", "{\"n\":4,\"c\":\"m\"}");
        broker.Settle();
        Assert.AreEqual(-1, alice.Messenger.TakeArrival(), "muted");
        Assert.AreEqual(1, alice.Unread("bob"));
    }

    [TestMethod]
    public void A_damaged_record_costs_only_itself_and_is_asked_for_again()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        for (int n = 1; n <= 3; n++) broker.Publish("ec1/i/alice/bob", "{\"n\":" + n.ToString() + ",\"c\":\"damage" + n.ToString() + "\"}");
        broker.Settle();
        alice.PowerOff();
        byte[] file = alice.Flash.Content("m1");
        for (int i = 0; i < file.Length - 7; i++)
            if (file[i] == (byte)'d' && file[i + 6] == (byte)'2') file[i] ^= 1;
        alice.Online();
        Assert.AreEqual("damage1|1 message missing, asked again|damage3", alice.Shows("bob"));
        Assert.AreEqual(1, alice.Messenger.Counters.DamagedRecords);
        broker.Pass(2000);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"q\",\"a\":2,\"z\":2}"));
    }

    private static int Count(CoreBoard board, string with)
    {
        int count = 0;
        for (int i = board.Messenger.Newest(board.Messenger.Find(with, false)); i >= 0; i = board.Messenger.Older(i)) count++;
        return count;
    }

    private static string List(CoreBoard board)
    {
        string all = "";
        for (int place = 0; place < board.Messenger.ConversationCount; place++)
            all += (place == 0 ? "" : " ") + board.Messenger.IdOf(board.Messenger.ConversationAt(place));
        return all;
    }
}
