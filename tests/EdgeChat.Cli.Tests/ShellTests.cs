using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Cli.Tests;

/// <summary>The console as a whole, where no messages are needed; conversations are in the transcripts.</summary>
[TestClass]
public class ShellTests
{
    [TestMethod]
    public void A_paste_of_300_lines_loses_nothing_whatever_ends_them()
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, "mode json\n");
        int before = paper.All.Length;
        var paste = new StringBuilder();
        string[] ends = { "\r", "\n", "\r\n" };
        for (int i = 0; i < 300; i++) paste.Append("word" + i.ToString() + "-ü" + ends[i * 7 % 3]);
        byte[] bytes = Encoding.UTF8.GetBytes(paste.ToString());
        for (int at = 0; at < bytes.Length; at += 17)
            shell.OnBytes(bytes, at, bytes.Length - at < 17 ? bytes.Length - at : 17, 0);
        string[] answers = paper.All.Substring(before).Split('\n');
        Assert.AreEqual(301, answers.Length, "an answer a line and nothing behind the last");
        for (int i = 0; i < 300; i++) Assert.Contains("no command \\\"word" + i.ToString() + "-ü\\\"", answers[i]);
    }

    [TestMethod]
    public void A_line_that_is_too_long_says_so_and_the_next_one_is_done()
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, "mode json\n" + new string('x', 1300) + "\nabout\n");
        Assert.Contains("\"code\":\"line-too-long\",\"error\":\"a line of 1300 bytes is too long, at most 1200: nothing", paper.All);
        Assert.Contains("{\"ok\":true,\"cmd\":\"about\"", paper.All);
    }

    [TestMethod]
    public void A_line_that_is_not_UTF8_is_refused_whole()
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, "mode json\n");
        shell.OnBytes(new byte[] { (byte)'a', 0xE4, (byte)'\n' }, 0, 3, 0);
        Assert.Contains("\"code\":\"not-utf8\"", paper.All);
    }

    [TestMethod]
    public void A_bad_command_says_what_was_meant()
    {
        var paper = new Paper();
        Type(New(paper, "alice"), "sned bob hi\r");
        Assert.Contains("no command \"sned\": did you mean send? All commands: help", paper.All);
    }

    [TestMethod]
    public void A_remark_and_an_empty_line_do_nothing()
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, "set color off\r");
        string before = paper.Look().Above;
        Type(shell, "\r   \r# sned\r");
        Assert.AreEqual(before + "alice>\nalice>\nalice> # sned\n", paper.Look().Above);
    }

    [TestMethod]
    public void Tab_completes_a_command_and_lists_what_is_possible()
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, "stat\t");
        Assert.AreEqual("alice> status", paper.Look().Row);
        Assert.AreEqual("alice> status ".Length, paper.Column, "a space follows a word that is complete");
        Type(shell, "\u0015re\t");
        Assert.Contains("read  reply  react  replies  reboot", paper.Look().Above);
        Assert.AreEqual("alice> re", paper.Row);
        Type(shell, "p\t\u0015help set\t");
        Assert.AreEqual("alice> help set", paper.Look().Row);
        Type(shell, "\u0015mode j\t");
        Assert.AreEqual("alice> mode json", paper.Look().Row);
        Type(shell, "\u0015set color a\t");
        Assert.AreEqual("alice> set color auto", paper.Look().Row);
        Type(shell, "\u0015xyz\t");
        Assert.AreEqual(1, paper.Look().Bells);
    }

    [TestMethod]
    public void A_tab_in_free_text_is_a_tab()
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, "search a\tb");
        Assert.AreEqual("alice> search a b", paper.Look().Row);
        Assert.AreEqual(0, paper.Bells);
    }

    [TestMethod]
    public void Factory_reset_wants_the_device_id_and_takes_nothing_else()
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, "factory-reset\ryes\r");
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.None);
        Assert.Contains("stopped, nothing was done", paper.All);
        Type(shell, "factory-reset\r\u0003alice\r");
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.None, "Ctrl-C ends the question");
        Type(shell, "factory-reset bob\r");
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.None);
        Type(shell, "factory-reset\ralice\r");
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.FactoryReset);
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.None, "once");
    }

    [TestMethod]
    public void In_JSON_nothing_asks_and_the_answer_goes_into_the_command()
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, "mode json\nfactory-reset\nalice\n");
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.None);
        Assert.Contains("\"code\":\"confirm\"", paper.All);
        Type(shell, "factory-reset alice\n");
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.FactoryReset);
    }

    [TestMethod]
    public void A_board_without_id_says_so_and_still_helps()
    {
        var paper = new Paper();
        Shell shell = New(paper, null);
        Type(shell, "send bob hi\rhelp send\r");
        Assert.Contains("send: this board has no device id yet: put edgechat.json on its drive I: and restart it", paper.All);
        Assert.Contains("send bob On my way", paper.All);
    }

    [TestMethod]
    public void Reboot_shutdown_and_sleep_are_asked_of_the_host()
    {
        Shell shell = New(new Paper(), "alice");
        Type(shell, "reboot\r");
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.Reboot);
        Type(shell, "shutdown\r");
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.Shutdown);
        Type(shell, "sleep 600\r");
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.Sleep);
        Assert.AreEqual(600, shell.SleepSeconds);
    }

    [TestMethod]
    [DataRow("sleep", "the time is missing")]
    [DataRow("sleep 0", "\"0\" is no time")]
    [DataRow("sleep 86401", "\"86401\" is no time")]
    [DataRow("sleep soon", "\"soon\" is no time")]
    public void A_sleep_without_a_sound_time_is_refused(string line, string says)
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, line + "\r");
        Assert.Contains(says, paper.All);
        Assert.IsTrue(shell.TakeRequest() == BoardRequest.None);
    }

    [TestMethod]
    public void Settings_are_checked_before_they_are_kept()
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, "set utc 99\rset utc +05:30\rset colour on\rset color maybe\r");
        Assert.Contains("set: utc \"99\": expected hours ahead of UTC from -12:00 to +14:00, such as +02:00", paper.All);
        Assert.Contains("utc         +05:30", paper.All);
        Assert.Contains("set: no setting \"colour\". There are: name utc zone color", paper.All);
        Assert.Contains("set: color \"maybe\": expected auto, on or off", paper.All);
    }

    [TestMethod]
    public void Lost_key_presses_show_in_the_status_when_there_are_any()
    {
        var paper = new Paper();
        var status = new DeviceStatus { BoardName = "paper", Broker = "broker" };
        Shell shell = New(paper, "alice", status);
        Type(shell, "status\r");
        Assert.Contains("trouble     none", paper.All);
        status.LostKeys = 2;
        Type(shell, "status\rmode json\rstatus\r");
        Assert.Contains("trouble     2 key presses lost", paper.All);
        Assert.Contains("\"lost-keys\":2,", paper.All);
    }

    [TestMethod]
    public void Colours_come_when_a_terminal_answers_and_not_before()
    {
        var paper = new Paper();
        Shell shell = New(paper, "alice");
        Type(shell, "xyzzy\r\r\r");
        Assert.DoesNotContains("\u001b[31m", paper.All);
        int asked = paper.All.IndexOf("\u001b[c");
        Assert.IsTrue(asked > 0, "an empty line asks");
        Assert.AreEqual(-1, paper.All.IndexOf("\u001b[c", asked + 1), "once");
        Type(shell, "\u001b[?62;22cxyzzy\r");
        Assert.Contains("\u001b[31mno command", paper.All);
    }

    [TestMethod]
    public void No_colours_come_when_they_are_off_or_for_a_program()
    {
        var paper = new Paper();
        Type(New(paper, "alice"), "set color off\r\u001b[A\u0015xyzzy\r\r");
        Assert.DoesNotContains("\u001b", paper.All);
        paper = new Paper();
        Type(New(paper, "alice"), "mode json\r\u001b[A\u0015xyzzy\r\r");
        Assert.DoesNotContains("\u001b", paper.All);
    }

    internal static Shell New(Paper paper, string id)
    {
        return New(paper, id, new DeviceStatus { BoardName = "paper" });
    }

    private static Shell New(Paper paper, string id, DeviceStatus status)
    {
        var me = new Identity { DeviceId = id };
        var flash = new MemoryFlash();
        var messenger = new Messenger(me, flash);
        while (!messenger.Load(0)) { }
        var session = new Session(me, 1, null, messenger);
        var settings = new OwnSettings(flash, me);
        var shell = new Shell(me, messenger, session, status, new EventLog(), settings, paper, flash, null, null, new LongText());
        shell.Start(0);
        return shell;
    }

    internal static void Type(Shell shell, string keys)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(keys);
        shell.OnBytes(bytes, 0, bytes.Length, 0);
    }
}
