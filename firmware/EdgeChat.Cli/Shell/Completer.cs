using System.Text;
using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>Completes the word at the cursor: commands, ids, and what else has a fixed set of words. Made for the one key press.</summary>
internal sealed class Completer
{
    private readonly ShellContext _c;
    private Completion _kind;
    private string _before;
    private string[] _words;

    public Completer(ShellContext context)
    {
        _c = context;
    }

    /// <summary>What the word at the cursor begins with, after <see cref="Look"/>.</summary>
    public string Start;

    /// <summary>Looks at the line up to the cursor; false when there is free text, where a tab is a tab.</summary>
    public bool Look(LineBuffer line)
    {
        int start = line.Cursor;
        while (start > 0 && line.Bytes[start - 1] != ' ') start--;
        Start = Encoding.UTF8.GetString(line.Bytes, start, line.Cursor - start);
        var words = new CommandLine();
        words.Load(line.Bytes, start);
        string name = words.NextWord();
        if (name == null)
        {
            _kind = Completion.Command;
            return true;
        }

        int place = 1;
        string verb = null;
        for (string word = words.NextWord(); word != null; word = words.NextWord())
        {
            if (place == 1) verb = word;
            _before = word;
            place++;
        }

        Command command = CommandList.Find(name);
        if (command == null) return false;
        command.C = _c;
        _kind = command.CompletionAt(place, verb);
        if (_kind == Completion.Word) _words = command.WordsAt(place, _before);
        return _kind != Completion.None;
    }

    /// <summary>The next word from place <paramref name="from"/> on that fits; null at the end. <paramref name="from"/> moves behind
    /// it.</summary>
    public string Next(ref int from)
    {
        for (string word = At(from++); word != null; word = At(from++))
            if (word.Length > 0 && CommandLine.Begins(word, Start)) return word;
        return null;
    }

    /// <summary>What all words that fit have in common, at least <see cref="Start"/>; null when none fits.</summary>
    public string Common(out bool isOnlyOne)
    {
        int at = 0;
        string common = Next(ref at);
        isOnlyOne = common != null;
        if (common == null) return null;
        for (string word = Next(ref at); word != null; word = Next(ref at))
        {
            if (word == common) continue;
            isOnlyOne = false;
            while (!CommandLine.Begins(word, common)) common = common.Substring(0, common.Length - 1);
        }

        return common;
    }

    // the candidates one after another; null behind the last, and empty for one that does not count
    private string At(int place)
    {
        Messenger m = _c.Messenger;
        switch (_kind)
        {
            case Completion.Command:
                Command command = CommandList.At(place);
                return command == null ? null : command.Name;
            case Completion.Conversation:
                int conversations = m.ConversationCount;
                return place < conversations ? NameOf(m.ConversationAt(place)) : Contact(place - conversations);
            case Completion.Contact:
                return Contact(place);
            case Completion.Group:
                if (place >= m.ConversationCount) return null;
                int group = m.ConversationAt(place);
                return m.IsGroup(group) ? NameOf(group) : "";
            case Completion.Member:
                int of = m.Find(CommandLine.Begins(_before, "#") ? _before.Substring(1) : _before, true);
                return of >= 0 && place < m.MemberCountOf(of) ? m.MemberOf(of, place) : null;
            default:
                return _words != null && place < _words.Length ? _words[place] : null;
        }
    }

    // a group answers to its id with and without the mark
    private string NameOf(int conversation)
    {
        string id = _c.Messenger.IdOf(conversation);
        return _c.Messenger.IsGroup(conversation) && CommandLine.Begins(Start, "#") ? "#" + id : id;
    }

    private string Contact(int place)
    {
        PresenceTable presence = _c.Messenger.Presence;
        if (place >= presence.Count) return null;
        string id = presence.DeviceAt(place);
        return _kind == Completion.Conversation && _c.Messenger.Find(id, false) >= 0 ? "" : id;
    }
}
