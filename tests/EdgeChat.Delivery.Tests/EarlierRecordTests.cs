using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Messages whose records the version before has written, with the time behind the number and the digest behind the sender, both
/// as numbers of 7 bits a byte, are read as if they were of today.</summary>
[TestClass]
public class EarlierRecordTests
{
    private const byte Out = 1;
    private const byte In = 2;
    private const int HasDigestBit = 16;
    private const int IsFixedBit = 128; // of the kind

    [TestMethod]
    public void All_of_it_is_shown_as_before()
    {
        VirtualBroker broker = Talk(out CoreBoard alice);
        string direct = Details(alice, "bob", false);
        string group = Details(alice, "team", true);
        Assert.Contains("1790000100", direct, direct);
        Assert.Contains("> bob: one", direct, direct);
        Reboot(alice, 16);
        Assert.AreEqual(direct, Details(alice, "bob", false));
        Assert.AreEqual(group, Details(alice, "team", true));
        alice.Types("new", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"n\":4,\"c\":\"new too\"}");
        broker.Settle();
        string mixed = Details(alice, "bob", false);
        Assert.IsTrue(mixed.StartsWith(direct), mixed);
        alice.Reboot();
        Assert.AreEqual(mixed, Details(alice, "bob", false));
    }

    [TestMethod]
    public void What_came_is_known_again_by_its_digest()
    {
        VirtualBroker broker = Talk(out CoreBoard alice);
        string shown = alice.Shows("bob");
        Reboot(alice, 16);
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"t\":1790000100,\"c\":\"one\"}");
        broker.Publish("ec1/i/alice/bob", "{\"n\":3,\"e\":2,\"t\":1790000102,\"c\":\"three\"}");
        broker.Settle();
        Assert.AreEqual(shown, alice.Shows("bob"));
        alice.Reboot();
        Assert.AreEqual(shown, alice.Shows("bob"));
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"e\":2,\"t\":1790000100,\"c\":\"ONE\"}");
        broker.Settle();
        Assert.IsTrue(alice.Shows("bob").IndexOf("ONE") >= 0, alice.Shows("bob"));
    }

    [TestMethod]
    public void It_moves_as_it_is_when_its_segment_is_compacted()
    {
        VirtualBroker broker = Talk(out CoreBoard alice);
        Reboot(alice, 16);
        string direct = Details(alice, "bob", false);
        string filler = new string('x', 400);
        for (int n = 1; n <= 300; n++)
            broker.Publish("ec1/i/alice/carol", "{\"n\":" + n.ToString() + ",\"c\":\"" + filler + "\"}");
        broker.Settle();
        Assert.IsTrue(alice.Flash.Size("m1") < 0, "the segment is gone");
        Assert.AreEqual(direct, Details(alice, "bob", false));
        alice.Reboot();
        Assert.AreEqual(direct, Details(alice, "bob", false));
    }

    // own and received messages, direct ones and in a group, with a reply, and one to the group that one member lacks
    private static VirtualBroker Talk(out CoreBoard alice)
    {
        var broker = new VirtualBroker();
        alice = broker.Board("alice").Online();
        TestGroup.Make(alice, "bob");
        broker.Publish("ec1/i/alice/bob", "{\"n\":1,\"t\":1790000100,\"c\":\"one\"}");
        alice.Types("mine", "bob");
        broker.Publish("ec1/i/alice/bob", "{\"n\":2,\"t\":1790000101,\"c\":\"two\",\"re\":\"bob/1\"}");
        broker.Publish("ec1/i/alice/bob", "{\"n\":3,\"t\":1790000102,\"c\":\"three\"}");
        broker.Publish("ec1/g/team/bob", "{\"n\":1,\"t\":1790000103,\"c\":\"to all\"}");
        alice.TypesToGroup("from me", "team");
        broker.Pass(5000);
        return broker;
    }

    private static string Details(CoreBoard board, string with, bool isGroup)
    {
        Messenger messenger = board.Messenger;
        string all = "";
        int entry = messenger.Newest(messenger.Find(with, isGroup));
        while (messenger.Older(entry) >= 0) entry = messenger.Older(entry);
        for (; entry >= 0; entry = messenger.Newer(entry))
        {
            all += messenger.NumberOf(entry).ToString() + " " + messenger.SenderOf(entry) + " " + messenger.TimeOf(entry).ToString() + " "
                + ((int)messenger.TickOf(entry)).ToString() + " " + board.TextOf(entry) + " > " + messenger.ReplyQuoteOf(entry) + "\n";
            for (int i = 0; i < messenger.RecipientsOf(entry); i++)
                all += messenger.RecipientOf(entry, i) + ((int)messenger.RecipientTickOf(entry, i)).ToString() + "\n";
        }

        return all;
    }

    private static void Reboot(CoreBoard board, int segments)
    {
        board.PowerOff();
        int changed = 0;
        for (int segment = 1; segment <= segments; segment++)
        {
            string name = Limits.LogPrefix + segment.ToString();
            if (board.Flash.Size(name) > 0) board.Flash.Put(name, Earlier(board.Flash.Content(name), ref changed));
        }

        Assert.IsTrue(changed > 5, "records that are of an earlier version now");
        board.PowerOn();
    }

    private static byte[] Earlier(byte[] segment, ref int changed)
    {
        var earlier = new byte[2 * segment.Length];
        int to = 0;
        int total;
        for (int at = 0; at < segment.Length; at += total)
        {
            total = LogRecord.SoundLength(segment, at, segment.Length);
            var record = new byte[total + 2];
            byte type = segment[at + 1];
            int count = total - LogRecord.Overhead;
            System.Array.Copy(segment, at, record, 0, total);
            if (type == Out || type == In)
            {
                count = Repack(segment, at + LogRecord.HeaderBytes, at + total - 2, type == In, record);
                changed++;
            }

            int length = LogRecord.Seal(record, type, count);
            System.Array.Copy(record, 0, earlier, to, length);
            to += length;
        }

        var cut = new byte[to];
        System.Array.Copy(earlier, cut, to);
        return cut;
    }

    // gives the length of the payload that it has made
    private static int Repack(byte[] from, int at, int end, bool isIn, byte[] record)
    {
        bool isGroup = from[at] >= 0x80;
        int to = Copy(from, at, 1 + (from[at] & 0x7F) + 2, record, LogRecord.HeaderBytes);
        at += to - LogRecord.HeaderBytes;
        int flags = record[to - 1];
        Assert.IsTrue(record[to - 2] >= IsFixedBit);
        record[to - 2] -= IsFixedBit;
        int timeAt = at;
        at += 4;
        int digestAt = at;
        if ((flags & HasDigestBit) != 0) at += 4;
        at = CopyNumber(from, at, record, ref to);
        at = CopyNumber(from, at, record, ref to);
        PutNumber(from, timeAt, record, ref to);
        if (isIn) at = CopyNumber(from, at, record, ref to);
        if (isIn && isGroup)
        {
            int length = 1 + from[at];
            to = Copy(from, at, length, record, to);
            at += length;
        }

        if ((flags & HasDigestBit) != 0) PutNumber(from, digestAt, record, ref to);
        return Copy(from, at, end - at, record, to) - LogRecord.HeaderBytes;
    }

    private static int Copy(byte[] from, int at, int count, byte[] record, int to)
    {
        System.Array.Copy(from, at, record, to, count);
        return to + count;
    }

    private static int CopyNumber(byte[] from, int at, byte[] record, ref int to)
    {
        do record[to++] = from[at];
        while (from[at++] >= 0x80);
        return at;
    }

    private static void PutNumber(byte[] from, int at, byte[] record, ref int to)
    {
        uint value = System.BitConverter.ToUInt32(from, at);
        for (; value > 0x7F; value >>= 7) record[to++] = (byte)(0x80 | (value & 0x7F));
        record[to++] = (byte)value;
    }
}
