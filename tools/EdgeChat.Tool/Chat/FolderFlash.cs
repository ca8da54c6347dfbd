using EdgeChat.Core;

namespace EdgeChat.Tool.Chat;

/// <summary>The core's flash as files of one folder of this PC.</summary>
/// <remarks>What was appended is on the disk when <see cref="Sync"/> returns, so that records that wait share it: whoever owns the core
/// calls it before anything that the core has said goes out. All else is there when a call returns, and what was appended before is
/// too.</remarks>
public sealed class FolderFlash(string folder) : IFlash, IDisposable
{
    private const string Unfinished = ".new";

    private FileStream? _tail;
    private bool _isDirty;

    /// <inheritdoc/>
    public int FreeBytes => -1;

    /// <inheritdoc/>
    public string[] List() =>
        Guard(folder, () => Directory.GetFiles(folder).Select(Path.GetFileName).OfType<string>().Where(IsOurs).ToArray());

    /// <inheritdoc/>
    public int Size(string name) => Guard(name, () =>
    {
        if (!File.Exists(At(name))) return -1;
        long length = new FileInfo(At(name)).Length;
        return length <= int.MaxValue ? (int)length : throw new IOException("it is larger than any history");
    });

    /// <inheritdoc/>
    public int Read(string name, int offset, byte[] buffer, int index, int count) => Guard(name, () =>
    {
        using var file = new FileStream(At(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        file.Position = offset;
        return file.ReadAtLeast(buffer.AsSpan(index, count), count, throwOnEndOfStream: false);
    });

    /// <inheritdoc/>
    public void Append(string name, byte[] buffer, int index, int count) => Guard(name, () =>
    {
        if (_tail?.Name != At(name))
        {
            Close();
            _tail = new FileStream(At(name), FileMode.Append, FileAccess.Write, FileShare.Read);
        }

        _isDirty = true;
        _tail.Write(buffer, index, count);
        _tail.Flush();
        return 0;
    });

    /// <summary>Brings what was appended to the disk.</summary>
    public void Sync()
    {
        if (!_isDirty) return;
        Guard(folder, () =>
        {
            _tail!.Flush(flushToDisk: true);
            return 0;
        });
        _isDirty = false;
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    /// <inheritdoc/>
    public void Replace(string name, byte[] buffer, int index, int count) => Guard(name, () =>
    {
        Close();
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
        Close();
        File.Delete(At(name));
        return 0;
    });

    // what was moved to the end must be there before its old place goes
    private void Close()
    {
        Sync();
        _tail?.Dispose();
        _tail = null;
    }

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
