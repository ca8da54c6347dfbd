namespace EdgeChat.Cli;

/// <summary>A command of the console: its words, what its arguments can be, and what it does.</summary>
/// <remarks>Made by <see cref="CommandList"/> for the one line that was typed, or to be told about, and let go then. So nothing of a
/// command is on the heap while none runs, and it keeps nothing from one line to the next.</remarks>
internal abstract class Command
{
    /// <summary>What the name of a message is, for the details.</summary>
    protected const string Naming =
        "<message> is what read shows in brackets: a number alone is a message of the other device,\n"
        + "sender/number any message, . the newest one that can be meant.\n";

    /// <summary>Columns of a list that an id takes: 16 characters at most, and what divides it from the next.</summary>
    protected const int IdColumns = 18;

    /// <summary>What is typed.</summary>
    public readonly string Name;

    /// <summary>The arguments, as a person reads them.</summary>
    public readonly string Arguments;

    /// <summary>What it does, in one line.</summary>
    public readonly string Help;

    /// <summary>What <c>help COMMAND</c> teaches beyond that, with examples to type: lines, each ended by a line feed.</summary>
    public string Details = "";

    /// <summary>What people type for it who know other programs, divided by spaces.</summary>
    public string OtherNames = "";

    /// <summary>What the first argument is.</summary>
    public Completion First;

    /// <summary>The words that the first argument can be, divided by spaces, when it is <see cref="Completion.Word"/>.</summary>
    public string Words = "";

    /// <summary>Whether it needs a board that knows who it is.</summary>
    public bool NeedsDevice = true;

    /// <summary>What it works with while it runs.</summary>
    public ShellContext C;

    /// <summary>Makes a command from what <c>help</c> says of it.</summary>
    protected Command(string name, string arguments, string help)
    {
        Name = name;
        Arguments = arguments;
        Help = help;
    }

    /// <summary>Does it; its arguments are in <see cref="ShellContext.Line"/>.</summary>
    public abstract void Run();

    /// <summary>What the argument at a place is, 1 for the first; <paramref name="verb"/> is the first argument once it is
    /// complete.</summary>
    public virtual Completion CompletionAt(int place, string verb) { return place == 1 ? First : Completion.None; }

    /// <summary>The words that the argument at a place can be, behind the word <paramref name="before"/>; null for none.</summary>
    public virtual string[] WordsAt(int place, string before) { return Words.Split(' '); }
}
