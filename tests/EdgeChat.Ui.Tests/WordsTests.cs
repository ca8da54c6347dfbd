using System.Text;
using EdgeChat.Core;
using nanoFramework.TestFramework;

namespace EdgeChat.Ui.Tests;

/// <summary>Times in words, and text put together without strings.</summary>
[TestClass]
public class WordsTests
{
    private const long Monday = 1790000000; // 21 September 2026, 14:13:20

    [TestMethod]
    [DataRow(0, "Today")]
    [DataRow(1, "Yesterday")]
    [DataRow(2, "Saturday")]
    [DataRow(6, "Tuesday")]
    [DataRow(7, "14 Sep")]
    [DataRow(-1, "22 Sep")]
    [DataRow(264, "31 Dec 2025")]
    [DataRow(936, "28 Feb 2024")]
    [DataRow(935, "29 Feb 2024")]
    [DataRow(9394, "1 Jan 2001")]
    [DataRow(9395, "31 Dec 2000")]
    public void A_day_is_named_as_a_person_names_it(int daysAgo, string expected)
    {
        int today = LocalTime.DayOf(Monday);
        Assert.AreEqual(expected, LocalTime.AddDay(new TextBuffer(32), today - daysAgo, today).AsString());
    }

    [TestMethod]
    [DataRow(0, "14:13")]
    [DataRow(86400, "Sun")]
    [DataRow(604800, "14 Sep")]
    public void A_list_tells_the_time_of_today_and_the_day_of_before(int secondsAgo, string expected)
    {
        Assert.AreEqual(expected, LocalTime.AddShort(new TextBuffer(32), Monday - secondsAgo, LocalTime.DayOf(Monday)).AsString());
    }

    [TestMethod]
    [DataRow(0, "seen 14:13")]
    [DataRow(86400, "seen Sun 14:13")]
    public void A_moment_has_its_day_unless_that_is_today(int secondsAgo, string expected)
    {
        Assert.AreEqual(expected, LocalTime.AddMoment(new TextBuffer(32).Add("seen "), Monday - secondsAgo, LocalTime.DayOf(Monday))
            .AsString());
    }

    [TestMethod]
    public void Numbers_are_written_without_strings()
    {
        Assert.AreEqual("0 -7 2147483647 -2147483648 05",
            new TextBuffer(64).Add(0).Add(' ').Add(-7).Add(' ').Add(int.MaxValue).Add(' ').Add(int.MinValue).Add(' ').AddTwo(5).AsString());
    }

    [TestMethod]
    public void What_does_not_fit_is_cut_at_a_character()
    {
        Assert.AreEqual("aä", new TextBuffer(4).Add("aää").AsString());
        byte[] bytes = Encoding.UTF8.GetBytes("aää");
        Assert.AreEqual("aä", new TextBuffer(4).Add(bytes, 0, bytes.Length).AsString());
        Assert.AreEqual("abc", new TextBuffer(4).Add("abc").Add(12).AsString(), "half a number says something else");
        Assert.AreEqual("", new TextBuffer(4).Add((string)null).AsString());
    }

    [TestMethod]
    public void Two_groups_lead_to_every_letter()
    {
        var entry = new TextEntry();
        entry.Ways = 2;
        entry.Load(new byte[0], 0);
        Assert.IsFalse(entry.Press(Key.Ok), "the middle key has no group");
        int presses = 0;
        while (entry.Count == 0 && presses < 16)
        {
            Assert.IsTrue(entry.Press(Key.Up));
            presses++;
        }

        Assert.IsTrue(entry.Count > 0);
        Assert.IsTrue(entry.DeleteWord());
        Assert.AreEqual(0, entry.Count);
        Assert.IsFalse(entry.DeleteWord());
    }

    [TestMethod]
    public void A_frame_turns_only_on_a_display_that_can()
    {
        var frame = new Frame(128, 64);
        frame.Rotate(3);
        Assert.AreEqual(0, frame.StartPage);
        frame.CanRotate = true;
        frame.Rotate(3);
        Assert.AreEqual(3, frame.StartPage);
        frame.Rotate(-5);
        Assert.AreEqual(6, frame.StartPage);
        var painter = new Painter(frame);
        painter.Fill(0, 16, 1, 8);
        Assert.AreEqual(0xFF, (int)frame.Pixels[0], "page 2 of the picture is in the first page of the memory");
    }
}
