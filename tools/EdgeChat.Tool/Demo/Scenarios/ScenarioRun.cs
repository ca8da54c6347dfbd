using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeChat.Core;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo.Terminal;

namespace EdgeChat.Tool.Demo.Scenarios;

/// <summary>Plays a scenario: does one line after the other, and waits at each expectation until it holds.</summary>
/// <remarks>It begins when all boards are online. What a file expects does not depend on how fast this PC is: only on the order.</remarks>
public sealed partial class ScenarioRun(ScenarioFile file, DemoRoom room, TextWriter to)
{
    // some things change without a sign, such as a screen whose last bytes have come
    private static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(250);

    private readonly long _began = Stopwatch.GetTimestamp();

    /// <summary>Plays all of it; throws <see cref="ToolException"/> when an expectation does not hold in time.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        foreach (DemoBoard board in room.Fleet.Boards)
            await UntilAsync(() => StateOf(board.Id) == PresenceState.On, () => $"{file.Path}: {board.Id} did not come online", stop);
        foreach (ScenarioStep step in file.Steps)
        {
            await DoAsync(step, stop);
            to.WriteLine($"{Stopwatch.GetElapsedTime(_began).TotalSeconds,6:0.0}  {SafeText.Line(step.Text)}");
            to.Flush();
        }

        int checks = file.Steps.Count(s => s is ExpectPresence or ExpectTick or ExpectConsole or ExpectScreen);
        to.WriteLine($"{file.Path}: {file.Steps.Count} steps, {checks} expectations hold");
        to.Flush();
    }

    private async Task DoAsync(ScenarioStep step, CancellationToken stop)
    {
        switch (step)
        {
            case WaitStep wait:
                await Task.Delay(wait.Time, stop);
                break;
            case BrokerStep broker:
                await room.SetBrokerAsync(broker.On);
                break;
            case TypeStep type:
                await Task.Run(() => PlainView.Type(Board(type.Board), Encoding.UTF8.GetBytes(type.Typed), stop), stop);
                break;
            case PressStep press:
                await Board(press.Board).PressAsync(press.Button, press.IsLong);
                break;
            case PowerStep power:
                await Board(power.Board).SetPowerAsync(power.On);
                break;
            case WifiStep wifi:
                Board(wifi.Board).HasWifi = wifi.On;
                break;
            case ExpectPresence presence:
                await ExpectAsync(step, () => StateOf(presence.Board) == presence.State,
                    () => $"its presence is {StateWords.For(StateOf(presence.Board))}", stop);
                break;
            case ExpectTick tick:
                await ExpectAsync(step, () => TickOf(tick) >= tick.Tick,
                    () => TickOf(tick) is { } is_ ? $"its tick is {StateWords.For(is_)}" : "no such message was sent", stop);
                break;
            case ExpectConsole console:
                await ExpectAsync(step, () => ConsoleOf(console.Board).Contains(console.Said, StringComparison.Ordinal),
                    () => "its last line is \"" + ConsoleOf(console.Board).TrimEnd().Split('\n')[^1].Trim() + "\"", stop);
                break;
            case ExpectScreen screen:
                await ExpectAsync(step, () => ScreenOf(screen.Board).Any(l => l.Contains(screen.Shown, StringComparison.Ordinal)),
                    () => $"it shows \"{string.Join(" / ", ScreenOf(screen.Board))}\"", stop);
                break;
        }
    }

    private Task ExpectAsync(ScenarioStep step, Func<bool> holds, Func<string> instead, CancellationToken stop) => UntilAsync(
        holds,
        () => $"{file.Path}: line {step.Line}: \"{step.Text}\" does not hold after {file.Patience.TotalSeconds:0.#} s: {instead()}",
        stop);

    private async Task UntilAsync(Func<bool> holds, Func<string> failure, CancellationToken stop)
    {
        var changed = new Signal();
        room.Changed += changed.Set;
        try
        {
            long from = Stopwatch.GetTimestamp();
            while (!holds())
            {
                if (Stopwatch.GetElapsedTime(from) > file.Patience) throw new ToolException(ExitCode.Scenario, failure());
                await changed.WaitAsync(Heartbeat, stop);
            }
        }
        finally
        {
            room.Changed -= changed.Set;
        }
    }

    private DemoBoard Board(string id) => room.Fleet.Find(id)!;

    private PresenceState StateOf(string board) => PresenceWords.StateOf(room.Fleet.Presence.Of(board)?.State ?? "");

    private Tick? TickOf(ExpectTick expected)
    {
        long from = 0;
        return Board(expected.Board).Packets.Since(ref from)
            .Where(r => r.Tick != Tick.None && TextOf(r.Note) == expected.Message).Select(r => (Tick?)r.Tick).Max();
    }

    // the body's text: docs/protocol.md, section 3
    private static string? TextOf(string? note)
    {
        if (note is null || note.IndexOf('{', StringComparison.Ordinal) is not (>= 0 and var start)) return null;
        try
        {
            using var body = JsonDocument.Parse(note[start..]);
            return body.RootElement.TryGetProperty("c", out JsonElement text) && text.ValueKind == JsonValueKind.String
                ? text.GetString() : null;
        }
        catch (JsonException)
        {
            return null; // too long to be kept whole
        }
    }

    private string ConsoleOf(string board)
    {
        long from = 0;
        return Escapes().Replace(Encoding.UTF8.GetString(Board(board).Console.Read(ref from)), "");
    }

    private IReadOnlyList<string> ScreenOf(string board) => ScreenReader.Read(Board(board).Display);

    // ECMA-48, 5.4: control sequences
    [GeneratedRegex(@"\x1b\[[0-?]*[ -/]*[@-~]")]
    private static partial Regex Escapes();
}
