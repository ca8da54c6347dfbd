using System;

namespace EdgeChat.TestKit;

/// <summary>Power cuts at every byte of every write of something: one a round, until the power survives all rounds of a write.</summary>
public sealed class PowerCuts
{
    private const int MostOperations = 20;

    private readonly int _bytes;
    private readonly int _step;
    private int _operation;
    private int _byte;
    private bool _wasCut;

    /// <summary>Cuts after 0 bytes of a write, after <paramref name="step"/> bytes more, and so on below
    /// <paramref name="bytes"/>.</summary>
    public PowerCuts(int bytes, int step)
    {
        _bytes = bytes;
        _step = step;
        _byte = -step;
    }

    /// <summary>Where the power goes in this round, for messages.</summary>
    public string Where { get { return "operation " + _operation.ToString() + " byte " + _byte.ToString(); } }

    /// <summary>Goes to the next round; false when there is none.</summary>
    public bool Next()
    {
        _byte += _step;
        if (_byte < _bytes) return true;
        if (!_wasCut) return false;
        _wasCut = false;
        _byte = 0;
        _operation++;
        if (_operation == MostOperations) throw new InvalidOperationException("the writes never end");
        return true;
    }

    /// <summary>Plans the cut of this round, counted from now.</summary>
    public void Plan(CoreBoard board) { board.Flash.CutAfter(_operation, _byte); }

    /// <summary>Takes a cut back that has not come, and gives the board its power and its connection again.</summary>
    public void Heal(CoreBoard board)
    {
        if (!board.IsOn) _wasCut = true;
        board.Flash.CutAt = 0;
        board.Online();
    }
}
