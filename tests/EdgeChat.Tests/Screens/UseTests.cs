using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>What a person does with the keys, and what comes of it.</summary>
[TestClass]
public class UseTests
{
    [TestMethod]
    public void Nobody_is_shown_as_there_while_the_board_itself_is_not_connected()
    {
        var board = Scenes.Talk().Press("o");
        byte[] online = [.. board.App.Frame.Pixels];
        board.Offline("lost").Wait(1000);
        int corner = board.App.Frame.Width - 45; // the words are left of the time
        Assert.IsTrue(Lit(online, 60, corner) > 0 &&
            Lit(board.App.Frame.Pixels, 60, corner) == 0, "\"online\" is gone from the first line");

        static int Lit(byte[] pixels, int from, int to) => Enumerable.Range(from, to - from).Count(x => pixels[x] != 0);
    }

    [TestMethod]
    [DataRow(1, "o")]
    [DataRow(2, "O")]
    [DataRow(3, "O")]
    public void A_contact_is_removed_by_the_buttons_after_a_question(int buttons, string menu)
    {
        var board = ScreenBoard.WithButtons(buttons, Scenes.Busy);
        board.OpenMenu().Press("o").Press(menu);
        Assert.IsInstanceOfType<MenuScreen>(board.Top);
        board.Press("do").Press("o");
        Assert.IsTrue(board.Messenger.Presence.Find("bob") >= 0, "the first answer keeps the contact");
        Assert.IsInstanceOfType<ContactsScreen>(board.Top);
        board.Press(menu).Press("do").Press("do");
        Assert.IsTrue(board.Messenger.Presence.Find("bob") < 0);
    }

    [TestMethod]
    public void The_menu_of_a_contact_is_about_whom_it_was_opened_for()
    {
        var board = Scenes.Busy();
        board.OpenMenu().Press("oO");
        Assert.AreEqual(SendError.None, board.Messenger.RemoveContact("bob"));
        board.Press("o");
        Assert.AreEqual("bob", board.Messenger.IdOf(board.Ui.Stack.Conversation), "the rows have moved, the menu has not");
    }

    [TestMethod]
    public void What_the_menu_opens_leads_back_to_the_menu_and_that_to_the_list()
    {
        var board = Scenes.Busy().OpenMenu();
        for (int row = 0; row < 8; row++)
        {
            board.Press("o");
            Assert.IsNotInstanceOfType<MainMenuScreen>(board.Top);
            board.Press("U");
            Assert.IsInstanceOfType<MainMenuScreen>(board.Top, $"row {row}");
            Assert.AreEqual(row, ((ListScreen)board.Top).Selected);
            board.Press("d");
        }

        board.Press("U");
        Assert.IsTrue(board.IsHome);
    }

    [TestMethod]
    public void A_thread_on_the_screen_is_shown_and_in_the_list_it_is_not()
    {
        var board = new ScreenBoard().Online().Receives("bob", 1, "one");
        Assert.AreEqual(1, board.Messenger.UnreadOf(board.Messenger.Find("bob", false)));
        board.Press("o");
        Assert.AreEqual(0, board.Messenger.UnreadOf(board.Messenger.Find("bob", false)));
        board.Receives("bob", 2, "two").Wait(200);
        Assert.AreEqual(0, board.Messenger.UnreadOf(board.Messenger.Find("bob", false)), "the open thread shows what arrives");
        board.Press("u").Receives("bob", 3, "three").Wait(200);
        Assert.AreEqual(1, board.Messenger.UnreadOf(board.Messenger.Find("bob", false)), "who reads older messages has not seen it");
        board.Press("D");
        Assert.AreEqual(0, board.Messenger.UnreadOf(board.Messenger.Find("bob", false)));
    }

    [TestMethod]
    public void A_message_into_an_open_thread_is_drawn_once()
    {
        var board = new ScreenBoard().Online().Receives("bob", 1, "one").Press("o").Wait(1000);
        board.Receives("bob", 2, "two").Wait(200);
        Assert.AreEqual(0, board.Messenger.UnreadOf(board.Messenger.Find("bob", false)), "it is shown");
        Assert.IsTrue(board.Screens.NextTickMs > board.Now + 1000, "and nothing is left to draw");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("o")]
    [DataRow("ou")]
    [DataRow("ooo")]
    [DataRow("uo")]
    [DataRow("uoo")]
    [DataRow("uoddddddo")]
    public void What_a_minute_changes_is_what_drawing_all_anew_changes(string keys)
    {
        var board = Scenes.Busy();
        board.Ui.Settings.Choose(Settings.Sleep, "never");
        board.Press(keys);
        for (int minute = 0; minute < 90; minute++)
        {
            board.Wait(60_000);
            byte[] pixels = [.. board.App.Frame.Pixels];
            board.Ui.Stack.MustDraw = true;
            board.Wait(0);
            CollectionAssert.AreEqual(board.App.Frame.Pixels, pixels, $"after {minute} minutes");
        }

        board.Wait(12 * 3600_000);
        byte[] tomorrow = [.. board.App.Frame.Pixels];
        board.Ui.Stack.MustDraw = true;
        board.Wait(0);
        CollectionAssert.AreEqual(board.App.Frame.Pixels, tomorrow, "the next day");
    }

