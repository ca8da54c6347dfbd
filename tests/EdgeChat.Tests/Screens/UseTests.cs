using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>What a person does with the keys, and what comes of it.</summary>
[TestClass]
public class UseTests
{
    [TestMethod]
    public void A_quick_reply_is_sent_with_three_presses_and_comes_first_when_used_most()
    {
        var board = ScreenTests.Talk().Press("o");
        board.Press("oddo");
        Assert.AreEqual("Yes", NewestText(board));
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.AreEqual("Yes", board.Ui.Replies.TextOf(0));
    }

    [TestMethod]
    public void A_text_written_with_keys_is_sent_by_holding_Ok()
    {
        var board = ScreenTests.Talk().Press("ooo");
        board.Press("uuu");
        while (board.Entry.IsChoosing) board.Press("u");
        string written = Written(board).TrimEnd();
        Assert.IsTrue(written.Length > 0);
        TextEntry entry = board.Entry;
        board.Press("O");
        Assert.AreEqual(written, NewestText(board));
        Assert.AreEqual(0, entry.Count);
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.IsFalse(board.Ui.Drafts.Has("bob", false), "a text that was sent is no draft");
    }

    [TestMethod]
    public void A_page_stays_as_it_is_while_the_console_prints_a_message()
    {
        var board = ScreenTests.Talk().Press("oOdo");
        Assert.IsInstanceOfType<DetailsScreen>(board.Top);
        byte[] before = [.. board.App.Frame.Pixels];
        byte[] line = "read bob\r"u8.ToArray();
        board.App.OnSerial(line, 0, line.Length, board.Now);
        Assert.IsFalse(board.Ui.LongText.IsOf(board.Top), "the console has used the buffer");
        board.Ui.Stack.MustDraw = true;
        board.Wait(1000);
        CollectionAssert.AreEqual(before, board.App.Frame.Pixels);
    }

    [TestMethod]
    public void A_draft_survives_leaving_and_a_reboot()
    {
        var board = Writing();
        string written = Written(board);
        board.Press("DDD"); // the digits, the menu, home
        Assert.IsTrue(board.IsHome);
        var after = new ScreenBoard(flash: board.Flash).Online().Press("ooo");
        Assert.AreEqual(written, Written(after));
    }

    [TestMethod]
    public void A_conversation_with_nothing_but_a_draft_is_in_the_list_after_a_reboot_until_it_is_deleted()
    {
        var board = new ScreenBoard().Online();
        board.Messenger.OpenDirect("carol");
        board.Wait(1000).Press("ooouuu").Press("DDD");
        var after = new ScreenBoard(flash: board.Flash).Online();
        Assert.AreEqual(1, after.Messenger.ConversationCount);
        Assert.AreEqual("carol", after.Messenger.IdOf(after.Messenger.ConversationAt(0)));
        after.Wait(1000).Press("Oddodo");
        Assert.AreEqual(0, after.Messenger.ConversationCount, "deleted");
        Assert.IsFalse(after.Ui.Drafts.Has("carol", false), "with its draft");
        Assert.AreEqual(0, new ScreenBoard(flash: board.Flash).Messenger.ConversationCount);
    }

    [TestMethod]
    public void Nobody_is_shown_as_there_while_the_board_itself_is_not_connected()
    {
        var board = ScreenTests.Talk().Press("o");
        byte[] online = [.. board.App.Frame.Pixels];
        board.Offline("lost").Wait(1000);
        int corner = board.App.Frame.Width - 45; // the words are left of the time
        Assert.IsTrue(Lit(online, 60, corner) > 0 &&
            Lit(board.App.Frame.Pixels, 60, corner) == 0, "\"online\" is gone from the first line");

        static int Lit(byte[] pixels, int from, int to) => Enumerable.Range(from, to - from).Count(x => pixels[x] != 0);
    }

    [TestMethod]
    public void A_draft_survives_a_power_cut_three_seconds_after_a_key()
    {
        var board = Writing();
        string written = Written(board);
        board.Wait(3100);
        var after = new ScreenBoard(flash: board.Flash).Online().Press("ooo");
        Assert.AreEqual(written, Written(after));
    }

    [TestMethod]
    public void Holding_Up_takes_back_one_choice_then_one_character_and_leaves_when_nothing_is_left()
    {
        var board = ScreenTests.Talk().Press("ooo").Press("u");
        Assert.IsTrue(board.Entry.IsChoosing);
        board.Press("U");
        Assert.IsFalse(board.Entry.IsChoosing);
        board.Entry.Load("hé"u8.ToArray(), 3);
        board.Press("U");
        Assert.AreEqual("h", Written(board), "what was there before goes character by character");
        board.Press("U");
        Assert.AreEqual("", Written(board));
        board.Press("U");
        Assert.IsInstanceOfType<RepliesScreen>(board.Top);
    }

