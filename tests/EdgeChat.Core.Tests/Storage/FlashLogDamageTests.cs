using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Power cuts, damage and refusals cost what they hit and nothing else.</summary>
[TestClass]
public class FlashLogDamageTests
{
    private const int Overhead = 7;

    [TestMethod]
    public void A_write_cut_at_any_byte_costs_only_itself()
    {
        const int Length = 30;
        for (int bytes = 0; bytes <= Length + Overhead; bytes++)
        {
            string when = "cut after " + bytes.ToString() + " bytes";
            var log = new LogUnderTest(new MemoryFlash(), 128, 5);
            log.Append(0, 20);
            log.Append(1, 12);
            log.Flash.CutAfter(0, bytes);
            Assert.ThrowsException(typeof(PowerCutException), () => log.Append(2, Length));
            log.Restart();
            bool isWhole = bytes == Length + Overhead;
            Assert.AreEqual(isWhole, log.Has(2), when);
            Assert.AreEqual(bytes > 0 && !isWhole ? 1 : 0, log.Log.TornRecords, when);
            Assert.AreEqual(0, log.Log.DamagedRecords, when);
            log.MustHaveLive(2, when);
            Assert.IsTrue(log.Append(3, 10), when);
            log.Flash.CutAfter(0, 3);
            Assert.ThrowsException(typeof(PowerCutException), () => log.Append(4, 10));
            log.Restart();
            Assert.IsTrue(log.Append(5, 10), when);
            log.Restart();
            log.MustHaveLive(2, when);
            log.MustHave(3, when);
            log.MustHave(5, when);
            Assert.AreEqual(isWhole ? "0 1 2 3 5 " : "0 1 3 5 ", log.Order, when);
        }
    }

    [TestMethod]
    [DataRow(1, 256)]
    [DataRow(128, 256)]
    [DataRow(255, 256)]
    [DataRow(1, 41)]
    [DataRow(128, 42)]
    [DataRow(255, 64)]
    public void A_damaged_byte_costs_only_its_record(int mask, int bufferBytes)
    {
        var log = new LogUnderTest(new MemoryFlash(), 256, 4, bufferBytes);
        int[] ends = new int[6];
        for (int i = 0; i < ends.Length; i++)
        {
            log.Append(i, 4 + i * 6);
            ends[i] = log.Flash.Content("m1").Length;
        }

        int hit = 0;
        for (int at = 0; at < ends[ends.Length - 1]; at++)
        {
            if (at == ends[hit]) hit++;
            string when = "byte " + at.ToString() + " of record " + hit.ToString() + " damaged";
            byte[] content = log.Flash.Content("m1");
            content[at] ^= (byte)mask;
            Assert.IsFalse(log.Has(hit), when);
            log.Restart();
            Assert.AreEqual(ends.Length - 1, log.Shown, when);
            for (int i = 0; i < ends.Length; i++) Assert.AreEqual(i != hit, log.Has(i), when + " looking at " + i.ToString());
            Assert.AreEqual(1, log.Log.DamagedRecords + log.Log.TornRecords, when);
            if (hit < ends.Length - 1) Assert.AreEqual(1, log.Log.DamagedRecords, when);
            Assert.IsTrue(log.Append(9, 5), when);
            log.MustHave(9, when);
            content = Cut(log.Flash.Content("m1"), ends[ends.Length - 1]);
            content[at] ^= (byte)mask;
            log.Flash.Put("m1", content);
            log.Flash.Delete("m2");
            log.Restart();
            Assert.AreEqual(ends.Length, log.Shown, "all is well again");
        }
    }

    [TestMethod]
    [DataRow(1, 256)]
    [DataRow(2, 256)]
    [DataRow(4, 27)]
    [DataRow(8, 27)]
    [DataRow(16, 256)]
    [DataRow(32, 40)]
    [DataRow(64, 256)]
    [DataRow(128, 40)]
    public void A_length_that_is_wrong_and_looks_right_costs_only_its_record(int mask, int bufferBytes)
    {
        var log = new LogUnderTest(new MemoryFlash(), 256, 4, bufferBytes);
        for (int i = 0; i < 4; i++) log.Append(i, 20);
        byte[] content = log.Flash.Content("m1");
        content[27 + 2] ^= (byte)mask; // the length's low byte
        content[27 + 4] ^= (byte)mask; // the header check
        log.Restart();
        Assert.AreEqual("0 2 3 ", log.Order);
        Assert.AreEqual(1, log.Log.DamagedRecords);
    }

    [TestMethod]
    [DataRow(128)]
    [DataRow(30)]
    public void A_damaged_record_is_not_kept_by_compaction(int bufferBytes)
    {
        var log = new LogUnderTest(new MemoryFlash(), 128, 4, bufferBytes);
        for (int i = 0; i < 8; i++) log.Append(i, 20);
        log.Flash.Content("m1")[27 + 10] ^= 4;
        log.Restart();
        Assert.IsFalse(log.Has(1));
        Assert.IsTrue(log.Log.CompactOne(log), "its bytes are freed");
        log.Kill(1);
        log.MustHaveLive(8, "compacted");
        log.Restart();
        log.MustHaveLive(8, "compacted and restarted");
        Assert.AreEqual(0, log.Log.DamagedRecords);
    }

