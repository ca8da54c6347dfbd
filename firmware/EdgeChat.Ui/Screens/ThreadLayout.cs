using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>Where the messages of a thread stand, and which one is chosen.</summary>
/// <remarks>The layout hangs on one message, the chosen one or the newest: <c>_bottom</c> is the row below it. The picture moves by whole
/// pages only, so that a display that can begin at any line of its memory is sent the new message and the header, not all the
/// rest.</remarks>
public sealed partial class ThreadScreen
{
    private const int Air = 4; // rows between the header and the first of framed messages
    private const int Page = 8;
    private const int Unplaced = int.MinValue; // of _bottom

    private int _selected = -1;
    private int _bottom;
    private int _revision;
    private bool _isFollowing = true;
    private bool _isChosen; // by a key, so that Ok is for it; only while it does not follow

    private int _goTo = -1; // the message that the next picture begins with when the end begins below it, or -1
    private int _goToRow;
    private bool _choosesGoTo;

    // the message below the divider, or -1, and what the divider says
    private int _unread = -1;
    private int _unreadCount;
    private long _unreadTime;

    // how the chosen message is found again after the tables have changed
    private int _number;
    private long _time;
    private MessageKind _kind;
    private string _sender; // null when it is an own message

    /// <summary>Hangs the layout on the newest message, at the bottom.</summary>
    private void ToNewest(Painter painter, int newest)
    {
        Choose(newest);
        _bottom = painter.Height;
    }

    /// <summary>Hangs the layout on a message, at the top.</summary>
    private void ToTop(Painter painter, int message, bool isGroup, int today)
    {
        ToRow(painter, message, FirstRow(painter), isGroup, today);
    }

    /// <summary>Hangs the layout on a message that begins at a row.</summary>
    private void ToRow(Painter painter, int message, int row, bool isGroup, int today)
    {
        Choose(message);
        _bottom = row + HeightOf(painter, message, isGroup, today);
        _isFollowing = false;
    }

    /// <summary>The next picture has another size: the message that the layout hangs on stays, where it stands does not.</summary>
    internal void Refit()
    {
        _isDrawn = false;
        _bottom = Unplaced;
    }

    /// <summary>Lets the next picture begin with a message, or end with the newest when that is -1.</summary>
    private void Aim(int message, bool isChosen)
    {
        ToEnd();
        _goTo = message;
        _choosesGoTo = isChosen;
    }

    /// <summary>Lets the next picture hang on the newest message.</summary>
    private void ToEnd()
    {
        _isDrawn = false;
        _selected = -1;
        _isFollowing = true;
        _isChosen = false;
        _goTo = -1;
        _choosesGoTo = false;
    }

    /// <summary>The first message that is or was unread when the thread was opened, or -1.</summary>
    internal int FirstUnread(int conversation)
    {
        int unread = Ui.Messenger.FirstUnread(conversation, out int _);
        return unread >= 0 || UnreadAbove(_unread) == 0 ? unread : _unread;
    }

    /// <summary>How many messages the divider above a message tells as unread; 0 when there is none.</summary>
    private int UnreadAbove(int message)
    {
        return message >= 0 && message == _unread && Ui.Messenger.TimeOf(message) == _unreadTime ? _unreadCount : 0;
    }

    /// <summary>Hangs the layout on what has become the newest message, and moves the picture up by pages until there is room for
    /// it; gives the rows.</summary>
    private int Follow(Painter painter, bool isGroup, int today)
    {
        int before = _selected;
        for (int message = Ui.Messenger.Newer(before); message >= 0; message = Ui.Messenger.Newer(message))
        {
            _bubble.Load(painter, message, before, isGroup, today, UnreadAbove(message));
            _bottom += _bubble.Height;
            before = message;
        }

        Choose(before);
        int rows = WholePages(_bottom - painter.Height);
        if (rows > 0) Scroll(rows);
        return rows;
    }

    private void ToOlder(int conversation, int today)
    {
        Painter painter = Ui.Painter;
        bool isGroup = Ui.Messenger.IsGroup(conversation);
        int older = Ui.Messenger.Older(_selected);
        int height = HeightOf(painter, _selected, isGroup, today);
        _isFollowing = false;
        int hidden = FirstRow(painter) - (_bottom - height);
        if (hidden > 0)
        {
            int room = (painter.Height - Top) / Page * Page - Page;
            Scroll(-(hidden > room ? room : WholePages(hidden)));
            return;
        }

        if (older < 0) return;
        _bottom -= height;
        Choose(older);
        hidden = FirstRow(painter) - (_bottom - HeightOf(painter, older, isGroup, today));
        if (hidden <= 0) return;
        int below = (painter.Height - _bottom) / Page * Page; // its end stays on the screen
        hidden = WholePages(hidden);
        Scroll(-(hidden > below ? below : hidden));
    }

