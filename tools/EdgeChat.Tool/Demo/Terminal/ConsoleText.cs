using System.Text;

namespace EdgeChat.Tool.Demo.Terminal;

/// <summary>The newest lines of a board's console as plain text: line ends, backspace, cursor moves within a line and erasing are obeyed,
/// colours are left out.</summary>
public sealed class ConsoleText
{
    private const int LongestLine = 16_384; // longer than any line of JSON that a board writes

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly Queue<string> _lines = new();
    private readonly StringBuilder _line = new();
    private readonly StringBuilder _sequence = new();
    private readonly int _keep;
    private State _state;
    private int _column;

    /// <summary>Makes a text that keeps <paramref name="keep"/> finished lines.</summary>
    public ConsoleText(int keep) => _keep = keep;

    private enum State
    {
        Text,
        Escape,
        Control,
    }

    /// <summary>A line was finished.</summary>
    public event Action<string>? LineEnded;

    /// <summary>The finished lines, oldest first.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>The line that the cursor is on.</summary>
    public string Current => _line.ToString();

    /// <summary>Takes what the board wrote.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        var chars = new char[Encoding.UTF8.GetMaxCharCount(bytes.Length)];
        var count = _decoder.GetChars(bytes, chars, flush: false);
        for (var i = 0; i < count; i++)
            Take(chars[i]);
    }

    private void Take(char c)
    {
        switch (_state)
        {
            case State.Escape:
                _state = c == '[' ? State.Control : State.Text;
                _sequence.Clear();
                break;
            case State.Control when c is >= '@' and <= '~':
                _state = State.Text;
                Control(c);
                break;
            case State.Control:
                _sequence.Append(c);
                break;
            default:
                Plain(c);
                break;
        }
    }

    private void Plain(char c)
    {
        switch (c)
        {
            case '\x1b':
                _state = State.Escape;
                break;
            case '\n':
                EndLine();
                break;
            case '\r':
                _column = 0;
                break;
            case '\b':
                _column = Math.Max(0, _column - 1);
                break;
            case >= ' ' when _column < LongestLine:
                while (_line.Length <= _column)
                    _line.Append(' ');
                _line[_column++] = c;
                break;
        }
    }

    // ECMA-48, section 8.3: CUF, CUB, CHA, EL
    private void Control(char final)
    {
        var number = int.TryParse(_sequence.ToString(), out var n) ? n : 0;
        switch (final)
        {
            case 'C':
                _column = Math.Min(LongestLine, _column + Math.Max(1, number));
                break;
            case 'D':
                _column = Math.Max(0, _column - Math.Max(1, number));
                break;
            case 'G':
                _column = Math.Clamp(number - 1, 0, LongestLine);
                break;
            case 'K' when number == 2:
                _line.Clear();
                break;
            case 'K' when number == 0 && _column < _line.Length:
                _line.Length = _column;
                break;
        }
    }

    private void EndLine()
    {
        var text = _line.ToString().TrimEnd();
        _lines.Enqueue(text);
        while (_lines.Count > _keep)
            _lines.Dequeue();
        _line.Clear();
        _column = 0;
        LineEnded?.Invoke(text);
    }
}
