using System;

namespace nanoFramework.TestFramework;

/// <summary>Compares arrays element by element.</summary>
public static class TestExtensions
{
    public static bool SequenceEqual(this Array a, Array b)
    {
        if (a is null || b is null) return ReferenceEquals(a, b);
        if (a.Length != b.Length) return false;
        for (int i = 0; i < a.Length; i++)
            if (!Equals(a.GetValue(i), b.GetValue(i))) return false;
        return true;
    }
}
