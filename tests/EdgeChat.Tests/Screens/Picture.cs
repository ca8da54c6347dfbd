using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using EdgeChat.Core;

namespace EdgeChat.Tests.Screens;

/// <summary>A picture of two colours, as a display shows it, and its PNG form (W3C PNG, third edition): one bit a pixel, a palette, no
/// filter.</summary>
internal sealed class Picture
{
    private const int Scale = 4;
    private const int Border = 2; // pixels of dark around it, so that light edges are seen
    internal static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];
    private static readonly byte[] Palette = [0x0A, 0x0F, 0x16, 0xD8, 0xEC, 0xFF];

    private readonly bool[] _light;

    public Picture(int width, int height)
    {
        Width = width;
        Height = height;
        _light = new bool[width * height];
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Takes a frame as a person sees it, rotated where its display begins at another line.</summary>
    public static Picture Of(Frame frame)
    {
        var picture = new Picture(frame.Width + 2 * Border, frame.Height + 2 * Border);
        for (int y = 0; y < frame.Height; y++)
        {
            int row = (y / 8 + frame.StartPage) % (frame.Height / 8) * frame.Width;
            for (int x = 0; x < frame.Width; x++)
                picture._light[(y + Border) * picture.Width + x + Border] = (frame.Pixels[row + x] >> (y & 7) & 1) != 0;
        }

        return picture;
    }

    /// <summary>Reads a picture that <see cref="Save"/> wrote.</summary>
    public static Picture Load(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int width = 0;
        int height = 0;
        using var packed = new MemoryStream();
        for (int at = Signature.Length; at < file.Length;)
        {
            int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            string kind = Encoding.ASCII.GetString(file, at + 4, 4);
            if (kind == "IHDR")
            {
                width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 8));
                height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 12));
                if (file[at + 16] != 1 || file[at + 17] != 3)
                    throw new InvalidDataException($"{path}: not one bit with a palette: it was not written by these tests");
            }
            else if (kind == "IDAT")
            {
                packed.Write(file, at + 8, length);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        var rows = new byte[(width / 8 + 1) * height];
        stream.ReadExactly(rows);
        var picture = new Picture(width / Scale, height / Scale);
        for (int y = 0; y < picture.Height; y++)
            for (int x = 0; x < picture.Width; x++)
                picture._light[y * picture.Width + x] =
                    (rows[y * Scale * (width / 8 + 1) + 1 + x * Scale / 8] >> (7 - x * Scale % 8) & 1) != 0;
        return picture;
    }

    /// <summary>Two pictures beside each other.</summary>
    public static Picture Beside(Picture left, Picture right)
    {
        var both = new Picture(left.Width + right.Width + 4, Math.Max(left.Height, right.Height));
        both.Copy(left, 0);
        both.Copy(right, left.Width + 4);
        return both;
    }

    public bool IsSame(Picture other) => Width == other.Width && Height == other.Height && _light.AsSpan().SequenceEqual(other._light);

    /// <summary>Writes the picture scaled up as a PNG.</summary>
    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        file.Write(Signature);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width * Scale);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height * Scale);
        head[8] = 1; // bits a pixel
        head[9] = 3; // indexed colour
        Chunk(file, "IHDR", head);
        Chunk(file, "PLTE", Palette);
        Chunk(file, "IDAT", Packed());
        Chunk(file, "IEND", []);
    }

    private byte[] Packed()
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var row = new byte[Width * Scale / 8 + 1];
            for (int y = 0; y < Height; y++)
            {
                Array.Clear(row);
                for (int x = 0; x < Width * Scale; x++)
                    if (_light[y * Width + x / Scale]) row[1 + x / 8] |= (byte)(0x80 >> (x % 8));
                for (int i = 0; i < Scale; i++) stream.Write(row);
            }
        }

        return packed.ToArray();
    }

    private void Copy(Picture from, int left)
    {
        for (int y = 0; y < from.Height; y++) Array.Copy(from._light, y * from.Width, _light, y * Width + left, from.Width);
    }

    internal static void Chunk(Stream file, string kind, byte[] content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] named = [.. Encoding.ASCII.GetBytes(kind), .. content];
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        file.Write(number);
    }

    private static uint Crc(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc ^= b;
            for (int i = 0; i < 8; i++) crc = (crc & 1) != 0 ? 0xEDB88320 ^ crc >> 1 : crc >> 1;
        }

        return ~crc;
    }
}
