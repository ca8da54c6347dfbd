namespace EdgeChat.NanoBuild;

/// <summary>Rows of the tables that the metadata processor writes for an assembly.</summary>
/// <param name="AssemblyRefs">Assemblies that its references are in.</param>
/// <param name="TypeRefs">Types of other assemblies that it names.</param>
/// <param name="FieldRefs">Fields of other assemblies.</param>
/// <param name="MethodRefs">Methods of other assemblies.</param>
/// <param name="Types">Its own types, compiler-made ones among them.</param>
/// <param name="Fields">Its own fields but for constants.</param>
/// <param name="Methods">Its own methods.</param>
/// <param name="Statics">The static ones of its fields.</param>
/// <param name="BoxedBlocks">Blocks of the objects that those of them have which are structs.</param>
public sealed record NanoTables(
    int AssemblyRefs, int TypeRefs, int FieldRefs, int MethodRefs, int Types, int Fields, int Methods, int Statics, int BoxedBlocks)
{
    private const int Block = 12;
    private const int Assembly = 136;

    /// <summary>The tables with the most rows that an assembly may have of each, with their names.</summary>
    public IEnumerable<(string Name, int Rows)> All =>
    [
        ("referenced assemblies", AssemblyRefs), ("referenced types", TypeRefs), ("referenced fields", FieldRefs),
        ("referenced methods", MethodRefs),
        ("types", Types), ("fields", Fields), ("methods", Methods),
    ];

    /// <summary>Bytes of the managed heap that the assembly takes once it is loaded, before anything runs.</summary>
    /// <remarks>nf-interpreter (2026-07), <c>CLR_RT_Assembly::CreateInstance</c> and the structures of <c>nanoCLR_Runtime.h</c> on a 32-bit
    /// processor: the assembly itself, a cross reference for each row, a block for each static field. Equals what a 32-bit build of the
    /// interpreter took for each of our assemblies and nineteen libraries.</remarks>
    public int HeapBytes => Blocks(Assembly + CrossReferences) + Block * BoxedBlocks;

    /// <summary>The same where the debugger is compiled in, as in the runtimes for ESP32: 4 bytes more for the assembly and one for each
    /// method.</summary>
    public int HeapBytesWithDebugger => Blocks(Assembly + 4 + CrossReferences + Words(Methods)) + Block * BoxedBlocks;

    private int CrossReferences =>
        4 * (AssemblyRefs + TypeRefs + FieldRefs + MethodRefs) + 8 * Types + Words(2 * Fields) + Words(2 * Methods) + Block * Statics;

    private static int Words(int bytes) => (bytes + 3) / 4 * 4;

    private static int Blocks(int bytes) => (bytes + Block - 1) / Block * Block;
}
