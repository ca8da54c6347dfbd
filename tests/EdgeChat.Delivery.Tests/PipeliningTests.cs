using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Several publishes in flight: their number and bytes, their order, and what is made of PUBACKs in any order.</summary>
[TestClass]
public class PipeliningTests
{
    private const string ToBob = "ec1/i/bob/alice";

    [TestMethod]
    public void Forty_eight_messages_over_a_slow_link_take_three_round_trips_in_order_and_none_twice()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        CoreBoard alice = broker.Board("alice").PowerOn();
        Write(alice, 48);
        alice.PubackMs = 300;
        alice.Online();
        broker.Pass(300 + 900); // the birth, and the messages
        Assert.AreEqual(Limits.Flights, alice.MostInFlight);
        Assert.AreEqual(48, broker.Log.CountOf(ToBob, "\"c\":\"m"));
        Assert.AreEqual("1..48", Numbers(broker, 0));
        Assert.AreEqual(alice.Shows("bob"), bob.Shows("alice"));
        Assert.AreEqual(0, bob.Messenger.Counters.Duplicates);
        Assert.AreEqual(0, broker.Count("ec1/i/alice/bob", "\"q\""), "no hole");
        broker.Pass(3000);
        Assert.AreEqual(Tick.Two, alice.TickOf("m48"));
    }

    [TestMethod]
    public void The_bytes_in_flight_are_bounded_too()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        for (int n = 0; n < 6; n++) alice.Types(Long(1000), "bob");
        alice.HoldsPubacks = true;
        alice.Online();
        Assert.AreEqual(2, alice.MostInFlight, "the second went over the limit");
        alice.Confirm(1);
        broker.Settle();
        Assert.AreEqual(3, broker.Count(ToBob, "xxx"));
    }

    [TestMethod]
    public void PUBACKs_in_any_order_each_give_their_tick_and_a_restart_repeats_from_the_lowest_that_lacks_one()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        bob.Offline();
        CoreBoard alice = broker.Board("alice").PowerOn();
        Write(alice, 5);
        alice.HoldsPubacks = true;
        alice.Online();
        alice.Confirm(4);
        alice.Confirm(2);
        alice.Confirm(0);
        broker.Pass(3000);
        for (int n = 1; n <= 5; n++) Assert.AreEqual(n % 2 == 1 ? Tick.One : Tick.Clock, alice.TickOf("m" + n.ToString()), n.ToString());
        alice.HoldsPubacks = false;
        int before = broker.Log.Count;
        alice.Reboot();
        Assert.AreEqual("2..5", Numbers(broker, before), "a restart forgets PUBACKs behind one that lacks");
        bob.Online();
        broker.Pass(5000);
        Assert.AreEqual("m1|m2|m3|m4|m5", bob.Shows("alice"));
        for (int n = 1; n <= 5; n++) Assert.AreEqual(Tick.Two, alice.TickOf("m" + n.ToString()), n.ToString());
    }

    [TestMethod]
    public void What_was_in_flight_goes_out_again_in_order_when_the_connection_is_back()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        bob.Offline(); // so that no receipt spares what comes
        CoreBoard alice = broker.Board("alice").PowerOn();
        Write(alice, 20);
        alice.HoldsPubacks = true;
        alice.Online();
        alice.Confirm(3); // m4
        broker.Settle();
        Assert.AreEqual(17, broker.Count(ToBob, "\"c\":\"m"), "one more for the one that ended");
        alice.Offline();
        alice.HoldsPubacks = false;
        int before = broker.Log.Count;
        alice.Online();
        Assert.AreEqual("1..3 5..20", Numbers(broker, before));
        bob.Online();
        broker.Pass(3000);
        Assert.AreEqual(alice.Shows("bob"), bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("m20"));
    }

    [TestMethod]
    public void One_that_is_not_confirmed_comes_again_alone()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        bob.Offline();
        CoreBoard alice = broker.Board("alice").PowerOn();
        Write(alice, 5);
        alice.LosePublishes = 1;
        alice.Online();
        broker.Pass(5000);
        Assert.AreEqual("2..5 1..1", Numbers(broker, 0));
        bob.Online();
        broker.Pass(3000);
        Assert.AreEqual("m1|m2|m3|m4|m5", bob.Shows("alice"));
        Assert.AreEqual(0, broker.Count("ec1/i/alice/bob", "\"q\""), "it came before it was asked for");
    }

    [TestMethod]
    public void Those_that_are_not_confirmed_together_are_one_try()
    {
        var broker = new VirtualBroker();
        broker.Board("bob").Online();
        CoreBoard alice = broker.Board("alice").PowerOn();
        Write(alice, 16);
        alice.LosePublishes = 17;
        alice.Online();
        broker.Pass(1900);
        Assert.AreEqual(1, alice.LosePublishes);
        broker.Pass(200);
        Assert.AreEqual(0, alice.LosePublishes, "after 2 s");
        Assert.AreEqual(0, broker.Count(ToBob, "\"c\":\"m"), "one at a time: the link may be slow");
        broker.Pass(4000);
        Assert.AreEqual("1..16", Numbers(broker, 0), "after 4 s");
        broker.Pass(1000);
        Assert.AreEqual(Tick.Two, alice.TickOf("m16"));
        alice.PubackMs = 1000;
        for (int n = 0; n < 3; n++) alice.Types("later", "bob");
        Assert.AreEqual(3, broker.Count(ToBob, "later"), "and several again");
    }

    [TestMethod]
    public void A_receipt_that_overtakes_the_PUBACK_spares_the_repetition()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        broker.Board("bob").Online();
        alice.LosePubacks = 1;
        alice.Types("hi", "bob");
        broker.Pass(5000);
        Assert.AreEqual(1, broker.Count(ToBob, "\"hi\""));
        Assert.AreEqual(Tick.Two, alice.TickOf("hi"));
    }

    [TestMethod]
    public void A_PUBACK_of_an_earlier_life_confirms_nothing_of_the_next()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.HoldsPubacks = true;
        alice.Types("m1", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":9,\"s\":9}");
        Assert.AreEqual(2, alice.Me.Incarnation, "the counter is lost");
        Assert.AreEqual(1, broker.Count(ToBob, "\"m1\""), "one of a number is in flight at a time");
        alice.Confirm();
        broker.Settle();
        Assert.AreEqual(Tick.Clock, alice.TickOf("m1"));
        Assert.AreEqual(1, broker.Count(ToBob, "{\"n\":1,\"t\":1790000000,\"e\":2,\"c\":\"m1\"}"));
        alice.Confirm();
        Assert.AreEqual(Tick.One, alice.TickOf("m1"));
    }

    [TestMethod]
    public void Of_several_in_flight_the_one_that_is_denied_is_found_at_the_third_end()
    {
        var broker = new VirtualBroker { Denied = ToBob };
        CoreBoard carol = broker.Board("carol").Online();
        CoreBoard alice = broker.Board("alice").PowerOn();
        alice.PubackMs = 100; // so that all are in flight when the broker ends it
        alice.Types("c1", "carol");
        alice.Types("no", "bob");
        alice.Types("c2", "carol");
        alice.Online();
        broker.Pass(100);
        broker.Pass(30000);
        Assert.AreEqual(Tick.Failed, alice.TickOf("no"));
        Assert.Contains("denied", alice.Messenger.FailureOf(alice.Find("no")));
        Assert.AreEqual(5, alice.Engine.Session.ConnectionNumber, "three ended on it and one on the question for bob's presence");
        Assert.AreEqual("c1|c2", carol.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("c2"));
    }

    [TestMethod]
    public void After_a_mere_outage_several_are_in_flight_again_once_what_was_has_been_confirmed()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").PowerOn();
        Write(alice, 3);
        alice.HoldsPubacks = true;
        alice.Online();
        Assert.AreEqual(3, alice.MostInFlight);
        alice.Disconnect();
        broker.Pass(3000);
        Assert.AreEqual(4, broker.Count(ToBob, "\"c\":\"m"), "one at a time: it may be denied");
        for (int n = 0; n < 3; n++)
        {
            alice.Confirm();
            broker.Settle();
        }

        for (int n = 0; n < 5; n++) alice.Types("later", "bob");
        Assert.AreEqual(5, alice.MostInFlight);
    }

    private static void Write(CoreBoard board, int count)
    {
        for (int n = 1; n <= count; n++) board.Types("m" + n.ToString(), "bob");
    }

    private static string Long(int count)
    {
        var text = new StringBuilder();
        for (int i = 0; i < count; i++) text.Append('x');
        return text.ToString();
    }

    // the numbers of what was published to bob from a place of the log on, as ranges
    private static string Numbers(VirtualBroker broker, int from)
    {
        string ranges = "";
        int first = 0;
        int last = 0;
        for (int i = from; i <= broker.Log.Count; i++)
        {
            string body = i < broker.Log.Count && broker.Log.TopicAt(i) == ToBob ? broker.Log.TextAt(i) : "";
            int start = body.IndexOf("\"c\":\"m");
            if (start < 0 && i < broker.Log.Count) continue;
            int n = start < 0 ? 0 : int.Parse(body.Substring(start + 6, body.Length - start - 8));
            if (n != last + 1 || last == 0)
            {
                if (last > 0) ranges += (ranges.Length == 0 ? "" : " ") + first.ToString() + ".." + last.ToString();
                first = n;
            }

            last = n;
        }

        return ranges;
    }
}
