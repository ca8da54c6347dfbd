using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The list of conversations, the newest message first, and below it the way to everything else.</summary>
public sealed class ConversationsScreen : ListScreen
{
    private const int Lead = 11; // columns of the sign before the name
    private const int Line = 8;
    private const int ActionOpen = 0;
    private const int ActionMute = 1;
    private const int ActionDelete = 2;
    private const int ActionReallyDelete = 3;
    private const int ActionMembers = 4;
    private const int ActionNothing = 5;
    private const int ActionBlock = 6;

    /// <summary>Makes the screen.</summary>
    public ConversationsScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override int RowHeight { get { return 2 * Line; } }

    /// <inheritdoc/>
    protected override int Count { get { return Ui.Messenger.ConversationCount + 1; } }

    /// <inheritdoc/>
    protected override string Title { get { return Ui.Me.DisplayName ?? Ui.Me.DeviceId; } }

    /// <inheritdoc/>
    protected override string Hint { get { return Selected == Count - 1 ? "● open menu" : "● open   hold ● more"; } }

    /// <inheritdoc/>
    protected override bool HasLooks { get { return true; } }

    /// <inheritdoc/>
    protected override int LookOf(int row)
    {
        if (row == Count - 1) return Ui.Messenger.IsFullOfStrangers ? 1 : 0;
        int conversation = Ui.Messenger.ConversationAt(row);
        int place = Ui.Messenger.PresenceOf(conversation);
        int icon = Ui.Chrome.IconOfPresence(place);
        int look = icon == 0 ? 0 : icon == Icon.Present ? 1 : Ui.Chrome.ColourOfPresence(place) == ColourPlan.Amber ? 3 : 2;
        return Ui.Messenger.LookOf(conversation) | look << 30;
    }

    /// <inheritdoc/>
    public override bool OnBack(long nowMs) { return OnEnd(nowMs); }

    /// <inheritdoc/>
    public override bool OnEnd(long nowMs)
    {
        Restart();
        Ui.Stack.MustDraw = true;
        return true;
    }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        if (Selected == Count - 1)
        {
            OpenMainMenu(nowMs);
            return;
        }

        int conversation = Ui.Messenger.ConversationAt(Selected);
        if (Ui.Messenger.IsInvited(conversation))
        {
            Ui.Stack.OpenThread(conversation, nowMs);
            return;
        }

