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
        var board = new SessionUnderTest().Online();
        board.Receives(Own, "{'s':'lost','b':70,'c':3}");
        Assert.AreEqual("offline; ", board.TakeTold());
        board.NextIs("abort");
        board.At(board.Session.NextTickMs);
        board.NextIs("connect ec1/p/alice {'s':'lost','b':71,'c':2} retained");
        board.Connected(true);
        board.NextIs("publish ec1/p/alice {'s':'on','b':71,'c':2} retained");
        board.Published(true);
        board.Receives(Own, "{'s':'on','b':71,'c':2}");
        board.NextIs("");
    }

    [TestMethod]
    public void A_boot_counter_that_cannot_be_topped_is_left_alone()
    {
        var board = new SessionUnderTest().Online();
        board.Receives(Own, "{'s':'lost','b':2147483647,'c':3}");
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
