using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>Which of a broker's addresses a try is for, and what a session at another one is worth.</summary>
[TestClass]
public class AddressTests
{
    [TestMethod]
    public void Each_try_that_failed_goes_on_to_the_next_address()
    {
        var board = new SessionUnderTest();
        board.Up();
        for (int turn = 0; turn < 5; turn++)
        {
            board.Next();
            Assert.AreEqual(turn, board.Turn);
            board.Failed("no route");
            board.At(board.Session.NextTryMs);
        }
    }

    [TestMethod]
    public void A_session_that_has_worked_for_a_minute_makes_the_first_address_the_next()
    {
        var board = new SessionUnderTest().Online().Again();
        board.Next();
        Assert.AreEqual(1, board.Turn, "it did not last");
        board = new SessionUnderTest().Online();
        board.Pass(Limits.BackoffResetMs);
        board.Again().Next();
        Assert.AreEqual(0, board.Turn);
    }

    [TestMethod]
    public void A_loss_of_the_network_is_no_fault_of_the_address()
    {
        SessionUnderTest board = new SessionUnderTest().Online();
        board.Down("no Wi-Fi");
        board.NextIs("abort");
        board.ClosedOf(board.ConnectTicket);
        board.Up();
        if (board.Session.NextTryMs != Deadline.Never) board.At(board.Session.NextTryMs);
        board.Next();
        Assert.AreEqual(0, board.Turn);
    }

    [TestMethod]
    public void A_session_that_is_present_at_another_address_is_asked_for_everything_again()
    {
        SessionUnderTest board = new SessionUnderTest().Online().Again();
        board.Next();
        board.ConnectedTo(true, 1);
        board.NextIs("subscribe ec1/i/alice/+ ec1/p/alice");
    }

    [TestMethod]
    public void A_session_that_is_present_at_the_same_address_has_its_filters()
    {
        SessionUnderTest board = new SessionUnderTest().Online().Again();
        board.Next();
        board.Connected(true);
        board.NextIs("subscribe ec1/p/alice");
    }
}
