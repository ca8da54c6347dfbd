using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>A message is starred on one board: it stays so until its star is taken or nothing is left of it, and nobody else
/// learns of it.</summary>
[TestClass]
public class StarTests
{
    [TestMethod]
    public void Stars_stay_over_restarts_until_they_are_taken_and_nothing_is_published()
    {
        VirtualBroker broker = TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.Types("a1", "bob");
        alice.Types("a2", "bob");
        alice.TypesToGroup("g1", "team");
        bob.Types("b1", "alice");
        broker.Publish("ec1/i/bob/dave", "{\"c\":\"plain\"}");
        broker.Pass(3000);
        bob.Opens("alice");
        bob.Offline();
        bob.Types("waits", "alice");
        Star(bob, "a1", true);
        Star(bob, "b1", true);
        Star(bob, "g1", true);
        Star(bob, "plain", true);
        Star(bob, "waits", true);
        bob.Online();
        broker.Pass(40000);
        int published = broker.Count("", "");
        Star(alice, "a1", true);
        Star(alice, "a1", true);
        broker.Pass(40000);
        Assert.AreEqual(published, broker.Count("", ""), "it is this board's alone");
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("a1 b1 g1 plain waits", Starred(bob));
            Assert.AreEqual("a1", Starred(alice));
            Assert.AreEqual("", Starred(carol));
            Assert.AreEqual("a1|a2|b1|waits", bob.Shows("alice"), "each in its place");
            Assert.AreEqual(Tick.Shown, alice.TickOf("a1"));
            Assert.AreEqual(0, bob.Messenger.WaitingCount);
            bob.Reboot();
            bob.Online();
            alice.Reboot();
            alice.Online();
        }

