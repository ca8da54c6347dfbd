using System.Collections;
using System.Globalization;
using System.Text;
using nanoFramework.Json;

namespace EdgeChat.VirtualBoard.Json;

/// <summary>Reads JSON into <see cref="Hashtable"/>, <see cref="ArrayList"/> and boxed values, as far as nanoFramework.Json 2.2
/// does.</summary>
internal sealed class JsonReader(string text)
{
    private int _at;

    public object? ReadAll()
    {
        Skip();
        object? value = Value(inArray: false);
        Skip();
        return _at == text.Length ? value : throw new DeserializationException();
    }

    private object? Value(bool inArray)
    {
        switch (Peek())
        {
            case '{': return Object();
            case '[': return inArray ? throw new DeserializationException() : Array();
            case '"' or '\'': return TextOrTime();
            case 't': return Word("true", true);
            case 'f': return Word("false", false);
            case 'n': return Word("null", null);
            default: return Number();
        }
    }

    private Hashtable Object()
    {
        var table = new Hashtable();
        _at++;
        Skip();
        if (Peek() == '}')
        {
            _at++;
            return table;
        }

        while (true)
        {
            Skip();
            string key = Text();
            Skip();
            Expect(':');
            Skip();
            table.Add(key, Value(inArray: false));
            Skip();
            if (!Another('}')) return table;
        }
    }

    private ArrayList Array()
    {
        var list = new ArrayList();
        _at++;
        Skip();
        if (Peek() == ']')
        {
            _at++;
            return list;
        }

        while (true)
        {
            Skip();
            list.Add(Value(inArray: true));
            Skip();
            if (!Another(']')) return list;
        }
    }

    private bool Another(char end)
    {
        char c = Peek();
        _at++;
        return c == ',' || (c == end ? false : throw new DeserializationException());
    }

    private object? Word(string word, object? value)
    {
        if (string.CompareOrdinal(text, _at, word, 0, word.Length) != 0) throw new DeserializationException();
        _at += word.Length;
        return value;
    }

    private object Number()
    {
        int start = _at;
        while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || "+-.eE".Contains(text[_at]))) _at++;
        ReadOnlySpan<char> number = text.AsSpan(start, _at - start);
        if (number.IndexOfAny('.', 'e', 'E') < 0)
        {
            if (int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int small)) return small;
            if (long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long large)) return large;
        }

        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double real)
            ? real : throw new DeserializationException();
    }

    // A text that looks like an ISO 8601 time comes back as one.
    private object TextOrTime()
    {
        string read = Text();
        bool isTime = read.Length >= 19 && read[4] == '-' && read[7] == '-' && read[10] == 'T' && read[13] == ':' && read[16] == ':'
            && DateTime.TryParse(read, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal,
            out _);
        return isTime
            ? (Platform.DateTime)DateTime.Parse(read, CultureInfo.InvariantCulture,
            DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal)
            : read;
    }

    private string Text()
    {
        char quote = Peek();
        if (quote is not ('"' or '\'')) throw new DeserializationException();
        _at++;
        var read = new StringBuilder();
        while (Peek() != quote)
        {
            char c = text[_at++];
            read.Append(c == '\\' ? Escape() : c);
        }

        _at++;
        // A NUL ends the board's strings.
        int end = read.ToString().IndexOf('\0');
        return end < 0 ? read.ToString() : read.ToString(0, end);
    }

    private char Escape()
    {
        char c = Peek();
        _at++;
        return c switch
        {
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            'b' => '\b',
            'f' => '\f',
            '"' or '\'' or '\\' or '/' => c,
            _ => throw new DeserializationException(),
        };
    }

    private void Expect(char c)
    {
        if (Peek() != c) throw new DeserializationException();
        _at++;
    }

    private char Peek() => _at < text.Length ? text[_at] : throw new DeserializationException();

    private void Skip()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n') _at++;
    }
}
