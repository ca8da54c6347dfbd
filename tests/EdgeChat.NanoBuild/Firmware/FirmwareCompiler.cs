using System.Collections.Concurrent;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace EdgeChat.NanoBuild;

/// <summary>Compiles firmware sources as the board's build would: C# 10, and no assembly but nanoFramework's and our own.</summary>
public static class FirmwareCompiler
{
    private static readonly ConcurrentDictionary<(FirmwareProject, OptimizationLevel), Lazy<Compiled>> Results = new();

    /// <summary>Compiles a project against exactly the packages and projects that its <c>.nfproj</c> lists.</summary>
    public static Compiled Compile(FirmwareProject project, OptimizationLevel optimization = OptimizationLevel.Release) =>
        Results.GetOrAdd((project, optimization), _ => new Lazy<Compiled>(() => CompileProject(project, optimization))).Value;

    /// <summary>Compiles one text against all of the API; the options exist to show that a check would notice.</summary>
    public static Compiled Compile(string source, LanguageVersion language = ReferenceAssemblies.Language, bool allowUnsafe = false) =>
        Compile(
        "Sample",
        [Parse(SourceText.From(source, Encoding.UTF8), "Sample.cs", language)],
        ReferenceAssemblies.Instance.For(ReferenceAssemblies.Instance.Images.Keys),
        OutputKind.DynamicallyLinkedLibrary,
        OptimizationLevel.Release,
        allowUnsafe);

    private static Compiled CompileProject(FirmwareProject project, OptimizationLevel optimization)
    {
        var references = new List<MetadataReference>();
        foreach (FirmwareProject needed in project.Projects)
        {
            Compiled compiled = Compile(needed);
            if (compiled.Findings.Count > 0)
                return compiled with { Findings = [new Finding(needed.Path, 0, "", "does not compile", "See its own findings first.")] };
            references.Add(MetadataReference.CreateFromImage(compiled.Image));
        }

        ReferenceAssemblies board = ReferenceAssemblies.Instance;
        references.AddRange(board.For(project.References.Select(r => r.Assembly).Where(board.Images.ContainsKey)));
        return Compile(
            project["AssemblyName"]!,
            project.Sources.Select(file => Parse(Read(file), Repository.Relative(file), ReferenceAssemblies.Language)),
            references,
            project["OutputType"] == "Exe" && project.Sources.Count > 1
                ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary,
            optimization);
    }

    private static Compiled Compile(
        string assembly,
        IEnumerable<SyntaxTree> sources,
        IEnumerable<MetadataReference> references,
        OutputKind kind,
        OptimizationLevel optimization,
        bool allowUnsafe = false)
    {
        var options = new CSharpCompilationOptions(kind, optimizationLevel: optimization, allowUnsafe: allowUnsafe, deterministic: true);
        var compilation = CSharpCompilation.Create(assembly, sources, references, options);
        using var image = new MemoryStream();
        using var symbols = new MemoryStream();
        EmitResult result = compilation.Emit(
            image, symbols, options: new EmitOptions(runtimeMetadataVersion: "v4.0.30319",
                debugInformationFormat: DebugInformationFormat.PortablePdb));
        Finding[] findings = result.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(Describe).Distinct().ToArray();
        return new Compiled(assembly, image.ToArray(), symbols.ToArray(), findings);
    }

    private static SyntaxTree Parse(SourceText text, string path, LanguageVersion language) =>
        CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(language), path);

    private static SourceText Read(string file)
    {
        using FileStream stream = File.OpenRead(file);
        return SourceText.From(stream, Encoding.UTF8);
    }

    private static Finding Describe(Diagnostic diagnostic)
    {
        FileLinePositionSpan span = diagnostic.Location.GetLineSpan();
        string method = diagnostic.Location.SourceTree is { } tree ? Enclosing(tree, diagnostic.Location.SourceSpan) : "";
        return new Finding(span.Path ?? "", span.Path is null ? 0 : span.StartLinePosition.Line + 1, method,
            diagnostic.Id + " " + diagnostic.GetMessage().TrimEnd('.'), Cures.For(diagnostic));
    }

    private static string Enclosing(SyntaxTree tree, TextSpan span)
    {
        var names = tree.GetRoot().FindNode(span).AncestorsAndSelf().Select(node => node switch
        {
            MethodDeclarationSyntax m => m.Identifier.Text,
            ConstructorDeclarationSyntax => ".ctor",
            PropertyDeclarationSyntax p => p.Identifier.Text,
            BaseTypeDeclarationSyntax t => t.Identifier.Text,
            _ => null,
        }).Where(name => name is not null);
        return string.Join('.', names.Reverse());
    }
}
