using EdgeChat.Core;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>A clock that was wrong for a while destroys nothing that waits.</summary>
[TestClass]
public class ClockLeapTests
{
    private const int FiveYears = 5 * 365 * 24 * 3600;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void What_a_clock_years_ahead_has_given_up_waits_again_once_it_is_right(bool restarts)
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("there", "bob");
        broker.Pass(5000);
        alice.Offline();
        alice.Types("waits", "bob");
        alice.SetClock(FiveYears);
        broker.Pass(61_000);
        Assert.AreEqual(Tick.Failed, alice.TickOf("there"));
        Assert.AreEqual(Tick.Failed, alice.TickOf("waits"));
        if (restarts) alice.Reboot();
        alice.SetClock(0);
        broker.Pass(61_000);
        Assert.AreEqual(Tick.Clock, alice.TickOf("there"));
        Assert.AreEqual(Tick.Clock, alice.TickOf("waits"));
        if (restarts) alice.Reboot();
        Assert.AreEqual(2, alice.Messenger.UnsentCount);
        alice.Online();
        CoreBoard bob = broker.Board("bob").Online();
        broker.Pass(120_000);
        Assert.AreEqual("there|waits", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("there"));
        Assert.AreEqual(Tick.Two, alice.TickOf("waits"));
    }

    [TestMethod]
    public void What_is_asked_for_while_the_clock_is_wrong_is_not_called_lost()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a1", "bob");
        bob.LoseDeliveries = 1;
        alice.Types("a2", "bob");
        alice.SetClock(FiveYears);
        alice.Types("a3", "bob");
        broker.Pass(10_000);
        Assert.AreEqual("a1|a2|a3", bob.Shows("alice"));
        Assert.AreEqual(Tick.Two, alice.TickOf("a2"));
    }

    [TestMethod]
    public void What_is_too_old_by_the_right_clock_stays_given_up()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("old", "bob");
        broker.Pass((Limits.ExpirySeconds + 120) * 1000L);
        alice.SetClock(FiveYears);
        alice.SetClock(0);
        broker.Pass(61_000);
        Assert.AreEqual(Tick.Failed, alice.TickOf("old"));
        alice.Reboot();
        Assert.AreEqual(Tick.Failed, alice.TickOf("old"));
    }
}
