using System;

namespace EdgeChat.Core;

/// <summary>Durable records in segment files: append at the end, read by address, make room at the oldest end.</summary>
/// <remarks>
/// <para>Responsible for: one durable write an append, finding every sound record after a power cut or damage, and moving what is live out
/// of the oldest segment. Not for what a record means; the owner knows that (<see cref="ILogVisitor"/>, <see cref="ILogOwner"/>).</para>
/// <para>Files are <c>prefix1</c>, <c>prefix2</c> ... of at most <c>segmentBytes</c>. An address is the low bits of the segment's number
/// and the offset in it, from 1 to <see cref="MaxAddress"/>: the segments that exist at one time differ in these bits. The last free
/// segment is kept back for <see cref="CompactOne"/>, so a full log can still be compacted.</para>
/// <para>There is one buffer, <see cref="Bytes"/>, for all: a record is built in it and read into it. Between two calls it belongs to the
/// owner of the log, who may make anything else in it too.</para>
/// <para>A power cut during an append leaves at most a torn tail: it is skipped at the next <see cref="Open"/>, and writing goes on in a
/// new segment. A damaged record costs only itself.</para>
/// </remarks>
public sealed partial class FlashLog
{
    /// <summary>The highest address: 24 bits.</summary>
    public const int MaxAddress = 1 << AddressBits;

    private const int AddressBits = 24;

    private readonly IFlash _flash;
    private readonly int _segmentBytes;
    private readonly int _maxSegments;
    private readonly int _offsetBits;
    private readonly byte[] _scratch;
    private readonly SegmentTable _segments;
    private Opening _opening; // while the segments are read
    private bool _isBusy;

    /// <summary>Makes a log that is not open yet.</summary>
    /// <param name="flash">Where the files are.</param>
    /// <param name="prefix">What all its file names begin with; no digit at the end, or two logs could claim one file.</param>
    /// <param name="segmentBytes">The size of a segment: a power of two, the flash's erase block (4096) at best.</param>
    /// <param name="maxSegments">How many segments there may be, 3 or more: one to write, one kept back, one or more old ones.</param>
    /// <param name="bufferBytes">The buffer, at most a segment: the longest record, its <see cref="LogRecord.Overhead"/> bytes
    /// included.</param>
    public FlashLog(IFlash flash, string prefix, int segmentBytes, int maxSegments, int bufferBytes)
    {
        if (prefix.Length == 0 || (prefix[prefix.Length - 1] >= '0' && prefix[prefix.Length - 1] <= '9'))
            throw new ArgumentException("log prefix '" + prefix + "': must not end in a digit");
        if (maxSegments < 3) throw new ArgumentException("log '" + prefix + "': needs 3 segments or more");
        int bits = 6;
        while (bits < 16 && 1 << bits < segmentBytes) bits++;
        if (1 << bits != segmentBytes)
            throw new ArgumentException("log '" + prefix + "': a segment is a power of two from 64 to 65536 bytes");
        if (bufferBytes <= LogRecord.Overhead || bufferBytes > segmentBytes)
            throw new ArgumentException("log '" + prefix + "': a record is no longer than a segment");
        _flash = flash;
        _segmentBytes = segmentBytes;
        _maxSegments = maxSegments;
        _offsetBits = bits;
        _scratch = new byte[bufferBytes];
        _segments = new SegmentTable(prefix, (1 << (31 - bits)) - 1, maxSegments + 1);
    }

    /// <summary>Records that <see cref="Open"/> found damaged; each was skipped.</summary>
    public int DamagedRecords { get; private set; }

    /// <summary>Records that <see cref="Open"/> found cut off: writes that had not returned when the power went.</summary>
    public int TornRecords { get; private set; }

    /// <summary>The type of the record that <see cref="Read"/> gave last.</summary>
    public byte ReadType { get; private set; }

    /// <summary>Segments on flash.</summary>
    public int SegmentCount { get { return _segments.Count; } }

