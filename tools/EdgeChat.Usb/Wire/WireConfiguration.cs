using System.Buffers.Binary;

namespace EdgeChat.Usb.Wire;

/// <summary>A board's configuration blocks. Every change is read back.</summary>
public sealed class WireConfiguration
{
    private const int HeadBytes = 20, Tries = 4;

    private readonly WireLink _link;

    internal WireConfiguration(WireLink link) => _link = link;

    /// <summary>The address of the Wi-Fi interface.</summary>
    /// <exception cref="UsbException">The board has none.</exception>
    public NetworkBlock ReadNetwork() => NetworkBlock.Read(Query(ConfigurationKind.Network)) ?? throw Missing("network");

    /// <summary>Sets the address of the Wi-Fi interface; the board takes it at its next start.</summary>
    public void Write(NetworkBlock block) => Update(ConfigurationKind.Network, block.Encode());

    /// <summary>The Wi-Fi network that the board joins.</summary>
    /// <exception cref="UsbException">The board has none.</exception>
    public StationBlock ReadStation() => StationBlock.Read(Query(ConfigurationKind.Station)) ?? throw Missing("Wi-Fi");

    /// <summary>Sets the Wi-Fi network; the board takes it at its next start.</summary>
    public void Write(StationBlock block) => Update(ConfigurationKind.Station, block.Encode());

    /// <summary>Certificates: PEM with its closing NUL, or DER; null when there are none.</summary>
    public byte[]? ReadCertificates(ConfigurationKind kind)
    {
        // a board is silent when there are none: two silences and an answer to something else say that
        for (int i = 0; i < 2; i++)
        {
            try
            {
                return CertificateBlock.Read(_link.AskOnce(WireCommand.QueryConfiguration, WireWords.Of((uint)kind, 0), WireLink.Patience));
            }
            catch (WireSilentException)
            {
                _link.BeSilent();
            }
            catch (WireRefusedException)
            {
                return null;
            }
        }

        _link.Ask(WireCommand.Ping, WireWords.Of(0x10002, 0));
        return null;
    }

    /// <summary>Sets certificates.</summary>
    /// <param name="kind"><see cref="ConfigurationKind.CaBundle"/> or <see cref="ConfigurationKind.DeviceCertificate"/>.</param>
    /// <param name="certificates">PEM or DER.</param>
    /// <exception cref="UsbException">The board cannot store them.</exception>
    public void WriteCertificates(ConfigurationKind kind, ReadOnlySpan<byte> certificates)
    {
        byte[] block = CertificateBlock.Encode(kind, certificates);
        for (int tries = 1; ; tries++)
        {
            try
            {
                SendPieces(kind, block);
                if (ReadCertificates(kind) is { } stored && stored.AsSpan().SequenceEqual(block.AsSpan(8))) return;
            }
            catch (WireSilentException) when (tries < Tries)
            {
                // whether a piece was appended is not known: from the first again, which replaces all
                _link.BeSilent();
                continue;
            }

            if (tries == Tries) throw NotStored("the certificates");
        }
    }

    private void SendPieces(ConfigurationKind kind, byte[] block)
    {
        const int most = WirePacket.MostToBoard - HeadBytes;
        for (int at = 0; at < block.Length;)
        {
            // a last piece of less than a header would be read together with bytes of the piece before
            int count = Math.Min(most, block.Length - at);
            if (block.Length - at - count is > 0 and < 8) count -= 8;
            bool isLast = at + count == block.Length;
            byte[] request =
            [
                .. WireWords.Of((uint)kind, 0, (uint)count, (uint)at, isLast ? 1u : 0), .. block.AsSpan(at, count),
            ];
            if (Code(_link.AskOnce(WireCommand.UpdateConfiguration, request, WireLink.Patience)) != 0) throw NotStored("the certificates");
            at += count;
        }
    }

    private byte[] Query(ConfigurationKind kind) => _link.Ask(WireCommand.QueryConfiguration, WireWords.Of((uint)kind, 0));

    private void Update(ConfigurationKind kind, byte[] block)
    {
        byte[] request = [.. WireWords.Of((uint)kind, 0, (uint)block.Length, 0, 1), .. block];
        if (Code(_link.Ask(WireCommand.UpdateConfiguration, request)) != 0 || !Query(kind).AsSpan().StartsWith(block))
            throw NotStored($"the {kind.ToString().ToLowerInvariant()} configuration");
    }

    private static uint Code(byte[] answer) => answer.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(answer) : uint.MaxValue;

    private UsbException Missing(string what) => new(UsbFault.WrongBoard,
        $"{_link.Line.Name}: the board has no {what} configuration: it runs another runtime, or its files are damaged; flash it anew");

    private UsbException NotStored(string what) => new(UsbFault.NotWritten,
        $"{_link.Line.Name}: the board does not store {what}: its files may be full or damaged; erase them with `edgechat flash " +
        "--erase-files`");
}
