namespace EdgeChat.Cli;

/// <summary>The words of each command: name, arguments, one line of help, and what its arguments are.</summary>
/// <remarks>Words come out of methods and not out of arrays, so that they take heap only while they are shown.</remarks>
public static class CommandTable
{
    /// <summary>How many commands there are.</summary>
    public const int Count = (int)CommandId.Help + 1;

    /// <summary>The command of a name, or <see cref="CommandId.None"/>.</summary>
    public static CommandId Find(string name)
    {
        for (int i = 0; i < Count; i++)
            if (NameOf((CommandId)i) == name) return (CommandId)i;
        return CommandId.None;
    }

    /// <summary>The command that was probably meant, or <see cref="CommandId.None"/>.</summary>
    public static CommandId Nearest(string name)
    {
        CommandId best = CommandId.None;
        int least = EditDistance.MaxLetters;
        for (int i = 0; i < Count; i++)
        {
            int distance = EditDistance.Between(name, NameOf((CommandId)i));
            if (distance >= least || !EditDistance.IsNear(distance, name)) continue;
            least = distance;
            best = (CommandId)i;
        }

        return best == CommandId.None ? OtherWordFor(name) : best;
    }

    /// <summary>The name.</summary>
    public static string NameOf(CommandId id)
    {
        switch (id)
        {
            case CommandId.Send: return "send";
            case CommandId.List: return "list";
            case CommandId.Read: return "read";
            case CommandId.Reply: return "reply";
            case CommandId.React: return "react";
            case CommandId.Cancel: return "cancel";
            case CommandId.Info: return "info";
            case CommandId.Search: return "search";
            case CommandId.Value: return "value";
            case CommandId.Location: return "location";
            case CommandId.Mute: return "mute";
            case CommandId.Unmute: return "unmute";
            case CommandId.Delete: return "delete";
            case CommandId.Contact: return "contact";
            case CommandId.Group: return "group";
            case CommandId.Status: return "status";
            case CommandId.Log: return "log";
            case CommandId.Wifi: return "wifi";
            case CommandId.Set: return "set";
            case CommandId.Replies: return "replies";
            case CommandId.Mode: return "mode";
            case CommandId.Reboot: return "reboot";
            case CommandId.Shutdown: return "shutdown";
            case CommandId.Sleep: return "sleep";
            case CommandId.FactoryReset: return "factory-reset";
            case CommandId.Clear: return "clear";
            case CommandId.About: return "about";
            case CommandId.Help: return "help";
            default: return "";
        }
    }

    /// <summary>The arguments, as a person reads them.</summary>
    public static string ArgumentsOf(CommandId id)
    {
        switch (id)
        {
            case CommandId.Send: return "<who> <text>";
            case CommandId.Read: return "<who> [count]";
            case CommandId.Reply: return "<who> <message> <text>";
            case CommandId.React: return "<who> <message> [emoji]";
            case CommandId.Cancel:
            case CommandId.Info: return "<who> <message>";
            case CommandId.Search: return "<text>";
            case CommandId.Value: return "<who> <value> [unit]";
            case CommandId.Location: return "<who> <latitude> <longitude>";
            case CommandId.Mute:
            case CommandId.Unmute:
            case CommandId.Delete: return "<who>";
            case CommandId.Contact: return "[list | add <device> | remove <device>]";
            case CommandId.Group: return "[list | create | rename | add | remove | admin | leave | members]";
            case CommandId.Wifi: return "[retry]";
            case CommandId.Set: return "[setting [choice]]";
            case CommandId.Replies: return "[list | add <text> | change <number> <text> | remove <number>]";
            case CommandId.Mode: return "<text | json>";
            case CommandId.Sleep: return "<seconds>";
            case CommandId.Help: return "[command]";
            default: return "";
        }
    }

