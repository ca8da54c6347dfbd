using System.Text;
using EdgeChat.Core;
using nanoFramework.TestFramework;

namespace EdgeChat.Ui.Tests;

/// <summary>What is offered to be written next.</summary>
[TestClass]
public class LetterModelTests
{
    [TestMethod]
    [DataRow("th", "the ")]
    [DataRow("Mon", "Monday ")]
    [DataRow("don", "don't ")]
    [DataRow("tom", "tomorrow ")]
    [DataRow("see ", "you ")]
    [DataRow("back on mon", "Monday ")]
    public void A_word_that_was_begun_is_offered_whole(string text, string word)
    {
        Assert.IsTrue(Offered(Written(text, true)).IndexOf(word) >= 0, Offered(Written(text, true)));
        Assert.IsTrue(Offered(Written(text, false)).IndexOf(word) < 0, "the keyboard of letters offers no words");
    }

    [TestMethod]
    public void Letters_stand_in_the_order_of_the_alphabet_with_the_space_before_them_and_signs_after()
    {
        string offered = Offered(Written("xq", true));
        Assert.AreEqual("␣abcdefghijklmnopqrstuvwxyz.,?!'⋯", offered);
    }

    [TestMethod]
    public void What_is_likely_takes_fewer_presses()
    {
        Assert.IsTrue(PressesOf("q", 'u') < PressesOf("q", 'k'), "after q");
        Assert.IsTrue(PressesOf("th", 'e') < PressesOf("th", 'q'), "after th");
    }

    [TestMethod]
    public void Digits_signs_and_emoji_are_behind_the_last_candidate_and_can_be_undone()
    {
        TextEntry entry = Written("a", true);
        OpenMore(entry);
        string more = Offered(entry);
        Assert.IsTrue(more.IndexOf("1234567890") == 0, more);
        Assert.IsTrue(Offers(entry, Key.Down, 0x1F44D), "thumbs up");
        Assert.IsTrue(entry.Press(Key.Up));
        Assert.IsTrue(entry.UndoChoice());
        Assert.AreEqual(more, Offered(entry), "one choice back");
        Assert.IsTrue(entry.UndoChoice());
        Assert.IsFalse(entry.IsChoosing, "and out of the signs");
        OpenMore(entry);
        while (entry.IsChoosing) Assert.IsTrue(entry.Press(Key.Up));
        Assert.AreEqual("a1", Encoding.UTF8.GetString(entry.Text, 0, entry.Count));
    }

    [TestMethod]
    public void A_text_that_is_full_takes_no_more()
    {
        TextEntry entry = Written("a", true);
        var full = new byte[Limits.WrittenBytes];
        for (int i = 0; i < full.Length; i++) full[i] = (byte)'x';
        entry.Load(full, full.Length);
        for (int i = 0; i < 30; i++) entry.Press(Key.Up);
        Assert.AreEqual(Limits.WrittenBytes, entry.Count);
    }

    private static TextEntry Written(string text, bool usesWords)
    {
        var entry = new TextEntry();
        entry.UsesWords = usesWords;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        entry.Load(bytes, bytes.Length);
        return entry;
    }

    private static string Offered(TextEntry entry)
    {
        return Group(entry, Key.Up) + Group(entry, Key.Ok) + Group(entry, Key.Down);
    }

    private static string Group(TextEntry entry, Key key)
    {
        var group = new byte[384];
        int count = entry.Describe(key, group);
        return count == 0 ? "" : Encoding.UTF8.GetString(group, 0, count);
    }

    private static bool Offers(TextEntry entry, Key key, int code)
    {
        var group = new byte[384];
        int count = entry.Describe(key, group);
        for (int i = 0; i < count;)
        {
            int decoded = Utf8.Decode(group, i, count);
            if (decoded >> 3 == code) return true;
            i += decoded & 7;
        }

        return false;
    }

    // the last candidate is in the last group that has any
    private static void OpenMore(TextEntry entry)
    {
        for (int i = 0; i < 16 && Offered(entry).IndexOf('1') < 0; i++)
        {
            if (Group(entry, Key.Down).Length > 0) entry.Press(Key.Down);
            else entry.Press(Group(entry, Key.Ok).Length > 0 ? Key.Ok : Key.Up);
        }
    }

    private static int PressesOf(string text, char letter)
    {
        TextEntry entry = Written(text, false);
        int presses = 0;
        while (entry.Count == text.Length)
        {
            Assert.IsTrue(presses++ < 16, "no way to the letter");
            Key key = Group(entry, Key.Up).IndexOf(letter) >= 0 ? Key.Up : Group(entry, Key.Ok).IndexOf(letter) >= 0 ? Key.Ok : Key.Down;
            Assert.IsTrue(entry.Press(key));
        }

        return presses;
    }
}
