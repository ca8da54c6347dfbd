using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>One conversation. It follows the newest message until Up is pressed; then a message is chosen and Ok is for it.</summary>
public sealed partial class ThreadScreen : Screen
{
    private const int Top = Chrome.HeaderHeight;
    private const int ActionReply = 0;
    private const int ActionReact = 1;
    private const int ActionDetails = 2;
    private const int ActionCancel = 3;
    private const int ActionMembers = 4;
    private const int ActionMute = 5;
    private const int ActionDelete = 6;
    private const int ActionReallyDelete = 7;
    private const int ActionNothing = 8;
    private const int ActionFirstReaction = 9;
    private const int Reactions = 6;

    private readonly Bubble _bubble;

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

    /// <summary>Shows the newest message of the conversation that is open now.</summary>
    public void Restart()
    {
        _isDrawn = false;
        _selected = -1;
        _isFollowing = true;
    }

    /// <inheritdoc/>
    public override void Draw(Painter painter, long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        _isDrawn = false;
        if (conversation >= 0) DrawMessages(painter, conversation, Ui.Chrome.Today(nowMs));
        DrawMinute(painter, nowMs);
    }

    /// <inheritdoc/>
    public override bool DrawMinute(Painter painter, long nowMs)
    {
        painter.Erase(0, 0, painter.Width, Top);
        int conversation = Ui.Stack.Conversation;
        DrawTitle(painter, conversation, nowMs);
        _drawnCorner = Ui.Chrome.CornerLook(nowMs);
        _drawnTitle = TitleLook(conversation);
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
            if (!_isFollowing) OnMenuKey(nowMs);
            else Answer(conversation, -1, nowMs);
            return;
        }

