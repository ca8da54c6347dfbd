using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>How to answer: write a text, or send one of the quick replies with one key. Opened from the menu it edits the quick replies
/// instead.</summary>
public sealed class RepliesScreen : ListScreen
{
    private const int ActionEdit = 0;
    private const int ActionDelete = 1;
    private const int ActionSend = 2;

    private readonly bool _isEditing;
    private readonly int _replyTo = -1;
    private int _changed; // the reply that is written anew, or -1 for one that is added

    /// <summary>Offers the quick replies to be changed.</summary>
    public RepliesScreen(ScreenContext ui)
        : base(ui)
    {
        _isEditing = true;
        ui.Replies.Open(); // here a flash that fails is told
    }

    /// <summary>Offers what to send into the open conversation, in answer to a message or to none (-1).</summary>
    public RepliesScreen(ScreenContext ui, int replyTo)
        : base(ui)
    {
        _replyTo = replyTo;
        ui.Replies.Open();
    }

    /// <inheritdoc/>
    protected override int Count { get { return Ui.Replies.Count + (HasMessageRow ? 2 : 1); } }

    /// <inheritdoc/>
    protected override string Title
    {
        get
        {
            if (_isEditing) return "Quick replies";
            int conversation = Ui.Stack.Conversation;
            return conversation < 0 ? "" : (_replyTo >= 0 ? "Reply: " : "To ") + Ui.Messenger.NameOf(conversation);
        }
    }

    /// <inheritdoc/>
    protected override string Hint
    {
        get
        {
            if (Selected == 0) return _isEditing ? "● add   hold ▲ back" : "● write   hold ▲ back";
            if (Selected > Ui.Replies.Count) return "● open";
            return _isEditing ? "● change" : "● send   hold ● change";
        }
    }

    // a board with one button has no other way to the menu of a message
    private bool HasMessageRow { get { return !_isEditing && Ui.Buttons < 2; } }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        if (Selected == 0 || Selected > Ui.Replies.Count) return;
        var menu = new MenuScreen(Ui, this, Ui.Replies.TextOf(Selected - 1));
        if (!_isEditing) menu.Add(ActionSend);
        Ui.Stack.Open(menu.Add(ActionEdit).Add(ActionDelete), nowMs);
    }

    /// <inheritdoc/>
    public override string ItemOf(int action) { return action == ActionSend ? "Send" : action == ActionEdit ? "Change" : "Delete"; }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        int reply = Selected - 1;
        if (reply < 0 || reply >= Ui.Replies.Count) return;
        if (action == ActionSend) Send(reply, nowMs);
        else if (action == ActionDelete) Ui.Replies.Remove(reply);
        else Edit(reply, nowMs);
    }

    /// <inheritdoc/>
    public override void OnText(byte[] text, int count, long nowMs)
    {
        bool isKept = _changed < 0 ? Ui.Replies.Add(text, count) : Ui.Replies.Change(_changed, text, count);
        if (isKept) Ui.Stack.Back(nowMs);
        else TellFull(Ui, nowMs);
    }

    /// <summary>Says why a quick reply was not taken.</summary>
    internal static void TellFull(ScreenContext ui, long nowMs)
    {
        ui.Stack.Notice("Not kept", "A quick reply has 1 to 80 bytes, and there are 24 at most: shorten it, or delete another.", nowMs);
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        if (row == 0)
        {
            int x = painter.DrawIcon(Icon.Pencil, 2, y) + 3;
            int conversation = Ui.Stack.Conversation;
            bool hasDraft = !_isEditing && conversation >= 0 &&
                Drafts.Has(Ui.Flash, Ui.Messenger.IdOf(conversation), Ui.Messenger.IsGroup(conversation));
            painter.DrawCut(painter.Text, _isEditing ? "Add a reply…" : hasDraft ? "Go on with the draft…" : "Write…", x, y, right - 2);
        }
        else if (row > Ui.Replies.Count)
        {
            painter.DrawCut(painter.Text, "Message…", 4, y, right - 2);
        }
        else
        {
            QuickReplies replies = Ui.Replies;
            painter.DrawCut(painter.Text, replies.Bytes, replies.StartOf(row - 1), replies.EndOf(row - 1), 4, y, right - 2);
        }
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (row > Ui.Replies.Count)
        {
            Ui.Stack.Back(nowMs); // to the thread
            Ui.Stack.Top.OnMenuKey(nowMs);
        }
        else if (row > 0)
        {
            if (_isEditing) OnMenuKey(nowMs);
            else Send(row - 1, nowMs);
        }
        else if (_isEditing)
        {
            Edit(-1, nowMs);
        }
        else
        {
            var compose = new ComposeScreen(Ui);
            compose.Write(_replyTo);
            Ui.Stack.Open(compose, nowMs);
        }
    }

    private void Edit(int reply, long nowMs)
    {
        _changed = reply;
        TextBuffer text = Ui.LongText.Take(null);
        if (reply >= 0) text.Add(Ui.Replies.Bytes, Ui.Replies.StartOf(reply), Ui.Replies.EndOf(reply));
        Ui.Stack.Ask(this, "quick reply", text.Bytes, text.Count, nowMs);
    }

    private void Send(int reply, long nowMs)
    {
        int conversation = Ui.Stack.Conversation;
        if (conversation < 0) return;
        TextBuffer text = Ui.LongText.Take(null).Add(Ui.Replies.Bytes, Ui.Replies.StartOf(reply), Ui.Replies.EndOf(reply));
        SendError error = Ui.Messenger.SendText(conversation, text.Bytes, text.Count, _replyTo, nowMs);
        if (error == SendError.None)
        {
            Ui.Replies.CountUse(reply);
            Ui.Stack.BackToThread(nowMs);
        }
        else
        {
            Ui.Stack.Check("Not sent", error, nowMs);
        }
    }
}
