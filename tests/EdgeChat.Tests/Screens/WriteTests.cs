using System.Text;
using EdgeChat.Delivery;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>What a person writes with the keys: letters, quick replies, drafts, and what is taken back.</summary>
[TestClass]
public class WriteTests
{
    [TestMethod]
    public void A_quick_reply_is_sent_with_three_presses_and_comes_first_when_used_most()
    {
        var board = Scenes.Talk().Press("o");
        board.Press("oddo");
        Assert.AreEqual("Yes", board.NewestText);
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.AreEqual("Yes", board.Ui.Replies.TextOf(0));
    }

    [TestMethod]
    public void A_text_written_with_keys_is_sent_by_holding_Ok()
    {
        var board = Scenes.Talk().Press("ooo");
        board.Press("uuu");
        while (board.Entry.IsChoosing) board.Press("u");
        string written = board.Written.TrimEnd();
        Assert.IsTrue(written.Length > 0);
        TextEntry entry = board.Entry;
        board.Press("O");
        Assert.AreEqual(written, board.NewestText);
        Assert.AreEqual(0, entry.Count);
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.IsFalse(Drafts.Has(board.Ui.Flash, "bob", false), "a text that was sent is no draft");
    }

    [TestMethod]
    public void An_own_message_is_edited_with_the_keys()
    {
        var board = Scenes.Talk().Press("oOdddo");
        Assert.AreEqual("Be there in 10 minutes", board.Written);
        board.Press("UUO");
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.AreEqual("Be there in 10 minut", board.NewestText);
        Assert.IsTrue(board.Messenger.IsEdited(board.Messenger.Newest(board.Messenger.Find("bob", false))));
        Assert.IsFalse(Drafts.Has(board.Ui.Flash, "bob", false), "an edit is no draft");
    }

    [TestMethod]
    public void A_page_stays_as_it_is_while_the_console_prints_a_message()
    {
        var board = Scenes.Talk().Press("oOdo");
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
        string written = board.Written;
        board.Press("DDD"); // the digits, the menu, home
        Assert.IsTrue(board.IsHome);
        var after = new ScreenBoard(flash: board.Flash).Online().Press("ooo");
        Assert.AreEqual(written, after.Written);
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
        Assert.IsFalse(Drafts.Has(after.Ui.Flash, "carol", false), "with its draft");
        Assert.AreEqual(0, new ScreenBoard(flash: board.Flash).Messenger.ConversationCount);
    }

    [TestMethod]
    public void A_draft_survives_a_power_cut_three_seconds_after_a_key()
    {
        var board = Writing();
        string written = board.Written;
        board.Wait(3100);
        var after = new ScreenBoard(flash: board.Flash).Online().Press("ooo");
        Assert.AreEqual(written, after.Written);
    }

    [TestMethod]
    public void Holding_Up_takes_back_one_choice_then_one_character_and_leaves_when_nothing_is_left()
    {
        var board = Scenes.Talk().Press("ooo").Press("u");
        Assert.IsTrue(board.Entry.IsChoosing);
        board.Press("U");
        Assert.IsFalse(board.Entry.IsChoosing);
        board.Entry.Load("hé"u8.ToArray(), 3);
        board.Press("U");
        Assert.AreEqual("h", board.Written, "what was there before goes character by character");
        board.Press("U");
        Assert.AreEqual("", board.Written);
        board.Press("U");
        Assert.IsInstanceOfType<RepliesScreen>(board.Top);
    }

    [TestMethod]
    public void Holding_Up_takes_back_the_press_that_wrote_a_character_and_then_what_was_written_before_whole()
    {
        var board = Scenes.Talk().Press("ooo");
        var texts = new List<string>();
        string groups = "";
        while (texts.Count < 6)
        {
            string before = board.Written;
            groups = Groups(board);
            board.Press("u");
            if (board.Written != before) texts.Add(before);
        }

        board.Press("U");
        Assert.AreEqual(texts[5], board.Written);
        Assert.AreEqual(groups, Groups(board), "the groups from which the last press chose are there again");
        while (board.Entry.IsChoosing) board.Press("U");
        for (int i = 4; i >= 0; i--)
        {
            board.Press("U");
            Assert.AreEqual(texts[i], board.Written, "words and letters go as they came");
        }
    }

