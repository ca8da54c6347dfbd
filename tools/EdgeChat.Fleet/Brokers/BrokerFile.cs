namespace EdgeChat.Fleet;

/// <summary>A file of a broker's folder.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="IsSecret">Whether only its owner may read it.</param>
/// <param name="IsProgram">Whether it is to be run.</param>
public sealed record BrokerFile(string Name, string Text, bool IsSecret = false, bool IsProgram = false)
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes it into a folder, whole or not at all; the rights are right before the first byte is in it.</summary>
    public void WriteTo(string folder)
    {
        string path = Path.Combine(folder, Name);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            UnixFileMode mode = IsSecret ? Owner : Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
            options.UnixCreateMode = IsProgram ? mode | UnixFileMode.UserExecute : mode;
        }

        File.Delete(path + ".new");
        using (var writer = new StreamWriter(new FileStream(path + ".new", options))) writer.Write(Text);
        File.Move(path + ".new", path, overwrite: true);
    }
}
