using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace EdgeChat.Fuzz.Tests;

/// <summary>What was executed, as SharpFuzz's woven code counts it: how often each way from one block to another was taken.</summary>
internal sealed unsafe class EdgeMap
{
    private const int Size = 1 << 16; // of AFL's map, which the woven code writes into
    private static readonly byte* Now = (byte*)NativeMemory.AlignedAlloc(Size, 64);
    private readonly byte[] _seen = new byte[Size];

    /// <summary>How many ways have been taken.</summary>
    public int Edges => _seen.Count(s => s != 0);

    /// <summary>Begins with nothing executed.</summary>
    public void Begin()
    {
        new Span<byte>(Now, Size).Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether something was executed that was not before, or so often as never before, to a power of two.</summary>
    public bool IsNew()
    {
        bool isNew = false;
        Span<ulong> words = new(Now, Size / sizeof(ulong));
        for (int word = 0; word < words.Length; word++)
        {
            if (words[word] == 0) continue;
            for (int i = word * sizeof(ulong); i < (word + 1) * sizeof(ulong); i++)
            {
                byte often = Now[i] == 0 ? (byte)0 : (byte)(1 << BitOperations.Log2(Now[i]));
                if ((_seen[i] | often) == _seen[i]) continue;
                _seen[i] |= often;
                isNew = true;
            }
        }

        return isNew;
    }

    // woven code writes from its first block on
    [ModuleInitializer]
    internal static void Prepare() => Trace.SharedMem = Now;
}