    [TestMethod]
    public void Holding_Up_takes_back_the_press_that_wrote_a_character_and_then_what_was_written_before_whole()
    {
        var board = ScreenTests.Talk().Press("ooo");
        var texts = new List<string>();
        string groups = "";
        while (texts.Count < 6)
        {
            string before = Written(board);
            groups = Groups(board);
            board.Press("u");
            if (Written(board) != before) texts.Add(before);
        }

        board.Press("U");
        Assert.AreEqual(texts[5], Written(board));
        Assert.AreEqual(groups, Groups(board), "the groups from which the last press chose are there again");
        while (board.Entry.IsChoosing) board.Press("U");
        for (int i = 4; i >= 0; i--)
        {
            board.Press("U");
            Assert.AreEqual(texts[i], Written(board), "words and letters go as they came");
        }
    }

    [TestMethod]
    public void A_sign_and_a_capital_are_taken_back_with_what_they_did_to_the_text()
    {
        var entry = new TextEntry();
        byte[] text = "when i "u8.ToArray();
        entry.Load(text, text.Length - 1);
        Choose(entry, '␣');
        Assert.AreEqual("when I ", TextOf(entry));
        Choose(entry, '?');
        Assert.AreEqual("when I? ", TextOf(entry));
        Assert.IsTrue(entry.Undo());
        while (entry.IsChoosing) Assert.IsTrue(entry.Undo());
        Assert.AreEqual("when I ", TextOf(entry));
        Assert.IsTrue(entry.Undo());
        while (entry.IsChoosing) Assert.IsTrue(entry.Undo());
        Assert.AreEqual("when i", TextOf(entry));
    }

    [TestMethod]
    [DataRow("18:45", 3)]
    [DataRow("10.30", 3)]
    [DataRow("0176-2291", 3)]
    [DataRow("27", 2)]
    [DataRow("27", 3)]
    public void Digits_are_a_hold_away_and_stay_while_digits_come(string digits, int ways)
    {
        var entry = new TextEntry { Ways = ways };
        entry.Load([], 0);
        entry.OpenDigits();
        int presses = 1 + digits.Sum(c => Choose(entry, c));
        Assert.AreEqual(digits, TextOf(entry));
        double most = (ways == 3 ? 3.0 : 5.0) * digits.Length;
        Assert.IsLessThanOrEqualTo(most, presses, $"{presses} presses");
        Assert.IsTrue(entry.Undo());
        while (entry.IsChoosing) Assert.IsTrue(entry.Undo());
        Assert.AreEqual(digits[..^1], TextOf(entry), "one digit is taken back, and the page stays");
        Assert.IsTrue(entry.HasDigits);
        Choose(entry, '␣');
        Assert.IsFalse(entry.HasDigits, "a space leads back to the letters");
        Assert.AreEqual(digits[..^1] + " ", TextOf(entry));
    }

    private static int Choose(TextEntry entry, char c)
    {
        int presses = 0;
        var group = new byte[512];
        do
        {
            Key key = new[] { Key.Up, Key.Ok, Key.Down }.First(k =>
                Encoding.UTF8.GetString(group, 0, entry.Describe(k, group)).Replace("abc", "", StringComparison.Ordinal).Contains(c));
            Assert.IsTrue(entry.Press(key));
            presses++;
        }
        while (entry.IsChoosing);
        return presses;
    }

    private static string TextOf(TextEntry entry) => Encoding.UTF8.GetString(entry.Text, 0, entry.Count);

    private static string Groups(ScreenBoard board)
    {
        var group = new byte[512];
        return string.Join("|", new[] { Key.Up, Key.Ok, Key.Down }.Select(k =>
            Encoding.UTF8.GetString(group, 0, board.Entry.Describe(k, group))));
    }

    [TestMethod]
    public void One_button_takes_back_a_choice_with_the_hold_that_opens_the_menu_between_characters()
    {
        var board = ScreenBoard.WithButtons(1, ScreenTests.Talk);
        board.Press("ooo").Press("uu");
        Assert.IsTrue(board.Entry.IsChoosing);
        board.Press("O").Press("O");
        Assert.IsInstanceOfType<ComposeScreen>(board.Top, "each hold took back a choice");
        Assert.IsFalse(board.Entry.IsChoosing);
        board.Press("O");
        Assert.IsInstanceOfType<MenuScreen>(board.Top);
    }

