using EdgeChat.Bundle;

namespace EdgeChat.Usb.Wire;

/// <summary>Finds a board's packets in a stream. Text between them is passed over; what follows a damaged packet is looked at again,
/// because the next packet may begin inside what was taken for its payload.</summary>
public sealed class WireReader
{
    // a CA bundle comes in one packet of any size
    private const int Longest = 0x8000;

    private readonly List<byte> _bytes = [];
    private readonly Queue<WirePacket> _ready = new();

    /// <summary>Told what lies between packets: what a program writes while nobody has asked the board for anything.</summary>
    public Action<byte[]>? Between { get; set; }

    /// <summary>Takes what has come.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        while (Step())
        {
            // there may be more
        }
    }

    /// <summary>Gives the next whole packet.</summary>
    public bool TryTake(out WirePacket packet) => _ready.TryDequeue(out packet!);

    /// <summary>Forgets all that has come.</summary>
    public void Clear()
    {
        _bytes.Clear();
        _ready.Clear();
    }

    private bool Step()
    {
        ReadOnlySpan<byte> all = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_bytes);
        int start = MarkerIn(all);
        if (start > 0)
        {
            Between?.Invoke(all[..start].ToArray());
            return Drop(start);
        }

        if (all.Length < WirePacket.HeaderBytes) return false;
        if (!WirePacket.TryReadHeader(all, out WirePacket packet, out int length, out uint crc) || length > Longest) return Drop(1);
        if (all.Length < WirePacket.HeaderBytes + length) return false;
        ReadOnlySpan<byte> payload = all.Slice(WirePacket.HeaderBytes, length);
        if (length > 0 && Crc32.Of(payload) != crc) return Drop(WirePacket.HeaderBytes);
        _ready.Enqueue(packet with { Payload = payload.ToArray() });
        return Drop(WirePacket.HeaderBytes + length);
    }

    private bool Drop(int count)
    {
        _bytes.RemoveRange(0, count);
        return true;
    }

    // Where a marker begins, or might when more has come.
    private static int MarkerIn(ReadOnlySpan<byte> bytes)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            int count = Math.Min(WirePacket.Marker.Length, bytes.Length - i);
            if (bytes.Slice(i, count).SequenceEqual(WirePacket.Marker[..count])) return i;
        }

        return bytes.Length;
    }
}
