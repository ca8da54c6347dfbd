using System.Runtime.CompilerServices;
using CsCheck;
using EdgeChat.TestKit;

namespace EdgeChat.Tests.Codec;

/// <summary>Runs a property over generated values, the same ones in each run of a seed; a failure says which one it was.</summary>
public static class Samples
{
    private const uint Stream = 101;

    /// <summary>Text of any characters but NUL and halves of surrogate pairs, with those that JSON treats specially often among
    /// them.</summary>
    public static Gen<string> Text { get; } = CodePoint().Array[0, 40].Select(string.Concat);

    /// <summary>Calls <paramref name="property"/> with <paramref name="count"/> values of a generator.</summary>
    public static void Each<T>(Gen<T> values, int count, int fixedSeed, Action<T> property, [CallerMemberName] string test = "") =>
        Seeds.Play(test, fixedSeed, seed =>
        {
            var random = new PCG(Stream, (ulong)seed);
            for (int i = 0; i < count; i++)
            {
                T value = values.Generate(random, null, out _);
                try
                {
                    property(value);
                }
                catch (Exception e)
                {
                    throw new AssertFailedException($"value {i}, {Check.Print(value)}: {e.Message}", e);
                }
            }
        });

    private static Gen<string> CodePoint() => Gen.Frequency(
        (6, Gen.Int[0x20, 0x7E]),
        (1, Gen.Int[0x01, 0x1F]),
        (2, Gen.OneOfConst<int>('"', '\\', '/', '\'', 0x7F, 0x2028, 0xFFFF, 0xFEFF)),
        (2, Gen.Int[0x80, 0x24FF]),
        (1, Gen.Int[0xE000, 0xFFFD]),
        (1, Gen.Int[0x10000, 0x10FFFF])).Select(char.ConvertFromUtf32);
}
