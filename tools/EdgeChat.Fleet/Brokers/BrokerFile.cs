using System.Text;

namespace EdgeChat.Fleet;

/// <summary>A file of a broker's folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="IsSecret">Whether only its owner may read it.</param>
/// <param name="IsProgram">Whether it is to be run.</param>
public sealed record BrokerFile(string Name, string Text, bool IsSecret = false, bool IsProgram = false)
{
    /// <summary>What the name of a file ends with until it is whole.</summary>
    internal const string New = ".new";

    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes it into a folder, whole or not at all; the rights are right before the first byte is in it.</summary>
    public void WriteTo(string folder) => WriteAll(folder, [this]);

    /// <summary>Writes files into a folder: when there is no room for one, each of them stays what it was, since one without the other, as
    /// a certificate without its key, is of no use.</summary>
    public static void WriteAll(string folder, IReadOnlyList<BrokerFile> files)
    {
        string[] paths = [.. files.Select(f => Path.Combine(folder, f.Name))];
        try
        {
            for (int i = 0; i < paths.Length; i++) files[i].WriteNew(paths[i] + New);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            foreach (string path in paths) File.Delete(path + New);
            throw;
        }

        foreach (string path in paths) File.Move(path + New, path, overwrite: true);
    }

    private void WriteNew(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            UnixFileMode mode = IsSecret ? Owner : Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            options.UnixCreateMode = IsProgram ? mode | UnixFileMode.UserExecute : mode;
        }

        File.Delete(path);
        using var file = new FileStream(path, options);
        file.Write(Encoding.UTF8.GetBytes(Text));
        file.Flush(flushToDisk: true); // or a power cut may leave its name with nothing in it
    }
}
