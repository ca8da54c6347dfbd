using System.Buffers.Binary;

namespace EdgeChat.Fuzz.Tests;

/// <summary>Changes an input: bytes, runs of bytes, numbers, words of the format, and pieces of other inputs.</summary>
internal sealed class Mutator(Random random, byte[][] tokens)
{
    private const int Longest = 4096;
    private static readonly int[] Limits = [0, 1, 16, 31, 32, 64, 127, 128, 255, 256, 1024, 1536, 32767, 65535, int.MaxValue - 1,
        int.MaxValue, -1];
    private static readonly byte[][] Brackets = [.. new[] { "{", "}", "[", "]", "\"", ",", ":", "\\", "\\u", "\n", " ", "-",
        "." }.Select(Ascii)];

    /// <summary>The bytes of a text.</summary>
    public static byte[] Ascii(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    /// <summary>A changed copy.</summary>
    /// <param name="input">What is changed.</param>
    /// <param name="other">Another input, to take from.</param>
    public byte[] Change(byte[] input, byte[] other)
    {
        List<byte> bytes = [.. input];
        for (int changes = 1 << random.Next(4); changes > 0; changes--) ChangeOnce(bytes, other);
        if (bytes.Count > Longest) bytes.RemoveRange(Longest, bytes.Count - Longest);
        return [.. bytes];
    }

    private void ChangeOnce(List<byte> bytes, byte[] other)
    {
        int at = random.Next(bytes.Count + 1);
        switch (random.Next(10))
        {
            case 0 when at < bytes.Count:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                Remove(bytes, at, 1 + random.Next(Math.Max(1, bytes.Count - at)));
                break;
            case 3:
                Insert(bytes, at, Piece([.. bytes]), 1 + (random.Next(8) == 0 ? random.Next(40) : 0));
                break;
            case 4:
                Insert(bytes, at, Piece(other), 1);
                break;
            case 5:
                Insert(bytes, at, Brackets[random.Next(Brackets.Length)], 1 + (random.Next(8) == 0 ? random.Next(200) : 0));
                break;
            case 6:
                Number(bytes, at);
                break;
            case 7:
                Insert(bytes, at, Ascii(Limits[random.Next(Limits.Length)].ToString(System.Globalization.CultureInfo.InvariantCulture)), 1);
                break;
            default:
                if (tokens.Length == 0) goto case 5;
                byte[] token = tokens[random.Next(tokens.Length)];
                if (random.Next(2) == 0) Remove(bytes, at, token.Length);
                Insert(bytes, at, token, 1);
                break;
        }
    }

    private byte[] Piece(byte[] from)
    {
        int start = random.Next(from.Length + 1);
        return from[start..(start + random.Next(Math.Min(64, from.Length - start) + 1))];
    }

    private void Number(List<byte> bytes, int at)
    {
        var number = new byte[4];
        int value = Limits[random.Next(Limits.Length)];
        if (random.Next(2) == 0) BinaryPrimitives.WriteInt32LittleEndian(number, value);
        else BinaryPrimitives.WriteInt32BigEndian(number, value);
        int count = 1 << random.Next(3);
        for (int i = 0; i < count && at + i < bytes.Count; i++) bytes[at + i] = number[i];
    }

    private static void Remove(List<byte> bytes, int at, int count) => bytes.RemoveRange(at, Math.Min(count, bytes.Count - at));

    private static void Insert(List<byte> bytes, int at, byte[] what, int times)
    {
        for (int i = 0; i < times && bytes.Count < Longest; i++) bytes.InsertRange(at, what);
    }
}
