using System.Text;
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

    private static Packet Publish(bool sent, string topic, byte id, string body)
    {
        var rest = (byte[])[0, (byte)topic.Length, .. Encoding.UTF8.GetBytes(topic), 0, id, .. Encoding.UTF8.GetBytes(body)];
        return new Packet(DateTime.UnixEpoch, sent, [0x32, (byte)rest.Length, .. rest]);
    }
}
