namespace EdgeChat.Cli;

/// <summary>The command <c>help</c>: all commands in a line each, or all about one.</summary>
internal sealed class HelpCommand : Command
{
    public const string Word = "help";

    private const int NameColumns = 15;

    public HelpCommand()
        : base(Word, "[command]", "show the commands, or all about one")
    {
        OtherNames = "? man commands";
        NeedsDevice = false;
        First = Completion.Command;
        Details = "Keys: arrows, Home, End, Ctrl-A E U K W L, Tab completes, Up and Down bring lines back,\n"
            + "Alt-Enter is a line break in a message, Ctrl-C forgets the line. A line that begins with # is a remark.\n"
            + "  help send\n";
    }

    public override void Run()
    {
        string name = C.Line.NextWord();
        Command command = name == null ? null : CommandList.Find(name);
        if (name == null) WriteAll();
        else if (command == null) C.Fail("unknown-command", "help: " + CommandList.Unknown(name) + "See: help");
        else if (C.IsJson) WriteItem(command);
        else Teach(command);
    }

    private void WriteAll()
    {
        if (!C.IsJson) C.Out.WriteLine("To write to somebody:  send <device> <text>      All about a command:  help <command>");
        int place = 0;
        for (Command command = CommandList.At(0); command != null; command = CommandList.At(++place))
        {
            if (C.IsJson)
            {
                WriteItem(command);
                continue;
            }

            C.Out.Write("  ");
            C.Out.Style(TextStyle.Strong);
            C.Out.WritePadded(command.Name, NameColumns);
            C.Out.Style(TextStyle.Plain);
            C.Out.WriteLine(command.Help);
        }
    }

    private void Teach(Command command)
    {
        C.Out.Style(TextStyle.Strong);
        C.Out.Write(command.Name);
        if (command.Arguments.Length > 0) C.Out.Write(" " + command.Arguments);
        C.Out.Style(TextStyle.Plain);
        C.Out.EndLine();
        C.Out.WriteLine("  " + command.Help);
        string[] lines = command.Details.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length == 0) continue;
            C.Out.Write("  ");
            C.Out.WriteLine(lines[i]);
        }
    }

    private void WriteItem(Command command)
    {
        C.Json.Begin("item", "command");
        C.Json.Add("name", command.Name);
        C.Json.Add("arguments", command.Arguments);
        C.Json.Add("help", command.Help);
        C.Json.End();
    }
}
