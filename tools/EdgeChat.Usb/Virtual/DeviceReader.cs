using EdgeChat.Usb.Wire;

namespace EdgeChat.Usb.Virtual;

/// <summary>How nanoCLR reads packets, with its weak points (seen on the real sources): behind 32 bytes that are no marker the next 32 are
/// taken for a header, and a payload that does not come whole takes the next packet's bytes.</summary>
/// <remarks>States: looks for a marker, reads a header without looking, reads a payload.</remarks>
internal sealed class DeviceReader
{
    private static readonly TimeSpan HeaderPatience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PayloadPatience = TimeSpan.FromSeconds(5);

    private readonly List<byte> _bytes = [];
    private WirePacket? _header;
    private int _length;
    private uint _crc;
    private int _skipped;
    private TimeSpan _since;

    /// <summary>Called with each whole packet.</summary>
    public required Action<WirePacket> Packet { get; init; }

    /// <summary>Called when a header or a payload is damaged, with the flag that says which.</summary>
    public required Action<uint> Damaged { get; init; }

    /// <summary>Takes what has come.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        if (_bytes.Count == 0 && _header is null) _since = now;
        if (now - _since > (_header is null ? HeaderPatience : PayloadPatience))
        {
            Clear();
            _since = now;
        }

        foreach (byte value in bytes)
        {
            _bytes.Add(value);
            if (_header is null) ReadHeader(now);
            else if (_bytes.Count == _length) ReadPayload();
        }
    }

    /// <summary>Forgets what has come.</summary>
    public void Clear()
    {
        _bytes.Clear();
        _header = null;
        _skipped = 0;
    }

    private void ReadHeader(TimeSpan now)
    {
        bool isLooking = _skipped < WirePacket.HeaderBytes;
        while (isLooking && _bytes.Count > 0 && !IsMarker())
        {
            _bytes.RemoveAt(0);
            _skipped++;
            isLooking = _skipped < WirePacket.HeaderBytes;
        }

        if (_bytes.Count < WirePacket.HeaderBytes) return;
        byte[] header = [.. _bytes];
        _bytes.Clear();
        _skipped = 0;
        if (!WirePacket.TryReadHeader(header, out WirePacket packet, out _length, out _crc) || _length > WirePacket.MostToBoard)
        {
            Damaged(WireFlags.BadHeader);
            return;
        }

        if (_length == 0)
        {
            Packet(packet);
            return;
        }

        _header = packet;
        _since = now;
    }

    private bool IsMarker()
    {
        int count = Math.Min(_bytes.Count, WirePacket.Marker.Length);
        for (int i = 0; i < count; i++)
            if (_bytes[i] != WirePacket.Marker[i]) return false;
        return true;
    }

    private void ReadPayload()
    {
        byte[] payload = [.. _bytes];
        WirePacket packet = _header! with { Payload = payload };
        Clear();
        if (Bundle.Crc32.Of(payload) == _crc) Packet(packet);
        else Damaged(WireFlags.BadPayload);
    }
}
