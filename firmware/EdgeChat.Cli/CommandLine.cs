using System.Text;

namespace EdgeChat.Cli;

/// <summary>A command line taken apart word by word; what follows the last word taken is free text, unchanged.</summary>
public sealed class CommandLine
{
    private int _at;
    private int _end;
    private byte[] _bytes;

    /// <summary>The bytes of the line.</summary>
    public byte[] Bytes { get { return _bytes; } }

    /// <summary>Where the free text begins: behind the spaces that follow the last word.</summary>
    public int RestStart
    {
        get
        {
            SkipSpaces();
            return _at;
        }
    }

    /// <summary>Bytes of the free text.</summary>
    public int RestCount { get { return _end - RestStart; } }

    /// <summary>Begins with a line.</summary>
    public void Load(byte[] bytes, int count)
    {
        _bytes = bytes;
        _at = 0;
        _end = count;
    }

    /// <summary>The next word, or null at the end.</summary>
    public string NextWord()
    {
        SkipSpaces();
        int start = _at;
        while (_at < _end && !IsSpace(_bytes[_at])) _at++;
        return start == _at ? null : Encoding.UTF8.GetString(_bytes, start, _at - start);
    }

    /// <summary>All that follows, without spaces at its end; null when there is nothing.</summary>
    public string RestAsText()
    {
        int start = RestStart;
        int end = _end;
        while (end > start && IsSpace(_bytes[end - 1])) end--;
        _at = _end;
        return start == end ? null : Encoding.UTF8.GetString(_bytes, start, end - start);
    }

    /// <summary>The last word of the free text, or null when there is none.</summary>
    public string LastWord()
    {
        int start = RestStart;
        while (_end > start && IsSpace(_bytes[_end - 1])) _end--;
        int first = _end;
        while (first > start && !IsSpace(_bytes[first - 1])) first--;
        return first == _end ? null : Encoding.UTF8.GetString(_bytes, first, _end - first);
    }

    /// <summary>Ends the free text before its last word.</summary>
    public void DropLastWord()
    {
        while (_end > _at && !IsSpace(_bytes[_end - 1])) _end--;
    }

    /// <summary>The next word as a number from 0 on, or -1 when it is none; nothing else is a number here, not even a sign.</summary>
    public static int ToNumber(string word)
    {
        if (word == null || word.Length == 0 || word.Length > 9) return -1;
        char[] letters = word.ToCharArray();
        int number = 0;
        for (int i = 0; i < letters.Length; i++)
        {
            if (letters[i] < '0' || letters[i] > '9') return -1;
            number = number * 10 + letters[i] - '0';
        }

        return number;
    }

    /// <summary>Whether a word begins with another, byte by byte; the platforms differ about empty words and letters of a
    /// language.</summary>
    public static bool Begins(string word, string start)
    {
        if (start.Length == 1) return word.Length > 0 && word[0] == start[0];
        return start.Length == 0 || (word.Length >= start.Length && word.Substring(0, start.Length) == start);
    }

    private void SkipSpaces()
    {
        while (_at < _end && IsSpace(_bytes[_at])) _at++;
    }

    private static bool IsSpace(byte c) { return c == ' ' || c == '\t'; }
}
