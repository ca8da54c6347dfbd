namespace EdgeChat.Core;

/// <summary>One conversation. It follows the newest message until Up is pressed; then a message is chosen and Ok is for it.</summary>
/// <remarks>The layout hangs on one message, the chosen one or the newest: <c>_bottom</c> is the row below it. The picture moves by whole pages
/// only, so that a display that can begin at any line of its memory is sent the new message and the header, not all the rest.</remarks>
public sealed class ThreadScreen : Screen
{
    private const int Top = Screens.HeaderHeight;
    private const int First = Top + 4; // where the first message of a thread that does not fill the screen begins
    private const int Page = 8;
    private const int ActionReply = 0;
    private const int ActionReact = 1;
    private const int ActionDetails = 2;
    private const int ActionCancel = 3;
    private const int ActionMembers = 4;
    private const int ActionMute = 5;
    private const int ActionFirstReaction = 10;

    private static readonly string[] Reactions = { "👍", "❤", "😂", "😮", "😢", "🙏" };

    private readonly Bubble _bubble;
    private readonly TextBuffer _words = new TextBuffer(32);
    private int _selected = -1;
    private int _bottom;
    private int _revision;
    private bool _isFollowing = true;

    // how the chosen message is found again after the tables have changed
    private int _number;
    private long _time;
    private MessageKind _kind;
    private bool _isMine;

    /// <summary>Makes the screen.</summary>
    public ThreadScreen(Screens ui)
        : base(ui)
    {
        _bubble = new Bubble(ui);
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

    /// <summary>Whether the newest message is on the screen.</summary>
    public bool ShowsNewest { get { return _isFollowing; } }

    /// <summary>Shows the newest message of the conversation that is open now.</summary>
    public void Restart()
    {
        _selected = -1;
        _isFollowing = true;
    }

    /// <inheritdoc/>
    public override void Draw(Painter painter, long nowMs)
    {
        int conversation = Ui.Conversation;
        if (conversation >= 0) DrawMessages(painter, conversation, nowMs);
        painter.Erase(0, 0, painter.Width, Top);
        DrawTitle(painter, conversation, nowMs);
    }

    /// <inheritdoc/>
    public override void OnKey(Key key, long nowMs)
    {
        int conversation = Ui.Conversation;
        if (conversation < 0)
        {
            Ui.Home(nowMs);
            return;
        }

        if (key == Key.Ok)
        {
            if (!_isFollowing) OnMenuKey(nowMs);
            else Answer(conversation, -1, nowMs);
            return;
        }

        Find();
        if (_selected < 0) return;
        if (Ui.Buttons < 3) ToOlderOrRound(conversation, nowMs);
        else if (key == Key.Up) ToOlder(conversation, nowMs);
        else ToNewer(conversation, nowMs);
        Ui.Redraw();
    }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        int conversation = Ui.Conversation;
        if (conversation < 0) return;
        Messenger messenger = Ui.Messenger;
        MenuScreen menu = Ui.Menu.Begin(this, "Message");
        int message = Selected;
        if (message >= 0)
        {
            bool canWrite = messenger.CanWrite(conversation);
            bool hasNumber = messenger.NumberOf(message) > 0;
            if (canWrite && hasNumber) menu.Add("Reply", ActionReply);
            if (canWrite && hasNumber && !messenger.IsMine(message)) menu.Add("React", ActionReact);
            if (messenger.TickOf(message) == Tick.Clock) menu.Add("Take back", ActionCancel);
            menu.Add("Details", ActionDetails);
        }

        if (messenger.IsGroup(conversation)) menu.Add("Members", ActionMembers);
        Ui.Open(menu.Add(messenger.IsMuted(conversation) ? "Unmute" : "Mute", ActionMute), nowMs);
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        int conversation = Ui.Conversation;
        int message = Selected;
        if (conversation < 0) return;
        if (action == ActionMembers) Ui.Open(Ui.Members, nowMs);
        else if (action == ActionMute) Ui.Messenger.SetMuted(conversation, !Ui.Messenger.IsMuted(conversation));
        else if (message >= 0) OnMessage(action, conversation, message, nowMs);
        Ui.Redraw();
    }

    /// <inheritdoc/>
    public override bool OnEnd(long nowMs)
    {
        if (_isFollowing) return false;
        Restart();
        Ui.Redraw();
        return true;
    }

