using EdgeChat.Delivery;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Delivery;

/// <summary>What is taken back reaches all who have it, whatever its sender does with the conversation before the marker is out.</summary>
[TestClass]
public class WaitingMarkerTests
{
    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void A_marker_that_waits_goes_out_although_its_conversation_was_deleted(bool restarts)
    {
        VirtualBroker broker = Told(out CoreBoard alice, out CoreBoard bob);
        alice.Offline();
        TakeBack(alice, "secret");
        Delete(alice, "bob");
        if (restarts) alice.Reboot();
        if (restarts) alice.Reboot();
        Assert.AreEqual(-1, alice.Messenger.Find("bob", false));
        alice.Online();
        broker.Pass(5000);
        Assert.AreEqual("there|taken back", bob.Shows("alice"));
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
        alice.Reboot();
        Assert.AreEqual(-1, alice.Messenger.Find("bob", false));
    }

    [TestMethod]
    public void So_does_one_that_the_broker_had_and_the_recipient_had_not()
    {
        VirtualBroker broker = Told(out CoreBoard alice, out CoreBoard bob);
        bob.Offline();
        TakeBack(alice, "secret");
        Delete(alice, "bob");
        broker.Forget(bob);
        bob.Online();
        broker.Pass(120_000);
        Assert.AreEqual("there|taken back", bob.Shows("alice"));
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
    }

    [TestMethod]
    public void What_was_deleted_after_it_was_taken_back_is_not_called_lost()
    {
        VirtualBroker broker = Told(out CoreBoard alice, out CoreBoard bob);
        bob.LoseDeliveries = 1;
        alice.Types("unseen", "bob");
        alice.Offline();
        TakeBack(alice, "unseen");
        Delete(alice, "bob");
        alice.Online();
        broker.Pass(120_000);
        Assert.AreEqual("there|secret", bob.Shows("alice"));
    }

