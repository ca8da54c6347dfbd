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

    private readonly byte[] _preview = new byte[96];
    private readonly TextBuffer _line = new TextBuffer(128);

    /// <summary>Makes the screen.</summary>
    public ConversationsScreen(Screens ui)
        : base(ui, 2 * Line)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return Ui.Messenger.ConversationCount + 1; } }

    /// <inheritdoc/>
    protected override string Title { get { return Ui.Me.DisplayName ?? Ui.Me.DeviceId; } }

    /// <inheritdoc/>
    protected override string Hint { get { return Selected == Count - 1 ? "● open menu" : "● open   hold ● more"; } }

    /// <inheritdoc/>
    public override bool OnBack(long nowMs) { return OnEnd(nowMs); }

    /// <inheritdoc/>
    public override bool OnEnd(long nowMs)
    {
        Restart();
        Ui.Redraw();
        return true;
    }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        if (Selected == Count - 1)
        {
            Ui.Main.Show(nowMs);
            return;
        }

        int conversation = Ui.Messenger.ConversationAt(Selected);
        Ui.SetConversation(conversation);
        MenuScreen menu = Ui.Menu.Begin(this, Ui.Messenger.NameOf(conversation)).Add("Open", ActionOpen);
        menu.Add(Ui.Messenger.IsMuted(conversation) ? "Unmute" : "Mute", ActionMute);
        if (Ui.Messenger.IsGroup(conversation)) menu.Add("Members", ActionMembers);
        Ui.Open(menu.Add("Delete…", ActionDelete), nowMs);
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        int conversation = Ui.Conversation;
        if (conversation < 0) return;
        if (action == ActionOpen) Ui.OpenThread(conversation, nowMs);
        else if (action == ActionMembers) Ui.Open(Ui.Members, nowMs);
        else if (action == ActionMute) Ui.Messenger.SetMuted(conversation, !Ui.Messenger.IsMuted(conversation));
        else if (action == ActionDelete)
            Ui.Open(Ui.Menu.Begin(this, "Delete messages?").Add("No, keep them", ActionNothing).Add("Yes, delete", ActionReallyDelete), nowMs);
        else if (action == ActionReallyDelete) Ui.Delete(conversation, nowMs);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (row == Count - 1) Ui.Main.Show(nowMs);
        else Ui.OpenThread(Ui.Messenger.ConversationAt(row), nowMs);
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
            LocalTime.AddShort(_line.Clear(), Ui.LocalOf(time), Ui.Today(nowMs));
            x = painter.DrawRight(painter.Small, _line, x, y + 1) - 3;
        }

        if (isGroup) painter.DrawIcon(Icon.Group, 0, y);
        else Ui.DrawPresence(painter, messenger.Presence.Find(id), 1, y);
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

        if (Ui.Drafts.Has(id, isGroup))
        {
            int after = painter.DrawIcon(Icon.Pencil, Lead, y) + 2;
            int length = Ui.Drafts.Load(id, isGroup, _preview);
            painter.DrawCut(painter.Text, _preview, 0, length, after, y, right);
            return;
        }

        if (newest < 0)
        {
            painter.DrawCut(painter.Small, "no messages yet", Lead, y + 1, right);
            return;
        }

        int x = Lead;
        _line.Clear();
        if (messenger.IsMine(newest)) x = painter.DrawIcon(Screens.IconOf(messenger.TickOf(newest)), x, y) + 2;
        else if (isGroup && messenger.KindOf(newest) != MessageKind.Event) _line.Add(messenger.SenderNameOf(newest)).Add(": ");
        int count = messenger.ReadText(newest, _preview);
        _line.Add(_preview, 0, count);
        for (int i = 0; i < _line.Count; i++)
            if (_line.Bytes[i] == '\n') _line.Bytes[i] = (byte)' ';
        painter.DrawCut(painter.Text, _line.Bytes, 0, _line.Count, x, y, right);
    }

    private int DrawUnread(Painter painter, int unread, int right, int y)
    {
        _line.Clear();
        if (unread > 99) _line.Add("99+");
        else _line.Add(unread);
        int width = painter.Small.Measure(_line.Bytes, 0, _line.Count) + 4;
        painter.Draw(painter.Small, _line, right - width + 2, y + 1, right);
        painter.Badge(right - width, y, width, 7);
        return right - width;
    }

    private static void DrawMenuRow(Painter painter, int y, int right)
    {
        painter.DrawCut(painter.Text, "Menu", Lead, y, right);
        painter.DrawCut(painter.Small, "contacts, settings, device", Lead, y + Line + 1, right);
    }
}
