using System.Security.Cryptography;

namespace EdgeChat.Usb.Virtual;

/// <summary>A board's flash: erasing sets bits, programming only clears them.</summary>
public sealed class FlashChip
{
    private const int Sector = 0x1000;

    private readonly byte[] _bytes;

    /// <summary>Makes an erased one.</summary>
    public FlashChip(int length)
    {
        _bytes = new byte[length];
        Array.Fill(_bytes, (byte)0xFF);
    }

    /// <summary>Its size.</summary>
    public int Length => _bytes.Length;

    /// <summary>All that is in it.</summary>
    public ReadOnlySpan<byte> Bytes => _bytes;

    /// <summary>Sectors that were erased, since it was made.</summary>
    public int SectorsErased { get; private set; }

    /// <summary>Bytes that were programmed, since it was made.</summary>
    public long BytesProgrammed { get; private set; }

    /// <summary>Whether a range is in it.</summary>
    public bool Has(long offset, long length) => offset >= 0 && length >= 0 && offset + length <= _bytes.Length;

    /// <summary>Erases the sectors that hold a range.</summary>
    public void Erase(int offset, int length)
    {
        int start = offset / Sector * Sector, end = Math.Min(Length, (offset + length + Sector - 1) / Sector * Sector);
        if (end <= start) return;
        _bytes.AsSpan(start..end).Fill(0xFF);
        SectorsErased += (end - start) / Sector;
    }

    /// <summary>Programs bytes over what is there.</summary>
    public void Program(int offset, ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++) _bytes[offset + i] &= bytes[i];
        BytesProgrammed += bytes.Length;
    }

    /// <summary>The MD5 of a range.</summary>
    public byte[] Md5(int offset, int length) => MD5.HashData(_bytes.AsSpan(offset, length));
}