    private void ToNewer(int conversation, int today)
    {
        if (_isFollowing) return;
        Painter painter = Ui.Painter;
        int room = (painter.Height - Top) / Page * Page - Page;
        if (_bottom > painter.Height)
        {
            int hidden = WholePages(_bottom - painter.Height);
            Scroll(hidden > room ? room : hidden);
        }
        else
        {
            int newer = Ui.Messenger.Newer(_selected);
            if (newer >= 0)
            {
                int top = _bottom;
                Choose(newer);
                _bottom += HeightOf(painter, newer, Ui.Messenger.IsGroup(conversation), today);
                int hidden = WholePages(_bottom - painter.Height);
                int above = (top - FirstRow(painter)) / Page * Page; // its beginning stays on the screen
                if (hidden > 0) Scroll(hidden > above ? above : hidden);
            }
        }

        _isFollowing = Ui.Messenger.Newer(_selected) < 0 && _bottom <= painter.Height;
    }

    /// <summary>Chooses an older or a newer message, by one or by a page. With one or two buttons there is one direction: to the oldest,
    /// and then to the newest again.</summary>
    private void Move(bool isUp, bool isPage, int conversation, int today)
    {
        bool wasFollowing = _isFollowing;
        int bottom = _bottom;
        int selected = _selected;
        if (isPage) ToPage(isUp, conversation, today);
        else if (isUp) ToOlder(conversation, today);
        else ToNewer(conversation, today);
        _isChosen = !_isFollowing;
        if (Ui.Buttons < 3 && !wasFollowing && bottom == _bottom && selected == _selected) ToEnd();
    }

    /// <summary>Moves the picture by a page but for a line, less at the end of the conversation, and chooses the message at its
    /// edge.</summary>
    private void ToPage(bool isUp, int conversation, int today)
    {
        Painter painter = Ui.Painter;
        bool isGroup = Ui.Messenger.IsGroup(conversation);
        int room = (painter.Height - Top) / Page * Page - Page;
        int first = FirstRow(painter);
        int message = _selected;
        int height = HeightOf(painter, message, isGroup, today);
        int bottom = _bottom;
        while (isUp ? bottom - height > first - room : bottom < painter.Height + room)
        {
            int next = isUp ? Ui.Messenger.Older(message) : Ui.Messenger.Newer(message);
            if (next < 0) break;
            message = next;
            if (isUp) bottom -= height;
            height = HeightOf(painter, message, isGroup, today);
            if (!isUp) bottom += height;
        }

        int rows = WholePages(isUp ? first - (bottom - height) : bottom - painter.Height);
        if (rows > room) rows = room;
        Choose(message);
        _bottom = bottom;
        Scroll(isUp ? -rows : rows);
        _isFollowing = Ui.Messenger.Newer(message) < 0 && _bottom <= painter.Height;
    }

    private int HeightOf(Painter painter, int message, bool isGroup, int today)
    {
        _bubble.Load(painter, message, Ui.Messenger.Older(message), isGroup, today, UnreadAbove(message));
        return _bubble.Height;
    }

    /// <summary>The row that the first message on the screen begins at.</summary>
    private static int FirstRow(Painter painter) { return Bubble.IsDense(painter) ? Top : Top + Air; }

    private static int WholePages(int rows) { return rows > 0 ? (rows + Page - 1) / Page * Page : 0; }

    private void Scroll(int rows)
    {
        _bottom -= rows;
        Ui.Painter.Scroll(rows / Page);
    }

    private void Choose(int message)
    {
        _selected = message;
        _revision = Ui.Messenger.Revision;
        _number = Ui.Messenger.NumberOf(message);
        _time = Ui.Messenger.TimeOf(message);
        _kind = Ui.Messenger.KindOf(message);
        _sender = SenderOf(message);
    }

    private string SenderOf(int message) { return Ui.Messenger.IsMine(message) ? null : Ui.Messenger.SenderOf(message); }

    /// <summary>Finds the chosen message in tables that have changed; when it is gone the newest is shown.</summary>
    private void Find()
    {
        Messenger messenger = Ui.Messenger;
        if (_selected < 0 || _revision == messenger.Revision) return;
        _revision = messenger.Revision;
        int conversation = Ui.Stack.Conversation;
        _selected = -1;
        for (int message = conversation < 0 ? -1 : messenger.Newest(conversation); message >= 0; message = messenger.Older(message))
        {
            if (messenger.NumberOf(message) != _number || messenger.TimeOf(message) != _time) continue;
            if (messenger.KindOf(message) != _kind || SenderOf(message) != _sender) continue;
            _selected = message;
            return;
        }

        ToEnd();
    }
}
