using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>The colours beside a frame: what lies over what, and what of it a display is sent again.</summary>
[TestClass]
public class ColourPlanTests
{
    private const int Width = 40;
    private const int Height = 24;
    private const int Gap = 1; // runs are not joined

    [TestMethod]
    public void A_mark_is_on_the_surface_below_it()
    {
        Frame frame = Make();
        frame.Colours.Set(ColourPlan.Raised, 0, 0, Width, 8);
        frame.Colours.Set(ColourPlan.Green, 30, 0, 5, 8);
        frame.Colours.Set(ColourPlan.Green, 30, 10, 5, 8);
        Assert.AreEqual(ColourPlan.Green | ColourPlan.Raised, At(frame, 31, 7));
        Assert.AreEqual(ColourPlan.Green, At(frame, 31, 12));
        Assert.AreEqual(ColourPlan.Raised, At(frame, 29, 7));
        Assert.AreEqual(ColourPlan.Paper, At(frame, 29, 8));
    }

    [TestMethod]
    public void What_is_turned_over_is_a_plate_with_its_marks_and_paper_again()
    {
        Frame frame = Make();
        frame.Colours.Set(ColourPlan.Blue, 4, 9, 7, 8);
        for (int round = 0; round < 100; round++)
        {
            frame.Colours.Turn(0, 8, Width, 10);
            Assert.AreEqual(ColourPlan.Plate, At(frame, 0, 8));
            Assert.AreEqual(ColourPlan.Plate | ColourPlan.Blue, At(frame, 10, 16));
            Assert.AreEqual(ColourPlan.Plate, At(frame, 11, 16));
            Assert.AreEqual(ColourPlan.Paper, At(frame, 11, 18));
            frame.Colours.Turn(0, 8, Width, 10);
            Assert.AreEqual(ColourPlan.Paper, At(frame, 0, 8));
            Assert.AreEqual(ColourPlan.Blue, At(frame, 10, 16));
        }
    }

    [TestMethod]
    public void What_moves_takes_its_colours_along_and_what_leaves_is_gone()
    {
        Frame frame = Make();
        frame.Colours.Set(ColourPlan.Red, 0, 0, 8, 8);
        frame.Colours.Set(ColourPlan.Plate, 8, 4, 8, 16);
        frame.Colours.Set(ColourPlan.Green, 20, 16, 8, 8);
        frame.Colours.Move(0, Height, -8, Width);
        Assert.AreEqual(ColourPlan.Paper, At(frame, 0, 0));
        Assert.AreEqual(ColourPlan.Plate, At(frame, 8, 0));
        Assert.AreEqual(ColourPlan.Plate, At(frame, 8, 11));
        Assert.AreEqual(ColourPlan.Paper, At(frame, 8, 12));
        Assert.AreEqual(ColourPlan.Green, At(frame, 20, 8));
        Assert.AreEqual(ColourPlan.Paper, At(frame, 20, 16));
    }

    [TestMethod]
    public void Rows_of_a_list_move_over_one_that_leaves_it()
    {
        Frame frame = Make();
        frame.Colours.Set(ColourPlan.Red, 1, 0, 4, 8);
        frame.Colours.Set(ColourPlan.Green, 1, 8, 4, 8);
        frame.Colours.Set(ColourPlan.Amber, 1, 16, 4, 8);
        frame.Colours.Move(0, 16, 8, 30);
        Assert.AreEqual(ColourPlan.Paper, At(frame, 1, 0));
        Assert.AreEqual(ColourPlan.Red, At(frame, 1, 8));
        Assert.AreEqual(ColourPlan.Green, At(frame, 1, 16));
    }

    [TestMethod]
    public void Only_columns_whose_colours_are_others_are_sent_again()
    {
        Frame frame = Make();
        Sent(frame);
        frame.Colours.Set(ColourPlan.Plate, 5, 6, 10, 4);
        Assert.AreEqual("0:5-14 1:5-14", Sent(frame));
        frame.Colours.Set(ColourPlan.Plate, 12, 6, 6, 2);
        Assert.AreEqual("0:15-17", Sent(frame), "three columns were a plate already");
        frame.Colours.Set(ColourPlan.Paper, 0, 0, Width, Height);
        frame.Colours.Set(ColourPlan.Plate, 5, 6, 10, 4);
        frame.Colours.Set(ColourPlan.Plate, 15, 6, 3, 2);
        Assert.AreEqual("", Sent(frame), "the same colours by other rectangles");
        frame.Colours.Set(ColourPlan.Blue, 6, 6, 1, 1);
        Assert.AreEqual("0:6-6", Sent(frame));
        frame.Dirty = true;
        Assert.AreEqual("", Sent(frame));
    }

    [TestMethod]
    public void What_is_outside_is_cut_off_and_too_many_take_the_place_of_the_first()
    {
        Frame frame = Make();
        frame.Colours.Set(ColourPlan.Green, -3, -3, 5, 5);
        frame.Colours.Set(ColourPlan.Green, Width - 2, Height - 2, 90, 90);
        frame.Colours.Set(ColourPlan.Green, Width, 0, 5, 5);
        Assert.AreEqual(ColourPlan.Green, At(frame, 1, 1));
        Assert.AreEqual(ColourPlan.Paper, At(frame, 2, 1));
        Assert.AreEqual(ColourPlan.Green, At(frame, Width - 1, Height - 1));
        for (int i = 0; i < Limits.ColourRectangles; i++) frame.Colours.Set(ColourPlan.Red, i, 10, 1, 1);
        Assert.AreEqual(ColourPlan.Paper, At(frame, 1, 1), "the first one");
        Assert.AreEqual(ColourPlan.Red, At(frame, 0, 10));
        Assert.AreEqual(ColourPlan.Red, At(frame, Limits.ColourRectangles - 1, 10));
    }

    private static Frame Make() { return new Frame(Width, Height, true); }

    private static int At(Frame frame, int x, int y)
    {
        var colour = new byte[1];
        frame.Colours.Line(y, x, 1, colour);
        return colour[0];
    }

    // page:first-last of what is sent
    private static string Sent(Frame frame)
    {
        frame.Colours.TakeChanges(new byte[2 * Width]);
        string runs = "";
        while (frame.NextChange(Gap))
        {
            if (runs.Length > 0) runs += " ";
            runs += frame.ChangePage + ":" + frame.ChangeStart + "-" + (frame.ChangeStart + frame.ChangeCount - 1);
        }

        return runs;
    }
}
