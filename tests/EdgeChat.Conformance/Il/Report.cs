using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.Conformance;

/// <summary>Collects findings with the source line that an instruction came from.</summary>
public sealed class Report
{
    private readonly List<Finding> _findings = [];

    /// <summary>What was found, each once.</summary>
    public IReadOnlyList<Finding> Findings => _findings.Distinct().ToArray();

    /// <summary>Adds a finding in a method, at an instruction when there is one.</summary>
    public void Add(MethodDefinition method, Instruction? at, string what, string cure)
    {
        SequencePoint? point = method.DebugInformation.SequencePoints
            .Where(p => !p.IsHidden && (at is null || p.Offset <= at.Offset)).OrderBy(p => at is null ? p.Offset : -p.Offset)
            .FirstOrDefault();
        _findings.Add(new Finding(point?.Document.Url ?? "", point?.StartLine ?? 0, Name(method.DeclaringType) + "." + method.Name, what,
            cure));
    }

    /// <summary>Adds a finding about a member without code; the file is that of the type's first method.</summary>
    public void Add(TypeDefinition type, string member, string what, string cure)
    {
        SequencePoint? point = type.Methods.SelectMany(m => m.DebugInformation.SequencePoints).FirstOrDefault(p => !p.IsHidden);
        _findings.Add(new Finding(point?.Document.Url ?? "", 0, Name(type) + (member.Length > 0 ? "." + member : ""), what, cure));
    }

    // A class that the compiler made for a lambda or a state machine is named by the class that holds the code.
    private static string Name(TypeDefinition type) =>
        type.Name.StartsWith('<') && type.DeclaringType is { } outer ? Name(outer) : type.Name;
}
