using System.Buffers.Binary;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>The stream below TLS, which looks at the headers of the records that come (RFC 5246, section 6.2.1).</summary>
/// <remarks>The board's buffer for what comes is 16 KB in the handshake, and under TLS 1.2 some 4.4 KB after it, where a PC takes 16 KB
/// always.</remarks>
internal sealed class TlsRecords(Stream inner) : Stream
{
    /// <summary>The longest record under TLS 1.2 after the handshake, without its header: 4,390 bytes of text, with the nonce and the tag
    /// of AES-GCM (RFC 5288, section 3).</summary>
    public const int LongestOf12 = 4390 + 8 + 16;

    private const int HeaderBytes = 5;
    private const int FirstType = 20;
    private const int AlertType = 21;
    private const int LastType = 23;

    private readonly byte[] _header = new byte[HeaderBytes];
    private int _have;
    private int _left;

    /// <summary>Whether what came first is no record of TLS.</summary>
    public bool IsNoTls { get; private set; }

    /// <summary>Whether an alert came that could be read: one of the handshake.</summary>
    public bool HasAlert { get; private set; }

    /// <summary>The longest record, without its header, that does not end the connection.</summary>
    public int Limit { get; set; } = int.MaxValue;

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => true;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int got = inner.Read(buffer);
        Look(buffer[..got]);
        return got;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }

    private void Look(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0 && !IsNoTls)
        {
            if (_left > 0)
            {
                int skipped = Math.Min(_left, bytes.Length);
                _left -= skipped;
                bytes = bytes[skipped..];
                continue;
            }

            _header[_have++] = bytes[0];
            bytes = bytes[1..];
            if (_have < HeaderBytes) continue;
            _have = 0;
            Begin();
        }
    }

    private void Begin()
    {
        IsNoTls = _header[0] is < FirstType or > LastType || _header[1] != 3;
        HasAlert |= _header[0] == AlertType;
        _left = BinaryPrimitives.ReadUInt16BigEndian(_header.AsSpan(3));
        if (!IsNoTls && _left > Limit)
            throw new IOException($"a TLS record of {_left} bytes: under TLS 1.2 a board reads {Limit}");
    }
}
