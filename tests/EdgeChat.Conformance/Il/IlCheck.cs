using Mono.Cecil;

namespace EdgeChat.Conformance;

/// <summary>Reads a compiled firmware assembly for what nanoCLR cannot run, or runs otherwise than .NET.</summary>
public static class IlCheck
{
    /// <summary>All findings in an assembly; <paramref name="beside"/> are those of ours that it refers to.</summary>
    public static IReadOnlyList<Finding> Run(Compiled compiled, bool isTest, params IEnumerable<Compiled> beside) =>
        compiled.Read(module => Run(module, isTest), beside);

    private static IReadOnlyList<Finding> Run(ModuleDefinition module, bool isTest)
    {
        var report = new Report();
        foreach (TypeDefinition type in module.GetTypes())
        {
            TypeRules.Check(type, report);
            if (isTest) TestClassRules.Check(type, report);
            else StateRules.Check(type, report);
            foreach (MethodDefinition method in type.Methods.Where(m => m.HasBody))
            {
                ArithmeticRules.Check(method, report);
                ArrayRules.Check(method, report);
                TextRules.Check(method, report);
                if (!isTest) CostRules.Check(method, report);
            }
        }

        return report.Findings;
    }
}
