using System.Text;

namespace EdgeChat.Tool.Commands;

/// <summary>Writes lines of words for a person; whatever stands in them, such as a name or a broker's reason, cannot steer the
/// terminal.</summary>
/// <param name="inner">Where they go.</param>
/// <param name="mustBeHeard">Whether what cannot be written is an error.</param>
public sealed class SafeWriter(TextWriter inner, bool mustBeHeard = true) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(char[] buffer, int index, int count) => Write(new string(buffer, index, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<char> buffer) => Write(buffer.ToString());

    /// <inheritdoc/>
    public override void Write(string? value)
    {
        string[] lines = (value ?? "").ReplaceLineEndings("\n").Split('\n');
        Try(() => inner.Write(string.Join(inner.NewLine, lines.Select(SafeText.Line))));
    }

    /// <inheritdoc/>
    public override void WriteLine() => Try(inner.WriteLine);

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        Write(value);
        WriteLine();
    }

    /// <inheritdoc/>
    public override void Flush() => Try(inner.Flush);

    /// <inheritdoc/>
    public override string ToString() => inner.ToString() ?? "";

    private void Try(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (!mustBeHeard && (e is IOException or UnauthorizedAccessException))
        {
        }
    }
}
