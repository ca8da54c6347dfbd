using System.Security.Cryptography;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace EdgeChat.NanoBuild;

/// <summary>The nanoFramework assemblies as references, with nothing of .NET: mscorlib is that of its package, the others are made from the
/// listing.</summary>
/// <remarks>What is made is kept under <c>artifacts/</c> by a hash of all that it is made from, so that a second run only reads
/// it.</remarks>
public sealed class ReferenceAssemblies
{
    /// <summary>Language version of everything that the board runs: from 11 on Roslyn emits attributes that nanoCLR misreads.</summary>
    public const LanguageVersion Language = LanguageVersion.CSharp10;

    /// <summary>The base class library, the one assembly that is not made from the listing.</summary>
    public const string CoreLibrary = "mscorlib";

    private static readonly Lazy<ReferenceAssemblies> Made = new(() => new ReferenceAssemblies());
    private readonly Dictionary<string, byte[]> _images = [];
    private readonly Dictionary<string, MetadataReference> _references = [];

    private ReferenceAssemblies()
    {
        Listing = ApiAssembly.ReadAll(Repository.ApiFolder);
        Folder = Path.Combine(Repository.Root, "artifacts", "conformance", Fingerprint());
        Directory.CreateDirectory(Folder);
        foreach (ApiAssembly assembly in Listing)
        {
            string file = assembly.Assembly == CoreLibrary ? RealCoreLibrary : Path.Combine(Folder, assembly.Assembly + ".dll");
            if (!File.Exists(file)) Keep(file, Make(assembly));
            _images[assembly.Assembly] = File.ReadAllBytes(file);
            _references[assembly.Assembly] = MetadataReference.CreateFromImage(_images[assembly.Assembly], filePath: file);
        }
    }

    /// <summary>The one set of this run.</summary>
    public static ReferenceAssemblies Instance => Made.Value;

    /// <summary>The listing, each assembly after those that it refers to.</summary>
    public IReadOnlyList<ApiAssembly> Listing { get; }

    /// <summary>Where the assemblies are kept.</summary>
    public string Folder { get; }

    /// <summary>The bytes of each assembly, by name.</summary>
    public IReadOnlyDictionary<string, byte[]> Images => _images;

    /// <summary>References for a compilation, by assembly name.</summary>
    public IEnumerable<MetadataReference> For(IEnumerable<string> assemblies) => assemblies.Select(name => _references[name]);

    private static string RealCoreLibrary => Path.Combine(AppContext.BaseDirectory, "nano", CoreLibrary + ".dll");

    /// <summary>An assembly with the types and members that the listing gives it, no more and no less.</summary>
    public byte[] Make(ApiAssembly assembly)
    {
        // Full references, not only the direct ones: a base class may be two assemblies away.
        var visible = new HashSet<ApiAssembly> { assembly };
        for (var open = new Queue<ApiAssembly>([assembly]); open.TryDequeue(out ApiAssembly? next);)
            foreach (ApiAssembly reference in Listing.Where(a => next.References.Contains(a.Assembly)))
                if (visible.Add(reference)) open.Enqueue(reference);
        var compilation = CSharpCompilation.Create(
            assembly.Assembly,
            [CSharpSyntaxTree.ParseText(ApiSource.Write(assembly, visible), new CSharpParseOptions(Language))],
            visible.Where(a => a != assembly).Select(a => _references[a.Assembly]),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release,
                deterministic: true));
        using var image = new MemoryStream();
        EmitResult result = compilation.Emit(image, options: new EmitOptions(runtimeMetadataVersion: "v4.0.30319"));
        if (!result.Success)
            throw new InvalidOperationException("The listing of " + assembly.Assembly + " does not compile:\n"
                + string.Join('\n', result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(20)));
        return image.ToArray();
    }

    private static void Keep(string file, byte[] image)
    {
        // Another run may be making the same file: a whole one appears by its rename.
        string own = file + "." + Environment.ProcessId;
        File.WriteAllBytes(own, image);
        File.Move(own, file, overwrite: true);
    }

    private static string Fingerprint()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in Directory.GetFiles(Repository.ApiFolder, "*.json").Order(StringComparer.Ordinal).Append(RealCoreLibrary))
            hash.AppendData(File.ReadAllBytes(file));
        hash.AppendData(Encoding.UTF8.GetBytes(typeof(ReferenceAssemblies).Module.ModuleVersionId.ToString()));
        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
