using EdgeChat.Core;
using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>Finds the conversation and the message that words of a command name, and says what is wrong when there is none.</summary>
internal static class Target
{
    /// <summary>The conversation of a name as <see cref="NameFor"/> gives it, or -1.</summary>
    public static int Find(ShellContext c, string name)
    {
        return CommandLine.Begins(name, "#") ? c.Messenger.Find(name.Substring(1), true) : c.Messenger.Find(name, false);
    }

    /// <summary>Takes the next word as a conversation: a handle, or -1 after an error was said. When it <paramref name="canOpen"/> one, a
    /// device without conversation gets one.</summary>
    public static int Conversation(ShellContext c, bool canOpen)
    {
        string word = c.Line.NextWord();
        if (word == null)
        {
            c.FailUsage("who is missing");
            return -1;
        }

        bool isDevice = CommandLine.Begins(word, "@");
        bool isGroup = CommandLine.Begins(word, "#");
        string id = isDevice || isGroup ? word.Substring(1) : word;
        if (!Topics.IsDeviceId(id))
        {
            c.Fail("bad-id", "\"" + word + "\" is no id: expected 1 to 16 of a-z 0-9 -, such as bob or #team" + Hint(c, id, ""));
            return -1;
        }

        int group = isDevice ? -1 : c.Messenger.Find(id, true);
        if (isGroup)
        {
            if (group < 0) c.Fail("unknown-group", "no group \"" + id + "\" on this board" + Hint(c, id, "See: group list"));
            return group;
        }

        int direct = c.Messenger.Find(id, false);
        if (group >= 0 && (direct >= 0 || c.Messenger.Presence.Find(id) >= 0))
        {
            c.Fail("ambiguous", "\"" + id + "\" is a device and a group: write @" + id + " or #" + id);
            return -1;
        }

        if (group >= 0) return group;
        if (direct >= 0) return direct;
        return canOpen ? Open(c, id, isDevice) : NotFound(c, id);
    }

    /// <summary>Takes the next word as a group of this board: a handle, or -1 after an error was said.</summary>
    public static int Group(ShellContext c)
    {
        string word = c.Line.NextWord();
        if (word == null)
        {
            c.FailUsage("the group is missing");
            return -1;
        }

        string id = CommandLine.Begins(word, "#") ? word.Substring(1) : word;
        int group = Topics.IsDeviceId(id) ? c.Messenger.Find(id, true) : -1;
        if (group < 0) c.Fail("unknown-group", "no group \"" + id + "\" on this board" + Hint(c, id, "See: group list"));
        return group;
    }

    /// <summary>Takes the next word as a device id: the id, or null after an error was said.</summary>
    public static string Device(ShellContext c)
    {
        string word = c.Line.NextWord();
        if (word == null)
        {
            c.FailUsage("the device is missing");
            return null;
        }

        string id = CommandLine.Begins(word, "@") ? word.Substring(1) : word;
        if (Topics.IsDeviceId(id)) return id;
        c.Fail("bad-id", "\"" + word + "\" is no device id: expected 1 to 16 of a-z 0-9 -, such as bob");
        return null;
    }

    /// <summary>Takes the next two words as a conversation that there is and a message of it, as <see cref="Message"/> does: a handle, or
    /// -1 after an error was said.</summary>
    public static int MessageOf(ShellContext c, bool isMine, out int conversation)
    {
        conversation = Conversation(c, false);
        return conversation < 0 ? -1 : Message(c, conversation, isMine);
    }

    /// <summary>Takes the next word as a message of a conversation: a handle, or -1 after an error was said. When it
    /// <paramref name="isMine"/>, a number
    /// alone and the dot mean a message of this board.</summary>
    public static int Message(ShellContext c, int conversation, bool isMine)
    {
        string word = c.Line.NextWord();
        if (word == null)
        {
            c.FailUsage("the message is missing");
            return -1;
        }

        int message = word == "." ? Latest(c, conversation, isMine) : Named(c, conversation, word, isMine);
        if (message >= 0) return message;
        string id = c.Messenger.IdOf(conversation);
        c.Fail("unknown-message", "no message \"" + word + "\" with " + id + ": expected what stands in brackets in: read " + id);
        return -1;
    }

