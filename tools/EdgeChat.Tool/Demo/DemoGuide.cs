using EdgeChat.Core;

namespace EdgeChat.Tool.Demo;

/// <summary>What to try next: it goes on when somebody has done it, in whatever order, and never back.</summary>
/// <remarks>Safe from any thread.</remarks>
public sealed class DemoGuide(DemoFleet fleet, bool ownsBroker)
{
    private readonly Lock _lock = new();
    private bool _wasStopped;
    private int _at;

    /// <summary>The broker was stopped or started.</summary>
    public void TakeBroker(bool isRunning)
    {
        lock (_lock) _wasStopped |= !isRunning;
    }

    /// <summary>What to do next, in one line; what stands between backticks is to be typed.</summary>
    public string Next(bool isBrokerRunning)
    {
        lock (_lock)
        {
            var steps = Steps(isBrokerRunning);
            while (_at < steps.Count - 1 && steps[_at].IsDone) _at++;
            return steps[_at].Text;
        }
    }

    private List<(bool IsDone, string Text)> Steps(bool isBrokerRunning)
    {
        string first = fleet.Boards[0].Id;
        if (fleet.Boards.Count == 1) return [(false, $"Press a button beside {first}'s screen, or type `help` in its console.")];
        string second = fleet.Boards[1].Id;
        string open = fleet.Boards[1].Model.Buttons is { Count: > 1 } buttons && buttons.FirstOrDefault(b => b.Name == "ok") is { } ok
            ? $"Press {ok.Label}" : "Hold the button";
        Tick best = fleet.Boards.Max(b => b.Packets.BestTick);
        string read = fleet.Boards[0].Display.IsColour ? "they turn blue" : "they are filled";
        var steps = new List<(bool, string)>
        {
            (best >= Tick.Two, $"Type `send {second} Hello` in {first}'s console and watch {second}'s screen."),
            (best >= Tick.Shown,
                $"{second} has it: two ticks. {open} beside {second}'s screen to open the conversation: {read}."),
            (fleet.Rosters.Count > 0, $"Now a group: type `group create team {second}` in {first}'s console, then `send team Hello all`."),
            (fleet.Boards.Any(b => b.Boots > 1),
                $"Cut {second}'s power with its switch, send it something, and give the power back: nothing is lost."),
        };
        if (ownsBroker)
            steps.Add((_wasStopped && isBrokerRunning,
                "Stop the broker with its switch and send something: a clock. Start it again, and the ticks come."));
        steps.Add((false, "That was the tour. `help` in a console tells what else there is; a scenario records what you do."));
        return steps;
    }
}
