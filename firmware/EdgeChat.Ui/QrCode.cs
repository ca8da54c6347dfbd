using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>A QR code of version 1 to 3 in byte mode (ISO/IEC 18004:2015), enough for a label of up to 53 bytes.</summary>
/// <remarks>Takes error correction level M, and level L only for what version 3-M cannot hold. Always uses data mask 2 (columns): a decoder
/// reads any mask, and on a clean display the choice of the best one gains nothing.</remarks>
public sealed class QrCode
{
    private const int Mask = 2; // 7.8.2: column mod 3 = 0
    private const int Generator = 0x11D; // the field's polynomial, 7.5.2
    private const int ByteMode = 4;
    private const int FormatPolynomial = 0x537; // 7.9.1
    private const int FormatMask = 0x5412;
    private const byte Unset = 2;
    private const int Quiet = 4; // modules of light around a drawn code; two a side of the four of 9.1, which readers take

    private readonly byte[] _modules;

    private QrCode(int version)
    {
        Size = 17 + 4 * version;
        _modules = new byte[Size * Size];
        for (int i = 0; i < _modules.Length; i++) _modules[i] = Unset;
    }

    /// <summary>Modules of a side.</summary>
    public int Size { get; }

    /// <summary>Makes the code of bytes; null when there are more than 53.</summary>
    public static QrCode Encode(byte[] text, int count)
    {
        // version, level bits (L 1, M 0), data code words, error correction code words: tables 7 and 9
        if (count <= 14) return Encode(text, count, 1, 0, 16, 10);
        if (count <= 26) return Encode(text, count, 2, 0, 28, 16);
        if (count <= 42) return Encode(text, count, 3, 0, 44, 26);
        return count <= 53 ? Encode(text, count, 3, 1, 55, 15) : null;
    }

    /// <summary>Whether a module is dark.</summary>
    public bool IsDark(int x, int y) { return _modules[y * Size + x] == 1; }

    /// <summary>Draws it into a light square, dark on light, its modules as large as there is room for. It needs at least
    /// <see cref="Size"/> pixels and four more.</summary>
    public void Draw(Painter painter, int left, int top, int side)
    {
        int scale = side / (Size + Quiet);
        int margin = (side - Size * scale) / 2;
        int far = side - margin - Size * scale;
        painter.Fill(left, top, side, margin);
        painter.Fill(left, top + side - far, side, far);
        painter.Fill(left, top, margin, side);
        painter.Fill(left + side - far, top, far, side);
        for (int y = 0; y < Size; y++)
            for (int x = 0; x < Size; x++)
                if (!IsDark(x, y)) painter.Fill(left + margin + x * scale, top + margin + y * scale, scale, scale);
        painter.Tint(ColourPlan.Printed, left, top, side, side);
    }

    private static QrCode Encode(byte[] text, int count, int version, int level, int data, int correction)
    {
        byte[] words = DataWords(text, count, data, correction);
        Correct(words, data, correction);
        var code = new QrCode(version);
        code.PlaceFunctions(version, level);
        code.PlaceData(words);
        return code;
    }

    private static byte[] DataWords(byte[] text, int count, int data, int correction)
    {
        // mode and length take 12 bits, so each byte lies across two words; a terminator of 4 bits follows (7.4)
        var words = new byte[data + correction];
        words[0] = (byte)(ByteMode << 4 | count >> 4);
        words[1] = (byte)(count << 4);
        for (int i = 0; i < count; i++)
        {
            words[i + 1] |= (byte)(text[i] >> 4);
            words[i + 2] = (byte)(text[i] << 4);
        }

        bool isFirst = true;
        for (int i = count + 2; i < data; i++, isFirst = !isFirst) words[i] = (byte)(isFirst ? 0xEC : 0x11);
        return words;
    }

