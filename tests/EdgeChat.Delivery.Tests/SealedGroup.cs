using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>The group "team" of boards with keys, and what the broker sees of it.</summary>
internal static class SealedGroup
{
    /// <summary>The first file of one of its two keys.</summary>
    public const string EvenFile = "g.team.00";

    /// <summary>The first file of the other.</summary>
    public const string OddFile = "g.team.10";

    /// <summary>A board with keys with these.</summary>
    public static CoreBoard Board(VirtualBroker broker, string id, params string[] others)
    {
        return SealKit.Give(broker.Board(id), others).Online();
    }

    /// <summary>Alice, its admin, bob and carol, of whom each two have a key, and the group is sealed.</summary>
    public static VirtualBroker Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol)
    {
        var broker = new VirtualBroker();
        alice = Board(broker, "alice", "bob", "carol", "dave");
        bob = Board(broker, "bob", "alice", "carol");
        carol = Board(broker, "carol", "alice", "bob");
        TestGroup.Make(alice, "bob", "carol");
        broker.Pass(3000);
        return broker;
    }

    /// <summary>Whether it is sealed.</summary>
    public static bool IsSealed(CoreBoard board) { return board.Messenger.IsSealed(TestGroup.Of(board)); }

    /// <summary>Takes a member off.</summary>
    public static SendError Remove(CoreBoard admin, string device)
    {
        SendError error = admin.Messenger.RemoveMember(TestGroup.Of(admin), device, admin.NowMs);
        admin.Broker.Settle();
        return error;
    }

    /// <summary>Adds a member.</summary>
    public static SendError Add(CoreBoard admin, string device)
    {
        SendError error = admin.Messenger.AddMember(TestGroup.Of(admin), device, admin.NowMs);
        admin.Broker.Settle();
        return error;
    }

    /// <summary>Whether a board has a file with one of its two keys.</summary>
    public static bool HasFile(CoreBoard board) { return KeyOn(board.Flash, false) != null || KeyOn(board.Flash, true) != null; }

    /// <summary>Takes both files from a board.</summary>
    public static void DropKeys(CoreBoard board)
    {
        board.Flash.Delete(EvenFile);
        board.Flash.Delete(OddFile);
    }

    /// <summary>How many publishes to inboxes and about the group could be read by the broker.</summary>
    public static int OpenOnes(VirtualBroker broker)
    {
        int count = 0;
        for (int i = 0; i < broker.Log.Count; i++)
        {
            string topic = broker.Log.TopicAt(i);
            bool isOurs = topic.StartsWith("ec1/i/") || topic.StartsWith("ec1/g/") || topic.StartsWith("ec1/r/");
            if (isOurs && !Envelope.IsSealed(broker.Log.BodyAt(i))) count++;
        }

        return count;
    }

    /// <summary>One of the two keys that may be on a flash; null where it is not there.</summary>
    public static GroupSeal KeyOn(MemoryFlash flash, bool isOdd)
    {
        byte[] page = flash.Content(isOdd ? OddFile : EvenFile);
        return page == null ? null : new GroupSeal { Id = "team", IsOdd = isOdd, Epoch = page[0] };
    }

    /// <summary>Fails when a key that is on a flash opens an envelope; how many keys there were to try.</summary>
    public static int OpenNothing(MemoryFlash flash, string topic, byte[] envelope, string who)
    {
        int tried = 0;
        for (int file = 0; file < 2; file++)
        {
            GroupSeal of = KeyOn(flash, file == 1);
            if (of == null) continue;
            tried++;
            for (int slot = 0; slot < 3; slot++)
                Assert.IsNull(new GroupSealTable(flash.Copy()).Open(of, slot, topic, envelope, out BodyError _), who);
        }

        return tried;
    }

    /// <summary>Two envelopes of a sender under one life, number and epoch, with the key of a group: there must be none.</summary>
    public static bool HasOneNumberTwice(VirtualBroker broker)
    {
        for (int i = 0; i < broker.Log.Count; i++)
            for (int k = 0; k < i; k++)
                if (HasOneNumber(broker.Log, i, k)) return true;
        return false;
    }

    private static bool HasOneNumber(PublishLog log, int one, int other)
    {
        byte[] a = log.BodyAt(one);
        byte[] b = log.BodyAt(other);
        if (!Envelope.IsSealed(a) || !Envelope.IsOfGroup(a) || !Envelope.IsSealed(b) || !Envelope.IsOfGroup(b)) return false;
        if (log.BoardAt(one) != log.BoardAt(other) || IsSame(a, b)) return false;
        return Envelope.Epoch(a) == Envelope.Epoch(b) && Envelope.Life(a) == Envelope.Life(b) && Envelope.Number(a) == Envelope.Number(b);
    }

    private static bool IsSame(byte[] a, byte[] b)
    {
        if (a.Length != b.Length) return false;
        for (int i = 0; i < a.Length; i++)
            if (a[i] != b[i]) return false;
        return true;
    }
}
