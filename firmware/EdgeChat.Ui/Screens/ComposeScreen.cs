using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>Writing a text with the three keys. Holding Up takes back one choice, holding Ok sends, holding Down opens the digits and, on
/// these, the menu. The text stays when the screen is left.</summary>
/// <remarks>A board with one button has one hold for all: it takes back a choice that has begun, and between characters it opens the menu,
/// with Send and the digits.</remarks>
public sealed class ComposeScreen : Screen
{
    private const int Line = 8;
    private const int GroupHeight = 9;
    private const int TextTop = 8;
    private const int Lead = 9; // columns of the key's sign before its group
    private const int SaveAfterMs = 3000;
    private const int ActionSend = 0;
    private const int ActionDelete = 1;
    private const int ActionDeleteWord = 2;
    private const int ActionQuick = 3;
    private const int ActionLeave = 4;
    private const int ActionDigits = 5;

    private readonly TextEntry _entry = new TextEntry();
    private Screen _asking; // who takes the text, or null for a message
    private string _what; // the text is to such a screen
    private int _replyNumber;
    private string _replySender;
    private string _id;
    private bool _isGroup;
    private bool _isChanged;
    private long _saveMs = Deadline.Never;

    /// <summary>Makes the screen; <see cref="Write"/> or <see cref="Ask"/> says what is written.</summary>
    public ComposeScreen(ScreenContext ui)
        : base(ui)
    {
        _entry.Ways = ui.Buttons < 3 ? 2 : 3;
        _entry.UsesWords = ui.Settings.Is(Settings.Keyboard);
    }

    /// <inheritdoc/>
    public override bool IsChoosing { get { return true; } }

    /// <inheritdoc/>
    public override long NextTickMs { get { return _saveMs; } }

    /// <inheritdoc/>
    public override long LeastAwakeMs { get { return _entry.Count > 0 ? Deadline.Never : ReadingMs; } }

    /// <summary>The text as it stands.</summary>
    public TextEntry Entry { get { return _entry; } }

    private string HintToEnd
    {
        get
        {
            if (_asking == null) return Ui.Buttons > 1 ? "hold ● to send" : "hold 2 s: send…";
            return Ui.Buttons > 1 ? "hold ● when done" : "hold 2 s: done…";
        }
    }

    // without the spaces at its end
    private int CountToSend
    {
        get
        {
            int count = _entry.Count;
            while (count > 0 && _entry.Text[count - 1] == ' ') count--;
            return count;
        }
    }

    /// <summary>Prepares a message to the open conversation: its draft, in answer to a message or to none (-1).</summary>
    public void Write(int replyTo)
    {
        int conversation = Ui.Stack.Conversation;
        _id = Ui.Messenger.IdOf(conversation);
        _isGroup = Ui.Messenger.IsGroup(conversation);
        _replyNumber = replyTo < 0 ? 0 : Ui.Messenger.NumberOf(replyTo);
        _replySender = replyTo < 0 ? null : Ui.Messenger.SenderOf(replyTo);
        byte[] draft = Ui.LongText.Take(null).Bytes;
        _entry.Load(draft, Drafts.Load(Ui.Flash, _id, _isGroup, draft));
    }

    /// <summary>Prepares a text for another screen, which gets it by <see cref="Screen.OnText"/>.</summary>
    /// <param name="owner">Who asks.</param>
    /// <param name="what">What the text is, such as "group name".</param>
    /// <param name="text">What it is so far.</param>
    /// <param name="count">Bytes of that.</param>
    public void Ask(Screen owner, string what, byte[] text, int count)
    {
        _asking = owner;
        _what = what;
        _entry.Load(text, count);
    }

    /// <inheritdoc/>
    public override void Draw(Painter painter, long nowMs)
    {
        int groupsTop = painter.Height - (Ui.Buttons < 3 ? 2 : 3) * GroupHeight;
        painter.Tint(ColourPlan.Raised, 0, 0, painter.Width, TextTop - 1);
        string what = _asking != null ? _what : _replySender != null ? "reply" : "to";
        string hint = Ui.Buttons < 2 && _entry.IsChoosing ? "hold 2 s to undo" : HintToEnd;
        int right = Ui.Chrome.DrawHintRight(hint, painter.Width + 1, 0) - 1;
        int x = painter.DrawCut(painter.Small, what, 0, 0, right) + 2;
        int conversation = Ui.Stack.Conversation;
        if (_asking == null && conversation >= 0)
            painter.DrawCut(painter.Small, Ui.Messenger.NameOf(conversation), x, 0, right);
        DrawText(painter, groupsTop - 3);
        painter.Dots(0, groupsTop - 2, painter.Width);
        DrawGroup(painter, Key.Up, groupsTop);
        if (Ui.Buttons > 2) DrawGroup(painter, Key.Ok, groupsTop + GroupHeight);
        DrawGroup(painter, Key.Down, painter.Height - GroupHeight);
    }

    /// <inheritdoc/>
    public override bool DrawMinute(Painter painter, long nowMs) { return true; } // there is no clock

    /// <inheritdoc/>
    public override void OnKey(Key key, long nowMs)
    {
        if (!_entry.Press(key)) return;
        Changed(nowMs);
    }

    /// <inheritdoc/>
    public override void OnMenuKey(long nowMs)
    {
        if (Ui.Buttons < 2 && _entry.UndoChoice()) Changed(nowMs);
        else if (Ui.Buttons > 1 && CountToSend > 0) Send(nowMs);
        else OpenMenu(nowMs);
    }

