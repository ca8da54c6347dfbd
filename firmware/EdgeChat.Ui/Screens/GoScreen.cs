using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>Where a thread can go to: the first unread message, the newest, one with a word, or the first one of a day.</summary>
public sealed class GoScreen : ListScreen
{
    private readonly ThreadScreen _thread;
    private readonly int _fixed;  // rows before the days
    private readonly int[] _days; // local days that have messages, the last one first

    /// <summary>Makes the screen for the thread of the open conversation.</summary>
    /// <param name="ui">What screens work with.</param>
    /// <param name="thread">The thread.</param>
    /// <param name="unread">Its first unread message, or -1 when all are read.</param>
    public GoScreen(ScreenContext ui, ThreadScreen thread, int unread)
        : base(ui)
    {
        _thread = thread;
        _fixed = unread < 0 ? 2 : 3;
        _days = new int[PutDays(null)];
        PutDays(_days);
    }

    /// <inheritdoc/>
    protected override int Count { get { return _fixed + _days.Length; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Go to"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● go   hold ▲ back"; } }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        TextBuffer line = Ui.Chrome.Line.Clear();
        if (row >= _fixed) LocalTime.AddDay(line, _days[row - _fixed], Ui.Chrome.Today(nowMs));
        else line.Add(row == _fixed - 1 ? "Search…" : row == _fixed - 2 ? "Newest message" : "First unread");
        painter.Draw(painter.Text, line, 4, y, right - 2);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (row == _fixed - 1)
        {
            SearchScreen.Ask(Ui, this, nowMs);
            return;
        }

        Ui.Stack.Back(nowMs);
        int conversation = Ui.Stack.Conversation;
        if (conversation < 0) return;
        _thread.GoTo(row >= _fixed ? FirstOf(conversation, _days[row - _fixed])
            : row == _fixed - 2 ? -1 : _thread.FirstUnread(conversation));
    }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        if (Ui.Stack.Conversation >= 0) SearchScreen.Begin(Ui, text, count, Ui.Stack.Conversation, nowMs);
    }

    // counts them when there is no array to put them in
    private int PutDays(int[] days)
    {
        Messenger messenger = Ui.Messenger;
        int count = 0;
        int last = 0;
        int conversation = Ui.Stack.Conversation;
        for (int message = conversation < 0 ? -1 : messenger.Newest(conversation); message >= 0; message = messenger.Older(message))
        {
            int day = DayOf(message);
            if (day == 0 || (count > 0 && day >= last)) continue;
            if (days != null) days[count] = day;
            last = day;
            count++;
        }

        return count;
    }

    // the oldest message of a day, or -1
    private int FirstOf(int conversation, int day)
    {
        int first = -1;
        for (int message = Ui.Messenger.Newest(conversation); message >= 0; message = Ui.Messenger.Older(message))
            if (DayOf(message) == day) first = message;
        return first;
    }

    private int DayOf(int message)
    {
        long time = Ui.Messenger.TimeOf(message);
        return time == 0 ? 0 : LocalTime.DayOf(Ui.Chrome.LocalOf(time));
    }
}
