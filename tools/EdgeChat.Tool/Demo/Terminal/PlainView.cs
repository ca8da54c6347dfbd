using System.Text;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Demo.Terminal;

/// <summary>The demo in a pipe: prints a screen again when it has changed and console lines as they come, and obeys lines of
/// input.</summary>
public sealed class PlainView
{
    // A screen that changes in several transfers is printed once.
    private static readonly TimeSpan Settle = TimeSpan.FromMilliseconds(100);

    private readonly DemoRoom _room;
    private readonly ToolHost _host;
    private readonly Follower[] _followers;

    /// <summary>Makes the view.</summary>
    public PlainView(DemoRoom room, ToolHost host)
    {
        _room = room;
        _host = host;
        _followers = [.. room.Fleet.Boards.Select(b => new Follower(b))];
        foreach (var follower in _followers)
            follower.Text.LineEnded += line => _host.Out.WriteLine($"{follower.Board.Id}| {line}");
    }

    /// <summary>Shows until <paramref name="stop"/>.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        _host.Out.WriteLine($"Lines of input: NAME TEXT types TEXT in NAME's console (\"{_followers[0].Board.Id} help\"), "
            + "NAME !up, !ok or !down presses a button, \"!ok long\" holds it.");
        var changed = new Signal();
        _room.Changed += changed.Set;
        try
        {
            _ = Task.Factory.StartNew(() => Listen(stop), stop, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            while (true)
            {
                Print();
                await changed.WaitAsync(Timeout.InfiniteTimeSpan, stop);
                await Task.Delay(Settle, stop);
            }
        }
        finally
        {
            _room.Changed -= changed.Set;
        }
    }

    private void Print()
    {
        foreach (var follower in _followers)
        {
            follower.Text.Write(follower.Board.Console.Read(ref follower.Tape));
            var ram = follower.Board.Display.Snapshot();
            if (follower.Ram is not null && follower.Ram.AsSpan().SequenceEqual(ram))
                continue;
            follower.Ram = ram;
            var lines = ScreenText.HalfBlocks(follower.Board.Display);
            _host.Out.WriteLine($"--- {follower.Board.Id} {new string('-', Math.Max(0, lines[0].Length - follower.Board.Id.Length - 5))}");
            foreach (var line in lines)
                _host.Out.WriteLine(line.TrimEnd());
        }

        _host.Out.Flush();
    }

    private void Listen(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && _host.In.Read() is { } line)
        {
            if (!line.IsText)
            {
                _host.Error.WriteLine($"edgechat: line \"{line.Text}\": not UTF-8; it was left out");
                continue;
            }

            var words = line.Text.Trim().Split(' ', 2);
            if (words[0].Length == 0)
                continue;
            if (_room.Fleet.Find(words[0]) is not { } board)
                _host.Error.WriteLine($"edgechat: there is no board '{words[0]}': begin the line with one of "
                    + string.Join(", ", _followers.Select(f => f.Board.Id)));
            else if (words.Length == 2 && words[1].StartsWith('!'))
                Press(board, words[1][1..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            else
                Type(board, Encoding.UTF8.GetBytes((words.Length == 2 ? words[1] : "") + "\r"), stop);
        }
    }

    /// <summary>Types on a board's console. A board reads nothing before its firmware has opened the serial line, and the first lines of a
    /// pipe are there at once: they wait until its console has said something.</summary>
    internal static void Type(DemoBoard board, byte[] keys, CancellationToken stop)
    {
        var said = new Signal();
        board.Changed += said.Set;
        try
        {
            while (board.IsOn && board.Fault is null && board.Console.End == 0) said.WaitAsync(Settle, stop).GetAwaiter().GetResult();
        }
        finally
        {
            board.Changed -= said.Set;
        }

        board.Type(keys);
    }

    private void Press(DemoBoard board, string[] words)
    {
        var button = board.Model.Buttons.FirstOrDefault(b => b.Name == words.FirstOrDefault());
        if (button is null)
            _host.Error.WriteLine(
                $"edgechat: {board.Id} has no such button: use {string.Join(", ", board.Model.Buttons.Select(b => "!" + b.Name))}");
        else
            board.PressAsync(button.Name, words.Length > 1 && words[1] == "long").GetAwaiter().GetResult();
    }

    // What was already printed of one board.
    private sealed class Follower(DemoBoard board)
    {
        public readonly DemoBoard Board = board;
        public readonly ConsoleText Text = new(0);
        public byte[]? Ram;
        public long Tape;
    }
}
