using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>What a board believes about its contacts.</summary>
[TestClass]
public class PresenceTableTests
{
    private const int None = -1;
    private const long Now = 1790000000;

    [TestMethod]
    public void A_birth_makes_a_contact_present()
    {
        PresenceTable table = Table();
        Assert.IsTrue(Take(table, "on", 5, 1, 0));
        Assert.AreEqual((int)PresenceState.On, (int)table.StateAt(0));
        Assert.AreEqual(Now, table.LastSeenAt(0));
        Assert.AreEqual(0L, table.WakesAt(0));
        Assert.IsFalse(Take(table, "on", 5, 1, 0), "nothing new");
    }

    [TestMethod]
    [DataRow("lost", 5, 1, 5, 2)]
    [DataRow("lost", 4, 9, 5, 1)]
    [DataRow("off", 4, 9, 5, 1)]
    [DataRow("on", 4, 9, 5, 1)]
    [DataRow("lost", None, None, 0, 0)]
    [DataRow("on", 5, None, 5, 0)]
    public void An_earlier_pair_changes_nothing(string state, int boot, int connection, int seenBoot, int seenConnection)
    {
        PresenceTable table = Table();
        Take(table, "on", seenBoot, seenConnection, 0);
        Assert.IsFalse(Take(table, state, boot, connection, 0));
        Assert.AreEqual((int)PresenceState.On, (int)table.StateAt(0));
        Assert.IsFalse(table.IsNewBoot);
    }

    [TestMethod]
    [DataRow("lost", 4)]
    [DataRow("off", 2)]
    [DataRow("sleep", 3)]
    public void The_end_of_a_connection_has_the_pair_of_its_birth(string state, int expected)
    {
        PresenceTable table = Table();
        Take(table, "on", 5, 1, 0);
        Assert.IsTrue(Take(table, state, 5, 1, 0));
        Assert.AreEqual(expected, (int)table.StateAt(0));
        Assert.IsTrue(Take(table, "on", 5, 1, 0), "a birth published again counts");
        Assert.AreEqual((int)PresenceState.On, (int)table.StateAt(0));
        Assert.IsFalse(table.IsNewBoot, "but is no new boot");
    }

    [TestMethod]
    [DataRow("lost")]
    [DataRow("off")]
    [DataRow("sleep")]
    public void The_birth_of_a_device_that_was_gone_counts_with_an_earlier_pair_too(string gone)
    {
        PresenceTable table = Table();
        Take(table, "on", 5, 2, 0);
        Take(table, gone, 5, 2, 0);
        Assert.IsTrue(Take(table, "on", 5, 1, 0), "it has lost its counter");
        Assert.AreEqual((int)PresenceState.On, (int)table.StateAt(0));
        Assert.IsTrue(table.IsNewBoot);
        Assert.IsFalse(table.IsFirstBirth);
        Assert.IsTrue(Take(table, "lost", 5, 1, 0), "its pair counts from now on");
        Assert.IsFalse(Take(table, "on", None, None, 0), "a plain client has no counter to lose");
    }

    [TestMethod]
    public void What_the_broker_has_kept_of_an_earlier_pair_changes_nothing_and_its_device_is_asked()
    {
        PresenceTable table = Table();
        Take(table, "lost", 5, 2, 0);
        Assert.AreEqual(-1, table.NextAwaited());
        table.Distrust();
        Assert.IsFalse(table.Take("bob", Message("on", 5, 1, 0, 0), true, Now));
        Assert.AreEqual((int)PresenceState.Lost, (int)table.StateAt(0));
        Assert.AreEqual(0, table.NextAwaited());
        table.Take("bob", Message("lost", 5, 2, 0, 0), true, Now);
        Assert.AreEqual(-1, table.NextAwaited());
    }

