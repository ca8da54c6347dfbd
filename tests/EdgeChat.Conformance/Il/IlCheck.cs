using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.Conformance;

/// <summary>Reads a compiled firmware assembly for what nanoCLR cannot run, or runs otherwise than .NET.</summary>
public static class IlCheck
{
    /// <summary>All findings in an assembly; <paramref name="beside"/> are those of ours that it refers to.</summary>
    public static IReadOnlyList<Finding> Run(Compiled compiled, bool isTest, params IEnumerable<Compiled> beside)
    {
        using var resolver = new Images(beside);
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(compiled.Image), new ReaderParameters
        {
            AssemblyResolver = resolver,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            SymbolStream = new MemoryStream(compiled.Symbols),
            ReadSymbols = true,
        });
        var report = new Report();
        foreach (TypeDefinition type in module.GetTypes())
        {
            TypeRules.Check(type, report);
            if (isTest) TestClassRules.Check(type, report);
            else StateRules.Check(type, report);
            foreach (MethodDefinition method in type.Methods.Where(m => m.HasBody))
            {
                ArithmeticRules.Check(method, report);
                TextRules.Check(method, report);
                if (!isTest) CostRules.Check(method, report);
            }
        }

        return report.Findings;
    }

    private sealed class Images(IEnumerable<Compiled> beside) : BaseAssemblyResolver
    {
        private readonly Dictionary<string, AssemblyDefinition> _open = [];
        private readonly Dictionary<string, byte[]> _own = beside.ToDictionary(c => c.Assembly, c => c.Image);

        public override AssemblyDefinition Resolve(AssemblyNameReference name, ReaderParameters parameters)
        {
            if (_open.TryGetValue(name.Name, out AssemblyDefinition? known)) return known;
            byte[] image = _own.TryGetValue(name.Name, out byte[]? own) ? own : ReferenceAssemblies.Instance.Images[name.Name];
            parameters.AssemblyResolver = this;
            parameters.ReadSymbols = false;
            parameters.SymbolStream = null;
            return _open[name.Name] = AssemblyDefinition.ReadAssembly(new MemoryStream(image), parameters);
        }

        protected override void Dispose(bool disposing)
        {
            foreach (AssemblyDefinition assembly in _open.Values) assembly.Dispose();
            base.Dispose(disposing);
        }
    }
}
