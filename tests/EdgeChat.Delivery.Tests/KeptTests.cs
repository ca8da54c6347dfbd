using System.Text;
using EdgeChat.Core;
using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Delivery.Tests;

/// <summary>What the screens keep on flash: settings, quick replies, drafts.</summary>
[TestClass]
public class KeptTests
{
    [TestMethod]
    public void A_setting_is_there_after_a_restart()
    {
        var flash = new MemoryFlash();
        var settings = new Settings(flash);
        settings.Load();
        Assert.IsTrue(settings.Choose(Settings.Sleep, "5min"));
        Assert.IsFalse(settings.Choose(Settings.Sleep, "soon"), "there is no such choice");
        var after = new Settings(flash);
        after.Load();
        Assert.AreEqual(300000L, after.SleepAfterMs);
        Assert.AreEqual(Settings.DefaultContrast, after.Contrast, "what was not set is as on a new board");
    }

    [TestMethod]
    public void A_damaged_line_costs_only_its_setting()
    {
        var flash = new MemoryFlash();
        byte[] file = Encoding.UTF8.GetBytes("brightness=blinding\nno line\n=\nsleep=never\nkeyboard=lett");
        flash.Replace("settings", file, 0, file.Length);
        var settings = new Settings(flash);
        settings.Load();
        Assert.AreEqual(Settings.DefaultContrast, settings.Contrast);
        Assert.AreEqual(Deadline.Never, settings.SleepAfterMs);
        Assert.IsTrue(settings.Is(Settings.Keyboard), "a line without its end does not count");
    }

    [TestMethod]
    public void A_new_board_has_quick_replies_and_what_is_used_comes_first()
    {
        var flash = new MemoryFlash();
        var replies = new QuickReplies(flash);
        Assert.IsTrue(replies.Count > 5);
        string third = replies.TextOf(2);
        replies.CountUse(2);
        Assert.AreEqual(third, replies.TextOf(0));
        string second = replies.TextOf(1);
        replies.CountUse(1);
        Assert.AreEqual(third, replies.TextOf(0), "as often used: the one before stays before");
        replies.CountUse(1);
        Assert.AreEqual(second, replies.TextOf(0));
        var after = new QuickReplies(flash);
        Assert.AreEqual(replies.Count, after.Count);
        for (int i = 0; i < after.Count; i++) Assert.AreEqual(replies.TextOf(i), after.TextOf(i));
    }

    [TestMethod]
    public void Three_hundred_uses_keep_the_order()
    {
        var replies = new QuickReplies(new MemoryFlash());
        string favourite = replies.TextOf(3);
        replies.CountUse(3);
        for (int i = 0; i < 300; i++) replies.CountUse(0);
        Assert.AreEqual(favourite, replies.TextOf(0));
        replies.CountUse(1);
        Assert.AreEqual(favourite, replies.TextOf(0));
    }

    [TestMethod]
    public void Replies_are_added_changed_and_removed()
    {
        var flash = new MemoryFlash();
        var replies = new QuickReplies(flash);
        while (replies.Count > 1) replies.Remove(1);
        Assert.IsTrue(Add(replies, "Grüße 👋"));
        Assert.IsTrue(Add(replies, "last"));
        byte[] longer = Encoding.UTF8.GetBytes("a longer text than before");
        Assert.IsTrue(replies.Change(1, longer, longer.Length));
        var after = new QuickReplies(flash);
        Assert.AreEqual(3, after.Count);
        Assert.AreEqual("a longer text than before", after.TextOf(1));
        Assert.AreEqual("last", after.TextOf(2));
    }

    [TestMethod]
    public void Replies_that_cannot_be_are_refused()
    {
        var replies = new QuickReplies(new MemoryFlash());
        int count = replies.Count;
        Assert.IsFalse(Add(replies, ""));
        Assert.IsFalse(Add(replies, "two\nlines"));
        Assert.IsFalse(replies.Add(new byte[QuickReplies.MostBytes + 1], QuickReplies.MostBytes + 1));
        Assert.AreEqual(count, replies.Count);
        while (replies.Count < QuickReplies.Most) Assert.IsTrue(Add(replies, "more"));
        Assert.IsFalse(Add(replies, "too many"));
    }

    [TestMethod]
    public void A_damaged_file_of_replies_keeps_what_is_whole()
    {
        var flash = new MemoryFlash();
        byte[] file = { 0, 2, (byte)'h', (byte)'i', 3, 200, (byte)'x' };
        flash.Replace("replies", file, 0, file.Length);
        var replies = new QuickReplies(flash);
        Assert.AreEqual(1, replies.Count);
        Assert.AreEqual("hi", replies.TextOf(0));
    }

    [TestMethod]
    public void Replies_that_the_flash_did_not_give_are_not_lost()
    {
        var flash = new MemoryFlash();
        Assert.IsTrue(Add(new QuickReplies(flash), "see you"));
        int kept = flash.Size("replies");
        var replies = new QuickReplies(flash);
        flash.Unreadable = "replies";
        Assert.ThrowsException(typeof(FlashException), () => Add(replies, "more"));
        flash.Unreadable = null;
        Assert.AreEqual(kept, flash.Size("replies"));
        Assert.AreEqual("see you", replies.TextOf(replies.Count - 1));
    }

    [TestMethod]
    public void Drafts_of_a_device_and_a_group_of_one_name_are_two()
    {
        var flash = new MemoryFlash();
        byte[] text = Encoding.UTF8.GetBytes("not yet");
        Drafts.Save(flash, "team", false, text, text.Length);
        Assert.IsTrue(Drafts.Has(flash, "team", false));
        Assert.IsFalse(Drafts.Has(flash, "team", true));
        var buffer = new byte[4];
        Assert.AreEqual(4, Drafts.Load(flash, "team", false, buffer));
        Drafts.Save(flash, "team", false, text, 0);
        Assert.IsFalse(Drafts.Has(flash, "team", false));
        Assert.AreEqual(0, Drafts.Load(flash, "team", false, buffer));
    }

    private static bool Add(QuickReplies replies, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return replies.Add(bytes, bytes.Length);
    }
}
