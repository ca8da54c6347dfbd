using System.Text;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Texts, values, locations, reactions, replies, unknown types, plain clients, contacts and names.</summary>
[TestClass]
public class TypesTests
{
    [TestMethod]
    public void Values_and_locations_come_out_in_words()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        int conversation = alice.Messenger.OpenDirect("bob");
        Assert.AreEqual(SendError.None, alice.Messenger.SendValue(conversation, "21.5", "°C", alice.NowMs));
        Assert.AreEqual(SendError.None, alice.Messenger.SendValue(conversation, "open", null, alice.NowMs));
        Assert.AreEqual(SendError.None, alice.Messenger.SendLocation(conversation, "52.52", "13.4", alice.NowMs));
        broker.Settle();
        Assert.AreEqual("21.5 °C|open|52.52, 13.4", bob.Shows("alice"));
        Assert.AreEqual(alice.Shows("bob"), bob.Shows("alice"));
        Assert.AreEqual((int)MessageKind.Value, (int)bob.Messenger.KindOf(bob.Find("open")));
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"v\":21.5,\"u\":\"°C\""));
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"la\":52.52,\"lo\":13.4"));
    }

    [TestMethod]
    public void A_reaction_stands_at_its_message_and_the_last_of_a_sender_counts()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("hi", "bob");
        Assert.AreEqual(SendError.None, bob.Messenger.SendReaction(bob.Find("hi"), "👍", bob.NowMs));
        Assert.AreEqual(SendError.None, alice.Messenger.SendReaction(alice.Find("hi"), "👍", alice.NowMs));
        broker.Settle();
        Assert.AreEqual("👍2", alice.Messenger.ReactionsOf(alice.Find("hi")));
        Assert.AreEqual("👍2", bob.Messenger.ReactionsOf(bob.Find("hi")));
        Assert.AreEqual("hi", alice.Shows("bob"), "it is no line of its own");
        Assert.AreEqual(0, alice.Unread("bob"));
        bob.Messenger.SendReaction(bob.Find("hi"), "❤", bob.NowMs);
        broker.Settle();
        Assert.AreEqual("👍 ❤", alice.Messenger.ReactionsOf(alice.Find("hi")));
        alice.Messenger.SendReaction(alice.Find("hi"), "", alice.NowMs);
        broker.Pass(3000);
        alice.Reboot();
        Assert.AreEqual("❤", alice.Messenger.ReactionsOf(alice.Find("hi")));
        Assert.AreEqual("❤", bob.Messenger.ReactionsOf(bob.Find("hi")));
        Assert.IsNull(alice.Messenger.ReplyQuoteOf(alice.Find("hi")));
    }

    [TestMethod]
    public void What_somebody_else_wrote_is_marked_when_it_is_forwarded_and_own_words_are_not()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        CoreBoard carol = broker.Board("carol").Online();
        alice.Types("own", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"c\":\"say \\\"hi\\\"\",\"re\":\"alice/1\"}");
        broker.Publish("ec1/i/alice/bob", "{\"n\":2,\"y\":\"v\",\"la\":52.52,\"lo\":13.4}");
        broker.Settle();
        int to = alice.Messenger.OpenDirect("carol");
        Assert.AreEqual(SendError.None, alice.Messenger.Forward(alice.Find("own"), to, alice.NowMs));
        Assert.AreEqual(SendError.None, alice.Messenger.Forward(alice.Find("say \"hi\""), to, alice.NowMs));
        Assert.AreEqual(SendError.None, alice.Messenger.Forward(alice.Find("52.52, 13.4"), to, alice.NowMs));
        broker.Settle();
        Assert.AreEqual("own|say \"hi\"|52.52, 13.4", carol.Shows("alice"));
        Assert.AreEqual(1, broker.Count("ec1/i/carol/alice", "\"x\":1,\"c\":\"say \\\"hi\\\"\"}"), "without what it answered");
        Assert.AreEqual(1, broker.Count("ec1/i/carol/alice", "\"x\":1,\"la\":52.52,\"lo\":13.4}"));
        int back = carol.Messenger.OpenDirect("bob");
        Assert.AreEqual(SendError.None, carol.Messenger.Forward(carol.Find("own"), back, carol.NowMs));
        broker.Settle();
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.IsFalse(carol.Messenger.IsForwarded(carol.Messenger.FindMessage(carol.Messenger.Find("alice", false), "alice", 1)));
            Assert.IsTrue(carol.Messenger.IsForwarded(carol.Find("say \"hi\"")));
            Assert.IsTrue(bob.Messenger.IsForwarded(bob.Messenger.Newest(bob.Messenger.Find("carol", false))));
            Assert.IsTrue(alice.Messenger.IsForwarded(alice.Messenger.Newest(alice.Messenger.Find("carol", false))));
            alice.Reboot();
            bob.Reboot();
            carol.Reboot();
        }
    }

    [TestMethod]
    public void What_says_nothing_for_others_cannot_be_forwarded()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"y\":\"zz\"}");
        broker.Settle();
        int to = alice.Messenger.OpenDirect("carol");
        int unknown = alice.Find("unsupported message (zz)");
        Assert.AreEqual(SendError.NotHere, alice.Messenger.Forward(unknown, to, alice.NowMs));
        Assert.AreEqual("", alice.Shows("carol"));
    }

    [TestMethod]
    public void A_reply_quotes_what_it_answers()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("Where shall we meet, and when would it suit you best?", "bob");
        byte[] text = Encoding.UTF8.GetBytes("at six");
        int question = bob.Messenger.Newest(bob.Messenger.Find("alice", false));
        bob.Messenger.SendText(bob.Messenger.Find("alice", false), text, text.Length, question, bob.NowMs);
        broker.Settle();
        Assert.AreEqual("alice: Where shall we meet, and when would it s", alice.Messenger.ReplyQuoteOf(alice.Find("at six")));
        Assert.AreEqual(1, broker.Count("ec1/i/alice/bob", "\"re\":\"alice/1\""));
        alice.Reboot();
        Assert.AreEqual("alice: Where shall we meet, and when would it s", alice.Messenger.ReplyQuoteOf(alice.Find("at six")));
        broker.Publish("ec1/i/alice/bob", "{\"n\":2,\"c\":\"eh\",\"re\":\"alice/99\"}");
        broker.Publish("ec1/i/alice/bob", "{\"n\":3,\"c\":\"eh?\",\"re\":\"what\"}");
        broker.Settle();
        Assert.AreEqual("alice: …", alice.Messenger.ReplyQuoteOf(alice.Find("eh")));
        Assert.IsNull(alice.Messenger.ReplyQuoteOf(alice.Find("eh?")));
    }

    [TestMethod]
    public void An_unknown_type_is_kept_and_says_so()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"y\":\"hologram\",\"c\":\"?\",\"zz\":[1,{}]}");
        broker.Pass(3000);
        Assert.AreEqual("unsupported message (hologram)", alice.Shows("bob"));
        Assert.AreEqual((int)MessageKind.Unsupported, (int)alice.Messenger.KindOf(alice.Find("unsupported message (hologram)")));
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"r\",\"d\":1,\"s\":0}"));
    }

    [TestMethod]
    public void A_client_without_numbers_is_shown_as_it_comes()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Publish("ec1/i/alice/carol", "{\"content\":\"hello\",\"sender\":\"carol\",\"timestamp\":\"2026-09-21T14:13:20Z\"}");
        broker.Publish("ec1/i/alice/carol", "{\"content\":\"hello\",\"sender\":\"carol\",\"timestamp\":\"2026-09-21T14:13:20Z\"}");
        broker.Publish("ec1/i/alice/carol", "{\"c\":\"again\"}");
        broker.Pass(30000);
        broker.Publish("ec1/i/alice/carol", "{\"c\":\"again\"}");
        broker.Settle();
        Assert.AreEqual("hello|again", alice.Shows("carol"), "the same within a minute is a duplicate");
        Assert.AreEqual(2, alice.Unread("carol"));
        broker.Pass(31000);
        broker.Publish("ec1/i/alice/carol", "{\"c\":\"again\"}");
        broker.Pass(10000);
        Assert.AreEqual("hello|again|again", alice.Shows("carol"));
        Assert.AreEqual(1, broker.Count("ec1/i/carol/alice", ""), "no receipt and no request");
        Assert.AreEqual(1, broker.Count("ec1/i/carol/alice", "{\"y\":\"p\"}"), "but whether it is there");
        int first = alice.Find("hello");
        Assert.AreEqual(0, alice.Messenger.NumberOf(first));
        Assert.AreEqual(1790000000L, alice.Messenger.TimeOf(first));
        alice.Opens("carol");
        alice.Reboot();
        Assert.AreEqual("hello|again|again", alice.Shows("carol"));
        Assert.AreEqual(0, alice.Unread("carol"));
    }

    [TestMethod]
    public void A_plain_client_with_numbers_gets_receipts()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Publish("ec1/i/alice/carol", "{\"n\":1,\"t\":1790000000,\"c\":\"Grüße von carol\"}");
        broker.Pass(2100);
        Assert.AreEqual("Grüße von carol", alice.Shows("carol"));
        Assert.AreEqual(1, broker.Count("ec1/i/carol/alice", "{\"y\":\"r\",\"d\":1,\"s\":0}"));
        alice.Opens("carol");
        broker.Pass(2100);
        Assert.AreEqual(1, broker.Count("ec1/i/carol/alice", "{\"y\":\"r\",\"d\":1,\"s\":1}"));
    }

    [TestMethod]
    public void What_a_broker_kept_retained_is_no_new_plain_message()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Publish("ec1/i/alice/carol", Encoding.UTF8.GetBytes("{\"c\":\"kept\"}"), true);
        broker.Pass(100000);
        alice.Reboot();
        broker.Pass(1000);
        Assert.AreEqual("kept", alice.Shows("carol"));
    }

    [TestMethod]
    public void Contacts_are_followed_and_have_names()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.Me.Contacts = new string[] { "bob" };
        alice.Me.DisplayName = "Alice A.";
        alice.Online();
        CoreBoard bob = broker.Board("bob");
        bob.Me.DisplayName = "Bobby";
        bob.Online();
        broker.Pass(100);
        Assert.AreEqual("Bobby", alice.Messenger.DisplayNameOf("bob"));
        Assert.AreEqual(1, broker.Count("ec1/d/alice", "{\"nm\":\"Alice A.\",\"cap\":\"vbjwu\"}"));
        bob.Reboot();
        alice.Reboot();
        broker.Pass(100);
        Assert.AreEqual(1, broker.Count("ec1/d/alice", ""), "published once");
        Assert.AreEqual("Bobby", alice.Messenger.DisplayNameOf("bob"));
        Assert.AreEqual(SendError.None, alice.Messenger.AddContact("dave"));
        Assert.AreEqual(SendError.None, alice.Messenger.RemoveContact("bob"));
        Assert.IsTrue(alice.Messenger.TakeFiltersChanged());
        alice.Reboot();
        Assert.AreEqual("ec1/i/alice/+ ec1/p/dave ec1/d/dave ec1/d/alice", Join(alice.Messenger.Filters()));
        Assert.AreEqual(SendError.BadId, alice.Messenger.AddContact("alice"));
        alice.Types("hi", "carol");
        Assert.AreEqual(
            "ec1/i/alice/+ ec1/p/dave ec1/d/dave ec1/p/carol ec1/d/carol ec1/d/alice",
            Join(alice.Messenger.Filters()),
            "whom it talks with");
    }

    private static string Join(string[] texts)
    {
        string all = texts[0];
        for (int i = 1; i < texts.Length; i++) all += " " + texts[i];
        return all;
    }
}
