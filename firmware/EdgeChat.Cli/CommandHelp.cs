namespace EdgeChat.Cli;

/// <summary>What <c>help COMMAND</c> teaches beyond the one line: how to use it, with examples to type.</summary>
public static class CommandHelp
{
    /// <summary>Lines of explanation, ended by line feeds.</summary>
    public static string DetailsOf(CommandId id)
    {
        switch (id)
        {
            case CommandId.Send:
                return "Everything behind <who> is the text, as it stands; there are no quotes and no escapes.\n"
                    + "Alt-Enter puts a line break into it. At most 1024 bytes.\n"
                    + "<who> is a device id or a group id. If both exist: @id is the device, #id the group.\n"
                    + "  send bob On my way\n"
                    + "  send #team Lunch at 12?\n";
            case CommandId.List:
                return "A line has: id, unread messages, time and beginning of the newest message.\n";
            case CommandId.Read:
                return "Shows 10 messages, or [count]. What stands in brackets names a message for reply, react and info.\n"
                    + "Behind your own messages:  ..       waits in this board\n"
                    + "                           ✓        the broker has it\n"
                    + "                           ✓✓       the other board has it; of a group: every member's\n"
                    + "                           ✓✓ read  it was shown there\n"
                    + "                           ✗        given up, with the reason\n"
                    + "  read bob\n"
                    + "  read team 30\n";
            case CommandId.Reply:
                return Naming
                    + "  reply bob 3 Yes, at 9\n"
                    + "  reply team carol/12 Well done\n"
                    + "  reply bob . Yes\n";
            case CommandId.React:
                return Naming
                    + "Without an emoji an earlier reaction is taken back.\n"
                    + "  react bob 3 \U0001F44D\n"
                    + "  react bob .\n";
            case CommandId.Cancel:
                return "Works while the message waits in this board (..). A number alone is one of your own messages.\n"
                    + "  cancel bob 5\n";
            case CommandId.Info:
                return "A number alone is one of your own messages; others are named as in read.\n"
                    + "  info bob 5\n"
                    + "  info team carol/12\n";
            case CommandId.Search:
                return "Looks through everything this board keeps. A-Z and a-z count as the same. Ctrl-C stops it.\n"
                    + "  search lunch\n";
            case CommandId.Value:
                return "The value is a number or a word; the rest of the line is its unit.\n"
                    + "  value bob 21.5 °C\n"
                    + "  value #plant open\n";
            case CommandId.Location:
                return "Degrees with a decimal point: latitude -90 to 90, longitude -180 to 180.\n"
                    + "  location bob 52.5163 13.3777\n";
            case CommandId.Mute:
            case CommandId.Unmute:
                return "A silent conversation counts its unread messages and shows no line when one comes.\n"
                    + "  mute team\n"
                    + "  unmute team\n";
            case CommandId.Delete:
                return "Asks for yes; delete bob yes does not ask. The others keep their messages.\n"
                    + "  delete bob\n";
            case CommandId.Contact:
                return "You see whether a contact is there, and its name.\n"
                    + "  contact\n"
                    + "  contact add carol\n"
                    + "  contact remove carol\n";
            case CommandId.Group:
                return "  group                          the groups\n"
                    + "  group create team Blue team    make one; you are its admin\n"
                    + "  group add team bob             invite\n"
                    + "  group remove team bob\n"
                    + "  group rename team Red team\n"
                    + "  group admin team bob           make an admin; with off at the end: no longer\n"
                    + "  group members team\n"
                    + "  group leave team\n";
            case CommandId.Status:
                return "Trouble counts since the last start: bodies that were refused, duplicates, messages sent again and lost.\n";
            case CommandId.Log:
                return "The last 32 events, oldest first: the connection, contacts, messages.\n";
            case CommandId.Wifi:
                return "  wifi          network and broker, and in a few seconds the signal\n"
                    + "  wifi retry    connect now instead of at the next try\n";
            case CommandId.Set:
                return "Settings survive a restart.\n"
                    + "  set                  all of them\n"
                    + "  set name Alice       the name that others see\n"
                    + "  set utc +02:00       how far local time is ahead of UTC\n"
                    + "  set color on         colours on this console; auto: when it is a terminal\n"
                    + "  set sleep 1min       when the display goes off\n";
            case CommandId.Replies:
                return "The most used come first. At most 24, of 80 bytes each.\n"
                    + "  replies\n"
                    + "  replies add Back at 5\n"
                    + "  replies change 3 No, sorry\n"
                    + "  replies remove 7\n";
            case CommandId.Mode:
                return "In JSON each result and each event is one object on a line, and nothing is echoed.\n"
                    + "The keys stand in docs/console.md. A restart is in text again.\n"
                    + "  mode json\n"
                    + "  mode text\n";
            case CommandId.Shutdown:
                return "Waiting messages stay in flash and go out after the next start.\n";
            case CommandId.Sleep:
                return "The broker keeps what comes meanwhile. The OK key wakes the board too, where its pin can.\n"
                    + "  sleep 600\n";
            case CommandId.FactoryReset:
                return "Erases messages, contacts, settings and credentials. Asks for the device id;\n"
                    + "factory-reset DEVICE-ID does not ask. The board has to be provisioned again.\n";
            case CommandId.Help:
                return "Keys: arrows, Home, End, Ctrl-A E U K W L, Tab completes, Up and Down bring lines back,\n"
                    + "Alt-Enter is a line break in a message, Ctrl-C forgets the line. A line that begins with # is a remark.\n"
                    + "  help send\n";
            default:
                return "";
        }
    }

    private const string Naming =
        "<message> is what read shows in brackets: a number alone is a message of the other device,\n"
        + "sender/number any message, . the newest one that can be meant.\n";
}
