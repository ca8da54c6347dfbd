using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Whatever comes from the network shows nothing wrong, is counted, and does not stop the next good message.</summary>
[TestClass]
public class BadInputTests
{
    [TestMethod]
    [DataRow("hello", 4)]
    [DataRow("{\"n\":1,\"c\":\"a\\u0000b\"}", 3)]
    [DataRow("{\"n\":\"1\",\"c\":\"x\"}", 6)]
    [DataRow("{\"n\":0,\"c\":\"x\"}", 7)]
    [DataRow("{\"n\":1}", 9)]
    [DataRow("{\"n\":1,\"c\":\"x\",\"sender\":\"mallory\"}", 10)]
    [DataRow("", 4)]
    public void A_malformed_body_is_counted_by_its_reason(string body, int reason)
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Publish("ec1/i/alice/bob", body);
        broker.Settle();
        Assert.AreEqual(0, alice.Messenger.ConversationCount);
        Assert.AreEqual(1, alice.Messenger.Counters.RefusedFor((BodyError)reason));
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"c\":\"good\"}");
        broker.Settle();
        Assert.AreEqual("good", alice.Shows("bob"));
    }

    [TestMethod]
    [DataRow("ec1/i/bob/alice")]
    [DataRow("ec1/i/alice/alice")]
    [DataRow("ec1/g/team/bob")]
    [DataRow("ec1/i/alice")]
    [DataRow("ec1/x/bob")]
    [DataRow("other")]
    public void A_topic_that_is_not_this_boards_is_counted(string topic)
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        byte[] body = Encoding.UTF8.GetBytes("{\"n\":1,\"c\":\"x\"}");
        alice.Messenger.OnReceived(topic, body, false, alice.NowMs);
        Assert.AreEqual(1, alice.Messenger.Counters.BadTopic);
        Assert.AreEqual(0, alice.Messenger.ConversationCount);
    }

    [TestMethod]
    public void Receipts_requests_and_notices_about_nothing_do_nothing()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        int operations = alice.Flash.Operations;
        string[] bodies =
        {
            "{\"y\":\"r\",\"d\":5,\"s\":5}", "{\"y\":\"q\",\"a\":1,\"z\":2147483647}", "{\"y\":\"l\",\"a\":1,\"z\":2147483647}",
                "{\"y\":\"r\",\"d\":5,\"g\":\"team\"}",
            "{\"y\":\"q\",\"a\":1,\"z\":9,\"g\":\"team\"}", "{\"y\":\"r\",\"d\":2147483647,\"h\":[1,2,2147483647]}",
        };
        for (int i = 0; i < bodies.Length; i++) broker.Publish("ec1/i/alice/bob", bodies[i]);
        broker.Pass(1000);
        Assert.AreEqual(operations, alice.Flash.Operations);
        alice.Types("m1", "bob");
        for (int i = 0; i < bodies.Length; i++) broker.Publish("ec1/i/alice/bob", bodies[i]);
        broker.Pass(100000);
        // a receipt above what was ever sent is about an earlier life; once this board is in a later one it is about nothing
        Assert.AreEqual("m1|an earlier life of this id was met: sent again", alice.Shows("bob"));
        Assert.AreEqual(2, alice.Me.Incarnation);
        broker.Publish("ec1/i/alice/bob", "{\"n\":2147483646,\"c\":\"last\"}");
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"c\":\"first\"}");
        broker.Pass(100000);
        alice.Reboot();
        broker.Pass(100000);
        Assert.IsTrue(alice.Shows("bob").EndsWith("|last"), alice.Shows("bob"));
    }

    [TestMethod]
    public void A_counter_at_its_end_is_refused()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("m1", "bob");
        broker.Pass(1000);
        broker.Publish("ec1/p/bob", "{\"s\":\"off\",\"b\":2147483647,\"c\":1}");
        broker.Publish("ec1/p/bob", "{\"s\":\"off\",\"b\":1,\"c\":2147483647}");
        Assert.AreEqual(2, alice.Messenger.Counters.Refused);
        bob.Offline().Online();
        broker.Pass(1000);
        int place = alice.Messenger.Presence.Find("bob");
        Assert.AreEqual((int)Core.PresenceState.On, (int)alice.Messenger.Presence.StateAt(place));
    }

    [TestMethod]
    public void A_thousand_random_bodies_do_no_harm()
    {
        Seeds.Play("A_thousand_random_bodies", 20260921, SendBadly);
    }

    private static void SendBadly(int seed)
    {
        var random = new Dice(seed);
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        string[] good =
        {
            "{\"n\":1,\"c\":\"hi\"}", "{\"y\":\"r\",\"d\":3,\"s\":1,\"h\":[2]}", "{\"y\":\"q\",\"a\":1,\"z\":4}",
                "{\"y\":\"l\",\"a\":1,\"z\":4,\"x\":1}", "{\"y\":\"v\",\"n\":9,\"v\":1.5,\"u\":\"V\"}",
            "{\"y\":\"b\",\"n\":7,\"re\":\"alice/1\",\"c\":\"+\"}", "{\"n\":12,\"e\":2,\"c\":\"hi\",\"re\":\"bob.2/1\"}",
                "{\"y\":\"j\",\"n\":3,\"g\":\"team\",\"c\":\"T\"}", "{\"c\":\"plain\"}",
        };
        alice.Types("m1", "bob");
        for (int i = 0; i < 1000; i++)
        {
            byte[] body = Encoding.UTF8.GetBytes(good[random.Next(good.Length)]);
            for (int k = random.Next(4); k > 0; k--) body[random.Next(body.Length)] = (byte)random.Next(256);
            broker.Publish("ec1/i/alice/bob", body, false);
            broker.Pass(random.Next(3000));
            if (i % 100 == 99) alice.Reboot();
        }

        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"e\":65535,\"c\":\"still here\"}");
        broker.Settle();
        Assert.IsTrue(alice.Shows("bob").EndsWith("still here"));
    }
}
