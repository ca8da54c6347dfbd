using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>The ring of the last events.</summary>
[TestClass]
public class EventLogTests
{
    [TestMethod]
    public void An_entry_keeps_what_it_was_given()
    {
        var log = new EventLog();
        log.Add(EventKind.Presence, "bob", 70000, 3, 12345);
        Assert.AreEqual(0, log.First);
        Assert.AreEqual(1, log.End);
        Assert.IsTrue(log.KindOf(0) == EventKind.Presence);
        Assert.AreEqual("bob", log.TextOf(0));
        Assert.AreEqual(70000, log.NumberOf(0));
        Assert.AreEqual(3, log.DetailOf(0));
        Assert.AreEqual(12, log.SecondsOf(0));
    }

    [TestMethod]
    public void The_oldest_entry_makes_room()
    {
        var log = new EventLog();
        for (int i = 0; i < Limits.LogEvents + 5; i++) log.Add(EventKind.Boot, null, i, 0, 0);
        Assert.AreEqual(5, log.First);
        Assert.AreEqual(Limits.LogEvents + 5, log.End);
        for (int i = log.First; i < log.End; i++) Assert.AreEqual(i, log.NumberOf(i));
        Assert.AreEqual("", log.TextOf(5));
    }

    [TestMethod]
    public void Long_texts_make_room_for_the_newest_and_nothing_of_what_is_left_changes()
    {
        var log = new EventLog();
        string text = new string('x', Limits.LogTextBytes);
        for (int i = 0; i < 100; i++) log.Add(EventKind.Ticked, i % 3 == 0 ? text : "carol", i * 1000, i, i * 100000L);
        Assert.AreEqual(100, log.End);
        Assert.IsTrue(log.End - log.First > Limits.LogBytes / 64, "there is room for " + (log.End - log.First).ToString());
        for (int i = log.First; i < log.End; i++)
        {
            Assert.IsTrue(log.KindOf(i) == EventKind.Ticked);
            Assert.AreEqual(i % 3 == 0 ? text : "carol", log.TextOf(i));
            Assert.AreEqual(i * 1000, log.NumberOf(i));
            Assert.AreEqual(i, log.DetailOf(i));
            Assert.AreEqual(i * 100, log.SecondsOf(i));
        }
    }

    [TestMethod]
    [DataRow(int.MaxValue)]
    [DataRow(int.MinValue)]
    [DataRow(-1)]
    [DataRow(127)]
    [DataRow(128)]
    public void A_number_of_any_size_is_kept(int number)
    {
        var log = new EventLog();
        log.Add(EventKind.Arrived, "bob", number, 255, int.MaxValue * 1000L);
        Assert.AreEqual(number, log.NumberOf(0));
        Assert.AreEqual(255, log.DetailOf(0));
        Assert.AreEqual(int.MaxValue, log.SecondsOf(0));
        Assert.AreEqual("bob", log.TextOf(0));
    }

    [TestMethod]
    public void All_entries_are_kept_when_they_name_groups_with_the_longest_ids()
    {
        var log = new EventLog();
        for (int i = 0; i < Limits.LogEvents; i++) log.Add(EventKind.Arrived, i % 2 == 0 ? "#board-of-workshop" : null, 300, 0, 400000000);
        Assert.AreEqual(0, log.First);
    }

    [TestMethod]
    public void A_long_text_is_cut_at_a_character()
    {
        var log = new EventLog();
        string text = new string('x', Limits.LogTextBytes - 1);
        log.Add(EventKind.NetworkDown, text + "ü", 0, 0, 0);
        Assert.AreEqual(text, log.TextOf(0));
    }

    [TestMethod]
    public void Only_what_tells_something_of_the_link_is_kept()
    {
        var log = new EventLog();
        log.AddLink(new LinkEvent { Kind = LinkEventKind.Received }, 0);
        log.AddLink(new LinkEvent { Kind = LinkEventKind.Published, Flag = true }, 0);
        log.AddLink(new LinkEvent { Kind = LinkEventKind.Subscribed }, 0);
        Assert.AreEqual(0, log.End);
        log.AddLink(new LinkEvent { Kind = LinkEventKind.Published }, 0);
        log.AddLink(new LinkEvent { Kind = LinkEventKind.Refused, Code = 5 }, 0);
        Assert.AreEqual(2, log.End);
        Assert.AreEqual(5, log.NumberOf(1));
    }
}
