using System;
using System.Security.Cryptography;
using System.Text;

namespace EdgeChat.Core;

/// <summary>How keys come from keys: HMAC-SHA-256 (RFC 2104) over a label, which keeps each use apart from the others.</summary>
/// <remarks>docs/protocol.md, section 15, has the whole tree. Of what is derived nobody gets back to what it was derived from.</remarks>
public static class KeyTree
{
    /// <summary>Bytes of the key of a pair.</summary>
    public const int RootBytes = 32;

    /// <summary>Bytes of what is derived and kept: as strong as the AES-128 that it ends in.</summary>
    public const int KeyBytes = 16;

    /// <summary>Bytes of what two people compare.</summary>
    public const int CodeBytes = 8;

    /// <summary>Bytes of the number that a key typed by hand is.</summary>
    public const int TypedBytes = 16;

    internal const byte Life = 0x11;
    internal const byte Block = 0x12;
    internal const byte Step = 0x13;

    private const byte Direction = 0x10;
    private const byte MessageKey = 0x14;
    private const byte MessageVector = 0x15;
    private const byte Code = 0x16;
    private const byte Typed = 0x17;
    private const byte OfFleet = 0x18;
    private const byte Number = 0x19;
    private const byte Seed = 0x1A;
    private const byte Member = 0x1B;

    /// <summary>The key of a pair of devices of a fleet, from the fleet's.</summary>
    public static byte[] PairOfFleet(byte[] fleetKey, string one, string other) { return Pair(fleetKey, OfFleet, one, other); }

    /// <summary>The key of a pair of devices, from the number that was typed.</summary>
    public static byte[] PairOfTyped(byte[] typed, string one, string other) { return Pair(typed, Typed, one, other); }

    /// <summary>What the two devices of a pair show, so that people can compare it.</summary>
    public static byte[] CodeOf(byte[] root, string one, string other) { return First(Pair(root, Code, one, other), CodeBytes); }

    /// <summary>Where the key of a pair leads for what one sends to the other: the beginning of its lives.</summary>
    public static byte[] OfDirection(byte[] root, string from, string to)
    {
        return First(HMACSHA256.HashData(root, Labelled(Direction, from, to)), KeyBytes);
    }

    /// <summary>Where the key of a group leads for what a member of it sends: the beginning of its lives.</summary>
    public static byte[] OfMember(byte[] groupKey, string group, string member)
    {
        return First(HMACSHA256.HashData(groupKey, Labelled(Member, group, member)), KeyBytes);
    }

    /// <summary>The key of one message (<see cref="A128CbcHs256"/>) from its seed.</summary>
    public static byte[] KeyOf(byte[] seed) { return Derive(seed, MessageKey); }

    /// <summary>The initialization vector of one message from its seed.</summary>
    public static byte[] VectorOf(byte[] seed) { return First(Derive(seed, MessageVector), A128CbcHs256.BlockBytes); }

    /// <summary>The next number of a generator (<see cref="TypedBytes"/>), from what it has kept and whatever is fresh.</summary>
    public static byte[] NextNumber(byte[] kept, byte[] fresh) { return First(Mix(kept, Number, fresh), TypedBytes); }

    /// <summary>What the generator keeps after that; nobody gets back from it to the number.</summary>
    public static byte[] NextSeed(byte[] kept, byte[] fresh) { return Mix(kept, Seed, fresh); }

    /// <summary>32 bytes from a key and a label.</summary>
    internal static byte[] Derive(byte[] key, byte label) { return HMACSHA256.HashData(key, new byte[] { label }); }

    private static byte[] Mix(byte[] key, byte label, byte[] input)
    {
        var labelled = new byte[input.Length + 1];
        labelled[0] = label;
        Array.Copy(input, 0, labelled, 1, input.Length);
        return HMACSHA256.HashData(key, labelled);
    }

    private static byte[] Pair(byte[] key, byte label, string one, string other)
    {
        bool isInOrder = IsBefore(Encoding.UTF8.GetBytes(one), Encoding.UTF8.GetBytes(other));
        return HMACSHA256.HashData(key, Labelled(label, isInOrder ? one : other, isInOrder ? other : one));
    }

    // by bytes: how a runtime compares texts may depend on where it runs
    private static bool IsBefore(byte[] one, byte[] other)
    {
        for (int i = 0; i < one.Length && i < other.Length; i++)
            if (one[i] != other[i]) return one[i] < other[i];
        return one.Length < other.Length;
    }

    private static byte[] Labelled(byte label, string first, string second)
    {
        byte[] one = Encoding.UTF8.GetBytes(first);
        byte[] two = Encoding.UTF8.GetBytes(second);
        var input = new byte[one.Length + two.Length + 2];
        input[0] = label;
        Array.Copy(one, 0, input, 1, one.Length);
        Array.Copy(two, 0, input, one.Length + 2, two.Length);
        return input;
    }

    private static byte[] First(byte[] bytes, int count)
    {
        var first = new byte[count];
        Array.Copy(bytes, 0, first, 0, count);
        return first;
    }
}
