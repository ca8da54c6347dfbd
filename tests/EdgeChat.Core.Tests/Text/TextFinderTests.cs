using System.Text;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>What a search finds in a text, and where.</summary>
[TestClass]
public class TextFinderTests
{
    [TestMethod]
    public void A_text_is_found_where_it_stands_first()
    {
        Assert.AreEqual(0, Find("pump", "pump"));
        Assert.AreEqual(8, Find("pump", "the pum pump"));
        Assert.AreEqual(4, Find("aab", "aaaaaab"));
        for (int before = 0; before < 9; before++)
            for (int behind = 0; behind < 9; behind++)
            {
                string text = new string('-', before) + "xyz" + new string('-', behind);
                Assert.AreEqual(before, Find("xyz", text), text);
            }
    }

    [TestMethod]
    public void What_is_not_there_whole_is_not_found()
    {
        Assert.AreEqual(-1, Find("pump", ""));
        Assert.AreEqual(-1, Find("pump", "pum"));
        Assert.AreEqual(-1, Find("pump", "the pum"));
        Assert.AreEqual(-1, Find("ä", "a"));
        Assert.AreEqual(-1, Find("@", "`"));
        Assert.AreEqual(-1, Find("[", "{"));
        Assert.AreEqual(-1, Find("×", "÷"), "no letters");
        byte[] text = Encoding.UTF8.GetBytes("pump");
        Assert.AreEqual(-1, new TextFinder(text, 0, 4).PlaceIn(text, 3), "only what counts");
    }

    [TestMethod]
    public void Capital_and_small_letters_count_as_the_same()
    {
        string[] pairs =
        {
            "PUMP 3", "pump 3", "ÜBER", "über", "Ångström", "åNGSTRÖM", "ŁÓDŹ", "łódź", "ĽŤĹ", "ľťĺ", "ŻÓŁĆ", "żółć", "Ŀ", "ŀ",
            "ΚΑΛΗ", "καλη", "ΠΡΩ", "πρω", "ГДЕ КЛЮЧ", "где ключ", "Ёлка", "ёЛКА",
        };
        for (int i = 0; i < pairs.Length; i += 2)
        {
            Assert.AreEqual(2, Find(pairs[i], "- " + pairs[i + 1] + " -"), pairs[i]);
            Assert.AreEqual(2, Find(pairs[i + 1], "- " + pairs[i] + " -"), pairs[i + 1]);
        }
    }

    [TestMethod]
    public void What_has_no_case_and_bytes_that_are_no_text_are_found_as_they_are()
    {
        Assert.AreEqual(3, Find("水泵", "園水泵"));
        Assert.AreEqual(5, Find("👍", "ok ä👍"));
        byte[] odd = { 0x41, 0xFF, 0x80, 0xC3 };
        Assert.AreEqual(0, new TextFinder(odd, 0, 4).PlaceIn(odd, 4));
        Assert.AreEqual(3, new TextFinder(odd, 3, 1).PlaceIn(odd, 4));
    }

    private static int Find(string wanted, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("?" + wanted + "?");
        byte[] into = Encoding.UTF8.GetBytes(text);
        return new TextFinder(bytes, 1, bytes.Length - 2).PlaceIn(into, into.Length);
    }
}
