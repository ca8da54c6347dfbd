namespace EdgeChat.Fleet;

/// <summary>The folder of a fleet file, which the files that it names are relative to.</summary>
/// <param name="fleetFile">The fleet's file.</param>
/// <param name="isForBroker">Whether only what the broker has to know counts: then the files that boards are made of need not be
/// there.</param>
internal sealed class FleetFolder(string fleetFile, bool isForBroker)
{
    private readonly string _folder = Path.GetDirectoryName(Path.GetFullPath(fleetFile))!;

    /// <summary>Whether only what the broker has to know counts.</summary>
    public bool IsForBroker => isForBroker;

    /// <summary>Where a named file is.</summary>
    public string At(string name) => Path.GetFullPath(name, _folder);

    /// <summary>The same for one that must be there; empty when it is not named, or not there, which is noted with what it is.</summary>
    public string Existing(YamlSection section, string key, string? name, string what)
    {
        if (name is null) return "";
        string path = At(name);
        if (isForBroker || File.Exists(path)) return path;
        section.Wrong(key, $"names a file that is not there ({path}): {what}");
        return "";
    }
}