    [TestMethod]
    public void A_notification_goes_by_itself()
    {
        var board = Scenes.Busy().Press("uodddddo").Wait(200);
        var before = Picture.Of(board.App.Frame);
        board.Receives("bob", 3, "Are you there?").Wait(200);
        Assert.IsFalse(Picture.Of(board.App.Frame).IsSame(before));
        board.Wait(7000);
        Assert.IsTrue(Picture.Of(board.App.Frame).IsSame(before));
    }

    [TestMethod]
    public void A_flash_that_refuses_says_so_on_the_screen()
    {
        var board = Scenes.Busy().Press("uodddddo");
        board.Flash.RefusesWrites = true;
        board.Press("o");
        Assert.IsInstanceOfType<NoticeScreen>(board.Top);
    }

    [TestMethod]
    public void A_message_is_taken_back_while_it_has_its_clock()
    {
        var board = Scenes.Talk().Stall().Disconnect().Press("o").Sends("bob", "oops").Wait(500);
        Assert.AreEqual("oops", board.NewestText);
        board.Press("Oddddodo").Wait(500);
        Assert.AreNotEqual("oops", board.NewestText);
    }

    [TestMethod]
    public void A_reply_names_the_message_that_it_answers()
    {
        var board = Scenes.Talk().Press("ouuOo").Press("do");
        int newest = board.Messenger.Newest(board.Messenger.Find("bob", false));
        Assert.AreEqual("OK", board.NewestText);
        Assert.IsNotNull(board.Messenger.ReplyQuoteOf(newest));
        StringAssert.Contains(board.Messenger.ReplyQuoteOf(newest), "Can you look");
    }

    [TestMethod]
    public void A_conversation_that_is_deleted_elsewhere_does_not_break_its_open_thread()
    {
        var board = Scenes.Talk().Press("ou");
        board.Messenger.Delete(board.Messenger.Find("bob", false));
        board.Wait(500).Press("u").Press("D");
        Assert.IsTrue(board.IsHome);
    }

    [TestMethod]
    public void A_choice_in_the_thread_stays_on_its_message_when_others_arrive()
    {
        var board = Scenes.Talk().Press("ouu");
        string chosen = board.TextOf(((ThreadScreen)board.Top).Selected);
        for (int i = 0; i < 5; i++) board.Receives("bob", 4 + i, "and another one").Wait(200);
        Assert.AreEqual(chosen, board.TextOf(((ThreadScreen)board.Top).Selected));
    }

    [TestMethod]
    public void The_device_screen_has_the_signal_measured_while_it_is_open_and_shows_it()
    {
        var board = new ScreenBoard().Online().Wait(1000);
        board.Status.SignalPercent = -1;
        board.OpenMenu().Press("ddddddo");
        Assert.AreEqual(1, board.Requests.Count(r => r == BoardRequest.MeasureSignal), "opened");
        byte[] measuring = [.. board.App.Frame.Pixels];
        board.App.OnSignal(40, board.Now);
        Assert.IsFalse(measuring.SequenceEqual(board.App.Frame.Pixels), "the row says 40% now");
        board.Wait(25_000);
        Assert.AreEqual(1, board.Requests.Count(r => r == BoardRequest.MeasureSignal), "not again and again");
        board.Press("U").Wait(100_000);
        Assert.AreEqual(1, board.Requests.Count(r => r == BoardRequest.MeasureSignal), "closed");
        board.Press("Oo"); // the first one wakes it
        Assert.AreEqual(2, board.Requests.Count(r => r == BoardRequest.MeasureSignal), "opened again");
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void A_factory_reset_takes_a_hold_after_its_question(int buttons)
    {
        var board = ScreenBoard.WithButtons(buttons, () => new ScreenBoard().Online().Wait(1000)).OpenMenu().Press("ddddddo");
        board.Press("o").Press(buttons == 1 ? "do" : "uo");
        StringAssert.StartsWith(board.LongText, "Erase messages");
        board.Press(buttons == 1 ? "d" : "ododo");
        board.Wait(121_000).Press("O"); // it wakes the display
        CollectionAssert.DoesNotContain(board.Requests, BoardRequest.FactoryReset);
        board.Press("U");
        Assert.IsInstanceOfType<DeviceScreen>(board.Top);
        Assert.IsFalse(board.LongText.StartsWith("Erase", StringComparison.Ordinal), "no");
        board.Press("o").Press(buttons == 1 ? "do" : "uo").Press(buttons == 1 ? "o" : "O");
        CollectionAssert.Contains(board.Requests, BoardRequest.FactoryReset);
    }

    [TestMethod]
    public void Restarting_from_the_device_screen_is_not_forgotten_for_a_measurement()
    {
        var board = new ScreenBoard().Online().Wait(1000);
        board.OpenMenu().Press("ddddddo").Wait(60_000).Press("uouuo");
        CollectionAssert.Contains(board.Requests, BoardRequest.Reboot);
    }
}
