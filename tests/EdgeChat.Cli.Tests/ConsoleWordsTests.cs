using System.Text;
using nanoFramework.TestFramework;

namespace EdgeChat.Cli.Tests;

/// <summary>Words of the console: commands, slips of the finger, arguments.</summary>
[TestClass]
public class ConsoleWordsTests
{
    [TestMethod]
    [DataRow("send", "send", 0)]
    [DataRow("sned", "send", 1)]
    [DataRow("sen", "send", 1)]
    [DataRow("sendd", "send", 1)]
    [DataRow("sand", "send", 1)]
    [DataRow("", "abc", 3)]
    [DataRow("kitten", "sitting", 3)]
    [DataRow("ca", "abc", 3)]
    public void The_distance_counts_letters_and_swaps(string a, string b, int distance)
    {
        Assert.AreEqual(distance, EditDistance.Between(a, b));
        Assert.AreEqual(distance, EditDistance.Between(b, a));
    }

    [TestMethod]
    [DataRow("sned", "send")]
    [DataRow("lsit", "list")]
    [DataRow("staus", "status")]
    [DataRow("factory-rest", "factory-reset")]
    [DataRow("contacts", "contact")]
    [DataRow("msg", "send")]
    [DataRow("quit", "shutdown")]
    [DataRow("?", "help")]
    [DataRow("xyzzy", "")]
    [DataRow("a-word-that-is-far-too-long-to-compare", "")]
    public void A_slip_or_another_programs_word_finds_the_command(string typed, string meant)
    {
        Assert.AreEqual(meant, CommandTable.NameOf(CommandTable.Nearest(typed)));
    }

    [TestMethod]
    public void Every_command_has_a_name_of_its_own_and_help()
    {
        for (int i = 0; i < CommandTable.Count; i++)
        {
            var id = (CommandId)i;
            string name = CommandTable.NameOf(id);
            Assert.IsTrue(name.Length > 0, "command " + i.ToString() + " has no name");
            Assert.AreEqual(i, (int)CommandTable.Find(name), name);
            Assert.IsTrue(CommandTable.HelpOf(id).Length > 0, name + " has no help");
        }
    }

    [TestMethod]
    public void What_follows_the_words_is_the_text_unchanged()
    {
        var line = new CommandLine();
        byte[] bytes = Encoding.UTF8.GetBytes("  send \t bob   two  spaces  ");
        line.Load(bytes, bytes.Length);
        Assert.AreEqual("send", line.NextWord());
        Assert.AreEqual("bob", line.NextWord());
        Assert.AreEqual("two  spaces  ", Encoding.UTF8.GetString(bytes, line.RestStart, line.RestCount));
        Assert.AreEqual("two  spaces", line.RestAsText());
        Assert.IsNull(line.NextWord());
        Assert.IsNull(line.RestAsText());
    }

    [TestMethod]
    [DataRow("0", 0)]
    [DataRow("17", 17)]
    [DataRow("999999999", 999999999)]
    [DataRow("9999999999", -1)]
    [DataRow("-1", -1)]
    [DataRow("1a", -1)]
    [DataRow("", -1)]
    public void A_number_is_digits_alone(string word, int number)
    {
        Assert.AreEqual(number, CommandLine.ToNumber(word));
    }
}
