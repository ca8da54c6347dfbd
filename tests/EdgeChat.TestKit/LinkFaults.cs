namespace EdgeChat.TestKit;

/// <summary>What goes wrong between the boards of a world and their broker, of 100 publishes each; all within what MQTT allows.</summary>
public sealed class LinkFaults
{
    private const int SlowestMs = 4000;

    /// <summary>Those that do not reach the broker.</summary>
    public int Lost { get; set; }

    /// <summary>Those that reach it and whose PUBACK does not come back.</summary>
    public int Unconfirmed { get; set; }

    /// <summary>Those that come twice.</summary>
    public int Twice { get; set; }

    /// <summary>Those whose PUBACK takes up to four seconds.</summary>
    public int Slow { get; set; }

    /// <summary>Whether the topics that wait for a client come in any order; what has one topic keeps its own.</summary>
    public bool MixesTopics { get; set; }

    /// <summary>Ends all of it.</summary>
    public void Heal()
    {
        Lost = 0;
        Unconfirmed = 0;
        Twice = 0;
        Slow = 0;
    }

    internal bool HasTwice(Dice dice) { return Twice > 0 && dice.Next(100) < Twice; }

    internal int DelayMs(Dice dice) { return Slow > 0 && dice.Next(100) < Slow ? dice.Next(SlowestMs) : 0; }

    /// <summary>0 for a publish that gets lost, 1 for one that is not confirmed, 2 for one that arrives and is confirmed.</summary>
    internal int Fate(Dice dice)
    {
        if (Lost + Unconfirmed == 0) return 2;
        int fate = dice.Next(100);
        if (fate < Lost) return 0;
        return fate < Lost + Unconfirmed ? 1 : 2;
    }
}
