using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>What is the same on all screens: the line at the top, a notification over it, the hint at the bottom, signs and words for
/// states and times.</summary>
public sealed class Chrome
{
    /// <summary>Rows of the line at the top.</summary>
    public const int HeaderHeight = 8;

    /// <summary>The first row below the line at the top and its rule.</summary>
    public const int BodyTop = 9;

    /// <summary>Columns that a thread and its header leave dark at the right edge: a page of it takes so many bytes less on the
    /// bus.</summary>
    public const int ThreadMargin = 3;

    private const int HintHeight = 7;
    private const int BatteryColumns = 8; // inside of its icon
    private const int BatteryRows = 5;
    private const int SmallRise = 1; // rows from the top of the small font to that of the text font on one base line
    private const int ParagraphLine = 10;
    private const int MinuteMs = 60000;
    private const int SecondsOfHour = 3600;
    private const int FirstSign = 0x2580; // the first block that signs of keys are in
    private const int UpSign = 0x25B2;
    private const int OkSign = 0x25CF;
    private const int DownSign = 0x25BC;
    private const int WriteSign = 0x270E;
    private const int OkSignBytes = 0xE2978F; // its UTF-8

    private readonly ScreenContext _ui;
    private TextBuffer _notification;

    /// <summary>Makes it; the context has all but this already.</summary>
    internal Chrome(ScreenContext ui)
    {
        _ui = ui;
    }

    /// <summary>A line that is put together to be drawn at once.</summary>
    public TextBuffer Line { get; } = new TextBuffer(Limits.ShownLineBytes);

    /// <summary>Whether a notification lies over the line at the top.</summary>
    public bool IsNotifying { get { return _notification != null; } }

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
    public long LocalOf(long unixSeconds) { return unixSeconds + _ui.Me.OffsetAt(unixSeconds) * 60; }

    /// <summary>The local day, or 0 while the clock is not set.</summary>
    public int Today(long nowMs)
    {
        long unix = _ui.Messenger.UnixAt(nowMs);
        return unix == 0 ? 0 : LocalTime.DayOf(LocalOf(unix));
    }

    /// <summary>When the next minute begins, in milliseconds since boot, or <see cref="Deadline.Never"/> while the clock is not
    /// set.</summary>
    public long NextMinuteMs(long nowMs)
    {
        long unix = _ui.Messenger.UnixAt(nowMs);
        return unix == 0 ? Deadline.Never : nowMs + MinuteMs - unix % 60 * 1000;
    }

    /// <summary>Columns that what stands still moves by from hour to hour, so that no pixel of the display is lit for good.</summary>
    public int Shift(long nowMs)
    {
        long unix = _ui.Messenger.UnixAt(nowMs);
        return (int)((unix == 0 ? nowMs / 1000 : LocalOf(unix)) / SecondsOfHour & 1);
    }

    /// <summary>The row below the last one that a screen may draw on.</summary>
    public int BodyBottom { get { return _ui.Painter.Height - (_ui.Settings.Is(Settings.Hints) ? HintHeight : 0); } }

    /// <summary>Draws the line at the top: a title, the time and the state of the session, and a rule below.</summary>
    public void DrawHeader(string title, long nowMs)
    {
        Painter painter = _ui.Painter;
        painter.Tint(ColourPlan.Raised, 0, 0, painter.Width, HeaderHeight);
        int right = DrawCorner(nowMs);
        painter.DrawCut(painter.Text, title, 1 + Shift(nowMs), 0, right);
        painter.Dots(0, HeaderHeight, painter.Width);
    }

    /// <summary>A number that is another one when <see cref="DrawCorner"/> has something else to draw, in the same time zone.</summary>
    public int CornerLook(long nowMs)
    {
        long unix = _ui.Messenger.UnixAt(nowMs);
        int look = (int)(unix == 0 ? nowMs / (SecondsOfHour * 1000) : unix / 60) << 4 | (int)_ui.Session.State;
        return look ^ (_ui.Status.Battery + 1) << 22;
    }

    /// <summary>Draws the time and the state of the session in the top right corner; gives the column that a title must end
    /// before.</summary>
    public int DrawCorner(long nowMs)
    {
        Painter painter = _ui.Painter;
        int icon = IconOf(_ui.Session.State);
        int right = painter.Width - ThreadMargin - painter.IconWidth(icon) - 1 + Shift(nowMs);
        painter.DrawIcon(icon, right, 0);
        right -= 3;
        if (_ui.Status.Battery >= 0) right = DrawBattery(painter, right) - 3;
        long unix = _ui.Messenger.UnixAt(nowMs);
        if (unix != 0) right = painter.DrawRight(painter.Small, LocalTime.AddTime(Line.Clear(), LocalOf(unix)), right, SmallRise) - 4;
        return right;
    }

