namespace EdgeChat.Ui;

/// <summary>Who is in the group that is open, and who of them is an admin; Ok opens the conversation with a member.</summary>
public sealed class MembersScreen : ListScreen
{
    private const int Lead = 10;

    /// <summary>Makes the screen.</summary>
    public MembersScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return Ui.Stack.Conversation < 0 ? 0 : Ui.Messenger.MemberCountOf(Ui.Stack.Conversation); } }

    /// <inheritdoc/>
    protected override string Title { get { return Ui.Stack.Conversation < 0 ? "" : Ui.Messenger.NameOf(Ui.Stack.Conversation); } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● write   hold ▲ back"; } }

    /// <inheritdoc/>
    protected override string EmptyText { get { return "The group's list of members has not arrived yet."; } }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        int group = Ui.Stack.Conversation;
        string device = Ui.Messenger.MemberOf(group, row);
        int x = right - 2;
        if (Ui.Messenger.IsAdmin(group, row)) x = painter.DrawRight(painter.Small, "admin", x, y + 1) - 3;
        if (device == Ui.Me.DeviceId)
        {
            painter.DrawCut(painter.Text, "you", Lead, y, x);
            return;
        }

        Ui.Chrome.DrawPresence(Ui.Messenger.Presence.Find(device), 1, y);
        painter.DrawCut(painter.Text, Ui.Messenger.DisplayNameOf(device), Lead, y, x);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        string device = Ui.Messenger.MemberOf(Ui.Stack.Conversation, row);
        if (device != Ui.Me.DeviceId) Ui.Stack.OpenDirect(device, nowMs);
    }
}
