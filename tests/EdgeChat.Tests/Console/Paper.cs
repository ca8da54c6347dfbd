using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Tests.Consoles;

/// <summary>A terminal on paper: the rows that a person sees after CR, BS and line feeds, colours left out.</summary>
internal sealed class Paper : ITerminal
{
    private readonly List<byte> _bytes = [];
    private readonly StringBuilder _row = new();
    private readonly List<string> _rows = [];
    private int _column;
    private bool _isInColor;

    public void Write(byte[] buffer, int index, int count) => _bytes.AddRange(buffer.AsSpan(index, count));

    /// <summary>The rows that were finished since this was asked last.</summary>
    public IReadOnlyList<string> TakeRows()
    {
        foreach (char c in Encoding.UTF8.GetString([.. _bytes])) Take(c);
        _bytes.Clear();
        string[] rows = [.. _rows];
        _rows.Clear();
        return rows;
    }

    private void Take(char c)
    {
        if (_isInColor)
        {
            _isInColor = c is not ('m' or 'c');
            return;
        }

        switch (c)
        {
            case '\u001b':
                _isInColor = true;
                break;
            case '\r':
                _column = 0;
                break;
            case '\b':
                _column--;
                break;
            case '\n':
                _rows.Add(_row.ToString().TrimEnd());
                _row.Clear();
                _column = 0;
                break;
            default:
                if (_column < _row.Length) _row[_column] = c;
                else _row.Append(c);
                _column++;
                break;
        }
    }
}