    /// <summary>What it does, in one line.</summary>
    public static string HelpOf(CommandId id)
    {
        switch (id)
        {
            case CommandId.Send: return "send a text";
            case CommandId.List: return "list the conversations, newest first";
            case CommandId.Read: return "show the last messages of a conversation and mark them as read";
            case CommandId.Reply: return "answer a message";
            case CommandId.React: return "react to a message with an emoji, or take the reaction back";
            case CommandId.Cancel: return "take a message back that has not gone out";
            case CommandId.Info: return "show who has a message and who has read it";
            case CommandId.Search: return "find messages that contain a text";
            case CommandId.Value: return "send a sensor value";
            case CommandId.Location: return "send a place in degrees";
            case CommandId.Mute: return "let a conversation be silent";
            case CommandId.Unmute: return "let a conversation be heard again";
            case CommandId.Delete: return "delete a conversation with all its messages; asks first";
            case CommandId.Contact: return "show, add or remove contacts";
            case CommandId.Group: return "show, make and change groups";
            case CommandId.Status: return "show how board, connection and storage are";
            case CommandId.Log: return "show what happened last";
            case CommandId.Wifi: return "show the network and measure its signal, or try to connect now";
            case CommandId.Set: return "show or change settings";
            case CommandId.Replies: return "show or change the answers that the keys offer";
            case CommandId.Mode: return "talk in text for people, or in JSON for programs";
            case CommandId.Reboot: return "restart the board";
            case CommandId.Shutdown: return "say goodbye to the contacts and stop";
            case CommandId.Sleep: return "sleep, and tell the contacts when the board wakes";
            case CommandId.FactoryReset: return "erase everything on the board; asks first";
            case CommandId.Clear: return "clear the screen";
            case CommandId.About: return "show name and version";
            case CommandId.Help: return "show the commands, or all about one";
            default: return "";
        }
    }

    /// <summary>Whether it needs a board that knows who it is.</summary>
    public static bool NeedsDevice(CommandId id)
    {
        switch (id)
        {
            case CommandId.Status:
            case CommandId.Log:
            case CommandId.Wifi:
            case CommandId.Set:
            case CommandId.Replies:
            case CommandId.Mode:
            case CommandId.Reboot:
            case CommandId.Shutdown:
            case CommandId.Sleep:
            case CommandId.FactoryReset:
            case CommandId.Clear:
            case CommandId.About:
            case CommandId.Help: return false;
            default: return true;
        }
    }

    /// <summary>What the argument at a place is, 1 for the first; <paramref name="verb"/> is the first argument when it is complete.</summary>
    public static Completion CompletionOf(CommandId id, int place, string verb)
    {
        if (place == 1) return FirstArgument(id);
        if (id == CommandId.Contact && place == 2) return verb == "remove" ? Completion.Contact : verb == "add" ? Completion.Conversation : Completion.None;
        if (id == CommandId.Group && place == 2) return verb == "create" || verb == "list" ? Completion.None : Completion.Group;
        if (id == CommandId.Group && place == 3) return verb == "add" ? Completion.Contact : verb == "remove" || verb == "admin" ? Completion.Member : Completion.None;
        return id == CommandId.Set && place == 2 ? Completion.Choice : Completion.None;
    }

    private static Completion FirstArgument(CommandId id)
    {
        switch (id)
        {
            case CommandId.Send:
            case CommandId.Read:
            case CommandId.Reply:
            case CommandId.React:
            case CommandId.Cancel:
            case CommandId.Info:
            case CommandId.Value:
            case CommandId.Location:
            case CommandId.Mute:
            case CommandId.Unmute:
            case CommandId.Delete: return Completion.Conversation;
            case CommandId.Contact: return Completion.ContactVerb;
            case CommandId.Group: return Completion.GroupVerb;
            case CommandId.Wifi: return Completion.WifiVerb;
            case CommandId.Set: return Completion.Setting;
            case CommandId.Replies: return Completion.ReplyVerb;
            case CommandId.Mode: return Completion.Mode;
            case CommandId.Help: return Completion.Command;
            default: return Completion.None;
        }
    }

    // what people type who know other programs
    private static CommandId OtherWordFor(string name)
    {
        switch (name)
        {
            case "?":
            case "man":
            case "commands": return CommandId.Help;
            case "msg":
            case "say":
            case "write":
            case "text":
            case "chat": return CommandId.Send;
            case "ls":
            case "dir":
            case "chats": return CommandId.List;
            case "show":
            case "open":
            case "cat": return CommandId.Read;
            case "find":
            case "grep": return CommandId.Search;
            case "contacts":
            case "who":
            case "friends": return CommandId.Contact;
            case "groups": return CommandId.Group;
            case "reset":
            case "restart": return CommandId.Reboot;
            case "exit":
            case "quit":
            case "off":
            case "halt": return CommandId.Shutdown;
            case "cls": return CommandId.Clear;
            case "version":
            case "ver": return CommandId.About;
            case "net":
            case "network": return CommandId.Wifi;
            case "config":
            case "settings": return CommandId.Set;
            default: return CommandId.None;
        }
    }
}
