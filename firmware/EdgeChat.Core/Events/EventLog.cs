using System;
using System.Text;

namespace EdgeChat.Core;

/// <summary>The last things that happened, in a packed ring: what <c>log</c> shows, and how the console learns what to tell.</summary>
/// <remarks>An entry is known by its number, 0 for the first since boot. A new entry overwrites the oldest; whoever reads too late finds
/// its number below <see cref="First"/>.</remarks>
public sealed class EventLog
{
    // seconds since boot (4), kind, detail, number (4), length of the text, text
    private const int EntryBytes = 64;
    private const int KindAtByte = 4;
    private const int DetailAtByte = 5;
    private const int NumberAtByte = 6;
    private const int LengthAtByte = 10;
    private const int TextAtByte = 11;

    private readonly byte[] _ring = new byte[Limits.LogEvents * EntryBytes];

    /// <summary>The longest text of an entry, in bytes of UTF-8; what is longer is cut at a character.</summary>
    public const int MaxTextBytes = EntryBytes - TextAtByte;

    /// <summary>One more than the newest entry: how many there have been since boot.</summary>
    public int End { get; private set; }

    /// <summary>The oldest entry that is still here.</summary>
    public int First { get { return End > Limits.LogEvents ? End - Limits.LogEvents : 0; } }

    /// <summary>Adds an entry; <paramref name="text"/> may be null.</summary>
    public void Add(EventKind kind, string text, int number, int detail, long nowMs)
    {
        int at = At(End);
        PutInt(at, (int)(nowMs / 1000));
        _ring[at + KindAtByte] = (byte)kind;
        _ring[at + DetailAtByte] = (byte)detail;
        PutInt(at + NumberAtByte, number);
        int length = 0;
        if (text != null)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(text);
            length = bytes.Length;
            if (length > MaxTextBytes)
            {
                length = MaxTextBytes;
                while (length > 0 && (bytes[length] & 0xC0) == 0x80) length--;
            }

            Array.Copy(bytes, 0, _ring, at + TextAtByte, length);
        }

        _ring[at + LengthAtByte] = (byte)length;
        End++;
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
    public EventKind KindOf(int entry) { return (EventKind)_ring[At(entry) + KindAtByte]; }

    /// <summary>When it happened, in seconds since boot.</summary>
    public int SecondsOf(int entry) { return GetInt(At(entry)); }

    /// <summary>Its number, by its kind.</summary>
    public int NumberOf(int entry) { return GetInt(At(entry) + NumberAtByte); }

    /// <summary>Its detail, by its kind.</summary>
    public int DetailOf(int entry) { return _ring[At(entry) + DetailAtByte]; }

    /// <summary>Its text, empty when it has none.</summary>
    public string TextOf(int entry)
    {
        int at = At(entry);
        int length = _ring[at + LengthAtByte];
        return length == 0 ? "" : Encoding.UTF8.GetString(_ring, at + TextAtByte, length);
    }

    private static int At(int entry) { return entry % Limits.LogEvents * EntryBytes; }

    private void PutInt(int at, int value)
    {
        _ring[at] = (byte)value;
        _ring[at + 1] = (byte)(value >> 8);
        _ring[at + 2] = (byte)(value >> 16);
        _ring[at + 3] = (byte)(value >> 24);
    }

    private int GetInt(int at) { return _ring[at] | _ring[at + 1] << 8 | _ring[at + 2] << 16 | _ring[at + 3] << 24; }
}
