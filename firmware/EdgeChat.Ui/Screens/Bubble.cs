using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>One message of a thread: measures what it takes, then draws it. Reads the message's text into <see cref="LongText"/>, so
/// drawing follows at once.</summary>
/// <remarks>From the top: the day when it is another than the message before had; how many are unread, when this is the first of them; then
/// inside the bubble the sender's name (of groups), what is answered or that it was forwarded, the text, and beside its last line or below
/// it the time with the ticks. Own messages are light on the right, others on the left. The time is left out where it would need a line
/// of its own and the message before is at most ten minutes older. What is no message (members that came, messages that are missing) is
/// small and in the middle.
/// On a display of 64 rows each line is one of its pages and there is no row between messages: a bar beside others' and a dark edge above
/// own ones part them. A row more would touch a page more, which is 132 bytes on the bus of a new message. A higher display has room for
/// frames and gaps; heights there are multiples of four.</remarks>
public sealed partial class Bubble
{
    private const int Inset = 3;      // frame of one pixel and two of air
    private const int Left = 1;
    private const int OtherSide = 13; // columns that a bubble leaves free on the other side, unless its time fits there
    private const int NearSeconds = 600;
    private const int Line = 8;
    private const int SmallLine = 8;
    private const int DayHeight = 8;
    private const int UnreadHeight = 8;
    private const int Gap = 2;        // rows between framed bubbles
    private const int Framed = 2;     // rows of a bubble's frame
    private const int DenseRows = 64; // a display of so many has none to give away
    private const int MetaGap = 5;
    private const int LeastMetaGap = 3; // beside the widest tick

    private const int NoDay = -1;
    private const string Forwarded = "Forwarded";

    private readonly ScreenContext _ui;
    private int _count;
    private int _message;
    private int _revision;
    private int _lines;
    private int _width;
    private int _metaWidth;
    private int _day; // above it, or NoDay
    private int _unread; // how many the divider above it tells, or 0 for no divider
    private int _today;
    private long _time; // local, or 0 when it is not shown
    private bool _isMine;
    private bool _isPlain;
    private bool _isMarked; // edited or starred, maybe
    private bool _isMetaInline;
    private bool _isMixed; // has letters that go to the left
    private bool _isBelowOwn; // an own message that touches an own one above it
    private string _name;
    private string _quote;
    private string _reactions;

    /// <summary>Makes the bubble of a thread.</summary>
    public Bubble(ScreenContext ui)
    {
        _ui = ui;
    }

    /// <summary>Rows that the message takes, with the gap below it, and the day and the divider above it.</summary>
    public int Height { get; private set; }

    /// <summary>Whether a display has no rows to give away between messages.</summary>
    public static bool IsDense(Painter painter) { return painter.Height <= DenseRows; }

    /// <summary>Reads and measures a message, unless it is the one that was loaded last.</summary>
    /// <param name="painter">What it is to be drawn with.</param>
    /// <param name="message">The message.</param>
    /// <param name="older">The one before it, or -1.</param>
    /// <param name="isGroup">Whether it is one of a group.</param>
    /// <param name="today">The local day, or 0 while the clock is not set.</param>
    /// <param name="unread">How many messages the divider above it tells as unread, or 0 when there is no divider.</param>
    public void Load(Painter painter, int message, int older, bool isGroup, int today, int unread)
    {
        Messenger messenger = _ui.Messenger;
        int revision = messenger.Revision;
        if (_ui.LongText.IsOf(this) && message == _message && revision == _revision && today == _today && unread == _unread) return;
        byte[] text = _ui.LongText.Take(this).Bytes;
        MessageKind kind = messenger.KindOf(message);
        long time = messenger.TimeOf(message);
        _message = message;
        _revision = revision;
        _today = today;
        _unread = unread;
        _isMine = messenger.IsMine(message);
        _isBelowOwn = false;
        _isPlain = kind == MessageKind.Missing || kind == MessageKind.Lost || kind == MessageKind.Event;
        _count = messenger.ReadText(message, text);
        long timeBefore = TimeBefore(older);
        _day = DayAbove(time, timeBefore);
        Height = (_day != NoDay ? DayHeight : 0) + (unread > 0 ? UnreadHeight : 0);
        if (_isPlain)
        {
            _lines = TextLayout.CountLines(painter.Small, text, _count, painter.Width - 8, int.MaxValue);
            Height += _lines * SmallLine;
            return;
        }

        bool isDense = IsDense(painter);
        bool isSame = older >= 0 && _day == NoDay && unread == 0 && messenger.IsMine(older) == _isMine &&
            IsMessage(messenger.KindOf(older));
        _isBelowOwn = isSame && _isMine && isDense;
        string sender = isGroup && !_isMine ? messenger.SenderOf(message) : null;
        _name = sender == null || (isSame && messenger.SenderOf(older) == sender) ? null : messenger.SenderNameOf(message);
        _isMarked = messenger.IsMarked(message);
        _quote = _isMarked && messenger.IsForwarded(message) ? Forwarded : messenger.ReplyQuoteOf(message);
        _reactions = messenger.ReactionsOf(message);
        _time = time > 0 ? _ui.Chrome.LocalOf(time) : 0;
        Measure(painter, text, messenger.TickOf(message), time - timeBefore < NearSeconds && time >= timeBefore);
        Height += _lines * Line + (_isMetaInline ? 0 : Line) + (_name != null ? SmallLine : 0) + (_quote != null ? SmallLine : 0);
        if (!isDense) Height += Framed + Gap;
    }

