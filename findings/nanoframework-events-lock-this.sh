#!/usr/bin/env bash
# nanoFramework.CoreLibrary: the same C# event takes the lock of its object on the board, and no lock at all on a PC.
#
# Expected: since C# 4 the accessors that the compiler makes for a field-like event are free of locks (Interlocked.CompareExchange in a
#   loop); C# specification, field-like events: they are thread-safe, how is left open.
# Seen: the mscorlib of nanoFramework has no generic Interlocked.CompareExchange<T>, so the compiler silently falls back to what it did
#   before C# 4: add_X and remove_X are marked [MethodImpl(Synchronized)]: lock(this), or the type for a static event. `lock`
#   falls back likewise, to Monitor.Enter(object) outside the try. (A non-generic iterator is refused: it needs the generic interfaces.)
# Why it matters: firmware is tested on a PC by compiling the same sources against .NET. A thread that raises an event within lock(this)
#   and waits for another thread that subscribes or unsubscribes there runs on the PC and stands still on the board.
# What to do: lock a private object, never this; or write add and remove by hand, which costs the board no more. When two builds
#   of the same source are compared, compare the flags of methods too, not only the calls.
. "$(dirname "$0")/common.bash"

nuget_packages nanoFramework.CoreLibrary@1.17.11
nano=packages/nanoframework.corelibrary/1.17.11/lib/mscorlib.dll
csharp

cat > board.cs <<'CS'
using System;
public class Board
{
    private readonly object _gate = new object();
    public event EventHandler Changed;
    public static event EventHandler Found;
    public bool Heard { get { lock (_gate) return Changed != null && Found != null; } }
}
CS
csharp -target:library -reference:"$nano" -out:board-nano.dll board.cs
csharp -target:library -reference:"$runtime/System.Runtime.dll" -reference:"$runtime/System.Private.CoreLib.dll" -out:board-net.dll board.cs

dotnet_program flags <<'CS'
using System;
using System.IO;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
static class Program
{
    static void Main(string[] files)
    {
        foreach (string file in files)
        {
            using var image = new PEReader(File.OpenRead(file));
            MetadataReader data = image.GetMetadataReader();
            foreach (MethodDefinitionHandle handle in data.MethodDefinitions)
            {
                MethodDefinition method = data.GetMethodDefinition(handle);
                string name = data.GetString(method.Name);
                if (!name.StartsWith("add_") && !name.StartsWith("remove_")) continue;
                Console.WriteLine(file + " " + name + " " + method.ImplAttributes);
            }
        }
    }
}
CS
dotnet flags.dll board-net.dll board-nano.dll | tee flags.txt
echo 'expected: no method marked Synchronized in either'
if [ "$(grep -c 'board-nano.dll .* Synchronized' flags.txt)" = 4 ] && ! grep -q 'board-net.dll .* Synchronized' flags.txt; then
  echo 'as in the finding'
else
  echo 'CHANGED: not what the finding says'
  exit 1
fi
