namespace EdgeChat.Fleet.Tests;

/// <summary>Provisioning, cut everywhere.</summary>
[TestClass]
public class ProvisionTests
{
    private const string Mac = "24:6f:28:00:00:01";
    private const string Other = "24:6f:28:00:00:02";

    [TestMethod]
    public async Task A_bare_board_comes_to_its_first_message()
    {
        using var folder = new TestFolder();
        var world = new World();
        var log = new EventLog();
        BoardOutcome outcome = await Run(folder, world, world.Board(Mac), log);
        Assert.IsNull(outcome.Failed, outcome.Text);
        BoardOfTest board = world.Board(Mac);
        Assert.AreEqual(("alice", 1, 1), (board.Id, board.Incarnation, board.Erased));
        Assert.AreEqual(board.Password, world.Passwords["alice"]);
        Assert.AreEqual("alice 1 Welcome to home", world.Said.Single());
        using FleetStore store = folder.Store();
        Assert.AreEqual(BoardState.Provisioned, store.Find("alice")!.State);
        Assert.AreEqual("EdgeChat.Device 0.1.0.0", store.Find("alice")!.Firmware);
        Step[] done = [.. log.Events.Where(e => e.State is StepState.Done or StepState.Skipped).Select(e => e.Step)];
        CollectionAssert.AreEqual(Enum.GetValues<Step>(), done, "each step, in order");
    }

    [TestMethod]
    public void A_password_is_192_bits_of_which_each_varies()
    {
        byte[][] bits = [.. Enumerable.Range(0, 1000).Select(_ => Provisioner.NewPassword())
            .Select(p => Convert.FromBase64String(p.Replace('-', '+').Replace('_', '/')))];
        Assert.IsTrue(bits.All(b => b.Length * 8 == 192));
        for (int i = 0; i < 192; i++)
            Assert.AreEqual(2, bits.Select(b => b[i / 8] >> (i % 8) & 1).Distinct().Count(), "bit " + i); // by chance once in 2^991
    }

    [TestMethod]
    public async Task A_run_that_was_cut_anywhere_is_completed_by_the_next()
    {
        int calls = await CountCalls();
        Assert.IsTrue(calls > 10);
        for (int cut = 1; cut <= calls; cut++)
        {
            foreach (bool after in new[] { false, true })
            {
                using var folder = new TestFolder();
                var world = new World { CutAt = cut, CutsAfter = after };
                world.AfterEach = () => NoPasswordWithoutItsBoard(world);
                await Assert.ThrowsExactlyAsync<CutException>(() => Run(folder, world, world.Board(Mac)), $"cut at {cut}");
                int before = Last(folder);
                world.Restart();
                BoardOutcome outcome = await Run(folder, world, world.Board(Mac));
                string where = $"cut {(after ? "after" : "before")} {cut}: {outcome.Text}";
                Assert.IsNull(outcome.Failed, where);
                BoardOfTest board = world.Board(Mac);
                Assert.AreEqual("alice", board.Id, where);
                Assert.AreEqual(board.Password, world.Passwords["alice"], where);
                Assert.AreEqual(1, world.Boards.Values.Count(b => b.Id == "alice"), where);
                Assert.IsTrue(board.Incarnation >= Math.Max(before, 1) && board.Incarnation == Last(folder), where);
                Assert.IsTrue(world.Said.Count >= 1, where);
            }
        }
    }

    [TestMethod]
    public async Task After_a_cut_another_board_never_gets_the_same_id()
    {
        int calls = await CountCalls();
        for (int cut = 1; cut <= calls; cut++)
        {
            using var folder = new TestFolder();
            var world = new World { CutAt = cut, CutsAfter = true };
            await Assert.ThrowsExactlyAsync<CutException>(() => Run(folder, world, world.Board(Mac)));
            world.Restart();
            BoardOutcome outcome = await Run(folder, world, world.Board(Other));
            Assert.IsNull(outcome.Failed, $"cut at {cut}: {outcome.Text}");
            BoardOutcome first = await Run(folder, world, world.Board(Mac));
            Assert.IsNull(first.Failed, $"cut at {cut}: {first.Text}");
            CollectionAssert.AreEquivalent(new[] { "alice", "bob" }, world.Boards.Values.Select(b => b.Id).ToArray(), $"cut at {cut}");
        }
    }

