using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Cli.Tests;

/// <summary>A terminal on paper: what a person sees after CR, BS and line feeds, one row a line, SGR sequences left out.</summary>
internal sealed class Paper : ITerminal
{
    private readonly char[] _row = new char[400];
    private readonly StringBuilder _above = new StringBuilder();
    private readonly byte[] _all = new byte[65536];
    private int _allCount;
    private int _width;

    /// <summary>Where the cursor stands in the last row.</summary>
    public int Column { get; private set; }

    /// <summary>Bells rung.</summary>
    public int Bells { get; private set; }

    /// <summary>The rows that are finished, each with a line feed.</summary>
    public string Above { get { return _above.ToString(); } }

    /// <summary>The last row, without spaces at its end.</summary>
    public string Row { get { return new string(_row, 0, _width).TrimEnd(' '); } }

    /// <summary>Every byte that came, as text.</summary>
    public string All { get { return Encoding.UTF8.GetString(_all, 0, _allCount); } }

    public void Write(byte[] buffer, int index, int count)
    {
        System.Array.Copy(buffer, index, _all, _allCount, count);
        _allCount += count;
    }

    /// <summary>Reads what came since the paper was looked at last; a character may have come in two parts.</summary>
    public Paper Look()
    {
        char[] letters = All.ToCharArray();
        _above.Clear();
        _width = 0;
        Column = 0;
        Bells = 0;
        for (int i = 0; i < letters.Length; i++)
        {
            char c = letters[i];
            if (c == '\u001b')
            {
                while (letters[i] != 'm' && letters[i] != 'c') i++;
            }
            else if (c == '\r')
            {
                Column = 0;
            }
            else if (c == '\b')
            {
                Column--;
            }
            else if (c == '\u0007')
            {
                Bells++;
            }
            else if (c == '\n')
            {
                _above.Append(Row).Append('\n');
                _width = 0;
            }
            else
            {
                _row[Column++] = c;
                if (Column > _width) _width = Column;
            }
        }

        return this;
    }
}
