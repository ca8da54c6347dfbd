using System.Text;

namespace EdgeChat.Core;

/// <summary>Reads one JSON text (RFC 8259) from bytes, token by token; strict, and never throws whatever the bytes are.</summary>
/// <remarks>A method that returns false has set <see cref="Error"/>; <see cref="NextKey"/> and <see cref="NextItem"/> return false at the
/// end of their object or array too. The bytes must have passed <see cref="StrictUtf8"/>. No recursion: depth costs a bit, not
/// stack.</remarks>
internal sealed class JsonReader
{
    private byte[] _bytes;
    private int _end;
    private int _at;
    private bool _isFirst;
    private byte[] _unescaped;

    /// <summary>What was wrong, the first time that anything was.</summary>
    public BodyError Error { get; private set; }

    /// <summary>Where the text that was read last is: the input, or a buffer when it had escapes.</summary>
    public byte[] Text { get; private set; }

    /// <summary>Where in <see cref="Text"/> it begins.</summary>
    public int TextStart { get; private set; }

    /// <summary>Its length in bytes.</summary>
    public int TextCount { get; private set; }

    /// <summary>The integer that was read last.</summary>
    public long Number { get; private set; }

    /// <summary>Begins with new bytes.</summary>
    public void Start(byte[] bytes, int count)
    {
        _bytes = bytes;
        _end = count;
        // a byte order mark is no text (RFC 8259, section 8.1)
        _at = count >= 3 && bytes[0] == 0xEF && bytes[1] == 0xBB && bytes[2] == 0xBF ? 3 : 0;
        Error = BodyError.None;
    }

    /// <summary>Lets go of the input, so that the collector can take it.</summary>
    public void Release()
    {
        _bytes = null;
        Text = null;
    }

    /// <summary>Enters an object (<c>{</c>) or an array (<c>[</c>); anything else is of the wrong type.</summary>
    public bool Enter(char bracket)
    {
        SkipSpace();
        if (Peek() != bracket) return FailType();
        _at++;
        _isFirst = true;
        return true;
    }

    /// <summary>Goes to the next member of an object and reads its key as the text; false after the last.</summary>
    public bool NextKey()
    {
        return Next('}') && ReadKey();
    }

    /// <summary>Goes to the next item of an array; false after the last.</summary>
    public bool NextItem()
    {
        return Next(']');
    }

    /// <summary>Whether nothing but space is left.</summary>
    public bool ReadEnd()
    {
        SkipSpace();
        return _at == _end || Fail(BodyError.NotJson);
    }

    /// <summary>Whether the value to come is a string.</summary>
    public bool IsString { get { return Peek() == '"'; } }

    /// <summary>Whether the value to come is a number.</summary>
    public bool IsNumber
    {
        get
        {
            int c = Peek();
            return c == '-' || (c >= '0' && c <= '9');
        }
    }

    /// <summary>Whether the key or text read last is this one; <paramref name="second"/> 0 for a single letter.</summary>
    public bool TextIs(char first, char second)
    {
        if (Text[TextStart] != first) return false;
        return second == 0 ? TextCount == 1 : TextCount == 2 && Text[TextStart + 1] == second;
    }

    /// <summary>Whether the key or text read last is a word of ASCII letters.</summary>
    public bool TextIs(string word)
    {
        return TextCount == word.Length && TakeText() == word;
    }

    /// <summary>The text read last as a string.</summary>
    public string TakeText()
    {
        return TextCount == 0 ? "" : Encoding.UTF8.GetString(Text, TextStart, TextCount);
    }

    /// <summary>Reads a string.</summary>
    public bool ReadString()
    {
        if (Peek() != '"') return FailType();
        byte[] bytes = _bytes;
        int start = ++_at;
        for (; _at < _end; _at++)
        {
            byte c = bytes[_at];
            if (c == '"')
            {
                SetText(bytes, start, _at - start);
                _at++;
                return true;
            }

            if (c == '\\') return ReadEscaped(start);
            if (c < 0x20) break;
        }

        return Fail(BodyError.NotJson);
    }

    /// <summary>Reads an integer from 0 to <paramref name="max"/>, however it is spelled; a fraction is cut off when allowed, else a
    /// wrong type.</summary>
    public bool ReadInteger(long max, bool mayHaveFraction)
    {
        if (!ReadNumber()) return false;
        long number = JsonNumber.Integer(_bytes, TextStart, _at, max, mayHaveFraction);
        if (number < 0) return Fail((BodyError)(-number));
        Number = number;
        return true;
    }