    [TestMethod]
    public async Task A_board_that_is_provisioned_is_left_in_its_life()
    {
        using var folder = new TestFolder();
        var world = new World();
        await Run(folder, world, world.Board(Mac));
        string password = world.Board(Mac).Password!;
        Assert.AreEqual("is provisioned already; --renew gives it a new life", (await Run(folder, world, world.Board(Mac))).Text);
        Assert.AreEqual((1, 1), (world.Board(Mac).Erased, world.Said.Count));

        BoardOutcome renewed = await Run(folder, world, world.Board(Mac), change: t => t with { Renews = true });
        Assert.IsNull(renewed.Failed, renewed.Text);
        Assert.AreEqual((2, 2), (world.Board(Mac).Incarnation, world.Board(Mac).Erased));
        Assert.AreNotEqual(password, world.Board(Mac).Password);
    }

    [TestMethod]
    public async Task Changed_settings_and_a_new_password_are_written_without_a_new_life()
    {
        using var folder = new TestFolder();
        var world = new World();
        await Run(folder, world, world.Board(Mac));
        folder.Fleet(TestFolder.TwoBoards.Replace("name: Alice", "name: Alice at work"));
        using (FleetStore store = folder.Store()) store.SetSecret(Provisioner.SecretOf("alice"), "another");
        BoardOutcome outcome = await Run(folder, world, world.Board(Mac));
        Assert.IsNull(outcome.Failed, outcome.Text);
        BoardOfTest board = world.Board(Mac);
        Assert.AreEqual((1, 1, "another", "another"), (board.Incarnation, board.Erased, board.Password, world.Passwords["alice"]));
    }

    [TestMethod]
    public async Task An_id_is_taken_from_a_lost_board_only_when_somebody_says_so()
    {
        using var folder = new TestFolder();
        var world = new World();
        await Run(folder, world, world.Board(Mac));
        string lost = world.Passwords["alice"];
        BoardOutcome refused = await Run(folder, world, world.Board(Other), wanted: "alice");
        Assert.AreEqual(Step.Identity, refused.Failed);
        StringAssert.Contains(refused.Text, "never two boards have one id");
        Assert.AreEqual(0, world.Board(Other).Erased, "a wrong board stays as it is");
        BoardOutcome replaced = await Run(folder, world, world.Board(Other), wanted: "alice", change: t => t with { Replaces = true });
        Assert.IsNull(replaced.Failed, replaced.Text);
        Assert.AreEqual((2, "alice"), (world.Board(Other).Incarnation, world.Board(Other).Id));
        Assert.AreNotEqual(lost, world.Passwords["alice"], "the lost board's password is worth nothing");
    }

    [TestMethod]
    public async Task A_lost_store_gives_no_incarnation_that_the_broker_has_seen()
    {
        using var folder = new TestFolder();
        var world = new World { Retained = { ["alice"] = 7 } };
        BoardOutcome outcome = await Run(folder, world, world.Board(Mac));
        Assert.IsNull(outcome.Failed, outcome.Text);
        Assert.AreEqual(8, world.Board(Mac).Incarnation);
        Assert.IsNull((await Run(folder, world, world.Board(Mac), change: t => t with { Renews = true })).Failed);
        Assert.AreEqual(9, world.Board(Mac).Incarnation);
    }

    [TestMethod]
    public async Task An_incarnation_that_a_board_took_by_itself_is_not_given()
    {
        using var folder = new TestFolder();
        var world = new World { LivedIn = 5 };
        Assert.IsNull((await Run(folder, world, world.Board(Mac))).Failed);
        Assert.AreEqual(1, world.Board(Mac).Incarnation);
        Assert.AreEqual(5, Last(folder));
        world.Retained.Clear();
        Assert.IsNull((await Run(folder, world, world.Board(Mac), change: t => t with { Renews = true })).Failed);
        Assert.AreEqual(6, world.Board(Mac).Incarnation);
    }

