namespace EdgeChat.VirtualBoard;

/// <summary>A chip on an SPI bus. Its other pins (data/command, reset) it reads from <see cref="VirtualPins"/>.</summary>
public interface ISpiChip
{
    /// <summary>Takes the bytes of one transfer while the chip is selected, and gives as many back; <paramref name="received"/> may be
    /// empty.</summary>
    void Transfer(ReadOnlySpan<byte> sent, Span<byte> received);
}
