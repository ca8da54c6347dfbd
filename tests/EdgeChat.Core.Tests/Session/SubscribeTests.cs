using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>What a session subscribes to, and when it need not.</summary>
[TestClass]
public class SubscribeTests
{
    [TestMethod]
    public void Of_a_session_that_the_broker_kept_only_the_own_presence_is_read_anew_in_the_same_boot()
    {
        var board = new SessionUnderTest().Online().Again();
        board.Next();
        board.Connected(true);
        board.NextIs("subscribe ec1/p/alice");
        board.Suback(1);
        board.NextIs("publish ec1/p/alice {'s':'on','b':41,'c':2} retained");
        board.Published(true);
        Assert.AreEqual("offline; online again; ", board.TakeTold());
    }

    [TestMethod]
    public void A_session_that_the_broker_lost_is_subscribed_again()
    {
        var board = new SessionUnderTest().Online().Again();
        board.Next();
        board.Connected(false);
        board.NextIs("subscribe ec1/i/alice/+ ec1/p/alice");
    }

    [TestMethod]
    public void The_first_connection_of_a_boot_subscribes_even_to_a_kept_session()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Connected(true);
        board.NextIs("subscribe ec1/i/alice/+ ec1/p/alice");
    }

    [TestMethod]
    public void What_was_not_confirmed_is_subscribed_again()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Connected(false);
        board.Next();
        board.Again();
        board.Next();
        board.Connected(true);
        board.NextIs("subscribe ec1/i/alice/+ ec1/p/alice");
    }

    [TestMethod]
    public void Only_the_difference_is_subscribed_while_online()
    {
        var board = new SessionUnderTest().Online();
        board.WantsFilters("ec1/i/alice/+", "ec1/g/team/+", "ec1/p/bob");
        board.NextIs("subscribe ec1/g/team/+ ec1/p/bob");
        board.NextIs("");
        board.Suback(1, 1);
        board.NextIs("");
        board.WantsFilters("ec1/i/alice/+", "ec1/p/bob", "ec1/p/carol");
        board.NextIs("unsubscribe ec1/g/team/+");
        board.NextIs("subscribe ec1/p/carol");
        Assert.AreEqual((int)SessionState.Online, (int)board.Session.State);
        board.Suback(1);
        board.WantsFilters("ec1/i/alice/+", "ec1/p/bob", "ec1/p/carol");
        board.NextIs("");
    }

    [TestMethod]
    public void Filters_that_change_during_a_subscription_wait_for_its_end()
    {
        var board = new SessionUnderTest().Online();
        board.WantsFilters("ec1/i/alice/+", "ec1/p/bob");
        board.NextIs("subscribe ec1/p/bob");
        board.WantsFilters("ec1/i/alice/+", "ec1/p/carol");
        board.NextIs("");
        board.Suback(1);
        board.NextIs("unsubscribe ec1/p/bob");
        board.NextIs("subscribe ec1/p/carol");
    }

    [TestMethod]
    public void Filters_that_change_while_offline_change_at_the_next_connection()
    {
        var board = new SessionUnderTest().Online();
        board.WantsFilters("ec1/i/alice/+", "ec1/p/bob");
        board.Next();
        board.Suback(1);
        board.Closed();
        board.WantsFilters("ec1/i/alice/+", "ec1/p/carol");
        board.NextIs("");
        board.At(board.Session.NextTickMs);
        board.Next();
        board.Connected(true);
        board.NextIs("unsubscribe ec1/p/bob");
        board.NextIs("subscribe ec1/p/carol ec1/p/alice");
        board.NextIs("");
        board.Suback(1, 1);
        board.NextIs("publish ec1/p/alice {'s':'on','b':41,'c':2} retained");
    }

    [TestMethod]
    public void A_refused_filter_is_named_and_the_rest_goes_on()
    {
        var board = new SessionUnderTest();
        board.FilterList = new string[] { "ec1/i/alice/+", "ec1/g/team/+" };
        board.Up();
        board.Next();
        board.Connected(false);
        board.Next();
        board.Suback(1, 128, 1);
        Assert.Contains("ec1/g/team/+", board.Session.Problem);
        Assert.Contains("alice", board.Session.Problem);
        board.NextIs("publish ec1/p/alice {'s':'on','b':41,'c':1} retained");
        board.Published(true);
        Assert.AreEqual((int)SessionState.Degraded, (int)board.Session.State);
        Assert.IsTrue(board.Session.IsOnline);
        Assert.Contains("ec1/g/team/+", board.Session.Problem, "still true while online");
        board.Again();
        board.Next();
        board.Connected(true);
        board.NextIs("subscribe ec1/g/team/+ ec1/p/alice");
        board.Suback(1, 1);
        Assert.IsNull(board.Session.Problem);
    }

    [TestMethod]
    public void What_a_broker_refuses_behind_a_refused_filter_is_asked_for_once_more()
    {
        var board = new SessionUnderTest();
        board.FilterList = new string[] { "ec1/i/alice/+", "ec1/p/bob", "ec1/p/carol", "ec1/p/dave" };
        board.Up();
        board.Next();
        board.Connected(false);
        board.NextIs("subscribe ec1/i/alice/+ ec1/p/bob ec1/p/carol ec1/p/dave ec1/p/alice");
        board.Suback(1, 128, 128, 128, 128);
        board.NextIs("subscribe ec1/p/carol ec1/p/dave ec1/p/alice");
        board.Suback(1, 128, 128);
        board.NextIs("subscribe ec1/p/alice");
        board.Suback(1);
        board.NextIs("publish ec1/p/alice {'s':'on','b':41,'c':1} retained");
        Assert.Contains("read ec1/p/bob and 1 more: allow it", board.Session.Problem);
        board.Published(true);
        board.WantsFilters("ec1/i/alice/+", "ec1/p/bob", "ec1/p/dave", "ec1/p/erin");
        board.NextIs("unsubscribe ec1/p/carol");
        board.NextIs("subscribe ec1/p/erin");
        board.Suback(1);
        board.NextIs("");
        Assert.Contains("read ec1/p/bob and 1 more: allow it", board.Session.Problem);
    }

    [TestMethod]
    public void A_board_that_may_read_nothing_says_so()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Connected(false);
        board.Next();
        board.Suback(128, 128);
        board.NextIs("subscribe ec1/p/alice");
        board.Suback(128);
        Assert.Contains("read ec1/i/alice/+ and 1 more", board.Session.Problem);
        Assert.Contains("NATS: $MQTT.sub.>", board.Session.Problem);
    }

    [TestMethod]
    public void A_right_that_was_refused_is_asked_for_again_after_a_while()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Connected(false);
        board.Next();
        board.Suback(128, 1);
        board.Next();
        board.Published(true);
        board.Receives(SessionUnderTest.Own, "{'s':'on','b':41,'c':1}");
        Assert.AreEqual(board.Now + Limits.RightsAgainMs, board.Session.NextTickMs);
        board.After(Limits.RightsAgainMs);
        board.NextIs("subscribe ec1/i/alice/+");
        board.Suback(1);
        Assert.AreEqual((int)SessionState.Online, (int)board.Session.State);
        Assert.IsNull(board.Session.Problem);
    }

    [TestMethod]
    public void A_filter_on_which_the_broker_ends_the_connection_is_found_and_left_out()
    {
        var board = new SessionUnderTest();
        board.FilterList = new string[] { "ec1/i/alice/+", "ec1/p/bob" };
        board.Up();
        for (int i = 0; i < Limits.DeadlyTimes; i++)
        {
            board.Next();
            board.Connected(false);
            board.NextIs("subscribe ec1/i/alice/+ ec1/p/bob ec1/p/alice");
            board.Again();
        }

        Assert.Contains("when alice subscribes", board.Session.Problem);
        board.Next();
        board.Connected(false);
        board.NextIs("subscribe ec1/i/alice/+");
        board.Suback(1);
        board.NextIs("subscribe ec1/p/bob");
        board.Closed();
        Assert.AreEqual(1001, board.LastBound, "something was learned: the delay begins again");
        board.At(board.Session.NextTickMs);
        board.Next();
        board.Connected(true);
        board.NextIs("subscribe ec1/p/alice");
        board.Suback(1);
        board.Next();
        board.Published(true);
        board.Receives(SessionUnderTest.Own, "{'s':'on','b':41,'c':5}");
        Assert.AreEqual((int)SessionState.Degraded, (int)board.Session.State);
        Assert.AreEqual(board.Now + Limits.RightsAgainMs, board.Session.NextTickMs);
    }

    [TestMethod]
    public void A_SUBACK_that_is_too_short_refuses_the_rest()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Connected(false);
        board.Next();
        board.Suback(1);
        Assert.Contains("ec1/p/alice", board.Session.Problem);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Without_SUBACK_the_connection_is_given_up(bool isOnline)
    {
        var board = new SessionUnderTest();
        if (isOnline)
        {
            board.Online();
            board.WantsFilters("ec1/i/alice/+", "ec1/p/bob");
        }
        else
        {
            board.Up();
            board.Next();
            board.Connected(false);
        }

        board.Next();
        Assert.AreEqual(board.Now + Limits.SubscribeTimeoutMs, board.Session.NextTickMs);
        board.After(Limits.SubscribeTimeoutMs);
        board.NextIs("abort");
        board.NextIs("");
        Assert.AreEqual((int)SessionState.Waiting, (int)board.Session.State);
        Assert.IsNotNull(board.Session.Problem);
        board.SubackOf(board.SubscribeTicket, new byte[] { 1, 1 });
        Assert.AreEqual((int)SessionState.Waiting, (int)board.Session.State);
        Assert.AreEqual(isOnline ? "offline; " : "", board.TakeTold());
    }

    [TestMethod]
    public void A_subscription_of_an_earlier_life_is_ended_when_it_shows()
    {
        var board = new SessionUnderTest().Online();
        board.Receives("ec1/g/old/bob", "{}");
        Assert.AreEqual("ec1/g/old/bob {}; ", board.TakeTold(), "what to make of it is the client's to say");
        board.NextIs("unsubscribe ec1/g/old/bob ec1/g/old/+");
        board.NextIs("");
        board.Receives("ec1/i/alice/dave", "{}");
        board.NextIs("");
        board.WantsFilters("ec1/i/alice/+", "ec1/g/team/+", "ec1/r/team");
        board.Next();
        board.Suback(1, 1);
        board.Receives("ec1/g/team/bob", "{}");
        board.Receives("ec1/r/team", "{}");
        board.Receives("nonsense", "{}");
        board.NextIs("");
    }

    [TestMethod]
    public void A_filter_wanted_by_now_is_not_ended_as_a_stranger()
    {
        var board = new SessionUnderTest().Online();
        board.Receives("ec1/g/team/bob", "{}");
        board.WantsFilters("ec1/i/alice/+", "ec1/g/team/+");
        board.NextIs("unsubscribe ec1/g/team/bob");
        board.NextIs("subscribe ec1/g/team/+");
    }
}
