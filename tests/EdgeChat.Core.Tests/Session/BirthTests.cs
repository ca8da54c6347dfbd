using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>How a board announces itself and keeps what is announced true.</summary>
[TestClass]
public class BirthTests
{
    private const string Own = SessionUnderTest.Own;
    private const string Birth = "publish ec1/p/alice {'s':'on','b':41,'c':1} retained";

    [TestMethod]
    public void Presence_carries_the_time_once_the_clock_is_set()
    {
        var board = new SessionUnderTest().Online();
        board.Pass(1000);
        board.Session.OnClock(1790000000, board.Now);
        board.NextIs("");
        board.Pass(5000);
        board.Again();
        board.NextIs("connect ec1/p/alice {'s':'lost','b':41,'c':2} retained");
        board.Connected(true);
        board.NextIs("subscribe ec1/p/alice");
        board.Suback(1);
        board.NextIs("publish ec1/p/alice {'s':'on','b':41,'c':2,'t':1790000006} retained");
    }

    [TestMethod]
    [DataRow("{'s':'lost','b':41,'c':1}")]
    [DataRow("{'s':'lost','b':41,'c':0}")]
    [DataRow("{'s':'lost','b':40,'c':9}")]
    [DataRow("{'s':'on','b':40,'c':9}")]
    [DataRow("{'s':'lost'}")]
    [DataRow("not JSON")]
    [DataRow("")]
    public void A_birth_that_was_replaced_is_published_again_once(string late)
    {
        var board = new SessionUnderTest().Online();
        board.Receives(Own, late);
        board.NextIs(Birth);
        board.NextIs("");
        board.Published(true);
        board.NextIs("");
        Assert.AreEqual("", board.TakeTold(), "the client has no part in it");
        board.Receives(Own, "{'s':'on','b':41,'c':1}");
        board.NextIs("");
        board.Receives(Own, late);
        board.NextIs(Birth);
    }

