namespace EdgeChat.VirtualBoard;

/// <summary>The folder of the PC under a drive. Each change is whole even when the PC's own process ends in it.</summary>
internal sealed class FlashHost
{
    private const string Hidden = ".board";

    private readonly string _board;
    private readonly string _beside;

    public FlashHost(string board, string folder)
    {
        _board = board;
        Folder = Path.GetFullPath(folder);
        _beside = Path.Combine(Folder, Hidden);
        try
        {
            Directory.CreateDirectory(_beside);
            string probe = Path.Combine(_beside, "probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(
                $"board \"{board}\": its flash folder \"{Folder}\" cannot be written ({e.Message}); choose a folder that you own", e);
        }
    }

    public string Folder { get; }

    public string Beside(string name) => Path.Combine(_beside, name);

    public bool IsFile(string path) => File.Exists(At(path));

    public bool IsFolder(string path) => Directory.Exists(At(path));

    public byte[] Read(string path) => Guard(path, () => File.ReadAllBytes(At(path)));

    public void Write(string path, ReadOnlySpan<byte> content)
    {
        byte[] bytes = content.ToArray();
        Guard(path, () =>
        {
            string whole = Beside("write");
            File.WriteAllBytes(whole, bytes);
            File.Move(whole, At(path), overwrite: true);
            return 0;
        });
    }

    public void Delete(string path) => Guard(path, () =>
    {
        File.Delete(At(path));
        return 0;
    });

    public void Move(string from, string to) => Guard(from, () =>
    {
        Directory.Move(At(from), At(to));
        return 0;
    });

    public void MakeFolder(string path) => Guard(path, () => Directory.CreateDirectory(At(path)));

    public void DeleteFolder(string path) => Guard(path, () =>
    {
        Directory.Delete(At(path));
        return 0;
    });

    /// <summary>Files or folders of a folder, as paths below the drive, in the order of their names.</summary>
    public string[] List(string path, bool folders) => Guard(path, () =>
    {
        string prefix = path.Length == 0 ? "" : path + "/";
        IEnumerable<string> found = folders ? Directory.EnumerateDirectories(At(path)) : Directory.EnumerateFiles(At(path));
        return found.Select(Path.GetFileName).Where(n => prefix.Length > 0 || n != Hidden).Order(StringComparer.Ordinal)
            .Select(n => prefix + n).ToArray();
    });

    public void Measure(FlashSpace space)
    {
        space.Clear();
        Measure(space, "");
    }

    private void Measure(FlashSpace space, string path)
    {
        foreach (string file in List(path, folders: false)) space.Set(file, new FileInfo(At(file)).Length);
        foreach (string folder in List(path, folders: true))
        {
            space.AddDirectory();
            Measure(space, folder);
        }
    }

    private string At(string path) => path.Length == 0 ? Folder : Path.Combine(Folder, path.Replace('/', Path.DirectorySeparatorChar));

    private T Guard<T>(string path, Func<T> body)
    {
        try
        {
            return body();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new Platform.IOException($"board \"{_board}\": the PC cannot do this to \"{At(path)}\": {e.Message}", e);
        }
    }
}
