using System.Collections.Concurrent;

namespace EdgeChat.Tests.Tool;

/// <summary>An input that stays open: gives what was added, and waits for more until it is disposed.</summary>
internal sealed class TypedStream : Stream
{
    private readonly BlockingCollection<byte[]> _chunks = [];
    private readonly TaskCompletionSource _emptied = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ReadOnlyMemory<byte> _rest;

    /// <summary>Completes when somebody waits for more.</summary>
    public Task Emptied => _emptied.Task;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public void Add(byte[] bytes) => _chunks.Add(bytes);

    public override int Read(byte[] buffer, int offset, int count)
    {
        while (_rest.IsEmpty)
        {
            if (_chunks.Count == 0) _emptied.TrySetResult();
            if (!_chunks.TryTake(out byte[]? chunk, Timeout.Infinite)) return 0;
            _rest = chunk;
        }

        int taken = Math.Min(count, _rest.Length);
        _rest.Span[..taken].CopyTo(buffer.AsSpan(offset));
        _rest = _rest[taken..];
        return taken;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _chunks.CompleteAdding();
        base.Dispose(disposing);
    }
}
