using System.Text;
using System.Text.RegularExpressions;

namespace EdgeChat.NanoBuild;

/// <summary>Writes the C# source of one listed assembly: every declaration, each body a <c>throw null</c>.</summary>
public sealed partial class ApiSource
{
    // Usages that the listing does not tell and that change what compiles: without them a second [DataRow] is an error.
    private static readonly Dictionary<string, string> Usages = new()
    {
        ["nanoFramework.TestFramework.DataRowAttribute"] = "Method, AllowMultiple = true",
        ["System.Runtime.CompilerServices.InternalsVisibleToAttribute"] = "Assembly, AllowMultiple = true",
        ["System.Diagnostics.ConditionalAttribute"] = "Method, AllowMultiple = true",
    };

    private readonly Dictionary<string, ApiType> _types;
    private readonly ILookup<string, ApiType> _nested;
    private readonly StringBuilder _text = new();

    private ApiSource(IEnumerable<ApiAssembly> visible)
    {
        _types = visible.SelectMany(a => a.Types).ToDictionary(t => t.Name);
        _nested = _types.Values.Where(t => t.NestedIn is not null).ToLookup(t => t.NestedIn!);
    }

    /// <summary>The source of <paramref name="assembly"/>; <paramref name="visible"/> holds it and what it refers to.</summary>
    public static string Write(ApiAssembly assembly, IEnumerable<ApiAssembly> visible)
    {
        var source = new ApiSource(visible);
        source._text.Append("[assembly: global::System.Reflection.AssemblyVersion(\"1.0.0.0\")]\n");
        foreach (ApiType type in assembly.Types.Where(t => t.NestedIn is null))
        {
            source._text.Append("namespace ").Append(type.Namespace).Append(" {\n");
            source.Type(type);
            source._text.Append("}\n");
        }

        return source._text.ToString();
    }

    private void Type(ApiType type)
    {
        string[] modifiers = type.Modifiers ?? [];
        if (Usages.TryGetValue(type.Name, out string? usage)) Line("[System.AttributeUsage(System.AttributeTargets." + usage + ")]");
        if (modifiers.Contains("flags")) Line("[System.Flags]");
        switch (type.Kind)
        {
            case "delegate":
                Line("public delegate " + type.Signature + ";");
                return;
            case "enum":
                Line("public enum " + type.ShortName + " : " + type.Underlying + " { "
                    + string.Join(", ", type.Values!.Select(v => v.Key + " = unchecked((" + type.Underlying + ")" + v.Value + ")")) + " }");
                return;
        }

        var bases = new[] { type.Base }.Concat(type.Interfaces ?? []).Where(b => b is not null);
        string inherits = string.Join(", ", bases);
        Line("public " + string.Join(' ', modifiers) + " " + type.Kind + " " + type.ShortName
            + (inherits.Length > 0 ? " : " + inherits : "") + " {");
        Members(type, modifiers);
        foreach (ApiType nested in _nested[type.Name]) Type(nested);
        Line("}");
    }

    private void Members(ApiType type, string[] modifiers)
    {
        bool isInterface = type.Kind == "interface";
        foreach (string field in type.Fields ?? []) Line(field + ";");
        foreach (string constructor in type.Constructors ?? []) Line(constructor + BaseCall(type) + " { throw null; }");
        // A class that lists no constructor has none for others: C# would add a public one.
        if (type.Kind == "class" && type.Constructors is [] && !modifiers.Contains("static"))
            Line("internal " + type.ShortName.Split('<')[0] + "()" + BaseCall(type) + " { throw null; }");
        // A struct without fields counts as assigned from the start, which would hide an error in the firmware.
        if (type.Kind == "struct" && !HasInstanceField(type) && type.Name != "System.Void") Line("private object _state;");
        foreach (string property in (type.Properties ?? []).Concat((type.Explicit ?? []).Where(e => e.EndsWith('}'))))
        {
            // The board's string names its indexer so; the compiler looks for it when a foreach runs over a string.
            if (type.Name == "System.String" && property.Contains(" this["))
                Line("[System.Runtime.CompilerServices.IndexerName(\"Chars\")]");
            Line(isInterface || IsAbstract(property) ? property : Accessor().Replace(property, "$1 => throw null;"));
        }

        foreach (string @event in type.Events ?? [])
            Line(isInterface || IsAbstract(@event) ? @event + ";" : @event + " { add { throw null; } remove { throw null; } }");
        foreach (string method in (type.Methods ?? []).Concat((type.Explicit ?? []).Where(e => e.EndsWith(')'))))
            Line(Named(type, method) + (isInterface || IsAbstract(method) ? ";" : " { throw null; }"));
    }

    // What the listing does not tell either: where a test gives no message the compiler puts the source text of the argument into its code.
    private static string Named(ApiType type, string method) =>
        type.Name != "nanoFramework.TestFramework.Assert" ? method : Message().Replace(
        method, "$1, [System.Runtime.CompilerServices.CallerArgumentExpression(\"$2\")] $3");

    // The base class may have no constructor without arguments; defaults of the right types choose one of its own.
    private string BaseCall(ApiType type)
    {
        if (type.Base is null || !_types.TryGetValue(type.Base, out ApiType? parent) || parent.Constructors is null or []) return "";
        string[] arguments = parent.Constructors.Select(c => c[(c.IndexOf('(') + 1)..^1]).ToArray();
        if (arguments.Contains("")) return "";
        var defaults = arguments[0].Split(", ").Select(a => "default(" + a.Split(' ')[^2] + ")");
        return type.Kind == "class" ? " : base(" + string.Join(", ", defaults) + ")" : "";
    }

    private static bool HasInstanceField(ApiType type) => (type.Fields ?? []).Any(f => !f.Contains(" static ") && !f.Contains(" const "));

    private static bool IsAbstract(string member) => member.Contains("abstract ");

    // A namespace like nanoFramework.System would catch a bare "System.": every full name starts at the root.
    private void Line(string text) => _text.Append(FullName().Replace(text, "global::$1.")).Append('\n');

    [GeneratedRegex(@"^(.* (?:Are|Is(?!Type|NotType)|Contains|DoesNotContains|StartsWith|EndsWith|ThrowsException)\w*\("
        + @".*\b(actual|value|condition|action)\b.*), (string message)")]
    private static partial Regex Message();

    [GeneratedRegex(@"\b(get|set);")]
    private static partial Regex Accessor();

    [GeneratedRegex(@"(?<![\w.:""])(System|nanoFramework|TestFrameworkShared)\.")]
    private static partial Regex FullName();
}
