using EdgeChat.TestKit;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>Where a thread begins, how far a key goes in it, and what Ok is for.</summary>
[TestClass]
public class ThreadTests
{
    private const int Quick = 150; // ms between the presses of a double press

    [TestMethod]
    [DataRow(3)]
    [DataRow(2)]
    [DataRow(1)]
    public void More_unread_than_fits_begins_with_the_first_and_is_shown_once_the_last_is(int buttons)
    {
        var board = ScreenBoard.WithButtons(buttons, Scenes.Unread).Press("o");
        int bob = board.Messenger.Find("bob", false);
        Assert.AreEqual("Pump 3 is off now", board.Chosen);
        Assert.AreEqual(7, board.Messenger.UnreadOf(bob), "the last ones were on no screen");
        if (buttons == 3) board.Press("ddddddd");
        else board.Press("D");
        Assert.AreEqual(0, board.Messenger.UnreadOf(bob));
        Assert.AreEqual("All is tight again", board.Chosen);
    }

    [TestMethod]
    public void Unread_that_fits_is_shown_with_its_divider_until_the_thread_is_left_or_answered()
    {
        ScreenBoard New() => Scenes.Talk().Press("oU").Receives("bob", 4, "Pump 3 is off now").Press("o");
        ScreenBoard Again() => New().Press("Uo");
        Assert.AreEqual(0, New().Messenger.UnreadOf(New().Messenger.Find("bob", false)));
        Assert.IsFalse(IsSame(New(), Again()), "left and opened again: no divider");
        Assert.IsFalse(IsSame(New().Receives("bob", 5, "ok").Wait(200), Again().Receives("bob", 5, "ok").Wait(200)), "it stays");
        Assert.IsTrue(IsSame(New().Press("odo").Wait(1000), Again().Press("odo").Wait(1000)), "an answer takes it away");
    }

    [TestMethod]
    public void Another_thread_that_is_opened_over_an_open_one_begins_with_what_is_unread_in_it()
    {
        var board = Scenes.Unread().Group("team", "Pump team", "\"alice\",\"bob\",\"carol\",\"dave\"").Wait(1000);
        board.Press("oOuodo"); // of the group, which came last: its members
        Assert.IsInstanceOfType<MembersScreen>(board.Top);
        board.Press("do");
        Assert.AreEqual("bob", board.Messenger.IdOf(board.Ui.Stack.Conversation));
        Assert.AreEqual("Pump 3 is off now", board.Chosen);
    }

    [TestMethod]
    public void Ok_answers_until_a_message_is_chosen_and_is_for_that_then()
    {
        var board = Scenes.Unread().Press("oo");
        Assert.IsInstanceOfType<RepliesScreen>(board.Top, "nobody has chosen the first that is unread");
        board.Press("Udo");
        Assert.IsInstanceOfType<MenuScreen>(board.Top);
        board.Press("UDo");
        Assert.IsInstanceOfType<RepliesScreen>(board.Top, "at the end nothing is chosen");
    }

    [TestMethod]
    [DataRow(128, 64, 3)]
    [DataRow(128, 64, 1)]
    [DataRow(120, 64, 2)]
    [DataRow(160, 120, 3)]
    public void A_double_press_moves_a_page_and_pages_leave_nothing_out(int width, int height, int buttons)
    {
        Seeds.Play("A_double_press_moves_a_page", 20261128, seed =>
        {
            var dice = new Dice(seed);
            ScreenBoard board = ScreenBoard.Shaped((width, height, buttons), () => new ScreenBoard().Online());
            for (int n = 1; n <= 40; n++) board.Receives("bob", n, $"{n}" + new string('x', dice.Next(n == 20 ? 1000 : 60)), 4000 - n * 20);
            board.Wait(1000).Press("oD");
            int pages = 0;
            var seen = new HashSet<string>();
            string up = buttons < 3 ? "d" : "u";
            for (string before = ""; !board.Chosen.StartsWith("1x", StringComparison.Ordinal); pages++)
            {
                board.Press(up, 2000).Press(up, Quick);
                before = board.Chosen;
                Assert.IsTrue(seen.Count < 400, $"stands still at {before}");
                seen.Add(before + pages);
            }

            Assert.IsTrue(pages < 30, $"{pages} double presses for 40 messages and one of 1,000 bytes");
            if (buttons < 3) return;
            int back = 0;
            for (; board.Messenger.Newer(((ThreadScreen)board.Top).Selected) >= 0; back++)
            {
                Assert.IsTrue(back < 60, $"stands still at {board.Chosen}");
                board.Press("d", 2000).Press("d", Quick);
            }

            Assert.IsTrue(Math.Abs(back - pages) < 6, $"{pages} pages up, {back} down");
        });
    }