    [TestMethod]
    public void A_record_damaged_while_running_reads_as_gone()
    {
        var log = new LogUnderTest(new MemoryFlash(), 128, 4);
        log.Append(0, 20);
        log.Append(1, 20);
        log.Flash.Content("m1")[2] ^= 64;
        Assert.IsFalse(log.Has(0));
        log.MustHave(1, "next to a damaged one");
    }

    [TestMethod]
    public void A_file_that_cannot_be_read_does_not_keep_the_board_from_starting()
    {
        var log = new LogUnderTest(new MemoryFlash(), 64, 5);
        for (int i = 0; i < 3; i++) log.Append(i, 40);
        log.Flash.Unreadable = "m2";
        log.Restart();
        Assert.AreEqual("0 2 ", log.Order);
        Assert.AreEqual(1, log.Log.DamagedRecords);
        Assert.IsTrue(log.Append(3, 40));
        log.Kill(0);
        Assert.IsTrue(log.Log.CompactOne(log));
        log.Log.CompactOne(log);
        Assert.IsNull(log.Flash.Content("m2"), "it goes when its turn comes");
        log.MustHave(2, "behind the bad file");
        log.MustHave(3, "behind the bad file");
    }

    [TestMethod]
    public void A_file_that_can_be_read_in_part_gives_what_stands_there()
    {
        var log = new LogUnderTest(new MemoryFlash(), 128, 5, 30);
        for (int i = 0; i < 8; i++) log.Append(i, 20);
        log.Flash.Unreadable = "m1";
        log.Flash.ReadableBytes = 60;
        log.Restart();
        Assert.AreEqual("0 1 4 5 6 7 ", log.Order);
        Assert.AreEqual(1, log.Log.DamagedRecords);
        log.Flash.Unreadable = null;
        log.Log.CompactOne(log);
        Assert.IsNull(log.Flash.Content("m1"), "it goes when its turn comes");
        log.MustHave(0, "before what could not be read");
        log.MustHave(1, "before what could not be read");
        log.MustHave(4, "behind the bad file");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("F6")]
    [DataRow("F5")]
    [DataRow("F5F5F5F5F5F5F5F5F5F5F5F5F5F5F5F5")]
    [DataRow("000000000000")]
    [DataRow("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")]
    [DataRow("F501FFFF5B")]
    [DataRow("F50103005801020304")]
    [DataRow("F60103005801020304")]
    public void Rubbish_in_a_segment_is_skipped(string hex)
    {
        var flash = new MemoryFlash();
        flash.Put("m1", Json.Hex(hex));
        var log = new LogUnderTest(flash, 64, 4);
        Assert.AreEqual(0, log.Shown);
        Assert.AreEqual(hex.Length == 0 ? 0 : 1, log.Log.DamagedRecords + log.Log.TornRecords);
        Assert.IsTrue(log.Append(0, 20));
        log.Restart();
        Assert.AreEqual("0 ", log.Order);
    }

    [TestMethod]
    public void A_file_longer_than_a_segment_is_read_up_to_its_end()
    {
        var log = new LogUnderTest(new MemoryFlash(), 64, 4);
        log.Append(0, 20);
        byte[] longer = new byte[100];
        System.Array.Copy(log.Flash.Content("m1"), longer, 27);
        log.Flash.Put("m1", longer);
        log.Restart();
        log.MustHave(0, "in a file that is too long");
        Assert.IsTrue(log.Append(1, 20));
        Assert.AreEqual(100, log.Flash.Content("m1").Length, "nothing more is written there");
    }

    [TestMethod]
    public void A_refused_write_leaves_no_trace_wherever_it_stopped()
    {
        for (int kept = 0; kept <= 27; kept++)
        {
            string when = kept.ToString() + " bytes stayed behind";
            var log = new LogUnderTest(new MemoryFlash(), 128, 5);
            log.Append(0, 20);
            log.Flash.RefuseAt = log.Flash.Operations + 1;
            log.Flash.RefusedBytesKept = kept;
            Assert.IsFalse(log.Append(1, 20), when);
            log.MustHave(0, when);
            Assert.IsTrue(log.Append(2, 20), when);
            log.MustHave(2, when);
            Assert.AreEqual(kept == 0 ? 1 : 2, log.Log.SegmentCount, when + ": nothing is written behind them");
            log.Restart();
            log.MustHave(0, when);
            log.MustHave(2, when);
        }
    }

    [TestMethod]
    public void A_flash_without_room_refuses_and_loses_nothing()
    {
        var log = new LogUnderTest(new MemoryFlash(), 64, 8);
        log.Flash.CapacityBytes = 100;
        Assert.IsTrue(log.Append(0, 40));
        Assert.IsTrue(log.Append(1, 40));
        Assert.IsFalse(log.Append(2, 40));
        log.Kill(0);
        Assert.IsTrue(log.Log.CompactOne(log));
        Assert.IsTrue(log.Append(2, 40));
        log.Restart();
        log.MustHaveLive(3, "after the flash was full");
    }

    private static byte[] Cut(byte[] bytes, int count)
    {
        byte[] cut = new byte[count];
        System.Array.Copy(bytes, cut, count);
        return cut;
    }
}
