using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>How a session says goodbye.</summary>
[TestClass]
public class StopTests
{
    [TestMethod]
    [DataRow(0, "{'s':'off','b':41,'c':1}")]
    [DataRow(300, "{'s':'sleep','b':41,'c':1,'w':300}")]
    public void A_stop_says_goodbye_and_disconnects_after_its_PUBACK(int wakeAfter, string goodbye)
    {
        var board = new SessionUnderTest().Online();
        board.Stop(wakeAfter);
        board.NextIs("publish ec1/p/alice " + goodbye + " retained");
        board.NextIs("");
        board.Published(true);
        board.NextIs("disconnect");
        Assert.AreEqual((int)SessionState.Stopped, (int)board.Session.State);
        Assert.AreEqual("offline; ", board.TakeTold());
        Dead(board);
    }

    [TestMethod]
    public void A_goodbye_carries_the_time()
    {
        var board = new SessionUnderTest().Online();
        board.Session.OnClock(1790000000, 0);
        board.Stop(0);
        board.NextIs("publish ec1/p/alice {'s':'off','b':41,'c':1,'t':1790000000} retained");
    }

    [TestMethod]
    public void A_goodbye_waits_for_the_publish_in_flight()
    {
        var board = new SessionUnderTest().Online();
        board.Wants("a", "1");
        board.Wants("b", "2");
        board.Next();
        board.Stop(0);
        board.NextIs("");
        board.Published(true);
        Assert.AreEqual("published; ", board.TakeTold());
        board.NextIs("publish ec1/p/alice {'s':'off','b':41,'c':1} retained");
        board.Published(true);
        board.NextIs("disconnect");
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_goodbye_that_is_not_confirmed_in_time_leaves_the_word_to_the_will(bool isPublished)
    {
        var board = new SessionUnderTest().Online();
        if (!isPublished)
        {
            board.Wants("a", "1");
            board.Next();
        }

        board.Stop(0);
        board.Next();
        Assert.AreEqual(board.Now + Limits.StopTimeoutMs, board.Session.NextTickMs);
        board.After(Limits.StopTimeoutMs - 1);
        board.NextIs("");
        board.After(1);
        board.NextIs("abort");
        board.NextIs("disconnect");
        Assert.AreEqual("offline; ", board.TakeTold());
        Dead(board);
    }

    [TestMethod]
    public void A_goodbye_that_the_broker_did_not_confirm_leaves_the_word_to_the_will()
    {
        var board = new SessionUnderTest().Online();
        board.Stop(0);
        board.Next();
        board.Published(false);
        board.NextIs("abort");
        board.NextIs("disconnect");
    }

    [TestMethod]
    public void Without_a_connection_a_stop_only_disconnects()
    {
        var board = new SessionUnderTest();
        board.Stop(0);
        Assert.AreEqual((int)SessionState.Stopped, (int)board.Session.State);
        board.NextIs("disconnect");
        Dead(board);
    }

    [TestMethod]
    public void A_stop_before_the_connect_is_handed_out_leaves_it_out()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Stop(0);
        board.NextIs("disconnect");
        Dead(board);
    }

    [TestMethod]
    public void A_stop_while_connecting_only_disconnects()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Stop(0);
        board.NextIs("disconnect");
        board.Connected(false);
        Dead(board);
    }

    [TestMethod]
    public void A_stop_while_subscribing_says_goodbye_and_is_never_online()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Connected(false);
        board.Next();
        board.Stop(0);
        board.NextIs("publish ec1/p/alice {'s':'off','b':41,'c':1} retained");
        board.Suback(1, 1);
        board.NextIs("");
        board.Published(true);
        board.NextIs("disconnect");
        Assert.AreEqual("", board.TakeTold());
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_connection_that_breaks_during_the_goodbye_ends_it(bool isNetwork)
    {
        var board = new SessionUnderTest().Online();
        board.Stop(0);
        board.Next();
        if (isNetwork)
        {
            board.Down(null);
            board.NextIs("abort");
        }
        else
        {
            board.Closed();
        }

        board.NextIs("disconnect");
        Assert.AreEqual((int)SessionState.Stopped, (int)board.Session.State);
        Dead(board);
    }

    [TestMethod]
    public void The_own_goodbye_coming_back_is_no_reason_for_a_birth()
    {
        var board = new SessionUnderTest().Online();
        board.Stop(0);
        board.Next();
        board.Receives(SessionUnderTest.Own, "{'s':'off','b':41,'c':1}");
        board.Published(true);
        board.NextIs("disconnect");
        board.NextIs("");
    }

    private static void Dead(SessionUnderTest board)
    {
        board.NextIs("");
        board.Up();
        board.Down(null);
        board.Stop(0);
        board.Session.TryNow(board.Now);
        board.Wants("a", "1");
        board.After(1000000);
        board.WantsFilters("x");
        board.NextIs("");
        Assert.AreEqual((int)SessionState.Stopped, (int)board.Session.State);
        Assert.AreEqual(Deadline.Never, board.Session.NextTickMs);
    }
}
