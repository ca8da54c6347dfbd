using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>A link lives by what comes back from the broker within one and a half of the keep-alive, never by what is sent.</summary>
[TestClass]
public class LivenessTests
{
    private const int KeepAliveMs = 60000;
    private const string Birth = "publish ec1/p/alice {'s':'on','b':41,'c':1} retained";

    [TestMethod]
    public void What_is_sent_again_and_again_without_an_answer_keeps_no_link_alive()
    {
        var board = new SessionUnderTest().Online();
        while (board.Session.State == SessionState.Online)
        {
            board.Wants("a", "1");
            board.Next();
            board.Pass(3000);
            board.Published(false);
            board.Pass(4000);
            if (board.Now >= board.Session.NextTickMs) board.At(board.Now);
            if (board.Now > 2 * KeepAliveMs) break;
        }

        board.NextIs("abort");
        Assert.IsTrue(board.Now <= KeepAliveMs / 2 * 3 + 7000, "after " + board.Now.ToString() + " ms");
        Assert.Contains("has stopped working", board.Session.Problem);
    }

    [TestMethod]
    public void Before_that_the_birth_asks_once_whether_anything_comes_back()
    {
        var board = new SessionUnderTest().Online();
        board.Wants("a", "1");
        board.Next();
        board.Published(false);
        Assert.AreEqual((long)KeepAliveMs, board.Session.NextTickMs);
        board.At(KeepAliveMs);
        board.NextIs(Birth);
        board.Published(false);
        board.Receives(SessionUnderTest.Own, "{'s':'on','b':41,'c':1}");
        Assert.AreEqual(Deadline.Never, board.Session.NextTickMs, "a slow link lives");
        board.At(KeepAliveMs * 3);
        Assert.AreEqual((int)SessionState.Online, (int)board.Session.State);
    }

    [TestMethod]
    public void A_message_that_comes_in_is_a_sign_of_life()
    {
        var board = new SessionUnderTest().Online();
        board.Wants("a", "1");
        board.Next();
        board.Published(false);
        board.Pass(KeepAliveMs - 1);
        board.Receives("ec1/i/alice/bob", "{}");
        Assert.AreEqual(Deadline.Never, board.Session.NextTickMs);
    }

    [TestMethod]
    public void After_a_quiet_time_there_is_as_long_as_the_library_has_not_asked()
    {
        var board = new SessionUnderTest().Online();
        board.Pass(10 * KeepAliveMs);
        board.Wants("a", "1");
        board.Next();
        board.Published(false);
        Assert.AreEqual(board.Now + KeepAliveMs / 4, board.Session.NextTickMs);
    }

    [TestMethod]
    public void A_subscription_that_is_not_confirmed_counts_too()
    {
        var board = new SessionUnderTest().Online();
        board.Pass(KeepAliveMs);
        board.WantsFilters("ec1/i/alice/+", "ec1/p/bob");
        board.Next();
        Assert.AreEqual(board.Now + Limits.SubscribeTimeoutMs, board.Session.NextTickMs);
        board.Suback(1);
        Assert.AreEqual(Deadline.Never, board.Session.NextTickMs);
    }
}
