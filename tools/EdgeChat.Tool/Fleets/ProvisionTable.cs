using System.Diagnostics;
using System.Globalization;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Fleets;

/// <summary>The boards that are being provisioned, a line each, at the bottom of a terminal: step, how far it is, and time. What has become
/// of a board scrolls away above.</summary>
/// <remarks>All members may be called from any thread.</remarks>
internal sealed class ProvisionTable : IDisposable
{
    private const string Up = "\e[1A";
    private const string ClearLine = "\r\e[2K";
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);
    private static readonly int Steps = Enum.GetValues<Step>().Length;

    private readonly ToolHost _host;
    private readonly Lock _lock = new();
    private readonly Timer _timer;
    private readonly SortedDictionary<string, Row> _rows = new(StringComparer.Ordinal);
    private string[] _drawn = [];
    private int _done;
    private int _failed;
    private bool _isOver; // a tick of the timer may come after its end

    /// <summary>Begins to draw.</summary>
    public ProvisionTable(ToolHost host)
    {
        _host = host;
        _timer = new Timer(_ => Draw(null), null, TimeSpan.Zero, Tick);
    }

    private sealed record Row(StepEvent Event, long Began);

    /// <summary>A step has come to something.</summary>
    public void Add(StepEvent e)
    {
        lock (_lock)
        {
            bool isNew = e is { Step: Step.Identify, State: StepState.Begun } || !_rows.ContainsKey(e.Port);
            _rows[e.Port] = new Row(e, isNew ? Stopwatch.GetTimestamp() : _rows[e.Port].Began);
        }
    }

    /// <summary>A board has ended: its line stays, above the others.</summary>
    public void End(BoardOutcome outcome)
    {
        lock (_lock)
        {
            _rows.Remove(outcome.Port);
            if (outcome.Failed is null) _done++;
            else _failed++;
        }

        Draw(ProvisionReport.LineOf(outcome));
    }

    /// <summary>Takes the lines away.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        lock (_lock)
        {
            _isOver = true;
            Erase();
            _rows.Clear();
        }
    }

    private void Draw(string? above)
    {
        lock (_lock)
        {
            if (_isOver) return;
            (int width, int height) = Size();
            string[] boards = [.. _rows.Values.Select(Line).Take(Math.Max(1, height - 2))];
            string sum = _rows.Count == 0
                ? $"{_done} provisioned, {_failed} failed; plug boards in, Ctrl-C ends"
                : $"{_rows.Count} at work, {_done} provisioned, {_failed} failed";
            string[] lines = [.. boards.Append(sum).Select(l => TextColumns.Begin(SafeText.Line(l), width - 1))];
            if (above is null && lines.SequenceEqual(_drawn)) return;
            Erase();
            if (above is not null) _host.Screen.WriteLine(SafeText.Line(above));
            foreach (string line in lines) _host.Screen.WriteLine(line);
            _host.Screen.Flush();
            _drawn = lines;
        }
    }

    private static string Line(Row row)
    {
        StepEvent e = row.Event;
        TimeSpan time = Stopwatch.GetElapsedTime(row.Began);
        string what = e.State switch
        {
            StepState.Running => (e.Progress ?? 0).ToString("P0", CultureInfo.InvariantCulture),
            StepState.Failed => "FAILED",
            _ => "",
        };
        return $"{e.Port}  {e.Board ?? "-",-16}  {(int)e.Step - (int)Step.Identify + 1,2}/{Steps}  "
            + $"{ProvisionReport.WordOf(e.Step),-11}  {what,-6}  {(int)time.TotalMinutes}:{time.Seconds:00}";
    }

    private void Erase()
    {
        foreach (string _ in _drawn) _host.Screen.Write(Up + ClearLine);
        _drawn = [];
    }

    // a terminal that is gone has no size
    private (int Width, int Height) Size()
    {
        try
        {
            var (width, height) = _host.TerminalSize();
            return (width > 0 ? width : 80, height > 0 ? height : 24);
        }
        catch (IOException)
        {
            return (80, 24);
        }
    }
}
