namespace EdgeChat.VirtualBoard;

/// <summary>One open file: what was written stays here, in the board's RAM, until it is closed.</summary>
internal sealed class FlashFile(string path, byte[] content, FileAccess access, FileShare share)
{
    private byte[] _bytes = content;

    /// <summary>The path below the drive, with slashes.</summary>
    public string Path => path;

    public FileAccess Access => access;

    public FileShare Share => share;

    public int Length { get; private set; } = content.Length;

    /// <summary>Length of the content on the flash.</summary>
    public int DurableLength { get; } = content.Length;

    /// <summary>Bytes from the start that are as on the flash.</summary>
    public int Unchanged { get; private set; } = content.Length;

    /// <summary>True when the content differs from that on the flash.</summary>
    public bool IsDirty => Unchanged < DurableLength || Length != DurableLength;

    /// <summary>True when all that happened is that bytes were added to the end.</summary>
    public bool IsAppend => Unchanged >= DurableLength && Length > DurableLength;

    /// <summary>Blocks that closing the file takes beside those of its old content, which stay taken until then.</summary>
    public long NewBlocks(int length) =>
        IsDirty || length != DurableLength ? Math.Max(0, FlashSpace.Blocks(length) - Math.Min(Unchanged, length) / FlashSpace.Block) : 0;

    public int Read(int position, Span<byte> buffer)
    {
        int count = Math.Clamp(Length - position, 0, buffer.Length);
        _bytes.AsSpan(Math.Min(position, Length), count).CopyTo(buffer);
        return count;
    }

    public void Write(int position, ReadOnlySpan<byte> bytes)
    {
        int end = position + bytes.Length;
        if (end > Length) Resize(end);
        bytes.CopyTo(_bytes.AsSpan(position));
        Unchanged = Math.Min(Unchanged, position);
    }

    public void Resize(int length)
    {
        if (length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(length, _bytes.Length * 2));
        if (length > Length) _bytes.AsSpan(Length, length - Length).Clear(); // a gap reads as zeros, as POSIX and LittleFS say
        Unchanged = Math.Min(Unchanged, length);
        Length = length;
    }

    /// <summary>The content up to <paramref name="length"/> bytes.</summary>
    public ReadOnlySpan<byte> Content(int length) => _bytes.AsSpan(0, length);
}
