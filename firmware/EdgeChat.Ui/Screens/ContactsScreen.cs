using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The contacts with their presence in words, and below them the way to one more; Ok opens the conversation. A board with one
/// button, which cannot hold Ok, gets the menu first.</summary>
public sealed class ContactsScreen : ListScreen
{
    private const int Lead = 11;
    private const int Line = 8;
    private const int ActionWrite = 0;
    private const int ActionRemove = 1;
    private const int ActionReallyRemove = 2;
    private const int ActionNothing = 3;
    private const int ActionBlock = 4;

    private string _device; // whom the menu is about: the rows may move under it

    /// <summary>Makes the screen.</summary>
    public ContactsScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override int RowHeight { get { return 2 * Line; } }

    /// <inheritdoc/>
    protected override int Count { get { return Contacts + 1; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Contacts"; } }

    /// <inheritdoc/>
    protected override string Hint
    {
        get { return Selected >= Contacts ? "● add   hold ▲ back" : Ui.Buttons < 2 ? "● open" : "● write   hold ● more"; }
    }

    private int Contacts { get { return Ui.Messenger.Presence.Count; } }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        if (Selected >= Contacts)
        {
            Ask(nowMs);
            return;
        }

        _device = Device(Selected);
        MenuScreen menu = new MenuScreen(Ui, this, Ui.Messenger.DisplayNameOf(_device));
        Ui.Stack.Open(menu.Add(ActionWrite).Add(ActionRemove).Add(ActionBlock), nowMs);
    }

    /// <inheritdoc/>
    public override string ItemOf(int action)
    {
        switch (action)
        {
            case ActionWrite: return "Write";
            case ActionRemove: return "Remove contact…";
            case ActionBlock: return Ui.Messenger.IsBlocked(_device) ? "Unblock" : "Block";
            case ActionNothing: return "No, keep";
            default: return "Yes, remove";
        }
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        if (action == ActionWrite) Ui.Stack.OpenDirect(_device, nowMs);
        else if (action == ActionBlock)
            Ui.Stack.Check("Not changed", Ui.Messenger.SetBlocked(_device, !Ui.Messenger.IsBlocked(_device)), nowMs);
        else if (action == ActionRemove)
            Ui.Stack.Open(new MenuScreen(Ui, this, "Remove contact?").Add(ActionNothing).Add(ActionReallyRemove), nowMs);
        else if (action == ActionReallyRemove) Ui.Stack.Check("Not removed", Ui.Messenger.RemoveContact(_device), nowMs);
    }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        string id = GivenId.From(text, count);
        SendError error = Ui.Messenger.AddContact(id);
        if (error != SendError.None)
        {
            Ui.Stack.Check("Not added", error, nowMs);
            return;
        }

        Ui.Stack.Back(nowMs);
        Ui.Stack.OpenDirect(id, nowMs);
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        if (row >= Contacts)
        {
            painter.DrawIcon(Icon.Pencil, 1, y);
            painter.DrawCut(painter.Text, "Add a contact…", Lead, y, right);
            painter.DrawCut(painter.Small, "by the id on its label", Lead, y + Line + 1, right);
            return;
        }

        string device = Device(row);
        string name = Ui.Messenger.DisplayNameOf(device);
        Ui.Chrome.DrawPresence(row, 1, y);
        int x = right - 1;
        if (name != device) x = painter.DrawRight(painter.Small, device, x, y + 1) - 3;
        painter.DrawCut(painter.Text, name, Lead, y, x);
        TextBuffer line = Ui.Chrome.Line.Clear();
        bool isBlocked = Ui.Messenger.IsBlocked(device);
        if (isBlocked) line.Add("blocked");
        else Ui.Chrome.AddPresence(line, row, nowMs);
        int after = painter.Draw(painter.Small, line, Lead, y + Line + 1, right);
        painter.Tint(isBlocked ? ColourPlan.Red : Ui.Chrome.ColourOfPresence(row), Lead, y + Line, after - Lead, Line);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (Ui.Buttons < 2 || row >= Contacts) OnMenuKey(nowMs);
        else Ui.Stack.OpenDirect(Device(row), nowMs);
    }

    private void Ask(long nowMs) { Ui.Stack.Ask(this, "contact's id", Ui.LongText.Take(null).Bytes, 0, nowMs); }

    private string Device(int row) { return Ui.Messenger.Presence.DeviceAt(row); }
}
