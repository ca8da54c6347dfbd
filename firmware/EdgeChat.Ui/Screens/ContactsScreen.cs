using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>The contacts with their presence in words, below them who is none but known, and the way to one more; Ok opens the
/// conversation. A board with one button, which cannot hold Ok, gets the menu first.</summary>
public sealed class ContactsScreen : ListScreen
{
    private const int Lead = 11;
    private const int LeastName = 32; // columns of a name; with fewer the id beside it is left out
    private const int Line = 8;
    private const int ActionWrite = 0;
    private const int ActionRemove = 1;
    private const int ActionReallyRemove = 2;
    private const int ActionNothing = 3;
    private const int ActionBlock = 4;
    private const int ActionKey = 5;
    private const int ActionCode = 6;
    private const int ActionMakeKey = 7;
    private const int ActionEnterKey = 8;

    private string _device; // whom the menu is about: the rows may move under it
    private bool _isKey; // that is written, not the id of somebody
    private string[] _others; // who is no contact, as of a revision
    private int _revision;

    /// <summary>Makes the screen.</summary>
    public ContactsScreen(ScreenContext ui)
        : base(ui)
    {
    }

    /// <inheritdoc/>
    protected override int RowHeight { get { return 2 * Line; } }

    /// <inheritdoc/>
    protected override int Count { get { return People + 1; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Contacts"; } }

    /// <inheritdoc/>
    protected override string Hint
    {
        get { return Selected >= People ? "● add   hold ▲ back" : Ui.Buttons < 2 ? "● open" : "● write   hold ● more"; }
    }

    private int Contacts { get { return Ui.Messenger.Presence.Count; } }

    private int People { get { return Contacts + Others.Length; } }

    private string[] Others
    {
        get
        {
            if (_others == null || _revision != Ui.Messenger.Revision)
            {
                _others = Ui.Messenger.Acquaintances();
                _revision = Ui.Messenger.Revision;
            }

            return _others;
        }
    }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        if (Selected >= People)
        {
            Ask(nowMs);
            return;
        }

        _device = Device(Selected);
        MenuScreen menu = new MenuScreen(Ui, this, Ui.Messenger.DisplayNameOf(_device)).Add(ActionWrite);
        if (Selected < Contacts) menu.Add(ActionRemove);
        Ui.Stack.Open(menu.Add(ActionBlock).Add(ActionKey), nowMs);
    }

    /// <inheritdoc/>
    public override string ItemOf(int action)
    {
        switch (action)
        {
            case ActionWrite: return "Write";
            case ActionRemove: return "Remove contact…";
            case ActionBlock: return Ui.Messenger.IsBlocked(_device) ? "Unblock" : "Block";
            case ActionKey: return "Key…";
            case ActionCode: return "Security code";
            case ActionMakeKey: return "Make a key";
            case ActionEnterKey: return "Enter its key";
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
        else OnKeyMenu(action, nowMs);
    }

    private void OnKeyMenu(int action, long nowMs)
    {
        if (action == ActionKey)
        {
            var menu = new MenuScreen(Ui, this, "Key");
            if (Ui.Messenger.IsSealed(_device)) menu.Add(ActionCode);
            Ui.Stack.Open(menu.Add(ActionMakeKey).Add(ActionEnterKey), nowMs);
        }
        else if (action == ActionCode) Ui.Stack.Open(new SecurityScreen(Ui, _device), nowMs);
        else if (action == ActionMakeKey)
        {
            string letters = Ui.Messenger.MakeKey(_device, nowMs);
            if (letters == null) Ui.Stack.Check("No key", Ui.Messenger.LastError, nowMs);
            else Ui.Stack.Notice("Key", "Enter it at " + _device + ", where nobody else reads it: " + letters, nowMs);
        }
        else if (action == ActionEnterKey)
        {
            _isKey = true;
            Ui.Stack.AskExactly(this, "key", Ui.LongText.Take(null), nowMs);
        }
    }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        if (_isKey)
        {
            SendError refusal = Ui.Messenger.EnterKey(_device, Encoding.UTF8.GetString(text, 0, count));
            Ui.Stack.Check("No key", refusal, nowMs);
            if (refusal != SendError.None) return;
            Ui.Stack.Back(nowMs);
            Ui.Stack.Open(new SecurityScreen(Ui, _device), nowMs);
            return;
        }

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
        if (row >= People)
        {
            painter.DrawIcon(Icon.Pencil, 1, y);
            painter.DrawCut(painter.Text, "Add a contact…", Lead, y, right);
            painter.DrawCut(painter.Small, "by the id on its label", Lead, y + Line + 1, right);
            return;
        }

        string device = Device(row);
        string name = Ui.Messenger.DisplayNameOf(device);
        bool isContact = row < Contacts;
        if (isContact) Ui.Chrome.DrawPresence(row, 1, y);
        int x = right - 1;
        bool hasRoom = x - painter.Measure(painter.Small, device) >= Lead + LeastName;
        if (name != device && hasRoom) x = painter.DrawRight(painter.Small, device, x, y + 1) - 3;
        painter.DrawCut(painter.Text, name, Lead, y, x);
        TextBuffer line = Ui.Chrome.Line.Clear();
        bool isBlocked = isContact && Ui.Messenger.IsBlocked(device);
        if (!isContact) line.Add("no contact").Add(GroupWith(device));
        else if (isBlocked) line.Add("blocked");
        else Ui.Chrome.AddPresence(line, row, nowMs);
        int after = painter.DrawCut(painter.Small, line.Bytes, 0, line.Count, Lead, y + Line + 1, right);
        if (isContact) painter.Tint(isBlocked ? ColourPlan.Red : Ui.Chrome.ColourOfPresence(row), Lead, y + Line, after - Lead, Line);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (Ui.Buttons < 2 || row >= People) OnMenuKey(nowMs);
        else Ui.Stack.OpenDirect(Device(row), nowMs);
    }

    private void Ask(long nowMs)
    {
        _isKey = false;
        Ui.Stack.Ask(this, "contact's id", Ui.LongText.Take(null).Bytes, 0, nowMs);
    }

    private string Device(int row)
    {
        return row < Contacts ? Ui.Messenger.Presence.DeviceAt(row) : Others[row - Contacts];
    }

    // where it is known from, if from a group
    private string GroupWith(string device)
    {
        Messenger messenger = Ui.Messenger;
        for (int place = 0; place < messenger.ConversationCount; place++)
        {
            int conversation = messenger.ConversationAt(place);
            if (messenger.FindMember(conversation, device) >= 0) return ", in " + messenger.NameOf(conversation);
        }

        return null;
    }
}
