using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.Conformance;

/// <summary>What runs on the board, but costs more than it looks: not asked of unit tests.</summary>
public static class CostRules
{
    /// <summary>Checks the code of a method.</summary>
    public static void Check(MethodDefinition method, Report report)
    {
        var loops = method.Body.Instructions
            .Where(i => i.Operand is Instruction target && target.Offset <= i.Offset)
            .Select(i => (Start: ((Instruction)i.Operand).Offset, End: i.Offset)).ToArray();
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (instruction.Operand is MethodReference { Name: "get_Chars", DeclaringType.FullName: "System.String" }
                && loops.Any(l => l.Start <= instruction.Offset && instruction.Offset <= l.End))
                report.Add(method, instruction, "indexes a string in a loop; nanoCLR walks from the string's start each time",
                    "Convert to byte[] or char[] once.");
            if (instruction.OpCode == OpCodes.Box && ((TypeReference)instruction.Operand).Resolve() is { IsEnum: true } boxed)
                report.Add(method, instruction, "boxes the enum " + boxed.Name + ": memory, and its number where text was meant",
                    "Choose the word with a switch, or cast to int.");
        }
    }
}
