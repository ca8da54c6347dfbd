namespace EdgeChat.Tool.Commands;

/// <summary>The standard output is not there, or is not one to write to, as after <c>&gt;&amp;-</c>.</summary>
internal static class OutputFault
{
    private const int BadDescriptor = 9; // EBADF (errno(3))

    /// <summary>What is said about it.</summary>
    public const string Words = "the standard output is closed, or cannot be written: give it a place to go, such as > /dev/null";

    /// <summary>Whether that is what has happened.</summary>
    public static bool Is(Exception e) => e is UnauthorizedAccessException { InnerException: IOException { HResult: BadDescriptor } };
}
