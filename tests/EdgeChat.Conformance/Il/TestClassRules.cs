using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.Conformance;

/// <summary>Unit tests run under two launchers: the board's calls methods without an instance, MSTest wants public instance
/// methods.</summary>
public static class TestClassRules
{
    private const string Framework = "nanoFramework.TestFramework.";

    /// <summary>Checks a type when it is a test class.</summary>
    public static void Check(TypeDefinition type, Report report)
    {
        if (!Has(type, "TestClassAttribute")) return;
        if (!type.IsPublic || type.IsAbstract)
            report.Add(type, "", "is a test class that no launcher finds", "Make it public, neither static nor abstract.");
        foreach (FieldDefinition field in type.Fields.Where(f => !f.IsStatic))
            report.Add(type, field.Name, "is instance state of a test class",
                "The board's launcher has no instance: use a local, or a static field set by [Setup].");
        foreach (MethodDefinition method in type.Methods.Where(m => !m.IsConstructor)) Method(method, report);
    }

    private static void Method(MethodDefinition method, Report report)
    {
        if (!method.IsStatic && method.HasBody && method.Body.Instructions.FirstOrDefault(UsesThis) is { } use)
            report.Add(method, use, "uses its instance", "The board's launcher has no instance: make what it calls static.");
        bool isTest = Has(method, "TestMethodAttribute");
        if (Has(method, "DataRowAttribute") && !isTest) report.Add(method, null, "has data rows but no [TestMethod]", "MSTest needs both.");
        bool isCalled = isTest || Has(method, "SetupAttribute") || Has(method, "CleanupAttribute");
        if (isCalled && (!method.IsPublic || method.IsStatic || method.ReturnType.FullName != "System.Void"))
            report.Add(method, null, "is not found by every launcher", "Make it a public instance method that returns nothing.");
        if (!isCalled && method.IsPublic)
            report.Add(method, null, "is public but no test", "Add [TestMethod], or make it private.");
        foreach (CustomAttribute row in method.CustomAttributes.Where(a => a.AttributeType.FullName == Framework + "DataRowAttribute"))
            Row(method, row, report);
    }

    // nanoCLR hands the values over as they are; .NET would widen an int to a long.
    private static void Row(MethodDefinition method, CustomAttribute row, Report report)
    {
        if (row.ConstructorArguments[0].Value is not CustomAttributeArgument[] values) return;
        if (values.Length != method.Parameters.Count)
        {
            report.Add(method, null, "has a data row of " + values.Length + " values for " + method.Parameters.Count + " parameters",
                "Give one value each.");
            return;
        }

        for (int i = 0; i < values.Length; i++)
        {
            TypeReference wanted = method.Parameters[i].ParameterType;
            if (values[i].Value is not CustomAttributeArgument value || value.Value is null || value.Type.FullName == wanted.FullName)
                continue;
            report.Add(method, null, "has a data row with a " + value.Type.Name + " for the " + wanted.Name + " "
                + method.Parameters[i].Name,
                "nanoCLR does not convert: write the value in the parameter's type.");
        }
    }

    private static bool UsesThis(Instruction instruction) => instruction.OpCode == OpCodes.Ldarg_0;

    private static bool Has(ICustomAttributeProvider member, string attribute) =>
        member.CustomAttributes.Any(a => a.AttributeType.FullName == Framework + attribute);
}