    [TestMethod]
    public void Only_the_first_birth_of_a_boot_is_a_new_boot()
    {
        PresenceTable table = Table();
        Take(table, "on", 5, 1, 0);
        Assert.IsTrue(table.IsNewBoot, "whatever it lost - it lost before this board knew it");
        Take(table, "on", 5, 2, 0);
        Assert.IsFalse(table.IsNewBoot);
        Take(table, "lost", 6, 1, 0);
        Assert.IsFalse(table.IsNewBoot, "no birth");
        Take(table, "on", 6, 2, 0);
        Assert.IsTrue(table.IsNewBoot, "the first birth of boot 6 was missed");
    }

    [TestMethod]
    public void A_plain_client_is_believed_as_long_as_it_has_no_counters()
    {
        PresenceTable table = Table();
        Assert.IsTrue(Take(table, "on", None, None, 0));
        Assert.IsFalse(table.IsNewBoot);
        Assert.IsTrue(Take(table, "off", None, None, 0));
        Assert.AreEqual((int)PresenceState.Off, (int)table.StateAt(0));
        Assert.IsTrue(Take(table, "on", 0, 0, 0));
        Assert.IsFalse(Take(table, "off", None, None, 0));
    }

    [TestMethod]
    public void An_unknown_word_is_no_state_but_its_pair_counts()
    {
        PresenceTable table = Table();
        Take(table, "on", 5, 1, 0);
        Assert.IsTrue(Take(table, "busy", 6, 1, 0));
        Assert.AreEqual((int)PresenceState.Unknown, (int)table.StateAt(0));
        Assert.IsFalse(Take(table, "on", 5, 2, 0));
    }

    [TestMethod]
    [DataRow("on", 100, 100)]
    [DataRow("off", 100, 100)]
    [DataRow("sleep", 100, 100)]
    [DataRow("on", 0, 500)]
    [DataRow("off", 0, 0)]
    [DataRow("lost", 0, 0)]
    [DataRow("lost", 100, 100)]
    [DataRow("on", 900, 500)]
    public void Last_seen_of_a_device_not_known_before(string state, int stated, int expected)
    {
        PresenceTable table = Table();
        table.Take("bob", Message(state, 5, 1, stated, 0), false, 500);
        Assert.AreEqual((long)expected, table.LastSeenAt(0));
    }

    [TestMethod]
    [DataRow("off", 0, 500)]
    [DataRow("off", 450, 450)]
    [DataRow("lost", 0, 500)]
    [DataRow("lost", 100, 500)]
    public void Last_seen_of_a_device_that_was_there(string state, int stated, int expected)
    {
        PresenceTable table = Table();
        table.Take("bob", Message("on", 5, 1, 100, 0), false, 110);
        table.Take("bob", Message(state, 5, 1, stated, 0), false, 500);
        Assert.AreEqual((long)expected, table.LastSeenAt(0));
        table.Take("bob", Message(state, 5, 1, stated, 0), false, 900);
        Assert.AreEqual((long)(stated == 100 ? 100 : expected), table.LastSeenAt(0),
            "the same again from the broker's memory is no sign of life");
    }

    [TestMethod]
    public void Without_a_clock_only_stated_times_count()
    {
        PresenceTable table = Table();
        table.Take("bob", Message("on", 5, 1, 0, 0), false, 0);
        Assert.AreEqual(0L, table.LastSeenAt(0));
        table.Take("bob", Message("on", 5, 2, 100, 0), false, 0);
        Assert.AreEqual(100L, table.LastSeenAt(0));
        table.Take("bob", Message("lost", 5, 2, 0, 0), false, 0);
        Assert.AreEqual(100L, table.LastSeenAt(0));
    }

    [TestMethod]
    [DataRow(300, 1000, 1300)]
    [DataRow(0, 1000, 0)]
    [DataRow(300, 0, 0)]
    public void A_sleeping_device_wakes_when_it_said(int wakeAfter, int stated, int expected)
    {
        PresenceTable table = Table();
        Assert.IsTrue(table.Take("bob", Message("sleep", 5, 1, stated, wakeAfter), false, 2000));
        Assert.AreEqual((long)expected, table.WakesAt(0));
        table.Take("bob", Message("on", 6, 1, 0, 0), false, 2000);
        Assert.AreEqual(0L, table.WakesAt(0));
    }

