namespace EdgeChat.Cli;

/// <summary>A command that is not done when it has run: it goes on as <see cref="ShellContext.Job"/>, step by step, until it takes itself
/// from there.</summary>
internal abstract class LongCommand : Command
{
    /// <summary>Messages that one step shows or looks at, because each is read from flash.</summary>
    protected const int MessagesOfStep = 16;

    /// <summary>When it goes on, in milliseconds since boot; 0 for at once, whenever the board has nothing else to do.</summary>
    public long DueMs;

    /// <inheritdoc cref="Command(string, string, string)"/>
    protected LongCommand(string name, string arguments, string help)
        : base(name, arguments, help)
    {
    }

    /// <summary>Goes on; called when it is due, and without a pause when the next line is to be done.</summary>
    public abstract void GoOn();

    /// <summary>Ends where it is, because somebody does not want to wait, and says so.</summary>
    public virtual void Interrupt()
    {
        End();
        C.Fail("stopped", Name + ": stopped");
    }

    /// <summary>It has more to do than one step: the result comes at the end.</summary>
    protected void Begin()
    {
        C.HasResult = true;
        C.Job = this;
    }

    /// <summary>It is done: what is written from now on is its result.</summary>
    protected void End()
    {
        C.Job = null;
        C.Command = this;
    }
}
