namespace EdgeChat.Fuzz.Tests;

/// <summary>The inputs of a target that each execute something that none before them does: a file of lines in base64.</summary>
internal static class Corpus
{
    private const int Longest = 256;
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "corpus");

    /// <summary>Reads it; empty where there is none.</summary>
    public static byte[][] Read(string target)
    {
        string path = Path.Combine(Folder, target + ".txt");
        return File.Exists(path) ? [.. File.ReadLines(path).Select(Convert.FromBase64String)] : [];
    }

    /// <summary>Writes it into a folder, but for long ones.</summary>
    public static void Write(string folder, string target, IEnumerable<byte[]> inputs) => File.WriteAllText(
        Path.Combine(folder, target + ".txt"),
        string.Concat(inputs.Where(i => i.Length <= Longest).Select(i => Convert.ToBase64String(i) + "\n")));
}
