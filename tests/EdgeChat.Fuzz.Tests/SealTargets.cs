using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;

namespace EdgeChat.Fuzz.Tests;

/// <summary>What a broker brings sealed: envelopes of a pair, of a group and of a configuration.</summary>
internal static class SealTargets
{
    private const int Share = 90; // instructions a byte, as of a body
    private const int Furthest = 400_000; // 1,024 lives, 256 blocks and 255 steps of HMAC
    private const string Topic = "ec1/i/alice/bob";
    private const string GroupTopic = "ec1/g/team/bob";
    private const int Bobs = 1; // slot of the group
    private static readonly byte[][] Numbers = [[Envelope.Version], [Envelope.GroupVersion], [1], [0x80, 0x08], [0xFF, 0xFF, 0x03],
        [0xFF, 0xFF, 0xFF, 0xFF, 0x07]];

    public static IEnumerable<FuzzTarget> All() => [Pair(), Group(), Order()];

    private static FuzzTarget Pair()
    {
        SealTable alice = Table("alice", "bob");
        SealTable bob = Table("bob", "alice");
        byte[][] genuine = [.. Bodies().Select(b => bob.Seal(bob.Find("alice"), Topic, b, b.Length, 1))];
        return new("envelope", b => Refuse(b, genuine, () => alice.Open(alice.Find("bob"), Topic, b, out _)),
            [.. genuine, Forged([Envelope.Version])], Numbers, Share, Furthest);
    }

    private static FuzzTarget Group()
    {
        var of = new GroupSeal { Id = "team", Epoch = 3 };
        GroupSealTable alice = Members(of);
        GroupSealTable bob = Members(of);
        byte[][] genuine = [.. Bodies().Select(b => bob.Seal(of, Bobs, 1, GroupTopic, b, b.Length))];
        return new("group-envelope", b => Refuse(b, genuine, () => alice.Open(of, Bobs, GroupTopic, b, out _)),
            [.. genuine, Forged([Envelope.GroupVersion, 3])], Numbers, Share, Furthest);
    }

    private static FuzzTarget Order()
    {
        byte[] key = SealKit.OrderKey(1);
        byte[][] genuine = [SealKit.Order(Topic, key, "{\"y\":\"c\",\"a\":7,\"c\":\"brokers\\na.home\"}")];
        return new("order-envelope", b => Refuse(b, genuine, () => Envelope.DiscloseOrder(Topic, b, key)),
            genuine, [[Envelope.OrderVersion]], Share);
    }

    private static IEnumerable<byte[]> Bodies() =>
        Enumerable.Range(0, 3).Select(i => Encoding.UTF8.GetBytes(new string('x', 1 + (40 * i))));

    // as far ahead as an envelope may be
    private static byte[] Forged(byte[] begin) => [.. begin, 0x80, 0x08, 0xFF, 0xFF, 0x03, .. new byte[32]];

    // without the key nobody makes one that opens
    private static void Refuse(byte[] bytes, byte[][] genuine, Func<byte[]?> open)
    {
        if (bytes.Length == 0 || open() == null) return;
        if (!genuine.Any(g => g.AsSpan().SequenceEqual(bytes))) throw new InvalidDataException("opens");
    }

    private static SealTable Table(string me, string other)
    {
        var flash = new MemoryFlash();
        byte[] file = new byte[SealTable.KeyRowBytes];
        Encoding.UTF8.GetBytes(other).CopyTo(file, 0);
        SealKit.Root(me, other).CopyTo(file, Topics.MaxIdLength);
        flash.Put(SealTable.KeysFile, file);
        var table = new SealTable(me, flash);
        table.Open();
        return table;
    }

    private static GroupSealTable Members(GroupSeal of)
    {
        var table = new GroupSealTable(new MemoryFlash());
        table.Begin(of, new byte[KeyTree.KeyBytes], false, ["alice", "bob"]);
        return table;
    }
}
