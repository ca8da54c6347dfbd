using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Much at once: when receipts go out, and what comes again to a board that starts.</summary>
[TestClass]
public class BulkTests
{
    private const string ToAlice = "ec1/i/alice/bob";
    private const string ToBob = "ec1/i/bob/alice";

    [TestMethod]
    public void A_thousand_waiting_messages_have_a_receipt_for_every_sixteen_and_no_request()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Publish(ToAlice, Text(1));
        broker.Pass(5000);
        alice.Offline();
        for (int n = 2; n <= 1001; n++) broker.Publish(ToAlice, Bytes(Text(n)), false);
        int receipts = Receipts(broker);
        int appends = alice.Flash.Appends;
        alice.Online();
        broker.Pass(1000);
        Assert.AreEqual(1001, alice.Messenger.Counters.Received);
        int more = Receipts(broker) - receipts;
        Assert.IsTrue(more <= (1000 + 15) / 16, more.ToString() + " receipts");
        Assert.AreEqual("{\"y\":\"r\",\"d\":1001,\"s\":0}", broker.Log.LastOf(ToBob, "{\"y\":\"r\""));
        Assert.AreEqual(0, broker.Count(ToBob, "\"q\""), "no hole was asked for");
        Assert.AreEqual(Limits.MessagesOfConversation, alice.Shows("bob").Split('|').Length);
        int writes = alice.Flash.Appends - appends;
        Assert.IsTrue(writes < 1000 + 1000 / 4, writes.ToString() + " writes");
    }

    [TestMethod]
    public void A_receipt_goes_out_after_a_quarter_second_of_silence_two_seconds_at_most_or_sixteen_messages()
    {
        var broker = new VirtualBroker();
        broker.Board("alice").Online();
        broker.Publish(ToAlice, Text(1));
        broker.Pass(Limits.ReceiptQuietMs - 1);
        Assert.AreEqual(0, Receipts(broker));
        broker.Pass(1);
        Assert.AreEqual(1, Receipts(broker), "silence");
        for (int n = 2; n <= 11; n++)
        {
            broker.Publish(ToAlice, Text(n));
            Assert.AreEqual(1, Receipts(broker), n.ToString());
            broker.Pass(200);
        }

        Assert.AreEqual(2, Receipts(broker), "2 s");
        broker.Pass(1000);
        for (int n = 12; n <= 26; n++) broker.Publish(ToAlice, Text(n));
        int before = Receipts(broker);
        broker.Publish(ToAlice, Text(27));
        Assert.AreEqual(before + 1, Receipts(broker), "16");
        broker.Pass(5000);
        Assert.AreEqual(before + 1, Receipts(broker), "and nothing is left to say");
    }

    [TestMethod]
    public void What_waits_for_a_board_crosses_the_wire_once_when_it_restarts()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        bob.PowerOff();
        for (int n = 1; n <= 48; n++) alice.Types("m" + n.ToString(), "bob");
        int bytes = Sent(broker);
        bob.Online();
        broker.Pass(30000);
        Assert.AreEqual(alice.Shows("bob"), bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m48"));
        Assert.AreEqual(bytes, Sent(broker));
        Assert.AreEqual(0, bob.Messenger.Counters.Duplicates);
    }

    [TestMethod]
    public void A_board_that_is_slow_with_what_waits_for_it_is_asked_with_one_message()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        bob.PowerOff();
        for (int n = 1; n <= 48; n++) alice.Types("m" + n.ToString(), "bob");
        int bytes = Sent(broker);
        // others come first: bob is there, and says nothing for a while
        broker.Publish("ec1/p/bob", Bytes("{\"s\":\"on\",\"b\":2,\"c\":1}"), true);
        broker.Pass(20000);
        bob.Online();
        broker.Pass(30000);
        Assert.AreEqual(Tick.Two, alice.TickOf("m48"));
        Assert.AreEqual(alice.Shows("bob"), bob.Shows("alice"));
        Assert.IsTrue(Sent(broker) > bytes, "it was asked");
        Assert.IsTrue(Sent(broker) * 10 <= bytes * 11, Sent(broker).ToString() + " bytes of " + bytes.ToString());
    }

    [TestMethod]
    public void What_the_broker_has_lost_comes_again_in_order_to_a_board_that_has_nothing()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob");
        for (int n = 1; n <= 20; n++) alice.Types("m" + n.ToString(), "bob");
        broker.Pass(5000);
        bob.Online(); // for the first time, so that nothing was kept for it
        broker.Pass(6000);
        Assert.AreEqual(alice.Shows("bob"), bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m20"));
        Assert.AreEqual(20, alice.Messenger.Counters.Resent);
        Assert.AreEqual(0, broker.Count(ToAlice, "\"q\""));
    }

    private static string Text(int n) { return "{\"n\":" + n.ToString() + ",\"c\":\"m" + n.ToString() + "\"}"; }

    private static byte[] Bytes(string text) { return Encoding.UTF8.GetBytes(text); }

    private static int Receipts(VirtualBroker broker) { return broker.Count(ToBob, "\"y\":\"r\""); }

    // bytes of the bodies of messages to bob
    private static int Sent(VirtualBroker broker)
    {
        int bytes = 0;
        for (int i = 0; i < broker.Log.Count; i++)
            if (broker.Log.TopicAt(i) == ToBob && broker.Log.TextAt(i).IndexOf("\"c\":") >= 0) bytes += broker.Log.BodyAt(i).Length;
        return bytes;
    }
}
