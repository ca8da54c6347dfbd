using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>One conversation. It begins with what is unread and follows the newest message until Up is pressed; then a message is chosen
/// and Ok is for it.</summary>
public sealed partial class ThreadScreen : Screen
{
    private const int Top = Chrome.HeaderHeight;
    private const int HintColumns = 18; // of what Ok does, behind the name
    private const int MenuColumns = 32; // of the same while a message is chosen
    private const int LeastName = 24;   // columns of a long name: without them other things are left out
    private const int Gap = 3;          // columns
    private const int PageMs = 250; // a key that comes again within it moves a page

    private readonly Bubble _bubble;
    private Key _key; // that was pressed last, and until when another press of it moves a page
    private long _pageUntilMs;

    /// <summary>Shows the newest message of the conversation that is open.</summary>
    public ThreadScreen(ScreenContext ui)
        : base(ui)
    {
        _bubble = new Bubble(ui);
        _tickAt = new int[ui.Painter.Height / 8];
    }

    /// <summary>The message that Ok is for, or -1.</summary>
    public int Selected
    {
        get
        {
            Find();
            return _selected;
        }
    }

    /// <inheritdoc/>
    public override long LeastAwakeMs { get { return ReadingMs; } }

    /// <summary>Shows the conversation that is open now from its first unread message on, or its end when all are read or fit.</summary>
    public void Begin()
    {
        Restart();
        int conversation = Ui.Stack.Conversation;
        if (conversation < 0 || Ui.Messenger.UnreadOf(conversation) == 0) return;
        _unread = Ui.Messenger.FirstUnread(conversation, out _unreadCount);
        if (_unread < 0) return;
        _unreadTime = Ui.Messenger.TimeOf(_unread);
        _goTo = _unread;
    }

    /// <summary>Shows the newest message of the conversation that is open now.</summary>
    public void Restart()
    {
        ToEnd();
        _unread = -1;
    }

    /// <summary>Shows a message of the conversation and what follows it.</summary>
    /// <param name="message">The message, or -1 for the newest.</param>
    /// <param name="isChosen">Whether it is chosen then, unless it is the newest.</param>
    public void GoTo(int message, bool isChosen = false)
    {
        Aim(message, isChosen);
        Ui.Stack.MustDraw = true;
    }

    /// <inheritdoc/>
    public override void Draw(Painter painter, long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        _isDrawn = false;
        if (conversation >= 0) DrawMessages(painter, conversation, Ui.Chrome.Today(nowMs));
        DrawHead(painter, nowMs);
    }

    /// <inheritdoc/>
    public override bool DrawMinute(Painter painter, long nowMs)
    {
        painter.Erase(_cornerLeft, 0, painter.Width - _cornerLeft, Top);
        painter.Tint(ColourPlan.Raised, _cornerLeft, 0, painter.Width - _cornerLeft, Top);
        _drawnCorner = Ui.Chrome.CornerLook(nowMs);
        bool isMoved = Ui.Chrome.DrawCorner(nowMs) != _cornerLeft;
        if (isMoved || _drawnTitle != TitleLook(Ui.Stack.Conversation)) DrawHead(painter, nowMs);
        return true;
    }

    /// <summary>Says that what has arrived is on the screen, when the newest message is.</summary>
    public void MarkShown(long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        if (_isFollowing && conversation >= 0 && Ui.Messenger.UnreadOf(conversation) > 0) Ui.Messenger.MarkShown(conversation, nowMs);
    }

    /// <inheritdoc/>
    public override void OnKey(Key key, long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        if (conversation < 0)
        {
            Ui.Stack.Home(nowMs);
            return;
        }

        if (key == Key.Ok)
        {
            if (_isChosen) OnMenuKey(nowMs);
            else Answer(conversation, -1, nowMs);
            return;
        }

        Find();
        if (_selected < 0) return;
        _isDrawn = false;
        bool isPage = key == _key && nowMs < _pageUntilMs;
        _key = key;
        _pageUntilMs = nowMs + PageMs;
        Move(Ui.Buttons < 3 || key == Key.Up, isPage, conversation, Ui.Chrome.Today(nowMs));
        Ui.Stack.MustDraw = true;
    }

    /// <inheritdoc/>
    public override bool OnEnd(long nowMs)
    {
        if (_isFollowing) return false;
        ToEnd();
        Ui.Stack.MustDraw = true;
        return true;
    }

    private void Answer(int conversation, int message, long nowMs)
    {
        if (!Ui.Messenger.CanWrite(conversation))
        {
            Ui.Stack.Check("Read only", Ui.Messenger.IsGroup(conversation) ? SendError.NotMember : SendError.Blocked, nowMs);
            return;
        }

        Ui.Stack.Open(new RepliesScreen(Ui, message), nowMs);
    }

    private void DrawMessages(Painter painter, int conversation, int today)
    {
        Messenger messenger = Ui.Messenger;
        int newest = messenger.Newest(conversation);
        if (newest < 0)
        {
            _selected = -1;
            Ui.Chrome.DrawParagraph(messenger.CanWrite(conversation) ? "No messages yet.\n● to write" : "No messages.", Chrome.BodyTop + 8);
            return;
        }

        bool isGroup = messenger.IsGroup(conversation);
        Find();
        if (_bottom == Unplaced && _selected >= 0) Aim(_isFollowing ? -1 : _selected, _isChosen);
        if (_selected < 0) DrawFirst(painter, newest, isGroup, today);
        else
        {
            if (_isFollowing) Follow(painter, isGroup, today);
            DrawUp(painter, isGroup, today);
        }

        DrawDown(painter, _selected, _bottom, isGroup, today);
        Drawn(today);
    }

