using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>One message of a thread: measures what it takes, then draws it. Reads the message's text into <see cref="LongText"/>, so drawing follows at once.</summary>
/// <remarks>From the top: the day when it is another than the message before had; then inside the bubble the sender's name (of groups), what is
/// answered, the text, and beside its last line or below it the time with the ticks. Own messages are light on the right, others on the left. The
/// time is left out where it would need a line of its own and the message before is at most ten minutes older. What is no message (members that
/// came, messages that are missing) is small and in the middle.
/// On a display of 64 rows each line is one of its pages and there is no row between messages: a bar beside others' and a dark edge above own ones
/// part them. A row more would touch a page more, which is 132 bytes on the bus of a new message. A higher display has room for frames and gaps;
/// heights there are multiples of four.</remarks>
public sealed class Bubble
{
    private const int Inset = 3;      // frame of one pixel and two of air
    private const int Left = 1;
    private const int OtherSide = 13; // columns that a bubble leaves free on the other side, unless its time fits there
    private const int NearSeconds = 600;
    private const int Line = 8;
    private const int SmallLine = 8;
    private const int DayHeight = 8;
    private const int Gap = 2;        // rows between framed bubbles
    private const int Framed = 2;     // rows of a bubble's frame
    private const int DenseRows = 64; // a display of so many has none to give away
    private const int MetaGap = 5;
    private const int LeastMetaGap = 3; // beside the widest tick

    private readonly Screens _ui;
    private readonly byte[] _text;
    private readonly TextBuffer _time = new TextBuffer(8);
    private readonly TextBuffer _day = new TextBuffer(16);
    private int _count;
    private int _message;
    private int _lines;
    private int _width;
    private int _lastWidth;
    private int _metaWidth;
    private int _mostMetaWidth; // with the widest tick
    private bool _isMine;
    private bool _isPlain;
    private bool _isMetaInline;
    private bool _isDense;
    private bool _isBelowOwn; // an own message that touches an own one above it
    private bool _isNear; // the message before has nearly the same time
    private string _name;
    private string _quote;
    private string _reactions;

    /// <summary>Makes the bubble of a board.</summary>
    public Bubble(Screens ui)
    {
        _ui = ui;
        _text = ui.LongText.Text.Bytes;
    }

    /// <summary>Rows that the message takes, with the gap below it and the day above it.</summary>
    public int Height { get; private set; }

    /// <summary>Whether a display has no rows to give away between messages.</summary>
    public static bool IsDense(Painter painter) { return painter.Height <= DenseRows; }

    /// <summary>Reads and measures a message; <paramref name="older"/> is the one before it, or -1.</summary>
    public void Load(Painter painter, int message, int older, bool isGroup, long nowMs)
    {
        Messenger messenger = _ui.Messenger;
        MessageKind kind = messenger.KindOf(message);
        long time = messenger.TimeOf(message);
        _message = message;
        _isMine = messenger.IsMine(message);
        _isDense = IsDense(painter);
        _isBelowOwn = false;
        _isPlain = kind == MessageKind.Missing || kind == MessageKind.Lost || kind == MessageKind.Event;
        _ui.LongText.Take(null);
        _count = messenger.ReadText(message, _text);
        long timeBefore = TimeBefore(older);
        LoadDay(time, timeBefore, nowMs);
        _isNear = time - timeBefore < NearSeconds && time >= timeBefore;
        Height = _day.Count > 0 ? DayHeight : 0;
        if (_isPlain)
        {
            _lines = TextLayout.CountLines(painter.Small, _text, _count, painter.Width - 8, int.MaxValue);
            Height += _lines * SmallLine;
            return;
        }

        bool isSame = older >= 0 && _day.Count == 0 && messenger.IsMine(older) == _isMine && IsMessage(messenger.KindOf(older));
        _isBelowOwn = isSame && _isMine && _isDense;
        string sender = isGroup && !_isMine ? messenger.SenderOf(message) : null;
        _name = sender == null || (isSame && messenger.SenderOf(older) == sender) ? null : messenger.SenderNameOf(message);
        _quote = messenger.ReplyQuoteOf(message);
        _reactions = messenger.ReactionsOf(message);
        _time.Clear();
        if (time > 0) LocalTime.AddTime(_time, _ui.LocalOf(time));
        Measure(painter, messenger.TickOf(message));
        Height += _lines * Line + (_isMetaInline ? 0 : Line) + (_name != null ? SmallLine : 0) + (_quote != null ? SmallLine : 0);
        if (!_isDense) Height += Framed + Gap;
    }

