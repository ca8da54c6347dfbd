using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tests.Platform;

/// <summary>The virtual board offers the listed API and nothing beyond it, and the firmware gets it and not .NET's.</summary>
[TestClass]
public partial class ListingTests
{
    private const string StandIns = "EdgeChat.VirtualBoard.Platform";

    // .NET's sockets and processes would outlive the board.
    private static readonly string[] NeverOnABoard =
        ["Socket", "TcpClient", "UdpClient", "TcpListener", "NetworkStream", "SslStream", "Process", "ThreadPool", "Task"];

    private static Type[] Offered => typeof(Board).Assembly.GetExportedTypes();

    [TestMethod]
    public void Every_stand_in_has_its_alias_so_that_firmware_gets_it()
    {
        XDocument props = XDocument.Load(Path.Combine(Root(), "hardware", "EdgeChat.VirtualBoard", "VirtualBoard.props"));
        string[] aliased = props.Descendants("Using").Select(u => u.Attribute("Include")!.Value)
            .Where(n => n.StartsWith(StandIns, StringComparison.Ordinal)).ToArray();
        string[] made = Offered.Where(t => t.Namespace == StandIns && !t.IsNested).Select(t => t.FullName!).ToArray();
        CollectionAssert.AreEquivalent(made, aliased);
    }

    [TestMethod]
    [DataRow("EdgeChat.Device")]
    [DataRow("EdgeChat.Drivers")]
    [DataRow("EdgeChat.Core", "DateTime")] // a calendar, never the clock
    public void The_compiled_firmware_names_no_type_of_dotNET_that_has_a_stand_in(string assembly, string allowed = "")
    {
        var standIns = Offered.Where(t => t.Namespace == StandIns).Select(t => t.Name).Concat(NeverOnABoard).Where(n => n != allowed)
            .ToHashSet();
        using var file = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, assembly + ".dll")));
        MetadataReader metadata = file.GetMetadataReader();
        string[] wrong = metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(t => (Space: metadata.GetString(t.Namespace), Name: metadata.GetString(t.Name)))
            .Where(t => t.Space.StartsWith("System", StringComparison.Ordinal) && standIns.Contains(t.Name))
            .Select(t => t.Space + "." + t.Name).ToArray();
        Assert.IsEmpty(wrong, string.Join(", ", wrong) + ": write the short name, so that it means the virtual board's on a PC");
    }

    [TestMethod]
    public void Every_offered_member_is_in_the_listing()
    {
        Dictionary<string, JsonElement> listing = Listing();
        var wrong = new List<string>();
        foreach (Type type in Offered.Where(t => !t.Namespace!.StartsWith("EdgeChat", StringComparison.Ordinal) || t.Namespace == StandIns))
        {
            if (Listed(listing, type) is not { } listed) wrong.Add(type.FullName!);
            else wrong.AddRange(Unlisted(type, listed).Select(m => type.FullName + "." + m));
        }

        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    [TestMethod]
    public void Every_offered_enum_has_the_listed_values()
    {
        Dictionary<string, JsonElement> listing = Listing();
        int seen = 0;
        foreach (Type type in Offered.Where(t => t.IsEnum))
        {
            if (type.Namespace!.StartsWith("EdgeChat", StringComparison.Ordinal) && type.Namespace != StandIns) continue;
            string[] expected = Listed(listing, type)!.Value.GetProperty("values").EnumerateObject().Select(v => v.Name + "=" + v.Value)
                .ToArray();
            string[] actual = Enum.GetNames(type).Select(n => n + "=" + ((Enum)Enum.Parse(type, n)).ToString("d")).ToArray();
            CollectionAssert.AreEquivalent(expected, actual, type.FullName);
            seen++;
        }

        Assert.IsGreaterThan(20, seen);
    }

    private static IEnumerable<string> Unlisted(Type type, JsonElement listed)
    {
        if (type.IsEnum || typeof(Delegate).IsAssignableFrom(type)) return [];
        var names = new HashSet<string>();
        foreach (string kind in new[] { "fields", "properties", "events", "methods" })
            if (listed.TryGetProperty(kind, out JsonElement members))
                foreach (JsonElement member in members.EnumerateArray()) names.Add(Name().Match(member.GetString()!).Value);
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        return type.GetMembers(Declared)
            .Where(m => m is not ConstructorInfo && m is not MethodInfo { IsSpecialName: true } && m is not Type && !IsPlumbing(m)
                && !names.Contains(m.Name == "Item" ? "this" : m.Name))
            .Select(m => m.Name);
    }

    // What .NET asks for of an Equals, a struct or a stream, and firmware cannot tell apart.
    private static bool IsPlumbing(MemberInfo member) => member.Name is "Equals" or "GetHashCode" or "ToString";

    private static JsonElement? Listed(Dictionary<string, JsonElement> listing, Type type)
    {
        if (type.Namespace != StandIns) return listing.TryGetValue(type.FullName!.Replace('+', '.'), out JsonElement found) ? found : null;
        string ending = "." + type.FullName![(StandIns.Length + 1)..].Replace('+', '.');
        string? name = listing.Keys.SingleOrDefault(n =>
            n.StartsWith("System.", StringComparison.Ordinal) && n.EndsWith(ending, StringComparison.Ordinal));
        return name is null ? null : listing[name];
    }

    private static Dictionary<string, JsonElement> Listing() =>
        Directory.GetFiles(Path.Combine(Root(), "tests", "EdgeChat.Conformance", "api"), "*.json")
            .SelectMany(f => JsonDocument.Parse(File.ReadAllText(f)).RootElement.GetProperty("types").EnumerateArray())
            .ToDictionary(t => t.GetProperty("name").GetString()!);

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "EdgeChat.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new InvalidOperationException("the tests do not run from a checkout: no EdgeChat.sln above "
            + AppContext.BaseDirectory);
    }

    // An indexer is "this[...]"; any other name comes before its parameters, its accessors, its value or the end.
    [GeneratedRegex(@"this(?=\[)|\w+(?=\s*(?:\(|\{|=|$))")]
    private static partial Regex Name();
}