    private void OnMessage(int action, int conversation, int message, long nowMs)
    {
        switch (action)
        {
            case ActionReply:
                Answer(conversation, message, nowMs);
                break;
            case ActionDetails:
                Ui.Open(Ui.Details, nowMs);
                break;
            case ActionCancel:
                if (!Ui.Messenger.Cancel(message)) Ui.Notice("Too late", "The message is on its way to the broker and cannot be taken back.", nowMs);
                break;
            case ActionReact:
                MenuScreen menu = Ui.Menu.Begin(this, "React");
                for (int i = 0; i < Reactions.Length; i++) menu.Add(Reactions[i], ActionFirstReaction + i);
                Ui.Open(menu.Add("Take reaction back", ActionFirstReaction + Reactions.Length), nowMs);
                break;
            default:
                int which = action - ActionFirstReaction;
                Ui.Check("Not sent", Ui.Messenger.SendReaction(message, which < Reactions.Length ? Reactions[which] : "", nowMs), nowMs);
                break;
        }
    }

    private void Answer(int conversation, int message, long nowMs)
    {
        if (!Ui.Messenger.CanWrite(conversation))
        {
            Ui.Check("Read only", SendError.NotMember, nowMs);
            return;
        }

        Ui.RepliesList.Pick(message);
        Ui.Open(Ui.RepliesList, nowMs);
    }

    private void DrawMessages(Painter painter, int conversation, long nowMs)
    {
        Messenger messenger = Ui.Messenger;
        int newest = messenger.Newest(conversation);
        if (newest < 0)
        {
            _selected = -1;
            Ui.DrawParagraph(painter, messenger.CanWrite(conversation) ? "No messages yet.\nPress ● to write." : "No messages.", Screens.BodyTop + 8);
            return;
        }

        bool isGroup = messenger.IsGroup(conversation);
        Find();
        if (_selected < 0) ToNewest(painter, newest, isGroup, nowMs);
        else if (_isFollowing) Follow(painter, isGroup, nowMs);
        int y = _bottom;
        for (int message = _selected; message >= 0 && y > Top;)
        {
            int older = messenger.Older(message);
            _bubble.Load(painter, message, older, isGroup, nowMs);
            y -= _bubble.Height;
            _bubble.Draw(painter, y, message == _selected && !_isFollowing);
            message = older;
        }

        y = _bottom;
        int before = _selected;
        for (int message = messenger.Newer(before); message >= 0 && y < painter.Height; message = messenger.Newer(message))
        {
            _bubble.Load(painter, message, before, isGroup, nowMs);
            _bubble.Draw(painter, y, false);
            y += _bubble.Height;
            before = message;
        }
    }

    private void DrawTitle(Painter painter, int conversation, long nowMs)
    {
        if (conversation < 0)
        {
            Ui.DrawHeader(painter, "Deleted", nowMs);
            return;
        }

        Messenger messenger = Ui.Messenger;
        int right = Ui.DrawCorner(painter, nowMs);
        int unread = _isFollowing ? 0 : messenger.UnreadOf(conversation);
        if (unread > 0)
        {
            right = painter.DrawRight(painter.Small, _words.Clear().Add(unread).Add(" new ↓"), right, 1) - 3;
        }
        else if (messenger.IsGroup(conversation))
        {
            _words.Clear().Add(messenger.MemberCountOf(conversation)).Add(" members");
            right = painter.DrawRight(painter.Small, _words, right, 1) - 3;
        }
        else
        {
            int place = messenger.Presence.Find(messenger.IdOf(conversation));
            Ui.AddPresence(_words.Clear(), place, nowMs);
            if (_words.Count > 0) right = painter.DrawRight(painter.Small, _words, right, 1) - 3;
        }

        painter.DrawCut(painter.Text, messenger.NameOf(conversation), 1 + Ui.Shift(nowMs), 0, right);
    }

    /// <summary>Hangs the layout on the newest message: at the bottom, or below the others when they do not fill the screen.</summary>
    private void ToNewest(Painter painter, int newest, bool isGroup, long nowMs)
    {
        Choose(newest);
        int room = painter.Height - First;
        int used = 0;
        for (int message = newest; message >= 0 && used < room;)
        {
            int older = Ui.Messenger.Older(message);
            _bubble.Load(painter, message, older, isGroup, nowMs);
            used += _bubble.Height;
            message = older;
        }

        _bottom = used < room ? First + used : painter.Height;
    }