    /// <summary>Draws the message that was loaded last with its first row at <paramref name="y"/>, marked when it is chosen.</summary>
    public void Draw(Painter painter, int y, bool isChosen)
    {
        int bottom = y + Height - (_isDense ? 0 : Gap);
        if (_day.Count > 0)
        {
            DrawDay(painter, y);
            y += DayHeight;
        }

        if (_isPlain)
        {
            DrawPlain(painter, y, isChosen);
            return;
        }

        int outer = _width + 2 * Inset;
        int x = _isMine ? painter.Width - Screens.ThreadMargin - outer : Left;
        if (isChosen)
        {
            int icon = _isMine ? Icon.Open : Icon.Pointer;
            int beside = _isMine ? x - 2 - painter.IconWidth(icon) : x + outer + 2;
            int last = painter.Width - painter.IconWidth(icon);
            int from = y > Screens.BodyTop ? y : Screens.BodyTop; // beside what is to be seen of it
            int to = bottom < painter.Height ? bottom : painter.Height;
            painter.DrawIcon(icon, beside < 0 ? 0 : beside > last ? last : beside, (from + to) / 2 - 4);
        }

        DrawInside(painter, x + Inset, _isDense ? y : y + 1);
        if (_isMine) painter.Badge(x, y, outer, bottom - y);
        else if (_isDense) painter.Fill(x, y + 1, 1, bottom - y - 2);
        else painter.Box(x, y, outer, bottom - y);
        if (_isBelowOwn) painter.Undercut(x, y, outer);
    }

    private static bool IsMessage(MessageKind kind)
    {
        return kind == MessageKind.Text || kind == MessageKind.Value || kind == MessageKind.Unsupported;
    }

    private long TimeBefore(int message)
    {
        while (message >= 0 && _ui.Messenger.TimeOf(message) == 0) message = _ui.Messenger.Older(message);
        return message < 0 ? 0 : _ui.Messenger.TimeOf(message);
    }

    private void LoadDay(long time, long timeBefore, long nowMs)
    {
        _day.Clear();
        if (time == 0) return;
        int day = LocalTime.DayOf(_ui.LocalOf(time));
        if (timeBefore != 0 && LocalTime.DayOf(_ui.LocalOf(timeBefore)) == day) return;
        int today = _ui.Today(nowMs);
        if (today != 0) LocalTime.AddDay(_day, day, today);
    }

    private void Measure(Painter painter, Tick tick)
    {
        PixelFont font = painter.Text;
        int most = LineWidth(painter);
        int start = 0;
        _lines = 0;
        _width = 0;
        _lastWidth = 0;
        while (start < _count)
        {
            int end = TextLayout.LineEnd(font, _text, start, _count, most);
            _lastWidth = font.Measure(_text, start, end);
            if (_lastWidth > _width) _width = _lastWidth;
            start = TextLayout.NextLine(_text, end, _count);
            _lines++;
        }

        if (_lines == 0) _lines = 1;
        int inline = MeasureMeta(painter, tick);
        int whole = painter.Width - Left - Screens.ThreadMargin - 2 * Inset;
        if (inline > whole && _isNear && _reactions == null)
        {
            _time.Clear(); // a line of its own is too much for a time that hardly differs from the one above
            inline = MeasureMeta(painter, tick);
        }

        _isMetaInline = _reactions == null && inline <= whole;
        Widen(_isMetaInline ? inline : _mostMetaWidth, whole);
        if (_reactions != null) Widen(painter.Measure(font, _reactions) + MetaGap + _mostMetaWidth, most);
        if (_name != null) Widen(painter.Measure(painter.Small, _name), most);
        if (_quote != null) Widen(painter.Measure(painter.Small, _quote) + Inset, most);
    }

