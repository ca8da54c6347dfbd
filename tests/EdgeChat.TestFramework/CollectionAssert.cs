using System.Collections;
using System.Linq;
using TestFrameworkShared;

namespace nanoFramework.TestFramework;

/// <summary>Assertions about collections, element by element and in order.</summary>
public sealed class CollectionAssert
{
    public static void Empty(ICollection collection, string message = "") => Assert.Empty(collection, message);

    public static void NotEmpty(ICollection collection, string message = "") => Assert.NotEmpty(collection, message);

    public static void AreEqual(ICollection expected, ICollection actual, string message = "")
    {
        if (!SameElements(expected, actual))
            throw new AssertFailedException("CollectionAssert.AreEqual failed: expected " + Values.Show(expected) + ", actual "
                + Values.Show(actual) + ". " + message);
    }

    public static void AreNotEqual(ICollection notExpected, ICollection actual, string message = "")
    {
        if (SameElements(notExpected, actual))
            throw new AssertFailedException("CollectionAssert.AreNotEqual failed: both are " + Values.Show(actual) + ". " + message);
    }

    private static bool SameElements(ICollection a, ICollection b) =>
        a is null || b is null ? ReferenceEquals(a, b) : a.Cast<object>().SequenceEqual(b.Cast<object>());
}
