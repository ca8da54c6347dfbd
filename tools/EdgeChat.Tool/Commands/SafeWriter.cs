using System.Text;

namespace EdgeChat.Tool.Commands;

/// <summary>Writes lines of words for a person; whatever stands in them, such as a name or a broker's reason, cannot steer the
/// terminal.</summary>
public sealed class SafeWriter(TextWriter inner) : TextWriter
{
    /// <inheritdoc/>
    public override Encoding Encoding => inner.Encoding;

    /// <inheritdoc/>
    public override void Write(char value) => Write(value.ToString());

    /// <inheritdoc/>
    public override void Write(string? value) => inner.Write(string.Join('\n', (value ?? "").Split('\n').Select(SafeText.Line)));

    /// <inheritdoc/>
    public override void WriteLine(string? value)
    {
        Write(value);
        inner.WriteLine();
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override string ToString() => inner.ToString() ?? "";
}
