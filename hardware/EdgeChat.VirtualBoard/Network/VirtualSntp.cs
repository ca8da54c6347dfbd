namespace EdgeChat.VirtualBoard;

/// <summary>The time server of one board. The board asks it when the network comes up, as the ESP32 does by itself.</summary>
public sealed class VirtualSntp
{
    private readonly Board _board;
    private volatile bool _answers = true;

    internal VirtualSntp(Board board) => _board = board;

    /// <summary>What the server is ahead of the PC's clock: to see what a wrong clock does. Zero by default.</summary>
    public TimeSpan Offset { get; set; }

    /// <summary>Whether the server answers. A board that waits for its clock gets it as soon as this becomes true.</summary>
    public bool Answers
    {
        get => _answers;
        set
        {
            _answers = value;
            Ask();
        }
    }

    /// <summary>Set when the clock is.</summary>
    internal ManualResetEvent ClockSet { get; } = new(false);

    /// <summary>Sets the board's clock when the server can be reached and answers.</summary>
    internal void Ask()
    {
        if (!_answers || !_board.Wifi.IsLinked) return;
        _board.Clock.Set(Offset);
        ClockSet.Set();
    }

    internal void PowerCame()
    {
        if (_board.Clock.Offset is null) ClockSet.Reset();
    }
}
