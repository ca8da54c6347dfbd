using System.Buffers.Binary;
using EdgeChat.VirtualBoard;

namespace EdgeChat.Tool.Demo.Web;

/// <summary>Writes what has changed on a screen as one binary message for the page.</summary>
/// <remarks>Layout: 1, board, flags (bit 0 on), contrast, width and height as 16-bit numbers; then runs of offset, length (16-bit) and
/// that many bytes of the display RAM in page order. Numbers are little-endian.</remarks>
public static class ScreenDiff
{
    /// <summary>The first byte of a screen message.</summary>
    public const byte Kind = 1;

    // A run costs four bytes itself, so a shorter gap of equal bytes is sent along.
    private const int WorthAGap = 4;

    /// <summary>What a page is to be told, or null for nothing; <paramref name="seen"/> is what it was told last and is updated.</summary>
    public static byte[]? Encode(int board, VirtualDisplay display, ref SeenScreen? seen)
    {
        var now = new SeenScreen(display.IsOn, display.Contrast, display.Snapshot());
        var old = seen;
        if (old is not null && old.IsOn == now.IsOn && old.Contrast == now.Contrast && old.Ram.AsSpan().SequenceEqual(now.Ram))
            return null;
        seen = now;
        var message = new List<byte> { Kind, (byte)board, (byte)(now.IsOn ? 1 : 0), now.Contrast };
        Add(message, display.Width);
        Add(message, display.Height);
        if (old is null || old.Ram.Length != now.Ram.Length)
            AddRun(message, now.Ram, 0, now.Ram.Length);
        else
            AddChanges(message, old.Ram, now.Ram);
        return [.. message];
    }

    private static void AddChanges(List<byte> message, byte[] old, byte[] now)
    {
        for (var start = 0; start < now.Length; start++)
        {
            if (old[start] == now[start])
                continue;
            var end = start + 1;
            for (var i = end; i < now.Length && i - end < WorthAGap; i++)
            {
                if (old[i] != now[i])
                    end = i + 1;
            }

            AddRun(message, now, start, end - start);
            start = end;
        }
    }

    private static void AddRun(List<byte> message, byte[] ram, int offset, int length)
    {
        Add(message, offset);
        Add(message, length);
        message.AddRange(ram.AsSpan(offset, length));
    }

    private static void Add(List<byte> message, int number)
    {
        Span<byte> bytes = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)number);
        message.AddRange(bytes);
    }
}

/// <summary>A screen as a page was last told.</summary>
/// <param name="IsOn">Whether the panel is on.</param>
/// <param name="Contrast">Its contrast, 0 to 255.</param>
/// <param name="Ram">Its pixels in page order.</param>
public sealed record SeenScreen(bool IsOn, byte Contrast, byte[] Ram);