    [TestMethod]
    public void Presses_that_take_their_time_move_a_message_each()
    {
        ScreenBoard slow = Scenes.Unread().Press("oD").Press("uuu", 300);
        ScreenBoard quick = Scenes.Unread().Press("oD").Press("u", 300).Press("uu", Quick);
        Assert.AreEqual("Hello?", slow.Chosen);
        Assert.AreNotEqual("Hello?", quick.Chosen);
    }

    [TestMethod]
    [DataRow("o", "Pump 3 is off now", DisplayName = "first unread")]
    [DataRow("do", "All is tight again", DisplayName = "newest")]
    [DataRow("dddo", "Morning!", DisplayName = "today")]
    [DataRow("ddddo", "Did you get the parts?", DisplayName = "yesterday")]
    public void A_thread_goes_where_its_menu_is_told_to(string keys, string text)
    {
        var board = Scenes.Unread().Press("oOuoo");
        Assert.IsInstanceOfType<GoScreen>(board.Top);
        board.Press(keys);
        Assert.AreEqual(text, board.Chosen);
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
    }

    [TestMethod]
    public void What_was_unread_is_found_again_from_the_end_and_once_it_is_read_is_not_offered()
    {
        var board = Scenes.Unread().Press("oD").Press("Ouoo");
        board.Press("o");
        Assert.AreEqual("Pump 3 is off now", board.Chosen, "read, and still below the divider");
        board.Press("UoOuoo").Press("o");
        Assert.AreEqual("All is tight again", board.Chosen, "opened again: the first row is the newest");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_message_is_deleted_after_a_question_and_the_thread_goes_on(int buttons)
    {
        var board = ScreenBoard.WithButtons(buttons, () => Scenes.Talk()).Press("ouuOddddo");
        Assert.IsInstanceOfType<MenuScreen>(board.Top);
        board.Press("o");
        string kept = board.Chosen;
        StringAssert.StartsWith(kept, "Can you look");
        board.Press("Oddddodo");
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.AreNotEqual(kept, board.Chosen);
        Assert.IsFalse(Texts(board).Contains(kept));
        Assert.AreEqual(4, Texts(board).Count);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_message_is_forwarded_to_whom_the_list_offers_and_that_thread_opens(int buttons)
    {
        var board = ScreenBoard.WithButtons(buttons, () => Scenes.Talk()).Press("ouuOdddo");
        Assert.IsInstanceOfType<ForwardScreen>(board.Top);
        board.Receives("erin", 1, "a conversation more while the list stands").Press("do").Wait(1000);
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.AreEqual("carol", board.Messenger.IdOf(board.Ui.Stack.Conversation), "as the list was when it was opened");
        string text = Texts(board).Single();
        StringAssert.StartsWith(text, "Can you look");
        Assert.IsTrue(board.Messenger.IsForwarded(board.Messenger.Newest(board.Ui.Stack.Conversation)));
        board.Press("U");
        Assert.IsTrue(board.IsHome, "what the message was in is closed");
    }

    private static List<string> Texts(ScreenBoard board)
    {
        var texts = new List<string>();
        for (int m = board.Messenger.Newest(board.Ui.Stack.Conversation); m >= 0; m = board.Messenger.Older(m)) texts.Add(board.TextOf(m));
        return texts;
    }

    private static bool IsSame(ScreenBoard a, ScreenBoard b) => Picture.Of(a.App.Frame).IsSame(Picture.Of(b.App.Frame));
}
