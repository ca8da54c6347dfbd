using EdgeChat.Core;

namespace EdgeChat.TestKit;

/// <summary>Random numbers that follow from a seed, the same on every runtime; or always the least or the greatest.</summary>
public sealed class Dice : IRandomSource
{
    private readonly int _mode;
    private uint _state;

    /// <summary>Makes dice that throw the same for the same seed: Marsaglia's xorshift with the shifts 13, 17, 5.</summary>
    public Dice(int seed)
    {
        // a multiplication spreads neighbouring seeds; a state of 0 would stay 0
        _state = (uint)seed * 2654435769u;
        if (_state == 0) _state = 1;
    }

    private Dice(int mode, int seed)
        : this(seed)
    {
        _mode = mode;
    }

    /// <summary>Dice that always throw 0: nobody waits.</summary>
    public static Dice Least() { return new Dice(-1, 1); }

    /// <summary>Dice that always throw the most: everybody waits as long as possible.</summary>
    public static Dice Most() { return new Dice(1, 1); }

    /// <inheritdoc/>
    public int Next(int bound)
    {
        if (_mode != 0) return _mode < 0 ? 0 : bound - 1;
        _state ^= _state << 13;
        _state ^= _state >> 17;
        _state ^= _state << 5;
        return (int)(_state % (uint)bound);
    }
}
