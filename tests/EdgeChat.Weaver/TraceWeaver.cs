using Mono.Cecil;
using SharpFuzz;

namespace EdgeChat.Weaver;

/// <summary>Puts SharpFuzz's trace of what is executed into an assembly.</summary>
public static class TraceWeaver
{
    /// <summary>Weaves all types of a file, once.</summary>
    public static void Weave(string file)
    {
        using (AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(file))
            if (assembly.MainModule.AssemblyReferences.Any(r => r.Name == "SharpFuzz.Common")) return;
        foreach (string _ in Fuzzer.Instrument(file, static _ => true, Options.Value))
        {
            // it tells the types one after another, and is done when there is none left
        }
    }
}
