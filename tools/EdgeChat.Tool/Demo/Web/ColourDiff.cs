using System.Buffers.Binary;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo.Web;

/// <summary>Writes what has changed on a screen with colours as one binary message for the page.</summary>
/// <remarks>Layout: 3, board, flags (bit 0 on), 0, width and height as 16-bit numbers; then spans of one colour in one row: column, row,
/// length and RGB565 colour, 16 bits each. Numbers are little-endian.</remarks>
public static class ColourDiff
{
    /// <summary>The first byte of a colour message.</summary>
    public const byte Kind = 3;

    /// <summary>What a page is to be told, or null for nothing; <paramref name="seen"/> is what it was told last and is updated.</summary>
    public static byte[]? Encode(int board, VirtualDisplay display, ref SeenColours? seen)
    {
        var now = new SeenColours(display.IsOn, display.Colours());
        var old = seen;
        if (old is not null && old.IsOn == now.IsOn && old.Pixels.AsSpan().SequenceEqual(now.Pixels))
            return null;
        seen = now;
        var message = new List<byte> { Kind, (byte)board, (byte)(now.IsOn ? 1 : 0), 0 };
        Add(message, display.Width);
        Add(message, display.Height);
        for (var row = 0; row < display.Height; row++)
            AddRow(message, row, now.Pixels.AsSpan(row * display.Width, display.Width), old is null
                ? [] : old.Pixels.AsSpan(row * display.Width, display.Width));
        return [.. message];
    }

    // From the first pixel that differs to the last.
    private static void AddRow(List<byte> message, int row, ReadOnlySpan<ushort> now, ReadOnlySpan<ushort> old)
    {
        var (start, end) = (0, now.Length);
        if (!old.IsEmpty)
        {
            start = now.CommonPrefixLength(old);
            if (start == end)
                return;
            while (now[end - 1] == old[end - 1])
                end--;
        }

        while (start < end)
        {
            var length = now[start..end].IndexOfAnyExcept(now[start]);
            if (length < 0)
                length = end - start;
            Add(message, start);
            Add(message, row);
            Add(message, length);
            Add(message, now[start]);
            start += length;
        }
    }

    private static void Add(List<byte> message, int number)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)number);
        message.AddRange(bytes);
    }
}

/// <summary>A screen with colours as a page was last told.</summary>
/// <param name="IsOn">Whether the panel is on and lit.</param>
/// <param name="Pixels">Its pixels row by row, RGB565.</param>
public sealed record SeenColours(bool IsOn, ushort[] Pixels);
