using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>Keeps a broker's folder from being made by two at once, and a node of it from being run twice.</summary>
internal static class FolderClaim
{
    /// <summary>The name of the file that is locked while the folder is made or changed.</summary>
    public const string LockFile = ".lock";

    /// <summary>Claims a folder for who makes it; throws <see cref="FleetException"/> when another one does, or has done so.</summary>
    public static FileStream ToMake(string folder)
    {
        FileStream claim = FileLock.TakeIfFree(At(folder)) ?? throw Busy(folder);
        if (!HasOthers(folder)) return claim;
        claim.Dispose();
        throw new FleetException($"{folder} was just made by another `edgechat broker init`");
    }

    /// <summary>Whether somebody makes or changes a folder; false when that cannot be told.</summary>
    public static bool IsTaken(string folder)
    {
        try
        {
            if (!File.Exists(At(folder))) return false;
            using FileStream? mine = FileLock.TakeIfFree(At(folder));
            return mine is null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Whether something is there beside the lock.</summary>
    public static bool HasOthers(string folder) => File.Exists(folder)
        || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any(f => Path.GetFileName(f) != LockFile));

    /// <summary>That another one makes it.</summary>
    public static FleetException Busy(string folder) => new($"{folder} is being made by another `edgechat broker init`: wait for its end");

    /// <summary>Claims a node: a second one would end for want of its port, and take the file with the first one's process id with it or
    /// write its own there, so that the first hears of no change any more.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="node">The node, from 1 on.</param>
    /// <param name="process">Its process, if it runs.</param>
    public static IDisposable ToRun(string folder, int node, BrokerProcess process)
    {
        try
        {
            FileStream? claim = FileLock.TakeIfFree($"{folder}/.run-{node}.lock");
            if (claim is not null && !process.IsRunning) return claim;
            claim?.Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{folder}: cannot be written ({FileFault.Of(e)})", e);
        }

        throw new FleetException($"{folder}: its broker runs already, as the process in {process.PidFile}: end that one first; if it is "
            + "another program, remove that file");
    }

    private static string At(string folder) => Path.Combine(folder, LockFile);
}
