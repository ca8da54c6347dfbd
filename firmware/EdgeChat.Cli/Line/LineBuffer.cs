using System;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The bytes of the line that is typed, and the cursor in it, which never stands inside a character.</summary>
public sealed class LineBuffer
{
    private byte[] _bytes = new byte[Limits.LineBytesStep];
    private int _count;
    private int _cursor;
    private int _refused;

    /// <summary>The line as UTF-8; only the first <see cref="Count"/> bytes count.</summary>
    public byte[] Bytes { get { return _bytes; } }

    /// <summary>Bytes of the line.</summary>
    public int Count { get { return _count; } }

    /// <summary>The byte before which the next character goes.</summary>
    public int Cursor { get { return _cursor; } }

    /// <summary>Bytes that found no room; the line counts as a whole or not at all.</summary>
    public int Refused { get { return _refused; } }

    /// <summary>Empties the line; the room of a long one is let go.</summary>
    public void Clear()
    {
        if (_bytes.Length > Limits.LineBytesStep) _bytes = new byte[Limits.LineBytesStep];
        _count = 0;
        _cursor = 0;
        _refused = 0;
    }

    /// <summary>Puts bytes at the cursor and moves behind them; false when there is no room, or was none before.</summary>
    public bool Insert(byte[] bytes, int index, int count)
    {
        if (_refused > 0 || _count + count > Limits.LineBytes)
        {
            _refused += count;
            return false;
        }

        while (_count + count > _bytes.Length) _bytes = Column.Longer(_bytes, Limits.LineBytesStep);
        if (_cursor < _count) Array.Copy(_bytes, _cursor, _bytes, _cursor + count, _count - _cursor);
        Array.Copy(bytes, index, _bytes, _cursor, count);
        _cursor += count;
        _count += count;
        return true;
    }

    /// <summary>Moves the cursor or erases, as a key wants it; a character goes with the marks that belong to it.</summary>
    public void Edit(EditKey key)
    {
        switch (key)
        {
            case EditKey.Left:
                _cursor = Before(_cursor);
                break;
            case EditKey.Right:
                _cursor = After(_cursor);
                break;
            case EditKey.WordLeft:
                _cursor = WordStart();
                break;
            case EditKey.WordRight:
                while (_cursor < _count && _bytes[_cursor] == ' ') _cursor++;
                while (_cursor < _count && _bytes[_cursor] != ' ') _cursor++;
                break;
            case EditKey.Home:
                _cursor = 0;
                break;
            case EditKey.End:
                _cursor = _count;
                break;
            case EditKey.Backspace:
                Remove(Before(_cursor), _cursor);
                break;
            case EditKey.Delete:
                Remove(_cursor, After(_cursor));
                break;
            case EditKey.KillWord:
                Remove(WordStart(), _cursor);
                break;
            case EditKey.KillStart:
                Remove(0, _cursor);
                break;
            case EditKey.KillEnd:
                Remove(_cursor, _count);
                break;
        }
    }

    private void Remove(int from, int to)
    {
        if (from == to) return;
        if (to < _count) Array.Copy(_bytes, to, _bytes, from, _count - to);
        _count -= to - from;
        _cursor = from;
    }

    private int WordStart()
    {
        int at = _cursor;
        while (at > 0 && _bytes[at - 1] == ' ') at--;
        while (at > 0 && _bytes[at - 1] != ' ') at--;
        return at;
    }

    private int Before(int at)
    {
        while (at > 0)
        {
            at = Utf8.Previous(_bytes, at);
            if (CharWidth.Of(Utf8.Decode(_bytes, at, _count) >> 3) > 0) break;
        }

        return at;
    }

    private int After(int at)
    {
        if (at == _count) return at;
        at += Utf8.Decode(_bytes, at, _count) & 7;
        while (at < _count)
        {
            int decoded = Utf8.Decode(_bytes, at, _count);
            if (CharWidth.Of(decoded >> 3) > 0) break;
            at += decoded & 7;
        }

        return at;
    }
}
