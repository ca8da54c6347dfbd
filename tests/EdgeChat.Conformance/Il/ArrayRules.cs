using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.Conformance;

/// <summary>An array of strings gets each element when it is made: nanoCLR ends, or computes rubbish, at some uses of an element that
/// nothing was ever stored in. Null counts as stored; other arrays are not affected.</summary>
public static class ArrayRules
{
    private const string Maker = "System.String[] EdgeChat.Core.Column::Strings(System.Int32)";

    private const string Cure = "Give every element in the braces, null included as Column.Strings does: it makes an array of nulls.";

    /// <summary>Checks the code of a method.</summary>
    public static void Check(MethodDefinition method, Report report)
    {
        if (method.FullName == Maker) return;
        Dictionary<Instruction, int>? depths = null;
        foreach (Instruction at in method.Body.Instructions)
        {
            if (at.OpCode == OpCodes.Newarr && ((TypeReference)at.Operand).FullName == "System.String"
                && !IsFilled(at, depths ??= Stack.Depths(method)))
                report.Add(method, at, "makes a string[] with elements that nothing is stored in", Cure);
            if (at.Operand is not MethodReference { DeclaringType.FullName: "System.Array" } called) continue;
            if (called.Name == "CreateInstance")
                report.Add(method, at, "makes an array whose type nobody sees", "Write new; for strings Column.Strings.");
            if (called.Name == "Clear" && TypeOf(Stack.Producer(at, called.Parameters.Count - 1),
                method) is { FullName: "System.String[]" })
                report.Add(method, at, "clears a string[], whose elements then count as never stored", "Store null in each.");
        }
    }

    // As the compiler writes an array with its elements: a copy of the reference, the index, the value, the store, for one after another.
    private static bool IsFilled(Instruction made, Dictionary<Instruction, int> depths)
    {
        if (Stack.Number(made.Previous) is not { } length) return false;
        int stored = 0, bottom = depths[made]; // the array takes the place of its length
        for (Instruction? at = made.Next; at is not null && stored < length; at = at.Next)
        {
            if (depths[at] == bottom && (at.OpCode != OpCodes.Dup || Stack.Number(at.Next) != stored)) return false;
            if (at.OpCode == OpCodes.Stelem_Ref && depths[at] == bottom + 3) stored++;
        }

        return stored == length;
    }

    private static TypeReference? TypeOf(Instruction? at, MethodDefinition method) => at?.Operand switch
    {
        FieldReference field => field.FieldType,
        VariableDefinition local => local.VariableType,
        ParameterDefinition parameter => parameter.ParameterType,
        MethodReference called => called.ReturnType,
        _ => at?.OpCode.Code switch
        {
            >= Code.Ldloc_0 and <= Code.Ldloc_3 => method.Body.Variables[at.OpCode.Code - Code.Ldloc_0].VariableType,
            >= Code.Ldarg_0 and <= Code.Ldarg_3 => Argument(method, at.OpCode.Code - Code.Ldarg_0),
            _ => null,
        },
    };

    private static TypeReference? Argument(MethodDefinition method, int place)
    {
        int parameter = method.HasThis ? place - 1 : place;
        return parameter < 0 ? method.DeclaringType : method.Parameters[parameter].ParameterType;
    }
}