    /// <summary>Adds the remainder of the division by the generator polynomial (7.5).</summary>
    private static void Correct(byte[] words, int data, int correction)
    {
        var polynomial = new byte[correction + 1];
        polynomial[0] = 1;
        int root = 1;
        for (int i = 0; i < correction; i++)
        {
            for (int k = i + 1; k > 0; k--) polynomial[k] ^= (byte)Multiply(polynomial[k - 1], root);
            root = Multiply(root, 2);
        }

        var rest = new byte[words.Length];
        System.Array.Copy(words, rest, data);
        for (int i = 0; i < data; i++)
        {
            int factor = rest[i];
            if (factor == 0) continue;
            for (int k = 0; k <= correction; k++) rest[i + k] ^= (byte)Multiply(polynomial[k], factor);
        }

        System.Array.Copy(rest, data, words, data, correction);
    }

    private static int Multiply(int a, int b)
    {
        int product = 0;
        for (; b != 0; b >>= 1)
        {
            if ((b & 1) != 0) product ^= a;
            a <<= 1;
            if (a > 255) a ^= Generator;
        }

        return product;
    }

    private void PlaceFunctions(int version, int level)
    {
        PlaceFinder(0, 0);
        PlaceFinder(Size - 7, 0);
        PlaceFinder(0, Size - 7);
        if (version > 1) PlaceSquare(Size - 7, Size - 7, 2); // the one alignment pattern that versions 2 and 3 have
        for (int i = 8; i < Size - 8; i++)
        {
            Set(i, 6, (i & 1) == 0);
            Set(6, i, (i & 1) == 0);
        }

        PlaceFormat(level);
        Set(8, Size - 8, true); // 7.9.1: always dark
    }

    private void PlaceFinder(int left, int top)
    {
        for (int y = -1; y <= 7; y++)
            for (int x = -1; x <= 7; x++)
                if (left + x >= 0 && left + x < Size && top + y >= 0 && top + y < Size) Set(left + x, top + y, false);
        PlaceSquare(left + 3, top + 3, 3);
    }

    /// <summary>A dark square ring of a radius around a dark middle.</summary>
    private void PlaceSquare(int middleX, int middleY, int radius)
    {
        for (int y = -radius; y <= radius; y++)
        {
            for (int x = -radius; x <= radius; x++)
            {
                int distance = Larger(x < 0 ? -x : x, y < 0 ? -y : y);
                Set(middleX + x, middleY + y, distance != radius - 1);
            }
        }
    }

    private void PlaceFormat(int level)
    {
        int format = level << 3 | Mask;
        int rest = format << 10;
        for (int bit = 14; bit >= 10; bit--)
            if ((rest >> bit & 1) != 0) rest ^= FormatPolynomial << (bit - 10);
        format = (format << 10 | rest) ^ FormatMask;
        for (int i = 0; i < 15; i++)
        {
            bool isDark = (format >> i & 1) != 0;
            if (i < 8) Set(Size - 1 - i, 8, isDark);
            else Set(8, Size - 15 + i, isDark);
            if (i < 6) Set(8, i, isDark);
            else if (i < 8) Set(8, i + 1, isDark);
            else if (i == 8) Set(7, 8, isDark);
            else Set(14 - i, 8, isDark);
        }
    }

    /// <summary>Fills what is left, two columns at a time from the right, up and down in turn (7.7.3), and applies the mask.</summary>
    private void PlaceData(byte[] words)
    {
        int bit = 0;
        bool isUp = true;
        for (int right = Size - 1; right > 0; right -= 2, isUp = !isUp)
        {
            if (right == 6) right--; // the column of the timing pattern
            for (int step = 0; step < Size; step++)
            {
                int y = isUp ? Size - 1 - step : step;
                for (int x = right; x >= right - 1; x--)
                {
                    if (_modules[y * Size + x] != Unset) continue;
                    bool isDark = bit < words.Length * 8 && (words[bit >> 3] >> (7 - (bit & 7)) & 1) != 0;
                    bit++;
                    Set(x, y, isDark != (x % 3 == 0));
                }
            }
        }
    }

    private void Set(int x, int y, bool isDark) { _modules[y * Size + x] = (byte)(isDark ? 1 : 0); }

    private static int Larger(int a, int b) { return a > b ? a : b; }
}
