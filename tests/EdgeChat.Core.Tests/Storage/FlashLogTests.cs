using System;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>What goes into a flash log comes out again, also after a restart.</summary>
[TestClass]
public class FlashLogTests
{
    [TestMethod]
    public void A_record_is_one_write_and_is_there_after_a_restart()
    {
        var log = new LogUnderTest(new MemoryFlash(), 256, 4);
        for (int i = 0; i < 10; i++)
        {
            int appends = log.Flash.Appends;
            int operations = log.Flash.Operations;
            log.Append(i, 2 + i * 5);
            Assert.AreEqual(appends + 1, log.Flash.Appends);
            Assert.AreEqual(operations + 1, log.Flash.Operations, "and nothing besides");
            log.MustHave(i, "just written");
        }

        log.Restart();
        Assert.AreEqual("0 1 2 3 4 5 6 7 8 9 ", log.Order);
        Assert.AreEqual(0, log.Log.DamagedRecords + log.Log.TornRecords);
        log.MustHaveLive(10, "after a restart");
        Assert.IsTrue(log.Append(10, 20), "and it goes on");
        log.Restart();
        Assert.AreEqual(11, log.Shown);
    }

    [TestMethod]
    public void An_empty_payload_and_the_longest_one_are_records_too()
    {
        var flash = new MemoryFlash();
        var log = new FlashLog(flash, "m", 128, 3, 64);
        Assert.AreEqual(57, log.MaxPayload);
        int empty = log.Append(1, 0);
        for (int i = 0; i < 57; i++) log.Bytes[LogRecord.HeaderBytes + i] = (byte)(i + 3);
        int full = log.Append(2, log.MaxPayload);
        Assert.AreEqual(0, log.Read(empty));
        Assert.AreEqual((byte)1, log.ReadType);
        Assert.AreEqual(57, log.Read(full));
        for (int i = 0; i < 57; i++) Assert.AreEqual((byte)(i + 3), log.Bytes[LogRecord.HeaderBytes + i]);
        Assert.AreEqual(1, log.SegmentCount);
        Assert.AreEqual(64 + 7, log.UsedBytes);
        Assert.AreEqual(384, log.CapacityBytes);
        Assert.ThrowsException(typeof(ArgumentException), () => log.Append(1, 58));
        Assert.ThrowsException(typeof(ArgumentException), () => log.Append(1, -1));
    }

    [TestMethod]
    [DataRow("", 64, 3, 64)]
    [DataRow("m1", 64, 3, 64)]
    [DataRow("m", 64, 2, 64)]
    [DataRow("m", 63, 3, 32)]
    [DataRow("m", 32, 3, 32)]
    [DataRow("m", 96, 3, 64)]
    [DataRow("m", 131072, 3, 64)]
    [DataRow("m", 64, 3, 65)]
    [DataRow("m", 64, 3, 7)]
    public void A_log_that_cannot_work_is_not_made(string prefix, int segmentBytes, int segments, int bufferBytes)
    {
        Assert.ThrowsException(typeof(ArgumentException), () =>
            new FlashLog(new MemoryFlash(), prefix, segmentBytes, segments, bufferBytes));
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(-5)]
    [DataRow(1)]
    [DataRow(64)]
    [DataRow(66)]
    [DataRow(121)]
    [DataRow(128)]
    [DataRow(6400)]
    [DataRow(int.MaxValue)]
    public void What_is_no_address_gives_no_record(int address)
    {
        var log = new LogUnderTest(new MemoryFlash(), 64, 4);
        log.Append(0, 20);
        Assert.AreEqual(65, log.AddressOf(0), "segment 1 at offset 0");
        Assert.AreEqual(-1, log.Log.Read(address));
    }

    [TestMethod]
    public void A_long_record_is_read_whole()
    {
        var log = new LogUnderTest(new MemoryFlash(), 4096, 3);
        log.Append(0, 1536);
        log.Append(1, 2500);
        log.MustHaveLive(2, "longer than one read");
        log.Restart();
        log.MustHaveLive(2, "after a restart");
    }