    private void OpenMenu(long nowMs)
    {
        var menu = new MenuScreen(Ui, this, "Text");
        menu.Add(ActionSend);
        if (Ui.Buttons < 2) menu.Add(ActionDigits);
        menu.Add(ActionDelete).Add(ActionDeleteWord);
        if (_asking == null) menu.Add(ActionQuick);
        Ui.Stack.Open(menu.Add(ActionLeave), nowMs);
    }

    /// <inheritdoc/>
    public override string ItemOf(int action)
    {
        switch (action)
        {
            case ActionSend: return _asking == null ? "Send" : "Done";
            case ActionDigits: return "Digits";
            case ActionDelete: return "Delete last";
            case ActionDeleteWord: return "Delete word";
            case ActionQuick: return "Make a quick reply";
            default: return "Leave";
        }
    }

    /// <inheritdoc/>
    public override bool OnBack(long nowMs)
    {
        if (!_entry.Undo()) return false;
        Changed(nowMs);
        return true;
    }

    /// <inheritdoc/>
    public override bool OnEnd(long nowMs)
    {
        if (Ui.Buttons < 2) Ui.Stack.Back(nowMs);
        else if (_entry.HasDigits) OpenMenu(nowMs);
        else OpenDigits();
        return true;
    }

    /// <inheritdoc/>
    public override void OnMenu(int action, long nowMs)
    {
        if (action == ActionSend) Send(nowMs);
        else if (action == ActionLeave) Ui.Stack.Back(nowMs);
        else if (action == ActionQuick) MakeQuickReply(nowMs);
        else if (action == ActionDigits) OpenDigits();
        else
        {
            if (action == ActionDeleteWord) _entry.DeleteWord();
            else _entry.Undo();
            Changed(nowMs);
        }
    }

    /// <inheritdoc/>
    public override void OnTime(long nowMs)
    {
        if (nowMs >= _saveMs) Keep(nowMs);
    }

    /// <inheritdoc/>
    public override void Keep(long nowMs)
    {
        _saveMs = Deadline.Never;
        if (!_isChanged || _asking != null) return;
        _isChanged = false;
        Drafts.Save(Ui.Flash, _id, _isGroup, _entry.Text, _entry.Count);
    }

    private void OpenDigits()
    {
        _entry.OpenDigits();
        Ui.Stack.MustDraw = true;
    }

    private void Changed(long nowMs)
    {
        _isChanged = true;
        if (_asking == null && _saveMs == Deadline.Never) _saveMs = nowMs + SaveAfterMs;
        Ui.Stack.MustDraw = true;
    }

    private void Send(long nowMs)
    {
        int count = CountToSend;
        if (_asking != null)
        {
            _asking.OnText(_entry.Text, count, nowMs);
            return;
        }

        int conversation = Ui.Stack.Conversation;
        if (conversation < 0) return;
        int replyTo = _replySender == null ? -1 : Ui.Messenger.FindMessage(conversation, _replySender, _replyNumber);
        SendError error = Ui.Messenger.SendText(conversation, _entry.Text, count, replyTo, nowMs);
        if (error != SendError.None)
        {
            Ui.Stack.Check("Not sent", error, nowMs);
            return;
        }

        _entry.Load(_entry.Text, 0);
        _isChanged = true;
        Keep(nowMs);
        Ui.Stack.BackToThread(nowMs);
    }

    private void MakeQuickReply(long nowMs)
    {
        if (Ui.Replies.Add(_entry.Text, CountToSend)) Ui.Stack.MustDraw = true;
        else RepliesScreen.TellFull(Ui, nowMs);
    }

    private void DrawText(Painter painter, int bottom)
    {
        byte[] text = _entry.Text;
        int end = _entry.Count;
        int width = painter.Width - 3;
        int room = (bottom - TextTop) / Line;
        painter.Text.HasRightToLeft = false;
        int skip = TextLayout.CountLines(painter.Text, text, end, width, Limits.WrittenBytes) - room;
        bool isMixed = painter.Text.HasRightToLeft;
        if (isMixed) painter.BeginLines(text, 0, end);
        int start = 0;
        int y = TextTop;
        int x = 0;
        while (start < end)
        {
            int lineEnd = TextLayout.LineEnd(painter.Text, text, start, end, width);
            if (skip-- <= 0)
            {
                if (isMixed) x = painter.DrawLine(painter.Text, text, start, lineEnd, 0, y, width);
                else x = painter.Draw(painter.Text, text, start, lineEnd, 0, y, painter.Width);
                y += Line;
            }

            start = TextLayout.NextLine(text, lineEnd, end);
        }

        painter.Fill(x > width ? width : x, y > TextTop ? y - Line : y, 1, Line - 1);
    }

    private void DrawGroup(Painter painter, Key key, int y)
    {
        PixelFont font = painter.Text;
        byte[] group = Ui.LongText.Take(null).Bytes;
        int count = _entry.Describe(key, group);
        if (count == 0) return;
        painter.DrawIcon(Ui.Chrome.IconOfGroup(key), 0, y + 2);
        if (font.Fits(group, 0, count, painter.Width - Lead))
        {
            painter.Draw(font, group, 0, count, Lead, y, painter.Width);
            return;
        }

        // a group is a run of a known order, so its end tells as much as its beginning
        int last = Utf8.Previous(group, count);
        int right = painter.Width - font.Measure(group, last, count);
        painter.DrawCut(font, group, 0, count, Lead, y, right - 2);
        painter.Draw(font, group, last, count, right, y, painter.Width);
    }
}
