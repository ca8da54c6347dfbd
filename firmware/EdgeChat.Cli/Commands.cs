using EdgeChat.Delivery;

namespace EdgeChat.Cli;

/// <summary>All commands of the console: finds the one that was typed, and runs it or says why not.</summary>
internal sealed class Commands
{
    private readonly ShellContext _c;
    private readonly CommandFamily _talk;
    private readonly CommandFamily _read;
    private readonly CommandFamily _contacts;
    private readonly CommandFamily _groups;
    private readonly CommandFamily _status;
    private readonly CommandFamily _log;
    private readonly CommandFamily _board;
    private readonly CommandFamily _set;
    private readonly CommandFamily _replies;
    private readonly CommandFamily _help;
    private readonly CommandFamily _search;
    private readonly CommandFamily _wifi;

    /// <summary>Makes the commands; <paramref name="replies"/> is null on a board without keys.</summary>
    public Commands(ShellContext context, MessagePrinter printer, SessionPrinter session, SearchJob search, WifiCommand wifi, SetCommand set,
        QuickReplies replies)
    {
        _c = context;
        _talk = new TalkCommands(context);
        _read = new ReadCommands(context, printer);
        _contacts = new ContactCommands(context);
        _groups = new GroupCommands(context);
        _status = new StatusCommands(context, session);
        _log = new LogCommand(context);
        _board = new BoardCommands(context);
        _set = set;
        _replies = new ReplyCommands(context, replies);
        _help = new HelpCommand(context);
        _search = search;
        _wifi = wifi;
    }

    /// <summary>Runs the command of this name; its arguments are in <see cref="ShellContext.Line"/>.</summary>
    public void Run(string name)
    {
        _c.Command = CommandTable.Find(name);
        _c.HasResult = false;
        if (_c.Command == CommandId.None)
        {
            CommandId near = CommandTable.Nearest(name);
            string meant = near == CommandId.None ? ". " : ": did you mean " + CommandTable.NameOf(near) + "? ";
            _c.Fail("unknown-command", "no command \"" + name + "\"" + meant + "All commands: help");
            return;
        }

        if (_c.Me.DeviceId == null && CommandTable.NeedsDevice(_c.Command))
        {
            _c.Fail("not-provisioned", name + ": this board has no device id yet: put edgechat.json on its drive I: and restart it");
            return;
        }

        FamilyOf(_c.Command).Run();
    }

    private CommandFamily FamilyOf(CommandId id)
    {
        switch (id)
        {
            case CommandId.Send:
            case CommandId.Reply:
            case CommandId.React:
            case CommandId.Cancel:
            case CommandId.Value:
            case CommandId.Location: return _talk;
            case CommandId.List:
            case CommandId.Read:
            case CommandId.Info:
            case CommandId.Mute:
            case CommandId.Unmute:
            case CommandId.Delete: return _read;
            case CommandId.Search: return _search;
            case CommandId.Contact: return _contacts;
            case CommandId.Group: return _groups;
            case CommandId.Status:
            case CommandId.About: return _status;
            case CommandId.Wifi: return _wifi;
            case CommandId.Log: return _log;
            case CommandId.Set: return _set;
            case CommandId.Replies: return _replies;
            case CommandId.Help: return _help;
            default: return _board;
        }
    }
}
