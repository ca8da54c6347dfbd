using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>A message is found by a word of it, with the keys alone.</summary>
[TestClass]
public class SearchTests
{
    [TestMethod]
    [DataRow(1)]
    [DataRow(2)]
    [DataRow(3)]
    public void The_thread_opens_at_the_message_that_was_found_and_leads_back_to_the_others(int buttons)
    {
        var board = Search(ScreenBoard.WithButtons(buttons, () => Past(40)), "Pump 3");
        Assert.IsInstanceOfType<SearchScreen>(board.Top);
        board.Press("do");
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.AreEqual("pump 3 of day 5", board.Chosen, "the newest but one");
        board.Press("U");
        Assert.IsInstanceOfType<SearchScreen>(board.Top);
        Assert.AreEqual(1, ((SearchScreen)board.Top).Selected);
        board.Press("uo");
        if (buttons == 3) Assert.AreEqual("pump 3 of day 35", board.Chosen);
    }

    [TestMethod]
    public void The_one_that_was_found_is_chosen_unless_it_is_the_newest()
    {
        foreach (string text in new[] { "Did you get the parts?", "Morning!", "Can you look", "On my way" })
        {
            var board = Search(Scenes.Talk(), text).Press("o");
            StringAssert.StartsWith(board.Chosen, text);
            byte[] pixels = [.. board.App.Frame.Pixels];
            board.Press("O");
            Assert.IsInstanceOfType<MenuScreen>(board.Top);
            board.Press("U");
            CollectionAssert.AreEqual(pixels, board.App.Frame.Pixels, "and is so when its menu is closed");
            board.Press("o");
            Assert.IsInstanceOfType<MenuScreen>(board.Top, "● is for the message");
        }

        var newest = Search(Scenes.Talk(), "Be there").Press("o");
        Assert.AreEqual("Be there in 10 minutes", newest.Chosen);
        newest.Press("o");
        Assert.IsInstanceOfType<RepliesScreen>(newest.Top, "it follows the newest");
    }

    [TestMethod]
    public void Only_the_open_conversation_is_searched_from_its_thread()
    {
        var board = Scenes.Unread().Receives("carol", 1, "Pump 3 too", 100).Press("doOuoo");
        Assert.IsInstanceOfType<GoScreen>(board.Top);
        board.Press("ddo").Enter("PUMP 3").Wait(1000);
        Assert.AreEqual("2 found", Title(board));
        board.Press("do");
        StringAssert.StartsWith(board.Chosen, "Can you look at pump 3");
    }

    [TestMethod]
    public void Nothing_written_is_told_and_can_be_written_on()
    {
        var board = Scenes.Busy().Press("uoddo").Enter("");
        Assert.IsInstanceOfType<NoticeScreen>(board.Top);
        board.Press("o");
        Assert.IsInstanceOfType<ComposeScreen>(board.Top);
    }

    [TestMethod]
    public void Of_more_than_find_room_the_newest_are_shown()
    {
        var board = new ScreenBoard().Online();
        string[] others = ["bob", "carol", "dave"];
        for (int n = 1; n <= 30; n++)
            foreach (string other in others) board.Receives(other, n, $"pump {n} of {other}", (31 - n) * 1000);
        Search(board, "pump");
        Assert.AreEqual("64+ found", Title(board));
        board.Press("uo");
        StringAssert.StartsWith(board.Chosen, "pump 9 of", "90 were found, 3 of each hour");
    }

    [TestMethod]
    public void What_was_found_and_has_gone_is_not_opened()
    {
        var board = Search(Scenes.Talk().Receives("carol", 1, "Morning too", 100), "morning");
        Assert.AreEqual("2 found", Title(board));
        board.Messenger.Delete(board.Messenger.Find("bob", false));
        board.Wait(1000).Press("do");
        Assert.IsInstanceOfType<SearchScreen>(board.Top);
        board.Press("uo");
        Assert.AreEqual("Morning too", board.Chosen);
    }

    [TestMethod]
    [DataRow(1, "o")]
    [DataRow(2, "O")]
    [DataRow(3, "O")]
    public void A_message_is_starred_in_its_menu_is_in_the_list_and_leaves_it_with_its_star(int buttons, string menu)
    {
        var board = ScreenBoard.WithButtons(buttons, Scenes.Unread);
        Search(board, "pump 3 today").Press("o");
        string text = board.Chosen;
        StringAssert.StartsWith(text, "Can you look at pump 3");
        Star(board, menu);
        Assert.IsTrue(board.Messenger.IsStarred(((ThreadScreen)board.Top).Selected));
        board.Press("UUUU").OpenMenu().Press("dddo").Wait(1000);
        Assert.AreEqual("1 starred", Title(board));
        board.Press("o");
        Assert.AreEqual(text, board.Chosen, "opened in its thread");
        Star(board, menu);
        board.Press("Uo");
        Assert.IsInstanceOfType<SearchScreen>(board.Top, "it has gone from the list");
        board.Press("U").Press("o").Wait(1000);
        Assert.AreEqual("0 starred", Title(board));
    }

    // the last of what is about a message that is chosen
    private static void Star(ScreenBoard board, string menu)
    {
        board.Press(menu);
        var items = (MenuScreen)board.Top;
        while (items.Selected < 5) board.Press("d");
        board.Press("o");
    }

    /// <summary>Searches for a text as the menu does.</summary>
    internal static ScreenBoard Search(ScreenBoard board, string text) =>
        board.OpenMenu().Press("ddo").Enter(text).Wait(1000);

    /// <summary>A thread of bob's with so many messages, two about a pump, and one of carol's.</summary>
    private static ScreenBoard Past(int days)
    {
        var board = new ScreenBoard().Online();
        for (int n = 1; n <= days; n++)
        {
            string text = n % 30 == 5 ? $"pump 3 of day {n}" : $"Nothing new on day {n}, \nand nothing else";
            board.Receives("bob", n, text, (days - n) * 86400);
        }

        return board.Receives("carol", 1, "Pump 4 is fine", 100).Wait(1000);
    }

    private static string Title(ScreenBoard board) => ((SearchScreen)board.Top).Found;
}
