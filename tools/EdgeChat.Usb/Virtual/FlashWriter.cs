using System.IO.Compression;
using EdgeChat.Usb.Loader;

namespace EdgeChat.Usb.Virtual;

/// <summary>A write of a loader that has begun: takes blocks, inflates them, erases ahead and programs. A block that comes twice is written
/// twice, as on a chip.</summary>
internal sealed class FlashWriter
{
    private const int NotEnough = 0xC800, TooMuch = 0xC900, NotInflated = 0xC700;

    private readonly FlashChip _flash;
    private readonly FlashModel _model;
    private readonly int _end;
    private readonly BlockFeed? _feed;
    private readonly ZLibStream? _inflater;
    private readonly byte[] _buffer = new byte[0x4000];
    private int _at;
    private int _erasedTo;

    /// <summary>Begins.</summary>
    /// <param name="flash">The flash.</param>
    /// <param name="model">Its times.</param>
    /// <param name="offset">Where the first byte goes.</param>
    /// <param name="length">How many there are to be.</param>
    /// <param name="isDeflated">Whether blocks are of a zlib stream.</param>
    /// <param name="isErased">True when all is erased already, as the ROM does.</param>
    public FlashWriter(FlashChip flash, FlashModel model, int offset, int length, bool isDeflated, bool isErased)
    {
        _flash = flash;
        _model = model;
        _at = offset;
        _end = offset + length;
        _erasedTo = isErased ? _end : offset / LoaderClient.Sector * LoaderClient.Sector;
        IsDeflated = isDeflated;
        if (!isDeflated) return;
        _feed = new BlockFeed();
        _inflater = new ZLibStream(_feed, CompressionMode.Decompress);
    }

    /// <summary>Whether blocks are of a zlib stream.</summary>
    public bool IsDeflated { get; }

    /// <summary>What went wrong, as a status of the stub, or 0.</summary>
    public int Error { get; private set; }

    /// <summary>Takes a block.</summary>
    /// <returns>How long the flash takes for it.</returns>
    public TimeSpan Add(ReadOnlySpan<byte> block)
    {
        if (_inflater is null) return Store(block[..Math.Min(block.Length, _end - _at)]);
        TimeSpan time = default;
        _feed!.Add(block.ToArray());
        try
        {
            for (int count; Error == 0 && (count = _inflater.Read(_buffer)) > 0;) time += Store(_buffer.AsSpan(0, count));
            if (_feed.HasMore && Error == 0) Error = TooMuch;
        }
        catch (BlockFeed.EmptyException)
        {
            // the next block goes on
        }
        catch (InvalidDataException)
        {
            Error = NotInflated;
        }

        return time;
    }

    /// <summary>Ends it: all must be there.</summary>
    public int End() => Error != 0 ? Error : _at < _end ? NotEnough : 0;

    private TimeSpan Store(ReadOnlySpan<byte> bytes)
    {
        if (_at + bytes.Length > _end)
        {
            Error = TooMuch;
            return default;
        }

        TimeSpan time = default;
        while (_erasedTo < _at + bytes.Length)
        {
            int step = _erasedTo % 0x10000 == 0 && _end - _erasedTo >= 0x10000 ? 0x10000 : LoaderClient.Sector;
            _flash.Erase(_erasedTo, step);
            time += _model.Erase(_erasedTo, step);
            _erasedTo += step;
        }

        _flash.Program(_at, bytes);
        _at += bytes.Length;
        return time + _model.Program(bytes.Length);
    }

    // Blocks for an inflater that asks for more than there is: then it is left with an exception, and asks again with the next block.
    private sealed class BlockFeed : Stream
    {
        private readonly Queue<byte[]> _blocks = new();
        private int _used;

        public bool HasMore => _blocks.Count > 0;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public void Add(byte[] block)
        {
            if (block.Length > 0) _blocks.Enqueue(block);
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            if (!_blocks.TryPeek(out byte[]? block)) throw new EmptyException();
            int count = Math.Min(buffer.Length, block.Length - _used);
            block.AsSpan(_used, count).CopyTo(buffer);
            _used += count;
            if (_used < block.Length) return count;
            _blocks.Dequeue();
            _used = 0;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public sealed class EmptyException : Exception;
    }
}