    [TestMethod]
    public void What_came_before_the_birth_needs_no_second_one()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Connected(false);
        board.Next();
        board.Receives(Own, "{'s':'lost','b':40,'c':2}");
        board.Suback(1, 1);
        board.NextIs(Birth);
        board.Receives(Own, "{'s':'lost','b':40,'c':2}");
        board.Receives(Own, "{'s':'on','b':41,'c':1}");
        board.Published(true);
        board.NextIs("");
    }

    [TestMethod]
    public void A_birth_that_came_back_to_us_can_be_replaced_before_its_PUBACK()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Connected(false);
        board.Next();
        board.Suback(1, 1);
        board.NextIs(Birth);
        board.Receives(Own, "{'s':'on','b':41,'c':1}");
        board.Receives(Own, "{'s':'lost','b':41,'c':0}");
        board.NextIs("");
        board.Published(true);
        board.NextIs(Birth);
    }

    [TestMethod]
    public void A_birth_without_PUBACK_does_not_keep_the_board_from_being_online()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Connected(false);
        board.Next();
        board.Suback(1, 1);
        board.NextIs(Birth);
        board.Published(false);
        Assert.AreEqual("online new; ", board.TakeTold());
        board.NextIs("");
        Assert.AreEqual(board.Now + Limits.BirthRetryMs, board.Session.NextTickMs);
        board.After(Limits.BirthRetryMs);
        board.NextIs(Birth);
        board.Published(false);
        board.Receives(Own, "{'s':'on','b':41,'c':1}");
        Assert.AreEqual(Deadline.Never, board.Session.NextTickMs, "that it came back proves that the broker has it");
        board.NextIs("");
    }

    [TestMethod]
    public void A_board_whose_boot_counter_was_lost_counts_on_from_what_the_broker_knows()
    {
        var board = new SessionUnderTest().Greeted();
        board.Receives(Own, "{'s':'lost','b':70,'c':3}");
        board.NextIs("abort");
        Assert.AreEqual((int)SessionState.Waiting, (int)board.Session.State);
        board.At(board.Session.NextTickMs);
        board.NextIs("connect ec1/p/alice {'s':'lost','b':71,'c':2} retained");
        board.Connected(true);
        board.NextIs("subscribe ec1/p/alice");
        board.Suback(1);
        board.NextIs("publish ec1/p/alice {'s':'on','b':71,'c':2} retained");
        board.Published(true);
        board.Receives(Own, "{'s':'on','b':71,'c':2}");
        board.NextIs("");
    }

    [TestMethod]
    public void A_board_that_was_there_and_finds_a_later_start_was_pushed_off_by_another_device()
    {
        var board = new SessionUnderTest().Online();
        board.Again();
        board.NextIs("connect ec1/p/alice {'s':'lost','b':41,'c':2} retained");
        board.Connected(true);
        board.NextIs("subscribe ec1/p/alice");
        board.Suback(1);
        board.Receives(Own, "{'s':'on','b':42,'c':1}");
        board.NextIs("abort");
        Assert.Contains("another device uses the id alice", board.Session.Problem);
        Assert.AreEqual((int)SessionState.Refused, (int)board.Session.State);
        Assert.AreEqual(board.Now + Limits.BackoffMaxMs, board.Session.NextTryMs, "two that take the session from each other do it seldom");
        board.Session.TryNow(board.Now);
        board.NextIs("connect ec1/p/alice {'s':'lost','b':43,'c':3} retained");
    }

    [TestMethod]
    public void A_birth_that_does_not_come_back_is_a_missing_right()
    {
        var board = new SessionUnderTest().Greeted();
        board.Published(true);
        Assert.AreEqual((int)SessionState.Online, (int)board.Session.State);
        Assert.AreEqual(board.Now + Limits.BirthEchoMs, board.Session.NextTickMs);
        board.After(Limits.BirthEchoMs);
        Assert.AreEqual((int)SessionState.Degraded, (int)board.Session.State);
        Assert.Contains("does not give back what alice writes to ec1/p/alice", board.Session.Problem);
        board.NextIs("");
        board.After(Limits.RightsAgainMs);
        board.NextIs(Birth);
        board.Published(true);
        Assert.AreEqual((int)SessionState.Degraded, (int)board.Session.State);
        Assert.AreEqual(board.Now + Limits.RightsAgainMs, board.Session.NextTickMs);
        board.Receives(Own, "{'s':'on','b':41,'c':1}");
        Assert.AreEqual((int)SessionState.Online, (int)board.Session.State, "somebody has given the right");
        Assert.IsNull(board.Session.Problem);
        Assert.AreEqual(Deadline.Never, board.Session.NextTickMs);
    }

    [TestMethod]
    public void A_birth_that_comes_back_before_its_PUBACK_is_waited_for_no_more()
    {
        var board = new SessionUnderTest().Greeted();
        board.Receives(Own, "{'s':'on','b':41,'c':1}");
        board.Published(true);
        Assert.AreEqual(Deadline.Never, board.Session.NextTickMs);
    }

    [TestMethod]
    public void A_broker_that_ends_the_connection_on_each_birth_denies_it()
    {
        var board = new SessionUnderTest().Greeted();
        for (int i = 1; i < Limits.DeadlyTimes; i++)
        {
            board.Again();
            Assert.AreEqual((int)SessionState.Connecting, (int)board.Session.State);
            board.Next();
            board.Connected(false);
            board.Next();
            board.Suback(1, 1);
            board.Next();
        }

        board.Closed();
        Assert.Contains("ends the connection when alice writes to ec1/p/alice", board.Session.Problem);
        Assert.AreEqual((int)SessionState.Refused, (int)board.Session.State);
    }

    [TestMethod]
    [DataRow(2147483646)]
    [DataRow(2147483647)]
    public void A_boot_counter_that_cannot_be_topped_is_left_alone(int boot)
    {
        var board = new SessionUnderTest().Online();
        board.Receives(Own, "{'s':'lost','b':" + boot.ToString() + ",'c':3}");
        board.NextIs(Birth);
    }

    [TestMethod]
    public void The_birth_takes_its_turn_among_the_publishes()
    {
        var board = new SessionUnderTest().Online();
        board.Wants("a", "1");
        board.Wants("b", "2");
        board.NextIs("publish a 1");
        board.Receives(Own, "{'s':'lost','b':41,'c':0}");
        board.NextIs("");
        board.Published(true);
        board.NextIs(Birth);
        board.Published(true);
        board.NextIs("publish b 2");
        Assert.AreEqual("published; ", board.TakeTold());
    }
}
