using System.Buffers.Binary;
using System.IO.Compression;
using EdgeChat.Tests.Screens;

namespace EdgeChat.Tests.Boards;

/// <summary>A picture in colours at a display's own size, and its PNG form (W3C PNG, third edition): eight bits a colour, no
/// filter.</summary>
internal sealed class ColourPicture(int width, int height, byte[] colours)
{
    private const int Channels = 3;

    public int Width { get; } = width;

    public int Height { get; } = height;

    /// <summary>Red, green and blue of each pixel, row by row.</summary>
    public byte[] Colours { get; } = colours;

    /// <summary>Takes RGB565 pixels.</summary>
    public static ColourPicture Of(int width, int height, ushort[] pixels)
    {
        var colours = new byte[pixels.Length * Channels];
        for (int i = 0; i < pixels.Length; i++)
        {
            colours[i * Channels] = (byte)((pixels[i] >> 11) * 255 / 31);
            colours[i * Channels + 1] = (byte)((pixels[i] >> 5 & 63) * 255 / 63);
            colours[i * Channels + 2] = (byte)((pixels[i] & 31) * 255 / 31);
        }

        return new ColourPicture(width, height, colours);
    }

    /// <summary>Reads a picture that <see cref="Save"/> wrote.</summary>
    public static ColourPicture Load(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        int at = Picture.Signature.Length;
        int width = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 8));
        int height = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 12));
        at += 12 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
        int length = BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
        using var stream = new ZLibStream(new MemoryStream(file, at + 8, length), CompressionMode.Decompress);
        var colours = new byte[width * height * Channels];
        for (int y = 0; y < height; y++)
        {
            stream.ReadExactly(new byte[1]);
            stream.ReadExactly(colours, y * width * Channels, width * Channels);
        }

        return new ColourPicture(width, height, colours);
    }

    public bool IsSame(ColourPicture other) => Width == other.Width && Height == other.Height &&
        Colours.AsSpan().SequenceEqual(other.Colours);

    public void Save(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        using var file = File.Create(path);
        file.Write(Picture.Signature);
        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, Width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), Height);
        head[8] = 8; // bits a channel
        head[9] = 2; // colour without a palette
        Picture.Chunk(file, "IHDR", head);
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            for (int y = 0; y < Height; y++)
            {
                stream.WriteByte(0); // no filter
                stream.Write(Colours, y * Width * Channels, Width * Channels);
            }
        }

        Picture.Chunk(file, "IDAT", packed.ToArray());
        Picture.Chunk(file, "IEND", []);
    }
}
