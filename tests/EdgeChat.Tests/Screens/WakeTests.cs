using EdgeChat.Core;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>When the display sleeps, and what wakes it.</summary>
[TestClass]
public class WakeTests
{
    [TestMethod]
    public void A_display_that_sleeps_is_on_again_after_the_core_has_begun_anew()
    {
        var board = Scenes.Busy().Wait(31_000);
        Assert.AreEqual(BoardRequest.DisplayOff, board.Requests[^1]);
        board.App.Recover();
        while (board.App.IsLoading) board.App.OnTime(board.Now);
        board.Wait(0);
        Assert.AreEqual(BoardRequest.DisplayOn, board.Requests[^1]);
    }

    /// <summary>A minute changes the line at the top alone, and that as if all were drawn.</summary>

    [TestMethod]
    public void A_display_without_keys_sleeps_and_a_key_that_would_tell_what_was_read_only_wakes_it()
    {
        var board = Scenes.Busy();
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
    public void The_light_is_on_from_a_message_to_a_key()
    {
        var board = Scenes.Busy().Press("d").Wait(31_000);
        board.Requests.Clear();
        board.Receives("bob", 3, "Hello?");
        CollectionAssert.AreEqual(new[] { BoardRequest.LightOn, BoardRequest.DisplayOn }, board.Requests);
        board.Wait(31_000).Receives("bob", 4, "Are you there?").Wait(31_000);
        Assert.AreEqual(1, board.Requests.Count(r => r is BoardRequest.LightOn or BoardRequest.LightOff), "it stays");
        board.Press("d");
        Assert.AreEqual(BoardRequest.LightOff, board.Requests.Last(r => r is BoardRequest.LightOn or BoardRequest.LightOff));
        board.Requests.Clear();
        board.Messenger.SetMuted(board.Messenger.Find("bob", false), true);
        board.Receives("bob", 5, "Hm").Wait(1000);
        Assert.AreEqual(0, board.Requests.Count(r => r == BoardRequest.LightOn), "muted");
    }

    [TestMethod]
    public void The_key_that_wakes_the_display_moves_the_choice_where_that_does_no_harm()
    {
        var board = Scenes.Busy().Wait(31_000).Press("d");
        Assert.AreEqual(1, ((ListScreen)board.Top).Selected);
        board.Press("o").Wait(121_000).Press("u");
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        Assert.IsGreaterThanOrEqualTo(0, ((ThreadScreen)board.Top).Selected, "a message is chosen");
    }

    [TestMethod]
    [DataRow("uu", "o", typeof(ThreadScreen), DisplayName = "a thread in which nothing is unread")]
    [DataRow("u", "o", typeof(MainMenuScreen), DisplayName = "the menu")]
    [DataRow("uo", "o", typeof(ContactsScreen), DisplayName = "what the menu opens")]
    [DataRow("uuo", "o", typeof(RepliesScreen), DisplayName = "an answer")]
    [DataRow("uuou", "o", typeof(MenuScreen), DisplayName = "the menu of a message")]
    [DataRow("uuoo", "o", typeof(RepliesScreen), DisplayName = "a quick reply is not sent")]
    [DataRow("uodddddo", "o", typeof(SettingsScreen), DisplayName = "a setting is not changed")]
    [DataRow("uuOd", "o", typeof(MenuScreen), DisplayName = "nothing is muted")]
    [DataRow("uoo", "o", typeof(ContactsScreen), DisplayName = "no conversation begins")]
    public void The_press_of_Ok_that_wakes_the_display_opens_and_does_nothing_else(string keys, string wake, Type then)
    {
        var board = Scenes.Busy().Press("o").Press("Udo").Press("Udo").Press("Udo").Press("UU").Press(keys); // all is read
        int conversations = board.Messenger.ConversationCount;
        string newest = board.NewestText;
        board.Wait(121_000);
        Assert.AreEqual(BoardRequest.DisplayOff, board.Requests[^1]);
        board.Press(wake);
        Assert.AreEqual(then, board.Top.GetType());
        Assert.AreEqual(conversations, board.Messenger.ConversationCount);
        Assert.AreEqual(newest, board.NewestText);
    }

    [TestMethod]
    public void The_display_stays_on_for_two_minutes_in_a_thread_and_as_long_as_a_text_is_open()
    {
        var board = Scenes.Talk();
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
        var board = Scenes.Busy().Wait(31_000);
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
    public void Settings_survive_a_reboot_and_reach_the_display()
    {
        var board = Scenes.Busy().Press("uodddddo").Press("o");
        CollectionAssert.Contains(board.Requests, BoardRequest.Brightness);
        Assert.AreEqual("low", board.Ui.Settings.ChoicesOf(Settings.Brightness)[board.Ui.Settings.Chosen(Settings.Brightness)]);
        var after = new ScreenBoard(flash: board.Flash).Online();
        Assert.AreEqual(board.Ui.Settings.Contrast, after.Ui.Settings.Contrast);
        CollectionAssert.Contains(after.Requests, BoardRequest.Brightness);
    }
}
