using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Publishes, handed out one after the other.</summary>
[TestClass]
public class PublishTests
{
    [TestMethod]
    public void Publishes_do_not_wait_for_each_other_and_end_in_any_order()
    {
        var board = new SessionUnderTest().Online();
        board.Wants("a", "1");
        board.Wants("b", "2");
        board.NextIs("publish a 1");
        int first = board.PublishTicket;
        board.NextIs("publish b 2");
        board.NextIs("");
        board.Published(false);
        Assert.AreEqual("not confirmed; ", board.TakeTold());
        board.PublishedOf(first, true);
        Assert.AreEqual("published; ", board.TakeTold());
        board.PublishedOf(first, true);
        Assert.AreEqual("", board.TakeTold(), "it has ended");
    }

    [TestMethod]
    public void Birth_and_goodbye_wait_for_what_is_in_flight_and_have_the_link_for_themselves()
    {
        var board = new SessionUnderTest().Online();
        board.Wants("a", "1");
        board.Wants("b", "2");
        board.Next();
        int first = board.PublishTicket;
        board.Receives(SessionUnderTest.Own, "{'s':'lost','b':41,'c':1}");
        board.NextIs("");
        board.PublishedOf(first, true);
        board.NextIs("publish ec1/p/alice {'s':'on','b':41,'c':1} retained");
        board.NextIs("");
        board.Published(true);
        board.NextIs("publish b 2");
        int second = board.PublishTicket;
        board.Stop(0);
        board.NextIs("");
        board.PublishedOf(second, true);
        board.NextIs("publish ec1/p/alice {'s':'off','b':41,'c':1} retained");
    }

    [TestMethod]
    public void Any_answer_is_a_sign_of_life_of_the_library()
    {
        var board = new SessionUnderTest().Online();
        board.Wants("a", "1");
        board.Wants("b", "2");
        board.Next();
        int first = board.PublishTicket;
        board.Next();
        board.After(Limits.PublishTimeoutMs - 1);
        board.PublishedOf(first, false);
        board.After(Limits.PublishTimeoutMs - 1);
        board.NextIs("");
        board.After(1);
        board.NextIs("abort");
        Assert.AreEqual("not confirmed; offline; ", board.TakeTold());
    }

    [TestMethod]
    public void Nothing_is_published_before_the_board_is_online()
    {
        var board = new SessionUnderTest();
        board.Wants("a", "1");
        board.Up();
        board.Next();
        board.Connected(false);
        board.NextIs("subscribe ec1/i/alice/+ ec1/p/alice");
        board.NextIs("");
        board.Suback(1, 1);
        board.NextIs("publish ec1/p/alice {'s':'on','b':41,'c':1} retained");
        board.NextIs("");
        board.Published(true);
        board.NextIs("publish a 1");
    }

    [TestMethod]
    public void What_was_in_flight_when_the_connection_broke_is_the_clients_to_repeat()
    {
        var board = new SessionUnderTest().Online();
        board.Wants("a", "1");
        board.Next();
        int old = board.PublishTicket;
        board.Pass(Limits.SuspectMs + 1);
        board.Closed();
        Assert.AreEqual("offline; ", board.TakeTold());
        board.PublishedOf(old, true);
        Assert.AreEqual("", board.TakeTold(), "too late: the client has been told that it is unknown");
    }

    [TestMethod]
    public void A_connection_that_ends_right_after_a_publish_makes_it_a_suspect()
    {
        var board = new SessionUnderTest().Online();
        for (int i = 0; i < 3; i++)
        {
            board.Wants("a", "1");
            board.NextIs("publish a 1");
            board.GivesUp = i == 2;
            board.Pass(Limits.SuspectMs);
            board.Closed();
            Assert.AreEqual("cut off; ", board.TakeTold());
            if (i == 2) break;
            board.At(board.Session.NextTickMs);
            GoOnline(board);
        }

        Assert.AreEqual(1001, board.LastBound, "the cause is known and left out: the delay begins again");
        Assert.Contains("check what it may write", board.Session.Problem);
    }

    [TestMethod]
    public void A_connection_that_this_board_gives_up_makes_no_suspect()
    {
        var board = new SessionUnderTest().Online();
        board.Wants("a", "1");
        board.Next();
        board.Down(null);
        Assert.AreEqual("offline; ", board.TakeTold());
    }

    [TestMethod]
    public void A_client_with_nothing_to_say_is_not_asked_again_until_something_happens()
    {
        var board = new SessionUnderTest().Online();
        int asked = board.Asked;
        board.NextIs("");
        board.NextIs("");
        Assert.AreEqual(asked, board.Asked);
        board.Session.Wake(board.Now);
        board.NextIs("");
        Assert.AreEqual(asked + 1, board.Asked);
    }

    [TestMethod]
    public void The_retain_flag_of_one_publish_does_not_stick_to_the_next()
    {
        var board = new SessionUnderTest().Online();
        board.NextIs("");
        board.Wants("a", "1");
        board.NextIs("publish a 1");
    }

    [TestMethod]
    public void A_library_that_says_nothing_about_a_publish_is_given_up()
    {
        var board = new SessionUnderTest().Online();
        board.Wants("a", "1");
        board.Next();
        board.After(Limits.PublishTimeoutMs - 1);
        board.NextIs("");
        board.After(1);
        board.NextIs("abort");
        Assert.AreEqual("offline; ", board.TakeTold());
    }

    [TestMethod]
    public void What_comes_in_is_handed_on_in_every_state()
    {
        var board = new SessionUnderTest();
        board.Receives("ec1/i/alice/bob", "1");
        board.Up();
        board.Next();
        board.Receives("ec1/i/alice/bob", "2");
        board.Connected(true);
        board.Receives("ec1/i/alice/bob", "3");
        board.Closed();
        board.Receives("ec1/i/alice/bob", "4");
        board.Stop(0);
        board.Receives("ec1/i/alice/bob", "5");
        Assert.AreEqual("ec1/i/alice/bob 1; ec1/i/alice/bob 2; ec1/i/alice/bob 3; ec1/i/alice/bob 4; ec1/i/alice/bob 5; ",
            board.TakeTold());
    }

    private static void GoOnline(SessionUnderTest board)
    {
        board.Next();
        board.Connected(false);
        board.Next();
        board.Suback(1, 1);
        board.Next();
        board.Published(true);
        board.TakeTold();
    }
}