    [TestMethod]
    public void Files_of_others_are_neither_read_nor_touched()
    {
        var flash = new MemoryFlash();
        string[] names = { "m", "m0", "m01", "m1x", "mx1", "x1", "mm1", "1", "m-1", "m9999999999", "m999999999", "config", "m1.bak" };
        for (int i = 0; i < names.Length; i++) flash.Put(names[i], new byte[] { 0xF5, 1, 2, 3 });
        var log = new LogUnderTest(flash, 64, 3);
        Assert.AreEqual(0, log.Log.SegmentCount);
        Assert.AreEqual(0, log.Log.DamagedRecords + log.Log.TornRecords);
        for (int i = 0; i < 3; i++) log.Append(i, 40);
        log.Kill(0);
        while (log.Log.CompactOne(log)) log.Kill(1);
        for (int i = 0; i < names.Length; i++) Assert.AreEqual(4, flash.Content(names[i]).Length, names[i]);
    }

    [TestMethod]
    public void Two_logs_share_a_flash()
    {
        var flash = new MemoryFlash();
        var log = new LogUnderTest(flash, 64, 3);
        var other = new FlashLog(flash, "mark-", 64, 3, 64);
        log.Append(0, 20);
        other.Bytes[LogRecord.HeaderBytes] = 1;
        int address = other.Append(9, 1);
        log.Append(1, 20);
        log.Restart();
        Assert.AreEqual("0 1 ", log.Order);
        Assert.AreEqual(1, other.Read(address));
    }

    [TestMethod]
    public void Segment_numbers_begin_again_after_the_last()
    {
        const int Last = (1 << 25) - 1; // what an address of 31 bits leaves beside 6 bits of offset
        var flash = new MemoryFlash();
        var log = new LogUnderTest(flash, 64, 6);
        log.Append(0, 40);
        flash.Put("m" + Last.ToString(), flash.Content("m1"));
        flash.Delete("m1");
        log.Restart();
        log.MustHave(0, "in the last segment number");
        for (int i = 1; i < 4; i++) log.Append(i, 40);
        Assert.IsNotNull(flash.Content("m1"));
        Assert.IsNull(flash.Content("m0"));
        log.MustHaveLive(4, "across the wrap");
        log.Restart();
        Assert.AreEqual("0 1 2 3 ", log.Order, "oldest first");
        log.Kill(0);
        Assert.IsTrue(log.Log.CompactOne(log));
        Assert.IsNull(flash.Content("m" + Last.ToString()), "the oldest goes first");
    }

    [TestMethod]
    public void A_full_log_refuses_and_can_still_be_compacted()
    {
        var log = new LogUnderTest(new MemoryFlash(), 64, 4);
        int count = 0;
        while (log.Log.Fits(40) && log.Append(count, 40)) count++;
        Assert.AreEqual(3, count, "one segment is kept back");
        Assert.IsTrue(log.Log.IsNearlyFull);
        Assert.IsFalse(log.Append(count, 40));
        log.MustHaveLive(count, "after the refusal");
        log.Kill(0);
        Assert.IsTrue(log.Log.CompactOne(log));
        Assert.IsTrue(log.Append(count, 40));
        log.Restart();
        log.MustHaveLive(count + 1, "after a restart");
    }

    [TestMethod]
    public void The_log_takes_no_call_while_it_calls()
    {
        var flash = new MemoryFlash();
        var log = new LogUnderTest(flash, 64, 4);
        log.Append(0, 40);
        log.Append(1, 40);
        log.CallsBack = true;
        Assert.ThrowsException(typeof(InvalidOperationException), () => log.Log.CompactOne(log));
        log.CallsBack = false;
        log.MustHaveLive(2, "the log is free again after an exception");
        log.CallsBack = true;
        Assert.ThrowsException(typeof(InvalidOperationException), () => log.Restart());
    }

    [TestMethod]
    public void It_is_read_a_part_at_a_time_and_takes_no_call_before_the_end()
    {
        var log = new LogUnderTest(new MemoryFlash(), 64, 8);
        for (int i = 0; i < 5; i++) log.Append(i, 40);
        log.Restart();
        var again = new FlashLog(log.Flash, "m", 64, 8, 64);
        int parts = 0;
        int percent = 0;
        while (!again.OpenSome(log))
        {
            parts++;
            Assert.IsTrue(again.OpenedPercent >= percent && again.OpenedPercent < 100, "percent: " + again.OpenedPercent.ToString());
            percent = again.OpenedPercent;
            Assert.ThrowsException(typeof(InvalidOperationException), () => again.Read(1));
        }

        Assert.IsTrue(parts >= 4, "parts: " + parts.ToString());
        Assert.IsTrue(percent >= 80, "percent: " + percent.ToString());
        Assert.AreEqual(100, again.OpenedPercent);
        Assert.AreEqual(10, log.Shown);
        Assert.IsTrue(again.Read(log.AddressOf(4)) >= 0);
    }
}