    [TestMethod]
    public async Task Twenty_boards_are_provisioned_at_once_and_no_two_get_one_id()
    {
        using var folder = new TestFolder();
        string boards = string.Join('\n', Enumerable.Range(1, 20).Select(i => $"  board-{i:00}: {{}}"));
        folder.Fleet($"fleet: home\nbundle: edgechat.bundle\nbroker: {{ host: b }}\nboards:\n{boards}\n");
        var world = new World();
        string[] macs = [.. Enumerable.Range(1, 20).Select(i => $"24:6f:28:00:00:{i:x2}")];
        foreach (string mac in macs) world.Board(mac);
        using FleetStore store = folder.Store();
        ProvisionTools tools = Tools(folder, store, world, new EventLog());
        var session = new ProvisionSession(new Provisioner(tools), mac => new PortOfTest(world, world.Board(mac)));
        IReadOnlyList<BoardOutcome> outcomes = await session.RunAsync(macs, null, CancellationToken.None);
        Assert.AreEqual("", string.Join('\n', outcomes.Where(o => o.Failed is not null).Select(o => o.Text)));
        Assert.AreEqual(20, world.Boards.Values.Select(b => b.Id).Distinct().Count());
        Assert.AreEqual(20, store.Boards().Count(b => b.State == BoardState.Provisioned));
    }

    [TestMethod]
    public async Task A_chip_that_no_bundle_is_for_is_refused_before_it_is_touched()
    {
        using var folder = new TestFolder();
        var world = new World();
        var board = new BoardOfTest(Mac) { Chip = "esp32s3" };
        BoardOutcome outcome = await Run(folder, world, board);
        Assert.AreEqual(Step.Identity, outcome.Failed);
        StringAssert.Contains(outcome.Text, "is left for this esp32s3");
        outcome = await Run(folder, world, board, wanted: "alice");
        StringAssert.Contains(outcome.Text, "this is an esp32s3, and the bundle of alice is for esp32-devkit with an esp32");
        Assert.AreEqual(0, board.Erased);
    }

    [TestMethod]
    public async Task No_event_and_no_outcome_has_a_secret()
    {
        using var folder = new TestFolder();
        var world = new World();
        var log = new EventLog();
        BoardOutcome outcome = await Run(folder, world, world.Board(Mac), log,
            change: t => t with { Wifi = new WifiLogin("home", "wifi-secret-7") });
        string all = log.Text + outcome + new WifiLogin("home", "wifi-secret-7");
        foreach (string secret in new[] { world.Passwords["alice"], "wifi-secret-7" })
            Assert.IsFalse(all.Contains(secret, StringComparison.Ordinal), secret);
    }

    private static void NoPasswordWithoutItsBoard(World world)
    {
        foreach (var (user, password) in world.Passwords)
            Assert.IsTrue(world.Boards.Values.Any(b => b.Id == user && b.Password == password), $"{user} has a password that no board has");
    }

    private static int Last(TestFolder folder)
    {
        using FleetStore store = folder.Store();
        return store.Incarnations().Where(i => i.Id == "alice").Select(i => i.Incarnation).DefaultIfEmpty(0).Max();
    }

    private static async Task<int> CountCalls()
    {
        using var folder = new TestFolder();
        var world = new World();
        await Run(folder, world, world.Board(Mac));
        return world.Done;
    }

    private static async Task<BoardOutcome> Run(
        TestFolder folder, World world, BoardOfTest board, EventLog? log = null, string? wanted = null,
        Func<ProvisionTools, ProvisionTools>? change = null)
    {
        if (!File.Exists(folder[FleetFile.DefaultName])) folder.Fleet();
        using FleetStore store = folder.Store();
        ProvisionTools tools = Tools(folder, store, world, log ?? new EventLog());
        return await new Provisioner(change is null ? tools : change(tools))
            .RunAsync(new PortOfTest(world, board), wanted, CancellationToken.None);
    }

    private static ProvisionTools Tools(TestFolder folder, FleetStore store, World world, EventLog log)
    {
        var broker = new BrokerOfTest(world);
        return folder.Tools(FleetReader.Load(folder[FleetFile.DefaultName]), store, broker, broker, log.Add);
    }
}
