using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The messages that have a text, or a star, the newest first; Ok opens the thread at one. Goes on looking while it is on the
/// screen, a few messages in a turn, and can be read and used meanwhile.</summary>
/// <remarks>Holds handles of messages over many turns, with what tells whether it is still the same message.</remarks>
public sealed class SearchScreen : ListScreen
{
    private const int Line = 8;
    private const int Lead = 2;
    private const int LooksOfTurn = 12; // messages, so that a key need not wait
    private const int DrawGapMs = 300; // between pictures while it looks
    private const int BytesBefore = 10; // about so many of a text stand before what was looked for

    // cells of a hit
    private const int HandleCell = 0; // bits 0-15 message, from 16 conversation
    private const int NumberCell = 1;
    private const int TimeCell = 2;
    private const int Cells = 3;

    private readonly MessageSearch _search;
    private readonly bool _isOfStars;
    private int[] _hits; // or null
    private int _count;
    private bool _hasMore; // older ones were found that find no room
    private bool _isStale; // the picture is of fewer that were looked at
    private long _drawMs; // when the next one is drawn

    /// <summary>Makes the screen of a search, or with null of the starred messages.</summary>
    internal SearchScreen(ScreenContext ui, MessageSearch search)
        : base(ui)
    {
        _isOfStars = search == null;
        _search = _isOfStars ? ui.Messenger.SearchStarred() : search;
    }

    /// <inheritdoc/>
    public override long NextTickMs { get { return _search.IsDone && !_isStale ? Deadline.Never : 0; } }

    /// <inheritdoc/>
    protected override int RowHeight { get { return 2 * Line; } }

    /// <inheritdoc/>
    protected override int Count { get { return _count; } }

    /// <summary>How many messages were found, in words, and how far the search is until it is done.</summary>
    public string Found
    {
        get
        {
            string found = _count.ToString() + (_hasMore ? "+" : "") + (_isOfStars ? " starred" : " found");
            return _search.IsDone ? found : found + ", " + _search.Percent.ToString() + "%";
        }
    }

    /// <inheritdoc/>
    protected override string Title { get { return Found; } }

    /// <inheritdoc/>
    protected override string Hint { get { return _count > 0 ? "● open   hold ▲ back" : "hold ▲ back"; } }

    /// <inheritdoc/>
    protected override string EmptyText
    {
        get { return !_search.IsDone ? "Searching…" : _isOfStars ? "No message is starred." : "No message has it."; }
    }

    /// <summary>Has somebody write what is looked for; the owner passes it on to <see cref="Begin"/>.</summary>
    internal static void Ask(ScreenContext ui, Screen owner, long nowMs)
    {
        ui.Stack.Ask(owner, "search for", ui.LongText.Take(null).Bytes, 0, nowMs);
    }

    /// <summary>Looks for what was written in one conversation, or in all (-1), over the screen that had it written.</summary>
    internal static void Begin(ScreenContext ui, byte[] text, int count, int conversation, long nowMs)
    {
        if (count == 0)
        {
            ui.Stack.Notice("No search", "Write a word of the message first.", nowMs);
            return;
        }

        MessageSearch search = ui.Messenger.Search(text, 0, count, conversation);
        ui.Stack.Back(nowMs);
        ui.Stack.Open(new SearchScreen(ui, search), nowMs);
    }

