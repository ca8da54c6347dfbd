using System.Globalization;
using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.Conformance;

/// <summary>Text that comes out otherwise on nanoCLR: names of enum values, letters beyond ASCII, custom formats, NUL.</summary>
public static partial class TextRules
{
    /// <summary>Checks the code of a method.</summary>
    public static void Check(MethodDefinition method, Report report)
    {
        bool formats = method.Body.Instructions.Any(i => i.Operand is MethodReference
        {
            Name: "Format",
            DeclaringType.FullName: "System.String"
        });
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (instruction.OpCode == OpCodes.Ldstr) Literal(method, instruction, formats, report);
            if (instruction.Operand is MethodReference called) Call(method, instruction, called, report);
        }
    }

    private static void Literal(MethodDefinition method, Instruction at, bool formats, Report report)
    {
        string text = (string)at.Operand;
        if (text.Contains('\0')) report.Add(method, at, "has a NUL in a string, where nanoCLR cuts it", "Keep such data in a byte[].");
        if (!formats) return;
        foreach (Match item in FormatItem().Matches(text))
            if (item.Groups[2].Success && !StandardFormat().IsMatch(item.Groups[2].Value)) Custom(method, at, item.Groups[2].Value, report);
    }

    private static void Call(MethodDefinition method, Instruction at, MethodReference called, Report report)
    {
        string owner = called.DeclaringType.FullName;
        string? literal = at.Previous?.OpCode == OpCodes.Ldstr ? (string)at.Previous.Operand : null;
        switch (called.Name)
        {
            case "ToString" when at.Previous?.OpCode == OpCodes.Constrained && IsEnum((TypeReference)at.Previous.Operand)
                || IsEnum(called.DeclaringType):
                report.Add(method, at, "writes an enum as text, which is its number on nanoCLR", "Choose the word with a switch.");
                break;
            case "ToLower" or "ToUpper" when owner == "System.String":
                report.Add(method, at, "uses " + called.Name + ", which changes ASCII letters only on nanoCLR",
                    "Change the ASCII letters of a byte[] yourself.");
                break;
            case "IndexOf" when owner == "System.String" && IsEmptyText(Stack.Producer(at, called.Parameters.Count - 1)):
                report.Add(method, at, "looks for an empty text, which throws on nanoCLR", "Leave it out: the answer is 0.");
                break;
            case "Format" when owner == "System.String" && called.Parameters[0].ParameterType.FullName == "System.String":
                Format(method, at, called, report);
                break;
            case "ToString" when owner == "System.DateTime" && literal is "o" or "O":
                report.Add(method, at, "writes a time with \"o\", which ends in Z on nanoCLR only", "Append the numbers yourself.");
                break;
            case "ToString" when literal is not null && Numbers.Contains(owner) && !StandardFormat().IsMatch(literal):
                Custom(method, at, literal, report);
                break;
        }
    }

    private static bool IsEmptyText(Instruction? at) =>
        at is { Operand: "" or FieldReference { Name: "Empty", DeclaringType.FullName: "System.String" } };

    // nanoCLR throws ArgumentException or IndexOutOfRangeException, .NET throws FormatException: it is a mistake on both
    private static void Format(MethodDefinition method, Instruction at, MethodReference called, Report report)
    {
        if (Stack.Producer(at, called.Parameters.Count - 1)?.Operand is not string format) return;
        int values = called.Parameters[1].ParameterType.IsArray ? Stack.LengthOf(Stack.Producer(at, 0)) : called.Parameters.Count - 1;
        string rest = FormatItem().Replace(format.Replace("{{", "").Replace("}}", ""), item =>
            int.Parse(item.Groups[1].Value, CultureInfo.InvariantCulture) < values ? "" : item.Value);
        if (rest.AsSpan().IndexOfAny('{', '}') >= 0)
            report.Add(method, at, "formats with \"" + format + "\", which throws",
                "Close each brace, double those that are text, and give each value.");
    }

    private static readonly string[] Numbers =
    [
        "System.Byte", "System.SByte", "System.Int16", "System.UInt16", "System.Int32", "System.UInt32", "System.Int64", "System.UInt64",
        "System.Single", "System.Double",
    ];

    private static void Custom(MethodDefinition method, Instruction at, string format, Report report) =>
        report.Add(method, at, "uses the format \"" + format + "\"", "nanoCLR knows D, F, G, N and X with a number of digits.");

    private static bool IsEnum(TypeReference type) => type is TypeDefinition or { IsValueType: true } && type.Resolve() is { IsEnum: true };

    [GeneratedRegex(@"\{(\d+)(?:,-?\d+)?(?::([^{}]*))?\}")]
    private static partial Regex FormatItem();

    [GeneratedRegex(@"^[DdFfGgNnXx]\d{0,2}$")]
    private static partial Regex StandardFormat();
}
