namespace EdgeChat.Core;

// whose record is where: compaction asks for all records of a segment, one after another
public sealed partial class MessageTable
{
    private const int AddressMask = FlashLog.MaxAddress - 1;

    // the entries whose records are in one segment, while that is compacted, and behind them the segment and where to look next
    private int[] _found;

    /// <summary>The entry whose record is at an address, or -1. The first question about a segment looks through all rows, and its answer
    /// is kept until <see cref="EndFinding"/> for the others.</summary>
    public int FindRecord(int address)
    {
        int segment = (address - 1) / Limits.SegmentBytes;
        if (_found == null || _found[_found.Length - 2] != segment) Collect(segment);
        int[] found = _found;
        int count = found.Length - 2;
        int i = found[count + 1]; // mostly they are asked for in the order in which they came
        for (int left = count; left > 0; left--)
        {
            if (i >= count) i = 0;
            int entry = found[i++];
            if ((_pages[entry / Limits.MessagePage][PlaceOf(entry) + 3] & AddressMask) != address || !IsUsed(entry)) continue;
            found[count + 1] = i;
            return entry;
        }

        return -1;
    }

    /// <summary>Nobody asks <see cref="FindRecord"/> for now.</summary>
    public void EndFinding() { _found = null; }

    /// <summary>Adds what the records of each conversation take.</summary>
    public void AddSizes(int[] conversations)
    {
        for (int page = 0; page * Limits.MessagePage < Capacity; page++)
        {
            int[] rows = _pages[page];
            for (int at = 0; at < rows.Length; at += Cells)
            {
                int conversation = rows[at] >> ConversationShift & ConversationMask;
                if (conversation != ConversationMask) conversations[conversation] += (rows[at + 3] >> SizeShift & 0xFF) * SizeUnit;
            }
        }
    }

    private void Collect(int segment)
    {
        int count = 0;
        for (int pass = 0; pass < 2; pass++)
        {
            count = 0;
            for (int page = 0; page * Limits.MessagePage < Capacity; page++)
            {
                int[] rows = _pages[page];
                for (int at = 3; at < rows.Length; at += Cells)
                {
                    if (((rows[at] & AddressMask) - 1) / Limits.SegmentBytes != segment) continue;
                    if (pass == 1) _found[count] = page * Limits.MessagePage + at / Cells;
                    count++;
                }
            }

            if (pass == 0) _found = new int[count + 2];
        }

        _found[count] = segment;
    }
}