        Star(bob, "a1", false);
        Star(bob, "g1", false);
        Star(bob, "plain", false);
        Star(bob, "waits", false);
        Assert.AreEqual("b1", Starred(bob));
        bob.Reboot();
        Assert.AreEqual("b1", Starred(bob));
        Assert.AreEqual("a1|a2|b1|waits", bob.Shows("alice"));
    }

    [TestMethod]
    public void What_is_edited_keeps_its_star_and_what_is_deleted_or_taken_back_has_none()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        string[] texts = new string[] { "edited", "deleted", "taken", "unseen", "hidden", "kept" };
        for (int i = 0; i < texts.Length; i++)
        {
            alice.Types(texts[i], "bob");
            Star(bob, texts[i], true);
            Star(alice, texts[i], true);
            if (i == 2) bob.Opens("alice");
        }

        alice.Edits("edited", "better");
        alice.TakesBack("taken");
        alice.TakesBack("unseen");
        broker.Pass(3000);
        bob.Deletes("deleted");
        bob.Offline();
        alice.Types("lacked", "bob");
        Star(alice, "lacked", true);
        alice.Deletes("lacked");
        alice.Deletes("hidden");
        alice.Offline();
        alice.Types("cancelled", "bob");
        Star(alice, "cancelled", true);
        alice.Try(m => Assert.IsTrue(m.Cancel(alice.Find("cancelled"))));
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("better hidden kept", Starred(bob));
            Assert.AreEqual("better deleted kept", Starred(alice));
            for (int i = alice.Messenger.Newest(alice.Messenger.Find("bob", false)); i >= 0; i = alice.Messenger.Older(i))
                Assert.IsFalse(alice.Messenger.KindOf(i) == MessageKind.TakenBack && alice.Messenger.IsStarred(i));
            alice.Reboot();
            bob.Reboot();
        }

        bob.Online();
        Assert.AreEqual(SendError.NotHere, bob.Messenger.SetStarred(bob.Find("taken back"), true, bob.NowMs));
    }

    [TestMethod]
    public void A_message_that_comes_again_in_a_later_life_of_its_sender_keeps_its_star()
    {
        var broker = new VirtualBroker();
        CoreBoard bob = broker.Board("bob").Online();
        broker.Publish("ec1/i/bob/alice", "{\"n\":1,\"t\":5,\"c\":\"a1\"}");
        broker.Publish("ec1/i/bob/alice", "{\"n\":2,\"t\":6,\"c\":\"a2\"}");
        Star(bob, "a1", true);
        broker.Publish("ec1/i/bob/alice", "{\"n\":1,\"t\":5,\"c\":\"a1\",\"e\":2}");
        broker.Publish("ec1/i/bob/alice", "{\"n\":2,\"t\":6,\"c\":\"a2\",\"e\":2}");
        for (int boot = 0; boot < 2; boot++)
        {
            Assert.AreEqual("a1|a2", bob.Shows("alice"));
            Assert.AreEqual("a1", Starred(bob));
            bob.Reboot();
        }
    }

    [TestMethod]
    public void Only_what_somebody_wrote_can_be_starred()
    {
        TestGroup.Team(out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        int group = bob.Messenger.Find("team", true);
        Assert.AreEqual(MessageKind.Event, bob.Messenger.KindOf(bob.Messenger.Newest(group)));
        Assert.AreEqual(SendError.NotHere, bob.Messenger.SetStarred(bob.Messenger.Newest(group), true, bob.NowMs));
        Assert.AreEqual("", Starred(bob));
        var broker = new VirtualBroker();
        bob = broker.Board("bob").Online();
        broker.Publish("ec1/i/bob/alice", "{\"n\":1,\"c\":\"a1\"}");
        broker.Publish("ec1/i/bob/alice", "{\"n\":3,\"c\":\"a3\"}");
        broker.Pass(12000);
        int missing = bob.Find("1 message missing, asked again");
        Assert.AreEqual(SendError.NotHere, bob.Messenger.SetStarred(missing, true, bob.NowMs));
        Assert.AreEqual("", Starred(bob));
    }

    [TestMethod]
    public void A_power_cut_at_any_byte_leaves_a_whole_message_with_the_star_or_without()
    {
        for (int way = 0; way < 4; way++)
        {
            bool isGiven = way % 2 == 0;
            var cuts = new PowerCuts(60, 1);
            int before = 0;
            int after = 0;
            while (cuts.Next())
            {
                var broker = new VirtualBroker();
                CoreBoard alice = broker.Board("alice").Online();
                CoreBoard bob = broker.Board("bob").Online();
                alice.Types("a1", "bob");
                alice.Types("a2", "bob");
                alice.Types("a3", "bob");
                broker.Pass(3000);
                CoreBoard board = way < 2 ? bob : alice;
                if (!isGiven) Star(board, "a2", true);
                cuts.Plan(board);
                board.Try(m => m.SetStarred(board.Find("a2"), isGiven, board.NowMs));
                cuts.Heal(board);
                broker.Pass(90000);
                bool isStarred = board.Messenger.IsStarred(board.Find("a2"));
                if (isStarred == isGiven) after++;
                else before++;
                Assert.AreEqual("a1|a2|a3", board.Shows(way < 2 ? "alice" : "bob"), cuts.Where);
                board.Reboot();
                Assert.AreEqual(isStarred ? "a2" : "", Starred(board), cuts.Where);
                Assert.AreEqual(Tick.Two, alice.TickOf("a2"), cuts.Where);
            }

            Assert.IsTrue(before > 10 && after > 0, before.ToString() + " before and " + after.ToString() + " after");
        }
    }

    private static void Star(CoreBoard board, string text, bool isStarred)
    {
        int message = board.Find(text);
        Assert.IsTrue(message >= 0, "there is no " + text);
        Assert.AreEqual(SendError.None, board.Messenger.SetStarred(message, isStarred, board.NowMs));
    }

    // what a search for stars finds, in the order of the texts
    private static string Starred(CoreBoard board)
    {
        MessageSearch search = board.Messenger.SearchStarred();
        var text = new byte[Body.MaxContentBytes];
        string all = "";
        for (int budget = 1; !search.IsDone; budget = 1)
        {
            int message = search.Next(text, ref budget);
            if (message < 0) continue;
            Assert.IsTrue(board.Messenger.IsStarred(message));
            string found = Encoding.UTF8.GetString(text, 0, search.Count);
            int place = 0;
            string[] before = all == "" ? new string[0] : all.Split(' ');
            while (place < before.Length && before[place].CompareTo(found) < 0) place++;
            all = "";
            for (int i = 0; i <= before.Length; i++)
            {
                if (i == place) all += all == "" ? found : " " + found;
                if (i < before.Length) all += all == "" ? before[i] : " " + before[i];
            }
        }

        return all;
    }
}
