using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.TestKit;

/// <summary>Reads what stands on the screen of a messenger, as texts.</summary>
public sealed class ChatReader
{
    private readonly Messenger _messenger;
    private readonly byte[] _text = new byte[Body.MaxContentBytes];

    /// <summary>Reads a messenger.</summary>
    public ChatReader(Messenger messenger) { _messenger = messenger; }

    /// <summary>The conversation with a device, or else the group of that id, or -1.</summary>
    public int Conversation(string with)
    {
        int conversation = _messenger.Find(with, false);
        return conversation >= 0 ? conversation : _messenger.Find(with, true);
    }

    /// <summary>The text of a message, a placeholder's too.</summary>
    public string TextOf(int message)
    {
        int count = _messenger.ReadText(message, _text);
        return count == 0 ? "" : Encoding.UTF8.GetString(_text, 0, count);
    }

    /// <summary>The texts of a conversation, placeholders included, divided by a bar.</summary>
    public string Shows(string with)
    {
        int conversation = Conversation(with);
        string all = "";
        if (conversation < 0) return all;
        for (int i = _messenger.Newest(conversation); i >= 0; i = _messenger.Older(i)) all = all == "" ? TextOf(i) : TextOf(i) + "|" + all;
        return all;
    }

    /// <summary>The texts of one sender in a conversation, lines of a group's history left out, each with a space behind it.</summary>
    public string TextsOf(string with, string sender)
    {
        int conversation = Conversation(with);
        string all = "";
        if (conversation < 0) return all;
        for (int i = _messenger.Newest(conversation); i >= 0; i = _messenger.Older(i))
            if (_messenger.KindOf(i) != MessageKind.Event && _messenger.SenderOf(i) == sender) all = TextOf(i) + " " + all;
        return all;
    }

    /// <summary>The texts of this board that lack their shown ticks.</summary>
    public string NotShown()
    {
        string all = "";
        for (int place = 0; place < _messenger.ConversationCount; place++)
            for (int i = _messenger.Newest(_messenger.ConversationAt(place)); i >= 0; i = _messenger.Older(i))
                if (_messenger.IsMine(i) && _messenger.TickOf(i) != Tick.Shown) all += TextOf(i) + " ";
        return all;
    }

    /// <summary>The message with a text, or -1.</summary>
    public int Find(string text)
    {
        for (int place = 0; place < _messenger.ConversationCount; place++)
        {
            int message = FindIn(_messenger.ConversationAt(place), text);
            if (message >= 0) return message;
        }

        return -1;
    }

    /// <summary>The message with a text in a conversation, or -1.</summary>
    public int FindIn(int conversation, string text)
    {
        if (conversation < 0) return -1;
        for (int i = _messenger.Newest(conversation); i >= 0; i = _messenger.Older(i))
            if (TextOf(i) == text) return i;
        return -1;
    }

    /// <summary>The tick of the message with a text.</summary>
    public Tick TickOf(string text)
    {
        int message = Find(text);
        return message < 0 ? Tick.None : _messenger.TickOf(message);
    }

    /// <summary>How many messages of a conversation are unread.</summary>
    public int Unread(string with)
    {
        int conversation = Conversation(with);
        return conversation < 0 ? 0 : _messenger.UnreadOf(conversation);
    }
}