    /// <summary>Writes the name of a message as commands take it: its number alone, or "sender/number"; nothing without a number.</summary>
    public static void WriteReference(ShellContext c, int conversation, int message)
    {
        int number = c.Messenger.NumberOf(message);
        if (number == 0) return;
        bool isMine = c.Messenger.IsMine(message);
        if (isMine || c.Messenger.IsGroup(conversation))
        {
            c.Out.Write(isMine ? "me" : c.Messenger.SenderOf(message));
            c.Out.Raw((byte)'/');
        }

        c.Out.Write(number);
    }

    /// <summary>The id of a conversation as the next command should write it.</summary>
    public static string NameFor(ShellContext c, int conversation)
    {
        string id = c.Messenger.IdOf(conversation);
        return c.Messenger.IsGroup(conversation) ? "#" + id : id;
    }

    /// <summary>Writes who invites to a group that waits for an answer, and how to give it.</summary>
    public static void WriteInvitation(ShellContext c, int conversation)
    {
        string id = c.Messenger.IdOf(conversation);
        c.Out.WriteSafe(c.Messenger.DisplayNameOf(c.Messenger.InviterOf(conversation)));
        c.Out.Write(" invites you: group accept " + id + ", or group decline " + id);
    }

    private static int Named(ShellContext c, int conversation, string word, bool isMine)
    {
        int slash = word.IndexOf('/');
        int number = CommandLine.ToNumber(slash < 0 ? word : word.Substring(slash + 1));
        if (number <= 0) return -1;
        string sender = slash < 0 ? null : word.Substring(0, slash);
        if (sender == "me" || (sender == null && isMine)) sender = c.Me.DeviceId;
        else if (sender == null && !c.Messenger.IsGroup(conversation)) sender = c.Messenger.IdOf(conversation);
        if (sender != null) return c.Messenger.FindMessage(conversation, sender, number);
        return OnlyOne(c, conversation, number);
    }

    // in a group a number alone will do when only one member's message has it
    private static int OnlyOne(ShellContext c, int conversation, int number)
    {
        int found = -1;
        for (int m = c.Messenger.Newest(conversation); m >= 0; m = c.Messenger.Older(m))
        {
            if (c.Messenger.NumberOf(m) != number || c.Messenger.IsMine(m)) continue;
            if (found >= 0) return -1;
            found = m;
        }

        return found;
    }

    // a hole has nothing to answer
    private static int Latest(ShellContext c, int conversation, bool isMine)
    {
        Messenger m = c.Messenger;
        int message = m.Newest(conversation);
        while (message >= 0 && (m.IsMine(message) != isMine || m.NumberOf(message) == 0 || m.KindOf(message) == MessageKind.Missing))
            message = m.Older(message);
        return message;
    }

    // a word that nobody has, but somebody almost: probably a slip, so ask rather than write to a stranger
    private static int Open(ShellContext c, string id, bool isSure)
    {
        bool isContact = c.Messenger.Presence.Find(id) >= 0;
        string near = isSure || isContact ? null : Nearest(c, id);
        if (near != null)
        {
            string cure = "did you mean " + near + "? To write to " + id + " all the same: @" + id;
            c.Fail("unknown-device", "no conversation \"" + id + "\": " + cure);
            return -1;
        }

        int conversation = c.Messenger.OpenDirect(id);
        if (conversation < 0) c.FailWhen(c.Messenger.LastError);
        return conversation;
    }

    private static int NotFound(ShellContext c, string id)
    {
        bool isContact = c.Messenger.Presence.Find(id) >= 0;
        string none = isContact
            ? "no messages with " + id + " yet. To write one: send " + id + " <text>"
            : "no conversation \"" + id + "\"" + Hint(c, id, "See: list");
        c.Fail("unknown-conversation", none);
        return -1;
    }

    private static string Hint(ShellContext c, string id, string cure)
    {
        string near = Nearest(c, id);
        if (near != null) return ". Did you mean " + near + "? " + cure;
        return cure.Length == 0 ? "" : ". " + cure;
    }

    private static string Nearest(ShellContext c, string id)
    {
        string best = null;
        int least = Limits.GuessedLetters;
        int conversations = c.Messenger.ConversationCount;
        int all = conversations + c.Messenger.Presence.Count;
        for (int i = 0; i < all; i++)
        {
            string known = i < conversations
                ? c.Messenger.IdOf(c.Messenger.ConversationAt(i))
                : c.Messenger.Presence.DeviceAt(i - conversations);
            int distance = EditDistance.Between(id, known);
            if (distance >= least || !EditDistance.IsNear(distance, id)) continue;
            least = distance;
            best = known;
        }

        return best;
    }
}
