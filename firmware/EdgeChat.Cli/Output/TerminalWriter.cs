using System;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>Collects console output in a small buffer, and keeps what others wrote from steering the terminal.</summary>
public sealed class TerminalWriter
{
    /// <summary>What stands for a character that a terminal would obey instead of showing.</summary>
    public const byte Harmless = (byte)'?';

    private const byte Escape = 0x1B;
    private const byte FirstControl = 0x7F; // of those above the letters of ASCII
    private const int BytesOfUnit = 3;      // most bytes of UTF-8 that one UTF-16 unit becomes
    private const uint Ones = 0x01010101;   // in each byte of a word

    private readonly ITerminal _terminal;
    private readonly byte[] _buffer = new byte[Limits.TerminalBytes];
    private int _count;
    private TextStyle _style;

    /// <summary>Makes a writer to a terminal.</summary>
    public TerminalWriter(ITerminal terminal)
    {
        _terminal = terminal;
    }

    /// <summary>Whether styles are written, as SGR sequences (ECMA-48, 8.3.117).</summary>
    public bool HasColor;

    /// <summary>Whether a line ends with CR LF, as a terminal needs it, or with LF, as a program does.</summary>
    public bool HasCarriageReturn = true;

    /// <summary>Writes one byte as it is.</summary>
    public void Raw(byte value)
    {
        if (_count == _buffer.Length) Flush();
        _buffer[_count++] = value;
    }

    /// <summary>Writes a byte several times.</summary>
    public void Raw(byte value, int times)
    {
        for (; times > 0; times--) Raw(value);
    }

    /// <summary>Writes bytes as they are.</summary>
    public void Raw(byte[] bytes, int index, int count)
    {
        while (count > 0)
        {
            if (_count == _buffer.Length) Flush();
            int part = _buffer.Length - _count;
            if (part > count) part = count;
            Array.Copy(bytes, index, _buffer, _count, part);
            _count += part;
            index += part;
            count -= part;
        }
    }

    /// <summary>Writes words of the firmware's own.</summary>
    public void Write(string text)
    {
        int length = text.Length;
        if (length == 0) return;
        int most = length * BytesOfUnit;
        if (most > _buffer.Length)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            Raw(bytes, 0, bytes.Length);
            return;
        }

        if (most > _buffer.Length - _count) Flush();
        _count += Encoding.UTF8.GetBytes(text, 0, length, _buffer, _count);
    }

    /// <summary>Writes words of the firmware's own in a style.</summary>
    public void Write(string text, TextStyle style)
    {
        Style(style);
        Write(text);
        Style(TextStyle.Plain);
    }

    /// <summary>Writes words of the firmware's own, followed by spaces up to a width.</summary>
    public void WritePadded(string text, int columns)
    {
        Write(text);
        Raw((byte)' ', columns - text.Length);
    }

    /// <summary>Writes a number.</summary>
    public void Write(long number)
    {
        if (number < 0)
        {
            Raw((byte)'-');
            number = -number;
        }

        long unit = 1;
        while (number / unit >= 10) unit *= 10;
        for (; unit > 0; unit /= 10) Raw((byte)('0' + number / unit % 10));
    }

    /// <summary>Writes a number with at least two digits.</summary>
    public void WriteTwoDigits(int number)
    {
        if (number > 99)
        {
            Write(number);
            return;
        }

        Raw((byte)('0' + number / 10));
        Raw((byte)('0' + number % 10));
    }

    /// <summary>Writes what somebody else wrote; control characters become <c>?</c>, line ends and tabs a space.</summary>
    public void WriteSafe(string text)
    {
        if (text == null) return;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        WriteSafe(bytes, 0, bytes.Length, -1);
    }

    /// <summary>Writes what somebody else wrote; its line ends become new lines with an indent, or a space when <paramref name="indent"/>
    /// is negative.</summary>
    public void WriteSafe(byte[] bytes, int index, int count, int indent)
    {
        int end = index + count;
        while (index < end)
        {
            int run = index;
            int length = 0;
            int code = 0;
            while (index < end)
            {
                // four bytes at once, unless the last letter was of more: none of them gets or has its highest bit, so all are of ASCII
                while (length < 2 && index + 4 <= end)
                {
                    uint four = BitConverter.ToUInt32(bytes, index);
                    if (((four - ' ' * Ones | four + Ones | four) & 128 * Ones) != 0) break;
                    index += 4;
                }

                if (index == end) break;
                length = 1;
                code = bytes[index];
                if (code < ' ' || code >= FirstControl)
                {
                    int decoded = Utf8.Decode(bytes, index, end);
                    length = decoded & 7;
                    code = decoded >> 3;
                    if (code == Utf8.Replacement || IsControl(code)) break;
                }

                index += length;
            }

            if (index > run) Raw(bytes, run, index - run);
            if (index == end) return;
            if (code == '\n' && indent >= 0)
            {
                EndLine();
                Raw((byte)' ', indent);
            }
            else if (code == '\n' || code == '\t')
            {
                Raw((byte)' ');
            }
            else
            {
                Raw(Harmless);
            }

            index += length;
        }
    }

    /// <summary>Begins a style.</summary>
    public void Style(TextStyle style)
    {
        if (!HasColor || style == _style) return;
        _style = style;
        Raw(Escape);
        switch (style)
        {
            case TextStyle.Faint:
                Write("[90m");
                break;
            case TextStyle.Name:
                Write("[36m");
                break;
            case TextStyle.Good:
                Write("[32m");
                break;
            case TextStyle.Bad:
                Write("[31m");
                break;
            case TextStyle.Strong:
                Write("[1m");
                break;
            default:
                Write("[0m");
                break;
        }
    }

    /// <summary>Ends the line.</summary>
    public void EndLine()
    {
        Style(TextStyle.Plain);
        if (HasCarriageReturn) Raw((byte)'\r');
        Raw((byte)'\n');
    }

    /// <summary>Writes a line of the firmware's own.</summary>
    public void WriteLine(string text)
    {
        Write(text);
        EndLine();
    }

    /// <summary>Empties the terminal's screen: cursor home and erase (ECMA-48, 8.3.21 and 8.3.39).</summary>
    public void ClearScreen()
    {
        Raw(Escape);
        Write("[H");
        Raw(Escape);
        Write("[2J");
    }

    /// <summary>Asks the terminal who it is: Device Attributes (ECMA-48, 8.3.24); a terminal answers with a sequence of its own.</summary>
    public void AskWho()
    {
        Raw(Escape);
        Write("[c");
    }

    /// <summary>Hands everything to the terminal.</summary>
    public void Flush()
    {
        if (_count == 0) return;
        _terminal.Write(_buffer, 0, _count);
        _count = 0;
    }

    // C0, DEL and C1, and what turns the direction of the line around, so that a name cannot pose as another
    /// <summary>Whether a code point steers a terminal or turns text around: control functions begin with C0 and C1 (ECMA-48), and
    /// Unicode has embeddings, overrides and isolates (UAX 9, section 2).</summary>
    public static bool IsControl(int code)
    {
        return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
    }
}
