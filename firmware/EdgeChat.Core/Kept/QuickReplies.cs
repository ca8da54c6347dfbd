using System.Text;

namespace EdgeChat.Core;

/// <summary>Answers that are sent with one key, the most used first; kept in the file <c>replies</c> as they lie in memory.</summary>
/// <remarks>All are in one array of records: how often it was used (1 byte), the bytes of the text (1 byte), the text. They are read when
/// they are first asked for; any member may then throw <see cref="FlashException"/>.</remarks>
public sealed class QuickReplies
{
    /// <summary>Most replies there can be.</summary>
    public const int Most = Limits.Replies;

    /// <summary>Bytes that one reply may have.</summary>
    public const int MostBytes = Limits.ReplyBytes;

    private const string FileName = "replies";
    private const int Head = 2;
    private const int MostUses = 255;

    private readonly IFlash _flash;
    private byte[] _bytes; // null until they were asked for
    private bool _isRead;  // all of them: else nothing must be kept
    private int _count;
    private int _used;

    /// <summary>Makes a list that has not been read yet.</summary>
    public QuickReplies(IFlash flash)
    {
        _flash = flash;
    }

    /// <summary>How many there are.</summary>
    public int Count
    {
        get
        {
            Open();
            return _count;
        }
    }

    /// <summary>Where the texts are.</summary>
    public byte[] Bytes
    {
        get
        {
            Open();
            return _bytes;
        }
    }

    /// <summary>Changes with the list.</summary>
    public int Revision { get; private set; }

    /// <summary>Reads what was kept, unless that was done; a board that has kept nothing gets some to start with. Throws
    /// <see cref="FlashException"/>.</summary>
    public void Open()
    {
        if (_isRead) return;
        int size = _flash.Size(FileName);
        if (size > Limits.RepliesFileBytes) size = Limits.RepliesFileBytes;
        _bytes = new byte[Limits.ReplyBytesStep];
        _count = 0;
        _used = 0;
        if (size >= 0) Read(size);
        else Begin();
        _isRead = true;
    }

    /// <summary>Where the text of a reply begins in <see cref="Bytes"/>.</summary>
    public int StartOf(int place) { return PlaceOf(place) + Head; }

    /// <summary>Where it ends.</summary>
    public int EndOf(int place) { return After(PlaceOf(place)); }

    /// <summary>A reply as a string, for the console.</summary>
    public string TextOf(int place)
    {
        int at = StartOf(place);
        return Encoding.UTF8.GetString(Bytes, at, EndOf(place) - at);
    }

    /// <summary>Counts a use: what is used more comes first.</summary>
    public void CountUse(int place)
    {
        int at = PlaceOf(place);
        if (_bytes[at] == MostUses)
            for (int i = 0, record = 0; i < _count; i++, record = After(record)) _bytes[record] /= 2;
        _bytes[at]++;
        while (place > 0 && _bytes[PlaceOf(place - 1)] < _bytes[PlaceOf(place)])
        {
            Swap(place - 1);
            place--;
        }

        Keep();
    }

    /// <summary>Adds a reply; false when it is empty, longer than <see cref="Limits.ReplyBytes"/> or has a line feed, or when there is no
    /// room.</summary>
    public bool Add(byte[] text, int count)
    {
        Open();
        if (!CanBe(text, count) || !Append(text, count, 0)) return false;
        Keep();
        return true;
    }

    /// <summary>Gives a reply another text; false as with <see cref="Add"/>, and then it stays as it is.</summary>
    public bool Change(int place, byte[] text, int count)
    {
        int at = PlaceOf(place);
        int old = After(at) - at;
        if (!CanBe(text, count) || _used - old + Head + count > Limits.RepliesFileBytes) return false;
        MakeRoom(_used - old + Head + count);
        System.Array.Copy(_bytes, at + old, _bytes, at + Head + count, _used - at - old);
        _bytes[at + 1] = (byte)count;
        System.Array.Copy(text, 0, _bytes, at + Head, count);
        _used += Head + count - old;
        Keep();
        return true;
    }

    /// <summary>Removes a reply.</summary>
    public void Remove(int place)
    {
        int at = PlaceOf(place);
        int next = After(at);
        System.Array.Copy(_bytes, next, _bytes, at, _used - next);
        _used -= next - at;
        _count--;
        Keep();
    }

    private void Begin()
    {
        for (int i = 0; Default(i) != null; i++)
        {
            byte[] text = Encoding.UTF8.GetBytes(Default(i));
            Append(text, text.Length, 0);
        }
    }

    private void Read(int size)
    {
        MakeRoom(size);
        int count = _flash.Read(FileName, 0, _bytes, 0, size);
        int at = 0;
        while (_count < Limits.Replies && at + Head <= count && IsWhole(at, count))
        {
            at = After(at);
            _count++;
        }

        _used = at;
    }

    // what a new board begins with
    private static string Default(int place)
    {
        switch (place)
        {
            case 0: return "OK";
            case 1: return "Yes";
            case 2: return "No";
            case 3: return "On my way";
            case 4: return "Thanks 🙏";
            case 5: return "In 10 minutes";
            case 6: return "Where are you?";
            case 7: return "I'll call you back";
            case 8: return "Please call me";
            case 9: return "All good 👍";
            case 10: return "I need help";
            default: return null;
        }
    }

    private bool Append(byte[] text, int count, int uses)
    {
        if (_count == Limits.Replies || _used + Head + count > Limits.RepliesFileBytes) return false;
        MakeRoom(_used + Head + count);
        _bytes[_used] = (byte)uses;
        _bytes[_used + 1] = (byte)count;
        System.Array.Copy(text, 0, _bytes, _used + Head, count);
        _used += Head + count;
        _count++;
        return true;
    }

    private void MakeRoom(int count)
    {
        int steps = (count - _bytes.Length + Limits.ReplyBytesStep - 1) / Limits.ReplyBytesStep;
        if (steps > 0) _bytes = Column.Longer(_bytes, steps * Limits.ReplyBytesStep);
    }

    private static bool CanBe(byte[] text, int count)
    {
        if (count < 1 || count > Limits.ReplyBytes) return false;
        for (int i = 0; i < count; i++)
            if (text[i] < ' ') return false;
        return true;
    }

    /// <summary>Exchanges a reply and the one after it.</summary>
    private void Swap(int place)
    {
        int first = PlaceOf(place);
        int second = After(first);
        int end = After(second);
        var moved = new byte[second - first];
        System.Array.Copy(_bytes, first, moved, 0, moved.Length);
        System.Array.Copy(_bytes, second, _bytes, first, end - second);
        System.Array.Copy(moved, 0, _bytes, first + end - second, moved.Length);
    }

    private bool IsWhole(int at, int end) { return After(at) <= end && CanBeAt(at); }

    private bool CanBeAt(int at)
    {
        int length = _bytes[at + 1];
        return length > 0 && length <= Limits.ReplyBytes;
    }

    private int PlaceOf(int place)
    {
        Open();
        int at = 0;
        while (place-- > 0) at = After(at);
        return at;
    }

    private int After(int at) { return at + Head + _bytes[at + 1]; }

    private void Keep()
    {
        Revision++;
        _flash.Replace(FileName, _bytes, 0, _used);
    }
}
