using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>Draws the line that is typed, in one row of the terminal, with nothing but characters, CR and BS.</summary>
internal sealed class LineView
{
    private readonly TerminalWriter _out;
    private readonly LineBuffer _line;
    private readonly string _prompt; // ASCII
    private int _first; // byte at the left edge
    private int _drawn; // columns in use, prompt included
    private int _column; // where the terminal's cursor is

    /// <summary>Makes a view of an empty line behind a prompt that stands there already.</summary>
    public LineView(TerminalWriter output, LineBuffer line, string prompt)
    {
        _out = output;
        _line = line;
        _prompt = prompt;
        _drawn = prompt.Length;
        _column = _drawn;
    }

    /// <summary>Whether anything is drawn at all: not for programs.</summary>
    public bool IsEnabled = true;

    /// <summary>Draws a prompt, which is in two parts, at the left edge.</summary>
    public static void DrawPrompt(TerminalWriter output, string name, string end)
    {
        output.Raw((byte)'\r');
        output.Style(TextStyle.Strong);
        output.Write(name);
        output.Write(end);
        output.Style(TextStyle.Plain);
    }

    /// <summary>Empties a row of <paramref name="columns"/>, so that something else can be written there.</summary>
    public static void Erase(TerminalWriter output, int columns)
    {
        output.Raw((byte)'\r');
        output.Raw((byte)' ', columns);
        output.Raw((byte)'\r');
    }

    /// <summary>Draws prompt and line in an empty row.</summary>
    public void Show()
    {
        _drawn = 0;
        _column = 0;
        _first = 0;
        Draw();
    }

    /// <summary>Empties the row, so that something else can be written there.</summary>
    public void Hide()
    {
        if (!IsEnabled) return;
        Erase(_out, _drawn);
        _drawn = 0;
        _column = 0;
    }

    /// <summary>Draws the row again after a change.</summary>
    public void Draw()
    {
        if (!IsEnabled) return;
        Scroll();
        DrawPrompt(_out, _prompt, "");
        int column = _prompt.Length;
        int cursor = column;
        int at = _first;
        while (at < _line.Count)
        {
            if (at == _line.Cursor) cursor = column;
            int decoded = Utf8.Decode(_line.Bytes, at, _line.Count);
            int width = CharWidth.Of(decoded >> 3);
            if (column + width >= Limits.TerminalColumns || at - _first >= Limits.TerminalRowBytes) break;
            Put(decoded, at);
            column += width;
            at += decoded & 7;
        }

        if (_line.Cursor >= at) cursor = column;
        int stale = _drawn - column;
        if (stale > 0) _out.Raw((byte)' ', stale);
        else stale = 0;
        _out.Raw((byte)'\b', column + stale - cursor);
        _drawn = column;
        _column = cursor;
    }

    /// <summary>Draws the character of <paramref name="length"/> bytes that was put at the end of the line.</summary>
    public void DrawAppended(int length)
    {
        if (!IsEnabled) return;
        int at = _line.Count - length;
        int decoded = Utf8.Decode(_line.Bytes, at, _line.Count);
        int width = CharWidth.Of(decoded >> 3);
        if (_column != _drawn || _column + width >= Limits.TerminalColumns)
        {
            Draw();
            return;
        }

        Put(decoded, at);
        _column += width;
        _drawn = _column;
    }

    /// <summary>Leaves the row as it is and goes to the next one.</summary>
    public void Leave()
    {
        if (!IsEnabled) return;
        _out.EndLine();
        _drawn = 0;
        _column = 0;
    }

    private void Put(int decoded, int at)
    {
        int code = decoded >> 3;
        if (code == '\n') _out.Raw((byte)'|');
        else if (code == '\t') _out.Raw((byte)' ');
        else if (code == Utf8.Replacement || code < 0x20 || (code >= 0x7F && code < 0xA0)) _out.Raw(TerminalWriter.Harmless);
        else _out.Raw(_line.Bytes, at, decoded & 7);
    }

    // keeps the cursor in sight; a jump goes half a row, so that a long line costs few redraws
    private void Scroll()
    {
        int room = Limits.TerminalColumns - 1 - _prompt.Length;
        if (_first > _line.Count) _first = _line.Count;
        bool isNear = _line.Cursor >= _first && _line.Cursor - _first < Limits.TerminalRowBytes;
        if (isNear && Columns(_first, _line.Cursor) <= room) return;
        int back = room / 2;
        int at = _line.Cursor;
        while (at > 0 && back > 0 && _line.Cursor - at < Limits.TerminalRowBytes / 2)
        {
            at = Utf8.Previous(_line.Bytes, at);
            back -= CharWidth.Of(Utf8.Decode(_line.Bytes, at, _line.Count) >> 3);
        }

        _first = at;
    }

    private int Columns(int from, int to)
    {
        int columns = 0;
        while (from < to)
        {
            int decoded = Utf8.Decode(_line.Bytes, from, _line.Count);
            columns += CharWidth.Of(decoded >> 3);
            from += decoded & 7;
        }

        return columns;
    }
}
