using EdgeChat.Weaver;
using Mono.Cecil;

// Weaves the meter into built assemblies, in place, or SharpFuzz's trace of what is executed:
//   EdgeChat.Weaver [--trace] FOLDER NAME...      for FOLDER/NAME.dll, each once
bool isTrace = args is ["--trace", ..];
if (isTrace) args = args[1..];
if (args.Length < 2)
{
    Console.Error.WriteLine("usage: EdgeChat.Weaver [--trace] FOLDER NAME...   weaves the meter, or a trace, into FOLDER/NAME.dll");
    return 2;
}

using var resolver = new DefaultAssemblyResolver();
resolver.AddSearchDirectory(args[0]);
resolver.AddSearchDirectory(Path.GetDirectoryName(typeof(object).Assembly.Location)!);
foreach (string name in args[1..])
{
    string file = Path.Combine(args[0], name + ".dll");
    if (isTrace)
    {
        TraceWeaver.Weave(file);
        continue;
    }

    bool hasSymbols = File.Exists(Path.ChangeExtension(file, ".pdb"));
    var reading = new ReaderParameters { AssemblyResolver = resolver, ReadSymbols = hasSymbols, InMemory = true };
    using AssemblyDefinition assembly = AssemblyDefinition.ReadAssembly(file, reading);
    if (assembly.MainModule.AssemblyReferences.Any(r => r.Name == "EdgeChat.Metering")) continue;
    new AssemblyWeaver(assembly.MainModule).Weave();
    assembly.Write(file, new WriterParameters { WriteSymbols = hasSymbols });
}

return 0;
