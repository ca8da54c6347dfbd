using EdgeChat.Delivery;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>What the keys do with a stranger's invitation: mallory invites alice to "crew", which is the first row of the list
/// then.</summary>
[TestClass]
public class InvitationTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void Three_presses_accept_and_the_group_is_open(int buttons)
    {
        ScreenBoard board = ScreenBoard.WithButtons(buttons, Scenes.Invited).Press("o");
        Assert.IsInstanceOfType<InvitationScreen>(board.Top);
        StringAssert.StartsWith(board.LongText, "mallory invites you.\nmallory\tadmin\n");
        board.Press("oo");
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        int crew = board.Messenger.Find("crew", true);
        Assert.IsTrue(board.Messenger.CanWrite(crew));
        Assert.AreEqual("mallory added you", board.TextOf(board.Messenger.Newest(crew)));
        Assert.IsTrue(board.Press("U").IsHome, "the question is closed");
    }

    [TestMethod]
    [DataRow("do", false)]
    [DataRow("ddo", true)]
    public void It_is_declined_or_who_invites_is_blocked_too(string answer, bool isBlocked)
    {
        ScreenBoard board = Scenes.Invited().Press("oo" + answer);
        Assert.IsTrue(board.IsHome);
        Assert.AreEqual(-1, board.Messenger.Find("crew", true));
        Assert.AreEqual(isBlocked, board.Messenger.IsBlocked("mallory"));
        board.Publish("ec1/i/alice/mallory", """{"n":2,"y":"j","g":"choir"}""");
        board.Publish("ec1/r/choir", """{"v":1,"by":"mallory","m":["mallory","alice"],"a":["mallory"]}""", true);
        Assert.AreEqual(isBlocked, board.Messenger.Find("choir", true) < 0);
    }

    [TestMethod]
    public void Held_it_opens_too_and_goes_back_unanswered()
    {
        ScreenBoard board = Scenes.Invited().Press("O");
        Assert.IsInstanceOfType<InvitationScreen>(board.Top);
        Assert.IsInstanceOfType<MenuScreen>(board.Press("o").Top);
        Assert.IsTrue(board.Press("UU").IsHome);
        Assert.IsTrue(board.Messenger.IsInvited(board.Messenger.Find("crew", true)));
    }

    [TestMethod]
    [DataRow("o")]
    [DataRow("oo")]
    public void What_is_over_while_it_is_open_says_so(string keys)
    {
        ScreenBoard board = Scenes.Invited().Press(keys);
        board.Publish("ec1/r/crew", """{"v":3,"by":"mallory","m":["mallory"],"a":["mallory"]}""", true).Wait(1000);
        if (board.Top is MenuScreen) board.Press("o");
        Assert.IsInstanceOfType<InvitationScreen>(board.Top);
        board.Wait(1000);
        Assert.AreEqual("The invitation is over.", board.LongText);
        Assert.IsTrue(board.Press("o").IsHome);
    }

    [TestMethod]
    public void What_is_answered_elsewhere_while_it_is_open_is_not_answered_again()
    {
        ScreenBoard board = Scenes.Invited().Press("oo");
        int crew = board.Messenger.Find("crew", true);
        Assert.AreEqual(SendError.None, board.Messenger.Answer(crew, true, board.Now));
        board.Press("do");
        Assert.IsTrue(board.Messenger.CanWrite(crew), "declining comes too late");
        board.Press("o");
        Assert.IsTrue(board.IsHome);
    }

    [TestMethod]
    public void A_refusal_is_said_and_the_question_stays()
    {
        ScreenBoard board = Scenes.Invited().Press("oo").Stall();
        int erin = board.Messenger.OpenDirect("erin");
        byte[] text = [.. Enumerable.Repeat((byte)'x', 1000)];
        while (board.Messenger.SendText(erin, text, text.Length, -1, board.Now) == SendError.None) { }
        while (board.Messenger.SendText(erin, text, 1, -1, board.Now) == SendError.None) { }
        board.Press("do");
        Assert.IsInstanceOfType<NoticeScreen>(board.Top);
        Assert.IsInstanceOfType<InvitationScreen>(board.Press("o").Top);
        Assert.IsTrue(board.Messenger.IsInvited(board.Messenger.Find("crew", true)));
    }

    [TestMethod]
    public void It_is_told_while_something_else_is_open_and_stands_above_all_after_a_start()
    {
        var flash = new TestKit.MemoryFlash();
        var board = new ScreenBoard(flash: flash).Online().Receives("bob", 1, "Morning!").Wait(1000).Press("o");
        board.Publish("ec1/i/alice/mallory", """{"n":1,"y":"j","g":"crew"}""");
        board.Publish("ec1/r/crew", """{"v":1,"by":"mallory","m":["mallory","alice"],"a":["mallory"]}""", true).Wait(100);
        Assert.IsTrue(board.Ui.Chrome.IsNotifying);
        var again = new ScreenBoard(flash: flash.Copy());
        Assert.AreEqual(again.Messenger.Find("crew", true), again.Messenger.ConversationAt(0));
        Assert.AreEqual(0, again.Messenger.UnreadOf(again.Messenger.ConversationAt(0)));
    }
}
