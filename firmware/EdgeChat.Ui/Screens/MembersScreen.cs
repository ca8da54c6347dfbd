using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>Who is in the group that is open, and who of them is an admin, then what can be done with the group; Ok opens the conversation
/// with a member. A board with one button, which cannot hold Ok, gets the menu first.</summary>
public sealed class MembersScreen : ListScreen
{
    private const int Lead = 10;

    // rows below the members, from the last one: what only an admin can do comes before the others
    private const int Leave = 1;
    private const int Rename = 2;
    private const int Add = 3;

    private const int ActionWrite = 0;
    private const int ActionAdmin = 1;
    private const int ActionNoAdmin = 2;
    private const int ActionRemove = 3;
    private const int ActionReallyRemove = 4;
    private const int ActionReallyLeave = 5;
    private const int ActionNothing = 6;

    private string _device; // whom the menu is about: the rows may move under it

    /// <summary>Makes the screen.</summary>
    public MembersScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return Members + (!IsMember ? 0 : IsOwnAdmin ? Add : Leave); } }

    /// <inheritdoc/>
    protected override string Title { get { return Ui.Stack.Conversation < 0 ? "" : Ui.Messenger.NameOf(Ui.Stack.Conversation); } }

    /// <inheritdoc/>
    protected override string Hint
    {
        get { return Selected >= Members ? "● choose   hold ▲ back" : Ui.Buttons < 2 ? "● open" : "● write   hold ● more"; }
    }

    /// <inheritdoc/>
    protected override string EmptyText { get { return "The group's list of members has not arrived yet."; } }

    private int Members { get { return Ui.Stack.Conversation < 0 ? 0 : Ui.Messenger.MemberCountOf(Ui.Stack.Conversation); } }

    private bool IsMember { get { return Ui.Stack.Conversation >= 0 && Ui.Messenger.CanWrite(Ui.Stack.Conversation); } }

    private bool IsOwnAdmin { get { return IsAdmin(Ui.Me.DeviceId); } }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        if (Selected >= Members)
        {
            Choose(Selected, nowMs);
            return;
        }

        _device = Ui.Messenger.MemberOf(Ui.Stack.Conversation, Selected);
        if (_device == Ui.Me.DeviceId) return;
        MenuScreen menu = new MenuScreen(Ui, this, Ui.Messenger.DisplayNameOf(_device)).Add(ActionWrite);
        if (IsOwnAdmin) menu.Add(IsAdmin(_device) ? ActionNoAdmin : ActionAdmin).Add(ActionRemove);
        Ui.Stack.Open(menu, nowMs);
    }

    /// <inheritdoc/>
    public override string ItemOf(int action)
    {
        switch (action)
        {
            case ActionWrite: return "Write";
            case ActionAdmin: return "Make an admin";
            case ActionNoAdmin: return "No longer an admin";
            case ActionRemove: return "Remove…";
            case ActionReallyRemove: return "Yes, remove";
            case ActionReallyLeave: return "Yes, leave";
            default: return "No";
        }
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        int group = Ui.Stack.Conversation;
        if (group < 0) return;
        switch (action)
        {
            case ActionWrite:
                Ui.Stack.OpenDirect(_device, nowMs);
                break;
            case ActionAdmin:
            case ActionNoAdmin:
                Ui.Stack.Check("Not changed", Ui.Messenger.SetAdmin(group, _device, action == ActionAdmin, nowMs), nowMs);
                break;
            case ActionRemove:
                Ui.Stack.Open(new MenuScreen(Ui, this, "Remove from the group?").Add(ActionNothing).Add(ActionReallyRemove), nowMs);
                break;
            case ActionReallyRemove:
                Ui.Stack.Check("Not removed", Ui.Messenger.RemoveMember(group, _device, nowMs), nowMs);
                break;
            case ActionReallyLeave:
                Ui.Stack.Check("Not left", Ui.Messenger.RemoveMember(group, Ui.Me.DeviceId, nowMs), nowMs);
                break;
        }
    }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        int group = Ui.Stack.Conversation;
        if (group < 0) return;
        SendError error = Ui.Messenger.RenameGroup(group, Encoding.UTF8.GetString(text, 0, count), nowMs);
        if (error == SendError.None) Ui.Stack.Back(nowMs);
        else Ui.Stack.Check("Not renamed", error, nowMs);
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        int x = right - 2;
        if (row >= Members)
        {
            int fromEnd = Count - row;
            string words = fromEnd == Leave ? "Leave the group…" : fromEnd == Rename ? "Rename…" : "Add members…";
            painter.DrawCut(painter.Text, words, Lead, y, x);
            return;
        }

        int group = Ui.Stack.Conversation;
        string device = Ui.Messenger.MemberOf(group, row);
        if (Ui.Messenger.IsAdmin(group, row)) x = painter.DrawRight(painter.Small, "admin", x, y + 1) - 3;
        // without a key with this one the group stays open
        if (Ui.Messenger.KeepsOpen(group, device)) x = painter.DrawRight(painter.Small, "no key", x, y + 1) - 3;
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
        if (row >= Members) ChooseForGroup(Count - row, nowMs);
        else if (Ui.Buttons < 2) OnMenuKey(nowMs);
        else
        {
            string device = Ui.Messenger.MemberOf(Ui.Stack.Conversation, row);
            if (device != Ui.Me.DeviceId) Ui.Stack.OpenDirect(device, nowMs);
        }
    }

    private void ChooseForGroup(int fromEnd, long nowMs)
    {
        if (fromEnd == Leave)
            Ui.Stack.Open(new MenuScreen(Ui, this, "Leave the group?").Add(ActionNothing).Add(ActionReallyLeave), nowMs);
        else if (fromEnd == Add)
            Ui.Stack.Open(new PickScreen(Ui, null), nowMs);
        else
        {
            TextBuffer name = Ui.LongText.Take(null).Add(Title);
            Ui.Stack.Ask(this, "group name", name.Bytes, name.Count, nowMs);
        }
    }

    private bool IsAdmin(string device)
    {
        int group = Ui.Stack.Conversation;
        int place = Ui.Messenger.FindMember(group, device);
        return place >= 0 && Ui.Messenger.IsAdmin(group, place);
    }
}
