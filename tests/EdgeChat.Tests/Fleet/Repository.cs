namespace EdgeChat.Tests.Fleet;

/// <summary>Finds files of the repository from wherever the tests run.</summary>
internal static class Repository
{
    public static string File(string path)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (System.IO.File.Exists(Path.Combine(folder.FullName, "EdgeChat.sln"))) return Path.Combine(folder.FullName, path);
        throw new AssertFailedException(
            $"{path}: no folder above {AppContext.BaseDirectory} has EdgeChat.sln; run the tests from a checkout");
    }
}
