using EdgeChat.Core;

namespace EdgeChat.Cli;

/// <summary>The commands of the console, in the order of <c>help</c>: a new one is a class of its own and one line here.</summary>
internal static class CommandList
{
    /// <summary>The command of a name, or null.</summary>
    public static Command Find(string name) { return Make(name, 0); }

    /// <summary>The command at a place, or null behind the last.</summary>
    public static Command At(int place) { return Make(null, place); }

    /// <summary>The command that was probably meant, or null: one whose name is near, else one that another program calls so.</summary>
    public static Command Nearest(string name)
    {
        Command best = null;
        Command other = null;
        int least = Limits.GuessedLetters;
        int place = 0;
        for (Command command = At(0); command != null; command = At(++place))
        {
            if ((" " + command.OtherNames + " ").IndexOf(" " + name + " ") >= 0) other = command;
            int distance = EditDistance.Between(name, command.Name);
            if (distance >= least || !EditDistance.IsNear(distance, name)) continue;
            least = distance;
            best = command;
        }

        return best == null ? other : best;
    }

    /// <summary>What is said of a name that no command has, with the command that was probably meant.</summary>
    public static string Unknown(string name)
    {
        Command near = Nearest(name);
        return "no command \"" + name + "\"" + (near == null ? ". " : ": did you mean " + near.Name + "? ");
    }

    private static Command Make(string name, int place)
    {
        if (Is(SendCommand.Word, name, ref place)) return new SendCommand();
        if (Is(ListCommand.Word, name, ref place)) return new ListCommand();
        if (Is(ReadCommand.Word, name, ref place)) return new ReadCommand();
        if (Is(ReplyCommand.Word, name, ref place)) return new ReplyCommand();
        if (Is(ForwardCommand.Word, name, ref place)) return new ForwardCommand();
        if (Is(ReactCommand.Word, name, ref place)) return new ReactCommand();
        if (Is(EditCommand.Word, name, ref place)) return new EditCommand();
        if (Is(CancelCommand.Word, name, ref place)) return new CancelCommand();
        if (Is(InfoCommand.Word, name, ref place)) return new InfoCommand();
        if (Is(SearchCommand.Word, name, ref place)) return new SearchCommand();
        if (Is(StarCommand.Word, name, ref place)) return new StarCommand();
        if (Is(UnstarCommand.Word, name, ref place)) return new UnstarCommand();
        if (Is(StarredCommand.Word, name, ref place)) return new StarredCommand();
        if (Is(ValueCommand.Word, name, ref place)) return new ValueCommand();
        if (Is(LocationCommand.Word, name, ref place)) return new LocationCommand();
        if (Is(MuteCommand.Word, name, ref place)) return new MuteCommand();
        if (Is(UnmuteCommand.Word, name, ref place)) return new UnmuteCommand();
        if (Is(DeleteCommand.Word, name, ref place)) return new DeleteCommand();
        if (Is(ContactCommand.Word, name, ref place)) return new ContactCommand();
        if (Is(BlockCommand.Word, name, ref place)) return new BlockCommand();
        if (Is(UnblockCommand.Word, name, ref place)) return new UnblockCommand();
        if (Is(KeyCommand.Word, name, ref place)) return new KeyCommand();
        if (Is(GroupCommand.Word, name, ref place)) return new GroupCommand();
        if (Is(StatusCommand.Word, name, ref place)) return new StatusCommand();
        if (Is(LogCommand.Word, name, ref place)) return new LogCommand();
        if (Is(WifiCommand.Word, name, ref place)) return new WifiCommand();
        if (Is(SetCommand.Word, name, ref place)) return new SetCommand();
        if (Is(RepliesCommand.Word, name, ref place)) return new RepliesCommand();
        if (Is(ModeCommand.Word, name, ref place)) return new ModeCommand();
        if (Is(RebootCommand.Word, name, ref place)) return new RebootCommand();
        if (Is(ShutdownCommand.Word, name, ref place)) return new ShutdownCommand();
        if (Is(SleepCommand.Word, name, ref place)) return new SleepCommand();
        if (Is(FactoryResetCommand.Word, name, ref place)) return new FactoryResetCommand();
        if (Is(ClearCommand.Word, name, ref place)) return new ClearCommand();
        if (Is(AboutCommand.Word, name, ref place)) return new AboutCommand();
        if (Is(HelpCommand.Word, name, ref place)) return new HelpCommand();
        return null;
    }

    // by name, or, when there is none, by place
    private static bool Is(string word, string name, ref int place) { return name == null ? place-- == 0 : name == word; }
}
