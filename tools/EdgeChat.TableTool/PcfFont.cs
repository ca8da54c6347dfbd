using System.Buffers.Binary;
using System.IO.Compression;

namespace EdgeChat.TableTool;

/// <summary>Reads an X11 bitmap font of the Portable Compiled Format, gzip-compressed as Debian ships it.</summary>
/// <remarks>Only the metrics, bitmaps and encodings tables are read ("The X11 Portable Compiled Format", table types 4, 8 and
/// 32).</remarks>
internal sealed class PcfFont
{
    private const int MetricsTable = 4;
    private const int BitmapsTable = 8;
    private const int EncodingsTable = 32;
    private const int CompressedMetrics = 0x100;
    private const int BigEndianBytes = 4;
    private const int MostSignificantBitFirst = 8;

    private readonly byte[] _data;
    private readonly Dictionary<int, int> _tables = [];
    private readonly Dictionary<int, int> _glyphs = [];

    private PcfFont(byte[] data)
    {
        _data = data;
        int count = BinaryPrimitives.ReadInt32LittleEndian(data.AsSpan(4));
        for (int i = 0; i < count; i++)
        {
            var entry = data.AsSpan(8 + 16 * i);
            _tables[BinaryPrimitives.ReadInt32LittleEndian(entry)] = BinaryPrimitives.ReadInt32LittleEndian(entry[12..]);
        }

        ReadEncodings();
    }

    public static PcfFont Open(string path)
    {
        using var file = new GZipStream(File.OpenRead(path), CompressionMode.Decompress);
        using var all = new MemoryStream();
        file.CopyTo(all);
        return new PcfFont(all.ToArray());
    }

    /// <summary>The glyph of a character in a cell of <paramref name="height"/> rows with the baseline below row <paramref name="ascent"/>
    /// - 1; null when the font has none.</summary>
    public Glyph? Find(int codePoint, int ascent, int height)
    {
        if (!_glyphs.TryGetValue(codePoint, out int index)) return null;
        var (left, right, up, down) = Metrics(index);
        int width = right - left;
        int table = _tables[BitmapsTable];
        int format = Format(table);
        int pad = 1 << (format & 3);
        int stride = (width + 8 * pad - 1) / (8 * pad) * pad;
        int count = Int(table, table + 4);
        int bits = table + 8 + 4 * count + 16 + Int(table, table + 8 + 4 * index);
        var columns = new int[width];
        for (int row = 0; row < up + down; row++)
        {
            int y = ascent - up + row;
            if (y < 0 || y >= height) continue;
            for (int x = 0; x < width; x++)
            {
                int octet = _data[bits + row * stride + x / 8];
                int shift = (format & MostSignificantBitFirst) != 0 ? 7 - x % 8 : x % 8;
                if ((octet >> shift & 1) != 0) columns[x] |= 1 << y;
            }
        }

        return Glyph.Trimmed(columns);
    }

    private void ReadEncodings()
    {
        int table = _tables[EncodingsTable];
        int firstColumn = Short(table, table + 4), lastColumn = Short(table, table + 6);
        int firstRow = Short(table, table + 8), lastRow = Short(table, table + 10);
        int columns = lastColumn - firstColumn + 1;
        for (int row = firstRow; row <= lastRow; row++)
        {
            for (int column = firstColumn; column <= lastColumn; column++)
            {
                int glyph = Short(table, table + 14 + 2 * ((row - firstRow) * columns + column - firstColumn));
                if (glyph != 0xFFFF) _glyphs[row * 256 + column] = glyph;
            }
        }
    }

    private (int Left, int Right, int Up, int Down) Metrics(int index)
    {
        int table = _tables[MetricsTable];
        if ((Format(table) & CompressedMetrics) != 0)
        {
            int at = table + 6 + 5 * index;
            return (_data[at] - 128, _data[at + 1] - 128, _data[at + 3] - 128, _data[at + 4] - 128);
        }

        int full = table + 8 + 12 * index;
        return ((short)Short(table, full), (short)Short(table, full + 2), (short)Short(table, full + 6), (short)Short(table, full + 8));
    }

    private int Format(int table) => BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(table));

    private int Int(int table, int at) => (Format(table) & BigEndianBytes) != 0
        ? BinaryPrimitives.ReadInt32BigEndian(_data.AsSpan(at))
        : BinaryPrimitives.ReadInt32LittleEndian(_data.AsSpan(at));

    private int Short(int table, int at) => (Format(table) & BigEndianBytes) != 0
        ? BinaryPrimitives.ReadUInt16BigEndian(_data.AsSpan(at))
        : BinaryPrimitives.ReadUInt16LittleEndian(_data.AsSpan(at));
}
