using System.Text.Json.Nodes;

namespace EdgeChat.Bundle.Tests;

/// <summary>What the tool writes for a board has no escape that the board's reader refuses.</summary>
[TestClass]
public class BoardJsonTests
{
    [TestMethod]
    [DataRow("Al 🙂")]
    [DataRow("👩🏽‍🚀 and Ω Ж ü")]
    [DataRow("a backslash \\ud83d\\ude42 that stands for itself")]
    [DataRow("\\🙂\\\\🙂\"")]
    [DataRow("for private use \uE000, not assigned \u0378, a line end \u2028")]
    public void A_name_stays_what_it_is_without_escapes_of_characters(string name)
    {
        string text = BoardJson.Write(new JsonObject { ["name"] = name });
        Assert.AreEqual(name, (string?)JsonNode.Parse(text)!["name"]);
        Assert.DoesNotContain("\\u", text.Replace("\\\\", "", StringComparison.Ordinal));
    }
}
