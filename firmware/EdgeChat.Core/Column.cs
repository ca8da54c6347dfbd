using System;

namespace EdgeChat.Core;

/// <summary>Makes the columns of a table longer: a table begins with none (null) and grows with use, a few rows at a time.</summary>
/// <remarks>Whoever grows a table does so before anything else changes: when the heap is short, the call that needed the row is refused and
/// nothing is half done (docs/architecture.md, "When the heap is short").</remarks>
public static class Column
{
    /// <summary>A longer column that begins with what the old one has (null: nothing); the rest is 0.</summary>
    public static byte[] Longer(byte[] old, int more)
    {
        var column = new byte[LengthOf(old) + more];
        Copy(old, column);
        return column;
    }

    /// <summary>See <see cref="Longer(byte[], int)"/>.</summary>
    public static int[] Longer(int[] old, int more)
    {
        var column = new int[LengthOf(old) + more];
        Copy(old, column);
        return column;
    }

    /// <summary>See <see cref="Longer(byte[], int)"/>; the rest is null.</summary>
    public static string[] Longer(string[] old, int more)
    {
        string[] column = Strings(LengthOf(old) + more);
        Copy(old, column);
        return column;
    }

    /// <summary>A column of texts that are all null: the one way to make an array of strings whose elements are not given with
    /// it.</summary>
    /// <remarks>nanoCLR ends, or computes rubbish, at some uses of an element that nothing was ever stored in; null counts.</remarks>
    public static string[] Strings(int count)
    {
        var column = new string[count];
        for (int i = 0; i < count; i++) column[i] = null;
        return column;
    }

    /// <summary>The pages of a table with one page more.</summary>
    public static int[][] WithPage(int[][] old, int[] page)
    {
        var pages = new int[LengthOf(old) + 1][];
        Copy(old, pages);
        pages[pages.Length - 1] = page;
        return pages;
    }

    private static int LengthOf(Array old) { return old == null ? 0 : old.Length; }

    private static void Copy(Array old, Array column)
    {
        if (old != null) Array.Copy(old, column, old.Length);
    }
}
