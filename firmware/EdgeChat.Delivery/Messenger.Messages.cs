using EdgeChat.Core;

namespace EdgeChat.Delivery;

// what stands in a conversation
public sealed partial class Messenger
{
    /// <summary>The newest visible message, or -1.</summary>
    public int Newest(int conversation) { return _ledger.Messages.Visible(_ledger.Conversations.Newest(conversation), false); }

    /// <summary>The visible message before this one, or -1.</summary>
    public int Older(int message) { return _ledger.Messages.Visible(_ledger.Messages.Previous(message), false); }

    /// <summary>The visible message after this one, or -1.</summary>
    public int Newer(int message) { return _ledger.Messages.Visible(_ledger.Messages.Next(message), true); }

    /// <summary>What stands there.</summary>
    public MessageKind KindOf(int message) { return MessageView.KindOf(_ledger, message); }

    /// <summary>Whether this board sent it.</summary>
    public bool IsMine(int message) { return _ledger.Messages.IsMine(message); }

    /// <summary>The device id of who sent it.</summary>
    public string SenderOf(int message) { return MessageView.SenderOf(_ledger, message); }

    /// <summary>The name for people of who sent it.</summary>
    public string SenderNameOf(int message) { return MessageView.SenderNameOf(_ledger, message); }

    /// <summary>Unix seconds when it was composed (or arrived, when its sender had no clock), or 0.</summary>
    public long TimeOf(int message) { return UnixSeconds.Unpack(_ledger.Messages.Time(message)); }

    /// <summary>Its sequence number, or 0 when it has none.</summary>
    public int NumberOf(int message) { return _ledger.Messages.Has(message, MessageTable.IsPlainFlag) ? 0 : _ledger.Messages.N(message); }

    /// <summary>How far it has come.</summary>
    public Tick TickOf(int message) { return IsMine(message) ? _ledger.Messages.Tick(message) : Tick.None; }

    /// <summary>Why it was given up, in words, or null.</summary>
    public string FailureOf(int message)
    {
        if (TickOf(message) != Tick.Failed) return null;
        return _ledger.Messages.Has(message, MessageTable.IsDeniedFlag)
            ? "denied: the broker ends the connection on it; check what this device may write"
            : "given up: no receipt in time";
    }

    /// <summary>Its text for people as UTF-8 in <paramref name="buffer"/>, cut at a character when the buffer is too small; gives the
    /// length. Reads flash.</summary>
    public int ReadText(int message, byte[] buffer) { return MessageView.ReadText(_ledger, message, buffer); }

    /// <summary>Whether its sender has it from somebody else.</summary>
    public bool IsForwarded(int message) { return _ledger.Messages.Has(message, MessageTable.IsForwardedFlag); }

    /// <summary>Whether its sender has given it another text since.</summary>
    public bool IsEdited(int message) { return _ledger.Messages.Has(message, MessageTable.IsEditedFlag); }

    /// <summary>Whether it is forwarded, edited or starred; most are neither.</summary>
    public bool IsMarked(int message)
    {
        return _ledger.Messages.Has(message, MessageTable.IsForwardedFlag | MessageTable.IsEditedFlag | MessageTable.IsStarredFlag);
    }

    /// <summary>Whether a person has starred it on this board.</summary>
    public bool IsStarred(int message) { return _ledger.Messages.Has(message, MessageTable.IsStarredFlag); }

    /// <summary>How far the last edit of a message of this board has come; <see cref="TickOf"/> is about the message as it was first
    /// sent.</summary>
    public Tick EditTickOf(int message)
    {
        int edit = Edits.Last(_ledger, message);
        return edit < 0 ? Tick.None : TickOf(edit);
    }

    /// <summary>What it answers, as "name: beginning of the text", or null.</summary>
    public string ReplyQuoteOf(int message) { return MessageView.ReplyQuoteOf(_ledger, message); }

    /// <summary>The reactions to it, such as "👍2 ❤", or null.</summary>
    public string ReactionsOf(int message) { return Reactions.Read(_ledger, message); }

    /// <summary>Of a group's message: how many members it was for (this board not counted), or 1.</summary>
    public int RecipientsOf(int message) { return Recipients.Count(_ledger, message); }

    /// <summary>The device id of a recipient.</summary>
    public string RecipientOf(int message, int place) { return _ledger.Ids.At(Recipients.At(_ledger, message, place)); }

    /// <summary>How far the message has come with one recipient.</summary>
    public Tick RecipientTickOf(int message, int place) { return Recipients.TickAt(_ledger, message, place); }

    /// <summary>Begins to look for the times at which the recipients of a message of this board got it and showed it.</summary>
    public ReceiptTimes TimesOf(int message) { return new ReceiptTimes(_ledger, message); }

    /// <summary>The message with a sequence number of a sender, or -1.</summary>
    public int FindMessage(int conversation, string sender, int number)
    {
        int peer = sender == _ledger.Me.DeviceId ? -1 : _ledger.Ids.Find(sender);
        if (peer < 0 && sender != _ledger.Me.DeviceId) return -1;
        int message = _ledger.Messages.Find(conversation, peer, number);
        return message >= 0 && _ledger.Messages.IsVisible(message) ? message : -1;
    }

    /// <summary>The number that this board has given last in a conversation, also to what stands on no screen, such as an edit; 0 before
    /// the first.</summary>
    public int LastNumberOf(int conversation) { return _ledger.Conversations.LastN(conversation); }

    /// <summary>What this board has sent with a number, also when it stands on no screen, or -1.</summary>
    public int FindSent(int conversation, int number) { return _ledger.Messages.Find(conversation, -1, number); }

    /// <summary>Begins to look for a text, at least a byte of UTF-8, in the messages of one conversation, or of all (-1).</summary>
    public MessageSearch Search(byte[] text, int start, int count, int conversation)
    {
        return new MessageSearch(_ledger, new TextFinder(text, start, count), conversation);
    }

    /// <summary>Begins to look for the starred messages of all conversations.</summary>
    public MessageSearch SearchStarred() { return new MessageSearch(_ledger, null, -1); }

    /// <summary>Whether a handle that was kept while other things happened is still one of a visible message of the conversation; it may be
    /// another message than it was.</summary>
    public bool Has(int conversation, int message)
    {
        return _ledger.Messages.Conversation(message) == conversation && _ledger.Messages.IsVisible(message);
    }
}
