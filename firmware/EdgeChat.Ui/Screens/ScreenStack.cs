using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Ui;

/// <summary>Which screens lie over one another, and which conversation they are about. A screen is made when it is opened; a closed one is
/// garbage.</summary>
public sealed class ScreenStack
{
    private readonly ScreenContext _ui;
    private Screen _top;
    private string _id;
    private bool _isGroup;
    private int _conversation = -1;
    private int _conversationRevision;

    /// <summary>Makes a stack without a screen; <see cref="Begin"/> gives it the first one.</summary>
    internal ScreenStack(ScreenContext ui)
    {
        _ui = ui;
    }

    /// <summary>The screen that is open.</summary>
    public Screen Top { get { return _top; } }

    /// <summary>Whether the screen that is open is the first one, where holding a key leads.</summary>
    public bool IsHome { get { return _top.Below == null; } }

    /// <summary>Whether the frame does not show the open screen as it is.</summary>
    public bool MustDraw { get; set; }

    /// <summary>The open conversation, or -1 when there is none any more.</summary>
    public int Conversation
    {
        get
        {
            if (_id == null) return -1;
            int revision = _ui.Messenger.Revision;
            if (_conversationRevision != revision)
            {
                _conversation = _ui.Messenger.Find(_id, _isGroup);
                _conversationRevision = revision;
            }

            return _conversation;
        }
    }

    /// <summary>Whether the open conversation is muted.</summary>
    public bool IsMuted { get { return Conversation >= 0 && _ui.Messenger.IsMuted(_conversation); } }

    /// <summary>Opens the first screen.</summary>
    internal void Begin(Screen first)
    {
        _top = first;
        MustDraw = true;
    }

    /// <summary>Opens a screen over the others.</summary>
    public void Open(Screen screen, long nowMs)
    {
        _top.Keep(nowMs);
        Push(screen);
    }

    /// <summary>Has a text written for a screen, which gets it by <see cref="Screen.OnText"/>.</summary>
    public void Ask(Screen owner, string what, byte[] text, int count, long nowMs)
    {
        var compose = new ComposeScreen(_ui);
        compose.Ask(owner, what, text, count);
        Open(compose, nowMs);
    }

    /// <summary>Has a name, an address or a password written for a screen, in which nothing comes by itself.</summary>
    public void AskExactly(Screen owner, string what, TextBuffer text, long nowMs)
    {
        var compose = new ComposeScreen(_ui);
        compose.Entry.IsExact = true;
        compose.Ask(owner, what, text.Bytes, text.Count);
        Open(compose, nowMs);
    }

    /// <summary>Makes a conversation the open one without showing it.</summary>
    public void SetConversation(int conversation)
    {
        _id = _ui.Messenger.IdOf(conversation);
        _isGroup = _ui.Messenger.IsGroup(conversation);
        _conversation = conversation;
        _conversationRevision = _ui.Messenger.Revision;
    }

    /// <summary>Opens the thread of a conversation at its first unread message; what is over the thread of another is closed. Of a group
    /// that waits for an answer, its invitation.</summary>
    public void OpenThread(int conversation, long nowMs)
    {
        SetConversation(conversation);
        if (_ui.Messenger.IsInvited(conversation)) Open(new InvitationScreen(_ui), nowMs);
        else ToThread(nowMs).Begin();
    }

    /// <summary>Opens the conversation with a device, or says why it cannot be written to.</summary>
    public void OpenDirect(string device, long nowMs)
    {
        int conversation = _ui.Messenger.OpenDirect(device);
        if (conversation >= 0) OpenThread(conversation, nowMs);
        else Check("Cannot write", _ui.Messenger.LastError, nowMs);
    }

    /// <summary>Closes what is over the thread and shows its newest message.</summary>
    public void BackToThread(long nowMs) { ToThread(nowMs).Restart(); }

    /// <summary>Closes the open screen; the first one stays.</summary>
    public void Back(long nowMs)
    {
        _top.Keep(nowMs);
        if (_top.Below != null) _top = _top.Below;
        Change();
    }

    /// <summary>Closes all but the first screen.</summary>
    public void Home(long nowMs)
    {
        _top.Keep(nowMs);
        while (_top.Below != null) _top = _top.Below;
        Change();
    }

    /// <summary>Deletes a conversation with its draft; false when that was refused, which is then said.</summary>
    public bool Delete(int conversation, long nowMs)
    {
        SendError error = Drafts.Delete(_ui.Flash, _ui.Messenger, conversation);
        Check("Not deleted", error, nowMs);
        return error == SendError.None;
    }

    /// <summary>Says what went wrong and what to do about it, or that all is well.</summary>
    public void Notice(string title, string text, long nowMs, bool isGood = false)
    {
        var notice = new NoticeScreen(_ui, title, text, isGood);
        if (_top is NoticeScreen) _top = _top.Below;
        else _top.Keep(nowMs);
        Push(notice);
    }

    /// <summary>Says why something was refused, if it was.</summary>
    public void Check(string title, SendError error, long nowMs)
    {
        if (error != SendError.None) Notice(title, SendErrors.WordsFor(error), nowMs);
    }

    /// <summary>Something that the open screen shows may have changed.</summary>
    public void Change()
    {
        _top.Refresh();
        MustDraw = true;
    }

    /// <summary>The picture has another size: threads that are open are laid out anew.</summary>
    internal void Refit()
    {
        _ui.LongText.Take(null); // a message there may have been measured
        for (Screen at = _top; at != null; at = at.Below)
            if (at is ThreadScreen) ((ThreadScreen)at).Refit();
    }

    private ThreadScreen ToThread(long nowMs)
    {
        _top.Keep(nowMs);
        Screen at = _top;
        while (at != null && !(at is ThreadScreen)) at = at.Below;
        if (at == null)
        {
            Push(new ThreadScreen(_ui));
            return (ThreadScreen)_top;
        }

        _top = at;
        Change();
        return (ThreadScreen)at;
    }

    private void Push(Screen screen)
    {
        screen.Below = _top;
        _top = screen;
        Change();
    }
}
