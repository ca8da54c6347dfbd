using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>When a session connects, and how long it waits after what went wrong.</summary>
[TestClass]
public class ConnectTests
{
    [TestMethod]
    public void Nothing_happens_before_there_is_a_network()
    {
        var board = new SessionUnderTest();
        board.NextIs("");
        Assert.AreEqual((int)SessionState.NoNetwork, (int)board.Session.State);
        Assert.AreEqual(Deadline.Never, board.Session.NextTickMs);
    }

    [TestMethod]
    public void The_first_connection_is_made_at_once_and_carries_the_will()
    {
        var board = new SessionUnderTest();
        board.Up();
        Assert.AreEqual((int)SessionState.Connecting, (int)board.Session.State);
        board.NextIs("connect ec1/p/alice {'s':'lost','b':41,'c':1} retained");
        board.NextIs("");
        Assert.AreEqual(1, board.Session.ConnectionNumber);
    }

    [TestMethod]
    public void A_board_is_online_once_it_has_subscribed_and_announced_itself()
    {
        var board = new SessionUnderTest();
        board.Online();
        Assert.AreEqual((int)SessionState.Online, (int)board.Session.State);
        Assert.IsNull(board.Session.Problem);
        Assert.AreEqual(Deadline.Never, board.Session.NextTickMs, "nothing is due while nothing happens");
    }

    [TestMethod]
    public void Each_connection_has_the_next_number()
    {
        var board = new SessionUnderTest().Online().Again();
        board.NextIs("connect ec1/p/alice {'s':'lost','b':41,'c':2} retained");
        Assert.AreEqual("offline; ", board.TakeTold());
    }

    [TestMethod]
    public void The_delay_doubles_from_one_second_to_five_minutes()
    {
        var board = new SessionUnderTest();
        int[] seconds = { 1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300 };
        board.Up();
        for (int i = 0; i < seconds.Length; i++)
        {
            board.Next();
            board.Failed("no route");
            Assert.AreEqual("no route", board.Session.Problem);
            Assert.AreEqual((int)SessionState.Waiting, (int)board.Session.State);
            Assert.AreEqual(seconds[i] * 1000 + 1, board.LastBound, "the dice decide between 0 and the whole delay");
            Assert.AreEqual(board.Now + seconds[i] * 1000, board.Session.NextTryMs);
            Assert.AreEqual(board.Session.NextTryMs, board.Session.NextTickMs);
            board.At(board.Session.NextTryMs - 1);
            board.NextIs("");
            board.At(board.Session.NextTryMs);
            Assert.AreEqual(Deadline.Never, board.Session.NextTryMs);
        }
    }

    [TestMethod]
    public void The_dice_can_shorten_the_wait_to_nothing()
    {
        var board = new SessionUnderTest();
        board.Dice = 0;
        board.Up();
        board.Next();
        board.Failed(null);
        Assert.AreEqual(board.Now, board.Session.NextTryMs);
        Assert.Contains("check its address", board.Session.Problem);
    }

