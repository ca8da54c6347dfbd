using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeChat.Core;

namespace EdgeChat.Tests.Codec;

/// <summary>The machine-readable vectors of the protocol, which another implementation can read too.</summary>
[TestClass]
public class VectorTests
{
    public static IEnumerable<object[]> Bodies => Load("bodies").Select(v => new object[] { v.GetProperty("name").GetString()!, v });

    public static IEnumerable<object[]> TopicNames => Load("topics").Select(v => new object[] { v.GetProperty("topic").GetString()!, v });

    public static string NameOf(System.Reflection.MethodInfo method, object[] data) => method.Name + ": " + data[0];

    [TestMethod]
    [DynamicData(nameof(Bodies), DynamicDataDisplayName = nameof(NameOf))]
    public void A_body_means_what_its_vector_says(string name, JsonElement vector)
    {
        byte[] bytes = vector.TryGetProperty("hex", out JsonElement hex) ? Convert.FromHexString(hex.GetString()!)
            : Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!);
        var topic = new TopicName();
        Assert.IsTrue(Topics.TryParse(vector.GetProperty("topic").GetString(), topic));
        var body = new Body();
        var roster = new Roster();
        BodyError error = topic.Kind switch
        {
            TopicKind.Roster => RosterReader.Read(bytes, bytes.Length, body, roster),
            TopicKind.Presence => BodyReader.ReadPresence(bytes, bytes.Length, body),
            TopicKind.Profile => BodyReader.ReadProfile(bytes, bytes.Length, body),
            _ => BodyReader.Read(bytes, bytes.Length, body),
        };
        if (error == BodyError.None && topic.Kind != TopicKind.Roster) error = BodyReader.CheckSender(body, topic.From);
        if (vector.TryGetProperty("refused", out JsonElement refused))
        {
            Assert.AreEqual(refused.GetString(), BodyErrors.WordsFor(error), name);
            return;
        }

        Assert.AreEqual(BodyError.None, error, name);
        foreach (JsonProperty field in vector.GetProperty("means").EnumerateObject()) Assert.AreEqual(Wanted(field.Value),
            topic.Kind == TopicKind.Roster ? Got(roster, field.Name) : Got(body, field.Name), name + ": " + field.Name);
        if (!vector.TryGetProperty("canonical", out _)) return;
        var writer = new BodyWriter(new byte[Body.MaxBytes]);
        _ = topic.Kind switch
        {
            TopicKind.Roster => writer.WriteRoster(roster),
            TopicKind.Presence => writer.WritePresence(body),
            TopicKind.Profile => writer.WriteProfile(body),
            _ => writer.Write(body),
        };
        Assert.AreEqual(Encoding.UTF8.GetString(bytes), Encoding.UTF8.GetString(writer.ToArray()), name + ": not what this writer writes");
    }

    [TestMethod]
    [DynamicData(nameof(TopicNames), DynamicDataDisplayName = nameof(NameOf))]
    public void A_topic_means_what_its_vector_says(string topic, JsonElement vector)
    {
        var name = new TopicName();
        string? kind = vector.GetProperty("kind").GetString();
        Assert.AreEqual(kind != null, Topics.TryParse(topic, name), topic);
        if (kind == null) return;
        Assert.AreEqual(kind, name.Kind.ToString().ToLowerInvariant());
        Assert.AreEqual(vector.GetProperty("to").GetString(), name.To);
        Assert.AreEqual(vector.GetProperty("from").GetString(), name.From);
    }

    private static JsonElement[] Load(string name)
    {
        using JsonDocument document =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", name + ".json")));
        return document.RootElement.EnumerateArray().Select(e => e.Clone()).ToArray();
    }

    private static string Wanted(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? string.Join(',', value.EnumerateArray().Select(v => v.ToString()))
        : value.ToString();

    private static string? Got(Body body, string field) => field switch
    {
        "type" => body.Type,
        "n" => Text(body.N),
        "incarnation" => Text(body.Incarnation),
        "time" => Text(body.Time),
        "content" => body.Content,
        "sender" => body.Sender,
        "replyTo" => body.ReplyTo,
        "group" => body.Group,
        "have" => Text(body.Have),
        "shown" => Text(body.Shown),
        "holes" => string.Join(',', (body.Holes ?? []).Take(body.HoleCount)),
        "first" => Text(body.First),
        "streamIncarnation" => Text(body.StreamIncarnation),
        "withdrawn" or "forwarded" => Text(body.Flag),
        "from" => Text(body.From),
        "to" => Text(body.To),
        "value" => body.Value,
        "unit" => body.Unit,
        "latitude" => body.Latitude,
        "longitude" => body.Longitude,
        "state" => body.State,
        "boot" => Text(body.Boot),
        "connection" => Text(body.Connection),
        "wakeAfter" => Text(body.WakeAfter),
        "name" => body.Name,
        "capabilities" => body.Capabilities,
        _ => throw new ArgumentException("vector field \"" + field + "\": not known here"),
    };

    private static string? Got(Roster roster, string field) => field switch
    {
        "version" => Text(roster.Version),
        "by" => roster.By,
        "name" => roster.Name ?? "",
        "members" => string.Join(',', roster.Members.Take(roster.Count)),
        "admins" => string.Join(',', roster.Members.Take(roster.Count).Where((_, i) => (roster.Admins & 1 << i) != 0)),
        _ => throw new ArgumentException("vector field \"" + field + "\" of a roster: not known here"),
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