    /// <summary>Draws the message that was loaded last with its first row at <paramref name="y"/>, marked when it is chosen.</summary>
    public void Draw(Painter painter, int y, bool isChosen)
    {
        TickAt = 0;
        bool isDense = IsDense(painter);
        int bottom = y + Height - (isDense ? 0 : Gap);
        if (_day != NoDay)
        {
            DrawDay(painter, y);
            y += DayHeight;
        }

        if (_unread > 0)
        {
            DrawUnread(painter, y);
            y += UnreadHeight;
        }

        if (_isPlain)
        {
            DrawPlain(painter, y, isChosen);
            return;
        }

        int outer = _width + 2 * Inset;
        int x = _isMine ? painter.Width - Chrome.ThreadMargin - outer : Left;
        if (isChosen) DrawChosen(painter, x, outer, y, bottom);
        if (!_isMine) painter.Tint(ColourPlan.Raised, x, y, outer, isDense ? bottom - y - 1 : bottom - y);
        int metaRow = DrawInside(painter, x + Inset, isDense ? y : y + 1, isDense);
        if (_isMine) NoteTick(painter, x + Inset + _width, metaRow, _isBelowOwn && metaRow == y);
        if (_isMine)
        {
            painter.Badge(x, y, outer, bottom - y);
            painter.Turn(x, y, outer, bottom - y);
        }
        else if (isDense) painter.Fill(x, y + 1, 1, bottom - y - 2);
        else painter.Box(x, y, outer, bottom - y);
        if (_isBelowOwn) painter.Undercut(x, y, outer);
    }

    private void Measure(Painter painter, byte[] text, Tick tick, bool isNear)
    {
        PixelFont font = painter.Text;
        int most = LineWidth(painter);
        int start = 0;
        int last = 0;
        font.HasRightToLeft = false;
        _lines = 0;
        _width = 0;
        while (start < _count)
        {
            int place = PlaceOfLine(text, _lines++);
            if (place >= _count)
            {
                text[place] = (byte)start;
                text[place + 1] = (byte)(start >> 8);
            }

            int end = TextLayout.LineEnd(font, text, start, _count, most);
            last = font.LineWidth;
            if (last > _width) _width = last;
            start = TextLayout.NextLine(text, end, _count);
        }

        _isMixed = font.HasRightToLeft;
        if (_lines == 0) _lines = 1;
        int meta = MeasureMeta(painter, tick);
        int inline = Inline(last, meta, tick);
        int whole = painter.Width - Left - Chrome.ThreadMargin - 2 * Inset;
        if (inline > whole && isNear && _reactions == null)
        {
            _time = 0; // a line of its own is too much for a time that hardly differs from the one above
            meta = MeasureMeta(painter, tick);
            inline = Inline(last, meta, tick);
        }

        _isMetaInline = _reactions == null && inline <= whole;
        Widen(_isMetaInline ? inline : meta, whole);
        if (_reactions != null) Widen(painter.Measure(font, _reactions) + MetaGap + meta, most);
        if (_name != null) Widen(painter.Measure(painter.Small, _name), most);
        if (_quote != null) Widen(painter.Measure(painter.Small, _quote) + Inset, most);
    }

    // where it is noted in which byte a line begins: behind the text, from the end of its buffer on backwards, as far as there is room
    private static int PlaceOfLine(byte[] text, int line) { return text.Length - 2 * (line + 1); }

