using System.Globalization;
using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Fleets;

/// <summary>Tells people and scripts how boards come along: in a terminal a table, else a line a step; and at the end what became of
/// each.</summary>
internal sealed class ProvisionReport(ToolHost host, bool asJson)
{
    private const double Part = 0.25;

    private readonly TextWriter _to = host.Out;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, double> _shown = [];
    private ProvisionTable? _table;

    /// <summary>Boards are waited for now.</summary>
    public void Begin() => _table = host.HasTerminal && !asJson ? new ProvisionTable(host) : null;

    /// <summary>A step has come to something.</summary>
    public void Report(StepEvent e)
    {
        _table?.Add(e);
        if (_table is not null) return;
        lock (_lock)
        {
            if (e.State == StepState.Running && !IsShown(e)) return;
            if (asJson) _to.WriteLine(Json(e));
            else if (e.State != StepState.Begun) _to.WriteLine($"{e.Port}  {e.Board ?? "-",-16}  {WordOf(e.Step),-11}  {Said(e)}");
        }
    }

    /// <summary>A board has ended.</summary>
    public void End(BoardOutcome outcome) => _table?.End(outcome);

    /// <summary>Says where the page is.</summary>
    public void Announce(string url)
    {
        _to.WriteLine(asJson ? ToolJson.Object(("url", url)) : $"Open {url} and plug boards in. Ctrl-C ends.");
        _to.Flush();
    }

    /// <summary>Prints what became of all, and returns the exit code: 0, or the number of the first step that failed.</summary>
    public int Sum(IReadOnlyList<BoardOutcome> outcomes)
    {
        _table?.Dispose();
        BoardOutcome[] failed = [.. outcomes.Where(o => o.Failed is not null)];
        if (asJson)
        {
            _to.WriteLine(ToolJson.Object(
                ("provisioned", outcomes.Count - failed.Length), ("failed", failed.Length),
                ("boards", outcomes.Select(o => new
                {
                    port = o.Port,
                    board = o.Board,
                    failed = o.Failed is { } step ? WordOf(step) : null,
                    text = o.Text,
                    seconds = Math.Round(o.Time.TotalSeconds, 1),
                }))));
        }
        else
        {
            foreach (BoardOutcome done in outcomes.Where(o => o.Failed is null && _table is null))
                _to.WriteLine(LineOf(done));
            _to.WriteLine($"{outcomes.Count - failed.Length} provisioned, {failed.Length} failed");
        }

        foreach (BoardOutcome one in failed)
            foreach (string fault in one.Text.Split('\n'))
                host.Error.WriteLine($"edgechat: {one.Port} {one.Board ?? "(no id yet)"}: {WordOf(one.Failed!.Value)}: {fault}");
        return failed.Length == 0 ? 0 : (int)failed[0].Failed!.Value;
    }

    /// <summary>What a step is called.</summary>
    public static string WordOf(Step step) => step == Step.ReadBack ? "read back" : step.ToString().ToLowerInvariant();

    /// <summary>What became of a board, for people.</summary>
    public static string LineOf(BoardOutcome outcome)
    {
        string time = outcome.Time.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture);
        return $"{outcome.Port}  {outcome.Board ?? "-",-16}  "
            + (outcome.Failed is { } step ? $"FAILED at {WordOf(step)} after {time} s" : $"{outcome.Text} ({time} s)");
    }

    /// <summary>A step for a program.</summary>
    public static string Json(StepEvent e) => ToolJson.Object(
        ("port", e.Port), ("board", e.Board), ("mac", e.Mac), ("step", WordOf(e.Step)), ("code", (int)e.Step),
        ("state", e.State.ToString().ToLowerInvariant()), ("text", e.Text), ("progress", e.Progress is { } p ? Math.Round(p, 3) : null));

    private static string Said(StepEvent e) => e.State switch
    {
        StepState.Running => (e.Progress ?? 0).ToString("P0", CultureInfo.InvariantCulture),
        StepState.Skipped => "nothing to do: " + e.Text,
        StepState.Failed => "FAILED: " + e.Text,
        _ => e.Text ?? "done",
    };

    // a line for each quarter is enough for people; scripts get as many
    private bool IsShown(StepEvent e)
    {
        double last = _shown.GetValueOrDefault(e.Port);
        if (e.Progress is not { } progress || (progress < last + Part && progress >= last)) return false;
        _shown[e.Port] = progress;
        return true;
    }
}