        Ui.Stack.SetConversation(conversation);
        MenuScreen menu = new MenuScreen(Ui, this, Ui.Messenger.NameOf(conversation)).Add(ActionOpen).Add(ActionMute);
        if (Ui.Messenger.IsGroup(conversation)) menu.Add(ActionMembers).Add(ActionDelete);
        else menu.Add(ActionDelete).Add(ActionBlock);
        Ui.Stack.Open(menu, nowMs);
    }

    /// <inheritdoc/>
    public override string ItemOf(int action)
    {
        switch (action)
        {
            case ActionOpen: return "Open";
            case ActionMute: return Ui.Stack.IsMuted ? "Unmute" : "Mute";
            case ActionMembers: return "Members";
            case ActionDelete: return "Delete…";
            case ActionBlock: return Ui.Stack.Conversation >= 0 && Ui.Messenger.IsBlocked(Ui.Stack.Conversation) ? "Unblock" : "Block";
            case ActionNothing: return "No, keep them";
            default: return "Yes, delete";
        }
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        if (conversation < 0) return;
        if (action == ActionOpen) Ui.Stack.OpenThread(conversation, nowMs);
        else if (action == ActionMembers) Ui.Stack.Open(new MembersScreen(Ui), nowMs);
        else if (action == ActionMute) Ui.Messenger.SetMuted(conversation, !Ui.Messenger.IsMuted(conversation));
        else if (action == ActionBlock)
        {
            string device = Ui.Messenger.IdOf(conversation);
            Ui.Stack.Check("Not changed", Ui.Messenger.SetBlocked(device, !Ui.Messenger.IsBlocked(device)), nowMs);
        }
        else if (action == ActionDelete)
            Ui.Stack.Open(new MenuScreen(Ui, this, "Delete messages?").Add(ActionNothing).Add(ActionReallyDelete), nowMs);
        else if (action == ActionReallyDelete) Ui.Stack.Delete(conversation, nowMs);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (row == Count - 1) OpenMainMenu(nowMs);
        else Ui.Stack.OpenThread(Ui.Messenger.ConversationAt(row), nowMs);
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        if (row == Count - 1)
        {
            DrawMenuRow(painter, y, right);
            return;
        }

        Messenger messenger = Ui.Messenger;
        int conversation = messenger.ConversationAt(row);
        bool isGroup = messenger.IsGroup(conversation);
        string id = messenger.IdOf(conversation);
        int newest = messenger.Newest(conversation);
        int x = right - 1;
        long time = newest < 0 ? 0 : messenger.TimeOf(newest);
        if (time > 0)
        {
            TextBuffer line = LocalTime.AddShort(Ui.Chrome.Line.Clear(), Ui.Chrome.LocalOf(time), Ui.Chrome.Today(nowMs));
            x = painter.DrawRight(painter.Small, line, x, y + 1) - 3;
        }

        if (isGroup) painter.DrawIcon(Icon.Group, 0, y);
        else Ui.Chrome.DrawPresence(messenger.PresenceOf(conversation), 1, y);
        painter.DrawCut(painter.Text, messenger.NameOf(conversation), Lead, y, x);
        DrawPreview(painter, conversation, newest, id, isGroup, y + Line, right - 1);
    }

    private void DrawPreview(Painter painter, int conversation, int newest, string id, bool isGroup, int y, int right)
    {
        Messenger messenger = Ui.Messenger;
        int unread = messenger.UnreadOf(conversation);
        if (unread > 0) right = DrawUnread(painter, unread, right, y) - 2;
        if (messenger.IsMuted(conversation))
        {
            right -= painter.IconWidth(Icon.Muted);
            painter.DrawIcon(Icon.Muted, right, y);
            right -= 2;
        }

        if (Drafts.Has(Ui.Flash, id, isGroup))
        {
            int after = painter.DrawIcon(Icon.Pencil, Lead, y) + 2;
            int length = Drafts.Load(Ui.Flash, id, isGroup, painter.Scratch);
            painter.DrawCut(painter.Text, painter.Scratch, 0, length, after, y, right);
            return;
        }

        if (messenger.IsInvited(conversation))
        {
            Ui.Chrome.AddInvitation(Ui.Chrome.Line.Clear(), conversation);
            painter.DrawCut(painter.Text, Ui.Chrome.Line.Bytes, 0, Ui.Chrome.Line.Count, Lead, y, right);
            return;
        }

        if (newest < 0)
        {
            painter.DrawCut(painter.Small, "no messages yet", Lead, y + 1, right);
            return;
        }

        int x = Lead;
        TextBuffer line = Ui.Chrome.Line.Clear();
        if (messenger.IsMine(newest)) x = painter.DrawIcon(Chrome.IconOf(messenger.TickOf(newest)), x, y) + 2;
        else if (isGroup && messenger.KindOf(newest) != MessageKind.Event) line.Add(messenger.SenderNameOf(newest)).Add(": ");
        Ui.Chrome.AddPreview(line, newest);
        painter.DrawCut(painter.Text, line.Bytes, 0, line.Count, x, y, right);
    }

    private int DrawUnread(Painter painter, int unread, int right, int y)
    {
        TextBuffer line = Ui.Chrome.Line.Clear();
        if (unread > 99) line.Add("99+");
        else line.Add(unread);
        int width = painter.Small.Measure(line.Bytes, 0, line.Count) + 4;
        painter.Draw(painter.Small, line, right - width + 2, y + 1, right);
        painter.Badge(right - width, y, width, 7);
        painter.Tint(ColourPlan.Green, right - width, y, width, 7);
        return right - width;
    }

    private void OpenMainMenu(long nowMs) { Ui.Stack.Open(new MainMenuScreen(Ui), nowMs); }

    // who is refused hears nothing, so it is told here
    private void DrawMenuRow(Painter painter, int y, int right)
    {
        painter.DrawCut(painter.Text, "Menu", Lead, y, right);
        string what = Ui.Messenger.IsFullOfStrangers ? "no place for more strangers" : "new chat, settings, device";
        painter.DrawCut(painter.Small, what, Lead, y + Line + 1, right);
    }
}
