namespace EdgeChat.VirtualBoard;

/// <summary>A chip on an I2C bus.</summary>
public interface II2cChip
{
    /// <summary>Takes what follows the address byte of a write transfer, up to the stop condition.</summary>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Answers a read transfer.</summary>
    void Read(Span<byte> bytes);
}
