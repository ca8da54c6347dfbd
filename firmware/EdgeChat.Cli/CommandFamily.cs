namespace EdgeChat.Cli;

/// <summary>Commands that belong together.</summary>
internal abstract class CommandFamily
{
    /// <summary>Columns of a list that an id takes: 16 characters at most, and what divides it from the next.</summary>
    protected const int IdColumns = 18;

    /// <summary>Makes a family that works with a shell's context.</summary>
    protected CommandFamily(ShellContext context)
    {
        C = context;
    }

    /// <summary>What the commands work with.</summary>
    protected ShellContext C { get; }

    /// <summary>Runs <see cref="ShellContext.Command"/>; its arguments are in <see cref="ShellContext.Line"/>.</summary>
    public abstract void Run();
}
