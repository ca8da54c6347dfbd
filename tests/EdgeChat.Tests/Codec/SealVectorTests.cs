using System.Text;
using System.Text.Json;
using EdgeChat.Core;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Codec;

/// <summary>The vectors of sealed bodies, which were made by another program, from the text of the protocol.</summary>
[TestClass]
public class SealVectorTests
{
    public static IEnumerable<object[]> Pairs => All("pairs");

    public static IEnumerable<object[]> Messages => All("messages");

    public static IEnumerable<object[]> Refused => All("refused");

    public static IEnumerable<object[]> Groups => All("groups");

    public static IEnumerable<object[]> GroupsRefused => All("groupsRefused");

    public static IEnumerable<object[]> Configurations => All("configurations");

    public static IEnumerable<object[]> ConfigurationsRefused => All("configurationsRefused");

    [TestMethod]
    [DynamicData(nameof(Configurations))]
    public void A_configuration_is_opened(JsonElement vector) =>
        Assert.AreEqual(vector.GetProperty("body").GetString(), Encoding.UTF8.GetString(OpenConfiguration(vector)!));

    [TestMethod]
    [DynamicData(nameof(ConfigurationsRefused))]
    public void What_is_no_configuration_for_this_board_is_refused(JsonElement vector) =>
        Assert.IsNull(OpenConfiguration(vector), vector.GetProperty("name").GetString());

    [TestMethod]
    [DynamicData(nameof(Pairs))]
    public void A_pair_has_this_key_and_this_code(JsonElement vector)
    {
        string one = vector.GetProperty("devices")[0].GetString()!;
        string other = vector.GetProperty("devices")[1].GetString()!;
        byte[] root = vector.TryGetProperty("fleetKey", out JsonElement fleet)
            ? KeyTree.PairOfFleet(Hex.Read(fleet.GetString()), one, other)
            : KeyTree.PairOfTyped(TypedKey.Read(vector.GetProperty("letters").GetString()), one, other);
        Assert.AreEqual(vector.GetProperty("root").GetString(), Hex.Write(root));
        Assert.AreEqual(vector.GetProperty("code").GetString(), SecurityCode.Write(KeyTree.CodeOf(root, other, one)));
    }

    [TestMethod]
    [DynamicData(nameof(Messages))]
    public void A_body_is_sealed_to_these_bytes_and_comes_back(JsonElement vector)
    {
        string from = vector.GetProperty("from").GetString()!;
        string to = vector.GetProperty("to").GetString()!;
        string body = vector.GetProperty("body").GetString()!;
        int life = vector.GetProperty("life").GetInt32();
        int number = vector.GetProperty("number").GetInt32();
        string expected = vector.GetProperty("sealed").GetString()!;
        string topic = Topics.Inbox(to, from);
        SealTable sender = Table(from, to, vector);
        byte[] bytes = Encoding.UTF8.GetBytes(body);
        byte[] made = [];
        for (int i = 0; i <= number; i++) made = sender.Seal(0, topic, bytes, bytes.Length, life);
        Assert.AreEqual(expected, Hex.Write(made));
        byte[] opened = Table(to, from, vector).Open(0, topic, Hex.Read(expected), out BodyError error);
        Assert.AreEqual(BodyError.None, error);
        Assert.AreEqual(body, Encoding.UTF8.GetString(opened));
    }

    [TestMethod]
    [DynamicData(nameof(Refused))]
    public void What_is_not_its_senders_is_refused(JsonElement vector)
    {
        string topic = vector.GetProperty("topic").GetString()!;
        var name = new TopicName();
        Assert.IsTrue(Topics.TryParse(topic, name));
        byte[] bytes = Hex.Read(vector.GetProperty("sealed").GetString());
        BodyError error = BodyError.NotSealed;
        if (Envelope.IsSealed(bytes)) Assert.IsNull(Table(name.To, name.From, vector).Open(0, topic, bytes, out error));
        Assert.AreEqual(vector.GetProperty("refused").GetString(), BodyErrors.WordsFor(error), vector.GetProperty("name").GetString());
    }

    [TestMethod]
    [DynamicData(nameof(Groups))]
    public void A_body_is_sealed_for_a_group_to_these_bytes_and_comes_back(JsonElement vector)
    {
        string from = vector.GetProperty("from").GetString()!;
        string topic = vector.GetProperty("topic").GetString()!;
        byte[] body = Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!);
        string expected = vector.GetProperty("sealed").GetString()!;
        GroupSealTable sender = GroupTable(from, vector);
        byte[] made = [];
        for (int i = 0; i <= vector.GetProperty("number").GetInt32(); i++)
            made = sender.Seal(Of(vector), 0, vector.GetProperty("life").GetInt32(), topic, body, body.Length);
        Assert.AreEqual(expected, Hex.Write(made));
        CollectionAssert.AreEqual(body, GroupTable(from, vector).Open(Of(vector), 0, topic, made, out BodyError error));
        Assert.AreEqual(BodyError.None, error);
    }

    [TestMethod]
    [DynamicData(nameof(GroupsRefused))]
    public void What_is_not_its_senders_in_a_group_is_refused(JsonElement vector)
    {
        string topic = vector.GetProperty("topic").GetString()!;
        var name = new TopicName();
        Assert.IsTrue(Topics.TryParse(topic, name));
        byte[] bytes = Hex.Read(vector.GetProperty("sealed").GetString());
        Assert.IsNull(GroupTable(name.From, vector).Open(Of(vector), 0, topic, bytes, out BodyError error));
        Assert.AreEqual(vector.GetProperty("refused").GetString(), BodyErrors.WordsFor(error), vector.GetProperty("name").GetString());
    }

    private static byte[]? OpenConfiguration(JsonElement vector)
    {
        byte[] bytes = Hex.Read(vector.GetProperty("sealed").GetString());
        Assert.AreEqual(Envelope.OrderVersion, bytes[0]);
        return Envelope.DiscloseOrder(vector.GetProperty("topic").GetString(), bytes, Hex.Read(vector.GetProperty("key").GetString()));
    }

    private static GroupSeal Of(JsonElement vector) =>
        new() { Id = vector.GetProperty("group").GetString()!, Epoch = vector.GetProperty("epoch").GetInt32() };

    private static GroupSealTable GroupTable(string member, JsonElement vector)
    {
        var table = new GroupSealTable(new MemoryFlash());
        table.Begin(Of(vector), Hex.Read(vector.GetProperty("key").GetString()), false, [member]);
        return table;
    }

    private static SealTable Table(string me, string other, JsonElement vector)
    {
        var table = new SealTable(me, new MemoryFlash());
        Assert.IsTrue(table.TryInstall(other, Hex.Read(vector.GetProperty("root").GetString())));
        return table;
    }

    private static IEnumerable<object[]> All(string kind)
    {
        using JsonDocument document =
            JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "vectors", "seals.json")));
        return [.. document.RootElement.GetProperty(kind).EnumerateArray().Select(v => new object[] { v.Clone() })];
    }
}
