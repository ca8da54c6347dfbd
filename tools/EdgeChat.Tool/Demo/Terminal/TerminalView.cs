using System.Text;
using System.Threading.Channels;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Demo.Terminal;

/// <summary>The demo in a terminal: live screens, one board chosen, its console below and the keyboard for it.</summary>
public sealed class TerminalView
{
    private const int ConsoleLines = 200;

    // the longest that fits
    private static readonly string[] Help =
    [
        "Tab board · ↑ Enter ↓ buttons, PgUp End PgDn hold them · text + Enter: console · F2 power F3 Wi-Fi F4 broker · ^C ends",
        "Tab board · ↑ Enter ↓ · text + Enter: console · F2 power F3 Wi-Fi F4 broker",
        "Tab · ↑ Enter ↓ · F2 power F3 Wi-Fi · ^C",
        "Tab ↑ Enter ↓ F2 F3 F4 ^C",
    ];

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);

    private readonly DemoRoom _room;
    private readonly ToolHost _host;
    private readonly Pane[] _panes;
    private string _input = "";
    private readonly Channel<ConsoleKeyInfo> _keys = Channel.CreateUnbounded<ConsoleKeyInfo>();
    private string[] _drawn = [];
    private int _chosen;

    /// <summary>Makes the view.</summary>
    public TerminalView(DemoRoom room, ToolHost host)
    {
        _room = room;
        _host = host;
        _panes = [.. room.Fleet.Boards.Select(b => new Pane(b))];
    }

    /// <summary>Shows until <paramref name="stop"/>; then the terminal is as before.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        var changed = new Signal();
        _room.Changed += changed.Set;
        // The alternate screen, without a cursor; given back below.
        _host.Screen.Write("\x1b[?1049h\x1b[?25l");
        try
        {
            var reader = new Thread(() => ReadKeys(changed, stop)) { IsBackground = true, Name = "keyboard" };
            reader.Start();
            while (true)
            {
                while (_keys.Reader.TryRead(out var key))
                    OnKey(key);
                Draw();
                await Task.Delay(Pace, stop);
                await changed.WaitAsync(TimeSpan.FromSeconds(1), stop);
            }
        }
        finally
        {
            _room.Changed -= changed.Set;
            _host.Screen.Write("\x1b[?25h\x1b[?1049l");
            _host.Screen.Flush();
        }
    }

    private void ReadKeys(Signal changed, CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                _keys.Writer.TryWrite(_host.ReadKey());
                changed.Set();
            }
        }
        catch (InvalidOperationException)
        {
            // The terminal is gone; the demo goes on without keys.
        }
    }

    private void OnKey(ConsoleKeyInfo key)
    {
        var board = _panes[_chosen].Board;
        switch (key.Key)
        {
            case ConsoleKey.Tab:
                var step = key.Modifiers.HasFlag(ConsoleModifiers.Shift) ? _panes.Length - 1 : 1;
                _chosen = (_chosen + step) % _panes.Length;
                break;
            case ConsoleKey.UpArrow or ConsoleKey.PageUp:
                _ = board.PressAsync("up", key.Key == ConsoleKey.PageUp);
                break;
            case ConsoleKey.DownArrow or ConsoleKey.PageDown:
                _ = board.PressAsync("down", key.Key == ConsoleKey.PageDown);
                break;
            case ConsoleKey.Enter when _input.Length == 0:
                _ = board.PressAsync("ok", false);
                break;
            case ConsoleKey.End:
                _ = board.PressAsync("ok", true);
                break;
            case ConsoleKey.Enter:
                board.Type(Encoding.UTF8.GetBytes(_input + "\r"));
                _input = "";
                break;
            case ConsoleKey.Backspace:
                _input = TextColumns.WithoutLast(_input);
                break;
            case ConsoleKey.Escape:
                _input = "";
                break;
            case ConsoleKey.F2:
                _ = board.SetPowerAsync(!board.IsOn);
                break;
            case ConsoleKey.F3:
                board.HasWifi = !board.HasWifi;
                break;
            case ConsoleKey.F4:
                _ = _room.SetBrokerAsync(!_room.BrokerState().Running);
                break;
            default:
                if (!char.IsControl(key.KeyChar))
                    _input += key.KeyChar;
                break;
        }
    }

    // The line to type in and the keys stand at the bottom whatever the size; above them the console, and above that what fits.
    private void Draw()
    {
        var (width, height) = _host.TerminalSize();
        foreach (var pane in _panes)
            pane.Text.Write(pane.Board.Console.Read(ref pane.Tape));
        var chosen = _panes[_chosen];
        var lines = new List<PictureLine>();
        void Add(string line) => lines.Add(new PictureLine(line));
        var boards = _panes.Select(p => (Title(p.Board), p.Board.Display)).ToArray();
        if (ScreenGrid.Draw(boards, _chosen, width, height, _host.Colours.Any) is { } layout)
        {
            if (layout.HasHint)
                Add(_room.Hint);
            lines.AddRange(layout.Lines);
            Add($"── {chosen.Board.Id}'s console " + new string('─', Math.Max(0, width - chosen.Board.Id.Length - 14)));
        }
        else
        {
            var (columns, rows) = ScreenGrid.SizeOf(chosen.Board.Display);
            Add($"{Title(chosen.Board)} · its screen needs {columns}x{rows}");
        }

        var console = chosen.Text.Lines.Append(chosen.Text.Current).SelectMany(line => TextColumns.Wrap(SafeText.Line(line), width));
        lines.AddRange(console.TakeLast(Math.Max(0, height - lines.Count - 2)).Select(line => new PictureLine(line)));
        while (lines.Count < height - 2)
            Add("");
        var prompt = chosen.Board.Id + "> ";
        Add(prompt + TextColumns.End(_input, Math.Max(2, width - prompt.Length - 1)) + "▏");
        Add(Help.FirstOrDefault(line => TextColumns.Of(line) <= width) ?? Help[^1]);
        Paint(lines, width, height);
    }

    private string Title(DemoBoard board)
    {
        var presence = board.IsOn ? _room.Fleet.Presence.Of(board.Id)?.Word ?? "-" : "no power";
        return $"{board.Id} · {presence}{(board.HasWifi ? "" : " · no Wi-Fi")}{(_room.BrokerState().Running ? "" : " · broker stopped")}";
    }

    // Only lines that differ are written, so that a slow line (SSH) carries little and nothing flickers.
    private void Paint(List<PictureLine> lines, int width, int height)
    {
        var text = new StringBuilder();
        if (_drawn.Length != height)
        {
            text.Append("\x1b[2J");
            _drawn = new string[height];
        }

        for (var row = 0; row < height; row++)
        {
            var whole = row < lines.Count ? lines[row] : new PictureLine("");
            var line = _host.Colours.Write(whole, TextColumns.Begin(SafeText.Line(whole.Text), width));
            if (_drawn[row] == line)
                continue;
            _drawn[row] = line;
            text.Append($"\x1b[{row + 1};1H\x1b[K{line}");
        }

        if (text.Length == 0)
            return;
        _host.Screen.Write(text);
        _host.Screen.Flush();
    }

    // What this view knows of one board.
    private sealed class Pane(DemoBoard board)
    {
        public readonly DemoBoard Board = board;
        public readonly ConsoleText Text = new(ConsoleLines);
        public long Tape;
    }
}
