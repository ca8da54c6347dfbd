namespace EdgeChat.Fleet.Tests;

/// <summary>The limits of a broker's folder, when the fleet grows behind it.</summary>
[TestClass]
public class LimitFollowTests
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow;

    [TestMethod]
    public async Task Those_of_Mosquitto_follow_and_what_somebody_has_chosen_stays_and_is_said()
    {
        using var folder = new TestFolder();
        BrokerFolder small = Create(folder, BrokerKind.Mosquitto);
        string conf = small.At("mosquitto.conf");
        string before = File.ReadAllText(conf).Replace(Line("memory_limit", Bytes(small.Limits.MemoryMiB)), "memory_limit 90000000\n")
            .Replace(Line("max_connections", small.Limits.Connections), "") + "# mine\nmax_keepalive 600\n";
        File.WriteAllText(conf, before);

        BrokerFolder grown = Grow(folder);
        IReadOnlyList<LimitChange> changes = (await grown.UpdateAsync(Now, CancellationToken.None)).Limits;
        BrokerLimits now = grown.Limits;
        CollectionAssert.AreEquivalent(
            new[]
            {
                $"mosquitto.conf: max_queued_messages {small.Limits.QueuedMessages} -> {now.QueuedMessages}",
                $"mosquitto.conf: max_connections is not there, and was not put back; {now.Users} users take {now.Connections}",
                $"mosquitto.conf: memory_limit stays 90000000, which somebody has chosen; {now.Users} users take {Bytes(now.MemoryMiB)}",
            },
            changes.Select(c => c.ToString()).ToArray());
        Assert.AreEqual(
            before.Replace($"for {small.Limits.Users} users", $"for {now.Users} users")
                .Replace(Line("max_queued_messages", small.Limits.QueuedMessages), Line("max_queued_messages", now.QueuedMessages)),
            File.ReadAllText(conf));
        Assert.IsEmpty((await grown.UpdateAsync(Now, CancellationToken.None)).Limits); // it is told once
    }

    [TestMethod]
    public async Task A_fleet_that_became_smaller_keeps_them()
    {
        using var folder = new TestFolder();
        Create(folder, BrokerKind.Mosquitto);
        BrokerFolder grown = Grow(folder);
        await grown.UpdateAsync(Now, CancellationToken.None);
        string before = File.ReadAllText(grown.At("mosquitto.conf"));
        File.WriteAllText(folder["fleet.yaml"], Fleet(2));
        Assert.IsEmpty((await BrokerFolder.Open(folder["broker"]).UpdateAsync(Now, CancellationToken.None)).Limits);
        Assert.AreEqual(before, File.ReadAllText(grown.At("mosquitto.conf")));
    }

    [TestMethod]
    public async Task Those_of_each_node_of_NATS_follow_and_its_other_lines_stay()
    {
        using var folder = new TestFolder();
        BrokerFolder small = Create(folder, BrokerKind.Nats, nodes: 3);
        string before = File.ReadAllText(small.At("nats-2.conf"));
        BrokerFolder grown = Grow(folder);
        Assert.HasCount(6, (await grown.UpdateAsync(Now, CancellationToken.None)).Limits);
        string expected = before.Replace($"3 nodes and {small.Limits.Users} users", $"3 nodes and {grown.Limits.Users} users")
            .Replace($"max_connections: {small.Limits.Connections}\n", $"max_connections: {grown.Limits.Connections}\n")
            .Replace($"max_file_store: {Bytes(small.Limits.StoreMiB)}\n", $"max_file_store: {Bytes(grown.Limits.StoreMiB)}\n");
        Assert.AreEqual(expected, File.ReadAllText(grown.At("nats-2.conf")));
        if (!OperatingSystem.IsWindows()) // the password between the nodes stands in it
            Assert.AreEqual(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(grown.At("nats-2.conf")));
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Those_of_RabbitMQ_follow_in_all_places(bool isChosen)
    {
        using var folder = new TestFolder();
        BrokerFolder small = Create(folder, BrokerKind.RabbitMq);
        string definitions = File.ReadAllText(small.At("definitions.json"));
        string limit = $"\"max-length-bytes\": {small.Limits.SessionBytes}";
        Assert.Contains(limit, definitions);
        if (isChosen) File.WriteAllText(small.At("definitions.json"), definitions.Replace(limit, "\"max-length-bytes\": 12345678"));
        BrokerFolder grown = Grow(folder);
        IReadOnlyList<LimitChange> changes = grown.FollowLimits();
        Assert.AreEqual(3, changes.Count);
        string[] set = [.. changes.Where(c => c.State != LimitState.Kept).Select(c => c.Name)];
        string[] memory = ["vm_memory_high_watermark.absolute", "disk_free_limit.absolute"];
        CollectionAssert.AreEquivalent(isChosen ? memory : [.. memory, "max-length-bytes"], set);
        long expected = isChosen ? 12345678 : grown.Limits.SessionBytes;
        Assert.Contains($"\"max-length-bytes\": {expected}", File.ReadAllText(grown.At("definitions.json")));
        Assert.Contains($"disk_free_limit.absolute = {256 + grown.Limits.MemoryMiB}MiB\n", File.ReadAllText(grown.At("rabbitmq.conf")));
    }

    private static BrokerFolder Create(TestFolder folder, BrokerKind kind, int nodes = 1)
    {
        File.WriteAllText(folder["fleet.yaml"], Fleet(2));
        return BrokerFolder.Create(folder["broker"], new BrokerPlan
        {
            Kind = kind,
            Nodes = [.. Enumerable.Range(0, nodes).Select(n => new BrokerNode("broker.home", 8883 + n))],
            Fleet = folder["fleet.yaml"],
        }, Now);
    }

    private static BrokerFolder Grow(TestFolder folder)
    {
        File.WriteAllText(folder["fleet.yaml"], Fleet(60));
        return BrokerFolder.Open(folder["broker"]);
    }

    private static string Fleet(int boards) =>
        "fleet: test\nbroker: { host: broker.home, port: 8883 }\nboards:\n"
            + string.Concat(Enumerable.Range(1, boards).Select(n => $"  board-{n}: {{}}\n"));

    private static long Bytes(int mebibytes) => (long)mebibytes << 20;

    private static string Line(string name, long value) => $"{name} {value}\n";
}
