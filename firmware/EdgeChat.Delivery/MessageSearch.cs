using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>Looks through messages for a text, or for those that are starred, a few at a time, because each is read from flash:
/// conversation by conversation as they stand in the list, the newest message first.</summary>
/// <remarks>Goes on behind the message that it has looked at last. When that is gone it counts those that it has seen of the conversation,
/// so that one may be looked at twice.</remarks>
public sealed class MessageSearch
{
    private const int BytesOfLook = 128; // what a longer text costs as much as one message more for

    private readonly Ledger _ledger;
    private readonly TextFinder _finder; // null: those that are starred
    private readonly byte[] _conversations; // whose handles stay when one is deleted
    private int _place;
    private int _seen; // of the conversation at that place
    private int _last = -1; // the one seen last, and its number
    private int _lastNumber;

    /// <summary>Begins a search: of one conversation, or of all (-1).</summary>
    internal MessageSearch(Ledger ledger, TextFinder finder, int conversation)
    {
        _ledger = ledger;
        _finder = finder;
        _conversations = new byte[conversation < 0 ? ledger.Conversations.OpenCount : 1];
        for (int i = 0; i < _conversations.Length; i++)
            _conversations[i] = (byte)(conversation < 0 ? ledger.Conversations.AtPlace(i) : conversation);
    }

    /// <summary>Whether all were looked at.</summary>
    public bool IsDone { get { return _place == _conversations.Length; } }

    /// <summary>How far it is, in percent of the conversations.</summary>
    public int Percent { get { return IsDone ? 100 : _place * 100 / _conversations.Length; } }

    /// <summary>The conversation of the message that was found last.</summary>
    public int Conversation { get { return _conversations[_place]; } }

    /// <summary>Bytes of the text of the message that was found last.</summary>
    public int Count { get; private set; }

    /// <summary>Looks for the next message that has the text, or a star, and reads that one's text; -1 when all were looked at, or as many
    /// as it may.</summary>
    /// <param name="into">Where the texts are read to.</param>
    /// <param name="budget">How many it may look at; a long one counts more than once. What is left of them afterwards.</param>
    public int Next(byte[] into, ref int budget)
    {
        MessageTable messages = _ledger.Messages;
        while (budget > 0 && _place < _conversations.Length)
        {
            int message = NextOf(_conversations[_place]);
            if (message < 0)
            {
                _place++;
                _seen = 0;
                _last = -1;
                budget--;
                continue;
            }

            _seen++;
            _last = message;
            _lastNumber = messages.N(message);
            if (messages.Kind(message) > EntryKind.Event)
            {
                budget--; // what stands there is nobody's text
                continue;
            }

            if (_finder == null && !messages.Has(message, MessageTable.IsStarredFlag)) continue; // none of it is read
            Count = MessageView.ReadText(_ledger, message, into);
            budget -= 1 + Count / BytesOfLook;
            if (_finder == null || _finder.PlaceIn(into, Count) >= 0) return message;
        }

        return -1;
    }

    /// <summary>Where the text stands first in the first <paramref name="count"/> bytes of another, or -1; 0 when none is looked
    /// for.</summary>
    public int PlaceIn(byte[] text, int count) { return _finder == null ? 0 : _finder.PlaceIn(text, count); }

    private int NextOf(int conversation)
    {
        MessageTable messages = _ledger.Messages;
        if (!_ledger.Conversations.IsOpen(conversation)) return -1;
        if (_last >= 0 && messages.Conversation(_last) == conversation && messages.N(_last) == _lastNumber)
            return messages.Visible(messages.Previous(_last), false);
        int message = messages.Visible(_ledger.Conversations.Newest(conversation), false);
        for (int i = 0; i < _seen && message >= 0; i++) message = messages.Visible(messages.Previous(message), false);
        return message;
    }
}
