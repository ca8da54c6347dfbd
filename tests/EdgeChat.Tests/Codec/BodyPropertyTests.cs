using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CsCheck;
using EdgeChat.Core;

namespace EdgeChat.Tests.Codec;

/// <summary>What holds for every body, on bodies that nobody thought of.</summary>
[TestClass]
public class BodyPropertyTests
{
    private static readonly Gen<string> Short = Samples.Text.Select(Fitting);

    private static readonly Gen<string> Number = Gen.Double[-1e6, 1e6].Select(d => d.ToString("R", CultureInfo.InvariantCulture));

    // a message of any type with all that its type needs and any of the rest
    private static readonly Gen<Body> Messages = Gen.Select(
        Gen.OneOfConst(BodyTypes.Text, BodyTypes.Receipt, BodyTypes.Resend, BodyTypes.Lost, BodyTypes.Value, BodyTypes.Reaction,
            BodyTypes.GroupKey, "later"),
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Long[0, 253402300799], Gen.Int[1, 65535]),
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, int.MaxValue], Gen.Int[1, int.MaxValue].Array[0, Body.MaxHoles]),
        Gen.Select(Samples.Text, Short, Short, Short),
        Gen.Select(Gen.OneOf(Number, Short), Number, Number),
        (type, head, receipt, texts, values) => Message(type, head, receipt, texts, values));

    [TestMethod]
    public void Every_message_is_read_as_it_was_written()
    {
        var writer = new BodyWriter(new byte[Body.MaxBytes]);
        var again = new Body();
        Samples.Each(Messages, 20_000, 1, body =>
        {
            Assert.AreEqual(BodyError.None, writer.Write(body));
            Assert.AreEqual(BodyError.None, BodyReader.Read(writer.Buffer, writer.Length, again));
            Assert.AreEqual(Fields(body), Fields(again));
            using JsonDocument document = JsonDocument.Parse(writer.Buffer.AsMemory(0, writer.Length));
            if (body.Content != null) Assert.AreEqual(body.Content, document.RootElement.GetProperty("c").GetString(),
                "another reader agrees");
        });
    }

    [TestMethod]
    public void Every_presence_and_profile_is_read_as_it_was_written()
    {
        var writer = new BodyWriter(new byte[Body.MaxBytes]);
        var again = new Body();
        Gen<Body> bodies = Gen.Select(Short, Short, Gen.Int[-1, int.MaxValue], Gen.Int[-1, int.MaxValue], Gen.Int[0, int.MaxValue],
            (name, word, boot, connection, wait) => new Body
            {
                State = word,
                Boot = boot,
                Connection = connection,
                WakeAfter = wait,
                Time = wait,
                Name = name,
                Capabilities = word,
            });
        Samples.Each(bodies, 5_000, 2, body =>
        {
            Assert.AreEqual(BodyError.None, writer.WritePresence(body));
            Assert.AreEqual(BodyError.None, BodyReader.ReadPresence(writer.Buffer, writer.Length, again));
            Assert.AreEqual((body.State, body.Boot, body.Connection, body.WakeAfter, body.Time),
                (again.State, again.Boot, again.Connection, again.WakeAfter, again.Time));
            Assert.AreEqual(BodyError.None, writer.WriteProfile(body));
            Assert.AreEqual(BodyError.None, BodyReader.ReadProfile(writer.Buffer, writer.Length, again));
            Assert.AreEqual((body.Name, body.Capabilities), (again.Name, again.Capabilities));
        });
    }

    [TestMethod]
    [DataRow(true, true)]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(false, false)]
    public void What_another_writer_writes_is_read(bool escapesAll, bool isIndented)
    {
        var options = new JsonSerializerOptions
        {
            Encoder = escapesAll ? JavaScriptEncoder.Default : JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            WriteIndented = isIndented,
        };
        var body = new Body();
        Samples.Each(Gen.Select(Samples.Text, Samples.Text, Gen.Int[1, int.MaxValue]), 3_000, 3, sample =>
        {
            (string content, string other, int n) = sample;
            var message = new Dictionary<string,
                object>
            { ["unknown " + other] = new object[] { other, n, true, new { other } }, ["content"] = content, ["n"] = n };
            byte[] bytes = JsonSerializer.SerializeToUtf8Bytes(message, options);
            if (bytes.Length > Body.MaxBytes) return;
            Assert.AreEqual(BodyError.None, BodyReader.Read(bytes, bytes.Length, body));
            Assert.AreEqual(content, body.Content);
            Assert.AreEqual(n, body.N);
        });
    }

    [TestMethod]
    public void Every_ISO_time_is_the_one_that_the_platform_reads()
    {
        string[] formats =
            ["yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-dd HH:mm:ss.fffzzz", "yyyy-MM-ddTHH:mmzzz", "yyyy-MM-ddTHH:mm:ss.fffffffzzz"];
        var body = new Body();
        Gen<(long, int, int)> times = Gen.Select(Gen.Long[86400, 253402214400], Gen.Int[-14 * 60, 14 * 60], Gen.Int[0, formats.Length - 1]);
        Samples.Each(times, 10_000, 4, sample =>
        {
            (long seconds, int offset, int format) = sample;
            DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(seconds).ToOffset(TimeSpan.FromMinutes(offset));
            string text = time.ToString(formats[format], CultureInfo.InvariantCulture);
            byte[] bytes = Encoding.UTF8.GetBytes("{\"c\":\"x\",\"timestamp\":\"" + text + "\"}");
            Assert.AreEqual(BodyError.None, BodyReader.Read(bytes, bytes.Length, body), text);
            Assert.AreEqual(DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeSeconds(), body.Time, text);
        });
    }

    [TestMethod]
    public void Any_topic_is_taken_apart_or_refused_and_comes_together_again()
    {
        Gen<string> parts = Gen.OneOf(Gen.OneOfConst("ec1", "i", "g", "p", "d", "r", "x", "", "+", "#", "a-9", "abcdefghijklmnop",
            "abcdefghijklmnopq"), Samples.Text);
        var name = new TopicName();
        int read = 0;
        Samples.Each(parts.Array[0, 6].Select(p => string.Join('/', p)), 50_000, 5, topic =>
        {
            if (!Topics.TryParse(topic, name)) return;
            read++;
            string again = name.Kind switch
            {
                TopicKind.Inbox => Topics.Inbox(name.To, name.From),
                TopicKind.Group => Topics.Group(name.To, name.From),
                TopicKind.Presence => Topics.Presence(name.From),
                TopicKind.Profile => Topics.Profile(name.From),
                TopicKind.Roster => Topics.Roster(name.To),
                TopicKind.Diagnostics => "ec1/x/" + name.From,
                _ => "",
            };
            Assert.AreEqual(topic, again);
        });
        Assert.IsTrue(read > 0, "no topic was ever good");
    }

    private static Body Message(string type, (int N, long Time, int Incarnation) head, (int Have, int Shown, int[] Holes) receipt,
        (string Content, string ReplyTo, string Group, string Unit) texts, (string Value, string Latitude, string Longitude) values)
    {
        var body = new Body
        {
            Type = type,
            N = head.N,
            Time = head.Time,
            Incarnation = head.Incarnation,
            Content = texts.Content,
            ReplyTo = texts.ReplyTo,
            Group = texts.Group,
            Have = Math.Max(receipt.Have, receipt.Shown),
            Shown = Math.Min(receipt.Have, receipt.Shown),
            From = Math.Min(receipt.Have, receipt.Shown) | 1,
            To = Math.Max(receipt.Have, receipt.Shown) | 1,
            Value = values.Value,
            Unit = texts.Unit,
            Latitude = values.Latitude,
            Longitude = values.Longitude,
        };
        foreach (int hole in receipt.Holes) body.AddHole(hole);
        return body;
    }

    private static string Fields(Body body) =>
        string.Join('|', body.Type, body.N, body.Time, body.Incarnation, body.Content, body.ReplyTo, body.Group, body.Have, body.Shown,
        body.From, body.To, string.Join(',', (body.Holes ?? []).Take(body.HoleCount)), body.Value, body.Unit, body.Latitude,
            body.Longitude);

    // short texts have at most 64 bytes
    private static string Fitting(string text)
    {
        var fitting = new StringBuilder();
        int bytes = 0;
        foreach (Rune rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > 64) break;
            fitting.Append(rune.ToString());
        }

        return fitting.ToString();
    }
}
