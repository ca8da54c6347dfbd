using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>The outbox: budget, order, taking back, giving up, and what is refused.</summary>
[TestClass]
public class OutboxTests
{
    [TestMethod]
    public void Messages_of_a_conversation_go_out_in_order_after_an_outage()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        CoreBoard bob = broker.Board("bob").Online();
        for (int n = 1; n <= 20; n++) alice.Types("m" + n.ToString(), "bob");
        alice.Reboot();
        alice.Online();
        broker.Pass(3000);
        string shown = bob.Shows("alice");
        Assert.AreEqual(alice.Shows("bob"), shown);
        Assert.AreEqual(20, shown.Split('|').Length);
        Assert.AreEqual(0, bob.Messenger.Counters.Duplicates);
    }

    [TestMethod]
    public void A_full_outbox_refuses_the_new_message_and_drops_nothing()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        string text = Long(1000);
        int taken = 0;
        while (alice.Types(taken.ToString() + text, "bob") == SendError.None) taken++;
        Assert.IsTrue(taken >= 15 && taken <= 16, taken.ToString());
        Assert.AreEqual(SendError.OutboxFull, alice.Types(text, "carol"));
        alice.Reboot();
        Assert.AreEqual(taken, alice.Messenger.WaitingCount);
        Assert.AreEqual(SendError.OutboxFull, alice.Types(text, "bob"));
        CoreBoard bob = broker.Board("bob").Online();
        alice.Online();
        broker.Pass(3000);
        Assert.AreEqual(taken, bob.Shows("alice").Split('|').Length);
        Assert.AreEqual(SendError.None, alice.Types(text, "carol"));
    }

    [TestMethod]
    public void A_conversation_full_of_waiting_messages_refuses_the_next()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        for (int n = 1; n <= Limits.MessagesOfConversation; n++) Assert.AreEqual(SendError.None, alice.Types("m", "bob"));
        Assert.AreEqual(SendError.OutboxFull, alice.Types("m", "bob"));
        Assert.AreEqual(SendError.None, alice.Types("m", "carol"));
    }

    [TestMethod]
    public void A_message_can_be_taken_back_while_it_has_its_clock()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("keep", "bob");
        alice.Types("oops", "bob");
        alice.Types("end", "bob");
        Assert.IsTrue(alice.Messenger.Cancel(alice.Find("oops")));
        Assert.AreEqual("keep|end", alice.Shows("bob"));
        alice.Reboot();
        Assert.AreEqual("keep|end", alice.Shows("bob"));
        alice.Online();
        broker.Pass(3000);
        Assert.AreEqual("keep|end", bob.Shows("alice"), "asked and answered without a placeholder");
        broker.Pass(60000);
        Assert.AreEqual("keep|end", bob.Shows("alice"));
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", "oops"));
        Assert.IsFalse(alice.Messenger.Cancel(alice.Find("end")), "too late");
    }

    [TestMethod]
    public void A_message_on_its_way_cannot_be_taken_back()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.HoldsPubacks = true;
        alice.Types("m", "bob");
        Assert.IsFalse(alice.Messenger.Cancel(alice.Find("m")));
        alice.LosePubacks = 1;
        alice.Offline();
        Assert.IsFalse(alice.Messenger.Cancel(alice.Find("m")), "the broker may have it");
    }

    [TestMethod]
    public void What_is_too_old_is_given_up_with_a_cross_and_a_late_receipt_is_still_true()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("sent", "bob");
        alice.Offline();
        alice.Types("waits", "carol");
        int bob = alice.Messenger.Find("bob", false);
        Assert.AreEqual(SendError.None, alice.Messenger.SendValue(bob, "21.5", "°C", alice.NowMs));
        broker.Pass(25L * 3600 * 1000);
        Assert.AreEqual(Tick.Failed, alice.TickOf("21.5 °C"));
        Assert.AreEqual(Tick.One, alice.TickOf("sent"));
        broker.Pass(144L * 3600 * 1000);
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual(Tick.Failed, alice.TickOf("sent"));
            Assert.AreEqual(Tick.Failed, alice.TickOf("waits"));
            Assert.IsTrue(alice.Messenger.FailureOf(alice.Find("waits")).Length > 0);
            alice.Reboot();
        }

        alice.Online();
        broker.Pass(5000);
        Assert.AreEqual(0, broker.Count("ec1/i/carol/alice", "waits"));
        broker.Publish("ec1/i/alice/carol", "{\"y\":\"q\",\"a\":1,\"z\":1}");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":1,\"s\":0}");
        broker.Settle();
        Assert.AreEqual(Tick.Two, alice.TickOf("sent"));
    }

    [TestMethod]
    public void Nothing_is_given_up_without_a_clock()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.HasClock = false;
        alice.PowerOn();
        alice.Types("m", "bob");
        broker.Pass(30L * 24 * 3600 * 1000);
        Assert.AreEqual(Tick.Clock, alice.TickOf("m"));
        alice.Online();
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"n\":1,\"c\":\"m\"}"), "without t");
    }

    [TestMethod]
    public void What_cannot_be_sent_is_refused_before_anything_is_stored()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        int operations = alice.Flash.Operations;
        Assert.AreEqual(SendError.Empty, alice.Types("", "bob"));
        Assert.AreEqual(SendError.TooLong, alice.Types(Long(1025), "bob"));
        Assert.AreEqual(SendError.BadId, alice.Types("x", "Bob"));
        Assert.AreEqual(SendError.BadId, alice.Types("x", "alice"));
        int bob = alice.Messenger.OpenDirect("bob");
        Assert.AreEqual(SendError.BadText, alice.Messenger.SendText(bob, new byte[] { 0x61, 0xC3 }, 2, -1, 0));
        Assert.AreEqual(SendError.BadText, alice.Messenger.SendText(bob, new byte[] { 0x61, 0 }, 2, -1, 0));
        byte[] lines = new byte[1024];
        for (int i = 0; i < lines.Length; i++) lines[i] = (byte)'\n';
        Assert.AreEqual(SendError.TooLong, alice.Messenger.SendText(bob, lines, lines.Length, -1, 0), "its escapes do not fit a body");
        Assert.AreEqual(SendError.BadText, alice.Messenger.SendLocation(bob, "north", "1", 0));
        Assert.AreEqual(SendError.Empty, alice.Messenger.SendValue(bob, "", "V", 0));
        Assert.AreEqual(operations, alice.Flash.Operations);
        Assert.AreEqual(SendError.None, alice.Types(Long(1024), "bob"));
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_of_taking_back_leaves_the_message_whole_or_takes_it_back()
    {
        bool wasCut = true;
        int kept = 0;
        for (int bytes = 0; wasCut; bytes++)
        {
            var broker = new VirtualBroker();
            CoreBoard alice = broker.Board("alice").PowerOn();
            CoreBoard bob = broker.Board("bob").Online();
            alice.Types("m1", "bob");
            alice.Types("m2", "bob");
            alice.Types("m3", "bob");
            int before = alice.Flash.UsedBytes;
            alice.Flash.CutAfter(0, bytes);
            wasCut = !alice.Try(m => m.Cancel(alice.Find("m2")));
            // one byte more than the record has is a cut behind it
            wasCut = wasCut && alice.Flash.UsedBytes - before == bytes;
            alice.PowerOff();
            alice.Online();
            broker.Pass(90000);
            string where = "byte " + bytes.ToString();
            string shown = bob.Shows("alice");
            Assert.IsTrue(shown == "m1|m2|m3" || shown == "m1|m3", where + ": " + shown);
            Assert.AreEqual(shown, alice.Shows("bob"), where);
            Assert.AreEqual(Tick.Two, alice.TickOf("m3"), where);
            if (shown == "m1|m2|m3") kept++;
            Assert.IsTrue(bytes < 200, "taking back never ends");
        }

        Assert.IsTrue(kept > 10, kept.ToString());
    }

    private static string Long(int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.Append('x');
        return text.ToString();
    }
}
