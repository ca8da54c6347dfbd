using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>How to answer: write a text, or send one of the quick replies with one key. Opened from the menu it edits the quick replies instead.</summary>
public sealed class RepliesScreen : ListScreen
{
    private const int ActionEdit = 0;
    private const int ActionDelete = 1;
    private const int ActionSend = 2;

    private readonly byte[] _text = new byte[QuickReplies.MostBytes];
    private bool _isEditing;

    /// <summary>Makes the screen.</summary>
    public RepliesScreen(Screens ui)
        : base(ui, 9)
    {
    }

    /// <summary>The message that is answered, or -1.</summary>
    public int ReplyTo { get; private set; }

    /// <inheritdoc/>
    protected override int Count { get { return Ui.Replies.Count + (HasMessageRow ? 2 : 1); } }

    /// <inheritdoc/>
    protected override string Title
    {
        get
        {
            if (_isEditing) return "Quick replies";
            return Ui.Conversation < 0 ? "" : (ReplyTo >= 0 ? "Reply: " : "To ") + Ui.Messenger.NameOf(Ui.Conversation);
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

    /// <summary>Offers what to send into the open conversation, in answer to a message or to none (-1).</summary>
    public void Pick(int replyTo)
    {
        _isEditing = false;
        ReplyTo = replyTo;
        Restart();
    }

    /// <summary>Offers the quick replies to be changed.</summary>
    public void Edit()
    {
        _isEditing = true;
        Restart();
    }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        if (Selected == 0 || Selected > Ui.Replies.Count) return;
        MenuScreen menu = Ui.Menu.Begin(this, Ui.Replies.TextOf(Selected - 1));
        if (!_isEditing) menu.Add("Send", ActionSend);
        Ui.Open(menu.Add("Change", ActionEdit).Add("Delete", ActionDelete), nowMs);
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        int reply = Selected - 1;
        if (reply < 0 || reply >= Ui.Replies.Count) return;
        if (action == ActionSend) Send(reply, nowMs);
        else if (action == ActionDelete) Ui.Replies.Remove(reply);
        else
        {
            Ui.Compose.EditReply(reply);
            Ui.Open(Ui.Compose, nowMs);
        }
    }

    /// <inheritdoc/>
    protected override void DrawRow(Painter painter, int row, int y, int right, long nowMs)
    {
        if (row == 0)
        {
            int x = painter.DrawIcon(Icon.Pencil, 2, y) + 3;
            int conversation = Ui.Conversation;
            bool hasDraft = !_isEditing && conversation >= 0 && Ui.Drafts.Has(Ui.Messenger.IdOf(conversation), Ui.Messenger.IsGroup(conversation));
            painter.DrawCut(painter.Text, _isEditing ? "Add a reply…" : hasDraft ? "Go on with the draft…" : "Write…", x, y, right - 2);
        }
        else if (row > Ui.Replies.Count)
        {
            painter.DrawCut(painter.Text, "Message…", 4, y, right - 2);
        }
        else
        {
            painter.DrawCut(painter.Text, Ui.Replies.Bytes, Ui.Replies.StartOf(row - 1), Ui.Replies.EndOf(row - 1), 4, y, right - 2);
        }
    }

    /// <inheritdoc/>
    protected override void Choose(int row, long nowMs)
    {
        if (row > Ui.Replies.Count)
        {
            Ui.Back(nowMs);
            Ui.Thread.OnMenuKey(nowMs);
        }
        else if (row > 0)
        {
            if (_isEditing) OnMenuKey(nowMs);
            else Send(row - 1, nowMs);
        }
        else
        {
            if (_isEditing) Ui.Compose.EditReply(-1);
            else Ui.Compose.Write(ReplyTo);
            Ui.Open(Ui.Compose, nowMs);
        }
    }

    private void Send(int reply, long nowMs)
    {
        if (Ui.Conversation < 0) return;
        int start = Ui.Replies.StartOf(reply);
        int count = Ui.Replies.EndOf(reply) - start;
        System.Array.Copy(Ui.Replies.Bytes, start, _text, 0, count);
        SendError error = Ui.Messenger.SendText(Ui.Conversation, _text, count, ReplyTo, nowMs);
        if (error == SendError.None)
        {
            Ui.Replies.CountUse(reply);
            Ui.BackToThread(nowMs);
        }
        else
        {
            Ui.Check("Not sent", error, nowMs);
        }
    }
}
