using System.Text;
using EdgeChat.ImageKit;
using EdgeChat.TestKit;
using EdgeChat.Tool.Fleets;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Virtual;

namespace EdgeChat.Fleet.Tests;

/// <summary>Whole provisioning over both protocols, with lines, cables and a broker that fail: each run ends well or says what is wrong and
/// what to do, and the next one completes it. Never are two boards one, and never has the broker a password that no board has.</summary>
[TestClass]
public class LineFaultTests
{
    private const int Boards = 20;
    private const int MostRounds = 25;
    private const int Stride = 47; // other seeds take others; the test of category Scale takes all

    // what a board is asked while it is provisioned; what only another command asks is cut in the tests of the protocols
    private const string Asked = "Sync ReadRegister SpiAttach WriteRegister MemBegin MemData MemEnd ChangeBaudRate SpiSetParams FlashMd5 "
        + "DeflateBegin DeflateData DeflateEnd WirePing WireStorageOperation WireUpdateConfiguration WireQueryConfiguration "
        + "WireQueryCapabilities WireFlashSectorMap WireCheckMemory";

    private const string AskedOfOthers = "GetSecurityInfo"; // the ESP32 refuses to answer it

    private static readonly LineFault[] Kinds = [LineFault.Drop, LineFault.Garble, LineFault.Delay, LineFault.Unplug];

    [TestMethod]
    public void A_message_lost_anywhere_ends_in_success_now_or_next_time() => Seeds.Play(nameof(LineFaultTests), 20261127, seed =>
        CutAt((messages, kinds) => kinds.Values.Union(Enumerable.Range(0, messages).Where(m => m % Stride == seed % Stride))));

    [TestMethod]
    [TestCategory("Scale")]
    public void Each_message_lost_ends_in_success_now_or_next_time() => CutAt((messages, _) => Enumerable.Range(0, messages));

    [TestMethod]
    [DataRow("s3", "ESP32_S3")]
    [DataRow("c3", "ESP32_C3")]
    [DataRow("c6", "ESP32_C6_THREAD")]
    public void Each_kind_of_message_may_be_lost_on_other_chips(string chip, string target) =>
        Seeds.Play(nameof(LineFaultTests), 20261128, seed =>
        {
            int turn = seed; // one fault a kind; other seeds have others
            CutAt((_, kinds) => kinds.Values, (LoaderChip.Find(chip)!, target), _ => [Kinds[turn++ % Kinds.Length]]);
        });

    [TestMethod]
    [DataRow(2)]
    [DataRow(3)]
    public void Twenty_boards_with_random_faults_are_all_provisioned_in_the_end(int fixedSeed) =>
        Seeds.Play(nameof(LineFaultTests), fixedSeed, seed => Task.Run(() => PlayTwentyAsync(seed)).GetAwaiter().GetResult());