    [TestMethod]
    public void Who_is_no_contact_is_not_followed()
    {
        PresenceTable table = Table();
        Assert.IsFalse(table.Take("eve", Message("on", 5, 1, 0, 0), false, Now));
        Assert.IsFalse(table.IsNewBoot);
        Assert.IsFalse(table.Take("", Message("on", 5, 1, 0, 0), false, Now));
        Assert.AreEqual(1, table.Count);
    }

    [TestMethod]
    public void Ids_are_found_whole_and_only_whole()
    {
        var table = new PresenceTable(new IdTable());
        Assert.AreEqual(0, table.Add("bob"));
        Assert.AreEqual(1, table.Add("bob2"));
        Assert.AreEqual(2, table.Add("bo"));
        Assert.AreEqual(3, table.Add("abcdefghijklmnop"));
        Assert.AreEqual(0, table.Add("bob"), "already there");
        Assert.AreEqual(4, table.Count);
        Assert.AreEqual("bob", table.DeviceAt(0));
        Assert.AreEqual("bob2", table.DeviceAt(1));
        Assert.AreEqual("abcdefghijklmnop", table.DeviceAt(3));
        Assert.AreEqual(2, table.Find("bo"));
        Assert.AreEqual(-1, table.Find("b"));
        Assert.AreEqual(-1, table.Find("bob3"));
        Assert.AreEqual(-1, table.Find("abcdefghijklmnopq"));
        Assert.AreEqual(-1, table.Find(null));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("Bob")]
    [DataRow("a/b")]
    [DataRow("abcdefghijklmnopq")]
    public void What_is_no_device_id_is_not_added(string id)
    {
        Assert.AreEqual(-1, new PresenceTable(new IdTable()).Add(id));
    }

    [TestMethod]
    public void A_full_table_takes_no_more_until_one_is_removed()
    {
        var table = new PresenceTable(new IdTable());
        for (int i = 0; i < Limits.Contacts; i++) Assert.AreEqual(i, table.Add("d" + i.ToString()));
        Assert.AreEqual(-1, table.Add("late"));
        Assert.AreEqual(3, table.Add("d3"));
        table.Take("d31", Message("on", 5, 1, 77, 0), false, 100);
        table.Remove("d3");
        Assert.AreEqual(-1, table.Find("d3"));
        Assert.AreEqual(Limits.Contacts - 1, table.Count);
        int place = table.Find("d31");
        Assert.AreEqual((int)PresenceState.On, (int)table.StateAt(place));
        Assert.AreEqual(77L, table.LastSeenAt(place));
        Assert.IsFalse(table.Take("d31", Message("lost", 4, 1, 0, 0), false, 100), "its pair has moved with it");
        int late = table.Add("late");
        Assert.AreEqual((int)PresenceState.Unknown, (int)table.StateAt(late));
        Assert.AreEqual(0L, table.LastSeenAt(late));
        Assert.AreEqual("late", table.DeviceAt(late));
        table.Remove("nobody");
        Assert.AreEqual(Limits.Contacts, table.Count);
    }

    private static PresenceTable Table()
    {
        var table = new PresenceTable(new IdTable());
        table.Add("bob");
        return table;
    }

    private static bool Take(PresenceTable table, string state, int boot, int connection, long time)
    {
        return table.Take("bob", Message(state, boot, connection, time, 0), false, Now);
    }

    private static Body Message(string state, int boot, int connection, long time, int wakeAfter)
    {
        var body = new Body();
        body.State = state;
        body.Boot = boot;
        body.Connection = connection;
        body.Time = time;
        body.WakeAfter = wakeAfter;
        return body;
    }
}
