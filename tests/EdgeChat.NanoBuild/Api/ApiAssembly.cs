using System.Text.Json;
using System.Text.Json.Serialization;

namespace EdgeChat.NanoBuild;

/// <summary>One assembly of the nanoFramework API listing, as its file under <c>api/</c> says.</summary>
public sealed record ApiAssembly(string Assembly, string Package, string PackageVersion, string[] References, ApiType[] Types)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Reads the whole listing, each assembly after those that it refers to.</summary>
    public static IReadOnlyList<ApiAssembly> ReadAll(string folder)
    {
        var byName = Directory.GetFiles(folder, "*.json")
            .Select(file => JsonSerializer.Deserialize<ApiAssembly>(File.ReadAllText(file), Format)!)
            .ToDictionary(assembly => assembly.Assembly);
        var ordered = new List<ApiAssembly>();
        foreach (string name in byName.Keys.Order(StringComparer.Ordinal)) Add(name);
        return ordered;

        void Add(string name)
        {
            if (ordered.Contains(byName[name])) return;
            foreach (string reference in byName[name].References) Add(reference);
            ordered.Add(byName[name]);
        }
    }
}

/// <summary>A type: members are C# declarations without bodies.</summary>
public sealed record ApiType(
    string Name,
    string Kind,
    string? NestedIn,
    string? Base,
    string? Underlying,
    string? Signature,
    string[]? Modifiers,
    string[]? Interfaces,
    string[]? Constructors,
    string[]? Fields,
    string[]? Properties,
    string[]? Events,
    string[]? Methods,
    string[]? Explicit,
    Dictionary<string, long>? Values)
{
    /// <summary>How many members the listing gives it.</summary>
    public int MemberCount => (Constructors?.Length ?? 0) + (Fields?.Length ?? 0) + (Properties?.Length ?? 0) + (Events?.Length ?? 0)
        + (Methods?.Length ?? 0) + (Explicit?.Length ?? 0) + (Values?.Count ?? 0);

    /// <summary>The name without what it is declared in, and with its type parameters.</summary>
    public string ShortName => NestedIn is null ? Name[(NamespaceEnd + 1)..] : Name[(NestedIn.Length + 1)..];

    /// <summary>The namespace; empty for none.</summary>
    public string Namespace => NamespaceEnd < 0 ? "" : Name[..NamespaceEnd];

    private int NamespaceEnd => Name.LastIndexOf('.', (Name.IndexOf('<') is var generic && generic >= 0 ? generic : Name.Length) - 1);
}
