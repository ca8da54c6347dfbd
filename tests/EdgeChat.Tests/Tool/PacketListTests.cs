using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using EdgeChat.Tool.Demo;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Tool;

/// <summary>The page's packet list shows a tick only when the packets prove it.</summary>
[TestClass]
public class PacketListTests
{
    [TestMethod]
    public void A_message_gets_its_ticks_from_PUBACK_and_receipts()
    {
        var list = new PacketList("alice");
        list.Add(Publish(true, "ec1/i/bob/alice", 7, """{"n":1,"c":"hi"}"""));
        Assert.AreEqual(Tick.Clock, TickOf(list, 1));
        list.Add(PubAck(8));
        Assert.AreEqual(Tick.Clock, TickOf(list, 1), "another message's PUBACK");
        list.Add(PubAck(7));
        Assert.AreEqual(Tick.One, TickOf(list, 1));
        list.Add(Publish(false, "ec1/i/alice/bob", 1, """{"y":"r","d":1,"s":0}"""));
        Assert.AreEqual(Tick.Two, TickOf(list, 1));
        list.Add(Publish(false, "ec1/i/alice/bob", 2, """{"y":"r","d":1,"s":1}"""));
        Assert.AreEqual(Tick.Shown, TickOf(list, 1));
        list.Add(Publish(false, "ec1/i/alice/bob", 3, """{"y":"r","d":1,"s":0}"""));
        Assert.AreEqual(Tick.Shown, TickOf(list, 1), "an old receipt takes nothing back");
    }

