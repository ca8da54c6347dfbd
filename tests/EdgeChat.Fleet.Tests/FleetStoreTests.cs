using System.Diagnostics;
using System.Text;

namespace EdgeChat.Fleet.Tests;

/// <summary>The store: who has what, never twice, and its secrets sealed.</summary>
[TestClass]
public class FleetStoreTests
{
    private const string Mac = "24:6f:28:00:00:01";
    private const string Other = "24:6f:28:00:00:02";

    [TestMethod]
    public void An_incarnation_is_never_given_twice()
    {
        using var folder = new TestFolder();
        using (FleetStore store = folder.Store())
        {
            Assert.AreEqual(1, store.Claim("alice", Mac));
            Assert.AreEqual(2, store.Claim("alice", Mac));
            Assert.AreEqual(1, store.Claim("bob", Other));
            store.Record("alice", BoardState.Revoked);
        }

        using FleetStore again = folder.Store();
        Assert.AreEqual(3, again.Claim("alice", "24:6f:28:00:00:03"));
    }

    [TestMethod]
    public void Boards_that_are_provisioned_side_by_side_get_their_own_secrets()
    {
        using var folder = new TestFolder();
        using FleetStore store = folder.Store();
        string[] names = [.. Enumerable.Range(1, 20).Select(i => $"password/{i}")];
        foreach (string name in names) store.SetSecret(name, name);
        Parallel.For(0, 5000, new ParallelOptions { MaxDegreeOfParallelism = names.Length }, i =>
            Assert.AreEqual(names[i % names.Length], store.Secret(names[i % names.Length])));
    }

    [TestMethod]
    public void Never_have_two_boards_one_id_nor_a_board_two()
    {
        using var folder = new TestFolder();
        using FleetStore store = folder.Store();
        store.Claim("alice", Mac);
        Fails(() => store.Claim("alice", Other), $"alice is board {Mac}, and never two boards have one id");
        Fails(() => store.Claim("bob", Mac), $"board {Mac} is alice already");
        Assert.AreEqual(2, store.Claim("alice", Other, replaces: true));
        Assert.IsNull(store.FindByMac(Mac));
        store.Record("alice", BoardState.Revoked);
        Assert.AreEqual(1, store.Claim("bob", Other));
        Assert.AreEqual("bob", store.FindByMac(Other)!.Id);
        Assert.AreEqual(3, store.Claim("alice", Mac));
    }

    [TestMethod]
    public void A_claim_begins_a_new_journal()
    {
        using var folder = new TestFolder();
        using FleetStore store = folder.Store();
        store.Claim("alice", Mac);
        store.Mark("alice", "Files", isDone: false);
        Assert.IsFalse(store.IsDone("alice", "Files"));
        store.Mark("alice", "Files", isDone: true);
        Assert.IsTrue(store.IsDone("alice", "Files"));
        store.Claim("alice", Mac);
        Assert.IsFalse(store.IsDone("alice", "Files"));
    }

