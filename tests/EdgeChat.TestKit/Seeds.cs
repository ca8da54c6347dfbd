using System;

namespace EdgeChat.TestKit;

/// <summary>Something that follows from a seed.</summary>
public delegate void SeededPlay(int seed);

/// <summary>The seeds of random tests: fixed, so that every run is the same, or others when <c>tools/test --seed N</c> says so.</summary>
public static class Seeds
{
    private static readonly int[] Said = new int[1]; // one for the whole run

    /// <summary>What <c>--seed</c> said, above 0, or 0 for the fixed seeds. On a board always 0.</summary>
    public static int Given
    {
        get { return Said[0]; }
        set { Said[0] = value; }
    }

    /// <summary>The seed to play with where a test has the fixed one: the same, or what follows from both.</summary>
    public static int Of(int fixedSeed)
    {
        if (Given == 0) return fixedSeed;
        var dice = new Dice(Given);
        int other = dice.Next(int.MaxValue);
        return (other ^ new Dice(fixedSeed).Next(int.MaxValue)) & 0x3FFFFFFF;
    }

    /// <summary>Plays with a seed; a failure says which, and how to see it again.</summary>
    /// <param name="test">The test, as a filter finds it: a class or a method.</param>
    /// <param name="fixedSeed">The seed of a run like every other.</param>
    /// <param name="play">What is random.</param>
    public static void Play(string test, int fixedSeed, SeededPlay play)
    {
        int seed = Of(fixedSeed);
        try
        {
            play(seed);
        }
        catch (Exception e)
        {
            throw new Exception(Explain(e.Message, test, seed), e);
        }
    }

    /// <summary>A failure's message with the seed and the command that repeats it.</summary>
    public static string Explain(string message, string test, int seed)
    {
        string given = Given == 0 ? "" : "--seed " + Given.ToString() + " ";
        return message + " - seed " + seed.ToString() + ": repeat with tools/test " + given + "FullyQualifiedName~" + test;
    }
}
