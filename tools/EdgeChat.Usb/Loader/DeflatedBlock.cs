using System.IO.Compression;

namespace EdgeChat.Usb.Loader;

/// <summary>A block of a compressed stream, framed and ready to send.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Inflated">How many bytes the loader can inflate more, once it has this block.</param>
internal sealed record DeflatedBlock(byte[] Frame, int Inflated)
{
    /// <summary>Most bytes of a block that the stub takes.</summary>
    public const int Most = 0x4000;

    /// <summary>Compresses <paramref name="data"/> and cuts it into blocks.</summary>
    public static IReadOnlyList<DeflatedBlock> Split(ReadOnlyMemory<byte> data)
    {
        var stream = new MemoryStream();
        using (var zlib = new ZLibStream(stream, CompressionLevel.SmallestSize, leaveOpen: true)) zlib.Write(data.Span);
        byte[] deflated = stream.ToArray();
        int[] inflated = InflatedAfter(deflated, data.Length);
        return
        [
            .. inflated.Select((count, i) => new DeflatedBlock(
                LoaderLink.BlockFrame(LoaderCommand.DeflateData, i,
                    deflated.AsSpan((i * Most)..Math.Min(deflated.Length, (i + 1) * Most))),
                count - (i == 0 ? 0 : inflated[i - 1]))),
        ];
    }

    // How many bytes have come out when each block has gone in.
    private static int[] InflatedAfter(byte[] deflated, int length)
    {
        var after = new int[(deflated.Length + Most - 1) / Most];
        var input = new BlockStream(deflated);
        using var zlib = new ZLibStream(input, CompressionMode.Decompress);
        var buffer = new byte[0x4000];
        for (int total = 0, count; (count = zlib.Read(buffer)) > 0;)
        {
            total += count;
            after[input.Blocks - 1] = total;
        }

        for (int i = 1; i < after.Length; i++) after[i] = Math.Max(after[i], after[i - 1]);
        after[^1] = length;
        return after;
    }

    // Hands out one block a read, and counts them.
    private sealed class BlockStream(byte[] bytes) : MemoryStream(bytes)
    {
        public int Blocks { get; private set; }

        // what a derived memory stream is asked for in any form comes here
        public override int Read(byte[] buffer, int offset, int count)
        {
            int room = Most - (int)(Position % Most);
            int taken = base.Read(buffer, offset, Math.Min(count, room));
            Blocks = (int)((Position + Most - 1) / Most);
            return taken;
        }
    }
}