    [TestMethod]
    public void Secrets_are_sealed_under_their_names_and_open_with_the_right_key_only()
    {
        using var folder = new TestFolder();
        const string Secret = "correct horse battery staple";
        using (FleetStore store = folder.Store()) store.SetSecret("board/alice", Secret);
        Assert.IsFalse(Encoding.Latin1.GetString(File.ReadAllBytes(folder["fleet.db"])).Contains("horse", StringComparison.Ordinal));
        using (FleetStore store = folder.Store()) Assert.AreEqual(Secret, store.Secret("board/alice"));
        StoreSecret.MakeKeyFile(folder["other"]);
        Fails(() => FleetStore.Open(folder["fleet.db"], StoreSecret.KeyFile(folder["other"]), "x"), "the key is wrong");
        Fails(() => FleetStore.Open(folder["fleet.db"], StoreSecret.Passphrase("long enough"), "x"), "opens with a key file");
        Fails(() => StoreSecret.MakeKeyFile(folder["other"]), "is not written over");
        Fails(() => StoreSecret.Passphrase("short"), "at least 8 characters");
        if (!OperatingSystem.IsWindows())
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["fleet.db"]));
    }

    [TestMethod]
    public void A_passphrase_opens_a_store_that_was_made_with_it()
    {
        using var folder = new TestFolder();
        using (var store = FleetStore.Open(folder["s"], StoreSecret.Passphrase("a long passphrase"), "x", StoreUse.Create))
            store.SetSecret("a", "b");
        using (var store = FleetStore.Open(folder["s"], StoreSecret.Passphrase("a long passphrase"), "x")) Assert.AreEqual("b",
            store.Secret("a"));
        Fails(() => FleetStore.Open(folder["s"], StoreSecret.Passphrase("another passphrase"), "x"), "the passphrase is wrong");
    }

    [TestMethod]
    public void What_is_no_store_is_said_and_left_alone()
    {
        using var folder = new TestFolder();
        StoreSecret.MakeKeyFile(folder["key"]);
        Fails(() => FleetStore.Open(folder["gone"], StoreSecret.KeyFile(folder["key"]), "x"), "there is no store of the fleet yet");
        Assert.IsFalse(File.Exists(folder["gone"]));
        File.WriteAllText(folder["text"], new string('x', 5000));
        Fails(() => FleetStore.Open(folder["text"], StoreSecret.KeyFile(folder["key"]), "x"), "it is damaged or no store");
        Assert.AreEqual(5000, new FileInfo(folder["text"]).Length);
    }

    [TestMethod]
    public void Everything_is_written_down_with_who_and_when()
    {
        using var folder = new TestFolder();
        using FleetStore store = folder.Store("kim");
        store.Claim("alice", Mac);
        store.Record("alice", BoardState.Provisioned, "esp32", "EdgeChat.Device 0.1.0.0", "ESP32_REV3 1.17.0.10");
        StoreEvent[] events = [.. store.History("alice")];
        Assert.AreEqual("given to 24:6f:28:00:00:01 as incarnation 1; provisioned", string.Join("; ", events.Select(e => e.What)));
        Assert.IsTrue(events.All(e => e.Who == "kim" && DateTimeOffset.UtcNow - e.At < TimeSpan.FromMinutes(5)));
        Assert.AreEqual(("esp32", "kim"), (store.Find("alice")!.Chip, store.Find("alice")!.Who));
    }

    [TestMethod]
    public void Two_processes_claim_side_by_side_and_neither_gets_the_others()
    {
        using var folder = new TestFolder();
        using FleetStore one = folder.Store();
        using FleetStore other = folder.Store();
        var given = new System.Collections.Concurrent.ConcurrentBag<int>();
        Parallel.For(0, 40, i => given.Add((i % 2 == 0 ? one : other).Claim("alice", Mac)));
        CollectionAssert.AreEquivalent(Enumerable.Range(1, 40).ToArray(), given.ToArray());
    }

    [TestMethod]
    public async Task What_was_given_is_in_the_store_whenever_its_writer_is_killed()
    {
        using var folder = new TestFolder();
        StoreSecret.MakeKeyFile(folder["store.key"]);
        int last = 0;
        for (int round = 0; round < 12; round++)
        {
            using Process writer = Process.Start(new ProcessStartInfo(
                "dotnet", [typeof(StoreWriter).Assembly.Location, folder["fleet.db"],
                    folder["store.key"]])
            { RedirectStandardOutput = true })!;
            // killed after some claims that were said, in the middle of whatever comes next
            for (int i = 0; i <= round; i++) last = int.Parse((await writer.StandardOutput.ReadLineAsync())!);
            writer.Kill();
            string rest = await writer.StandardOutput.ReadToEndAsync();
            await writer.WaitForExitAsync();
            foreach (string line in rest.Split('\n').SkipLast(1)) last = int.Parse(line);
            using FleetStore store = folder.Store();
            int[] given = [.. store.Incarnations().Select(i => i.Incarnation)];
            CollectionAssert.AreEqual(Enumerable.Range(1, given.Length).ToArray(), given, "each once");
            Assert.IsTrue(given.Length >= last, $"{last} was said, {given.Length} are in the store");
            Assert.AreEqual(given[^1], store.Find("alice")!.Incarnation);
            string number = store.Secret("board/alice")!.Split(' ')[^1];
            Assert.IsTrue(int.Parse(number) >= last, "its secret was written before it was said");
        }
    }

    private static void Fails(Action action, string because) =>
        StringAssert.Contains(Assert.ThrowsExactly<FleetException>(action).Message, because);
}
