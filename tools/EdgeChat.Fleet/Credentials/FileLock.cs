using System.Diagnostics;

namespace EdgeChat.Fleet;

/// <summary>Keeps two processes from changing the same thing at once: who has a file open shuts others out. The file stays; what an end
/// at any point leaves behind is no lock.</summary>
public static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    // A program that is being started has, until it is loaded, a copy of each file that was open then, and of its lock.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Takes it, and waits as long as somebody else has it; given back when the stream is closed.</summary>
    public static async Task<FileStream> TakeAsync(string path, CancellationToken stop)
    {
        FileStream? taken;
        while ((taken = TryTake(path)) is null) await Task.Delay(Pause, stop);
        return taken;
    }

    /// <summary>The same for a caller that cannot await.</summary>
    public static FileStream Take(string path)
    {
        FileStream? taken;
        while ((taken = TryTake(path)) is null) Thread.Sleep(Pause);
        return taken;
    }

    /// <summary>Takes it from nobody: null when somebody has it, and does not give it back at once.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor may it be.</exception>
    public static FileStream? TakeIfFree(string path)
    {
        var since = Stopwatch.StartNew();
        FileStream? taken;
        while ((taken = TryTake(path)) is null && since.Elapsed < Patience) Thread.Sleep(Pause);
        return taken;
    }

    private static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (IsSharing(e))
        {
            return null;
        }
    }

    // Windows: ERROR_SHARING_VIOLATION 32. Elsewhere .NET locks with flock, and reports EWOULDBLOCK: 11, on macOS 35.
    private static bool IsSharing(IOException e) => (e.HResult & 0xFFFF) is 32 or 11 or 35;
}
