using System;
using System.Collections;
using TestFrameworkShared;

namespace nanoFramework.TestFramework;

/// <summary>The assertions of nanoFramework.TestFramework; each says what it expected and what it found.</summary>
public sealed class Assert
{
    public static void AreEqual(bool expected, bool actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(byte expected, byte actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(char expected, char actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(DateTime expected, DateTime actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(double expected, double actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(float expected, float actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(int expected, int actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(long expected, long actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(object expected, object actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(sbyte expected, sbyte actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(short expected, short actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(string expected, string actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(uint expected, uint actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(ulong expected, ulong actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreEqual(ushort expected, ushort actual, string message = "") =>
        Check(Equals(expected, actual), "AreEqual", Pair(expected, actual), message);

    public static void AreNotEqual(bool notExpected, bool actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(byte notExpected, byte actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(char notExpected, char actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(DateTime notExpected, DateTime actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(double notExpected, double actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(float notExpected, float actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(long notExpected, long actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(int notExpected, int actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(object notExpected, object actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(sbyte notExpected, sbyte actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(short notExpected, short actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(string notExpected, string actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(uint notExpected, uint actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(ulong notExpected, ulong actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void AreNotEqual(ushort notExpected, ushort actual, string message = "") =>
        Check(!Equals(notExpected, actual), "AreNotEqual", Other(notExpected), message);

    public static void Empty(ICollection collection, string message = "") =>
        Check(collection.Count == 0, "Empty", "a collection of " + collection.Count, message);

    public static void Equal(Array expected, Array actual, string message = "") =>
        Check(expected.SequenceEqual(actual), "Equal", Pair(expected, actual), message);

    public static void Equal(bool expected, bool actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(byte expected, byte actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(char expected, char actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(DateTime expected, DateTime actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(double expected, double actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(float expected, float actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(int expected, int actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(long expected, long actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(sbyte expected, sbyte actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(short expected, short actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(string expected, string actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(uint expected, uint actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(ulong expected, ulong actual, string message = "") => AreEqual(expected, actual, message);

    public static void Equal(ushort expected, ushort actual, string message = "") => AreEqual(expected, actual, message);

    public static void False(bool condition, string message = "") => IsFalse(condition, message);

    public static void IsNotType(Type wrongType, object value, string message = "") =>
        Check(value is null || value.GetType() != wrongType, "IsNotType", Values.Show(value), message);

    public static void IsType(Type expectedType, object value, string message = "") =>
        Check(value is not null && value.GetType() == expectedType, "IsType", Pair(expectedType, value?.GetType()), message);

    public static void NotEmpty(ICollection collection, string message = "") =>
        Check(collection.Count > 0, "NotEmpty", "an empty collection", message);

    public static void NotEqual(Array notExpected, Array actual, string message = "") =>
        Check(!notExpected.SequenceEqual(actual), "NotEqual", Other(notExpected), message);

    public static void NotEqual(bool notExpected, bool actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(byte notExpected, byte actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(char notExpected, char actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(DateTime notExpected, DateTime actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(double notExpected, double actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(float notExpected, float actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(int notExpected, int actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(long notExpected, long actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(sbyte notExpected, sbyte actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(short notExpected, short actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(string notExpected, string actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(uint notExpected, uint actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(ulong notExpected, ulong actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotEqual(ushort notExpected, ushort actual, string message = "") => AreNotEqual(notExpected, actual, message);

    public static void NotNull(object value, string message = "") => IsNotNull(value, message);

    public static void NotSame(object notExpected, object actual, string message = "") => AreNotSame(notExpected, actual, message);

    public static void Null(object value, string message = "") => IsNull(value, message);

    public static void Same(object expected, object actual, string message = "") => AreSame(expected, actual, message);

    public static void Throws(Type exceptionType, Action action, string message = "") => ThrowsException(exceptionType, action, message);

    public static void True(bool condition, string message = "") => IsTrue(condition, message);

    public static void AreNotSame(object notExpected, object actual, string message = "") =>
        Check(!ReferenceEquals(notExpected, actual), "AreNotSame", "the same object", message);

    public static void AreSame(object expected, object actual, string message = "") =>
        Check(ReferenceEquals(expected, actual), "AreSame", "another object", message);

    public static void Contains(string expected, string value, string message = "") =>
        Check(value.Contains(expected, StringComparison.Ordinal), "Contains", Pair(expected, value), message);

    public static void DoesNotContains(string notExpected, string value, string message = "") =>
        Check(!value.Contains(notExpected, StringComparison.Ordinal), "DoesNotContains", Values.Show(value), message);

    public static void EndsWith(string expected, string value, string message = "") =>
        Check(value.EndsWith(expected, StringComparison.Ordinal), "EndsWith", Pair(expected, value), message);

    public static void IsFalse(bool condition, string message = "") => Check(!condition, "IsFalse", "true", message);

    public static void IsInstanceOfType(object value, Type expected, string message = "") =>
        Check(expected.IsInstanceOfType(value), "IsInstanceOfType", Pair(expected, value?.GetType()), message);

    public static void IsNotInstanceOfType(object value, Type notExpected, string message = "") =>
        Check(!notExpected.IsInstanceOfType(value), "IsNotInstanceOfType", Values.Show(value), message);

    public static void IsNotNull(object value, string message = "") => Check(value is not null, "IsNotNull", "null", message);

    public static void IsNull(object value, string message = "") => Check(value is null, "IsNull", Values.Show(value), message);

    public static void IsTrue(bool condition, string message = "") => Check(condition, "IsTrue", "false", message);

    public static void SkipTest(string message = null) => throw new SkipTestException(message);

    public static void StartsWith(string expected, string value, string message = "") =>
        Check(value.StartsWith(expected, StringComparison.Ordinal), "StartsWith", Pair(expected, value), message);

    public static void ThrowsException(Type exception, Action action, string message = "")
    {
        try
        {
            action();
        }
        catch (Exception thrown)
        {
            Check(thrown.GetType() == exception, "ThrowsException", Pair(exception, thrown.GetType()), message);
            return;
        }

        Check(false, "ThrowsException", "nothing was thrown, expected " + Values.Show(exception), message);
    }

    private static void Check(bool holds, string assertion, string found, string message)
    {
        if (!holds) throw new AssertFailedException("Assert." + assertion + " failed: " + found + ". " + message);
    }

    private static string Pair(object expected, object actual) => "expected " + Values.Show(expected) + ", actual " + Values.Show(actual);

    private static string Other(object notExpected) => "expected anything but " + Values.Show(notExpected);
}
