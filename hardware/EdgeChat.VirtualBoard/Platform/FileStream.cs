namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's FileStream on the board's drive. What is written is durable once the stream was closed, and not
/// before.</summary>
public class FileStream : Stream
{
    private readonly PowerCycle _cycle;
    private readonly FlashFile _file;
    private readonly FileAccess _access;
    private readonly int _seekLimit;
    private int _position;
    private bool _isClosed;

    public FileStream(string path, FileMode mode)
        : this(path, mode, mode == FileMode.Append ? FileAccess.Write : FileAccess.ReadWrite)
    {
    }

    public FileStream(string path, FileMode mode, FileAccess access)
        : this(path, mode, access, FileShare.Read)
    {
    }

    public FileStream(string path, FileMode mode, FileAccess access, FileShare share)
        : this(path, mode, access, share, 0)
    {
    }

    public FileStream(string path, FileMode mode, FileAccess access, FileShare share, int bufferSize)
    {
        if (access is < FileAccess.Read or > FileAccess.ReadWrite)
            throw new ArgumentOutOfRangeException(nameof(access), access, "no such access");
        if (mode is < FileMode.CreateNew or > FileMode.Append) throw new ArgumentOutOfRangeException(nameof(mode), mode, "no such mode");
        if (share is < FileShare.None or > FileShare.ReadWrite)
            throw new ArgumentOutOfRangeException(nameof(share), share, "no such share");
        if (mode is not (FileMode.Open or FileMode.OpenOrCreate) && access == FileAccess.Read)
            throw new ArgumentException("this mode changes the file and needs write access", nameof(mode));
        if (mode == FileMode.Append && access != FileAccess.Write)
            throw new ArgumentException("append needs write access alone", nameof(access));
        _cycle = PowerCycle.Require(nameof(FileStream));
        _file = Flash.Open(_cycle, Path.Below(path), mode, access, share);
        _access = access;
        Name = Path.GetFullPath(path);
        if (mode == FileMode.Append) _position = _seekLimit = _file.Length;
    }

    public override bool CanRead => !_isClosed && (_access & FileAccess.Read) != 0;

    public override bool CanSeek => !_isClosed;

    public override bool CanWrite => !_isClosed && (_access & FileAccess.Write) != 0;

    public override long Length
    {
        get
        {
            CheckOpen();
            return _file.Length;
        }
    }

    public override long Position
    {
        get
        {
            CheckOpen();
            return _position;
        }

        set
        {
            CheckOpen();
            if (value < _seekLimit) throw new IOException("before the place where appending began, or before the file's start");
            _position = (int)value;
        }
    }

    public string Name { get; }

    private VirtualFlash Flash => _cycle.Board.Flash;

    public override void Flush() => CheckOpen();

    public override int Read(byte[] buffer, int offset, int count) => ReadInto(buffer.AsSpan(offset, count));

    /// <summary>Not there on the board either.</summary>
    public int Read(SpanByte buffer) =>
        throw new NotImplementedException("FileStream.Read(SpanByte) is not implemented on the board; read into a byte[]");

    public override int ReadByte()
    {
        Span<byte> one = stackalloc byte[1];
        return ReadInto(one) == 1 ? one[0] : -1;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => _position + offset,
        SeekOrigin.End => _file.Length + offset,
        _ => throw new NotSupportedException("no such origin"),
    };

    public override void SetLength(long value)
    {
        CheckOpen();
        if (!CanWrite) throw new NotSupportedException("the stream is open for reading alone");
        if (value < _seekLimit) throw new IOException("before the place where appending began");
        Flash.Resize(_cycle, _file, (int)value);
        _position = Math.Min(_position, _file.Length);
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        CheckOpen();
        if (!CanWrite) throw new NotSupportedException("the stream is open for reading alone");
        Flash.Write(_cycle, _file, _position, buffer.AsSpan(offset, count));
        _position += count;
    }

    public override void WriteByte(byte value) => Write([value], 0, 1);

    public override void Close() => Dispose(true);

    protected override void Dispose(bool disposing)
    {
        if (_isClosed || !disposing) return;
        _isClosed = true;
        Flash.Close(_cycle, _file);
    }

    private int ReadInto(Span<byte> buffer)
    {
        CheckOpen();
        if (!CanRead) throw new NotSupportedException("the stream is open for writing alone");
        int count = _file.Read(_position, buffer);
        _position += count;
        return count;
    }

    private void CheckOpen()
    {
        _cycle.Check();
        ObjectDisposedException.ThrowIf(_isClosed, this);
    }
}
