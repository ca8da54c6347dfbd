using EdgeChat.Core;

namespace EdgeChat.Tool.Demo;

/// <summary>A message of a board, and how far it has come with each of those that it is for: as the board counts it, read off its
/// packets.</summary>
/// <param name="conversation">The device, or <c>g/</c> and the group.</param>
/// <param name="incarnation">The life of the device.</param>
/// <param name="number">Its number in the stream.</param>
/// <param name="recipients">Who counts; none when that is not known, and then no receipt tells how far it has come.</param>
internal sealed class SentMessage(string conversation, int incarnation, int number, IEnumerable<string> recipients)
{
    private readonly Dictionary<string, Tick> _ticks = recipients.ToDictionary(r => r, _ => Tick.None);

    public string Conversation => conversation;

    public int Incarnation => incarnation;

    public int Number => number;

    public Tick Tick { get; private set; } = Tick.Clock;

    /// <summary>The broker has it.</summary>
    public void Confirm()
    {
        if (Tick == Tick.Clock)
            Tick = Tick.One;
    }

    /// <summary>A recipient has it, or has shown it; nothing is taken back.</summary>
    public void Raise(string recipient, Tick tick)
    {
        if (!_ticks.TryGetValue(recipient, out var before) || before >= tick)
            return;
        _ticks[recipient] = tick;
        Settle();
    }

    /// <summary>Who is no member any more does not count any more.</summary>
    public void KeepOnly(IReadOnlyCollection<string> members)
    {
        var gone = _ticks.Keys.Except(members).ToArray();
        foreach (var recipient in gone)
            _ticks.Remove(recipient);
        if (gone.Length > 0 && Tick != Tick.Clock)
            Settle();
    }

    private void Settle()
    {
        var least = _ticks.Values.DefaultIfEmpty(Tick.Shown).Min();
        if (least > Tick)
            Tick = least;
    }
}
