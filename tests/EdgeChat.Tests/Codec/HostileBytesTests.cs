using System.Text;
using System.Text.Json;
using CsCheck;
using EdgeChat.Core;

namespace EdgeChat.Tests.Codec;

/// <summary>Whatever a client sends: the reader answers, and agrees with System.Text.Json about what is JSON.</summary>
[TestClass]
public class HostileBytesTests
{
    private static readonly string[] Tokens =
    [
        "{", "}", "[", "]", ":", ",", "\"q1\"", "\"q2\":", "\"\"", "\"\\u00fc\\n\"", "\"\\ud83d\\ude42\"", "\"\\x\"", "\"", "\\", "'q'",
            "0", "-1", "1.5", "1e5", "01", "1.", "-",
        "+1", ".5", "1E+", "true", "false", "null", "nul", "True", "NaN", " ", "\n", "\t", "\r", "\v", "/**/", "ü", "[]", "{}", "[1,2]",
            "{\"q3\":[{}]}", "[[[[[[[[", "]]]]]]]]",
    ];

    [TestMethod]
    public void Any_bytes_are_read_or_refused_and_never_throw()
    {
        Samples.Each(Gen.Byte.Array[0, 200], 30_000, 11, Try);
        Samples.Each(Gen.OneOfConst("{}[]:,\"\\/ntc0123456789.-eE \n\tul".Select(c => (byte)c).ToArray()).Array[0, 60], 30_000, 12, Try);
        Samples.Each(Gen.Byte.Array[1500, 1600], 500, 13, Try);
    }

    [TestMethod]
    public void A_good_body_with_some_bytes_changed_moved_or_missing_never_throws()
    {
        byte[] good = Encoding.UTF8.GetBytes(
            "{\"y\":\"r\",\"n\":17,\"t\":1790000000.5,\"h\":[1,2],\"zz\":{\"a\":[true,null]},\"d\":3,\"s\":2,"
            + "\"la\":-1.5e3,\"v\":\"°\",\"c\":\"Grüße\\n\\ud83d\\ude42\"}");
        Gen<(int At, int Cut, byte[] With)[]> edits = Gen.Select(Gen.Int[0, good.Length - 1], Gen.Int[0, 4], Gen.Byte.Array[0, 4])
            .Array[1, 4];
        Samples.Each(edits, 50_000, 14, list =>
        {
            var bytes = new List<byte>(good);
            foreach ((int at, int cut, byte[] with) in list)
            {
                int start = Math.Min(at, bytes.Count);
                bytes.RemoveRange(start, Math.Min(cut, bytes.Count - start));
                bytes.InsertRange(start, with);
            }

            Try([.. bytes]);
        });
    }

    [TestMethod]
    public void What_is_JSON_is_what_System_Text_Json_reads()
    {
        int good = 0;
        Gen<string> rest = Gen.OneOfConst(Tokens).Array[0, 7].Select(string.Concat);
        Samples.Each(rest, 100_000, 15, text =>
        {
            byte[] bytes = Encoding.UTF8.GetBytes("{\"c\":\"x\",\"zz\":" + text + "}");
            BodyError error = BodyReader.Read(bytes, bytes.Length, new Body());
            if (error == BodyError.TooDeep) return;
            Assert.AreEqual(IsObject(bytes) ? BodyError.None : BodyError.NotJson, error);
            if (error == BodyError.None) good++;
        });
        Assert.IsTrue(good > 1000, $"only {good} of them were JSON");
    }

    // one direction for any bytes: other refusals come before the whole is seen to be JSON or not
    private static void Try(byte[] bytes)
    {
        var body = new Body();
        BodyError error = BodyReader.Read(bytes, bytes.Length, body);
        Agrees(bytes, error);
        Agrees(bytes, BodyReader.ReadPresence(bytes, bytes.Length, body));
        Agrees(bytes, BodyReader.ReadProfile(bytes, bytes.Length, body));
        if (error != BodyError.None) return;
        var again = new BodyWriter(new byte[Body.MaxBytes]);
        BodyError written = again.Write(body);
        Assert.IsTrue(written is BodyError.None or BodyError.TooLong, "what was read can be written, when it fits");
    }

    private static void Agrees(byte[] bytes, BodyError error)
    {
        if (error == BodyError.None) Assert.IsTrue(IsObject(bytes), "System.Text.Json refuses what was accepted");
        if (error == BodyError.NotJson) Assert.IsFalse(IsObject(bytes), "System.Text.Json accepts what was refused as not JSON");
    }

    private static bool IsObject(byte[] bytes)
    {
        try
        {
            ReadOnlyMemory<byte> text = bytes.AsMemory(bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0);
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 2000 });
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
