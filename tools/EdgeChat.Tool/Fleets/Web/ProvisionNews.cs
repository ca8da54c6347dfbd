using EdgeChat.Bundle;
using EdgeChat.Fleet;

namespace EdgeChat.Tool.Fleets.Web;

/// <summary>What has become of each board so far, so that a page that comes at any time sees all of it. Of a step only the last word is
/// kept, and a board that comes to a port takes the place of the one before.</summary>
/// <remarks>All members may be called from any thread.</remarks>
internal sealed class ProvisionNews(FleetFile fleet, Func<string, bool> isProvisioned)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Port, Step? Step), (long Number, string Text)> _items = [];
    private long _last;

    /// <summary>There is something new; raised on any thread, so handlers only take note.</summary>
    public event Action? Changed;

    /// <summary>What a page must know first: the fleet, its boards and the steps.</summary>
    public string Hello() => ToolJson.Object(
        ("t", "hello"),
        ("fleet", fleet.Name),
        ("boards", fleet.Boards.Select(b => new { id = b.Id, name = b.Name, provisioned = isProvisioned(b.Id) })),
        ("steps", Enum.GetValues<Step>().Select(ProvisionReport.WordOf)));

    /// <summary>A step has come to something.</summary>
    public void Add(StepEvent e)
    {
        lock (_lock)
        {
            if (e is { Step: Step.Identify, State: StepState.Begun })
                foreach (var key in _items.Keys.Where(k => k.Port == e.Port).ToArray()) _items.Remove(key);
            _items[(e.Port, e.Step)] = (++_last, ProvisionReport.Json(e));
        }

        Changed?.Invoke();
    }

    /// <summary>A board has ended; one that is provisioned comes with its label.</summary>
    public void Add(BoardOutcome outcome)
    {
        FleetBoard? board = outcome is { Failed: null, Board: { } id } ? fleet.Board(id) : null;
        string text = ToolJson.Object(
            ("t", "end"), ("port", outcome.Port), ("board", outcome.Board), ("name", board?.Name),
            ("failed", outcome.Failed is { } step ? ProvisionReport.WordOf(step) : null), ("text", outcome.Text),
            ("seconds", Math.Round(outcome.Time.TotalSeconds, 1)),
            ("label", board is null ? null : BoardLabel.Svg(board.Id, board.Name)));
        lock (_lock) _items[(outcome.Port, null)] = (++_last, text);
        Changed?.Invoke();
    }

    /// <summary>What is new since <paramref name="seen"/>, oldest first; <paramref name="seen"/> is moved on.</summary>
    public IReadOnlyList<string> Since(ref long seen)
    {
        lock (_lock)
        {
            long from = seen;
            seen = _last;
            return [.. _items.Values.Where(i => i.Number > from).OrderBy(i => i.Number).Select(i => i.Text)];
        }
    }
}