    /// <inheritdoc/>
    public override void OnTime(long nowMs)
    {
        if (_isStale && (_search.IsDone || nowMs >= _drawMs))
        {
            // in a turn of its own
            _isStale = false;
            _drawMs = nowMs + DrawGapMs;
            Ui.Stack.Change();
            return;
        }

        byte[] text = Ui.LongText.Take(null).Bytes;
        for (int budget = LooksOfTurn; budget > 0 && !_search.IsDone;)
        {
            int message = _search.Next(text, ref budget);
            if (message >= 0) Add(message, _search.Conversation);
            _isStale = true;
        }
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        Messenger messenger = Ui.Messenger;
        int message = MessageAt(row);
        if (message < 0)
        {
            painter.DrawCut(painter.Small, "not there any more", Lead, y + 1, right);
            return;
        }

        int conversation = ConversationAt(row);
        TextBuffer line = Ui.Chrome.Line.Clear();
        int x = right - 1;
        long time = messenger.TimeOf(message);
        if (time > 0)
        {
            LocalTime.AddShort(line, Ui.Chrome.LocalOf(time), Ui.Chrome.Today(nowMs));
            x = painter.DrawRight(painter.Small, line, x, y + 1) - 3;
        }

        line.Clear();
        bool isMine = messenger.IsMine(message);
        if (messenger.IsGroup(conversation) && !isMine && messenger.KindOf(message) != MessageKind.Event)
            line.Add(messenger.SenderNameOf(message)).Add(", ");
        line.Add(messenger.NameOf(conversation));
        painter.DrawCut(painter.Text, line.Bytes, 0, line.Count, Lead, y, x);
        x = isMine ? painter.DrawIcon(Chrome.IconOf(messenger.TickOf(message)), Lead, y + Line) + 2 : Lead;
        DrawText(painter, message, x, y + Line, right - 1);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        int message = MessageAt(row);
        if (message < 0) return;
        Ui.Stack.OpenThread(ConversationAt(row), nowMs);
        if (Ui.Stack.Top is ThreadScreen) ((ThreadScreen)Ui.Stack.Top).GoTo(message, true);
    }

    // from its beginning when what was looked for is to be seen then, else from a word shortly before that
    private void DrawText(Painter painter, int message, int x, int y, int right)
    {
        byte[] text = Ui.LongText.Take(null).Bytes;
        int count = Ui.Messenger.ReadText(message, text);
        int place = _search.PlaceIn(text, count);
        int start = place - BytesBefore;
        if (start < 0 || painter.Text.Fits(text, 0, place, (right - x) / 2)) start = 0;
        while (start > 0 && start < place && text[start - 1] != ' ' && text[start - 1] != '\n') start++;
        TextBuffer line = Ui.Chrome.Line.Clear();
        if (start > 0) line.Add("…");
        line.Add(text, start, count);
        byte[] bytes = line.Bytes;
        for (int i = 0; i < line.Count; i++)
            if (bytes[i] == '\n') bytes[i] = (byte)' ';
        painter.DrawCut(painter.Text, bytes, 0, line.Count, x, y, right);
    }

    private void Add(int message, int conversation)
    {
        int time = (int)Ui.Messenger.TimeOf(message);
        int handle = message | conversation << 16;
        int at = _count;
        while (at > 0 && (uint)_hits[(at - 1) * Cells + TimeCell] < (uint)time) at--;
        for (int i = 0; i < _count; i++)
            if (_hits[i * Cells + HandleCell] == handle) return; // looked at twice
        if (_count == Limits.SearchHits)
        {
            _hasMore = true;
            if (at == _count) return;
            _count--;
        }

        if (_hits == null || _count * Cells == _hits.Length) _hits = Column.Longer(_hits, Limits.SearchHitStep * Cells);
        System.Array.Copy(_hits, at * Cells, _hits, (at + 1) * Cells, (_count - at) * Cells);
        _hits[at * Cells + HandleCell] = handle;
        _hits[at * Cells + NumberCell] = Ui.Messenger.NumberOf(message);
        _hits[at * Cells + TimeCell] = time;
        _count++;
        if (at <= Selected && _count > 1 && Selected > 0) Selected++; // the choice stays on its message
    }

    private int ConversationAt(int row) { return _hits[row * Cells + HandleCell] >> 16; }

    // -1 when it has gone
    private int MessageAt(int row)
    {
        int message = _hits[row * Cells + HandleCell] & 0xFFFF;
        if (!Ui.Messenger.Has(ConversationAt(row), message)) return -1;
        bool isSame = Ui.Messenger.NumberOf(message) == _hits[row * Cells + NumberCell] &&
            (int)Ui.Messenger.TimeOf(message) == _hits[row * Cells + TimeCell] && (!_isOfStars || Ui.Messenger.IsStarred(message));
        return isSame ? message : -1;
    }
}
