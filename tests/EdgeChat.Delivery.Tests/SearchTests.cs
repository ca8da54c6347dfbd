using System.Text;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>A search of messages, a few at a time, while others come and go.</summary>
[TestClass]
public class SearchTests
{
    private const string ToAlice = "ec1/i/alice/";

    [TestMethod]
    public void All_conversations_are_searched_the_newest_message_of_each_first()
    {
        CoreBoard alice = Filled();
        Assert.AreEqual("carol pump 6|carol pump 3|bob pump 6|bob pump 3|", Find(alice, "PUMP", -1, 100));
        Assert.AreEqual("bob pump 6|bob pump 3|", Find(alice, "pump", alice.Messenger.Find("bob", false), 100));
        Assert.AreEqual("", Find(alice, "zebra", -1, 100));
    }

    [TestMethod]
    public void However_few_are_looked_at_in_a_turn_each_is_found_once()
    {
        CoreBoard alice = Filled();
        for (int few = 1; few < 20; few++)
            Assert.AreEqual("carol pump 6|carol pump 3|bob pump 6|bob pump 3|", Find(alice, "pump", -1, few), few.ToString());
    }

    [TestMethod]
    public void A_long_text_takes_the_place_of_several()
    {
        CoreBoard alice = Filled();
        alice.Broker.Publish(ToAlice + "carol", "{\"n\":7,\"c\":\"" + new string('x', 1000) + "\"}");
        MessageSearch search = Begin(alice, "pump", -1);
        int budget = 6;
        Assert.AreEqual(-1, search.Next(new byte[1100], ref budget));
        Assert.IsFalse(search.IsDone);
        Assert.AreEqual(0, search.Percent, "one message was looked at");
    }

    [TestMethod]
    public void A_message_that_comes_meanwhile_makes_none_be_found_twice_or_not_at_all()
    {
        CoreBoard alice = Filled();
        MessageSearch search = Begin(alice, "pump", -1);
        string found = "";
        int n = 7;
        while (!search.IsDone)
        {
            found += Step(alice, search, 1);
            alice.Broker.Publish(ToAlice + "carol", "{\"n\":" + n++.ToString() + ",\"c\":\"pump again\"}");
        }

        Assert.AreEqual("carol pump 6|carol pump 3|bob pump 6|bob pump 3|", found);
    }

    [TestMethod]
    public void A_conversation_that_is_deleted_meanwhile_is_left_out()
    {
        CoreBoard alice = Filled();
        MessageSearch search = Begin(alice, "pump", -1);
        string found = Step(alice, search, 1);
        int carol = alice.Messenger.Find("carol", false);
        int message = alice.Messenger.Newest(carol);
        Assert.IsTrue(alice.Messenger.Has(carol, message));
        Assert.IsFalse(alice.Messenger.Has(alice.Messenger.Find("bob", false), message));
        alice.Try(m => m.Delete(carol));
        Assert.IsFalse(alice.Messenger.Has(carol, message));
        while (!search.IsDone) found += Step(alice, search, 1);
        Assert.AreEqual("carol pump 6|bob pump 6|bob pump 3|", found);
    }

    [TestMethod]
    public void Without_messages_a_search_is_done()
    {
        CoreBoard alice = new VirtualBroker().Board("alice").Online();
        Assert.IsTrue(Begin(alice, "pump", -1).IsDone);
        Assert.AreEqual(100, Begin(alice, "pump", -1).Percent);
    }

    [TestMethod]
    public void Words_that_stand_for_a_message_are_nobodys_text()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("bob m1", "bob");
        alice.Types("bob has taken it", "bob");
        broker.Publish(ToAlice + "bob", "{\"n\":1,\"c\":\"bob b1\"}");
        broker.Publish(ToAlice + "bob", "{\"n\":3,\"c\":\"bob b3\"}");
        broker.Pass(12000);
        alice.TakesBack("bob m1");
        Assert.IsTrue(alice.Find("taken back") >= 0);
        Assert.IsTrue(alice.Find("1 message missing, asked again") >= 0);
        Assert.AreEqual("bob has taken it|", Find(alice, "taken", -1, 3));
        Assert.AreEqual("", Find(alice, "missing", -1, 3));
    }

    private static CoreBoard Filled()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        string[] others = { "bob", "carol" };
        for (int n = 1; n <= 6; n++)
            for (int i = 0; i < others.Length; i++)
            {
                string text = others[i] + (n % 3 == 0 ? " pump " : " valve ") + n.ToString();
                broker.Publish(ToAlice + others[i], "{\"n\":" + n.ToString() + ",\"c\":\"" + text + "\"}");
            }

        broker.Pass(5000);
        return alice;
    }

    private static MessageSearch Begin(CoreBoard alice, string text, int conversation)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return alice.Messenger.Search(bytes, 0, bytes.Length, conversation);
    }

    private static string Find(CoreBoard alice, string text, int conversation, int few)
    {
        MessageSearch search = Begin(alice, text, conversation);
        string found = "";
        while (!search.IsDone) found += Step(alice, search, few);
        return found;
    }

    // looks at a few messages
    private static string Step(CoreBoard alice, MessageSearch search, int few)
    {
        string found = "";
        var text = new byte[1100];
        while (few > 0 && !search.IsDone)
        {
            int message = search.Next(text, ref few);
            if (message < 0) continue;
            string has = Encoding.UTF8.GetString(text, 0, search.Count);
            Assert.AreEqual(has, alice.TextOf(message));
            Assert.AreEqual(has.Substring(0, has.IndexOf(' ')), alice.Messenger.IdOf(search.Conversation));
            found += has + "|";
        }

        return found;
    }
}
