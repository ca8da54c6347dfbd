using Mono.Cecil;
using Mono.Cecil.Cil;

namespace EdgeChat.NanoBuild;

/// <summary>What came of compiling sources against the board's API: an image when <see cref="Findings"/> is empty.</summary>
public sealed record Compiled(string Assembly, byte[] Image, byte[] Symbols, IReadOnlyList<Finding> Findings)
{
    /// <summary>Looks into the image, with its symbols; <paramref name="beside"/> are those of ours that it refers to.</summary>
    public T Read<T>(Func<ModuleDefinition, T> look, params IEnumerable<Compiled> beside)
    {
        using var resolver = new Images(beside);
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(Image), new ReaderParameters
        {
            AssemblyResolver = resolver,
            SymbolReaderProvider = new PortablePdbReaderProvider(),
            SymbolStream = new MemoryStream(Symbols),
            ReadSymbols = true,
        });
        return look(module);
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