    /// <summary>Where the payload of the record is that <see cref="Read"/> gave last, and where that of the next <see cref="Append"/> is
    /// put, from <see cref="LogRecord.HeaderBytes"/> on; each call of the log overwrites it.</summary>
    public byte[] Bytes { get { return _scratch; } }

    /// <summary>The longest payload of a record.</summary>
    public int MaxPayload { get { return _scratch.Length - LogRecord.Overhead; } }

    /// <summary>Bytes that the segments hold, live or not.</summary>
    public int UsedBytes
    {
        get
        {
            int sum = 0;
            for (int i = 0; i < _segments.Count; i++) sum += _segments.SizeAt(i);
            return sum;
        }
    }

    /// <summary>Bytes that the log may take on flash.</summary>
    public int CapacityBytes { get { return _segmentBytes * _maxSegments; } }

    /// <summary>Whether the last segment that <see cref="Append"/> may begin has begun: time for <see cref="CompactOne"/>.</summary>
    public bool IsNearlyFull { get { return _segments.Count >= _maxSegments - 1; } }

    /// <summary>Whether a payload of this length can be appended without compacting first.</summary>
    public bool Fits(int count)
    {
        return Takes(count + LogRecord.Overhead) || _segments.Count < _maxSegments - 1;
    }

    /// <summary>Writes the record whose payload of <paramref name="count"/> bytes was put into <see cref="Bytes"/>, durable when this
    /// returns, with exactly one <see cref="IFlash.Append"/>; gives its address.</summary>
    /// <remarks>Throws <see cref="FlashException"/> when the log is full or the flash refuses; a refused record may still be there after a
    /// restart, when the flash failed only after it had written.</remarks>
    public int Append(byte type, int count)
    {
        EnsureFree();
        if (count < 0 || count > MaxPayload)
            throw new ArgumentException("log '" + _segments.Prefix + "': no room for a payload of " + count.ToString());
        int total = LogRecord.Seal(_scratch, type, count);
        if (!Takes(total))
        {
            if (IsNearlyFull) throw new FlashException("log '" + _segments.Prefix + "' is full: nothing in it can be given up", null);
            BeginSegment();
        }

        return Store(0, total);
    }

    /// <summary>Reads a record into <see cref="Bytes"/>; gives the length of its payload, or -1 when the record is damaged or
    /// gone.</summary>
    public int Read(int address)
    {
        EnsureFree();
        int segment = address <= 0 ? -1 : _segments.Find((address - 1) >> _offsetBits, LowBits);
        if (segment < 0) return -1;
        int offset = (address - 1) & (_segmentBytes - 1);
        int rest = SizeToRead(segment) - offset;
        if (rest < LogRecord.Overhead) return -1;
        try
        {
            string name = _segments.NameAt(segment);
            int have = _flash.Read(name, offset, _scratch, 0, AtFirst(rest));
            int total = LogRecord.StatedLength(_scratch, 0, have);
            if (total > rest || total > _scratch.Length) return -1;
            if (total > have) have += _flash.Read(name, offset + have, _scratch, have, total - have);
            if (LogRecord.SoundLength(_scratch, 0, have) == 0) return -1;
            ReadType = _scratch[1];
            return total - LogRecord.Overhead;
        }
        catch (FlashException)
        {
            return -1; // what cannot be read is damaged, for whoever wants to show it
        }
    }

    // a file made longer from outside ends where a segment does
    private int SizeToRead(int segment)
    {
        int size = _segments.SizeAt(segment);
        return size < _segmentBytes ? size : _segmentBytes;
    }

    private int AtFirst(int rest)
    {
        int count = rest < Limits.FirstReadBytes ? rest : Limits.FirstReadBytes;
        return count < _scratch.Length ? count : _scratch.Length;
    }

    private int LowBits { get { return (1 << (AddressBits - _offsetBits)) - 1; } }

    private int Address(int number, int offset)
    {
        return ((number & LowBits) << _offsetBits | offset) + 1;
    }

    private void EnsureFree()
    {
        if (_isBusy || _opening != null)
            throw new InvalidOperationException("log '" + _segments.Prefix + "': no call from inside a callback or before all is read");
    }
}
