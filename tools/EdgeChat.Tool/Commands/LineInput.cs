using System.Text;

namespace EdgeChat.Tool.Commands;

/// <summary>A line of input.</summary>
/// <param name="Text">The line; what is no UTF-8 in it stands as U+FFFD.</param>
/// <param name="IsText">Whether all of it was UTF-8. U+FFFD may stand in a valid text too.</param>
public sealed record InputLine(string Text, bool IsText = true);

/// <summary>Lines of UTF-8 out of a stream, one at a time, as soon as each has come; a byte order mark at the start is no text. What is
/// longer than any line that somebody could use is given as far as it has come, and the rest of it is left out.</summary>
public sealed class LineInput(Stream stream)
{
    /// <summary>Bytes of the longest line that is given whole.</summary>
    public const int MostBytes = 64 * 1024;

    private static readonly UTF8Encoding Strict = new(false, true);

    private readonly byte[] _buffer = new byte[4096];
    private readonly MemoryStream _line = new();
    private int _at;
    private int _end;
    private bool _hasBegun;
    private bool _isRest; // of a line that was too long

    /// <summary>The next line without its end, or null behind the last one. Throws <see cref="ToolException"/> when there is nothing to
    /// read from.</summary>
    public InputLine? Read()
    {
        _line.SetLength(0);
        while (true)
        {
            if (_at == _end)
            {
                _at = 0;
                _end = Fill();
                if (_end == 0) return _line.Length == 0 ? null : Take();
            }

            int length = _buffer.AsSpan(_at, _end - _at).IndexOf((byte)'\n');
            if (!_isRest) _line.Write(_buffer, _at, length < 0 ? _end - _at : length);
            _at = length < 0 ? _end : _at + length + 1;
            if (length >= 0 && _isRest)
            {
                _isRest = false;
                continue;
            }

            if (length >= 0) return Take();
            if (_line.Length <= MostBytes) continue;
            _isRest = true;
            return Take();
        }
    }

    private int Fill()
    {
        try
        {
            return stream.Read(_buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine, $"the standard input cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    private InputLine Take()
    {
        ReadOnlySpan<byte> line = _line.GetBuffer().AsSpan(0, (int)_line.Length);
        if (!_hasBegun && line.StartsWith(Encoding.UTF8.Preamble)) line = line[Encoding.UTF8.Preamble.Length..];
        _hasBegun = true;
        if (line.EndsWith("\r"u8)) line = line[..^1];
        if (_isRest) return new InputLine(Encoding.UTF8.GetString(line)); // may end within a character
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
