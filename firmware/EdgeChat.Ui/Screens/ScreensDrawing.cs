using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>What is the same on all screens: the line at the top, the hint at the bottom, signs and words for states and times.</summary>
public sealed partial class Screens
{
    /// <summary>Rows of the line at the top.</summary>
    public const int HeaderHeight = 8;

    /// <summary>The first row below the line at the top and its rule.</summary>
    public const int BodyTop = 9;

    /// <summary>Columns that a thread and its header leave dark at the right edge: a page of it takes so many bytes less on the bus.</summary>
    public const int ThreadMargin = 3;

    private const int HintHeight = 7;
    private const int SmallRise = 1; // rows from the top of the small font to that of the text font on one base line
    private const int MinuteMs = 60000;
    private const int SecondsOfHour = 3600;
    private const int UpSign = 0x25B2;
    private const int OkSign = 0x25CF;
    private const int DownSign = 0x25BC;
    private const int OkSignBytes = 0xE2978F; // its UTF-8

    private readonly TextBuffer _words = new TextBuffer(200);
    private readonly TextBuffer _notification = new TextBuffer(140);
    private readonly byte[] _preview = new byte[64];

    /// <summary>Bytes of flash that are free, or -1.</summary>
    public int FreeFlash { get { return Flash.FreeBytes; } }

    /// <summary>The sign of a tick.</summary>
    public static int IconOf(Tick tick)
    {
        switch (tick)
        {
            case Tick.Clock: return Icon.Clock;
            case Tick.One: return Icon.One;
            case Tick.Two: return Icon.Two;
            case Tick.Shown: return Icon.Shown;
            default: return Icon.Failed;
        }
    }

    /// <summary>Unix seconds as local time.</summary>
    public long LocalOf(long unixSeconds) { return unixSeconds + Me.OffsetAt(unixSeconds) * 60; }

    /// <summary>The local day, or 0 while the clock is not set.</summary>
    public int Today(long nowMs)
    {
        long unix = Messenger.UnixAt(nowMs);
        return unix == 0 ? 0 : LocalTime.DayOf(LocalOf(unix));
    }

    /// <summary>Columns that what stands still moves by from hour to hour, so that no pixel of the display is lit for good.</summary>
    public int Shift(long nowMs)
    {
        long unix = Messenger.UnixAt(nowMs);
        return (int)((unix == 0 ? nowMs / 1000 : LocalOf(unix)) / SecondsOfHour & 1);
    }

    /// <summary>The row below the last one that a screen may draw on.</summary>
    public int BodyBottom(Painter painter) { return painter.Height - (Settings.Is(Settings.Hints) ? HintHeight : 0); }

    /// <summary>Draws the line at the top: a title, the time and the state of the session, and a rule below.</summary>
    public void DrawHeader(Painter painter, string title, long nowMs)
    {
        int right = DrawCorner(painter, nowMs);
        painter.DrawCut(painter.Text, title, 1 + Shift(nowMs), 0, right);
        painter.Dots(0, HeaderHeight, painter.Width);
    }

    /// <summary>Draws the time and the state of the session in the top right corner; gives the column that a title must end before.</summary>
    public int DrawCorner(Painter painter, long nowMs)
    {
        int icon = IconOf(Session.State);
        int right = painter.Width - ThreadMargin - painter.IconWidth(icon) - 1 + Shift(nowMs);
        painter.DrawIcon(icon, right, 0);
        right -= 3;
        long unix = Messenger.UnixAt(nowMs);
        if (unix != 0) right = painter.DrawRight(painter.Small, LocalTime.AddTime(_words.Clear(), LocalOf(unix)), right, SmallRise) - 4;
        return right;
    }

    /// <summary>Draws what the keys do at the bottom, unless the person has switched that off. ▲ ● ▼ stand for the keys of three.</summary>
    /// <remarks>With two buttons the first one does what ▲ and ▼ do. With one, a dash is a hold, which chooses, a dot is a press, which goes on, and
    /// there is no room for more than these and the way back, which is the same everywhere but on the first screen.</remarks>
    public void DrawHint(Painter painter, string hint, bool hasMore = false)
    {
        if (!Settings.Is(Settings.Hints)) return;
        _words.Clear().Add(hint);
        if (Buttons == 1) CutHint();
        if (hasMore) AddHint("▼ more");
        else if (Buttons == 1 && IsHome) AddHint("▼ next");
        if (Buttons == 1 && !IsHome) AddHint("hold 2 s back");
        DrawSigns(painter, 0, painter.Height - 6);
    }

    /// <summary>Draws a hint that ends at the right edge.</summary>
    public void DrawHintRight(Painter painter, string hint, int y)
    {
        if (!Settings.Is(Settings.Hints)) return;
        int columns = 0;
        byte[] text = _words.Clear().Add(hint).Bytes;
        for (int i = 0; i < _words.Count;)
        {
            int decoded = Utf8.Decode(text, i, _words.Count);
            int icon = IconOfSign(decoded >> 3);
            columns += icon != 0 ? painter.IconWidth(icon) + 1 : painter.Small.Advance(decoded >> 3);
            i += decoded & 7;
        }

        DrawSigns(painter, painter.Width - columns + 1, y);
    }

    /// <summary>The sign of the button that chooses a group while writing.</summary>
    public int IconOfGroup(Key key)
    {
        if (Buttons > 2) return key == Key.Up ? Icon.Up : key == Key.Ok ? Icon.Ok : Icon.Down;
        if (Buttons == 2) return key == Key.Up ? Icon.Down : Icon.Ok;
        return key == Key.Up ? Icon.Ok : Icon.Hold; // a dot is a press, a dash a hold
    }