    // the end of the conversation; or, when that begins below the message that is gone to, that one at the top
    private void DrawFirst(Painter painter, int newest, bool isGroup, int today)
    {
        int first = FirstRow(painter);
        int goTo = _goTo;
        _goToRow = goTo < 0 ? first : int.MinValue;
        ToNewest(painter, newest);
        int y = DrawUp(painter, isGroup, today);
        _goTo = -1;
        bool isChosen = _choosesGoTo && goTo >= 0 && goTo != newest;
        if (_goToRow >= first && y <= first && !isChosen) return;
        // when they do not fill the screen all of them stand below the header
        int rows = y > first ? y - first : 0;
        if (_goToRow < first) ToTop(painter, goTo, isGroup, today);
        else if (isChosen) ToRow(painter, goTo, _goToRow - rows, isGroup, today);
        else _bottom -= rows;
        _isChosen = isChosen;
        painter.Clear();
        DrawUp(painter, isGroup, today);
    }

    // the chosen message and what is above it; gives the row that the last one begins at
    private int DrawUp(Painter painter, bool isGroup, int today)
    {
        _ticks = 0;
        int y = _bottom;
        for (int message = _selected; message >= 0 && y > Top;)
        {
            int older = Ui.Messenger.Older(message);
            _bubble.Load(painter, message, older, isGroup, today, UnreadAbove(message));
            y -= _bubble.Height;
            if (message == _goTo) _goToRow = y;
            _bubble.Draw(painter, y, message == _selected && _isChosen);
            NoteTick();
            message = older;
        }

        return y;
    }

    // what is below a message
    private void DrawDown(Painter painter, int before, int y, bool isGroup, int today)
    {
        Messenger messenger = Ui.Messenger;
        for (int message = messenger.Newer(before); message >= 0 && y < painter.Height; message = messenger.Newer(message))
        {
            _bubble.Load(painter, message, before, isGroup, today, UnreadAbove(message));
            _bubble.Draw(painter, y, false);
            NoteTick();
            y += _bubble.Height;
            before = message;
        }
    }

    private void DrawHead(Painter painter, long nowMs)
    {
        painter.Erase(0, 0, painter.Width, Top);
        painter.Tint(ColourPlan.Raised, 0, 0, painter.Width, Top);
        int conversation = Ui.Stack.Conversation;
        DrawTitle(painter, conversation, nowMs);
        _drawnCorner = Ui.Chrome.CornerLook(nowMs);
        _drawnTitle = TitleLook(conversation);
    }

    private void DrawTitle(Painter painter, int conversation, long nowMs)
    {
        _cornerLeft = 0;
        if (conversation < 0)
        {
            Ui.Chrome.DrawHeader("Deleted", nowMs);
            return;
        }

        Messenger messenger = Ui.Messenger;
        TextBuffer line = Ui.Chrome.Line;
        int right = Ui.Chrome.DrawCorner(nowMs);
        _cornerLeft = right;
        int left = 1 + Ui.Chrome.Shift(nowMs);
        int seal = SealOf(conversation);
        if (seal != 0) left = painter.DrawIcon(seal, left, 0) + 1;
        int unread = _isFollowing ? 0 : messenger.UnreadOf(conversation);
        int colour = ColourPlan.Raised;
        bool isLesser = false; // than the name
        if (unread > 0)
        {
            line.Clear().Add(unread).Add(" new ↓");
            colour = ColourPlan.Green;
        }
        else if (_isChosen) line.Clear();
        else if (messenger.IsGroup(conversation))
        {
            right -= painter.IconWidth(Icon.Group);
            painter.DrawIcon(Icon.Group, right, 0);
            right -= 2;
            line.Clear().Add(messenger.MemberCountOf(conversation));
        }
        else if (messenger.IsBlocked(conversation))
        {
            line.Clear().Add("blocked");
            colour = ColourPlan.Red;
        }
        else
        {
            int place = messenger.PresenceOf(conversation);
            Ui.Chrome.AddPresence(line.Clear(), place, nowMs);
            if (line.Count > 0) colour = Ui.Chrome.ColourOfPresence(place);
            isLesser = true;
        }

        if (line.Count > 0)
        {
            int start = right - painter.Small.Measure(line.Bytes, 0, line.Count);
            if (!isLesser || HasRoom(start - Gap - HintColumns - left, conversation))
            {
                painter.Draw(painter.Small, line.Bytes, 0, line.Count, start, 1, right);
                painter.Tint(colour, start, 0, right - start, Top);
                right = start - Gap;
            }
        }

        if (_isChosen && HasRoom(right - MenuColumns - left, conversation)) right = Ui.Chrome.DrawHintRight("● menu", right, 1) - Gap;
        bool hasHint = !_isChosen && messenger.CanWrite(conversation) && Ui.Settings.Is(Settings.Hints);
        if (hasHint) right -= HintColumns;
        int x = painter.DrawCut(painter.Text, messenger.NameOf(conversation), left, 0, right);
        if (hasHint) Ui.Chrome.DrawHintAt("●✎", x + Gap, 1);
    }

    private bool HasRoom(int columns, int conversation)
    {
        return columns >= LeastName || Ui.Painter.Measure(Ui.Painter.Text, Ui.Messenger.NameOf(conversation)) <= columns;
    }

    // who has keys sees of each conversation whether the broker can read it
    private int SealOf(int conversation)
    {
        Messenger messenger = Ui.Messenger;
        if (!messenger.HasKeys) return 0;
        if (!messenger.IsSealed(conversation)) return Icon.Unlocked;
        return !messenger.IsGroup(conversation) && messenger.IsVerified(messenger.IdOf(conversation)) ? Icon.Verified : Icon.Lock;
    }
}
