using System.Globalization;
using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>When a message was received and read is told as long as the flash tells it, and never wrongly.</summary>
[TestClass]
public class ReceiptTimesTests
{
    [TestMethod]
    public void Times_are_those_at_which_the_receipts_came_and_stay_over_restarts()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a1", "bob");
        Assert.AreEqual("0 0", Times(alice, "a1", 0), "no receipt as yet");
        long first = Now(alice);
        broker.Pass(61000);
        bob.Opens("alice");
        long read = Now(alice);
        broker.Pass(61000);
        bob.Offline();
        alice.Types("a2", "bob");
        alice.Types("a3", "bob");
        broker.Pass(61000);
        bob.Online();
        long second = Now(alice);
        broker.Pass(61000);
        for (int boot = 0; boot < 2; boot++)
        {
            Check(alice, "a1", first, read);
            Check(alice, "a2", second, 0);
            Assert.AreEqual(Times(alice, "a2", 0), Times(alice, "a3", 0), "one receipt covers both");
            alice.Reboot();
            alice.Online();
            bob.Reboot();
            bob.Online();
            broker.Pass(61000);
        }

        bob.Opens("alice");
        long last = Now(alice);
        broker.Pass(3000);
        Check(alice, "a1", first, read);
        Check(alice, "a3", second, last);
    }

    [TestMethod]
    public void What_is_read_at_once_has_both_times_by_one_receipt()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        alice.Types("a1", "bob");
        long now = Now(alice);
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":1,\"s\":1}");
        broker.Settle();
        Check(alice, "a1", now, now);
    }

    [TestMethod]
    public void Each_member_of_a_group_has_its_own_times()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        broker.Pass(3000);
        carol.Offline();
        alice.TypesToGroup("g1", "team");
        long first = Now(alice);
        broker.Pass(61000);
        bob.Opens("team");
        long read = Now(alice);
        broker.Pass(61000);
        alice.TypesToGroup("g2", "team");
        broker.Pass(61000);
        carol.Online();
        long second = Now(alice);
        broker.Pass(100000);
        for (int boot = 0; boot < 2; boot++)
        {
            Check(alice, "g1", PlaceOf(alice, "g1", "bob"), first, read);
            Check(alice, "g1", PlaceOf(alice, "g1", "carol"), second, 0);
            Check(alice, "g2", PlaceOf(alice, "g2", "carol"), second, 0);
            alice.Reboot();
        }
    }

    [TestMethod]
    public void Without_the_time_none_is_told_and_with_it_only_what_comes_then()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.HasClock = false;
        alice.Online();
        CoreBoard bob = broker.Board("bob").Online();
        alice.Types("a1", "bob");
        broker.Pass(61000);
        Assert.AreEqual(Tick.Two, alice.TickOf("a1"));
        Assert.AreEqual("0 0", Times(alice, "a1", 0));
        alice.SetClock(0);
        bob.Opens("alice");
        long read = Now(alice);
        broker.Pass(3000);
        Check(alice, "a1", 0, read);
    }

    [TestMethod]
    public void What_was_in_a_hole_of_a_receipt_has_the_time_of_the_one_that_fills_it()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        for (int n = 1; n <= 3; n++) alice.Types($"a{n}", "bob");
        long first = Now(alice);
        broker.Publish("ec1/i/alice/bob", """{"y":"r","d":3,"s":1,"h":[2]}""");
        broker.Settle();
        broker.Pass(10000);
        long second = Now(alice);
        broker.Publish("ec1/i/alice/bob", """{"y":"r","d":3,"s":3}""");
        broker.Settle();
        for (int boot = 0; boot < 2; boot++)
        {
            Check(alice, "a1", first, first);
            Check(alice, "a2", second, second);
            Check(alice, "a3", first, second);
            alice.Reboot();
        }
    }

    [TestMethod]
    public void A_journal_of_the_version_before_has_no_times_and_goes_on_with_them()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice");
        alice.Flash.Put("m1", Hex.Read(JournalBefore));
        alice.Online();
        Assert.AreEqual("one|two|three", alice.Shows("bob"));
        Assert.AreEqual(Tick.Shown, alice.TickOf("one"));
        Assert.AreEqual(Tick.Two, alice.TickOf("two"));
        Assert.AreEqual(Tick.One, alice.TickOf("three"));
        Assert.AreEqual("0 0", Times(alice, "one", 0));
        Assert.AreEqual("0 0", Times(alice, "two", 0));
        long now = Now(alice);
        broker.Publish("ec1/i/alice/bob", "{\"y\":\"r\",\"d\":3,\"s\":2}");
        broker.Settle();
        for (int boot = 0; boot < 2; boot++)
        {
            Check(alice, "one", 0, 0);
            Check(alice, "two", 0, now);
            Check(alice, "three", now, 0);
            alice.Reboot();
        }
    }

    [TestMethod]
    public void Times_that_compaction_has_taken_are_left_out_and_the_others_stay_right()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        var text = new StringBuilder();
        while (text.Length < 700) text.Append("0123456789");
        var times = new long[250];
        for (int n = 0; n < times.Length; n++)
        {
            Assert.AreEqual(SendError.None, alice.Types(text.ToString() + n.ToString(), "bob"));
            times[n] = Now(alice);
            broker.Pass(61000);
        }

        int known = 0;
        int kept = 0;
        for (int n = 0; n < times.Length; n++)
        {
            string name = text.ToString() + n.ToString();
            if (alice.Find(name) < 0) continue;
            kept++;
            string found = Times(alice, name, 0);
            if (found == "0 0") continue;
            known++;
            Check(alice, name, times[n], 0);
        }

        Assert.IsTrue(kept > 40 && known >= kept - 2, known.ToString() + " of " + kept.ToString());
        Assert.IsTrue(alice.Flash.Size("m1") < 0, "it was compacted");
        Assert.IsTrue(bob.Messenger.Counters.Lost == 0);
    }

    [TestMethod]
    public void After_a_power_cut_at_any_byte_of_what_a_receipt_writes_its_time_is_right_or_left_out()
    {
        var cuts = new PowerCuts(60, 1);
        int told = 0;
        while (cuts.Next())
        {
            var broker = new VirtualBroker();
            CoreBoard alice = broker.Board("alice").Online();
            CoreBoard bob = broker.Board("bob").Online();
            alice.Types("a1", "bob");
            broker.Pass(61000);
            string before = Times(alice, "a1", 0);
            cuts.Plan(alice);
            bob.Opens("alice");
            broker.Pass(3000);
            long read = Now(bob);
            cuts.Heal(alice);
            broker.Pass(100000);
            string[] after = Times(alice, "a1", 0).Split(' ');
            Assert.AreEqual(before.Split(' ')[0], after[0], cuts.Where);
            Assert.AreEqual(Tick.Shown, alice.TickOf("a1"), cuts.Where);
            long found = long.Parse(after[1], CultureInfo.InvariantCulture);
            Assert.IsTrue(found >= read - 4 && found <= read + 100, cuts.Where + ": " + after[1]);
            if (found <= read) told++;
        }

        Assert.IsTrue(told > 0);
    }

    // of alice with bob, who has shown the first, and has the second
    private const string JournalBefore =
        "f60702005f0100ada0f60702005f0101aea0f6010f005403626f628000803bb16a01016f6e657d9df60415004b03626f6203626f62000000" +
        "000000000100010000005f41f6030b005203626f62000101000000005317f60415004b03626f6203626f6200000000000000010001000100" +
        "8e4ef6010f005403626f628000863bb16a020274776f5857f60415004b03626f6203626f6200000000000000010002000100c2a0f6030b00" +
        "5203626f62000202000000006226f60111004a03626f628000893bb16a030374687265651d05f6030b005203626f62000303000000007135";

    private static void Check(CoreBoard board, string text, long received, long read) { Check(board, text, 0, received, read); }

    // a receipt waits for others for up to 2 s, and seconds are cut
    private static void Check(CoreBoard board, string text, int place, long received, long read)
    {
        string[] found = Times(board, text, place).Split(' ');
        long[] expected = new long[] { received, read };
        for (int i = 0; i < 2; i++)
        {
            long late = long.Parse(found[i], CultureInfo.InvariantCulture) - expected[i];
            Assert.IsTrue(late >= 0 && late <= 3, text + ": " + found[i] + " and not " + expected[i].ToString());
        }
    }

    private static string Times(CoreBoard board, string text, int place)
    {
        int message = board.Find(text);
        Assert.IsTrue(message >= 0, "there is no " + text);
        ReceiptTimes times = board.Messenger.TimesOf(message);
        while (!times.IsDone) times.GoOn();
        return times.ReceivedAt(place).ToString() + " " + times.ReadAt(place).ToString();
    }

    private static int PlaceOf(CoreBoard board, string text, string member)
    {
        int message = board.Find(text);
        for (int i = 0; i < board.Messenger.RecipientsOf(message); i++)
            if (board.Messenger.RecipientOf(message, i) == member) return i;
        throw new AssertFailedException(member + " is no recipient");
    }

    private static long Now(CoreBoard board) { return board.Messenger.UnixAt(board.NowMs); }
}
