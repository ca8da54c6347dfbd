using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>What of a frame goes to the display.</summary>
[TestClass]
public class FrameTests
{
    private const int AfterPage2 = 128 * 2;

    [TestMethod]
    public void A_frame_that_nobody_drew_on_has_nothing_to_show()
    {
        var frame = new Frame(128, 64);
        frame.Pixels[5] = 1;
        Assert.IsFalse(frame.NextChange(4), "the drawer has not said that it drew");
    }

    [TestMethod]
    public void Each_changed_run_comes_once_with_its_page_and_columns()
    {
        var frame = new Frame(128, 64);
        frame.Pixels[AfterPage2 + 10] = 0xFF;
        frame.Pixels[AfterPage2 + 12] = 0x01;
        frame.Dirty = true;
        Assert.IsTrue(frame.NextChange(4));
        Assert.AreEqual(2, frame.ChangePage);
        Assert.AreEqual(10, frame.ChangeStart);
        Assert.AreEqual(3, frame.ChangeCount);
        Assert.IsFalse(frame.NextChange(4));
        Assert.IsFalse(frame.Dirty);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(7)]
    [DataRow(8)]
    [DataRow(1020)]
    [DataRow(1023)]
    public void A_single_byte_is_found_wherever_it_is(int place)
    {
        var frame = new Frame(128, 64);
        frame.Pixels[place] = 0x10;
        frame.Dirty = true;
        Assert.IsTrue(frame.NextChange(4));
        Assert.AreEqual(place, frame.ChangePage * 128 + frame.ChangeStart);
        Assert.AreEqual(1, frame.ChangeCount);
        Assert.IsFalse(frame.NextChange(4));
    }

    [TestMethod]
    [DataRow(4, 1)]
    [DataRow(5, 2)]
    public void Runs_closer_than_the_gap_are_joined(int distance, int runs)
    {
        var frame = new Frame(128, 64);
        frame.Pixels[20] = 1;
        frame.Pixels[20 + distance] = 1;
        frame.Dirty = true;
        int found = 0;
        while (frame.NextChange(4)) found++;
        Assert.AreEqual(runs, found);
    }

    [TestMethod]
    public void Only_the_pages_that_were_drawn_on_are_compared()
    {
        var frame = new Frame(128, 64);
        frame.Pixels[5] = 1;
        frame.Pixels[AfterPage2 + 127] = 1;
        frame.Touch(1 << 2 | 1 << 3);
        Assert.IsTrue(frame.NextChange(4));
        Assert.AreEqual(2, frame.ChangePage);
        Assert.AreEqual(127, frame.ChangeStart);
        Assert.IsFalse(frame.NextChange(4));
        Assert.IsFalse(frame.Dirty);
        frame.Touch(1);
        Assert.IsTrue(frame.NextChange(4), "the page that was not drawn on before");
        Assert.AreEqual(0, frame.ChangePage);
    }

    [TestMethod]
    public void A_page_beyond_the_32nd_shares_the_bit_of_another()
    {
        var frame = new Frame(8, 320);
        frame.Pixels[33 * 8] = 1;
        frame.Touch(1 << 1);
        Assert.IsTrue(frame.NextChange(4));
        Assert.AreEqual(33, frame.ChangePage);
        Assert.IsFalse(frame.NextChange(4));
    }

    [TestMethod]
    public void After_the_display_lost_power_all_of_it_is_sent()
    {
        var frame = new Frame(128, 64);
        frame.Invalidate();
        int columns = 0;
        while (frame.NextChange(0)) columns += frame.ChangeCount;
        Assert.AreEqual(128 * 64 / 8, columns);
    }

    [TestMethod]
    public void A_frame_that_gets_another_size_is_empty_all_paper_and_sent_whole()
    {
        var frame = new Frame(160, 120, true);
        frame.Pixels[7] = 1;
        frame.Colours.Set(ColourPlan.Red, 5, 0, 150, 120);
        frame.Dirty = true;
        while (frame.NextChange(0)) { }
        frame.Resize(104, 80);
        Assert.AreEqual(104, frame.Width);
        Assert.AreEqual(80, frame.Height);
        for (int i = 0; i < frame.Pixels.Length; i++) Assert.AreEqual(0, (int)frame.Pixels[i]);
        var colours = new byte[104];
        Assert.AreEqual(int.MaxValue, frame.Colours.Line(0, 0, 104, colours));
        Assert.AreEqual(ColourPlan.Paper, (int)colours[50]);
        int columns = 0;
        while (frame.NextChange(0)) columns += frame.ChangeCount;
        Assert.AreEqual(104 * 80 / 8, columns);
    }

    [TestMethod]
    public void What_is_drawn_after_the_display_lost_power_is_sent_too()
    {
        var frame = new Frame(128, 64);
        frame.Invalidate();
        for (int i = 0; i < 128; i++) frame.Pixels[AfterPage2 + i] = 0xFF;
        int columns = 0;
        while (frame.NextChange(0)) columns += frame.ChangeCount;
        Assert.AreEqual(128 * 64 / 8, columns);
    }
}