    /// <summary>Draws a text of a few lines in the middle.</summary>
    public void DrawParagraph(Painter painter, string text, int y)
    {
        byte[] bytes = _words.Clear().Add(text).Bytes;
        int count = _words.Count;
        for (int start = 0; start < count;)
        {
            int end = TextLayout.LineEnd(painter.Text, bytes, start, count, painter.Width - 4);
            int width = painter.Text.Measure(bytes, start, end);
            int x = (painter.Width - width) / 2;
            for (int i = start; i < end;)
            {
                int decoded = Utf8.Decode(bytes, i, end);
                int icon = IconOfSign(decoded >> 3);
                x = icon != 0 ? painter.DrawIcon(icon, x, y + 1) : painter.Draw(painter.Text, bytes, i, i + (decoded & 7), x, y, painter.Width);
                i += decoded & 7;
            }

            start = TextLayout.NextLine(bytes, end, count);
            y += 10;
        }
    }

    /// <summary>Draws the dot that tells whether a contact is there; <paramref name="place"/> is -1 for who is no contact.</summary>
    public void DrawPresence(Painter painter, int place, int x, int y)
    {
        if (place < 0) return;
        PresenceState state = PresenceAt(place);
        if (state == PresenceState.Unknown) return;
        painter.DrawIcon(state == PresenceState.On ? Icon.Present : Icon.Away, x, y);
    }

    /// <summary>Adds a contact's presence in words; nothing for who is no contact.</summary>
    public void AddPresence(TextBuffer into, int place, long nowMs)
    {
        if (place < 0) return;
        PresenceTable presence = Messenger.Presence;
        long seen = presence.LastSeenAt(place);
        switch (PresenceAt(place))
        {
            case PresenceState.On:
                into.Add("online");
                return;
            case PresenceState.Sleep:
                long wakes = presence.WakesAt(place);
                if (wakes > 0) LocalTime.AddMoment(into.Add("wakes "), LocalOf(wakes), Today(nowMs));
                else into.Add("asleep");
                return;
            case PresenceState.Unknown:
                return;
        }

        if (seen > 0) LocalTime.AddMoment(into.Add("seen "), LocalOf(seen), Today(nowMs));
        else into.Add("offline");
    }

    // who was there when the connection was lost may have gone since
    private PresenceState PresenceAt(int place)
    {
        PresenceState state = Messenger.Presence.StateAt(place);
        return state == PresenceState.On && !Session.IsOnline ? PresenceState.Unknown : state;
    }

    private static int IconOf(SessionState state)
    {
        switch (state)
        {
            case SessionState.Online: return Icon.Online;
            case SessionState.Degraded: return Icon.Refused;
            case SessionState.Refused: return Icon.Refused;
            case SessionState.NoNetwork: return Icon.Offline;
            case SessionState.Stopped: return Icon.Offline;
            default: return Icon.Connecting;
        }
    }

    private int IconOfSign(int code)
    {
        switch (code)
        {
            case UpSign: return Buttons < 3 ? Icon.Down : Icon.Up;
            case OkSign: return Buttons == 1 ? Icon.Hold : Icon.Ok;
            case DownSign: return Buttons == 1 ? Icon.Ok : Icon.Down;
            default: return 0;
        }
    }

    private void AddHint(string hint)
    {
        if (_words.Count > 0) _words.Add("   ");
        _words.Add(hint);
    }

    /// <summary>Leaves of a hint what choosing does.</summary>
    private void CutHint()
    {
        byte[] text = _words.Bytes;
        if (_words.Count < 3 || (text[0] << 16 | text[1] << 8 | text[2]) != OkSignBytes)
        {
            _words.Clear();
            return;
        }

        for (int i = 0; i + 1 < _words.Count; i++)
        {
            if (text[i] != ' ' || text[i + 1] != ' ') continue;
            _words.Count = i;
            return;
        }
    }

    private void DrawSigns(Painter painter, int x, int y)
    {
        TextBuffer text = _words;
        byte[] bytes = text.Bytes;
        int start = 0;
        for (int i = 0; i < text.Count;)
        {
            int decoded = Utf8.Decode(bytes, i, text.Count);
            int icon = IconOfSign(decoded >> 3);
            if (icon != 0)
            {
                x = painter.Draw(painter.Small, bytes, start, i, x, y, painter.Width);
                x = painter.DrawIcon(icon, x, y);
                start = i + (decoded & 7);
            }

            i += decoded & 7;
        }

        painter.Draw(painter.Small, bytes, start, text.Count, x, y, painter.Width);
    }

    private long NextMinuteMs(long nowMs)
    {
        long unix = Messenger.UnixAt(nowMs);
        return unix == 0 ? Deadline.Never : nowMs + MinuteMs - unix % 60 * 1000;
    }

    private void WriteNotification(int conversation)
    {
        Messenger messenger = Messenger;
        _notification.Clear().Add(messenger.NameOf(conversation)).Add(": ");
        int newest = messenger.Newest(conversation);
        if (newest < 0) return;
        int count = messenger.ReadText(newest, _preview);
        _notification.Add(_preview, 0, count);
        for (int i = 0; i < _notification.Count; i++)
            if (_notification.Bytes[i] == '\n') _notification.Bytes[i] = (byte)' ';
    }

    private void DrawNotification()
    {
        Painter painter = Painter;
        painter.Erase(0, 0, painter.Width, BodyTop);
        int x = painter.DrawIcon(Icon.Letter, 1, 0) + 2;
        painter.DrawCut(painter.Text, _notification.Bytes, 0, _notification.Count, x, 0, painter.Width - 1);
        painter.Invert(0, 0, painter.Width, HeaderHeight);
    }
}