    /// <summary>Hangs the layout on what has become the newest message, and moves the picture up by pages until there is room for it.</summary>
    private void Follow(Painter painter, bool isGroup, long nowMs)
    {
        int before = _selected;
        for (int message = Ui.Messenger.Newer(before); message >= 0; message = Ui.Messenger.Newer(message))
        {
            _bubble.Load(painter, message, before, isGroup, nowMs);
            _bottom += _bubble.Height;
            before = message;
        }

        Choose(before);
        if (_bottom > painter.Height) Scroll(WholePages(_bottom - painter.Height));
    }

    private void ToOlder(int conversation, long nowMs)
    {
        Painter painter = Ui.Painter;
        bool isGroup = Ui.Messenger.IsGroup(conversation);
        int older = Ui.Messenger.Older(_selected);
        int height = HeightOf(painter, _selected, isGroup, nowMs);
        _isFollowing = false;
        int hidden = Top + 1 - (_bottom - height);
        if (hidden > 0)
        {
            int room = (painter.Height - Top) / Page * Page - Page;
            Scroll(-(hidden > room ? room : WholePages(hidden)));
            return;
        }

        if (older < 0) return;
        _bottom -= height;
        Choose(older);
        hidden = Top + 1 - (_bottom - HeightOf(painter, older, isGroup, nowMs));
        if (hidden <= 0) return;
        int below = (painter.Height - _bottom) / Page * Page; // its end stays on the screen
        hidden = WholePages(hidden);
        Scroll(-(hidden > below ? below : hidden));
    }

    private void ToNewer(int conversation, long nowMs)
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
                _bottom += HeightOf(painter, newer, Ui.Messenger.IsGroup(conversation), nowMs);
                int hidden = WholePages(_bottom - painter.Height);
                int above = (top - Top - 1) / Page * Page; // its beginning stays on the screen
                if (hidden > 0) Scroll(hidden > above ? above : hidden);
            }
        }

        _isFollowing = Ui.Messenger.Newer(_selected) < 0 && _bottom <= painter.Height;
    }

    /// <summary>With one or two buttons there is one direction: to the oldest, and then to the newest again.</summary>
    private void ToOlderOrRound(int conversation, long nowMs)
    {
        bool wasFollowing = _isFollowing;
        int bottom = _bottom;
        int selected = _selected;
        ToOlder(conversation, nowMs);
        if (!wasFollowing && bottom == _bottom && selected == _selected) Restart();
    }

    private int HeightOf(Painter painter, int message, bool isGroup, long nowMs)
    {
        _bubble.Load(painter, message, Ui.Messenger.Older(message), isGroup, nowMs);
        return _bubble.Height;
    }

    private static int WholePages(int rows) { return rows > 0 ? (rows + Page - 1) / Page * Page : 0; }

    private void Scroll(int rows)
    {
        _bottom -= rows;
        Ui.Frame.Rotate(rows / Page);
    }

    private void Choose(int message)
    {
        _selected = message;
        _revision = Ui.Messenger.Revision;
        _number = Ui.Messenger.NumberOf(message);
        _time = Ui.Messenger.TimeOf(message);
        _kind = Ui.Messenger.KindOf(message);
        _isMine = Ui.Messenger.IsMine(message);
    }

    /// <summary>Finds the chosen message in tables that have changed; when it is gone the newest is shown.</summary>
    private void Find()
    {
        Messenger messenger = Ui.Messenger;
        if (_selected < 0 || _revision == messenger.Revision) return;
        _revision = messenger.Revision;
        int conversation = Ui.Conversation;
        _selected = -1;
        for (int message = conversation < 0 ? -1 : messenger.Newest(conversation); message >= 0; message = messenger.Older(message))
        {
            if (messenger.NumberOf(message) != _number || messenger.TimeOf(message) != _time) continue;
            if (messenger.KindOf(message) != _kind || messenger.IsMine(message) != _isMine) continue;
            _selected = message;
            return;
        }

        _isFollowing = true;
    }
}
