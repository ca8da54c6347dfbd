namespace EdgeChat.Tool.Commands;

/// <summary>An end that the user can do something about: one line that says what and what to do, and the exit code.</summary>
public sealed class ToolException : Exception
{
    /// <summary>Makes it with the line for the user and one of <see cref="ExitCode"/>.</summary>
    public ToolException(int exitCode, string message, Exception? inner = null)
        : base(message, inner)
        => ExitCode = exitCode;

    /// <summary>One of <see cref="Commands.ExitCode"/>.</summary>
    public int ExitCode { get; }
}
