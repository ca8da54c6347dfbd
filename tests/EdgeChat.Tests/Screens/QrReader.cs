using System.Diagnostics;
using System.Text;

namespace EdgeChat.Tests.Screens;

/// <summary>What a phone would do: reads the QR code in a picture.</summary>
internal static class QrReader
{
    private const int Scale = 4;

    /// <summary>The text of the code in a picture file.</summary>
    public static string Read(string path)
    {
        using Process reader = Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", path])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        string read = reader.StandardOutput.ReadToEnd().Trim();
        reader.WaitForExit();
        return read;
    }

    /// <summary>The text of the code in lines of half blocks, light on dark, as a terminal shows them.</summary>
    public static string Read(IReadOnlyList<string> lines)
    {
        var picture = new StringBuilder($"P2 {lines[0].Length * Scale} {lines.Count * 2 * Scale} 1\n");
        foreach (string line in lines)
            foreach (string light in new[] { "█▀", "█▄" })
                for (int i = 0; i < Scale; i++)
                    foreach (char c in line) picture.Insert(picture.Length, light.Contains(c) ? "1 " : "0 ", Scale);
        string path = Path.GetTempFileName();
        File.WriteAllText(path, picture.ToString());
        string read = Read(path);
        File.Delete(path);
        return read;
    }
}