        Find();
        if (_selected < 0) return;
        _isDrawn = false;
        int today = Ui.Chrome.Today(nowMs);
        if (Ui.Buttons < 3) ToOlderOrRound(conversation, today);
        else if (key == Key.Up) ToOlder(conversation, today);
        else ToNewer(conversation, today);
        Ui.Stack.MustDraw = true;
    }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        if (conversation < 0) return;
        Messenger messenger = Ui.Messenger;
        var menu = new MenuScreen(Ui, this, "Message");
        int message = Selected;
        if (message >= 0)
        {
            bool canWrite = messenger.CanWrite(conversation);
            bool hasNumber = messenger.NumberOf(message) > 0;
            if (canWrite && hasNumber) menu.Add(ActionReply);
            if (canWrite && hasNumber && !messenger.IsMine(message)) menu.Add(ActionReact);
            if (messenger.TickOf(message) == Tick.Clock) menu.Add(ActionCancel);
            menu.Add(ActionDetails);
        }

        if (messenger.IsGroup(conversation)) menu.Add(ActionMembers);
        Ui.Stack.Open(menu.Add(ActionMute).Add(ActionDelete), nowMs);
    }

    /// <inheritdoc/>
    public override string ItemOf(int action)
    {
        switch (action)
        {
            case ActionReply: return "Reply";
            case ActionReact: return "React";
            case ActionDetails: return "Details";
            case ActionCancel: return "Take back";
            case ActionMembers: return "Members";
            case ActionMute: return Ui.Stack.IsMuted ? "Unmute" : "Mute";
            case ActionDelete: return "Delete all…";
            case ActionNothing: return "No, keep them";
            case ActionReallyDelete: return "Yes, delete";
            case ActionFirstReaction + Reactions: return "Take reaction back";
            default: return ReactionOf(action);
        }
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        int message = Selected;
        if (conversation < 0) return;
        if (action == ActionMembers) Ui.Stack.Open(new MembersScreen(Ui), nowMs);
        else if (action == ActionMute) Ui.Messenger.SetMuted(conversation, !Ui.Messenger.IsMuted(conversation));
        else if (action == ActionDelete)
            Ui.Stack.Open(new MenuScreen(Ui, this, "Delete messages?").Add(ActionNothing).Add(ActionReallyDelete), nowMs);
        else if (action == ActionReallyDelete)
        {
            if (Ui.Stack.Delete(conversation, nowMs)) Ui.Stack.Home(nowMs);
        }
        else if (action != ActionNothing && message >= 0) OnMessage(action, conversation, message, nowMs);
        Ui.Stack.MustDraw = true;
    }

    /// <inheritdoc/>
    public override bool OnEnd(long nowMs)
    {
        if (_isFollowing) return false;
        Restart();
        Ui.Stack.MustDraw = true;
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
                Ui.Stack.Open(new DetailsScreen(Ui, this), nowMs);
                break;
            case ActionCancel:
                if (Ui.Messenger.Cancel(message)) break;
                Ui.Stack.Notice("Too late", "The message is on its way to the broker and cannot be taken back.", nowMs);
                break;
            case ActionReact:
                var menu = new MenuScreen(Ui, this, "React");
                for (int i = 0; i <= Reactions; i++) menu.Add(ActionFirstReaction + i);
                Ui.Stack.Open(menu, nowMs);
                break;
            default:
                Ui.Stack.Check("Not sent", Ui.Messenger.SendReaction(message, ReactionOf(action), nowMs), nowMs);
                break;
        }
    }

    /// <summary>The emoji of an action, or an empty text, which takes a reaction back.</summary>
    private static string ReactionOf(int action)
    {
        switch (action - ActionFirstReaction)
        {
            case 0: return "👍";
            case 1: return "❤";
            case 2: return "😂";
            case 3: return "😮";
            case 4: return "😢";
            case 5: return "🙏";
            default: return "";
        }
    }

    private void Answer(int conversation, int message, long nowMs)
    {
        if (!Ui.Messenger.CanWrite(conversation))
        {
            Ui.Stack.Check("Read only", SendError.NotMember, nowMs);
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
        bool isFirst = _selected < 0;
        if (isFirst) ToNewest(painter, newest);
        else if (_isFollowing) Follow(painter, isGroup, today);
        int y = DrawUp(painter, isGroup, today);
        int first = FirstRow(painter);
        if (isFirst && y > first)
        {
            // they do not fill the screen: all of them stand below the header
            _bottom -= y - first;
            painter.Clear();
            DrawUp(painter, isGroup, today);
        }

        DrawDown(painter, _selected, _bottom, isGroup, today);
        Drawn(today);
    }

    // the chosen message and what is above it; gives the row that the last one begins at
    private int DrawUp(Painter painter, bool isGroup, int today)
    {
        _ticks = 0;
        int y = _bottom;
        for (int message = _selected; message >= 0 && y > Top;)
        {
            int older = Ui.Messenger.Older(message);
            _bubble.Load(painter, message, older, isGroup, today);
            y -= _bubble.Height;
            _bubble.Draw(painter, y, message == _selected && !_isFollowing);
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
            _bubble.Load(painter, message, before, isGroup, today);
            _bubble.Draw(painter, y, false);
            NoteTick();
            y += _bubble.Height;
            before = message;
        }
    }

    private void DrawTitle(Painter painter, int conversation, long nowMs)
    {
        if (conversation < 0)
        {
            Ui.Chrome.DrawHeader("Deleted", nowMs);
            return;
        }

        Messenger messenger = Ui.Messenger;
        TextBuffer line = Ui.Chrome.Line;
        int right = Ui.Chrome.DrawCorner(nowMs);
        int unread = _isFollowing ? 0 : messenger.UnreadOf(conversation);
        if (unread > 0)
        {
            right = painter.DrawRight(painter.Small, line.Clear().Add(unread).Add(" new ↓"), right, 1) - 3;
        }
        else if (messenger.IsGroup(conversation))
        {
            line.Clear().Add(messenger.MemberCountOf(conversation)).Add(" members");
            right = painter.DrawRight(painter.Small, line, right, 1) - 3;
        }
        else
        {
            Ui.Chrome.AddPresence(line.Clear(), messenger.PresenceOf(conversation), nowMs);
            if (line.Count > 0) right = painter.DrawRight(painter.Small, line, right, 1) - 3;
        }

        painter.DrawCut(painter.Text, messenger.NameOf(conversation), 1 + Ui.Chrome.Shift(nowMs), 0, right);
    }
}
