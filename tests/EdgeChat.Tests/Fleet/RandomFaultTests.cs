using EdgeChat.TestKit;

namespace EdgeChat.Tests.Fleet;

/// <summary>Three boards, and anything may happen: afterwards each message exists once everywhere, in order, and was shown.</summary>
[TestClass]
public sealed class RandomFaultTests
{
    private const int Steps = 60;
    private const int LongestPauseMs = 400;
    private static readonly string[] Ids = ["alice", "bob", "carol"];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(IBroker.Embedded, 20260921)]
    [DataRow(IBroker.Mosquitto, 4711)]
    public async Task Whatever_happens_each_message_is_everywhere_once_and_was_shown(string broker, int fixedSeed)
    {
        int seed = Seeds.Of(fixedSeed);
        try
        {
            await PlayAsync(broker, seed);
        }
        catch (Exception e)
        {
            throw new AssertFailedException(Seeds.Explain(e.Message, nameof(RandomFaultTests), seed), e);
        }
    }

    private async Task PlayAsync(string broker, int seed)
    {
        var random = new Random(seed);
        await using TestFleet fleet = await TestFleet.StartAsync(broker);
        FleetBoard[] boards = [.. Ids.Select(id => fleet.Add(id, [.. Ids.Where(other => other != id)]))];
        await Task.WhenAll(boards.Select(b => b.OnlineAsync()));
        var sent = new Dictionary<(string From, string To), List<string>>();
        bool hasBroker = true;
        for (int step = 0; step < Steps; step++)
        {
            FleetBoard board = boards[random.Next(boards.Length)];
            string to = Ids.Where(id => id != board.Id).ElementAt(random.Next(2));
            switch (random.Next(10))
            {
                case < 5 when board.Board.IsOn:
                    string text = $"{board.Id} {step} äöü";
                    await board.SendAsync(to, text);
                    if (!sent.TryGetValue((board.Id, to), out List<string>? texts)) sent[(board.Id, to)] = texts = [];
                    texts.Add(text);
                    break;
                case < 7:
                    if (board.Board.IsOn) board.Board.PowerOff();
                    else await board.PowerOnAsync();
                    break;
                case 7:
                    board.Board.Wifi.IsUp = !board.Board.Wifi.IsUp;
                    break;
                case 8:
                    if (hasBroker) await fleet.Broker.StopAsync();
                    else await fleet.Broker.StartAsync();
                    hasBroker = !hasBroker;
                    break;
                default:
                    // the passing of time is one of the things that happen
                    await Task.Delay(random.Next(LongestPauseMs));
                    break;
            }
        }

        await QuietAsync(fleet);
        await fleet.UntilAsked("all agree", async () =>
        {
            bool agree = true;
            foreach (FleetBoard board in boards)
                foreach (string other in Ids.Where(id => id != board.Id))
                {
                    // reading shows what is there: the others wait for that
                    IReadOnlyList<Line> lines = await board.ReadAsync(other);
                    Line[] own = [.. lines.Where(l => l.From == board.Id)];
                    agree &= own.Select(l => l.Text).SequenceEqual(Sent(board.Id, other)) && own.All(l => l.Tick == "read")
                        && lines.Where(l => l.From == other).Select(l => l.Text).SequenceEqual(Sent(other, board.Id));
                }

            return agree;
        });
        TestContext.WriteLine($"{sent.Values.Sum(t => t.Count)} messages, boots {string.Join(", ", boards.Select(b => b.Board.Boots))}");
        Assert.IsTrue(boards.All(b => b.Board.FirmwareFault is null));

        IEnumerable<string> Sent(string from, string to) => sent.TryGetValue((from, to), out List<string>? texts) ? texts : [];
    }

    // everything works again; who has power connects once more, so that nobody waits for the back-off
    private static async Task QuietAsync(TestFleet fleet)
    {
        await fleet.Broker.StartAsync();
        await Task.WhenAll(fleet.Boards.Select(async b =>
        {
            if (!b.Board.IsOn)
            {
                b.Board.Wifi.IsUp = true;
                await b.OnlineAsync();
                return;
            }

            // without network since its start it has nothing to tell
            bool wasUp = b.Board.Wifi.IsUp;
            b.Board.Wifi.IsUp = false;
            if (wasUp) await fleet.Until($"{b.Id} without network", () => b.SaysLast("no-network"));
            int births = b.Births;
            b.Board.Wifi.IsUp = true;
            await b.BornAsync(births);
        }));
    }
}
