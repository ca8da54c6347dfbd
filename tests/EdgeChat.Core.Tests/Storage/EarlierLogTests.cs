using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>A log that the version before has written, whose records end with a CRC-16, is read, compacted and written on.</summary>
[TestClass]
public class EarlierLogTests
{
    [TestMethod]
    public void All_of_it_is_read_and_new_records_stand_behind_it()
    {
        LogUnderTest log = Earlier(6);
        log.MustHaveLive(6, "read");
        Assert.AreEqual(0, log.Log.DamagedRecords);
        Assert.IsTrue(log.Append(6, 20));
        log.Restart();
        Assert.AreEqual("0 1 2 3 4 5 6 ", log.Order);
        log.MustHaveLive(7, "read with a new one");
    }

    [TestMethod]
    public void A_damaged_byte_costs_only_its_record()
    {
        for (int at = 0; at < 27; at++)
        {
            LogUnderTest log = Earlier(4);
            log.Flash.Content("m1")[27 + at] ^= 16;
            log.Restart();
            Assert.AreEqual("0 2 3 ", log.Order, "byte " + at.ToString());
            Assert.AreEqual(1, log.Log.DamagedRecords, "byte " + at.ToString());
        }
    }

    [TestMethod]
    public void A_write_cut_at_any_byte_costs_only_itself()
    {
        for (int bytes = 1; bytes < 27; bytes++)
        {
            LogUnderTest log = Earlier(2);
            byte[] whole = log.Flash.Content("m1");
            byte[] cut = new byte[27 + bytes];
            System.Array.Copy(whole, cut, cut.Length);
            log.Flash.Put("m1", cut);
            log.Restart();
            Assert.AreEqual("0 ", log.Order, "cut after " + bytes.ToString());
            Assert.AreEqual(1, log.Log.TornRecords, "cut after " + bytes.ToString());
        }
    }

    [TestMethod]
    public void It_is_compacted()
    {
        LogUnderTest log = Earlier(8);
        log.Kill(1);
        Assert.IsTrue(log.Log.CompactOne(log));
        log.MustHaveLive(8, "moved");
        log.Restart();
        log.MustHaveLive(8, "moved and restarted");
        Assert.AreEqual(7, log.Shown, "each once");
    }

    // records of 27 bytes, four in a segment of 128
    private static LogUnderTest Earlier(int count)
    {
        var log = new LogUnderTest(new MemoryFlash(), 128, 6);
        for (int i = 0; i < count; i++) Assert.IsTrue(log.Append(i, 20));
        for (int segment = 1; segment <= log.Log.SegmentCount; segment++)
        {
            byte[] content = log.Flash.Content("m" + segment.ToString());
            for (int at = 0; at < content.Length; at += 27)
            {
                content[at] = 0xF5;
                int crc = Crc(content, at, at + 25);
                content[at + 25] = (byte)crc;
                content[at + 26] = (byte)(crc >> 8);
            }
        }

        log.Restart();
        return log;
    }

    // CRC-16/MCRF4XX, a bit at a time
    private static int Crc(byte[] bytes, int from, int to)
    {
        int crc = 0xFFFF;
        for (int i = from; i < to; i++)
        {
            crc ^= bytes[i];
            for (int bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? crc >> 1 ^ 0x8408 : crc >> 1;
        }

        return crc;
    }
}
