using System.Diagnostics;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Tests.Brokers;

/// <summary>Three servers that <c>edgechat broker init --nodes 3</c> has set up, of which one is killed.</summary>
[TestClass]
public sealed class ClusterTests
{
    private const int TextsOfOne = 50;
    private const int OnlineSeconds = 15;

    [TestMethod]
    [TestCategory("Cluster")]
    [DoNotParallelize] // the time in which devices are back is that of one cluster
    [Timeout(900_000)]
    [DataRow("password")]
    [DataRow("certificate")]
    public Task The_node_of_half_the_devices_is_killed_and_no_message_is_lost_or_comes_twice_and_no_tick_is_false(string authentication) =>
        KillAsync("nats", authentication);

    [TestMethod]
    [TestCategory("RabbitMqCluster")]
    [DoNotParallelize]
    [Timeout(900_000)]
    [DataRow("password")]
    [DataRow("certificate")]
    public Task So_it_is_with_RabbitMQ(string authentication) => KillAsync("rabbitmq", authentication);

    private static async Task KillAsync(string kind, string authentication)
    {
        await using FolderUnderTest folder = await FolderUnderTest.StartAsync(kind, nodes: 3, authentication);
        int[] ports = [.. Enumerable.Range(1, 3).Select(n => folder.AddressOf(n).Port)];
        using var first = new NodeSwitch(ports[0], ports[1], ports[2]);
        using var second = new NodeSwitch(ports[1], ports[2], ports[0]);
        string[] ids = ["alice", "bob", .. FolderUnderTest.Peers];
        var peers = new List<PeerUnderTest>();
        try
        {
            bool hasCertificates = authentication == "certificate";
            Dictionary<string, string> passwords = hasCertificates ? [] : await folder.PasswordsAsync(ids);
            foreach (string id in ids)
            {
                int port = (peers.Count % 2 == 0 ? first : second).Port;
                peers.Add(new PeerUnderTest(folder.Address with { Port = port }, id, passwords.GetValueOrDefault(id),
                    tls: hasCertificates ? folder.Certified(await folder.CertifyAsync(id)) : folder.Tls));
            }

            foreach (PeerUnderTest peer in peers) await peer.Settled();

            // each writes to the next one, who is at another node
            string To(int i) => ids[(i + 1) % ids.Length];
            var proof = new TickProof();
            for (int i = 0; i < ids.Length; i++) await proof.WatchAsync(peers[i], To(i), peers[(i + 1) % ids.Length]);
            async Task SendAsync(int from, int to)
            {
                for (int n = from; n < to; n++)
                    for (int i = 0; i < ids.Length; i++) await peers[i].SendAsync(To(i), TextOf(ids[i], n));
            }

            await SendAsync(0, TextsOfOne / 2);
            await folder.KillAsync(1);
            TimeSpan? waitedBefore = CpuPressure.Waited();
            var since = Stopwatch.StartNew();
            Task[] online = [.. peers.Where((_, i) => i % 2 == 0).Select(p =>
                p.Until("online again", e => e.Session.IsOnline && e.Session.ConnectionNumber > 1))];
            await SendAsync(TextsOfOne / 2, TextsOfOne);
            await Task.WhenAll(online);
            TimeSpan back = since.Elapsed;
            TimeSpan? waited = CpuPressure.Waited() - waitedBefore;
            for (int i = 0; i < ids.Length; i++)
            {
                string with = To(i);
                await peers[i].Until($"at two ticks with {with}, all of them", e => AllDelivered(e.Messenger, with));
            }

            string faults = await proof.EndAsync();
            Assert.AreEqual("", faults, faults);
            Assert.AreEqual(ids.Length * TextsOfOne, proof.Proved);
            System.Console.WriteLine($"{peers.Count / 2} devices were online again after {back.TotalSeconds:0.0} s, "
                + $"of which something waited for a processor for {waited?.TotalSeconds ?? double.NaN:0.0} s, "
                + $"and {ids.Length * TextsOfOne} messages delivered after {since.Elapsed.TotalSeconds:0.0} s");
            for (int i = 0; i < ids.Length; i++)
            {
                string from = ids[i];
                string[] texts = await peers[(i + 1) % ids.Length].TextsAsync(from);
                CollectionAssert.AreEqual(
                    Enumerable.Range(0, TextsOfOne).Select(n => TextOf(from, n)).ToArray(),
                    texts.Where(t => t.StartsWith(from, StringComparison.Ordinal)).ToArray());
            }

            // on a machine that has other things to do this is a bound for its spare time
            if (waited is { } lost) Assert.IsLessThan(OnlineSeconds, (back - lost).TotalSeconds);
        }
        finally
        {
            foreach (PeerUnderTest peer in peers) await peer.DisposeAsync();
        }
    }

    // none is the beginning of another
    private static string TextOf(string id, int n) => $"{id} {n:00}";

    private static bool AllDelivered(Messenger messenger, string with)
    {
        int seen = 0;
        for (int m = messenger.Newest(messenger.Find(with, false)); m >= 0; m = messenger.Older(m))
        {
            if (!messenger.IsMine(m)) continue;
            if (messenger.TickOf(m) is not (Tick.Two or Tick.Shown)) return false;
            seen++;
        }

        return seen == TextsOfOne;
    }
}
