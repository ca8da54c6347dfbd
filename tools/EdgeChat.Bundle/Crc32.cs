namespace EdgeChat.Bundle;

/// <summary>The CRC of nanoFramework, in `.pe` files and packets: polynomial 04C11DB7, most significant bit first, start 0, no final
/// XOR.</summary>
public static class Crc32
{
    private static readonly uint[] Table = MakeTable();

    /// <summary>Goes on from <paramref name="crc"/>, 0 at the start, over <paramref name="bytes"/>.</summary>
    public static uint Of(ReadOnlySpan<byte> bytes, uint crc = 0)
    {
        foreach (byte b in bytes) crc = Table[(byte)(crc >> 24) ^ b] ^ (crc << 8);
        return crc;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (uint i = 0; i < table.Length; i++)
        {
            uint crc = i << 24;
            for (int bit = 0; bit < 8; bit++) crc = (crc & 0x8000_0000) != 0 ? (crc << 1) ^ 0x04C1_1DB7 : crc << 1;
            table[i] = crc;
        }

        return table;
    }
}
