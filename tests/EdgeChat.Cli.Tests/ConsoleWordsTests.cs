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
        var paper = new Paper();
        ShellTests.Type(ShellTests.New(paper, null), "help " + typed + "\r");
        string words = meant.Length == 0 ? ". See: help" : ": did you mean " + meant + "? See: help";
        Assert.Contains("help: no command \"" + typed + "\"" + words, paper.All);
    }

    [TestMethod]
    public void Every_command_has_a_name_of_its_own_and_help()
    {
        var paper = new Paper();
        Shell shell = ShellTests.New(paper, null);
        ShellTests.Type(shell, "mode json\r");
        string before = paper.All;
        ShellTests.Type(shell, "help\r");
        string[] items = paper.All.Substring(before.Length).Split('\n');
        int count = 0;
        string names = " ";
        for (int i = 0; i < items.Length; i++)
        {
            if (items[i].IndexOf("\"item\":\"command\"") < 0) continue;
            count++;
            string name = Value(items[i], "name");
            Assert.AreEqual(-1, names.IndexOf(" " + name + " "), name + " is there twice");
            names += name + " ";
            Assert.IsTrue(Value(items[i], "help").Length > 0, name + " has no help");
            before = paper.All;
            ShellTests.Type(shell, "help " + name + "\r");
            Assert.StartsWith(items[i] + "\n", paper.All.Substring(before.Length));
        }

        Assert.IsTrue(count > 20, "only " + count.ToString() + " commands");
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

    private static string Value(string item, string key)
    {
        int start = item.IndexOf("\"" + key + "\":\"") + key.Length + 4;
        return item.Substring(start, item.IndexOf('"', start) - start);
    }
}