    [TestMethod]
    [DataRow(59999, 4000)]
    [DataRow(60000, 1000)]
    public void The_delay_begins_again_after_a_minute_online(int onlineMs, int delayMs)
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Failed(null);
        board.At(board.Session.NextTryMs);
        board.Next();
        board.Failed(null);
        board.At(board.Session.NextTryMs);
        board.Next();
        Greet(board);
        board.Pass(onlineMs);
        board.Closed();
        Assert.AreEqual(delayMs + 1, board.LastBound);
    }

    [TestMethod]
    public void Being_kicked_right_after_CONNACK_counts_as_a_failure()
    {
        var board = new SessionUnderTest();
        board.Up();
        int[] bounds = { 1001, 2001, 4001, 8001 };
        for (int i = 0; i < bounds.Length; i++)
        {
            board.Next();
            board.Connected(true);
            board.Closed();
            Assert.AreEqual(bounds[i], board.LastBound);
            board.At(board.Session.NextTickMs);
        }

        Assert.Contains("another device using the id alice", board.Session.Problem, "the most likely cause after several times");
    }

    [TestMethod]
    [DataRow(1, "3.1.1")]
    [DataRow(2, "id alice")]
    [DataRow(4, "password")]
    [DataRow(5, "may not connect")]
    public void A_refusal_goes_to_the_longest_delay_and_says_why(int code, string words)
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Refused(code);
        Assert.AreEqual((int)SessionState.Refused, (int)board.Session.State);
        Assert.Contains(words, board.Session.Problem);
        Assert.AreEqual(board.Now + Limits.BackoffMaxMs, board.Session.NextTryMs);
        board.At(board.Session.NextTryMs);
        board.NextIs("connect ec1/p/alice {'s':'lost','b':41,'c':2} retained");
        Assert.Contains(words, board.Session.Problem, "still true while it tries");
        board.Dice = 0;
        board.Refused(code);
        Assert.AreEqual(board.Now + Limits.BackoffMaxMs / 2, board.Session.NextTryMs, "not even lucky dice hammer a broker that says no");
    }

    [TestMethod]
    [DataRow(4)]
    [DataRow(5)]
    public void A_refusal_of_what_was_accepted_before_means_not_yet_for_the_first_tries(int code)
    {
        var board = new SessionUnderTest().Online();
        board.Again();
        for (int i = 0; i < Limits.NotYetTries; i++)
        {
            board.Next();
            board.Refused(code);
            Assert.AreEqual((int)SessionState.Waiting, (int)board.Session.State);
            Assert.Contains("the broker may be starting", board.Session.Problem);
            board.At(board.Session.NextTryMs);
        }

        board.Next();
        board.Refused(code);
        Assert.AreEqual((int)SessionState.Refused, (int)board.Session.State);
        board.At(board.Session.NextTryMs);
        GreetAgain(board);
        board.Again();
        board.Next();
        board.Refused(code);
        Assert.AreEqual((int)SessionState.Waiting, (int)board.Session.State, "accepted once more");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    public void Other_refusals_are_meant_even_after_a_success(int code)
    {
        var board = new SessionUnderTest().Online();
        board.Again();
        board.Next();
        board.Refused(code);
        Assert.AreEqual((int)SessionState.Refused, (int)board.Session.State);
    }

    [TestMethod]
    [DataRow(3)]
    [DataRow(77)]
    public void A_broker_that_is_not_ready_is_tried_again_soon(int code)
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        board.Refused(code);
        Assert.AreEqual((int)SessionState.Waiting, (int)board.Session.State);
        Assert.AreEqual(1001, board.LastBound);
        Assert.Contains("(" + code.ToString() + ")", board.Session.Problem);
    }

    [TestMethod]
    public void Somebody_can_ask_for_a_try_at_once()
    {
        var board = new SessionUnderTest();
        board.Session.TryNow(0);
        board.NextIs("");
        board.Up();
        board.Next();
        board.Session.TryNow(0);
        board.NextIs("");
        board.Refused(5);
        board.Session.TryNow(0);
        board.NextIs("connect ec1/p/alice {'s':'lost','b':41,'c':2} retained");
    }

    [TestMethod]
    public void A_connect_that_never_ends_is_given_up()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Next();
        Assert.AreEqual((long)Limits.ConnectTimeoutMs, board.Session.NextTickMs);
        board.At(Limits.ConnectTimeoutMs);
        board.NextIs("abort");
        Assert.AreEqual((int)SessionState.Waiting, (int)board.Session.State);
        Assert.IsNotNull(board.Session.Problem);
    }

    [TestMethod]
    public void Without_network_a_connection_is_dropped_and_comes_back_with_it()
    {
        var board = new SessionUnderTest().Online();
        board.Down("wrong Wi-Fi password");
        Assert.AreEqual((int)SessionState.NoNetwork, (int)board.Session.State);
        Assert.AreEqual("wrong Wi-Fi password", board.Session.Problem);
        Assert.AreEqual("offline; ", board.TakeTold());
        board.NextIs("abort");
        board.NextIs("");
        Assert.AreEqual(Deadline.Never, board.Session.NextTickMs);
        board.After(5000);
        board.NextIs("");
        board.Up();
        board.NextIs("connect ec1/p/alice {'s':'lost','b':41,'c':2} retained");
        Assert.IsNull(board.Session.Problem);
    }

    [TestMethod]
    public void A_network_that_flickers_does_not_shorten_the_delay()
    {
        var board = new SessionUnderTest().Online();
        board.Down(null);
        board.Up();
        Assert.AreEqual((int)SessionState.Waiting, (int)board.Session.State);
        Assert.AreEqual(board.Now + 1000, board.Session.NextTryMs);
        board.NextIs("abort");
        board.NextIs("");
    }

    [TestMethod]
    public void A_connect_that_was_not_begun_is_not_made_without_network()
    {
        var board = new SessionUnderTest();
        board.Up();
        board.Down(null);
        board.NextIs("");
        Assert.AreEqual("no network", board.Session.Problem);
    }

    [TestMethod]
    public void The_end_of_an_old_connection_does_not_touch_the_next()
    {
        var board = new SessionUnderTest().Online();
        int old = board.ConnectTicket;
        int oldPublish = board.PublishTicket;
        int oldSubscribe = board.SubscribeTicket;
        board.Again();
        board.Next();
        board.ClosedOf(old);
        Assert.AreEqual((int)SessionState.Connecting, (int)board.Session.State);
        board.Connected(false);
        board.Next();
        board.ClosedOf(old);
        board.SubackOf(oldSubscribe, new byte[] { 1, 1 });
        board.PublishedOf(oldPublish, true);
        board.NextIs("");
        Assert.AreEqual((int)SessionState.Greeting, (int)board.Session.State);
    }

    private static void GreetAgain(SessionUnderTest board)
    {
        board.Next();
        Greet(board);
    }

    private static void Greet(SessionUnderTest board)
    {
        board.Connected(false);
        board.Next();
        board.Suback(1, 1);
        board.Next();
        board.Published(true);
        Assert.AreEqual((int)SessionState.Online, (int)board.Session.State);
    }
}
