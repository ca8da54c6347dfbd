using System.Text;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>A file of a broker's with a line for each user, which it reads again at SIGHUP.</summary>
/// <param name="path">The file.</param>
/// <param name="broker">Reads it again; null for a broker that somebody else reloads.</param>
/// <param name="head">A line that must stand before the users, or null.</param>
/// <param name="tail">A line that must stand behind them, or null.</param>
internal sealed class UserFile(string path, BrokerProcess? broker, string? head = null, string? tail = null)
{
    private const string New = ".new";

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Puts <paramref name="line"/> in the place of the lines that begin with <paramref name="start"/>; null takes them away.
    /// Then the broker reads the file again.</summary>
    public Task EditAsync(string start, string? line, CancellationToken stop) => EditAsync(
        lines =>
        {
            IEnumerable<string> others = lines.Where(l => !l.StartsWith(start, StringComparison.Ordinal));
            return line is null ? [.. others] : [.. others, line];
        }, stop);

    /// <summary>Changes the users' lines; then the broker reads the file again.</summary>
    public async Task EditAsync(Func<IReadOnlyList<string>, IReadOnlyList<string>> edit, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            // beside other processes: whoever has this file open may write the other
            await using FileStream guard = await FileLock.TakeAsync(path + ".lock", stop);
            string[] lines = File.Exists(path) ? SmallFile.Lines(path) : [];
            Replace(TextOf(edit([.. lines.Where(l => l.Length > 0 && l != head && l != tail)])));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            FileFault.Drop(path + New);
            throw new FleetException(
                $"{path}: the broker's passwords cannot be written ({FileFault.Of(e)}): run as who may, or set credentials: "
                    + "command", e);
        }
        finally
        {
            _one.Release();
        }

        if (broker is not null) await broker.ReloadAsync(stop);
    }

    /// <summary>The whole file with these users.</summary>
    public string TextOf(IEnumerable<string> users)
    {
        IEnumerable<string?> all = [head, .. users, tail];
        return string.Concat(all.Where(l => l is not null).Select(l => l + "\n"));
    }

    // The old file stays whole until the new one is; owner and rights stay what they are, so that the broker can go on reading it.
    private void Replace(string text)
    {
        string partial = path + New;
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(partial, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows() && File.Exists(path))
        {
            File.SetUnixFileMode(partial, File.GetUnixFileMode(path));
            if (OperatingSystem.IsLinux() && !UnixOwner.Copy(path, partial))
                throw new UnauthorizedAccessException("it belongs to another user, who could not read it any more");
        }

        File.Move(partial, path, overwrite: true);
    }
}
