using EdgeChat.Core;

namespace EdgeChat.Tool.Chat;

/// <summary>The core's flash as files of one folder of this PC; what was written is on the disk when a call returns.</summary>
public sealed class FolderFlash(string folder) : IFlash
{
    private const string Unfinished = ".new";

    /// <inheritdoc/>
    public int FreeBytes => -1;

    /// <inheritdoc/>
    public string[] List() =>
        Guard(folder, () => Directory.GetFiles(folder).Select(Path.GetFileName).OfType<string>().Where(IsOurs).ToArray());

    /// <inheritdoc/>
    public int Size(string name) => Guard(name, () => File.Exists(At(name)) ? checked((int)new FileInfo(At(name)).Length) : -1);

    /// <inheritdoc/>
    public int Read(string name, int offset, byte[] buffer, int index, int count) => Guard(name, () =>
    {
        using FileStream file = File.OpenRead(At(name));
        file.Position = offset;
        return file.ReadAtLeast(buffer.AsSpan(index, count), count, throwOnEndOfStream: false);
    });

    /// <inheritdoc/>
    public void Append(string name, byte[] buffer, int index, int count) => Guard(name, () =>
    {
        using var file = new FileStream(At(name), FileMode.Append, FileAccess.Write, FileShare.Read);
        file.Write(buffer, index, count);
        file.Flush(flushToDisk: true);
        return 0;
    });

    /// <inheritdoc/>
    public void Replace(string name, byte[] buffer, int index, int count) => Guard(name, () =>
    {
        using (FileStream file = File.Create(At(name) + Unfinished))
        {
            file.Write(buffer, index, count);
            file.Flush(flushToDisk: true);
        }

        File.Move(At(name) + Unfinished, At(name), overwrite: true);
        return 0;
    });

    /// <inheritdoc/>
    public void Delete(string name) => Guard(name, () =>
    {
        File.Delete(At(name));
        return 0;
    });

    // a name that began with a dot would be the lock file or an editor's
    private static bool IsOurs(string name) => name[0] != '.' && !name.EndsWith(Unfinished, StringComparison.Ordinal);

    private static T Guard<T>(string name, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FlashException(name + ": " + e.Message, e);
        }
    }

    private string At(string name) => Path.Combine(folder, name);
}