    /// <summary>Measures time and tick, and gives what the last line takes with them. There is room for the widest tick, so that no line moves with ticks.</summary>
    private int MeasureMeta(Painter painter, Tick tick)
    {
        _metaWidth = painter.Small.Measure(_time.Bytes, 0, _time.Count);
        _mostMetaWidth = _metaWidth;
        if (tick != Tick.None)
        {
            int gap = _metaWidth > 0 ? 2 : 0;
            _metaWidth += gap + painter.IconWidth(Screens.IconOf(tick));
            _mostMetaWidth += gap + painter.IconWidth(Icon.Shown);
        }

        if (_mostMetaWidth == 0) return _lastWidth;
        return _lastWidth + (tick == Tick.None ? MetaGap : LeastMetaGap) + _mostMetaWidth;
    }

    private static int LineWidth(Painter painter) { return painter.Width - Left - Screens.ThreadMargin - OtherSide - 2 * Inset; }

    private void Widen(int width, int most)
    {
        if (width > most) width = most;
        if (width > _width) _width = width;
    }

    private void DrawInside(Painter painter, int x, int y)
    {
        int right = x + _width;
        if (_name != null)
        {
            painter.DrawCut(painter.Small, _name, x, y + 1, right);
            y += SmallLine;
        }

        if (_quote != null)
        {
            painter.Fill(x, y + 1, 1, SmallLine - 1);
            painter.DrawCut(painter.Small, _quote, x + Inset, y + 1, right);
            y += SmallLine;
        }

        int start = 0;
        for (int line = 0; line < _lines; line++)
        {
            int end = TextLayout.LineEnd(painter.Text, _text, start, _count, LineWidth(painter));
            if (y > -Line && y < painter.Height) painter.Draw(painter.Text, _text, start, end, x, y, right);
            start = TextLayout.NextLine(_text, end, _count);
            y += Line;
        }

        if (_isMetaInline) y -= Line;
        else if (_reactions != null) painter.DrawCut(painter.Text, _reactions, x, y, right - _metaWidth - 2);
        int after = painter.Draw(painter.Small, _time, right - _metaWidth, y + 1, right) + 1;
        Tick tick = _ui.Messenger.TickOf(_message);
        if (tick == Tick.None) return;
        if (_time.Count == 0) after = right - _metaWidth;
        painter.DrawIcon(Screens.IconOf(tick), after, y);
        if (!_isDense || tick != Tick.Shown) return;
        painter.Erase(after, y, right - after, 1); // its plate would reach from edge to edge
        painter.Erase(after, y + Line - 1, right - after, 1);
    }

    private void DrawDay(Painter painter, int y)
    {
        int width = painter.Small.Measure(_day.Bytes, 0, _day.Count);
        int x = (painter.Width - width) / 2;
        painter.Draw(painter.Small, _day, x, y + 1, painter.Width);
        painter.Dots(x - 20, y + 3, x - 4);
        painter.Dots(x + width + 4, y + 3, x + width + 20);
    }

    private void DrawPlain(Painter painter, int y, bool isChosen)
    {
        PixelFont font = painter.Small;
        int start = 0;
        for (int line = 0; line < _lines; line++)
        {
            int end = TextLayout.LineEnd(font, _text, start, _count, painter.Width - 8);
            int width = font.Measure(_text, start, end);
            int x = (painter.Width - width) / 2;
            painter.Draw(font, _text, start, end, x, y + 1, painter.Width);
            if (isChosen && line == 0) painter.DrawIcon(Icon.Pointer, x + width + 2 < painter.Width - 4 ? x + width + 2 : painter.Width - 4, y);
            start = TextLayout.NextLine(_text, end, _count);
            y += SmallLine;
        }
    }
}
