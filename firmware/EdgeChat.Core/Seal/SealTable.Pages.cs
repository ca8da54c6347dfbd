using System.Text;

namespace EdgeChat.Core;

// The rows as bytes: eight in a page, which is its file of the flash as it is. What stands where in a row is told by SealSlot. A page is
// replaced as a whole: what was in it before is in no file any more.
public sealed partial class SealTable
{
    private const int PageRows = 8;
    private const int PageBytes = PageRows * SealSlot.Bytes;
    private const int Pages = Limits.Contacts / PageRows;

    private byte[][] _pages; // made with the first key
    private int _changed; // a bit each

    /// <summary>Rows of the table, used or not.</summary>
    public int Count { get; private set; }

    /// <summary>Whether something is not on flash yet.</summary>
    public bool IsChanged { get { return _changed != 0; } }

    // reads the flash; each row that is there counts as behind
    private void LoadPages()
    {
        for (int p = 0; p < Pages; p++)
        {
            int size = _flash.Size(FileOf(p));
            if (size < 0) continue;
            // without its keys this board would write openly to whom it has never written so
            if (size != PageBytes) throw new FlashException("flash: " + FileOf(p) + " is damaged", null);
            MakePage(p * PageRows);
            _flash.Read(FileOf(p), 0, _pages[p], 0, PageBytes);
            for (int row = p * PageRows; row < Count; row++) _pages[p][At(row) + SealSlot.Flags] |= SealSlot.IsBehind;
        }
    }

    // writes each page that is not on flash as it is
    private void SavePages()
    {
        for (int p = 0; p < Pages; p++)
        {
            if ((_changed & 1 << p) == 0) continue;
            _flash.Replace(FileOf(p), _pages[p], 0, PageBytes);
            _changed &= ~(1 << p);
        }
    }

    /// <summary>The row of a device, or -1 when there is no key.</summary>
    public int Find(string device)
    {
        if (Count == 0) return -1;
        byte[] id = Encoding.UTF8.GetBytes(device);
        for (int row = 0; row < Count; row++)
            if (Has(row, SealSlot.IsUsed) && IsOf(row, id)) return row;
        return -1;
    }

    // a row that is free, or -1; it is there from then on
    private int TakeFree()
    {
        for (int row = 0; row < Pages * PageRows; row++)
        {
            if (Has(row, SealSlot.IsUsed)) continue;
            MakePage(row);
            return row;
        }

        return -1;
    }

    // the page of a row, to read from, or to write to before SetChanged
    private byte[] PageOf(int row) { return _pages[row / PageRows]; }

    // where a row begins in its page
    private static int At(int row) { return row % PageRows * SealSlot.Bytes; }

    // a row is not on flash as it is
    private void SetChanged(int row) { _changed |= 1 << row / PageRows; }

    private bool Has(int row, int flag)
    {
        if (row >= Count) return false;
        byte[] page = PageOf(row);
        return page != null && (page[At(row) + SealSlot.Flags] & flag) != 0;
    }

    private void Set(int row, int flag, bool isSet)
    {
        byte[] page = PageOf(row);
        int at = At(row) + SealSlot.Flags;
        page[at] = (byte)(isSet ? page[at] | flag : page[at] & ~flag);
        SetChanged(row);
    }

    // the first life to seal in
    private int First(int row)
    {
        byte[] page = PageOf(row);
        int at = At(row) + SealSlot.First;
        return page == null ? 0 : page[at] | page[at + 1] << 8;
    }

    private void SetFirst(int row, int life)
    {
        byte[] page = PageOf(row);
        int at = At(row) + SealSlot.First;
        page[at] = (byte)life;
        page[at + 1] = (byte)(life >> 8);
        SetChanged(row);
    }

    private string IdOf(int row) { return IdAt(PageOf(row), At(row)); }

    // an id with zeros behind it
    private static string IdAt(byte[] bytes, int at)
    {
        int count = 0;
        while (count < SealSlot.IdBytes && bytes[at + count] != 0) count++;
        return Encoding.UTF8.GetString(bytes, at, count);
    }

    // literals cost no heap; as many as there are pages
    private static string FileOf(int page)
    {
        switch (page)
        {
            case 0: return "seal0";
            case 1: return "seal1";
            case 2: return "seal2";
            default: return "seal3";
        }
    }

    private void MakePage(int row)
    {
        int p = row / PageRows;
        if (_pages == null) _pages = new byte[Pages][];
        if (_pages[p] == null) _pages[p] = new byte[PageBytes];
        if (Count < (p + 1) * PageRows) Count = (p + 1) * PageRows;
    }

    private bool IsOf(int row, byte[] id)
    {
        byte[] page = PageOf(row);
        int at = At(row);
        for (int i = 0; i < id.Length; i++)
            if (page[at + i] != id[i]) return false;
        return id.Length == SealSlot.IdBytes || page[at + id.Length] == 0;
    }
}