    [TestMethod]
    public void A_sign_and_a_capital_are_taken_back_with_what_they_did_to_the_text()
    {
        var entry = new TextEntry();
        byte[] text = "when i "u8.ToArray();
        entry.Load(text, text.Length - 1);
        Choose(entry, '␣');
        Assert.AreEqual("when I ", EntryKeys.TextOf(entry));
        Choose(entry, '?');
        Assert.AreEqual("when I? ", EntryKeys.TextOf(entry));
        Assert.IsTrue(entry.Undo());
        while (entry.IsChoosing) Assert.IsTrue(entry.Undo());
        Assert.AreEqual("when I ", EntryKeys.TextOf(entry));
        Assert.IsTrue(entry.Undo());
        while (entry.IsChoosing) Assert.IsTrue(entry.Undo());
        Assert.AreEqual("when i", EntryKeys.TextOf(entry));
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
        Assert.AreEqual(digits, EntryKeys.TextOf(entry));
        double most = (ways == 3 ? 3.0 : 5.0) * digits.Length;
        Assert.IsLessThanOrEqualTo(most, presses, $"{presses} presses");
        Assert.IsTrue(entry.Undo());
        while (entry.IsChoosing) Assert.IsTrue(entry.Undo());
        Assert.AreEqual(digits[..^1], EntryKeys.TextOf(entry), "one digit is taken back, and the page stays");
        Assert.IsTrue(entry.HasDigits);
        Choose(entry, '␣');
        Assert.IsFalse(entry.HasDigits, "a space leads back to the letters");
        Assert.AreEqual(digits[..^1] + " ", EntryKeys.TextOf(entry));
    }

    [TestMethod]
    public void Digits_are_offered_where_a_number_comes_and_each_is_taken_back_alone()
    {
        TextEntry entry = Holding("Meet at ");
        Choose(entry, '1');
        Assert.IsTrue(entry.HasDigits, "more of them come");
        Choose(entry, '8');
        Choose(entry, '␣');
        Assert.IsFalse(entry.HasDigits);
        foreach (string before in new[] { "Meet at 18", "Meet at 1", "Meet at " })
        {
            Assert.IsTrue(entry.Undo());
            while (entry.IsChoosing) Assert.IsTrue(entry.Undo());
            Assert.AreEqual(before, EntryKeys.TextOf(entry));
        }

        Assert.IsFalse(entry.HasDigits);
        Choose(entry, '2');
        Assert.AreEqual("Meet at 2", EntryKeys.TextOf(entry), "they are offered as before");
    }

    [TestMethod]
    public void A_day_gets_its_capital_letter_and_loses_it_when_it_is_taken_back()
    {
        TextEntry entry = Holding("See you on mon");
        EntryKeys.Choose(entry, "Monday ");
        Assert.AreEqual("See you on Monday ", EntryKeys.TextOf(entry));
        Assert.IsTrue(entry.Undo());
        while (entry.IsChoosing) Assert.IsTrue(entry.Undo());
        Assert.AreEqual("See you on mon", EntryKeys.TextOf(entry));
    }

    [TestMethod]
    public void A_capital_letter_in_a_sentence_is_one_choice_more()
    {
        TextEntry entry = Holding("This is ");
        Choose(entry, '⇧');
        Choose(entry, 'Q');
        Assert.AreEqual("This is Q", EntryKeys.TextOf(entry));
    }

    [TestMethod]
    public void One_button_takes_back_a_choice_with_the_hold_that_opens_the_menu_between_characters()
    {
        var board = ScreenBoard.WithButtons(1, Scenes.Talk);
        board.Press("ooo").Press("uu");
        Assert.IsTrue(board.Entry.IsChoosing);
        board.Press("O").Press("O");
        Assert.IsInstanceOfType<ComposeScreen>(board.Top, "each hold took back a choice");
        Assert.IsFalse(board.Entry.IsChoosing);
        board.Press("O");
        Assert.IsInstanceOfType<MenuScreen>(board.Top);
    }

    private static TextEntry Holding(string text)
    {
        var entry = new TextEntry();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        entry.Load(bytes, bytes.Length);
        return entry;
    }

    private static int Choose(TextEntry entry, char c) => EntryKeys.Choose(entry, c.ToString());

    private static string Groups(ScreenBoard board) => string.Join("|", EntryKeys.All.Select(k => EntryKeys.Group(board.Entry, k)));

    private static ScreenBoard Writing()
    {
        var board = Scenes.Talk().Press("ooo");
        byte[] text = Encoding.UTF8.GetBytes("Shall I bring");
        board.Entry.Load(text, text.Length);
        return board.Press("d").Press("U");
    }
}
