using EdgeChat.Core;
using EdgeChat.Metering;
using EdgeChat.TestKit;

namespace EdgeChat.Budgets.Tests;

/// <summary>A board with hardly more heap than it takes to start goes on, whatever comes and whatever a person does.</summary>
[TestClass]
public class SmallHeapTests
{
    private const int DayMs = 24 * 3600 * 1000;
    private const int Texts = 40;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(8_300, true)]
    [DataRow(12_000, true)]
    [DataRow(24_000, false)]
    public void What_a_board_has_no_heap_for_ends_nothing_and_is_shown_or_waits(int spareBytes, bool isShort)
    {
        Meter.Reset();
        var world = new VirtualBroker();
        CoreBoard bob = world.Board("bob").Online();
        WholeBoard alice = new WholeBoard(world, "alice").Online();
        Meter.IsOn = false;
        int start = alice.HeapBytes;
        Meter.Limit(start + spareBytes, () => alice.HeapBytes);

        for (int n = 1; n <= Texts; n++)
        {
            bob.Types(n % 10 == 0 ? n + " " + new string('x', 900) : "message " + n, "alice");
            world.Publish("ec1/i/alice/stranger-" + n % 20, $$"""{"n":{{(n + 19) / 20}},"c":"hello ä Ω Ж 👍"}""");
            alice.Press(n % 3 == 0 ? Key.Ok : Key.Down, n % 7 == 0);
            alice.Type(n % 4 == 0 ? "help" : n % 4 == 1 ? "search message" : "send bob answer " + n);
            world.Pass(2000);
        }

        TestContext.WriteLine($"start {start} bytes, {spareBytes} spare: the heap was short {alice.Status.MemoryShortages} times");
        Assert.AreEqual(isShort, alice.Status.MemoryShortages > 0, "whether the heap was short");
        Meter.Reset();
        Meter.IsOn = false;
        for (int day = 0; day < 3; day++)
        {
            alice.Press(Key.Up, true);
            world.Pass(DayMs);
        }

        // what alice has, bob has, and the other way round; what she could not keep has no second tick
        ChatReader hers = alice.Chats;
        Assert.AreEqual(hers.TextsOf("bob", "alice"), bob.Chats.TextsOf("alice", "alice"), "what bob has of alice");
        for (int n = 1; n <= Texts; n++)
        {
            string text = n % 10 == 0 ? n + " " + new string('x', 900) : "message " + n;
            if ((int)bob.TickOf(text) is (int)Tick.Two or (int)Tick.Shown)
                Assert.IsGreaterThanOrEqualTo(0, hers.Find(text), text + " has a tick and is not there");
        }
    }
}