    // gives the column that it begins at
    private int DrawBattery(Painter painter, int right)
    {
        int battery = _ui.Status.Battery;
        int icon = battery >= DeviceStatus.IsCharging ? Icon.Charging : _ui.Status.IsBatteryLow ? Icon.BatteryLow : Icon.Battery;
        int left = right - painter.IconWidth(icon);
        painter.DrawIcon(icon, left, 0);
        if (icon == Icon.Battery) painter.Fill(left + 1, 1, (battery * BatteryColumns + 50) / 100, BatteryRows);
        return left;
    }

    /// <summary>Draws what the keys do at the bottom, unless the person has switched that off. ▲ ● ▼ stand for the keys of three.</summary>
    /// <remarks>With two buttons the first one does what ▲ and ▼ do. With one, a dash is a hold, which chooses, a dot is a press, which
    /// goes on, and there is no room for more than these and the way back, which is the same everywhere but on the first screen.</remarks>
    public void DrawHint(string hint, bool hasMore = false)
    {
        if (!_ui.Settings.Is(Settings.Hints)) return;
        bool isHome = _ui.Stack.IsHome;
        Line.Clear().Add(hint);
        if (_ui.Buttons == 1) CutHint();
        if (hasMore) AddHint("▼ more");
        else if (_ui.Buttons == 1 && isHome) AddHint("▼ next");
        if (_ui.Buttons == 1 && !isHome) AddHint("hold 2 s back");
        Painter painter = _ui.Painter;
        DrawSigns(painter.Small, 0, Line.Count, 0, painter.Height - 6, 0);
        painter.Tint(ColourPlan.Grey, 0, BodyBottom, painter.Width, HintHeight);
    }

    /// <summary>Draws a hint that ends before column <paramref name="right"/>, unless the person has switched hints off; gives the column
    /// where it starts.</summary>
    public int DrawHintRight(string hint, int right, int y)
    {
        if (!_ui.Settings.Is(Settings.Hints)) return right;
        Painter painter = _ui.Painter;
        byte[] text = Line.Clear().Add(hint).Bytes;
        for (int i = 0; i < Line.Count;)
        {
            int decoded = Utf8.Decode(text, i, Line.Count);
            int icon = IconOfSign(decoded >> 3);
            right -= icon != 0 ? painter.IconWidth(icon) + 1 : painter.Small.Advance(decoded >> 3);
            i += decoded & 7;
        }

        DrawSigns(painter.Small, 0, Line.Count, right, y, 0);
        return right;
    }

    /// <summary>Draws a hint that begins at a column.</summary>
    public void DrawHintAt(string hint, int x, int y) { DrawSigns(_ui.Painter.Small, 0, Line.Clear().Add(hint).Count, x, y, 0); }

    /// <summary>The sign of the button that chooses a group while writing.</summary>
    public int IconOfGroup(Key key)
    {
        if (_ui.Buttons > 2) return key == Key.Up ? Icon.Up : key == Key.Ok ? Icon.Ok : Icon.Down;
        if (_ui.Buttons == 2) return key == Key.Up ? Icon.Down : Icon.Ok;
        return key == Key.Up ? Icon.Ok : Icon.Hold; // a dot is a press, a dash a hold
    }

    /// <summary>Draws a text of a few lines in the middle.</summary>
    public void DrawParagraph(string text, int y)
    {
        Painter painter = _ui.Painter;
        byte[] bytes = Line.Clear().Add(text).Bytes;
        int count = Line.Count;
        for (int start = 0; start < count;)
        {
            int end = TextLayout.LineEnd(painter.Text, bytes, start, count, painter.Width - 4);
            DrawSigns(painter.Text, start, end, (painter.Width - painter.Text.LineWidth) / 2, y, 1);
            start = TextLayout.NextLine(bytes, end, count);
            y += ParagraphLine;
        }
    }

    /// <summary>Draws the dot that tells whether a contact is there; <paramref name="place"/> is -1 for who is no contact.</summary>
    public void DrawPresence(int place, int x, int y)
    {
        int icon = IconOfPresence(place);
        if (icon == 0) return;
        int after = _ui.Painter.DrawIcon(icon, x, y);
        _ui.Painter.Tint(ColourOfPresence(place), x, y, after - x, HeaderHeight);
    }

    /// <summary>The colour of a contact's presence.</summary>
    public int ColourOfPresence(int place)
    {
        switch (PresenceAt(place))
        {
            case PresenceState.On: return ColourPlan.Green;
            case PresenceState.Lost: return ColourPlan.Amber;
            default: return ColourPlan.Grey;
        }
    }

    /// <summary>The dot that tells whether a contact is there, or 0.</summary>
    public int IconOfPresence(int place)
    {
        if (place < 0) return 0;
        PresenceState state = PresenceAt(place);
        return state == PresenceState.Unknown ? 0 : state == PresenceState.On ? Icon.Present : Icon.Away;
    }

    /// <summary>A number that is another one when a contact's presence has become other words.</summary>
    public long PresenceLook(int place)
    {
        if (place < 0) return -1;
        PresenceState state = PresenceAt(place);
        PresenceTable presence = _ui.Messenger.Presence;
        return (state == PresenceState.Sleep ? presence.WakesAt(place) : presence.LastSeenAt(place)) << 4 | (long)state;
    }

