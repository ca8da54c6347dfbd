using System.Security.Cryptography;

namespace EdgeChat.Usb.Loader;

/// <summary>A run of sectors of a part that differ.</summary>
/// <param name="Part">The part.</param>
/// <param name="Start">Its first byte, from the part's start.</param>
/// <param name="Length">Bytes, whole sectors.</param>
/// <param name="IsErased">True when all of it is to be erased.</param>
internal sealed record FlashRun(PartContent Part, int Start, int Length, bool IsErased)
{
    /// <summary>Where it begins in flash.</summary>
    public int Offset => Part.Part.Offset + Start;

    /// <summary>Its bytes, compressed.</summary>
    public IReadOnlyList<DeflatedBlock> Blocks() => Part.Blocks(Start, Length);
}

/// <summary>A part with all the bytes that it is to have, and their check sums.</summary>
internal sealed class PartContent(FlashPart part)
{
    // few enough questions for 2 MiB, and few sectors to ask for when one differs
    private const int Range = 0x10000;

    private Task<IReadOnlyList<DeflatedBlock>>? _all;

    /// <summary>The part.</summary>
    public FlashPart Part => part;

    /// <summary>Its bytes.</summary>
    public byte[] Bytes { get; } = part.Content();

    /// <summary>Asks the chip for check sums and finds what differs: of the whole part, then of 64 KiB, then of each sector.</summary>
    public List<FlashRun> Compare(LoaderClient client, Action<int> compared)
    {
        var runs = new List<FlashRun>();
        if (IsThere(client, 0, Bytes.Length)) return runs;
        // most often all of it is to be written: it is compressed while the chip is asked
        _all ??= Task.Run(() => DeflatedBlock.Split(Bytes.AsMemory(0, DataLength)));
        for (int start = 0; start < Bytes.Length; start += Range)
        {
            int length = Math.Min(Range, Bytes.Length - start);
            if (!IsThere(client, start, length)) AddSectors(client, runs, start, length);
            compared(start + length);
        }

        // the whole differs and no part of it: an answer came damaged; the next comparison tells
        return runs;
    }

    /// <summary>A run, compressed.</summary>
    public IReadOnlyList<DeflatedBlock> Blocks(int start, int length) => _all is not null && start == 0 && length == DataLength
        ? _all.Result
        : DeflatedBlock.Split(Bytes.AsMemory(start, length));

    private void AddSectors(LoaderClient client, List<FlashRun> runs, int start, int length)
    {
        // when the first and the last sector differ, so does most: asking for each would cost more than it saves
        int end = start + length;
        bool isAll = length <= LoaderClient.Sector
            || (!IsThere(client, start, LoaderClient.Sector) && !IsThere(client, end - LoaderClient.Sector, LoaderClient.Sector)
                && !IsThere(client, start + length / 2 / LoaderClient.Sector * LoaderClient.Sector, LoaderClient.Sector));
        for (int at = start; at < end; at += LoaderClient.Sector)
        {
            if (!isAll && IsThere(client, at, LoaderClient.Sector)) continue;
            bool isErased = Bytes.AsSpan(at, LoaderClient.Sector).IndexOfAnyExcept((byte)0xFF) < 0;
            if (runs.Count > 0 && runs[^1] is { } last && last.Start + last.Length == at && last.IsErased == isErased)
                runs[^1] = last with { Length = last.Length + LoaderClient.Sector };
            else
                runs.Add(new FlashRun(this, at, LoaderClient.Sector, isErased));
        }
    }

    // whole sectors
    private int DataLength => (part.Data.Length + LoaderClient.Sector - 1) / LoaderClient.Sector * LoaderClient.Sector;

    private bool IsThere(LoaderClient client, int start, int length) =>
        client.Md5(part.Offset + start, length).AsSpan().SequenceEqual(MD5.HashData(Bytes.AsSpan(start, length)));
}
