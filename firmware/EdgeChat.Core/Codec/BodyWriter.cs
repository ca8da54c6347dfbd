using System.Text;

namespace EdgeChat.Core;

/// <summary>Writes bodies as compact JSON in raw UTF-8 into a buffer that is used again and again, and that it may share.</summary>
/// <remarks>Absent fields are not written, nor is an incarnation of 1. The order is fixed, so equal fields give equal bytes.</remarks>
public sealed class BodyWriter
{
    private readonly byte[] _buffer;
    private int _length;
    private bool _isFirst;
    private BodyError _error;

    /// <summary>Makes a writer whose bodies are no longer than <paramref name="buffer"/>.</summary>
    public BodyWriter(byte[] buffer)
    {
        _buffer = buffer;
    }

    /// <summary>Where the body is, from 0.</summary>
    public byte[] Buffer { get { return _buffer; } }

    /// <summary>The length of the body written last.</summary>
    public int Length { get { return _length; } }

    /// <summary>Writes a message. A refusal says what is wrong with it, and <see cref="Length"/> is 0.</summary>
    public BodyError Write(Body body)
    {
        Begin();
        if (body.Type != BodyTypes.Text) PutText('y', '\0', body.Type);
        if (body.N > 0) PutNumber('n', '\0', body.N);
        if (body.Time > 0) PutNumber('t', '\0', body.Time);
        if (body.Incarnation != 1) PutNumber('e', '\0', body.Incarnation);
        PutText('g', '\0', body.Group);
        if (body.Have >= 0) PutNumber('d', '\0', body.Have);
        if (body.Shown >= 0) PutNumber('s', '\0', body.Shown);
        if (body.HoleCount > 0) PutHoles(body);
        if (body.First != 1) PutNumber('f', '\0', body.First);
        if (body.StreamIncarnation != 1) PutNumber('i', '\0', body.StreamIncarnation);
        if (body.From > 0) PutNumber('a', '\0', body.From);
        if (body.To > 0) PutNumber('z', '\0', body.To);
        if (body.Flag != 0) PutNumber('x', '\0', body.Flag);
        PutText('r', 'e', body.ReplyTo);
        PutValue('v', '\0', body.Value);
        PutText('u', '\0', body.Unit);
        PutValue('l', 'a', body.Latitude);
        PutValue('l', 'o', body.Longitude);
        PutContent(body.Content);
        return End();
    }

    /// <summary>Writes a presence; see <see cref="Write"/>.</summary>
    public BodyError WritePresence(Body body)
    {
        Begin();
        PutText('s', '\0', body.State);
        if (body.Boot >= 0) PutNumber('b', '\0', body.Boot);
        if (body.Connection >= 0) PutNumber('c', '\0', body.Connection);
        if (body.WakeAfter > 0) PutNumber('w', '\0', body.WakeAfter);
        if (body.Incarnation != 1) PutNumber('e', '\0', body.Incarnation);
        if (body.Time > 0) PutNumber('t', '\0', body.Time);
        return End();
    }

    /// <summary>Writes a profile; see <see cref="Write"/>.</summary>
    public BodyError WriteProfile(Body body)
    {
        Begin();
        PutText('n', 'm', body.Name);
        if (body.Capabilities != null)
        {
            PutComma();
            PutAscii("\"cap\":");
            PutString(body.Capabilities);
        }

        if (body.Incarnation != 1) PutNumber('e', '\0', body.Incarnation);
        return End();
    }

    /// <summary>Writes a roster; see <see cref="Write"/>.</summary>
    public BodyError WriteRoster(Roster roster)
    {
        Begin();
        PutNumber('v', '\0', roster.Version);
        PutText('b', 'y', roster.By);
        PutText('n', 'm', roster.Name);
        PutKey('m', '\0');
        PutMembers(roster, -1);
        PutKey('a', '\0');
        PutMembers(roster, roster.Admins);
        return End();
    }

    /// <summary>The bytes that a text takes in a body, with its quotes and what must be escaped.</summary>
    public static int QuotedLength(byte[] text, int start, int count)
    {
        int length = 2 + count;
        for (int i = start; i < start + count; i++)
        {
            byte c = text[i];
            if (c == '"' || c == '\\' || c == 8 || c == 9 || c == 10 || c == 12 || c == 13) length++;
            else if (c < 0x20) length += 5;
        }

        return length;
    }

