using System.Buffers.Binary;
using System.Net;
using System.Text;

namespace EdgeChat.Usb.Wire;

/// <summary>Kinds of configuration blocks.</summary>
public enum ConfigurationKind : uint
{
    /// <summary>Address of a network interface.</summary>
    Network = 1,

    /// <summary>Wi-Fi as a station.</summary>
    Station = 2,

    /// <summary>Wi-Fi as an access point.</summary>
    AccessPoint = 3,

    /// <summary>Certificates of authorities.</summary>
    CaBundle = 4,

    /// <summary>The board's own certificate and key.</summary>
    DeviceCertificate = 5,
}

/// <summary>How a station proves who it is (nf-interpreter, nanoHAL_Network.h).</summary>
public enum WifiAuthentication : byte
{
    /// <summary>Not said.</summary>
    None = 0,

    /// <summary>A network without a password.</summary>
    Open = 4,

    /// <summary>WEP.</summary>
    Wep = 6,

    /// <summary>WPA.</summary>
    Wpa = 7,

    /// <summary>WPA2.</summary>
    Wpa2 = 8,
}

/// <summary>The address of a network interface, 117 bytes.</summary>
/// <param name="Mac">Six bytes.</param>
/// <param name="IsStatic">False to ask a DHCP server for the rest.</param>
/// <param name="Address">Its address.</param>
/// <param name="Mask">Its network's mask.</param>
/// <param name="Gateway">The gateway.</param>
/// <param name="Dns1">The first name server.</param>
/// <param name="Dns2">The second name server.</param>
public sealed record NetworkBlock(
    byte[] Mac, bool IsStatic, IPAddress Address, IPAddress Mask, IPAddress Gateway, IPAddress Dns1, IPAddress Dns2)
{
    /// <summary>Bytes of the block.</summary>
    public const int Length = 117;

    private const int Station = 71;

    /// <summary>The block of a station that asks a DHCP server.</summary>
    public static NetworkBlock Dhcp(byte[] mac) =>
        new(mac, false, IPAddress.Any, IPAddress.Any, IPAddress.Any, IPAddress.Any, IPAddress.Any);

    /// <summary>Reads a block; null when it is none.</summary>
    public static NetworkBlock? Read(ReadOnlySpan<byte> block) => block.Length < Length || !block.StartsWith("CN1\0"u8)
        ? null
        : new NetworkBlock(
            block.Slice(4, 6).ToArray(), block[116] == 2, new IPAddress(block.Slice(10, 4)), new IPAddress(block.Slice(14, 4)),
            new IPAddress(block.Slice(18, 4)), new IPAddress(block.Slice(22, 4)), new IPAddress(block.Slice(26, 4)));

    /// <summary>The block's bytes.</summary>
    public byte[] Encode()
    {
        var block = new byte[Length];
        "CN1\0"u8.CopyTo(block);
        Mac.CopyTo(block, 4);
        foreach ((IPAddress address, int at) in new[] { (Address, 10), (Mask, 14), (Gateway, 18), (Dns1, 22), (Dns2, 26) })
            address.GetAddressBytes().CopyTo(block, at);
        block[110] = Station;
        block[115] = (byte)(Dns1.Equals(IPAddress.Any) ? 1 : 0);
        block[116] = (byte)(IsStatic ? 2 : 1);
        return block;
    }
}

/// <summary>Wi-Fi as a station, 108 bytes.</summary>
/// <param name="Ssid">The network's name, at most 32 bytes of UTF-8.</param>
/// <param name="Password">Its password, at most 64 bytes; empty for a network without.</param>
/// <param name="Options">1 off, 2 on, 6 connects by itself, 14 as made.</param>
public sealed record StationBlock(string Ssid, string Password, byte Options = StationBlock.AutoConnect)
{
    /// <summary>Bytes of the block.</summary>
    public const int Length = 108;

    /// <summary>The option to connect by itself.</summary>
    public const byte AutoConnect = 6;

    private const int SsidBytes = 32, PasswordBytes = 64;
    private const byte Wpa2Psk = 5, RadioN = 8;

    /// <summary>Reads a block; null when it is none.</summary>
    public static StationBlock? Read(ReadOnlySpan<byte> block) => block.Length < Length || !block.StartsWith("WN1\0"u8)
        ? null
        : new StationBlock(WireText.Read(block.Slice(11, SsidBytes)), WireText.Read(block.Slice(43, PasswordBytes)), block[107]);

    /// <summary>The block's bytes.</summary>
    /// <exception cref="UsbException">The name or the password is too long.</exception>
    public byte[] Encode()
    {
        var block = new byte[Length];
        "WN1\0"u8.CopyTo(block);
        bool isOpen = Password.Length == 0;
        block[8] = (byte)(isOpen ? WifiAuthentication.Open : WifiAuthentication.Wpa2);
        block[9] = isOpen ? (byte)0 : Wpa2Psk;
        block[10] = RadioN;
        Put(block.AsSpan(11, SsidBytes), Ssid, "the Wi-Fi network's name");
        Put(block.AsSpan(43, PasswordBytes), Password, "the Wi-Fi password");
        block[107] = Options;
        return block;
    }

    private static void Put(Span<byte> field, string text, string what)
    {
        if (!Encoding.UTF8.TryGetBytes(text, field, out _))
            throw new UsbException(UsbFault.BadInput,
                $"{what} has {Encoding.UTF8.GetByteCount(text)} bytes of UTF-8, and the board holds {field.Length}: use a shorter one");
    }
}

/// <summary>Certificates: a marker, the size, the bytes.</summary>
internal static class CertificateBlock
{
    private const int HeaderBytes = 8;

    public static byte[] Encode(ConfigurationKind kind, ReadOnlySpan<byte> certificates)
    {
        // mbedTLS wants a NUL behind a PEM, and counts it
        bool isPem = certificates.StartsWith("-----BEGIN"u8);
        int length = certificates.Length + (isPem && certificates[^1] != 0 ? 1 : 0);
        var block = new byte[HeaderBytes + length];
        (kind == ConfigurationKind.CaBundle ? "XB1\0"u8 : "XD1\0"u8).CopyTo(block);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), length);
        certificates.CopyTo(block.AsSpan(HeaderBytes));
        return block;
    }

    // a board answers some bytes more than there are
    public static byte[]? Read(ReadOnlySpan<byte> block)
    {
        if (block.Length < HeaderBytes) return null;
        int length = BinaryPrimitives.ReadInt32LittleEndian(block[4..]);
        return length <= 0 || length > block.Length - HeaderBytes ? null : block.Slice(HeaderBytes, length).ToArray();
    }
}

/// <summary>Texts of fixed length.</summary>
internal static class WireText
{
    /// <summary>The text up to the first NUL; behind it lies rubbish.</summary>
    public static string Read(ReadOnlySpan<byte> field)
    {
        int end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }
}
