using System.Runtime.InteropServices;

namespace EdgeChat.Fleet;

/// <summary>Signals to other processes, as POSIX has them.</summary>
public static partial class UnixSignal
{
    /// <summary>Reads its files again.</summary>
    public const int HangUp = 1;

    /// <summary>Ends in order.</summary>
    public const int Terminate = 15;

    /// <summary>Sends a signal; false when there is no such process, or it may not be signalled.</summary>
    public static bool Send(int process, int signal) => Kill(process, signal) == 0;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
