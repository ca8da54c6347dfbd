using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>One conversation. It follows the newest message until Up is pressed; then a message is chosen and Ok is for it.</summary>
public sealed partial class ThreadScreen : Screen
{
    private const int Top = Screens.HeaderHeight;
    private const int ActionReply = 0;
    private const int ActionReact = 1;
    private const int ActionDetails = 2;
    private const int ActionCancel = 3;
    private const int ActionMembers = 4;
    private const int ActionMute = 5;
    private const int ActionDelete = 6;
    private const int ActionReallyDelete = 7;
    private const int ActionNothing = 8;
    private const int ActionFirstReaction = 10;

    private static readonly string[] Reactions = { "👍", "❤", "😂", "😮", "😢", "🙏" };

    private readonly Bubble _bubble;
    private readonly TextBuffer _words = new TextBuffer(32);

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
        Ui.Open(menu.Add(messenger.IsMuted(conversation) ? "Unmute" : "Mute", ActionMute).Add("Delete all…", ActionDelete), nowMs);
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        int conversation = Ui.Conversation;
        int message = Selected;
        if (conversation < 0) return;
        if (action == ActionMembers) Ui.Open(Ui.Members, nowMs);
        else if (action == ActionMute) Ui.Messenger.SetMuted(conversation, !Ui.Messenger.IsMuted(conversation));
        else if (action == ActionDelete)
            Ui.Open(Ui.Menu.Begin(this, "Delete messages?").Add("No, keep them", ActionNothing).Add("Yes, delete", ActionReallyDelete), nowMs);
        else if (action == ActionReallyDelete)
        {
            if (Ui.Delete(conversation, nowMs)) Ui.Home(nowMs);
        }
        else if (action != ActionNothing && message >= 0) OnMessage(action, conversation, message, nowMs);
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
            Ui.DrawParagraph(painter, messenger.CanWrite(conversation) ? "No messages yet.\n● to write" : "No messages.", Screens.BodyTop + 8);
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
}
