using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using EdgeChat.Tests.Consoles;
using EdgeChat.Ui;

namespace EdgeChat.Tests.Screens;

/// <summary>When a board with a buzzer is heard, and how a person chooses that.</summary>
[TestClass]
public class SoundTests
{
    private const int Gap = 6000;

    [TestMethod]
    public void A_message_lights_the_light_sounds_once_and_wakes_the_display()
    {
        ScreenBoard board = Busy().Wait(31_000);
        board.Requests.Clear();
        board.Receives("bob", 3, "Hello?");
        CollectionAssert.AreEqual(new[] { BoardRequest.LightOn, BoardRequest.Sound, BoardRequest.DisplayOn }, board.Requests);
    }

    [TestMethod]
    public void A_burst_is_one_tone_and_what_comes_six_seconds_later_another()
    {
        ScreenBoard board = Busy();
        for (int n = 3; n < 23; n++) board.Receives("bob", n, "again").Wait(Gap / 20 - 1);
        Assert.AreEqual(1, Tones(board));
        board.Wait(Gap).Receives("carol", 3, "and I");
        Assert.AreEqual(2, Tones(board));
    }

    [TestMethod]
    public void What_stands_in_the_open_thread_is_not_heard_until_the_display_sleeps()
    {
        ScreenBoard board = ScreenBoard.WithBuzzer(true, () => new ScreenBoard().Online().Receives("bob", 1, "one")).Press("o").Wait(Gap);
        Assert.IsInstanceOfType<ThreadScreen>(board.Top);
        board.Requests.Clear();
        board.Receives("bob", 2, "two").Wait(Gap);
        Assert.AreEqual(0, Tones(board), "the thread is open");
        board.Receives("carol", 1, "and I").Wait(Gap);
        Assert.AreEqual(1, Tones(board), "another thread");
        board.Wait(121_000).Receives("bob", 3, "three");
        Assert.AreEqual(2, Tones(board), "it is open, and the display was dark");
    }

    [TestMethod]
    [DataRow("silent", true)]
    [DataRow("off", false)]
    public void Silent_is_seen_and_not_heard_and_off_is_neither(string choice, bool isSeen)
    {
        ScreenBoard board = Busy().Wait(31_000);
        Assert.IsTrue(board.Ui.Settings.Choose(Settings.Notify, choice));
        board.Requests.Clear();
        board.Receives("bob", 3, "Hello?").Wait(Gap);
        BoardRequest[] expected = isSeen ? [BoardRequest.LightOn, BoardRequest.DisplayOn] : [];
        CollectionAssert.AreEqual(expected, board.Requests);
    }

    [TestMethod]
    public void A_muted_conversation_and_an_own_message_are_not_heard()
    {
        ScreenBoard board = Busy();
        board.Messenger.SetMuted(board.Messenger.Find("bob", false), true);
        board.Receives("bob", 3, "Hello?").Sends("carol", "I am here").Wait(Gap);
        Assert.AreEqual(0, Tones(board));
    }

    [TestMethod]
    public void A_board_without_a_buzzer_is_not_asked_for_a_tone()
    {
        ScreenBoard board = Scenes.Busy();
        board.Requests.Clear();
        board.Receives("bob", 3, "Hello?").Wait(Gap);
        Assert.AreEqual(0, Tones(board));
        CollectionAssert.AreEqual(new[] { "on", "off" }, board.Ui.Settings.ChoicesOf(Settings.Notify));
    }

    [TestMethod]
    [DataRow(true, "notify=on", "sound")]
    [DataRow(true, "notify=off", "off")]
    [DataRow(true, "notify=silent", "silent")]
    [DataRow(true, "notify=loud", "sound")]
    [DataRow(false, "notify=off", "off")]
    [DataRow(false, "notify=silent", "on")]
    public void A_file_is_read_whoever_wrote_it(bool hasBuzzer, string line, string expected)
    {
        var flash = new MemoryFlash();
        byte[] file = Encoding.UTF8.GetBytes(line + "\n");
        flash.Replace("settings", file, 0, file.Length);
        var settings = new Settings(flash, hasBuzzer: hasBuzzer);
        settings.Load();
        Assert.AreEqual(expected, settings.ChoiceOf(Settings.Notify, settings.Chosen(Settings.Notify)));
    }

    [TestMethod]
    public void A_choice_survives_a_restart()
    {
        var flash = new MemoryFlash();
        Assert.IsTrue(new Settings(flash, hasBuzzer: true).Choose(Settings.Notify, "silent"));
        var after = new Settings(flash, hasBuzzer: true);
        after.Load();
        Assert.IsTrue(after.IsNotifying);
        Assert.IsFalse(after.IsSounding);
    }

    [TestMethod]
    public void The_keys_go_from_sound_to_silent_to_off_and_back()
    {
        ScreenBoard board = Busy();
        board.Ui.Stack.Open(new SettingsScreen(board.Ui), board.Now);
        board.Press(new string('d', Settings.Notify));
        foreach (string next in new[] { "silent", "off", "sound" })
        {
            board.Press("o");
            Assert.AreEqual(next, board.Ui.Settings.ChoiceOf(Settings.Notify, board.Ui.Settings.Chosen(Settings.Notify)));
        }
    }

    [TestMethod]
    [DataRow(true, "sound, silent or off")]
    [DataRow(false, "on or off")]
    public void The_console_names_the_choices_of_the_board(bool hasBuzzer, string choices)
    {
        var paper = new Paper();
        var board = new AppBoard(new VirtualBroker(), "alice", paper, 128, 64, 3, hasBuzzer: hasBuzzer);
        board.SwitchOn();
        paper.TakeRows();
        board.Type("set notify loud\r");
        Assert.AreEqual($"set: notify \"loud\": expected {choices}", paper.TakeRows()[^1]);
        board.Type("set notify off\r");
        Assert.AreEqual("notify      off", paper.TakeRows()[^1]);
    }

    private static ScreenBoard Busy()
    {
        ScreenBoard board = ScreenBoard.WithBuzzer(true, Scenes.Busy).Wait(Gap).Press("d"); // the light is off
        board.Requests.Clear();
        return board;
    }

    private static int Tones(ScreenBoard board) => board.Requests.Count(r => r == BoardRequest.Sound);
}
