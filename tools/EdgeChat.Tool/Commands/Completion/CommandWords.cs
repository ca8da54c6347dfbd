using System.CommandLine;

namespace EdgeChat.Tool.Commands.Completion;

/// <summary>One command of the tree, as a shell completes it.</summary>
/// <param name="Path">The words that lead to it, each with a space before it; empty for the whole command.</param>
/// <param name="Commands">The commands below it.</param>
/// <param name="Options">Its options.</param>
internal sealed record CommandWords(string Path, IReadOnlyList<Command> Commands, IReadOnlyList<Option> Options)
{
    private static readonly string[] FileWords = ["FILE", "DIR", "BUNDLE", "KEY"];

    /// <summary>Whether it takes the names of files.</summary>
    public bool TakesFiles { get; private init; }

    /// <summary>All that can stand behind it: commands, then options.</summary>
    public string Words => string.Join(' ', Commands.Select(c => c.Name).Concat(Options.Select(o => o.Name)));

    /// <summary>The command and all below it, the shorter path first.</summary>
    public static IReadOnlyList<CommandWords> Of(Command root)
    {
        var all = new List<CommandWords>();
        Add(all, root, "");
        return all;
    }

    /// <summary>Whether an option stands alone, without a value.</summary>
    public static bool IsSwitch(Option option) => option.ValueType == typeof(bool) || option.Arity.MaximumNumberOfValues == 0;

    /// <summary>Whether the value of an option is the name of a file or a folder.</summary>
    public static bool IsFile(Option option) => FileWords.Any(word => option.HelpName?.StartsWith(word, StringComparison.Ordinal) == true);

    /// <summary>The values that an option knows; empty when it takes others.</summary>
    public static string ValuesOf(Option option) =>
        IsSwitch(option) ? "" : string.Join(' ', option.GetCompletions(System.CommandLine.Completions.CompletionContext.Empty)
            .Select(c => c.InsertText ?? c.Label));

    private static void Add(List<CommandWords> all, Command command, string path)
    {
        Option[] options = [.. command.Options.Where(o => !o.Hidden).OrderBy(o => o.Name, StringComparer.Ordinal)];
        bool hasHelp = options.Any(o => o.Name == "--help");
        all.Add(new CommandWords(path, [.. command.Subcommands], hasHelp ? options : [.. options, new Option<bool>("--help")
        {
            Description = "Show help and usage information",
        }])
        {
            TakesFiles = command.Arguments.Any(a => a.Name is not "PORT" and not "SHELL"),
        });
        foreach (Command below in command.Subcommands) Add(all, below, path + " " + below.Name);
    }
}
