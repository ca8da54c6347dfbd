using System.Text.Json;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Metering;
using EdgeChat.TestKit;

namespace EdgeChat.Budgets.Tests;

/// <summary>Each allocation of a conversation fails once, as on a board whose heap is short at that moment: nothing is lost, nothing comes
/// twice, no tick lies.</summary>
[TestClass]
public class ShortHeapTests
{
    private const int DayMs = 24 * 3600 * 1000;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Whichever_allocation_fails_all_messages_arrive_once_and_their_ticks_are_true(bool isSealed)
    {
        Talk(0, isSealed, out int allocations);
        TestContext.WriteLine($"{allocations} allocations");
        Assert.IsGreaterThan(100, allocations);
        for (int failing = 1; failing <= allocations; failing++)
        {
            try
            {
                Talk(failing, isSealed, out _);
            }
            catch (Exception e)
            {
                throw new AssertFailedException($"allocation {failing} of {allocations}: {e.Message}", e);
            }
        }
    }

    [TestMethod]
    public void Whichever_allocation_of_a_command_fails_a_program_gets_one_answer_in_JSON()
    {
        int allocations = int.MaxValue;
        for (int failing = 1; failing <= allocations; failing++)
        {
            var world = new VirtualBroker();
            CoreBoard bob = world.Board("bob").Online();
            WholeBoard alice = new WholeBoard(world, "alice").Online();
            alice.Type("mode json");
            Meter.Reset();
            Meter.FailAt(failing);
            int start = alice.Console.Length;
            alice.Type("send bob hello");
            if (Meter.Allocations < failing) allocations = Meter.Allocations;
            Meter.Reset();
            Answers(alice.Console[start..], failing);
            start = alice.Console.Length;
            alice.Type("list");
            Answers(alice.Console[start..], failing);
        }

        TestContext.WriteLine($"{allocations} allocations");
        Assert.IsGreaterThan(5, allocations);
    }

    private static void Answers(string console, int failing)
    {
        string[] results = [.. console.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => JsonDocument.Parse(line).RootElement.TryGetProperty("ok", out _))];
        Assert.AreEqual(1, results.Length, $"allocation {failing}: answers in {console}");
    }

    // alice has the whole core, bob is a board without screens; she reads and answers, on the console and with her buttons
    private static void Talk(int failing, bool isSealed, out int allocations)
    {
        Meter.Reset();
        var world = new VirtualBroker();
        CoreBoard bob = world.Board("bob").Online();
        WholeBoard alice = new WholeBoard(world, "alice").Online();
        if (isSealed)
        {
            string key = TypedKey.Write(new byte[KeyTree.TypedBytes]);
            alice.Type("key enter bob " + key);
            Assert.AreEqual(SendError.None, bob.Messenger.EnterKey("alice", key));
        }

        Meter.Reset();
        Meter.IsOn = false;
        if (failing > 0) Meter.FailAt(failing);
        for (int n = 1; n <= 2; n++)
        {
            bob.Types("message " + n, "alice");
            world.Pass(3000);
        }

        alice.Press(Key.Ok);
        alice.Type("send bob answer");
        world.Pass(5000);
        world.Publish("ec1/i/alice/carol", """{"n":1,"c":"hello from carol"}""");
        alice.Press(Key.Up, true);
        allocations = Meter.Allocations;
        Meter.Reset();
        Meter.IsOn = false;
        world.Pass(DayMs); // what was lost on the way is sent again
        alice.Press(Key.Ok);
        world.Pass(DayMs);

        ChatReader hers = alice.Chats;
        Assert.AreEqual("message 1 message 2 ", hers.TextsOf("bob", "bob"), "what alice has of bob");
        string answer = hers.TextsOf("bob", "alice");
        Assert.AreEqual(answer, bob.Chats.TextsOf("alice", "alice"), "what bob has of alice");
        if (answer.Length > 0) Assert.AreEqual(Tick.Two, hers.TickOf("answer"), "the tick of the answer");
        else StringAssert.Contains(alice.Console, "out of memory", "nobody says that the answer was not sent");
        if (answer.Length == 0) Assert.AreEqual(1, alice.Status.MemoryShortages, "an answer is missing though the heap was never short");
        for (int n = 1; n <= 2; n++)
            Assert.IsGreaterThanOrEqualTo((int)Tick.Two, (int)bob.TickOf("message " + n), "the tick of message " + n);
    }
}
