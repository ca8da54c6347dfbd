namespace EdgeChat.VirtualBoard;

/// <summary>A power cut that waits for its moment: for a write with some content when that is given, then counts operations and bytes
/// down.</summary>
internal sealed class FlashCut(long operations, long bytes, FlashCutOutcome outcome, byte[]? content = null)
{
    private byte[]? _content = content;
    private long _operations = operations;
    private long _bytes = bytes;

    /// <summary>Looks at what the next operation writes.</summary>
    public void Look(ReadOnlySpan<byte> written)
    {
        if (_content is not null && written.IndexOf(_content) >= 0) _content = null;
    }

    /// <summary>Counts one durable operation.</summary>
    /// <param name="added">Bytes that the operation writes.</param>
    /// <param name="kept">How many of them are on the flash when the power goes.</param>
    /// <returns>True when the power goes inside it.</returns>
    public bool Hits(long added, out long kept)
    {
        kept = added / 2;
        if (_content is not null) return false;
        if (_operations >= 0)
        {
            _operations--;
            return _operations < 0;
        }

        kept = _bytes;
        if (added <= _bytes)
        {
            _bytes -= added;
            return false;
        }

        return true;
    }

    /// <summary>Whether the operation's result is to be kept.</summary>
    public FlashCutOutcome Outcome => outcome;
}