    /// <summary>Adds a contact's presence in words; nothing for who is no contact.</summary>
    public void AddPresence(TextBuffer into, int place, long nowMs)
    {
        if (place < 0) return;
        PresenceTable presence = _ui.Messenger.Presence;
        long seen = presence.LastSeenAt(place);
        switch (PresenceAt(place))
        {
            case PresenceState.On:
                into.Add(StateWords.For(PresenceState.On));
                return;
            case PresenceState.Sleep:
                long wakes = presence.WakesAt(place);
                if (wakes > 0) LocalTime.AddMoment(into.Add("wakes "), LocalOf(wakes), Today(nowMs));
                else into.Add(StateWords.For(PresenceState.Sleep));
                return;
            case PresenceState.Unknown:
                return;
        }

        if (seen > 0) LocalTime.AddMoment(into.Add("seen "), LocalOf(seen), Today(nowMs));
        else into.Add(StateWords.For(PresenceAt(place)));
    }

    /// <summary>Takes the newest message of a conversation as what lies over the line at the top from now on.</summary>
    public void BeginNotification(int conversation)
    {
        Messenger messenger = _ui.Messenger;
        if (_notification == null) _notification = new TextBuffer(Limits.ShownLineBytes);
        _notification.Clear().Add(messenger.NameOf(conversation)).Add(": ");
        int newest = messenger.Newest(conversation);
        if (messenger.IsInvited(conversation)) AddInvitation(_notification, conversation);
        else if (newest >= 0) AddPreview(_notification, newest);
    }

    /// <summary>There is no notification any more.</summary>
    public void EndNotification() { _notification = null; }

    /// <summary>Draws the notification that has begun.</summary>
    public void DrawNotification()
    {
        Painter painter = _ui.Painter;
        painter.Erase(0, 0, painter.Width, BodyTop);
        int x = painter.DrawIcon(Icon.Letter, 1, 0) + 2;
        painter.DrawCut(painter.Text, _notification.Bytes, 0, _notification.Count, x, 0, painter.Width - 1);
        painter.Invert(0, 0, painter.Width, HeaderHeight);
    }

    /// <summary>Adds who invites to a group that waits for an answer.</summary>
    public void AddInvitation(TextBuffer into, int conversation)
    {
        into.Add(_ui.Messenger.DisplayNameOf(_ui.Messenger.InviterOf(conversation))).Add(" invites you");
    }

    /// <summary>Adds the beginning of a message's text as one line.</summary>
    public void AddPreview(TextBuffer into, int message)
    {
        byte[] text = _ui.Painter.Scratch;
        int at = into.Count;
        into.Add(text, 0, _ui.Messenger.ReadText(message, text));
        byte[] bytes = into.Bytes;
        for (; at < into.Count; at++)
            if (bytes[at] == '\n') bytes[at] = (byte)' ';
    }

    // who was there when the connection was lost may have gone since
    private PresenceState PresenceAt(int place)
    {
        PresenceState state = _ui.Messenger.Presence.StateAt(place);
        return state == PresenceState.On && !_ui.Session.IsOnline ? PresenceState.Unknown : state;
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
        if (code < FirstSign) return 0;
        switch (code)
        {
            case UpSign: return _ui.Buttons < 3 ? Icon.Down : Icon.Up;
            case OkSign: return _ui.Buttons == 1 ? Icon.Hold : Icon.Ok;
            case DownSign: return _ui.Buttons == 1 ? Icon.Ok : Icon.Down;
            case WriteSign: return Icon.Pencil;
            default: return 0;
        }
    }

    private void AddHint(string hint)
    {
        if (Line.Count > 0) Line.Add("   ");
        Line.Add(hint);
    }

    /// <summary>Leaves of a hint what choosing does.</summary>
    private void CutHint()
    {
        byte[] text = Line.Bytes;
        if (Line.Count < 3 || (text[0] << 16 | text[1] << 8 | text[2]) != OkSignBytes)
        {
            Line.Clear();
            return;
        }

        for (int i = 0; i + 1 < Line.Count; i++)
        {
            if (text[i] != ' ' || text[i + 1] != ' ') continue;
            Line.Count = i;
            return;
        }
    }

    /// <summary>Draws a part of the line with the icons of the keys in place of their signs, which are so many rows lower than the
    /// letters.</summary>
    private void DrawSigns(PixelFont font, int start, int end, int x, int y, int iconDrop)
    {
        Painter painter = _ui.Painter;
        byte[] bytes = Line.Bytes;
        for (int i = start; i < end;)
        {
            if (bytes[i] < 0x80)
            {
                i++;
                continue;
            }

            int decoded = Utf8.Decode(bytes, i, end);
            int icon = IconOfSign(decoded >> 3);
            if (icon != 0)
            {
                x = painter.Draw(font, bytes, start, i, x, y, painter.Width);
                x = painter.DrawIcon(icon, x, y + iconDrop);
                start = i + (decoded & 7);
            }

            i += decoded & 7;
        }

        painter.Draw(font, bytes, start, end, x, y, painter.Width);
    }
}
