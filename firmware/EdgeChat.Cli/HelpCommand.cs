namespace EdgeChat.Cli;

/// <summary>The command <c>help</c>: all commands in a line each, or all about one.</summary>
internal sealed class HelpCommand : CommandFamily
{
    private const int NameColumns = 15;

    public HelpCommand(ShellContext context)
        : base(context)
    {
    }

    public override void Run()
    {
        string name = C.Line.NextWord();
        if (name == null)
        {
            All();
            return;
        }

        CommandId id = CommandTable.Find(name);
        if (id != CommandId.None)
        {
            One(id);
            return;
        }

        id = CommandTable.Nearest(name);
        C.Fail("unknown-command", "help: no command \"" + name + "\"" + (id == CommandId.None ? ". " : ": did you mean " + CommandTable.NameOf(id) + "? ") + "See: help");
    }

    private void All()
    {
        if (!C.IsJson) C.Out.WriteLine("To write to somebody:  send <device> <text>      All about a command:  help <command>");
        for (int i = 0; i < CommandTable.Count; i++)
        {
            CommandId id = (CommandId)i;
            if (C.IsJson)
            {
                Json(id);
                continue;
            }

            C.Out.Write("  ");
            C.Out.Style(TextStyle.Strong);
            C.Out.WritePadded(CommandTable.NameOf(id), NameColumns);
            C.Out.Style(TextStyle.Plain);
            C.Out.WriteLine(CommandTable.HelpOf(id));
        }
    }

    private void One(CommandId id)
    {
        if (C.IsJson)
        {
            Json(id);
            return;
        }

        C.Out.Style(TextStyle.Strong);
        C.Out.Write(CommandTable.NameOf(id));
        string arguments = CommandTable.ArgumentsOf(id);
        if (arguments.Length > 0) C.Out.Write(" " + arguments);
        C.Out.Style(TextStyle.Plain);
        C.Out.EndLine();
        C.Out.WriteLine("  " + CommandTable.HelpOf(id));
        string[] lines = CommandHelp.DetailsOf(id).Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            C.Out.Write("  ");
            C.Out.WriteLine(lines[i]);
        }
    }

    private void Json(CommandId id)
    {
        C.Json.Begin("item", "command");
        C.Json.Add("name", CommandTable.NameOf(id));
        C.Json.Add("arguments", CommandTable.ArgumentsOf(id));
        C.Json.Add("help", CommandTable.HelpOf(id));
        C.Json.End();
    }
}
