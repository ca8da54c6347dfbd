using System.Collections;
using nanoFramework.Json;
using Nano = EdgeChat.VirtualBoard.Platform;

namespace EdgeChat.Tests.Platform;

[TestClass]
public class JsonTests
{
    [TestMethod]
    public void An_object_is_read_into_a_Hashtable_with_the_boards_types()
    {
        var table = Read(
            """
            {
              "i": -5, "l": 5000000000, "d": 1.5, "e": 1e3, "s": "Grüße\n\"x\"", "t": true, "z": null, "a": [1, "b"], "o": { "k": 'v' }
            }
            """);
        Assert.AreEqual(-5, table["i"]);
        Assert.AreEqual(5000000000L, table["l"]);
        Assert.AreEqual(1.5, table["d"]);
        Assert.AreEqual(1000.0, table["e"]);
        Assert.AreEqual("Grüße\n\"x\"", table["s"]);
        Assert.IsTrue((bool)table["t"]!);
        Assert.IsNull(table["z"]);
        CollectionAssert.AreEqual(new ArrayList { 1, "b" }, (ArrayList)table["a"]!);
        Assert.AreEqual("v", ((Hashtable)table["o"]!)["k"]);
    }

    [TestMethod]
    [DataRow("""{ "a": "\u00fc" }""")]
    [DataRow("""{ "a": [[1]] }""")]
    [DataRow("""{ "a": 1 } x""")]
    [DataRow("""{ "a": 1, /* c */ "b": 2 }""")]
    [DataRow("""{ "a": """)]
    [DataRow("")]
    public void The_boards_reader_refuses(string text) => Assert.ThrowsExactly<DeserializationException>(() => Read(text));

    [TestMethod]
    public void A_key_that_comes_twice_and_a_wrong_type_have_their_own_exceptions()
    {
        Assert.ThrowsExactly<ArgumentException>(static () => Read("""{ "a": 1, "a": 2 }"""));
        Assert.ThrowsExactly<FormatException>(static () => JsonConvert.DeserializeObject("""{ "Port": "x" }""", typeof(Sample)));
    }

    [TestMethod]
    public void A_text_that_looks_like_a_time_is_one()
    {
        var time = (Nano.DateTime)Read("""{ "t": "2026-01-02T03:04:05Z" }""")["t"]!;
        Assert.AreEqual(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), (DateTime)time);
    }

    [TestMethod]
    public void A_class_is_filled_by_exact_names_and_unknown_keys_are_skipped()
    {
        var sample = (Sample)JsonConvert.DeserializeObject("""{ "Port": 1883, "host": "x", "Names": ["a", "b"] }""", typeof(Sample))!;
        Assert.AreEqual(1883, sample.Port);
        Assert.IsNull(sample.Host);
        CollectionAssert.AreEqual(new[] { "a", "b" }, sample.Names);
    }

    [TestMethod]
    public void What_is_written_is_read_back_and_is_not_escaped_beyond_need()
    {
        var table = new Hashtable { ["s"] = "Grüße\n", ["n"] = 5 };
        string text = JsonConvert.SerializeObject(table);
        StringAssert.Contains(text, "\"Grüße\\n\"");
        Assert.AreEqual(5, Read(text)["n"]);
        Assert.AreEqual("""{"Port":1,"Host":null,"Names":["x"]}""", JsonConvert.SerializeObject(new Sample { Port = 1, Names = ["x"] }));
    }

    private static Hashtable Read(string text) => (Hashtable)JsonConvert.DeserializeObject(text, typeof(Hashtable))!;

    private sealed class Sample
    {
        public int Port { get; set; }

        public string? Host { get; set; }

        public string[]? Names { get; set; }
    }
}
