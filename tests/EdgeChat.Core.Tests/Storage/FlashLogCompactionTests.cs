using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Making room moves what lives and loses nothing, whenever the power goes.</summary>
[TestClass]
public class FlashLogCompactionTests
{
    [TestMethod]
    [DataRow(128)]
    [DataRow(60)]
    [DataRow(27)]
    public void Only_what_lives_is_moved(int bufferBytes)
    {
        LogUnderTest log = Filled(8, bufferBytes);
        log.Kill(0);
        log.Kill(2);
        Assert.IsTrue(log.Log.CompactOne(log));
        Assert.AreEqual(2, log.Moves);
        log.MustHaveLive(8, "moved");
        Assert.IsNull(log.Flash.Content("m1"));
        log.Restart();
        Assert.AreEqual(6, log.Shown, "each once");
        log.MustHaveLive(8, "moved and restarted");
    }

    [TestMethod]
    public void A_segment_that_lives_whole_frees_nothing_and_says_so()
    {
        LogUnderTest log = Filled(8, 128);
        Assert.IsFalse(log.Log.CompactOne(log));
        log.MustHaveLive(8, "moved");
        log.Kill(4);
        Assert.IsTrue(log.Log.CompactOne(log), "the next one had something to free");
        log.MustHaveLive(8, "moved");
    }

    [TestMethod]
    public void A_dead_segment_is_deleted_without_a_write()
    {
        LogUnderTest log = Filled(8, 128);
        for (int i = 0; i < 4; i++) log.Kill(i);
        int operations = log.Flash.Operations;
        Assert.IsTrue(log.Log.CompactOne(log));
        Assert.AreEqual(operations + 1, log.Flash.Operations);
        Assert.AreEqual(0, log.Moves);
    }

    [TestMethod]
    public void A_log_of_one_segment_is_left_alone()
    {
        LogUnderTest log = Filled(2, 128);
        Assert.IsFalse(log.Log.CompactOne(log));
        log.MustHaveLive(2, "untouched");
    }

    [TestMethod]
    [DataRow(128, 2)]
    [DataRow(60, 3)]
    [DataRow(27, 4)]
    public void A_compaction_is_a_write_for_each_buffer_and_one_where_a_segment_ends(int bufferBytes, int writes)
    {
        LogUnderTest log = Filled(10, bufferBytes);
        log.Kill(3);
        int appends = log.Flash.Appends;
        int operations = log.Flash.Operations;
        log.Log.CompactOne(log);
        Assert.IsTrue(log.Flash.Appends - appends <= writes);
        Assert.IsTrue(log.Flash.Operations - operations <= writes + 1);
    }

    [TestMethod]
    [DataRow(5, 128)]
    [DataRow(8, 128)]
    [DataRow(10, 128)]
    [DataRow(11, 128)]
    [DataRow(5, 27)]
    [DataRow(8, 80)]
    [DataRow(10, 40)]
    [DataRow(11, 60)]
    public void A_cut_at_any_byte_of_a_compaction_loses_nothing(int count, int bufferBytes)
    {
        int points = 0;
        for (int operation = 0; operation < 5; operation++)
        {
            for (int bytes = 0; bytes <= 128; bytes++)
            {
                LogUnderTest log = Filled(count, bufferBytes);
                log.Kill(1);
                log.Flash.CutAfter(operation, bytes);
                try
                {
                    log.Log.CompactOne(log);
                    if (operation == 0) Assert.IsTrue(false, "no cut");
                    bytes = 128;
                }
                catch (PowerCutException)
                {
                    points++;
                }

                string when = "cut in operation " + operation.ToString() + " after " + bytes.ToString() + " bytes";
                log.Restart();
                log.MustHaveLive(count, when);
                Assert.IsTrue(log.Append(count, 20), when);
                log.Log.CompactOne(log);
                log.MustHaveLive(count + 1, when + " then compacted");
                log.Restart();
                log.MustHaveLive(count + 1, when + " then compacted and restarted");
            }
        }

        Assert.IsTrue(points > 129, "cuts that were hit: " + points.ToString());
    }

    [TestMethod]
    [DataRow(128)]
    [DataRow(60)]
    [DataRow(27)]
    public void A_refusal_during_a_compaction_loses_nothing(int bufferBytes)
    {
        for (int operation = 1; operation <= 3; operation++)
        {
            for (int kept = 0; kept < 80; kept += 9)
            {
                string when = "operation " + operation.ToString() + " refused - " + kept.ToString() + " bytes kept";
                LogUnderTest log = Filled(10, bufferBytes);
                log.Kill(1);
                log.Flash.RefuseAt = log.Flash.Operations + operation;
                log.Flash.RefusedBytesKept = kept;
                try
                {
                    log.Log.CompactOne(log);
                }
                catch (FlashException)
                {
                    log.MustHaveLive(10, when);
                }

                log.Restart();
                log.MustHaveLive(10, when + " then restarted");
                Assert.IsTrue(log.Log.CompactOne(log), when);
                log.MustHaveLive(10, when + " then compacted");
            }
        }
    }

    [TestMethod]
    [DataRow(1, 256)]
    [DataRow(2, 256)]
    [DataRow(3, 100)]
    [DataRow(4, 48)]
    public void A_long_life_with_power_cuts_keeps_all_that_lives(int number, int bufferBytes)
    {
        Seeds.Play("A_long_life_with_power_cuts", number, seed => Live(seed, bufferBytes));
    }

    private static void Live(int seed, int bufferBytes)
    {
        var log = new LogUnderTest(new MemoryFlash(), 256, 8, bufferBytes);
        var dice = new Dice(seed);
        int count = 0;
        int oldest = 0;
        while (count < 500)
        {
            string when = "record " + count.ToString();
            if (dice.Next(6) == 0) log.Flash.CutAfter(dice.Next(3), dice.Next(120));
            try
            {
                // at most 25 live, some of them old
                while (count - oldest > 25) log.Kill(oldest++);
                if (dice.Next(3) == 0) log.Kill(oldest + dice.Next(count - oldest + 1));
                for (int i = 0; log.Log.IsNearlyFull && i < 8; i++) log.Log.CompactOne(log);
                Assert.IsTrue(log.Append(count, 2 + dice.Next(40)), when);
            }
            catch (PowerCutException)
            {
                log.Restart();
                log.Kill(count); // the write did not return: it may be there or not
                log.MustHaveLive(count, when + " after a cut");
            }

            count++;
        }

        log.Restart();
        log.MustHaveLive(count, "at the end");
    }

    // records of 27 bytes: four in a segment of 128
    private static LogUnderTest Filled(int count, int bufferBytes)
    {
        var log = new LogUnderTest(new MemoryFlash(), 128, 6, bufferBytes);
        for (int i = 0; i < count; i++) Assert.IsTrue(log.Append(i, 20));
        return log;
    }
}
