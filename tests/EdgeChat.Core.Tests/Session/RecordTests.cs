using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Under TLS 1.2 a board reads no record above 4,390 bytes, and the library tells no cause of an end: what a session does about
/// it.</summary>
[TestClass]
public class RecordTests
{
    private const string Birth3 = "publish ec1/p/alice {'s':'on','b':41,'c':3} retained";
    private const int Hour = 3600000;

    [TestMethod]
    public void After_the_second_soon_end_it_asks_for_one_filter_at_a_time_and_waits_for_what_that_brings()
    {
        SessionUnderTest board = Gentle(false);
        board.NextIs("subscribe ec1/i/alice/+");
        board.Suback(1);
        board.NextIs("");
        Assert.AreEqual(board.Now + Limits.SettleMs, board.Session.NextTickMs);
        board.After(Limits.SettleMs);
        board.NextIs("subscribe ec1/p/bob");
        board.Suback(1);
        board.Receives("ec1/p/bob", "{}");
        board.NextIs("");
        board.After(Limits.SettleMs);
        board.NextIs("subscribe ec1/p/alice");
        board.Suback(1);
        board.NextIs("");
        board.After(Limits.SettleMs);
        board.NextIs(Birth3);
        board.Published(true);
        Assert.AreEqual((int)SessionState.Online, (int)board.Session.State);
        Assert.IsNull(board.Session.Problem);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void A_filter_whose_answer_or_content_ends_the_connection_is_left_out_and_told(bool isGranted)
    {
        SessionUnderTest board = Gentle(false);
        board.NextIs("subscribe ec1/i/alice/+");
        board.Suback(1);
        board.After(Limits.SettleMs);
        board.NextIs("subscribe ec1/p/bob");
        if (isGranted) board.Suback(1);
        board.ClosedOlder();
        Assert.AreEqual(1001, board.LastBound, "something was learned: the delay begins again");
        Assert.Contains("needs TLS 1.3", board.Session.Problem);
        Connect(board, true);
        board.NextIs("");
        board.After(Limits.SettleMs);
        board.NextIs("subscribe ec1/p/alice");
        board.Suback(1);
        board.After(Limits.SettleMs);
        board.Next();
        board.Published(true);
        Assert.AreEqual((int)SessionState.Degraded, (int)board.Session.State);
        Assert.Contains("read ec1/p/bob", board.Session.Problem);
        Assert.Contains("or give it TLS 1.3", board.Session.Problem);
    }

    [TestMethod]
    public void What_waits_at_the_broker_and_ends_the_connection_is_forgotten_there()
    {
        SessionUnderTest board = Gentle(true);
        board.NextIs("");
        board.Receives("ec1/i/alice/bob", "{}");
        board.ClosedOlder();
        Assert.Contains("sent again by who wrote it", board.Session.Problem);
        board.At(board.Session.NextTickMs);
        board.NextIs("forget");
        board.NextIs("connect ec1/p/alice {'s':'lost','b':42,'c':4} retained");
        board.Connected(false);
        board.NextIs("subscribe ec1/i/alice/+");
        board.Suback(1);
        board.ClosedOlder();
        board.At(board.Session.NextTickMs);
        board.NextIs("connect ec1/p/alice {'s':'lost','b':42,'c':5} retained");
    }

    [TestMethod]
    public void What_comes_in_one_record_with_CONNACK_is_forgotten_the_second_time()
    {
        SessionUnderTest board = New();
        for (int i = 0; i < Limits.RecordTimes; i++)
        {
            if (i > 0) board.At(board.Session.NextTryMs);
            board.Next();
            board.FailedOlder("no answer.");
        }

        Assert.Contains("no answer. Or what waits at the broker", board.Session.Problem);
        board.At(board.Session.NextTryMs);
        board.NextIs("forget");
        board.NextIs("connect ec1/p/alice {'s':'lost','b':42,'c':3} retained");
    }

    [TestMethod]
    public void A_birth_that_ends_the_connection_when_all_is_settled_is_denied()
    {
        SessionUnderTest board = Gentle(true);
        for (int i = 0; i < Limits.DeadlyTimes; i++)
        {
            if (i > 0) Connect(board, true);
            board.After(Limits.SettleMs);
            while (board.Next().StartsWith("subscribe"))
            {
                board.Suback(1);
                board.After(Limits.SettleMs);
            }

            board.ClosedOlder();
            Assert.Contains("ends the connection when alice writes to ec1/p/alice", board.Session.Problem);
        }

        Assert.AreEqual((int)SessionState.Refused, (int)board.Session.State);
    }

    [TestMethod]
    public void Ends_under_TLS_1_3_and_of_sessions_that_have_worked_are_no_reason()
    {
        SessionUnderTest board = New();
        for (int i = 0; i < 2; i++)
        {
            Connect(board, false);
            board.Next();
            board.ClosedOlder();
            Connect(board, false);
            board.NextIs("subscribe ec1/i/alice/+ ec1/p/bob ec1/p/alice");
            board.Suback(1, 1, 1);
            if (i == 0)
            {
                board.Closed();
                continue;
            }

            board.Next();
            board.Published(true);
            board.Receives(SessionUnderTest.Own, "{'s':'on','b':41,'c':4}");
            board.Pass(Limits.BackoffResetMs);
            board.ClosedOlder();
        }

        Connect(board, false);
        board.NextIs("subscribe ec1/i/alice/+ ec1/p/bob ec1/p/alice");
        board.ClosedOlder();
        Connect(board, false);
        board.NextIs("subscribe ec1/i/alice/+ ec1/p/bob ec1/p/alice");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public void Whatever_it_is_the_tries_never_become_a_loop(bool isOnline)
    {
        SessionUnderTest board = New();
        int connects = 0;
        while (board.Now < Hour)
        {
            Connect(board, true);
            connects++;
            for (string next = board.Next(); isOnline && !board.Session.IsOnline; next = board.Next())
            {
                if (next.StartsWith("subscribe")) board.Suback(1, 1, 1);
                else if (next.StartsWith("publish")) board.Published(true);
                else board.At(board.Session.NextTickMs);
            }

            board.ClosedOlder();
        }

        Assert.IsTrue(connects < 60, connects.ToString());
    }

    private static SessionUnderTest New()
    {
        var board = new SessionUnderTest();
        board.FilterList = new string[] { "ec1/i/alice/+", "ec1/p/bob" };
        board.Up();
        return board;
    }

    // has come to its third connection after two soon ends, one before the SUBACK and one on the birth
    private static SessionUnderTest Gentle(bool isSessionPresent)
    {
        SessionUnderTest board = New();
        Connect(board, false);
        board.NextIs("subscribe ec1/i/alice/+ ec1/p/bob ec1/p/alice");
        board.ClosedOlder();
        Connect(board, false);
        board.NextIs("subscribe ec1/i/alice/+ ec1/p/bob ec1/p/alice");
        board.Suback(1, 1, 1);
        board.Next();
        board.ClosedOlder();
        Assert.Contains("needs TLS 1.3", board.Session.Problem);
        Assert.Contains("asking for less at once now", board.Session.Problem);
        Assert.AreEqual((int)SessionState.Waiting, (int)board.Session.State);
        Assert.AreEqual(1001, board.LastBound, "something was learned: the delay begins again");
        Connect(board, isSessionPresent);
        return board;
    }

    private static void Connect(SessionUnderTest board, bool isSessionPresent)
    {
        if (board.Session.NextTryMs > board.Now && board.Session.NextTryMs != Deadline.Never) board.At(board.Session.NextTryMs);
        while (!board.Next().StartsWith("connect"))
        {
        }

        board.Connected(isSessionPresent);
    }
}