    [TestMethod]
    public void What_is_sealed_is_read_with_the_keys_of_the_demo_and_said_to_be_sealed()
    {
        string folder = Directory.CreateTempSubdirectory("edgechat-keys-").FullName;
        try
        {
            var keys = new DemoKeys();
            foreach (string id in new[] { "alice", "bob" }) keys.Add(id, Directory.CreateDirectory(Path.Combine(folder, id)).FullName);
            var list = new PacketList("alice", keys: keys);
            list.Add(Publish(true, "ec1/i/bob/alice", 7, Sealed(keys, "alice", "bob", """{"n":1,"c":"hi"}""")));
            list.Add(PubAck(7));
            Assert.AreEqual(Tick.One, TickOf(list, 1));
            list.Add(Publish(false, "ec1/i/alice/bob", 1, Sealed(keys, "bob", "alice", """{"y":"r","d":1,"s":1}""")));
            Assert.AreEqual(Tick.Shown, TickOf(list, 1));
            long version = 0;
            Assert.AreEqual("sealed {\"n\":1,\"c\":\"hi\"}", list.Since(ref version)[0].Note);
            var stranger = new PacketList("alice");
            stranger.Add(Publish(true, "ec1/i/bob/alice", 7, Sealed(keys, "alice", "bob", """{"n":1,"c":"hi"}""")));
            version = 0;
            Assert.AreEqual("sealed with a key that the demo does not have", stranger.Since(ref version)[0].Note);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [TestMethod]
    public void A_receipt_counts_for_the_stream_of_its_sender_and_not_for_holes()
    {
        var list = new PacketList("alice");
        list.Add(Publish(true, "ec1/i/bob/alice", 1, """{"n":1,"c":"a"}"""));
        list.Add(Publish(true, "ec1/i/bob/alice", 2, """{"n":2,"c":"b"}"""));
        list.Add(Publish(true, "ec1/i/carol/alice", 3, """{"n":1,"c":"c"}"""));
        list.Add(Publish(false, "ec1/i/alice/bob", 1, """{"y":"r","d":2,"s":0,"h":[1]}"""));
        Assert.AreEqual(Tick.Clock, TickOf(list, 1), "a hole");
        Assert.AreEqual(Tick.Two, TickOf(list, 2));
        Assert.AreEqual(Tick.Clock, TickOf(list, 3), "another stream");
    }

    [TestMethod]
    public void A_receipt_counts_for_one_life_and_for_nothing_when_it_is_above_what_was_sent()
    {
        var list = new PacketList("alice");
        list.Add(Publish(true, "ec1/i/bob/alice", 1, """{"n":1,"c":"a"}"""));
        list.Add(Publish(false, "ec1/i/alice/bob", 1, """{"y":"r","d":9,"s":9}"""));
        list.Add(Publish(false, "ec1/i/alice/bob", 2, """{"y":"r","d":1,"s":1,"i":2}"""));
        Assert.AreEqual(Tick.Clock, TickOf(list, 1));
        list.Add(Publish(true, "ec1/i/bob/alice", 2, """{"n":1,"e":2,"c":"a"}"""));
        list.Add(Publish(false, "ec1/i/alice/bob", 3, """{"y":"r","d":1,"s":1}"""));
        Assert.AreEqual(Tick.Clock, TickOf(list, 4), "of the life before");
        list.Add(Publish(false, "ec1/i/alice/bob", 4, """{"y":"r","d":1.0,"s":1,"i":2}"""));
        Assert.AreEqual(Tick.Shown, TickOf(list, 4));
    }

    [TestMethod]
    public void A_receipt_says_nothing_of_numbers_below_its_first()
    {
        var list = new PacketList("alice");
        list.Add(Publish(true, "ec1/i/bob/alice", 1, """{"n":1,"c":"a"}"""));
        list.Add(Publish(true, "ec1/i/bob/alice", 2, """{"n":2,"c":"b"}"""));
        list.Add(Publish(false, "ec1/i/alice/bob", 1, """{"y":"r","d":2,"s":0,"f":2}"""));
        Assert.AreEqual(Tick.Clock, TickOf(list, 1));
        Assert.AreEqual(Tick.Two, TickOf(list, 2));
    }

    [TestMethod]
    public void A_PUBACK_that_answers_something_else_under_the_same_identifier_confirms_no_message()
    {
        var list = new PacketList("alice");
        list.Add(Publish(true, "ec1/i/bob/alice", 7, """{"n":1,"c":"hi"}"""));
        list.Add(Publish(true, "ec1/p/alice", 7, """{"s":"on","b":1,"c":2}"""));
        list.Add(PubAck(7));
        Assert.AreEqual(Tick.Clock, TickOf(list, 1));
    }

    [TestMethod]
    public void A_groups_message_gets_its_ticks_when_each_member_has_it_and_has_shown_it()
    {
        var list = new PacketList("alice");
        list.Add(Publish(true, "ec1/r/team", 1, """{"v":3,"by":"alice","m":["alice","bob","carol"]}"""));
        list.Add(Publish(true, "ec1/g/team/alice", 2, """{"n":1,"c":"hi"}"""));
        list.Add(PubAck(2));
        list.Add(Publish(false, "ec1/i/alice/bob", 1, """{"y":"r","d":9,"s":9}"""));
        list.Add(Publish(false, "ec1/i/alice/bob", 2, """{"y":"r","g":"team","d":1,"s":1}"""));
        Assert.AreEqual(Tick.One, TickOf(list, 2), "carol lacks it");
        list.Add(Publish(false, "ec1/i/alice/carol", 3, """{"y":"r","g":"other","d":1,"s":1}"""));
        Assert.AreEqual(Tick.One, TickOf(list, 2), "another group");
        list.Add(Publish(false, "ec1/i/alice/carol", 4, """{"y":"r","g":"team","d":1,"s":0}"""));
        Assert.AreEqual(Tick.Two, TickOf(list, 2));
        list.Add(Publish(false, "ec1/i/alice/dave", 5, """{"y":"r","g":"team","d":1,"s":1}"""));
        Assert.AreEqual(Tick.Two, TickOf(list, 2), "dave is no member");
        list.Add(Publish(false, "ec1/i/alice/carol", 6, """{"y":"r","g":"team","d":1,"s":1}"""));
        Assert.AreEqual(Tick.Shown, TickOf(list, 2));
    }

    [TestMethod]
    public void The_members_when_a_message_was_sent_count_but_for_those_removed_since()
    {
        var list = new PacketList("alice");
        list.Add(Publish(false, "ec1/r/team", 1, """{"v":3,"by":"bob","m":["alice","bob","carol"]}"""));
        list.Add(Publish(true, "ec1/g/team/alice", 2, """{"n":1,"c":"hi"}"""));
        list.Add(PubAck(2));
        list.Add(Publish(false, "ec1/r/team", 3, """{"v":4,"by":"bob","m":["alice","bob","carol","dave"]}"""));
        list.Add(Publish(false, "ec1/i/alice/bob", 4, """{"y":"r","g":"team","d":1,"s":0}"""));
        Assert.AreEqual(Tick.One, TickOf(list, 2));
        list.Add(Publish(false, "ec1/r/team", 5, """{"v":3,"by":"carol","m":["alice","bob"]}"""));
        Assert.AreEqual(Tick.One, TickOf(list, 2), "an old roster removes nobody");
        list.Add(Publish(false, "ec1/r/team", 6, """{"v":5,"by":"bob","m":["alice","bob","dave"]}"""));
        Assert.AreEqual(Tick.Two, TickOf(list, 2), "carol was removed, and dave came later");
    }

    [TestMethod]
    public void A_groups_message_that_goes_again_to_one_member_is_the_same_message()
    {
        var list = new PacketList("alice");
        list.Add(Publish(true, "ec1/r/team", 1, """{"v":3,"by":"alice","m":["alice","bob","carol"]}"""));
        list.Add(Publish(true, "ec1/g/team/alice", 2, """{"n":1,"c":"hi"}"""));
        list.Add(Publish(true, "ec1/i/bob/alice", 3, """{"n":1,"g":"team","c":"hi"}"""));
        list.Add(PubAck(3));
        list.Add(Publish(false, "ec1/i/alice/bob", 1, """{"y":"r","g":"team","d":1,"s":0}"""));
        Assert.AreEqual(Tick.One, TickOf(list, 2));
        Assert.AreEqual(Tick.One, TickOf(list, 3));
        list.Add(Publish(false, "ec1/i/alice/carol", 2, """{"y":"r","g":"team","d":1,"s":0}"""));
        Assert.AreEqual(Tick.Two, TickOf(list, 2));
        Assert.AreEqual(Tick.Two, TickOf(list, 3));
    }

    [TestMethod]
    public void The_broker_knows_the_members_of_a_group_whose_roster_came_in_no_packet()
    {
        var retained = new RosterBook();
        var list = new PacketList("alice", retained);
        retained.Take("ec1/r/team", """{"v":3,"by":"alice","m":["alice","bob"]}"""u8.ToArray());
        list.Add(Publish(true, "ec1/g/team/alice", 2, """{"n":1,"c":"hi"}"""));
        list.Add(Publish(true, "ec1/g/other/alice", 3, """{"n":1,"c":"hi"}"""));
        list.Add(Publish(false, "ec1/i/alice/bob", 1, """{"y":"r","g":"team","d":1,"s":0}"""));
        list.Add(Publish(false, "ec1/i/alice/bob", 2, """{"y":"r","g":"other","d":1,"s":0}"""));
        Assert.AreEqual(Tick.Two, TickOf(list, 1));
        Assert.AreEqual(Tick.Clock, TickOf(list, 2), "a group that nobody knows");
    }

    [TestMethod]
    [DataRow("ec1/r/team", "not JSON")]
    [DataRow("ec1/r/team", "[1]")]
    [DataRow("ec1/r/team", """{"v":1,"by":"alice"}""")]
    [DataRow("ec1/r/team", """{"v":1,"by":"alice","m":[1]}""")]
    [DataRow("ec1/d/team", """{"v":1,"by":"alice","m":["bob"]}""")]
    public void What_is_no_roster_changes_nothing(string topic, string body)
    {
        var book = new RosterBook();
        Assert.IsNull(book.Take(topic, Encoding.UTF8.GetBytes(body)));
        Assert.IsNull(book.MembersOf("team"));
    }

    [TestMethod]
    [DataRow("ec1/i/bob/alice", """{"y":"r","d":1,"s":1}""")]
    [DataRow("ec1/i/bob/alice", "not JSON")]
    [DataRow("ec1/i/bob/alice", "[1]")]
    [DataRow("ec1/i/bob/alice", """{"n":"one"}""")]
    [DataRow("ec1/p/alice", """{"s":"on","b":1,"c":1}""")]
    public void What_is_no_message_has_no_tick(string topic, string body)
    {
        var list = new PacketList("alice");
        list.Add(Publish(true, topic, 1, body));
        Assert.AreEqual(Tick.None, TickOf(list, 1));
    }

    [TestMethod]
    public void A_reader_gets_new_rows_and_those_whose_tick_changed()
    {
        var list = new PacketList("alice");
        long seen = 0;
        list.Add(Publish(true, "ec1/i/bob/alice", 7, """{"n":1,"c":"hi"}"""));
        Assert.AreEqual(1, list.Since(ref seen).Count);
        Assert.AreEqual(0, list.Since(ref seen).Count);
        list.Add(PubAck(7));
        CollectionAssert.AreEqual(new long[] { 1, 2 }, list.Since(ref seen).Select(r => r.Number).ToArray());
        Assert.AreEqual(Publish(true, "ec1/i/bob/alice", 7, """{"n":1,"c":"hi"}""").Length, list.BytesSent);
        Assert.AreEqual(4, list.BytesReceived);
    }

    [TestMethod]
    public void The_list_keeps_the_newest()
    {
        var list = new PacketList("alice");
        for (var i = 0; i < PacketList.Capacity + 5; i++)
            list.Add(PubAck(1));
        long seen = 0;
        var rows = list.Since(ref seen);
        Assert.AreEqual(PacketList.Capacity, rows.Count);
        Assert.AreEqual(6, rows[0].Number);
    }

    private static Tick TickOf(PacketList list, long number)
    {
        long seen = 0;
        return list.Since(ref seen).Single(r => r.Number == number).Tick;
    }

    private static Packet PubAck(byte id) => new(DateTime.UnixEpoch, false, [0x40, 2, 0, id]);

    private static byte[] Sealed(DemoKeys keys, string from, string to, string body)
    {
        var table = new SealTable(from, new MemoryFlash());
        Assert.IsTrue(table.TryInstall(to, keys.Of(from, to)));
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        return table.Seal(0, Topics.Inbox(to, from), bytes, bytes.Length, 1);
    }

    internal static Packet Publish(bool sent, string topic, byte id, string body) => Publish(sent, topic, id, Encoding.UTF8.GetBytes(body));

    private static Packet Publish(bool sent, string topic, byte id, byte[] body)
    {
        var rest = (byte[])[0, (byte)topic.Length, .. Encoding.UTF8.GetBytes(topic), 0, id, .. body];
        byte[] length = rest.Length < 128 ? [(byte)rest.Length] : [(byte)(rest.Length & 0x7F | 0x80), (byte)(rest.Length >> 7)];
        return new Packet(DateTime.UnixEpoch, sent, [0x32, .. length, .. rest]);
    }
}
