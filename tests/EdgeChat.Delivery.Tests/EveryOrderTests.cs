using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Three messages under every order of what can happen: a PUBACK, a receipt, a disconnect, a reboot on either side.</summary>
/// <remarks>After each step the ticks must be true and must not have gone back, but for what a reboot may forget: a PUBACK. In the end all
/// is shown once.</remarks>
[TestClass]
public class EveryOrderTests
{
    private const int Puback = 0;
    private const int Receipt = 1;
    private const int Disconnect = 2;
    private const int RebootSender = 3;
    private const int RebootReader = 4;
    private const int Shows = 5;
    private const int Messages = 3;
    private const int Steps = 5;
    private const int Events = 6;

    [TestMethod]
    public void In_every_order_each_message_is_shown_once_and_each_tick_is_true()
    {
        for (int trace = 0; trace < Traces(); trace++) Play(trace, 0);
    }

    [TestMethod]
    public void In_every_order_after_the_PUBACKs_each_message_is_shown_once_and_each_tick_is_true()
    {
        for (int trace = 0; trace < Traces(); trace++) Play(trace, Messages);
    }

    private static int Traces()
    {
        int traces = 1;
        for (int i = 0; i < Steps; i++) traces *= Events;
        return traces;
    }

    private static void Play(int trace, int confirmed)
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.HoldsPubacks = true;
        bob.HoldsPubacks = true;
        string name = confirmed.ToString() + " confirmed - trace";
        for (int n = 1; n <= Messages; n++) alice.Types("m" + n.ToString(), "bob");
        Tick[] before = { Tick.Clock, Tick.Clock, Tick.Clock };
        int shown = 0;
        for (int n = 1; n <= confirmed; n++) Do(Puback, broker, alice, bob);
        for (int step = 0, rest = trace; step < Steps; step++, rest /= Events)
        {
            name += " " + (rest % Events).ToString();
            Do(rest % Events, broker, alice, bob);
            bool mayForget = rest % Events == RebootSender;
            if (rest % Events == Shows) shown = Number(bob);
            Check(name, alice, bob, before, shown, mayForget);
        }

        alice.HoldsPubacks = false;
        bob.HoldsPubacks = false;
        while (alice.IsWaitingForPuback) alice.Confirm();
        while (bob.IsWaitingForPuback) bob.Confirm();
        alice.Online();
        bob.Online();
        broker.Pass(5000);
        bob.Opens("alice");
        broker.Pass(90000);
        Assert.AreEqual("m1|m2|m3", bob.Shows("alice"), name);
        for (int n = 1; n <= Messages; n++) Assert.AreEqual(Tick.Shown, alice.TickOf("m" + n.ToString()), name);
    }

    private static void Do(int what, VirtualBroker broker, CoreBoard alice, CoreBoard bob)
    {
        switch (what)
        {
            case Puback:
                if (alice.IsWaitingForPuback) alice.Confirm();
                broker.Settle();
                break;
            case Receipt:
                broker.Pass(2000);
                if (bob.IsWaitingForPuback) bob.Confirm();
                broker.Settle();
                break;
            case Disconnect:
                if (alice.IsOnline) alice.Offline();
                else alice.Online();
                break;
            case RebootSender: alice.Reboot(); break;
            case RebootReader: bob.Reboot(); break;
            case Shows: bob.Opens("alice"); break;
        }
    }

    // they come in order, so the newest tells how many there are
    private static int Number(CoreBoard bob)
    {
        int conversation = bob.Messenger.Find("alice", false);
        int newest = conversation < 0 ? -1 : bob.Messenger.Newest(conversation);
        return newest < 0 ? 0 : bob.Messenger.NumberOf(newest);
    }

    private static void Check(string name, CoreBoard alice, CoreBoard bob, Tick[] before, int shown, bool mayForget)
    {
        int there = Number(bob);
        Assert.AreEqual(there - shown, bob.Unread("alice"), name + ": unread");
        for (int n = 1; n <= Messages; n++)
        {
            string text = "m" + n.ToString();
            Tick tick = alice.TickOf(text);
            Assert.IsTrue(tick >= Tick.Clock && tick <= Tick.Shown, name + ": " + text + " is gone");
            if (tick >= Tick.Two) Assert.IsTrue(n <= there && bob.Find(text) >= 0, name + ": two ticks and bob has no " + text);
            if (tick == Tick.Shown) Assert.IsTrue(n <= shown, name + ": shown ticks and bob has not shown " + text);
            if (mayForget && before[n - 1] == Tick.One) Assert.IsTrue(tick >= Tick.Clock, name);
            else Assert.IsTrue(tick >= before[n - 1], name + ": the tick of " + text + " went back");
            before[n - 1] = tick;
        }
    }
}
