using System;
using System.Text;

namespace EdgeChat.Core;

/// <summary>The last things that happened, packed: what <c>log</c> shows, and how the console learns what to tell.</summary>
/// <remarks>An entry is known by its number, 0 for the first since boot. When there are <see cref="Limits.LogEvents"/> of them, or
/// <see cref="Limits.LogBytes"/>, the oldest make room for a new one; whoever reads too late finds its number below
/// <see cref="First"/>.</remarks>
public sealed class EventLog
{
    // bytes of the entry, kind, detail, seconds since boot and number in groups of 7 bits, text
    private const int KindAtByte = 1;
    private const int DetailAtByte = 2;
    private const int SecondsAtByte = 3;
    private const int MostNumberBytes = 5;

    private readonly byte[] _entries = new byte[Limits.LogBytes];
    private int _found; // the entry that was asked for last
    private int _foundAt;
    private int _used;
    private int _count;

    /// <summary>One more than the newest entry: how many there have been since boot.</summary>
    public int End { get; private set; }

    /// <summary>The oldest entry that is still here.</summary>
    public int First { get { return End - _count; } }

    /// <summary>Adds an entry; <paramref name="text"/> may be null.</summary>
    public void Add(EventKind kind, string text, int number, int detail, long nowMs)
    {
        byte[] bytes = text == null ? null : Encoding.UTF8.GetBytes(text);
        int length = bytes == null ? 0 : bytes.Length;
        if (length > Limits.LogTextBytes)
        {
            length = Limits.LogTextBytes;
            while (length > 0 && (bytes[length] & 0xC0) == 0x80) length--;
        }

        int at = Begin(kind, length, number, detail, nowMs);
        if (length > 0) Array.Copy(bytes, 0, _entries, at, length);
    }

    /// <summary>Adds an entry about a conversation: its text is the id of the device, or # and that of the group. Takes nothing of the
    /// heap.</summary>
    public void Add(EventKind kind, IdTable ids, int id, bool isGroup, int number, int detail, long nowMs)
    {
        int at = Begin(kind, ids.LengthAt(id) + (isGroup ? 1 : 0), number, detail, nowMs);
        if (isGroup) _entries[at++] = (byte)'#';
        ids.Copy(id, _entries, at);
    }

    // makes an entry without its text; gives where that goes
    private int Begin(EventKind kind, int length, int number, int detail, long nowMs)
    {
        byte[] entries = _entries;
        int most = SecondsAtByte + 2 * MostNumberBytes + length;
        while (_count == Limits.LogEvents || _used + most > entries.Length) RemoveOldest();
        int start = _used;
        entries[start + KindAtByte] = (byte)kind;
        entries[start + DetailAtByte] = (byte)detail;
        int at = PutNumber(entries, start + SecondsAtByte, (int)(nowMs / 1000));
        at = PutNumber(entries, at, number);
        _used = at + length;
        entries[start] = (byte)(_used - start);
        _count++;
        End++;
        return at;
    }

    /// <summary>Adds what happened to the link; messages and confirmations, which are many, are left out.</summary>
    public void AddLink(LinkEvent e, long nowMs)
    {
        switch (e.Kind)
        {
            case LinkEventKind.NetworkUp:
                Add(EventKind.NetworkUp, null, 0, 0, nowMs);
                break;
            case LinkEventKind.NetworkDown:
                Add(EventKind.NetworkDown, e.Reason, 0, 0, nowMs);
                break;
            case LinkEventKind.Connected:
                Add(EventKind.Connected, null, 0, e.Flag ? 1 : 0, nowMs);
                break;
            case LinkEventKind.Refused:
                Add(EventKind.Refused, e.Reason, e.Code, 0, nowMs);
                break;
            case LinkEventKind.ConnectFailed:
                Add(EventKind.ConnectFailed, e.Reason, 0, 0, nowMs);
                break;
            case LinkEventKind.Closed:
                Add(EventKind.Closed, e.Reason, 0, 0, nowMs);
                break;
            case LinkEventKind.Published:
                if (!e.Flag) Add(EventKind.NotConfirmed, null, 0, 0, nowMs);
                break;
        }
    }

    /// <summary>What the entry tells.</summary>
    public EventKind KindOf(int entry) { return (EventKind)_entries[At(entry) + KindAtByte]; }

    /// <summary>When it happened, in seconds since boot.</summary>
    public int SecondsOf(int entry)
    {
        int at = At(entry) + SecondsAtByte;
        return TakeNumber(ref at);
    }

    /// <summary>Its number, by its kind.</summary>
    public int NumberOf(int entry)
    {
        int at = At(entry) + SecondsAtByte;
        TakeNumber(ref at);
        return TakeNumber(ref at);
    }

    /// <summary>Its detail, by its kind.</summary>
    public int DetailOf(int entry) { return _entries[At(entry) + DetailAtByte]; }

    /// <summary>Its text, empty when it has none.</summary>
    public string TextOf(int entry)
    {
        int start = At(entry);
        int at = start + SecondsAtByte;
        TakeNumber(ref at);
        TakeNumber(ref at);
        int length = start + _entries[start] - at;
        return length == 0 ? "" : Encoding.UTF8.GetString(_entries, at, length);
    }

    private int At(int entry)
    {
        // they are asked for one after another
        if (entry < _found || _found < First)
        {
            _found = First;
            _foundAt = 0;
        }

        for (; _found < entry; _found++) _foundAt += _entries[_foundAt];
        return _foundAt;
    }

    private void RemoveOldest()
    {
        int bytes = _entries[0];
        _used -= bytes;
        _foundAt -= bytes;
        _count--;
        Array.Copy(_entries, bytes, _entries, 0, _used);
    }

    // gives where it ends
    private static int PutNumber(byte[] entries, int at, int number)
    {
        uint rest = (uint)number;
        for (; rest >= 0x80; rest >>= 7) entries[at++] = (byte)(rest | 0x80);
        entries[at++] = (byte)rest;
        return at;
    }

    private int TakeNumber(ref int at)
    {
        int number = 0;
        int shift = 0;
        byte group;
        do
        {
            group = _entries[at++];
            number |= (group & 0x7F) << shift;
            shift += 7;
        }
        while (group >= 0x80);
        return number;
    }
}
