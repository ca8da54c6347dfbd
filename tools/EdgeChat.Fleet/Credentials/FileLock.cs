using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>Keeps two processes from changing the same thing at once: who has a file open shuts others out. The file stays; what an end
/// at any point leaves behind is no lock.</summary>
internal static class FileLock
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

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

    private static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (!FileFault.IsFull(e) && File.Exists(path))
        {
            return null;
        }
    }
}