    /// <summary>Reads a number of any form as text.</summary>
    public bool ReadNumber()
    {
        if (!IsNumber) return FailType();
        int end = JsonNumber.End(_bytes, _at, _end);
        if (end < 0) return Fail(BodyError.NotJson);
        SetText(_bytes, _at, end - _at);
        _at = end;
        return true;
    }

    /// <summary>Reads a string, number, <c>true</c> or <c>false</c> as text.</summary>
    public bool ReadScalar()
    {
        int c = Peek();
        if (c == '"') return ReadString();
        if (c == '{' || c == '[' || c == 'n') return FailType();
        if (IsNumber) return ReadNumber();
        return ReadLiteral();
    }

    /// <summary>Skips any value, checking its form.</summary>
    public bool Skip()
    {
        int depth = 0;
        int objects = 0; // one bit a level, the innermost lowest: set in an object
        for (; ; )
        {
            int c = Peek();
            if (c == '{' || c == '[')
            {
                if (depth == Limits.JsonDepth) return Fail(BodyError.TooDeep);
                depth++;
                objects = objects << 1 | (c == '{' ? 1 : 0);
                _at++;
                _isFirst = true;
            }
            else if (c == '"')
            {
                if (!ReadString()) return false;
                _isFirst = false;
            }
            else if (!(IsNumber ? ReadNumber() : ReadLiteral()))
            {
                return false;
            }

            for (; ; )
            {
                if (depth == 0)
                {
                    _isFirst = false;
                    return true;
                }

                bool isObject = (objects & 1) != 0;
                if (isObject ? NextKey() : NextItem()) break;
                if (Error != BodyError.None) return false;
                depth--;
                objects >>= 1;
            }
        }
    }

    // comma and closing bracket of an object or array; what has just been left counts as an item of what surrounds it
    private bool Next(char closing)
    {
        SkipSpace();
        int c = Peek();
        if (c == closing)
        {
            _at++;
            _isFirst = false;
            return false;
        }

        if (!_isFirst)
        {
            if (c != ',') return Fail(BodyError.NotJson);
            _at++;
            SkipSpace();
        }

        _isFirst = false;
        return true;
    }

    private bool ReadKey()
    {
        if (Peek() != '"') return Fail(BodyError.NotJson);
        if (!ReadString()) return false;
        SkipSpace();
        if (Peek() != ':') return Fail(BodyError.NotJson);
        _at++;
        SkipSpace();
        return true;
    }

    private bool ReadLiteral()
    {
        int c = Peek();
        string word = c == 't' ? "true" : c == 'f' ? "false" : c == 'n' ? "null" : null;
        if (word == null || _at + word.Length > _end) return Fail(BodyError.NotJson);
        SetText(_bytes, _at, word.Length);
        if (!TextIs(word)) return Fail(BodyError.NotJson);
        _at += word.Length;
        return true;
    }

    private bool ReadEscaped(int start)
    {
        if (_unescaped == null) _unescaped = new byte[Body.MaxBytes]; // a text never grows by taking its escapes away
        byte[] bytes = _bytes;
        byte[] text = _unescaped;
        int count = _at - start;
        System.Array.Copy(bytes, start, text, 0, count);
        while (_at < _end)
        {
            byte c = bytes[_at++];
            if (c == '"')
            {
                SetText(text, 0, count);
                return true;
            }

            if (c < 0x20) break;
            if (c != '\\')
            {
                text[count++] = c;
                continue;
            }

            int decoded = JsonEscape.Read(bytes, ref _at, _end);
            if (decoded < 0) return Fail((BodyError)(-decoded));
            count += Utf8.Encode(decoded, text, count);
        }

        return Fail(BodyError.NotJson);
    }

    private void SetText(byte[] text, int start, int count)
    {
        Text = text;
        TextStart = start;
        TextCount = count;
    }

    private int Peek()
    {
        return _at < _end ? _bytes[_at] : -1;
    }

    private void SkipSpace()
    {
        while (_at < _end)
        {
            byte c = _bytes[_at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') return;
            _at++;
        }
    }

    // a value that is JSON but of another type than asked for is told apart from one that is not JSON at all
    private bool FailType()
    {
        if (Skip()) Fail(BodyError.WrongType);
        return false;
    }

    private bool Fail(BodyError error)
    {
        if (Error == BodyError.None) Error = error;
        return false;
    }
}