    [TestMethod]
    public void An_invitation_that_waits_goes_out_although_the_conversation_was_deleted()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        bob.Types("hi", "alice");
        alice.Offline();
        Assert.IsTrue(alice.Try(m => m.AddMember(m.CreateGroup("team", "Team", alice.NowMs), "bob", alice.NowMs)));
        Delete(alice, "bob");
        alice.Reboot();
        alice.Online();
        broker.Pass(5000);
        Assert.IsTrue(bob.Messenger.CanWrite(bob.Messenger.Find("team", true)));
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public void It_goes_out_although_its_sender_has_left_the_group(bool isOffline, bool isSealed)
    {
        VirtualBroker broker = Team(isSealed, out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        if (isOffline) bob.Offline();
        else carol.Offline();
        TakeBack(bob, "secret");
        LeaveTeam(bob);
        if (isOffline) bob.Reboot();
        broker.Forget(carol);
        bob.Online();
        carol.Online();
        broker.Pass(120_000);
        Assert.AreEqual("there taken back ", alice.Chats.TextsOf("team", "bob"));
        Assert.AreEqual("there taken back ", carol.Chats.TextsOf("team", "bob"));
        Assert.AreEqual(0, bob.Messenger.WaitingCount);
        Assert.AreEqual(2, alice.Messenger.MemberCountOf(alice.Messenger.Find("team", true)));
    }

    [TestMethod]
    public void It_does_so_when_the_admin_has_left_or_the_sender_was_removed()
    {
        VirtualBroker broker = Team(false, out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.TypesToGroup("mine", "team");
        broker.Pass(5000);
        alice.Offline();
        bob.Offline();
        TakeBack(alice, "mine");
        Assert.IsTrue(alice.Try(m => m.SetAdmin(m.Find("team", true), "carol", true, alice.NowMs)));
        Assert.IsTrue(alice.Try(m => Assert.AreEqual(SendError.None, m.RemoveMember(m.Find("team", true), "alice", alice.NowMs))));
        alice.Online();
        broker.Pass(5000);
        Assert.AreEqual("", carol.Chats.TextsOf("team", "alice"));
        TakeBack(bob, "secret");
        Assert.IsTrue(carol.Try(m => Assert.AreEqual(SendError.None, m.RemoveMember(m.Find("team", true), "bob", carol.NowMs))));
        broker.Pass(5000);
        bob.Online();
        broker.Pass(120_000);
        Assert.AreEqual("there taken back ", carol.Chats.TextsOf("team", "bob"));
    }

    [TestMethod]
    public void It_does_so_when_who_made_the_key_of_a_sealed_group_has_left_it()
    {
        VirtualBroker broker = Team(true, out CoreBoard alice, out CoreBoard bob, out CoreBoard carol);
        alice.TypesToGroup("mine", "team");
        broker.Pass(5000);
        alice.Offline();
        TakeBack(alice, "mine");
        LeaveTeam(alice);
        alice.Online();
        broker.Pass(120_000);
        Assert.AreEqual("", bob.Chats.TextsOf("team", "alice"));
        Assert.AreEqual("", carol.Chats.TextsOf("team", "alice"));
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
    }

    [TestMethod]
    public void Its_group_is_over_for_good_once_all_have_its_last_key()
    {
        VirtualBroker broker = Team(true, out CoreBoard alice, out CoreBoard _, out CoreBoard _);
        alice.Offline();
        LeaveTeam(alice);
        alice.Online();
        broker.Pass(5000);
        Assert.AreEqual(0, alice.Messenger.WaitingCount);
        alice.Offline();
        // a word about another group that waits must not bring it back
        Assert.IsTrue(alice.Try(m => m.AddMember(m.CreateGroup("others", "Others", alice.NowMs), "dave", alice.NowMs)));
        alice.Reboot();
        Assert.IsTrue(alice.Try(m => Assert.AreNotEqual(-1, m.CreateGroup("team", "Again", alice.NowMs), m.LastError.ToString())));
    }

    [TestMethod]
    public void A_member_that_is_gone_can_do_nothing_else()
    {
        VirtualBroker broker = Team(false, out CoreBoard alice, out CoreBoard bob, out CoreBoard _);
        Assert.IsTrue(bob.Try(m => m.RemoveMember(m.Find("team", true), "bob", bob.NowMs)));
        broker.Pass(5000);
        int number = 9;
        foreach (string topic in new[] { "ec1/g/team/bob", "ec1/i/alice/bob" })
        {
            broker.Publish(topic, "{\"n\":" + number++ + ",\"g\":\"team\",\"t\":1790000000,\"c\":\"late\"}");
            broker.Publish(topic, "{\"y\":\"u\",\"n\":" + number++ + ",\"g\":\"team\",\"re\":\"carol/1\"}");
        }

        Assert.AreEqual("there secret ", alice.Chats.TextsOf("team", "bob"));
        broker.Publish("ec1/g/team/zoe", "{\"y\":\"u\",\"n\":1,\"re\":\"zoe/1\"}");
        Assert.AreEqual("there secret ", alice.Chats.TextsOf("team", "bob"));
    }

    // alice has written two texts, of which bob was shown both
    private static VirtualBroker Told(out CoreBoard alice, out CoreBoard bob)
    {
        var broker = new VirtualBroker();
        alice = broker.Board("alice").Online();
        bob = broker.Board("bob").Online();
        alice.Types("there", "bob");
        alice.Types("secret", "bob");
        bob.Opens("alice");
        broker.Pass(5000);
        return broker;
    }

    // bob has written two texts, which alice, the admin, and carol were shown
    private static VirtualBroker Team(bool isSealed, out CoreBoard alice, out CoreBoard bob, out CoreBoard carol)
    {
        var broker = new VirtualBroker();
        alice = broker.Board("alice");
        bob = broker.Board("bob");
        carol = broker.Board("carol");
        CoreBoard[] all = [alice, bob, carol];
        foreach (CoreBoard board in all)
        {
            if (isSealed) SealKit.Give(board, [.. all.Where(b => b != board).Select(b => b.Id)]);
            board.Online();
        }

        CoreBoard admin = alice;
        Assert.IsTrue(admin.Try(m =>
        {
            int group = m.CreateGroup("team", "Team", admin.NowMs);
            m.AddMember(group, "bob", admin.NowMs);
            m.AddMember(group, "carol", admin.NowMs);
        }));
        broker.Pass(15_000);
        Assert.AreEqual(isSealed, bob.Messenger.IsSealed(bob.Messenger.Find("team", true)));
        bob.TypesToGroup("there", "team");
        bob.TypesToGroup("secret", "team");
        alice.Opens("team");
        carol.Opens("team");
        broker.Pass(5000);
        return broker;
    }

    private static void LeaveTeam(CoreBoard board)
    {
        Assert.IsTrue(board.Try(m => Assert.AreEqual(SendError.None, m.RemoveMember(m.Find("team", true), board.Id, board.NowMs))));
        Assert.IsTrue(board.Try(m => Assert.AreEqual(SendError.None, m.Delete(m.Find("team", true)))));
    }

    private static void TakeBack(CoreBoard board, string text)
    {
        Assert.IsTrue(board.Try(m => Assert.AreEqual(SendError.None, m.TakeBack(board.Find(text), board.NowMs))));
        board.Broker.Settle();
    }

    private static void Delete(CoreBoard board, string with)
    {
        Assert.IsTrue(board.Try(m => Assert.AreEqual(SendError.None, m.Delete(m.Find(with, false)))));
        board.Broker.Settle();
    }
}
