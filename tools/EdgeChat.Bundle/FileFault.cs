namespace EdgeChat.Bundle;

/// <summary>What is wrong with a file, in words, for whoever has to mend it.</summary>
public static class FileFault
{
    private const int NoSpace = 28; // ENOSPC (errno(3))
    private const int DiskFull = unchecked((int)0x80070070), HandleDiskFull = unchecked((int)0x80070027); // Windows

    /// <summary>The cause, and for a full disk or a missing right what to do.</summary>
    public static string Of(Exception e) => e switch
    {
        _ when IsFull(e) => "the disk is full: make room, then run the command again",
        UnauthorizedAccessException { InnerException: not null } =>
            "you have no right to: run the command as who has, or choose another place",
        _ => e.Message.TrimEnd('.'),
    };

    /// <summary>Removes what was begun of a file that could not be written; that it cannot be removed either says nothing new.</summary>
    public static void Drop(string partial)
    {
        try
        {
            File.Delete(partial);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // what has kept the file from being written is told
        }
    }

    /// <summary>Whether there was no room left.</summary>
    public static bool IsFull(Exception e) => e is IOException { HResult: NoSpace or DiskFull or HandleDiskFull };
}
