using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.Conformance;

/// <summary>Instructions that nanoCLR lacks or ignores.</summary>
public static class ArithmeticRules
{
    /// <summary>Checks the code of a method.</summary>
    public static void Check(MethodDefinition method, Report report)
    {
        foreach (Instruction instruction in method.Body.Instructions)
        {
            string name = instruction.OpCode.Name;
            if (name.Contains(".ovf", StringComparison.Ordinal))
                report.Add(method, instruction, "checks for overflow (" + name + "), which nanoCLR does not: the value wraps",
                    "Compare before computing; an array's length is an int.");
            if (instruction.OpCode.Code is Code.Div or Code.Rem && instruction.Previous is { Operand: 0.0 or 0f })
                report.Add(method, instruction, "divides by zero, which throws on nanoCLR",
                    "There is no infinity and no NaN: use a number.");
            if (instruction.OpCode == OpCodes.Localloc) report.Add(method, instruction, "uses stackalloc", "Keep a byte[] in a field.");
        }

        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            if (handler.CatchType?.FullName == "System.IndexOutOfRangeException")
                report.Add(method, handler.HandlerStart,
                    "catches IndexOutOfRangeException, where nanoCLR throws ArgumentOutOfRangeException",
                    "Compare the index with the length before.");
            if (handler.CatchType?.FullName == "System.FormatException" && Calls(handler, "FromBase64String"))
                report.Add(method, handler.HandlerStart,
                    "catches FormatException of FromBase64String, where nanoCLR throws plain Exception",
                    "Catch Exception.");
        }
    }

    private static bool Calls(ExceptionHandler handler, string name)
    {
        for (Instruction at = handler.TryStart; at != handler.TryEnd; at = at.Next)
            if (at.Operand is MethodReference called && called.Name == name) return true;
        return false;
    }
}