    private static void CutAt(
        Func<int, IReadOnlyDictionary<string, int>, IEnumerable<int>> which, (LoaderChip Chip, string Target)? other = null,
        Func<int, IReadOnlyList<LineFault>>? faultsAt = null)
    {
        LoaderChip? chip = other?.Chip;
        int messages = 0;
        Dictionary<string, int> kinds;
        using (var folder = new TestFolder())
        {
            var world = new UsbWorld();
            using UsbOfTest board = world.Add(new UsbOfTest("24:6f:28:00:00:01", folder["drive"], chip: chip));
            WriteBundle(folder, other);
            Assert.IsNull(Task.Run(() => RunAsync(folder, world, board)).GetAwaiter().GetResult().Failed);
            messages = board.Line.Messages;
            kinds = board.Kinds;
        }

        Assert.IsTrue(messages > 100, "there is something to lose");
        string[] asked = (chip is null ? Asked : $"{Asked} {AskedOfOthers}").Split(' ');
        CollectionAssert.IsSubsetOf(asked.SelectMany(c => new[] { "> " + c, "< " + c }).ToArray(), kinds.Keys,
            "each is lost, and so is its answer");
        (LineFault Kind, int At)[] all =
            [.. which(messages, kinds).SelectMany(at => (faultsAt?.Invoke(at) ?? Kinds).Select(k => (k, at)))];
        Console.WriteLine($"{all.Length} faults in runs of {messages} messages");
        async ValueTask Cut((LineFault Kind, int At) one, CancellationToken _)
        {
            string where = $"{one.Kind} at {one.At} of {messages}";
            using var folder = new TestFolder();
            var world = new UsbWorld();
            using UsbOfTest board = world.Add(new UsbOfTest(
                "24:6f:28:00:00:01", folder["drive"], number => number == one.At ? one.Kind : LineFault.None, chip));
            WriteBundle(folder, other);
            BoardOutcome outcome = await RunAsync(folder, world, board);
            if (outcome.Failed is not null)
            {
                ExpectCure(outcome, where);
                board.PlugIn();
                outcome = await RunAsync(folder, world, board);
            }

            Assert.IsNull(outcome.Failed, $"{where}: {outcome.Failed} {outcome.Text}");
            Assert.AreEqual("", string.Join('\n', world.Faults), where);
            Assert.AreEqual(board.Identity!.Password, world.Passwords["alice"], where);
        }

        // awaited, as a thread that waits is one less for the virtual boards to answer in time
        Task.Run(() => Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 4 }, Cut)).GetAwaiter().GetResult();
    }

    // of a board with another chip; otherwise the folder has its own
    private static void WriteBundle(TestFolder folder, (LoaderChip Chip, string Target)? other)
    {
        if (other is not var (chip, target)) return;
        string board = Encoding.UTF8.GetString(Samples.Board).Replace("ESP32_REV3", target, StringComparison.Ordinal);
        Samples.WriteBundle(
            folder.Path, runtime: new RuntimeWriter { Chip = chip.Image.Id, Target = target, DeploymentSize = 0x1F0000 },
            board: Encoding.UTF8.GetBytes(board));
    }

    private static async Task<BoardOutcome> RunAsync(TestFolder folder, UsbWorld world, UsbOfTest board)
    {
        FleetFile fleet = folder.Fleet();
        using FleetStore store = folder.Store();
        return await new Provisioner(Tools(folder, fleet, store, world)).RunAsync(new UsbBoard(board.Line), null, CancellationToken.None);
    }

    private static async Task PlayTwentyAsync(int seed)
    {
        var dice = new Random(seed);
        var gate = new Lock();
        int Roll(int below)
        {
            lock (gate) return dice.Next(below);
        }

        using var folder = new TestFolder();
        string boards = string.Join('\n', Enumerable.Range(1, Boards).Select(i => $"  board-{i:00}: {{}}"));
        FleetFile fleet = folder.Fleet(
            $"fleet: home\nbundle: edgechat.bundle\nbroker: {{ host: b, credentials: mosquitto, passwords: p }}\nboards:\n{boards}\n");
        CancellationTokenSource? stop = null;
        var world = new UsbWorld
        {
            Before = () =>
            {
                if (Roll(15) == 0) throw new FleetException("no broker answers: start it");
                if (Roll(150) == 0) stop!.Cancel(); // Ctrl-C
            },
        };
        for (int i = 1; i <= Boards; i++)
            world.Add(new UsbOfTest(
                $"24:6f:28:00:00:{i:x2}", folder[$"drive-{i}"],
                _ => Roll(200) == 0 ? Kinds[Roll(Kinds.Length)] : LineFault.None));
        int failed = 0, round = 0;
        using (FleetStore store = folder.Store())
        {
            ProvisionTools tools = Tools(folder, fleet, store, world);
            while (store.Boards().Count(b => b.State == BoardState.Provisioned) < Boards)
            {
                Assert.IsTrue(round++ < MostRounds, $"{store.Boards().Count(b => b.State == BoardState.Provisioned)} after {round} runs");
                using (stop = new CancellationTokenSource())
                {
                    var session = new ProvisionSession(
                        new Provisioner(tools), name => new UsbBoard(world.Boards.Single(b => b.Line.Name == name).Line));
                    foreach (BoardOutcome outcome in await session.RunAsync([.. world.Boards.Select(b => b.Line.Name)], null, stop.Token))
                    {
                        if (outcome.Failed is null) continue;
                        failed++;
                        ExpectCure(outcome, $"run {round}");
                    }
                }

                foreach (UsbOfTest board in world.Boards) board.PlugIn();
            }

            Assert.IsTrue(failed > 0, "nothing was wrong");
            world.Look();
            Assert.AreEqual("", string.Join('\n', world.Faults));
            foreach (UsbOfTest board in world.Boards)
            {
                StoredBoard stored = store.FindByMac(board.Mac)!;
                Assert.AreEqual((stored.Id, stored.Incarnation), (board.Identity!.Id, board.Identity.Incarnation));
                Assert.AreEqual(board.Identity.Password, world.Passwords[stored.Id]);
            }

            Assert.AreEqual(Boards, world.Boards.Select(b => b.Identity!.Id).Distinct().Count());
            Console.WriteLine($"seed {seed}: {round} runs, {failed} boards failed and were completed by a later run");
        }

        foreach (UsbOfTest board in world.Boards) board.Dispose();
    }

    // what went wrong, then what to do
    private static void ExpectCure(BoardOutcome outcome, string where)
    {
        Assert.IsTrue(Enum.IsDefined(outcome.Failed!.Value), where);
        StringAssert.Matches(outcome.Text, new("[:;] "), where);
    }

    private static ProvisionTools Tools(TestFolder folder, FleetFile fleet, FleetStore store, UsbWorld world) =>
        folder.Tools(fleet, store, world, world) with { Wifi = new WifiLogin("home", "wifi-secret-7") };
}
