using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>Which screens lie over one another, and which conversation they are about.</summary>
public sealed partial class Screens
{
    private const int MostDepth = 16; // more than there are screens, and each is on the stack at most once

    private readonly Screen[] _stack = new Screen[MostDepth];
    private int _depth;
    private string _id;
    private bool _isGroup;
    private int _conversation = -1;
    private int _conversationRevision;

    /// <summary>The screen that is open.</summary>
    public Screen Top { get { return _stack[_depth - 1]; } }

    /// <summary>Whether the screen that is open is the first one, where holding a key leads.</summary>
    public bool IsHome { get { return _depth == 1; } }

    /// <summary>The open conversation, or -1 when there is none any more.</summary>
    public int Conversation
    {
        get
        {
            if (_id == null) return -1;
            if (_conversationRevision != Messenger.Revision)
            {
                _conversation = Messenger.Find(_id, _isGroup);
                _conversationRevision = Messenger.Revision;
            }

            return _conversation;
        }
    }

    /// <summary>Opens a screen over the others; one that is already below closes what is over it.</summary>
    public void Open(Screen screen, long nowMs)
    {
        Top.Keep(nowMs);
        int at = 0;
        while (at < _depth && _stack[at] != screen) at++;
        _stack[at] = screen;
        _depth = at + 1;
        Change();
    }

    /// <summary>Makes a conversation the open one without showing it.</summary>
    public void SetConversation(int conversation)
    {
        _id = Messenger.IdOf(conversation);
        _isGroup = Messenger.IsGroup(conversation);
        _conversation = conversation;
        _conversationRevision = Messenger.Revision;
    }

    /// <summary>Opens the thread of a conversation.</summary>
    public void OpenThread(int conversation, long nowMs)
    {
        SetConversation(conversation);
        Thread.Restart();
        Open(Thread, nowMs);
    }

    /// <summary>Closes what is over the thread and shows its newest message.</summary>
    public void BackToThread(long nowMs)
    {
        Thread.Restart();
        Open(Thread, nowMs);
    }

    /// <summary>Closes the open screen; the first one stays.</summary>
    public void Back(long nowMs)
    {
        Top.Keep(nowMs);
        if (_depth > 1) _depth--;
        Change();
    }

    /// <summary>Closes all but the first screen.</summary>
    public void Home(long nowMs)
    {
        Top.Keep(nowMs);
        _depth = 1;
        Change();
    }

    /// <summary>Deletes a conversation with its draft; false when that was refused, which is then said.</summary>
    public bool Delete(int conversation, long nowMs)
    {
        SendError error = Drafts.Delete(Messenger, conversation);
        Check("Not deleted", error, nowMs);
        return error == SendError.None;
    }

    /// <summary>Says what went wrong and what to do about it.</summary>
    public void Notice(string title, string text, long nowMs)
    {
        _error.Set(title, text);
        if (Top == _error) Change();
        else Open(_error, nowMs);
    }

    /// <summary>Says why something was refused, if it was.</summary>
    public void Check(string title, SendError error, long nowMs)
    {
        if (error != SendError.None) Notice(title, SendErrors.WordsFor(error), nowMs);
    }

    private void Change()
    {
        Top.Refresh();
        _mustDraw = true;
    }
}
