using System.Text;

namespace EdgeChat.Cli;

/// <summary>Writes one JSON object a line (RFC 8259) for programs that read the console; text stays UTF-8, only what must be is
/// escaped.</summary>
public sealed class JsonLineWriter
{
    private readonly TerminalWriter _out;
    private bool _hasKey;
    private bool _isOpen;

    /// <summary>Makes a writer.</summary>
    public JsonLineWriter(TerminalWriter output)
    {
        _out = output;
    }

    /// <summary>Whether an object is open.</summary>
    public bool IsOpen { get { return _isOpen; } }

    /// <summary>Begins an object.</summary>
    public void Begin()
    {
        _out.Raw((byte)'{');
        _isOpen = true;
        _hasKey = false;
    }

    /// <summary>Begins an object with its first key.</summary>
    public void Begin(string key, string value)
    {
        Begin();
        Add(key, value);
    }

    /// <summary>Adds a text; a null is left out.</summary>
    public void Add(string key, string value)
    {
        if (value == null) return;
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Add(key, bytes, 0, bytes.Length);
    }

    /// <summary>Adds a text of UTF-8 bytes.</summary>
    public void Add(string key, byte[] bytes, int index, int count)
    {
        Key(key);
        Text(bytes, index, count);
    }

    /// <summary>Adds a whole number.</summary>
    public void Add(string key, long value)
    {
        Key(key);
        _out.Write(value);
    }

    /// <summary>Adds a yes or no.</summary>
    public void Add(string key, bool value)
    {
        Key(key);
        _out.Write(value ? "true" : "false");
    }

    /// <summary>Ends the object and its line.</summary>
    public void End()
    {
        _out.Raw((byte)'}');
        _out.EndLine();
        _isOpen = false;
    }

    private void Key(string key)
    {
        if (_hasKey) _out.Raw((byte)',');
        _hasKey = true;
        _out.Raw((byte)'"');
        _out.Write(key);
        _out.Raw((byte)'"');
        _out.Raw((byte)':');
    }

    private void Text(byte[] bytes, int index, int count)
    {
        _out.Raw((byte)'"');
        int run = index; // what goes out as it is
        for (int end = index + count; ; index++)
        {
            byte c = 0;
            if (index < end)
            {
                c = bytes[index];
                if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
            }

            _out.Raw(bytes, run, index - run);
            if (index == end) break;
            run = index + 1;
            _out.Raw((byte)'\\');
            switch (c)
            {
                case (byte)'"':
                case (byte)'\\':
                    _out.Raw(c);
                    break;
                case (byte)'\n':
                    _out.Raw((byte)'n');
                    break;
                case (byte)'\r':
                    _out.Raw((byte)'r');
                    break;
                case (byte)'\t':
                    _out.Raw((byte)'t');
                    break;
                default:
                    _out.Write("u00");
                    _out.Raw(Hex(c >> 4));
                    _out.Raw(Hex(c & 15));
                    break;
            }
        }

        _out.Raw((byte)'"');
    }

    private static byte Hex(int digit) { return (byte)(digit < 10 ? '0' + digit : 'a' + digit - 10); }
}
