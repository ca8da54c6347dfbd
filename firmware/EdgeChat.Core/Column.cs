using System;

namespace EdgeChat.Core;

/// <summary>Makes the columns of a table longer: a table begins short and grows with use, a few rows at a time.</summary>
/// <remarks>One column after another, so that the heap must never hold two copies of more than one.</remarks>
public static class Column
{
    /// <summary>A longer column that begins with what the old one has; the rest is 0.</summary>
    public static byte[] Longer(byte[] old, int more)
    {
        var column = new byte[old.Length + more];
        Array.Copy(old, column, old.Length);
        return column;
    }

    /// <summary>See <see cref="Longer(byte[], int)"/>.</summary>
    public static short[] Longer(short[] old, int more)
    {
        var column = new short[old.Length + more];
        Array.Copy(old, column, old.Length);
        return column;
    }

    /// <summary>See <see cref="Longer(byte[], int)"/>.</summary>
    public static int[] Longer(int[] old, int more)
    {
        var column = new int[old.Length + more];
        Array.Copy(old, column, old.Length);
        return column;
    }

    /// <summary>See <see cref="Longer(byte[], int)"/>.</summary>
    public static long[] Longer(long[] old, int more)
    {
        var column = new long[old.Length + more];
        Array.Copy(old, column, old.Length);
        return column;
    }

    /// <summary>See <see cref="Longer(byte[], int)"/>.</summary>
    public static string[] Longer(string[] old, int more)
    {
        string[] column = Strings(old.Length + more);
        Array.Copy(old, column, old.Length);
        return column;
    }

    /// <summary>A column of texts that are all null: the one way to make an array of strings whose elements are not given with it.</summary>
    /// <remarks>nanoCLR ends, or computes rubbish, at some uses of an element that nothing was ever stored in; null counts.</remarks>
    public static string[] Strings(int count)
    {
        var column = new string[count];
        for (int i = 0; i < count; i++) column[i] = null;
        return column;
    }
}
