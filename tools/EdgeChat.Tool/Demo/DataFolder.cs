using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Demo;

/// <summary>The folder with a flash folder for each board; one demo at a time uses it.</summary>
public sealed class DataFolder : IDisposable
{
    private const string LockName = ".edgechat.lock";

    private readonly FileStream _lock;

    private DataFolder(string path, bool isTemporary, FileStream exclusive)
    {
        Root = path;
        IsTemporary = isTemporary;
        _lock = exclusive;
    }

    /// <summary>The folder's full path.</summary>
    public string Root { get; }

    /// <summary>True when the folder is removed at the end.</summary>
    public bool IsTemporary { get; }

    /// <summary>Takes the folder <paramref name="path"/>, made when missing, or a new temporary one for null.
    /// Throws <see cref="ToolException"/> when it cannot be written or another demo has it.</summary>
    public static DataFolder Open(string? path)
    {
        if (path is null)
        {
            var temporary = Directory.CreateTempSubdirectory("edgechat-").FullName;
            return new DataFolder(temporary, true, Lock(temporary)!);
        }

        try
        {
            var full = Path.GetFullPath(path);
            Directory.CreateDirectory(full);
            if (Lock(full) is { } exclusive) return new DataFolder(full, false, exclusive);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ToolException(ExitCode.Machine,
                $"--data {path}: cannot write there ({e.Message.TrimEnd('.')}); choose a folder that you may write", e);
        }

        throw new ToolException(ExitCode.Machine,
            $"--data {path}: another edgechat demo uses this folder; stop it, or choose another folder");
    }

    /// <summary>The flash folder of a board; made when missing.</summary>
    public string FlashOf(string id)
    {
        var path = Path.Combine(Root, id);
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine, $"{path}: cannot be made ({e.Message.TrimEnd('.')}); it is to hold {id}'s flash", e);
        }
    }

    /// <summary>Writes files for whoever works with the demo.</summary>
    /// <exception cref="ToolException">One cannot be written.</exception>
    public void Keep(params BrokerFile[] files)
    {
        try
        {
            BrokerFile.WriteAll(Root, files);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine,
                $"{Path.Combine(Root, files[0].Name)}: cannot be written ({FileFault.Of(e)}); remove what is there", e);
        }
    }

    /// <summary>Lets the folder go, and removes it when it is temporary.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        try
        {
            File.Delete(Path.Combine(Root, LockName));
            if (IsTemporary)
                Directory.Delete(Root, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What is left is in the system's folder for temporary files.
        }
    }

    private static FileStream? Lock(string folder) => FileLock.TakeIfFree(Path.Combine(folder, LockName));
}
