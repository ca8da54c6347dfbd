using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Holes for which a conversation has no room any more, or of which it has many.</summary>
[TestClass]
public class HoleRoomTests
{
    [TestMethod]
    public void A_hole_that_newer_messages_push_out_is_asked_for_before_it_gives_way()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        HoleTests.Send(broker, 1);
        for (int n = 3; n <= 130; n++) HoleTests.Send(broker, n);
        Assert.AreEqual(0, broker.Count("ec1/i/bob/alice", "\"q\""));
        broker.Pass(1100);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "{\"y\":\"q\",\"a\":2,\"z\":2}"));
        Assert.Contains("\"h\":[2]", HoleTests.Receipt(broker), "nobody says that it came");
        HoleTests.Send(broker, 2);
        Assert.IsTrue(alice.Shows("bob").StartsWith("m2|m70|m71"), alice.Shows("bob"));
        Assert.AreEqual(0, alice.Messenger.Counters.Lost);
        broker.Pass(3000);
        Assert.AreEqual("{\"y\":\"r\",\"d\":130,\"s\":0}", HoleTests.Receipt(broker));
        HoleTests.Send(broker, 2);
        Assert.AreEqual(1, alice.Messenger.Counters.Duplicates, "once");
        alice.Reboot();
        broker.Pass(120000);
        Assert.AreEqual(1, broker.Count("ec1/i/bob/alice", "\"q\""), "what gave way is not asked for");
        Assert.IsTrue(alice.Shows("bob").EndsWith("m129|m130"), alice.Shows("bob"));
    }

    [TestMethod]
    public void A_restart_after_a_hole_was_pushed_out_claims_nothing_of_it()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        HoleTests.Send(broker, 1);
        for (int n = 3; n <= 400; n++) HoleTests.Send(broker, n);
        alice.Reboot();
        HoleTests.Send(broker, 401);
        broker.Pass(3000);
        string receipt = HoleTests.Receipt(broker);
        bool speaksOfIt = receipt.IndexOf("\"f\":") < 0;
        Assert.IsTrue(!speaksOfIt || receipt.IndexOf("\"h\":[2") > 0, receipt);
    }

    [TestMethod]
    public void A_hole_that_was_asked_for_in_vain_gives_way()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        HoleTests.Send(broker, 1);
        for (int n = 3; n <= 130; n++) HoleTests.Send(broker, n);
        broker.Pass(70000);
        Assert.AreEqual(3, broker.Count("ec1/i/bob/alice", "\"q\""));
        Assert.AreEqual(0, alice.Messenger.Counters.Lost);
        HoleTests.Send(broker, 131);
        Assert.AreEqual(1, alice.Messenger.Counters.Lost);
        broker.Pass(3000);
        Assert.AreEqual("{\"y\":\"r\",\"d\":131,\"s\":0,\"f\":3}", HoleTests.Receipt(broker));
        Assert.IsTrue(alice.Shows("bob").StartsWith("m68|m69"), alice.Shows("bob"));
    }

    [TestMethod]
    public void Holes_alone_do_not_fill_a_conversation()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        for (int n = 1; n <= 401; n += 2) HoleTests.Send(broker, n);
        Assert.AreEqual(201, alice.Messenger.Counters.Received);
        Assert.AreEqual(0, alice.Messenger.Counters.NoRoom);
        for (int boot = 0; boot < 2; boot++)
        {
            broker.Pass(3000);
            string receipt = HoleTests.Receipt(broker);
            int first = int.Parse(receipt.Substring(receipt.IndexOf("\"f\":") + 4, receipt.Length - receipt.IndexOf("\"f\":") - 5));
            int have = int.Parse(receipt.Substring(13, receipt.IndexOf(",\"s\"") - 13));
            for (int n = first; n <= have; n++) Assert.AreEqual(n % 2 == 0, HoleTests.Lists(receipt, n), receipt + " " + n.ToString());
            alice.Reboot();
        }
    }
}
