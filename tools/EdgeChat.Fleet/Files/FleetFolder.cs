namespace EdgeChat.Fleet;

/// <summary>The folder of a fleet file, which the files that it names are relative to.</summary>
/// <param name="fleetFile">The fleet's file.</param>
/// <param name="needed">Which of the files that it names must be there.</param>
internal sealed class FleetFolder(string fleetFile, FleetFiles needed)
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(fleetFile))!;

    /// <summary>Where a named file is.</summary>
    public string At(string name) => Path.GetFullPath(name, _folder);

    /// <summary>Whether files of this use must be there.</summary>
    public bool Needs(FleetFiles use) => needed >= use;

    /// <summary>Where a named file of a use is; empty when it is not named. When it must be there and is not, that is noted with what it
    /// is.</summary>
    public string Existing(YamlSection section, string key, FleetFiles use, string what)
    {
        if (section.Text(key) is not { } name) return "";
        string path = At(name);
        if (Needs(use) && !File.Exists(path)) section.Wrong(key, $"names a file that is not there ({path}): {what}");
        return path;
    }
}
