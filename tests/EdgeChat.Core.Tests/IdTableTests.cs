using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

[TestClass]
public class IdTableTests
{
    [TestMethod]
    public void Each_id_has_a_number_whatever_its_length()
    {
        var ids = new IdTable();
        for (int i = 0; i < Limits.Peers; i++) Assert.AreEqual(i, ids.Add(IdOf(i)));
        Assert.AreEqual(-1, ids.Add("one-more"), "the table is full");
        for (int i = 0; i < Limits.Peers; i++)
        {
            Assert.AreEqual(i, ids.Add(IdOf(i)), "it is there already");
            Assert.AreEqual(i, ids.Find(IdOf(i)));
            Assert.AreEqual(IdOf(i), ids.At(i));
            Assert.AreEqual(IdOf(i).Length, ids.LengthAt(i));
        }
    }

    [TestMethod]
    public void An_id_is_found_whole_and_only_whole()
    {
        var ids = new IdTable();
        ids.Add("bob2");
        Assert.AreEqual(-1, ids.Find("bob"));
        Assert.AreEqual(-1, ids.Find("ob2"));
        Assert.AreEqual(-1, ids.Find(null));
        Assert.AreEqual(-1, ids.Add("abcdefghijklmnopq"), "longer than an id can be");
        Assert.AreEqual(0, ids.Find("bob2"));
        Assert.AreEqual(null, ids.At(-1));
    }

    // 1 to 16 characters
    private static string IdOf(int i)
    {
        string number = i.ToString();
        return number + "abcdefghijklmnop".Substring(0, i % (17 - number.Length));
    }
}