    /// <summary>Where a line begins in the text that was measured; the end of the text for the line after the last.</summary>
    private int StartOf(Painter painter, byte[] text, int line)
    {
        if (line >= _lines) return _count;
        int known = line;
        int most = (text.Length - _count) / 2; // lines that there was room for
        if (known >= most) known = most - 1;
        int place = PlaceOfLine(text, known);
        int start = known < 0 || _count == 0 ? 0 : text[place] | text[place + 1] << 8;
        for (; known < line && start < _count; known++)
            start = TextLayout.NextLine(text, TextLayout.LineEnd(painter.Text, text, start, _count, LineWidth(painter)), _count);
        return start;
    }

    // that it was edited, and the time
    private TextBuffer Meta()
    {
        TextBuffer words = _ui.Chrome.Line.Clear();
        if (_isMarked && _ui.Messenger.IsEdited(_message)) words.Add(_time == 0 ? "edited" : "edited ");
        return _time == 0 ? words : LocalTime.AddTime(words, _time);
    }

    /// <summary>Measures time and tick, and gives what they take with the widest tick, so that no line moves with ticks.</summary>
    private int MeasureMeta(Painter painter, Tick tick)
    {
        _metaWidth = 0;
        TextBuffer words = Meta();
        if (words.Count > 0) _metaWidth = painter.Small.Measure(words.Bytes, 0, words.Count);
        if (_isMarked && _ui.Messenger.IsStarred(_message)) _metaWidth += painter.IconWidth(Icon.Star) + (_metaWidth > 0 ? 2 : 0);
        if (tick == Tick.None) return _metaWidth;
        int bare = _metaWidth + (_metaWidth > 0 ? 2 : 0);
        _metaWidth = bare + painter.IconWidth(Chrome.IconOf(tick));
        return bare + painter.IconWidth(Icon.Shown);
    }

    /// <summary>What the last line takes with time and tick.</summary>
    private static int Inline(int line, int meta, Tick tick)
    {
        return meta == 0 ? line : line + (tick == Tick.None ? MetaGap : LeastMetaGap) + meta;
    }

    private static int LineWidth(Painter painter) { return painter.Width - Left - Chrome.ThreadMargin - OtherSide - 2 * Inset; }

    private void Widen(int width, int most)
    {
        if (width > most) width = most;
        if (width > _width) _width = width;
    }

    private int DrawInside(Painter painter, int x, int y, bool isDense)
    {
        byte[] text = _ui.LongText.Text.Bytes;
        int right = x + _width;
        if (_name != null)
        {
            painter.DrawCut(painter.Small, _name, x, y + 1, right);
            y += SmallLine;
        }

        if (_quote != null)
        {
            bool isQuote = _quote != Forwarded;
            if (isQuote) painter.Fill(x, y + 1, 1, SmallLine - 1);
            painter.DrawCut(painter.Small, _quote, isQuote ? x + Inset : x, y + 1, right);
            y += SmallLine;
        }

        int line = y > -Line ? 0 : -y / Line; // what is above the screen is passed over
        int start = StartOf(painter, text, line);
        int bottom = y + _lines * Line;
        int beforeMeta = _isMetaInline && _metaWidth > 0 ? right - _metaWidth - LeastMetaGap : right;
        if (_isMixed) painter.BeginLines(text, start, _count);
        for (y += line * Line; line < _lines && y < painter.Height; y += Line)
        {
            int end = StartOf(painter, text, ++line); // with the spaces before it, which draw nothing
            if (!_isMixed) painter.Draw(painter.Text, text, start, end, x, y, right);
            else painter.DrawLine(painter.Text, text, start, end, x, y, line == _lines ? beforeMeta : right);
            start = end;
        }

        y = _isMetaInline ? bottom - Line : bottom;
        if (!_isMetaInline && _reactions != null) painter.DrawCut(painter.Text, _reactions, x, y, right - _metaWidth - 2);
        DrawMeta(painter, right, y, isDense);
        return y;
    }

    private void DrawMeta(Painter painter, int right, int y, bool isDense)
    {
        int after = right - _metaWidth;
        if (_isMarked && _ui.Messenger.IsStarred(_message)) after = painter.DrawIcon(Icon.Star, after, y) + 1;
        TextBuffer words = Meta();
        if (words.Count > 0) after = painter.Draw(painter.Small, words, after, y + 1, right) + 1;
        Tick tick = _ui.Messenger.TickOf(_message);
        if (tick == Tick.None) return;
        painter.DrawIcon(Chrome.IconOf(tick), after, y);
        if (!isDense || tick != Tick.Shown) return;
        painter.Erase(after, y, right - after, 1); // its plate would reach from edge to edge
        painter.Erase(after, y + Line - 1, right - after, 1);
        painter.Tint(ColourPlan.Blue, after, y, right - after, Line);
    }
}
