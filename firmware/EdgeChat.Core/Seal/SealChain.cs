using System;

namespace EdgeChat.Core;

/// <summary>The keys of what one device sends to another, one after another and never back: a ratchet in a packed row.</summary>
/// <remarks>
/// Three wheels of HMAC-SHA-256, so that a far one is near: the lives of the sender, blocks of 256 messages, messages.
/// <code>
/// 0   2 life: the sender's incarnation that the other wheels belong to; 0 before any
/// 2   4 number of the next message
/// 6   16 ladder: leads to the life after this one
/// 22  16 block: leads to the next block
/// 38  16 step: leads to the next message
/// </code>
/// Each wheel that has turned is written over: what was derived from it before cannot be had again.
/// </remarks>
public static class SealChain
{
    /// <summary>Bytes of a row.</summary>
    public const int Bytes = 54;

    /// <summary>Messages of a block.</summary>
    public const int BlockSteps = 256;

    /// <summary>The last life: so many are passed over at most for one message. A later incarnation goes on in it.</summary>
    public const int MostLives = 1024;

    /// <summary>Messages that are passed over at most for one message.</summary>
    public const int MostSkips = 65536;

    private const int NextAt = 2;
    private const int LadderAt = 6;
    private const int BlockAt = 22;
    private const int StepAt = 38;

    /// <summary>Makes a row of the key of a direction.</summary>
    public static void Install(byte[] row, int at, byte[] direction)
    {
        Array.Clear(row, at, Bytes);
        Array.Copy(direction, 0, row, at + LadderAt, KeyTree.KeyBytes);
    }

    /// <summary>The life that the row is in, or 0.</summary>
    public static int Life(byte[] row, int at) { return row[at] | row[at + 1] << 8; }

    /// <summary>The number of the next message of that life.</summary>
    public static int Next(byte[] row, int at)
    {
        return row[at + NextAt] | row[at + NextAt + 1] << 8 | row[at + NextAt + 2] << 16 | row[at + NextAt + 3] << 24;
    }

    /// <summary>Goes on to a life, if it is not the row's already; false when it is over, or too far.</summary>
    public static bool TryEnter(byte[] row, int at, int life)
    {
        int from = Life(row, at);
        if (life == from) return true;
        if (life < from || life > MostLives) return false;
        for (int i = from; i < life; i++) Turn(row, at + LadderAt, KeyTree.Life, at + BlockAt, at + LadderAt);
        row[at] = (byte)life;
        row[at + 1] = (byte)(life >> 8);
        SetNext(row, at, 0);
        Turn(row, at + BlockAt, KeyTree.Block, at + StepAt, at + BlockAt);
        return true;
    }

    /// <summary>Goes on to a message of the life; false when its key is gone, or too far.</summary>
    public static bool TrySkip(byte[] row, int at, int number)
    {
        int next = Next(row, at);
        if (number < next || number - next > MostSkips) return false;
        int block = next / BlockSteps;
        if (number / BlockSteps > block)
        {
            for (; block < number / BlockSteps; block++) Turn(row, at + BlockAt, KeyTree.Block, at + StepAt, at + BlockAt);
            next = block * BlockSteps;
        }

        for (; next < number; next++) Turn(row, at + StepAt, KeyTree.Step, -1, at + StepAt);
        SetNext(row, at, number);
        return true;
    }

    /// <summary>The seed of the next message, whose key is gone from the row with that.</summary>
    public static byte[] Take(byte[] row, int at)
    {
        int next = Next(row, at) + 1;
        byte[] derived = Turn(row, at + StepAt, KeyTree.Step, -1, at + StepAt);
        if (next % BlockSteps == 0) Turn(row, at + BlockAt, KeyTree.Block, at + StepAt, at + BlockAt);
        SetNext(row, at, next);
        var seed = new byte[KeyTree.KeyBytes];
        Array.Copy(derived, 0, seed, 0, KeyTree.KeyBytes);
        return seed;
    }

    private static byte[] Turn(byte[] row, int from, byte label, int firstTo, int secondTo)
    {
        var key = new byte[KeyTree.KeyBytes];
        Array.Copy(row, from, key, 0, KeyTree.KeyBytes);
        byte[] derived = KeyTree.Derive(key, label);
        if (firstTo >= 0) Array.Copy(derived, 0, row, firstTo, KeyTree.KeyBytes);
        Array.Copy(derived, KeyTree.KeyBytes, row, secondTo, KeyTree.KeyBytes);
        return derived;
    }

    private static void SetNext(byte[] row, int at, int next)
    {
        row[at + NextAt] = (byte)next;
        row[at + NextAt + 1] = (byte)(next >> 8);
        row[at + NextAt + 2] = (byte)(next >> 16);
        row[at + NextAt + 3] = (byte)(next >> 24);
    }
}
