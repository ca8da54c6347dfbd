using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>What is the same on all screens: the line at the top, a notification over it, the hint at the bottom, signs and words for
/// states and times.</summary>
/// <remarks>The hint is in Chrome.Hints.cs, the presence of contacts in Chrome.Presence.cs.</remarks>
public sealed partial class Chrome
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
}
