using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>Contacts and who else is known, to be chosen as members of a group that is made then or that is open; the last row ends the
/// choice.</summary>
/// <remarks>Each member is added in a turn of its own, so that the board goes on with everything else; until all are, keys do nothing
/// here.</remarks>
public sealed class PickScreen : ListScreen
{
    private const int Lead = 10;

    private readonly string _newGroup; // name of the group to make, or null
    private readonly string[] _devices; // as they were when the screen was opened: the tables may change under it
    private readonly int _count;
    private ulong _picked; // a bit each
    private int _next = -1; // the next one to add, or -1 while choosing

    /// <summary>Offers all of them for a group that is made with a name, else those that are not in the open group yet.</summary>
    /// <param name="ui">What the screens work with.</param>
    /// <param name="newGroup">The name of the group to make, or null for the open one.</param>
    public PickScreen(ScreenContext ui, string newGroup)
        : base(ui)
    {
        _newGroup = newGroup;
        PresenceTable contacts = ui.Messenger.Presence;
        string[] others = ui.Messenger.Acquaintances();
        _devices = Column.Strings(contacts.Count + others.Length);
        for (int i = 0; i < _devices.Length; i++)
        {
            string device = i < contacts.Count ? contacts.DeviceAt(i) : others[i - contacts.Count];
            if (newGroup != null || ui.Messenger.FindMember(ui.Stack.Conversation, device) < 0) _devices[_count++] = device;
        }
    }

    /// <inheritdoc/>
    public override long NextTickMs { get { return _next < 0 ? Deadline.Never : 0; } }

    /// <inheritdoc/>
    protected override int Count { get { return _count + 1; } }

    /// <inheritdoc/>
    protected override string Title
    {
        get { return _newGroup != null ? _newGroup : "Add to " + Ui.Messenger.NameOf(Ui.Stack.Conversation); }
    }

    /// <inheritdoc/>
    protected override string Hint
    {
        get { return Selected < _count ? "● choose   hold ▲ back" : _newGroup != null ? "● make" : "● add"; }
    }

    /// <inheritdoc/>
    public override void OnKey(Key key, long nowMs)
    {
        if (_next < 0) base.OnKey(key, nowMs);
    }

    /// <inheritdoc/>
    public override bool OnBack(long nowMs) { return _next >= 0; }

    /// <inheritdoc/>
    public override bool OnEnd(long nowMs) { return _next >= 0; }

    /// <inheritdoc/>
    public override void OnTime(long nowMs)
    {
        if (_next < 0) return;
        int group = Ui.Stack.Conversation;
        while (_next < _count && (_picked >> _next & 1) == 0) _next++;
        if (_next == _count || group < 0)
        {
            End(nowMs);
            return;
        }

        string device = _devices[_next++];
        SendError error = Ui.Messenger.AddMember(group, device, nowMs);
        if (error == SendError.None) return;
        End(nowMs);
        Ui.Stack.Check("Without " + device, error, nowMs);
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        if (row == _count)
        {
            int picked = 0;
            for (ulong rest = _picked; rest != 0; rest >>= 1) picked += (int)(rest & 1);
            TextBuffer line = Ui.Chrome.Line.Clear().Add(_newGroup != null ? "Make the group of " : "Add ");
            line.Add(_newGroup != null ? picked + 1 : picked);
            painter.DrawCut(painter.Text, line.Bytes, 0, line.Count, 2, y, right - 2);
            return;
        }

        if ((_picked >> row & 1) != 0) painter.DrawIcon(Icon.One, 1, y);
        painter.DrawCut(painter.Text, Ui.Messenger.DisplayNameOf(_devices[row]), Lead, y, right - 2);
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (row < _count)
        {
            _picked ^= 1ul << row;
            Ui.Stack.MustDraw = true;
        }
        else if (_newGroup == null)
        {
            _next = 0;
        }
        else
        {
            Make(nowMs);
        }
    }

    private void Make(long nowMs)
    {
        TextBuffer name = Ui.LongText.Take(null).Add(_newGroup);
        int salt = (int)Ui.Messenger.UnixAt(nowMs) + (int)nowMs;
        string id = GivenId.ForGroup(name.Bytes, name.Count, Ui.Me.DeviceId, salt);
        while (Ui.Messenger.Find(id, true) >= 0) id = GivenId.ForGroup(name.Bytes, name.Count, Ui.Me.DeviceId, ++salt);
        int group = Ui.Messenger.CreateGroup(id, _newGroup, nowMs);
        if (group < 0)
        {
            Ui.Stack.Check("Not made", Ui.Messenger.LastError, nowMs);
            return;
        }

        Ui.Stack.SetConversation(group);
        _next = 0;
    }

    private void End(long nowMs)
    {
        _next = -1;
        if (_newGroup == null)
        {
            Ui.Stack.Back(nowMs);
            return;
        }

        int group = Ui.Stack.Conversation;
        Ui.Stack.Home(nowMs);
        if (group >= 0) Ui.Stack.OpenThread(group, nowMs);
    }
}
