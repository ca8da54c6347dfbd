using Mono.Cecil;

namespace EdgeChat.Conformance;

/// <summary>The MQTT client on the PC has what the board's has: nothing more anywhere, and nothing less where firmware looks.</summary>
[TestClass]
public class MqttStandInTests
{
    private const string Core = "nanoFramework.M2Mqtt.Core";
    private const string Client = "nanoFramework.M2Mqtt";

    // of the second assembly: what is not here builds and takes packets apart, which only the client itself has to do
    private static readonly string[] Whole =
    [
        "nanoFramework.M2Mqtt.MqttClient",
        "nanoFramework.M2Mqtt.MqttSettings",
        "nanoFramework.M2Mqtt.MqttProtocolVersion",
        "nanoFramework.M2Mqtt.Exceptions.",
        "nanoFramework.M2Mqtt.Messages.MqttMessageType",
        "nanoFramework.M2Mqtt.Messages.ConnectionClosedRequestEventArgs",
        "nanoFramework.M2Mqtt.Messages.ConnectionOpenedEventArgs",
        "nanoFramework.M2Mqtt.Messages.MqttMsgAuthenticationEventArgs",
    ];

    [TestMethod]
    public void The_stand_in_has_listed_members_only_and_all_that_firmware_uses()
    {
        string[] core = Members(new MemoryStream(ReferenceAssemblies.Instance.Images[Core]));
        string[] client = Members(new MemoryStream(ReferenceAssemblies.Instance.Images[Client]));
        using FileStream file = File.OpenRead(Path.Combine(AppContext.BaseDirectory, "EdgeChat.VirtualBoard.dll"));
        string[] pc = Members(file);
        string[] needed = [.. core, .. client.Where(m => Whole.Any(type => Owner(m).StartsWith(type, StringComparison.Ordinal)))];
        Assert.IsGreaterThan(150, needed.Length);
        Assert.AreEqual(string.Empty, string.Join('\n', needed.Except(pc)), "missing");
        Assert.AreEqual(string.Empty, string.Join('\n', pc.Except([.. core, .. client])), "not listed");
    }

    private static string Owner(string member) => member[(member.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    // methods, accessors of properties and events among them, and the fields: constants and enum values with what they are
    private static string[] Members(Stream image)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(image);
        TypeDefinition[] types = [.. module.GetTypes().Where(t => IsVisible(t)
            && Namespace(t).StartsWith(Client, StringComparison.Ordinal))];
        IEnumerable<string> methods = types.SelectMany(t => t.Methods.Where(m => m.IsPublic)).Select(m => m.FullName);
        IEnumerable<string> fields = types.SelectMany(t => t.Fields.Where(f => f.IsPublic)).Select(f => $"{f.FullName} = {f.Constant}");
        return [.. methods, .. fields];
    }

    private static bool IsVisible(TypeDefinition type) => type.IsPublic || (type.IsNestedPublic && IsVisible(type.DeclaringType));

    private static string Namespace(TypeDefinition type) => type.DeclaringType == null ? type.Namespace : Namespace(type.DeclaringType);
}
