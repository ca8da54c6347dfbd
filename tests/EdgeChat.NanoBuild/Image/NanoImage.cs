using Mono.Cecil;

namespace EdgeChat.NanoBuild;

/// <summary>What nanoFramework's metadata processor makes of an assembly, by size.</summary>
/// <param name="Assembly">Its name.</param>
/// <param name="Code">Bytes of byte code, which methods are addressed in by 16 bits.</param>
/// <param name="Strings">Bytes of strings: literals and all names, addressed by 16 bits too. Names that the runtime has itself are counted
/// all the same, so it is a little more than what is written.</param>
/// <param name="Tables">Rows of its tables.</param>
/// <param name="Parts">Bytes of code and of literals by the source folder that they come from.</param>
public sealed record NanoImage(string Assembly, int Code, int Strings, NanoTables Tables,
    IReadOnlyDictionary<string, (int Code, int Strings)> Parts)
{
    /// <summary>What 16 bits address.</summary>
    public const int Limit = 65_535;

    /// <summary>The bytes that a method's code has there.</summary>
    public static int CodeOf(MethodDefinition method) => NanoImageReader.CodeOf(method);

    /// <summary>Reads a compiled assembly; <paramref name="beside"/> are those of ours that it refers to.</summary>
    public static NanoImage Read(Compiled compiled, params IEnumerable<Compiled> beside) =>
        compiled.Read(module => new NanoImageReader(module).Image(), beside);
}
