using Mono.Cecil;

namespace EdgeChat.Conformance;

/// <summary>Firmware keeps no state in static fields: many boards live in one process, and one loop owns a board's state.</summary>
public static class StateRules
{
    /// <summary>Checks the fields of a type.</summary>
    public static void Check(TypeDefinition type, Report report)
    {
        // The compiler keeps delegates of lambdas that capture nothing in such classes.
        if (type.Name.StartsWith('<')) return;
        foreach (FieldDefinition field in type.Fields.Where(f => f.IsStatic && !f.IsInitOnly && !f.HasConstant))
            report.Add(type, field.Name, "is a static field that can change",
                "Make it readonly, or a field of an object that the composition root owns.");
    }
}
