namespace EdgeChat.NanoBuild;

/// <summary>Where things are in this checkout.</summary>
public static class Repository
{
    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The nanoFramework API listing.</summary>
    public static string ApiFolder => Path.Combine(Root, "tests", "EdgeChat.Conformance", "api");

    /// <summary>A file or folder by its path in the repository.</summary>
    public static string At(string path) => Path.Combine(Root, path.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The path in the repository of a file, with forward slashes.</summary>
    public static string Relative(string file) => Path.GetRelativePath(Root, file).Replace('\\', '/');

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "EdgeChat.sln"))) return folder.FullName;
        throw new InvalidOperationException("EdgeChat.sln is in no folder above " + AppContext.BaseDirectory
            + ": run the tests from a checkout.");
    }
}
