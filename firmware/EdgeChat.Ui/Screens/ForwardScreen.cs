using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>To whom a message is forwarded: the conversations that can be written to, the newest first, then the other contacts and who
/// else is known. The one that is chosen is opened.</summary>
public sealed class ForwardScreen : ListScreen
{
    private const int Lead = 10;
    private const char GroupSign = '#'; // no id has it

    private readonly ThreadScreen _thread;
    private readonly string[] _to; // ids as they were when the screen was opened, a group's behind its sign: the tables may change under it
    private readonly int _count;

    /// <summary>Offers to forward the message that a thread has chosen.</summary>
    public ForwardScreen(ScreenContext ui, ThreadScreen thread)
        : base(ui)
    {
        _thread = thread;
        Messenger messenger = ui.Messenger;
        int conversations = messenger.ConversationCount;
        int contacts = conversations + messenger.Presence.Count;
        string[] others = messenger.Acquaintances();
        _to = Column.Strings(contacts + others.Length);
        for (int place = 0; place < _to.Length; place++)
        {
            int conversation = place < conversations ? messenger.ConversationAt(place) : -1;
            if (conversation < 0)
            {
                string device = place < contacts ? messenger.Presence.DeviceAt(place - conversations) : others[place - contacts];
                if (messenger.Find(device, false) < 0) _to[_count++] = device;
            }
            else if (messenger.CanWrite(conversation))
            {
                string id = messenger.IdOf(conversation);
                _to[_count++] = messenger.IsGroup(conversation) ? GroupSign + id : id;
            }
        }
    }

    /// <inheritdoc/>
    protected override int Count { get { return _count; } }

    /// <inheritdoc/>
    protected override string Title { get { return "Forward to"; } }

    /// <inheritdoc/>
    protected override string Hint { get { return "● send   hold ▲ back"; } }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        string name = _to[row];
        int group = GroupAt(row);
        if (group >= 0) name = Ui.Messenger.NameOf(group);
        else if (IsGroup(row)) name = name.Substring(1);
        else name = Ui.Messenger.DisplayNameOf(name);
        if (IsGroup(row)) painter.DrawIcon(Icon.Group, 0, y);
        else Ui.Chrome.DrawPresence(Ui.Messenger.Presence.Find(_to[row]), 1, y);
        painter.DrawCut(painter.Text, name, Lead, y, right - 2);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        Messenger messenger = Ui.Messenger;
        int message = _thread.Selected;
        int to = IsGroup(row) ? GroupAt(row) : messenger.OpenDirect(_to[row]);
        SendError error = message < 0 ? SendError.NotHere
            : to >= 0 ? messenger.Forward(message, to, nowMs)
            : IsGroup(row) ? SendError.NotMember : messenger.LastError;
        if (error == SendError.None) Ui.Stack.OpenThread(to, nowMs);
        else Ui.Stack.Check("Not sent", error, nowMs);
    }

    private bool IsGroup(int row) { return _to[row][0] == GroupSign; }

    private int GroupAt(int row) { return IsGroup(row) ? Ui.Messenger.Find(_to[row].Substring(1), true) : -1; }
}
