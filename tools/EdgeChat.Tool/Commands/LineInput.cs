using System.Text;

namespace EdgeChat.Tool.Commands;

/// <summary>A line of input.</summary>
/// <param name="Text">The line; what is no UTF-8 in it stands as U+FFFD.</param>
/// <param name="IsText">Whether all of it was UTF-8. U+FFFD may stand in a valid text too.</param>
public sealed record InputLine(string Text, bool IsText = true);

/// <summary>Lines of UTF-8 out of a stream, one at a time, as soon as each has come; a byte order mark at the start is no text.</summary>
public sealed class LineInput(Stream stream)
{
    private static readonly UTF8Encoding Strict = new(false, true);

    private readonly byte[] _buffer = new byte[4096];
    private readonly MemoryStream _line = new();
    private int _at;
    private int _end;
    private bool _hasBegun;

    /// <summary>The next line without its end, or null behind the last one.</summary>
    public InputLine? Read()
    {
        _line.SetLength(0);
        while (true)
        {
            if (_at == _end)
            {
                _at = 0;
                _end = stream.Read(_buffer);
                if (_end == 0) return _line.Length == 0 ? null : Take();
            }

            int length = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            _line.Write(_buffer, _at, length < 0 ? _end - _at : length);
            _at = length < 0 ? _end : _at + length + 1;
            if (length >= 0) return Take();
        }
    }

    private InputLine Take()
    {
        ReadOnlySpan<byte> line = _line.GetBuffer().AsSpan(0, (int)_line.Length);
        if (!_hasBegun && line.StartsWith(Encoding.UTF8.Preamble)) line = line[Encoding.UTF8.Preamble.Length..];
        _hasBegun = true;
        if (line.EndsWith("\r"u8)) line = line[..^1];
        try
        {
            return new InputLine(Strict.GetString(line));
        }
        catch (DecoderFallbackException)
        {
            return new InputLine(Encoding.UTF8.GetString(line), false);
        }
    }
}