    [TestMethod]
    [DataRow(1, "o")]
    [DataRow(2, "O")]
    [DataRow(3, "O")]
    public void A_contact_is_removed_by_the_buttons_after_a_question(int buttons, string menu)
    {
        var board = ScreenBoard.WithButtons(buttons, ScreenTests.Busy);
        OpenMenu(board).Press("o").Press(menu);
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
        var board = ScreenTests.Busy();
        OpenMenu(board).Press("oO");
        Assert.AreEqual(SendError.None, board.Messenger.RemoveContact("bob"));
        board.Press("o");
        Assert.AreEqual("bob", board.Messenger.IdOf(board.Ui.Stack.Conversation), "the rows have moved, the menu has not");
    }

    [TestMethod]
    public void What_the_menu_opens_leads_back_to_the_menu_and_that_to_the_list()
    {
        var board = OpenMenu(ScreenTests.Busy());
        for (int row = 0; row < 6; row++)
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
    public void A_display_that_sleeps_is_on_again_after_the_core_has_begun_anew()
    {
        var board = ScreenTests.Busy().Wait(31_000);
        Assert.AreEqual(BoardRequest.DisplayOff, board.Requests[^1]);
        board.App.Recover();
        while (board.App.IsLoading) board.App.OnTime(board.Now);
        board.Wait(0);
        Assert.AreEqual(BoardRequest.DisplayOn, board.Requests[^1]);
    }

    /// <summary>A minute changes the line at the top alone, and that as if all were drawn.</summary>
    [TestMethod]
    [DataRow("")]
    [DataRow("o")]
    [DataRow("ou")]
    [DataRow("ooo")]
    [DataRow("uo")]
    [DataRow("uoo")]
    [DataRow("uoddddo")]
    public void What_a_minute_changes_is_what_drawing_all_anew_changes(string keys)
    {
        var board = ScreenTests.Busy();
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
    public void A_display_without_keys_sleeps_and_the_first_key_only_wakes_it()
    {
        var board = ScreenTests.Busy();
        board.Requests.Clear();
        board.Wait(31_000);
        CollectionAssert.AreEqual(new[] { BoardRequest.DisplayOff }, board.Requests);
        board.Press("o");
        Assert.AreEqual(BoardRequest.DisplayOn, board.Requests[^1]);
        Assert.IsTrue(board.IsHome, "the key that woke it did nothing else");
        board.Press("o");
        Assert.IsFalse(board.IsHome);
    }

    [TestMethod]
    public void The_key_that_wakes_the_display_moves_the_choice_where_that_does_no_harm()
    {
        var board = ScreenTests.Busy().Wait(31_000).Press("d");
        Assert.AreEqual(1, ((ListScreen)board.Top).Selected);
        board.Press("o").Wait(121_000).Press("u");
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.IsGreaterThanOrEqualTo(0, ((ThreadScreen)board.Top).Selected, "a message is chosen");
    }

    [TestMethod]
    public void The_display_stays_on_for_two_minutes_in_a_thread_and_as_long_as_a_text_is_open()
    {
        var board = ScreenTests.Talk();
        board.Press("o").Requests.Clear();
        board.Wait(115_000);
        Assert.AreEqual(0, board.Requests.Count(r => r == BoardRequest.DisplayOff), "a thread");
        board.Wait(10_000);
        Assert.AreEqual(1, board.Requests.Count(r => r == BoardRequest.DisplayOff), "a thread, two minutes on");
        board.Press("o").Press("oo").Wait(115_000);
        Assert.AreEqual(1, board.Requests.Count(r => r == BoardRequest.DisplayOff), "writing");
        board.Press("uuuuu").Wait(3_600_000);
        Assert.AreEqual(1, board.Requests.Count(r => r == BoardRequest.DisplayOff), "a text that was begun");
    }

    [TestMethod]
    public void A_message_wakes_the_display_and_a_muted_one_does_not()
    {
        var board = ScreenTests.Busy().Wait(31_000);
        board.Requests.Clear();
        board.Messenger.SetMuted(board.Messenger.Find("carol", false), true);
        board.Receives("carol", 3, "quiet").Wait(200);
        Assert.AreEqual(0, board.Requests.Count, "a muted conversation wakes nobody");
        board.Receives("bob", 3, "loud").Wait(200);
        CollectionAssert.AreEqual(new[] { BoardRequest.DisplayOn }, board.Requests);
    }

    [TestMethod]
    public void What_arrives_while_the_display_sleeps_in_an_open_thread_is_not_said_to_be_shown_until_it_wakes()
    {
        var board = new ScreenBoard().Online().Receives("bob", 1, "one").Press("o");
        board.Ui.Settings.Choose(Settings.Notify, 1);
        board.Wait(121_000);
        board.Receives("bob", 2, "two").Wait(1000);
        Assert.AreEqual(1, board.Messenger.UnreadOf(board.Messenger.Find("bob", false)));
        board.Press("u");
        Assert.AreEqual(0, board.Messenger.UnreadOf(board.Messenger.Find("bob", false)));
    }

    [TestMethod]
    public void A_notification_goes_by_itself()
    {
        var board = ScreenTests.Busy().Press("uodddo").Wait(200);
        var before = Picture.Of(board.App.Frame);
        board.Receives("bob", 3, "Are you there?").Wait(200);
        Assert.IsFalse(Picture.Of(board.App.Frame).IsSame(before));
        board.Wait(7000);
        Assert.IsTrue(Picture.Of(board.App.Frame).IsSame(before));
    }

    [TestMethod]
    public void Settings_survive_a_reboot_and_reach_the_display()
    {
        var board = ScreenTests.Busy().Press("uodddo").Press("o");
        CollectionAssert.Contains(board.Requests, BoardRequest.Brightness);
        Assert.AreEqual("low", Settings.ChoicesOf(Settings.Brightness)[board.Ui.Settings.Chosen(Settings.Brightness)]);
        var after = new ScreenBoard(flash: board.Flash).Online();
        Assert.AreEqual(board.Ui.Settings.Contrast, after.Ui.Settings.Contrast);
        CollectionAssert.Contains(after.Requests, BoardRequest.Brightness);
    }

    [TestMethod]
    public void A_flash_that_refuses_says_so_on_the_screen()
    {
        var board = ScreenTests.Busy().Press("uodddo");
        board.Flash.RefusesWrites = true;
        board.Press("o");
        Assert.IsInstanceOfType<NoticeScreen>(board.Top);
    }

    [TestMethod]
    public void A_message_is_taken_back_while_it_has_its_clock()
    {
        var board = ScreenTests.Talk().Stall().Disconnect().Press("o").Sends("bob", "oops").Wait(500);
        Assert.AreEqual("oops", NewestText(board));
        board.Press("Odo").Wait(500);
        Assert.AreNotEqual("oops", NewestText(board));
    }

    [TestMethod]
    public void A_reply_names_the_message_that_it_answers()
    {
        var board = ScreenTests.Talk().Press("ouuOo").Press("do");
        int newest = board.Messenger.Newest(board.Messenger.Find("bob", false));
        Assert.AreEqual("OK", NewestText(board));
        Assert.IsNotNull(board.Messenger.ReplyQuoteOf(newest));
        StringAssert.Contains(board.Messenger.ReplyQuoteOf(newest), "Can you look");
    }

    [TestMethod]
    public void A_conversation_that_is_deleted_elsewhere_does_not_break_its_open_thread()
    {
        var board = ScreenTests.Talk().Press("ou");
        board.Messenger.Delete(board.Messenger.Find("bob", false));
        board.Wait(500).Press("u").Press("D");
        Assert.IsTrue(board.IsHome);
    }

    [TestMethod]
    public void A_choice_in_the_thread_stays_on_its_message_when_others_arrive()
    {
        var board = ScreenTests.Talk().Press("ouu");
        string chosen = TextOf(board, ((ThreadScreen)board.Top).Selected);
        for (int i = 0; i < 5; i++) board.Receives("bob", 4 + i, "and another one").Wait(200);
        Assert.AreEqual(chosen, TextOf(board, ((ThreadScreen)board.Top).Selected));
    }

    [TestMethod]
    public void The_device_screen_has_the_signal_measured_while_it_is_open_and_shows_it()
    {
        var board = new ScreenBoard().Online().Wait(1000);
        board.Status.SignalPercent = -1;
        OpenMenu(board).Press("ddddo");
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
    public void Restarting_from_the_device_screen_is_not_forgotten_for_a_measurement()
    {
        var board = new ScreenBoard().Online().Wait(1000);
        OpenMenu(board).Press("ddddo").Wait(60_000).Press("uouo");
        CollectionAssert.Contains(board.Requests, BoardRequest.Reboot);
    }

    private static ScreenBoard OpenMenu(ScreenBoard board)
    {
        int rows = board.Messenger.ConversationCount;
        return board.Press(new string('d', rows) + "o");
    }

    private static ScreenBoard Writing()
    {
        var board = ScreenTests.Talk().Press("ooo");
        byte[] text = Encoding.UTF8.GetBytes("Shall I bring");
        board.Entry.Load(text, text.Length);
        return board.Press("d").Press("U");
    }

    private static string Written(ScreenBoard board) => Encoding.UTF8.GetString(board.Entry.Text, 0, board.Entry.Count);

    private static string NewestText(ScreenBoard board) => TextOf(board, board.Messenger.Newest(board.Messenger.Find("bob", false)));

    private static string TextOf(ScreenBoard board, int message)
    {
        var text = new byte[1100];
        return Encoding.UTF8.GetString(text, 0, board.Messenger.ReadText(message, text));
    }
}
