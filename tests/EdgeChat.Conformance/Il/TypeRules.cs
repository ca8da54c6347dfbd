using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.Conformance;

/// <summary>Types that nanoCLR has no form for: generic ones, state machines, arrays of several dimensions, decimals, pointers.</summary>
public static class TypeRules
{
    // What newer language versions and nullable annotations put into the assembly itself.
    private static readonly string[] CompilerNamespaces = ["Microsoft.CodeAnalysis", "System.Runtime.CompilerServices"];

    /// <summary>Checks a type, its members and every type that its code names.</summary>
    public static void Check(TypeDefinition type, Report report)
    {
        if (CompilerNamespaces.Contains(type.Namespace))
            report.Add(type, "",
                "the compiler put its own attribute into the assembly, and nanoCLR misreads the attributes of such an assembly",
                "Use C# 10 without nullable annotations, `in` parameters, readonly structs and ref structs.");
        if (type.HasGenericParameters) report.Add(type, "", "is generic", Generic);
        if (type.Interfaces.Any(i => i.InterfaceType.Name == "IAsyncStateMachine"))
            report.Add(type, "", "is an async state machine", "Use an event that the loop handles.");
        foreach (InterfaceImplementation implemented in type.Interfaces)
            Report(implemented.InterfaceType, (what, cure) => report.Add(type, "", what, cure));
        Report(type.BaseType, (what, cure) => report.Add(type, "", what, cure));
        foreach (FieldDefinition field in type.Fields) Report(field.FieldType, (what, cure) => report.Add(type, field.Name, what, cure));
        foreach (MethodDefinition method in type.Methods) Method(method, report);
    }

    private const string Generic = "nanoCLR runs no generic code: use a delegate type or class of your own.";

    private static void Method(MethodDefinition method, Report report)
    {
        if (method.HasGenericParameters) report.Add(method, null, "is generic", Generic);
        if (method.DeclaringType.IsInterface && method.HasBody)
            report.Add(method, null, "is an interface method with a body", "nanoCLR has no default implementations: use a base class.");
        foreach (TypeReference used in method.Parameters.Select(p => p.ParameterType).Append(method.ReturnType))
            Report(used, (what, cure) => report.Add(method, null, what, cure));
        if (!method.HasBody) return;
        foreach (VariableDefinition local in method.Body.Variables)
            Report(local.VariableType, (what, cure) => report.Add(method, null, what, cure));
        foreach (Instruction instruction in method.Body.Instructions)
            foreach (TypeReference? used in Named(instruction.Operand))
                Report(used, (what, cure) => report.Add(method, instruction, what, cure));
    }

    private static IEnumerable<TypeReference?> Named(object operand) => operand switch
    {
        TypeReference type => [type],
        FieldReference field => [field.DeclaringType, field.FieldType],
        GenericInstanceMethod generic =>
            [generic.DeclaringType, .. generic.GenericArguments, new GenericInstanceType(generic.DeclaringType)],
        MethodReference method => [method.DeclaringType, method.ReturnType, .. method.Parameters.Select(p => p.ParameterType)],
        _ => [],
    };

    private static void Report(TypeReference? type, Action<string, string> add)
    {
        for (TypeReference? part = type; part is not null; part = (part as TypeSpecification)?.ElementType)
        {
            switch (part)
            {
                case GenericInstanceType or GenericParameter:
                    add("uses the generic " + part.GetElementType().FullName, Generic);
                    return;
                case ArrayType { Rank: > 1 } array:
                    add("uses the array " + array.FullName,
                        "nanoCLR has arrays of one dimension: use an array of arrays, or compute the index.");
                    return;
                case PointerType:
                    add("uses the pointer " + part.FullName, "Firmware has no pointers: use arrays.");
                    return;
            }

            if (part.FullName == "System.Decimal") add("uses decimal", "Count in a smaller unit with int or long.");
        }
    }
}