    /// <summary>The body written last as an array of its own.</summary>
    public byte[] ToArray()
    {
        byte[] copy = new byte[_length];
        System.Array.Copy(_buffer, copy, _length);
        return copy;
    }

    private void Begin()
    {
        _length = 0;
        _error = BodyError.None;
        _isFirst = true;
        Put((byte)'{');
    }

    private BodyError End()
    {
        Put((byte)'}');
        if (_error != BodyError.None) _length = 0;
        return _error;
    }

    private void PutNumber(char first, char second, long number)
    {
        PutKey(first, second);
        PutDigits(number);
    }

    private void PutText(char first, char second, string text)
    {
        if (text == null) return;
        PutKey(first, second);
        PutString(text);
    }

    private void PutContent(string content)
    {
        if (content == null) return;
        PutKey('c', '\0');
        if (PutString(content) > Body.MaxContentBytes) Refuse(BodyError.ContentTooLong);
    }

    // what reads as a number is written as one
    private void PutValue(char first, char second, string text)
    {
        if (text == null) return;
        PutKey(first, second);
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (JsonNumber.End(bytes, 0, bytes.Length) == bytes.Length) PutAll(bytes);
        else PutQuoted(bytes);
    }

    private void PutHoles(Body body)
    {
        PutKey('h', '\0');
        for (int i = 0; i < body.HoleCount; i++)
        {
            Put((byte)(i == 0 ? '[' : ','));
            PutDigits(body.Holes[i]);
        }

        Put((byte)']');
    }

    private void PutMembers(Roster roster, int bits)
    {
        Put((byte)'[');
        bool isFirst = true;
        for (int i = 0; i < roster.Count; i++)
        {
            if ((bits & 1 << i) == 0) continue;
            if (!isFirst) Put((byte)',');
            isFirst = false;
            PutString(roster.Members[i]);
        }

        Put((byte)']');
    }

    private void PutKey(char first, char second)
    {
        PutComma();
        Put((byte)'"');
        Put((byte)first);
        if (second != 0) Put((byte)second);
        Put((byte)'"');
        Put((byte)':');
    }

    private void PutComma()
    {
        if (!_isFirst) Put((byte)',');
        _isFirst = false;
    }

    private void PutDigits(long number)
    {
        long unit = 1;
        while (number / unit >= 10) unit *= 10;
        for (; unit > 0; unit /= 10) Put((byte)('0' + number / unit % 10));
    }

    private int PutString(string text)
    {
        // the overload that fills a buffer counts characters, which walks the string: one copy is cheaper
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        PutQuoted(bytes);
        return bytes.Length;
    }

    private void PutQuoted(byte[] bytes)
    {
        Put((byte)'"');
        for (int i = 0; i < bytes.Length; i++)
        {
            byte c = bytes[i];
            if (c == '"' || c == '\\') Put((byte)'\\');
            if (c >= 0x20) Put(c);
            else PutControl(c);
        }

        Put((byte)'"');
    }

    private void PutControl(byte c)
    {
        switch (c)
        {
            case 0: Refuse(BodyError.HasNul); break;
            case 8: PutAscii("\\b"); break;
            case 9: PutAscii("\\t"); break;
            case 10: PutAscii("\\n"); break;
            case 12: PutAscii("\\f"); break;
            case 13: PutAscii("\\r"); break;
            default:
                PutAscii(c < 16 ? "\\u000" : "\\u001");
                Put((byte)((c & 15) < 10 ? '0' + (c & 15) : 'a' + (c & 15) - 10));
                break;
        }
    }

    private void PutAscii(string text)
    {
        PutAll(Encoding.UTF8.GetBytes(text));
    }

    private void PutAll(byte[] bytes)
    {
        for (int i = 0; i < bytes.Length; i++) Put(bytes[i]);
    }

    private void Put(byte b)
    {
        if (_length < _buffer.Length) _buffer[_length++] = b;
        else Refuse(BodyError.TooLong);
    }

    private void Refuse(BodyError error)
    {
        if (_error == BodyError.None) _error = error;
    }
}
