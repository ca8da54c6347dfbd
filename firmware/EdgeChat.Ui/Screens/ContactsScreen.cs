using EdgeChat.Core;

namespace EdgeChat.Ui;

/// <summary>The contacts with their presence in words; Ok opens the conversation. A board with one button, which cannot hold Ok, gets the menu first.</summary>
public sealed class ContactsScreen : ListScreen
{
    private const int Lead = 11;
    private const int Line = 8;
    private const int ActionWrite = 0;
    private const int ActionRemove = 1;
    private const int ActionReallyRemove = 2;
    private const int ActionNothing = 3;

    private readonly TextBuffer _line = new TextBuffer(48);
    private string _device; // whom the menu is about: the rows may move under it

    /// <summary>Makes the screen.</summary>
    public ContactsScreen(Screens ui)
        : base(ui, 2 * Line)
    {
    }

    /// <inheritdoc/>
    protected override int Count { get { return Ui.Messenger.Presence.Count; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Contacts"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return Count == 0 ? "hold ▲ back" : Ui.Buttons < 2 ? "● open" : "● write   hold ● more"; } }

    /// <inheritdoc/>
    protected override string EmptyText { get { return "No contacts yet.\nOn the console:\ncontact add NAME"; } }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        if (Count == 0) return;
        _device = Device(Selected);
        Ui.Open(Ui.Menu.Begin(this, Ui.Messenger.DisplayNameOf(_device)).Add("Write", ActionWrite).Add("Remove contact…", ActionRemove), nowMs);
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        if (action == ActionWrite) Write(_device, nowMs);
        else if (action == ActionRemove)
            Ui.Open(Ui.Menu.Begin(this, "Remove contact?").Add("No, keep", ActionNothing).Add("Yes, remove", ActionReallyRemove), nowMs);
        else if (action == ActionReallyRemove) Ui.Check("Not removed", Ui.Messenger.RemoveContact(_device), nowMs);
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        string device = Device(row);
        string name = Ui.Messenger.DisplayNameOf(device);
        Ui.DrawPresence(painter, row, 1, y);
        int x = right - 1;
        if (name != device) x = painter.DrawRight(painter.Small, device, x, y + 1) - 3;
        painter.DrawCut(painter.Text, name, Lead, y, x);
        Ui.AddPresence(_line.Clear(), row, nowMs);
        painter.Draw(painter.Small, _line, Lead, y + Line + 1, right);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (Ui.Buttons < 2) OnMenuKey(nowMs);
        else Write(Device(row), nowMs);
    }

    private void Write(string device, long nowMs)
    {
        int conversation = Ui.Messenger.OpenDirect(device);
        if (conversation >= 0) Ui.OpenThread(conversation, nowMs);
        else Ui.Check("Cannot write", Ui.Messenger.LastError, nowMs);
    }

    private string Device(int row) { return Ui.Messenger.Presence.DeviceAt(row); }
}
