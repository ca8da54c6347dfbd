using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>Brokers that lose what they kept though the session is there, and brokers that keep nothing: what is this board's is put back,
/// and what is not is asked for.</summary>
[TestClass]
public class RetainedTests
{
    private const string Ask = "{\"y\":\"p\"}";
    private const string AskForTeam = "{\"y\":\"p\",\"g\":\"team\"}";

    [TestMethod]
    public void What_a_broker_has_lost_behind_a_session_that_is_present_is_put_back()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker).Online();
        alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        broker.Pass(30000);
        broker.RollBack();
        broker.Pass(30000);
        Assert.AreEqual(2, broker.Count("ec1/d/alice", "\"Alice\""));
        Assert.AreEqual(2, broker.Count("ec1/r/team", ""));
        CoreBoard carol = broker.Board("carol");
        carol.Me.Contacts = new string[] { "alice" };
        carol.Online();
        broker.Pass(1000);
        Assert.AreEqual("Alice", carol.Messenger.DisplayNameOf("alice"));
        Assert.AreEqual(PresenceState.On, carol.Messenger.Presence.StateAt(0));
    }

    [TestMethod]
    public void What_is_there_still_is_left_alone()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker).Online();
        alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        broker.Pass(30000);
        int before = broker.Log.Count;
        alice.Disconnect();
        broker.Pass(30000);
        Assert.AreEqual(before + 2, broker.Log.Count, "the will and the birth");
    }

    [TestMethod]
    public void An_older_profile_and_roster_than_was_published_are_replaced()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker).Online();
        int team = alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        alice.Messenger.AddMember(team, "bob", alice.NowMs);
        broker.Pass(30000);
        alice.Disconnect();
        broker.Publish("ec1/d/alice", System.Text.Encoding.UTF8.GetBytes("{\"nm\":\"Al\",\"cap\":\"v\"}"), true);
        broker.Publish("ec1/r/team", System.Text.Encoding.UTF8.GetBytes("{\"v\":1,\"by\":\"alice\",\"m\":[\"alice\"]}"), true);
        broker.Pass(30000);
        Assert.AreEqual(2, broker.Count("ec1/d/alice", "\"Alice\""));
        Assert.AreEqual(2, broker.Count("ec1/r/team", "{\"v\":2,"));
    }

    [TestMethod]
    public void Who_was_invited_before_the_broker_rolled_back_still_gets_in()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        bob.Offline();
        int team = alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        alice.Messenger.AddMember(team, "bob", alice.NowMs);
        broker.Pass(5000);
        broker.RollBack();
        bob.Online();
        broker.Pass(70000);
        alice.TypesToGroup("hello", "team");
        broker.Pass(5000);
        Assert.IsTrue(bob.Shows("team").EndsWith("hello"), bob.Shows("team"));
        Assert.AreEqual(2, bob.Messenger.MemberCountOf(TestGroup.Of(bob)));
    }

    [TestMethod]
    public void With_a_broker_that_keeps_nothing_presence_and_names_are_asked_for()
    {
        var broker = new VirtualBroker { DropsRetained = true };
        CoreBoard alice = Alice(broker).Online();
        broker.Pass(60000);
        CoreBoard bob = broker.Board("bob");
        bob.Me.Contacts = new string[] { "alice", "zed" };
        bob.Online();
        broker.Pass(9000);
        Assert.AreEqual(PresenceState.Unknown, bob.Messenger.Presence.StateAt(0));
        broker.Pass(2000);
        Assert.AreEqual(PresenceState.On, bob.Messenger.Presence.StateAt(0));
        Assert.AreEqual("Alice", bob.Messenger.DisplayNameOf("alice"));
        broker.Pass(3600000);
        Assert.AreEqual(1, broker.Count("ec1/i/alice/bob", ""), "once");
        Assert.AreEqual(1, broker.Count("ec1/i/zed/bob", Ask), "nobody answers");
        bob.Disconnect();
        broker.Pass(60000);
        Assert.AreEqual(1, broker.Count("ec1/i/alice/bob", ""), "what was away comes with the session");
    }

    [TestMethod]
    public void Many_that_ask_have_one_answer()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = Alice(broker).Online();
        broker.Pass(60000);
        int births = broker.Count("ec1/p/alice", "\"on\"");
        for (int i = 0; i < 50; i++) broker.Publish("ec1/i/alice/peer" + i.ToString(), Ask);
        Assert.AreEqual(births + 1, broker.Count("ec1/p/alice", "\"on\""));
        Assert.AreEqual(2, broker.Count("ec1/d/alice", ""));
        alice.Offline();
        broker.Publish("ec1/i/alice/bob", Ask);
        broker.Pass(60000);
        alice.Online();
        broker.Pass(60000);
        Assert.AreEqual(births + 2, broker.Count("ec1/p/alice", "\"on\""), "who asked is subscribed and hears the birth");
        Assert.AreEqual(0, alice.Messenger.Counters.Refused);
        Assert.AreEqual(-1, alice.Messenger.Find("bob", false));
    }

    [TestMethod]
    public void With_a_broker_that_keeps_nothing_an_invited_member_gets_in()
    {
        var broker = new VirtualBroker { DropsRetained = true };
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        CoreBoard carol = broker.Board("carol").Online();
        int team = alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        alice.Messenger.AddMember(team, "bob", alice.NowMs);
        alice.Messenger.AddMember(team, "carol", alice.NowMs);
        carol.Offline();
        broker.Pass(15000);
        Assert.AreEqual(1, broker.Count("ec1/i/alice/bob", AskForTeam));
        carol.Online();
        broker.Pass(15000);
        alice.TypesToGroup("hello", "team");
        broker.Pass(5000);
        Assert.AreEqual("alice added you|hello", bob.Shows("team"));
        Assert.AreEqual("alice added you|hello", carol.Shows("team"));
        Assert.AreEqual(Tick.Two, alice.TickOf("hello"));
    }

    [TestMethod]
    public void With_a_broker_that_keeps_nothing_a_member_learns_what_changed_while_its_session_was_lost()
    {
        var broker = new VirtualBroker { DropsRetained = true };
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        int team = alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        alice.Messenger.AddMember(team, "bob", alice.NowMs);
        broker.Pass(30000);
        bob.PowerOff();
        broker.Forget(bob);
        alice.Messenger.AddMember(team, "carol", alice.NowMs);
        broker.Pass(30000);
        bob.Online();
        broker.Pass(30000);
        Assert.AreEqual(3, bob.Messenger.MemberCountOf(TestGroup.Of(bob)));
    }

    [TestMethod]
    public void Only_an_admin_answers_for_a_roster_and_a_question_in_a_group_is_dropped()
    {
        var broker = new VirtualBroker();
        CoreBoard alice = broker.Board("alice").Online();
        CoreBoard bob = broker.Board("bob").Online();
        int team = alice.Messenger.CreateGroup("team", "Team", alice.NowMs);
        alice.Messenger.AddMember(team, "bob", alice.NowMs);
        broker.Pass(30000);
        int before = broker.Count("ec1/r/team", "");
        broker.Publish("ec1/i/bob/carol", AskForTeam);
        broker.Publish("ec1/i/alice/carol", "{\"y\":\"p\",\"g\":\"other\"}");
        broker.Publish("ec1/g/team/bob", Ask);
        Assert.AreEqual(before, broker.Count("ec1/r/team", ""));
        Assert.AreEqual(1, alice.Messenger.Counters.BadTopic);
        broker.Publish("ec1/i/alice/carol", AskForTeam);
        Assert.AreEqual(before + 1, broker.Count("ec1/r/team", ""));
    }

    private static CoreBoard Alice(VirtualBroker broker)
    {
        CoreBoard board = broker.Board("alice");
        board.Me.DisplayName = "Alice";
        return board;
    }
}
