using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>Finds the conversation and the message that words of a command name, and says what is wrong when there is none.</summary>
internal sealed class Target
{
    private readonly ShellContext _c;

    public Target(ShellContext context)
    {
        _c = context;
    }

    /// <summary>Takes the next word as a conversation: a handle, or -1 after an error was said.</summary>
    /// <param name="canOpen">Whether a device without conversation gets one.</param>
    public int Conversation(bool canOpen)
    {
        string word = _c.Line.NextWord();
        if (word == null)
        {
            _c.FailUsage("who is missing");
            return -1;
        }

        bool isDevice = CommandLine.Begins(word, "@");
        bool isGroup = CommandLine.Begins(word, "#");
        string id = isDevice || isGroup ? word.Substring(1) : word;
        if (!Topics.IsDeviceId(id))
        {
            _c.Fail("bad-id", "\"" + word + "\" is no id: expected 1 to 16 of a-z 0-9 -, such as bob or #team" + Hint(id, ""));
            return -1;
        }

        int group = isDevice ? -1 : _c.Messenger.Find(id, true);
        if (isGroup)
        {
            if (group < 0) _c.Fail("unknown-group", "no group \"" + id + "\" on this board" + Hint(id, "See: group list"));
            return group;
        }

        int direct = _c.Messenger.Find(id, false);
        if (group >= 0 && (direct >= 0 || _c.Messenger.Presence.Find(id) >= 0))
        {
            _c.Fail("ambiguous", "\"" + id + "\" is a device and a group: write @" + id + " or #" + id);
            return -1;
        }

        if (group >= 0) return group;
        if (direct >= 0) return direct;
        return canOpen ? Open(id, isDevice) : NotFound(id);
    }

    /// <summary>Takes the next word as a group of this board: a handle, or -1 after an error was said.</summary>
    public int Group()
    {
        string word = _c.Line.NextWord();
        if (word == null)
        {
            _c.FailUsage("the group is missing");
            return -1;
        }

        string id = CommandLine.Begins(word, "#") ? word.Substring(1) : word;
        int group = Topics.IsDeviceId(id) ? _c.Messenger.Find(id, true) : -1;
        if (group < 0) _c.Fail("unknown-group", "no group \"" + id + "\" on this board" + Hint(id, "See: group list"));
        return group;
    }

    /// <summary>Takes the next word as a device id: the id, or null after an error was said.</summary>
    public string Device()
    {
        string word = _c.Line.NextWord();
        if (word == null)
        {
            _c.FailUsage("the device is missing");
            return null;
        }

        string id = CommandLine.Begins(word, "@") ? word.Substring(1) : word;
        if (Topics.IsDeviceId(id)) return id;
        _c.Fail("bad-id", "\"" + word + "\" is no device id: expected 1 to 16 of a-z 0-9 -, such as bob");
        return null;
    }

    /// <summary>Takes the next word as a message: a handle, or -1 after an error was said.</summary>
    /// <param name="conversation">Where the message is.</param>
    /// <param name="isMine">Whether a number alone, or the dot, means a message of this board.</param>
    public int Message(int conversation, bool isMine)
    {
        string word = _c.Line.NextWord();
        if (word == null)
        {
            _c.FailUsage("the message is missing");
            return -1;
        }

        int message = word == "." ? Latest(conversation, isMine) : Named(conversation, word, isMine);
        if (message < 0)
            _c.Fail("unknown-message", "no message \"" + word + "\" with " + _c.Messenger.IdOf(conversation) + ": expected what stands in brackets in: read " + _c.Messenger.IdOf(conversation));
        return message;
    }

    /// <summary>Writes the name of a message as commands take it: its number alone, or "sender/number"; nothing when it has no number.</summary>
    public void WriteReference(int conversation, int message)
    {
        int number = _c.Messenger.NumberOf(message);
        if (number == 0) return;
        bool isMine = _c.Messenger.IsMine(message);
        if (isMine || _c.Messenger.IsGroup(conversation))
        {
            _c.Out.Write(isMine ? "me" : _c.Messenger.SenderOf(message));
            _c.Out.Raw((byte)'/');
        }

        _c.Out.Write(number);
    }

    /// <summary>The id of a conversation as the next command should write it.</summary>
    public string NameFor(int conversation)
    {
        string id = _c.Messenger.IdOf(conversation);
        return _c.Messenger.IsGroup(conversation) ? "#" + id : id;
    }

    private int Named(int conversation, string word, bool isMine)
    {
        int slash = word.IndexOf('/');
        int number = CommandLine.ToNumber(slash < 0 ? word : word.Substring(slash + 1));
        if (number <= 0) return -1;
        string sender = slash < 0 ? null : word.Substring(0, slash);
        if (sender == "me" || (sender == null && isMine)) sender = _c.Me.DeviceId;
        else if (sender == null && !_c.Messenger.IsGroup(conversation)) sender = _c.Messenger.IdOf(conversation);
        if (sender != null) return _c.Messenger.FindMessage(conversation, sender, number);
        return OnlyOne(conversation, number);
    }

    // in a group a number alone will do when only one member's message has it
    private int OnlyOne(int conversation, int number)
    {
        int found = -1;
        for (int m = _c.Messenger.Newest(conversation); m >= 0; m = _c.Messenger.Older(m))
        {
            if (_c.Messenger.NumberOf(m) != number || _c.Messenger.IsMine(m)) continue;
            if (found >= 0) return -1;
            found = m;
        }

        return found;
    }

    private int Latest(int conversation, bool isMine)
    {
        int message = _c.Messenger.Newest(conversation);
        while (message >= 0 && (_c.Messenger.IsMine(message) != isMine || _c.Messenger.NumberOf(message) == 0)) message = _c.Messenger.Older(message);
        return message;
    }

    // a word that nobody has, but somebody almost: probably a slip, so ask rather than write to a stranger
    private int Open(string id, bool isSure)
    {
        bool isContact = _c.Messenger.Presence.Find(id) >= 0;
        string near = isSure || isContact ? null : Nearest(id);
        if (near != null)
        {
            _c.Fail("unknown-device", "no conversation \"" + id + "\": did you mean " + near + "? To write to " + id + " all the same: @" + id);
            return -1;
        }

        int conversation = _c.Messenger.OpenDirect(id);
        if (conversation < 0) _c.FailWhen(_c.Messenger.LastError);
        return conversation;
    }

    private int NotFound(string id)
    {
        bool isContact = _c.Messenger.Presence.Find(id) >= 0;
        _c.Fail("unknown-conversation", isContact ? "no messages with " + id + " yet. To write one: send " + id + " <text>" : "no conversation \"" + id + "\"" + Hint(id, "See: list"));
        return -1;
    }

    private string Hint(string id, string cure)
    {
        string near = Nearest(id);
        if (near != null) return ". Did you mean " + near + "? " + cure;
        return cure.Length == 0 ? "" : ". " + cure;
    }

    private string Nearest(string id)
    {
        string best = null;
        int least = EditDistance.MaxLetters;
        int conversations = _c.Messenger.ConversationCount;
        int all = conversations + _c.Messenger.Presence.Count;
        for (int i = 0; i < all; i++)
        {
            string known = i < conversations ? _c.Messenger.IdOf(_c.Messenger.ConversationAt(i)) : _c.Messenger.Presence.DeviceAt(i - conversations);
            int distance = EditDistance.Between(id, known);
            if (distance >= least || !EditDistance.IsNear(distance, id)) continue;
            least = distance;
            best = known;
        }

        return best;
    }
}
