using EdgeChat.Tool.Chat;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tests.Tool;

/// <summary>Text in a terminal takes the columns that it takes, and is cut between what a person sees as characters.</summary>
[TestClass]
public class TextColumnsTests
{
    [TestMethod]
    [DataRow("abc", 3)]
    [DataRow("日本", 4)]
    [DataRow("e\u0301", 1)]
    [DataRow("👍", 2)]
    [DataRow("", 0)]
    public void A_text_takes_its_columns(string text, int columns) => Assert.AreEqual(columns, TextColumns.Of(text));

    [TestMethod]
    [DataRow("日本語", 5, "日本", "…本語")]
    [DataRow("日本語", 4, "日本", "…語")]
    [DataRow("cafe\u0301s", 4, "cafe\u0301", "…fe\u0301s")]
    [DataRow("abc", 3, "abc", "abc")]
    [DataRow("日", 1, "", "…")]
    public void A_text_is_cut_to_its_room(string text, int columns, string begin, string end)
    {
        Assert.AreEqual(begin, TextColumns.Begin(text, columns));
        Assert.AreEqual(end, TextColumns.End(text, columns));
    }

    [TestMethod]
    public void A_text_is_wrapped_and_nothing_of_it_is_lost()
    {
        CollectionAssert.AreEqual(new[] { "日本", "語ab", "c" }, TextColumns.Wrap("日本語abc", 4).ToArray());
        CollectionAssert.AreEqual(new[] { "" }, TextColumns.Wrap("", 4).ToArray());
        CollectionAssert.AreEqual(new[] { "日" }, TextColumns.Wrap("日", 1).ToArray());
    }

    [TestMethod]
    public void The_input_line_takes_back_what_a_person_sees_as_one_character()
    {
        var input = new ChatInput();
        foreach (char c in "a👍e\u0301") input.Type(new ConsoleKeyInfo(c, ConsoleKey.None, false, false, false));
        Assert.AreEqual("a👍e\u0301", input.Text);
        Press(ConsoleKey.Backspace);
        Assert.AreEqual("a👍", input.Text);
        Press(ConsoleKey.Backspace);
        Assert.AreEqual("a", input.Text);
        input.Fill("two words ");
        Press(ConsoleKey.W, true);
        Assert.AreEqual("two ", input.Text);
        input.Type(new ConsoleKeyInfo("👍"[0], ConsoleKey.None, false, false, false));
        Assert.IsTrue(input.IsHalf, "the other half comes next");
        Press(ConsoleKey.U, true);
        Assert.AreEqual("", input.Text);

        void Press(ConsoleKey key, bool isControl = false) => input.Type(new ConsoleKeyInfo('\0', key, false, false, isControl));
    }
}
