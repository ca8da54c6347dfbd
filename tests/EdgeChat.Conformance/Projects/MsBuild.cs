using System.Diagnostics;
using System.Text.Json;

namespace EdgeChat.Conformance;

/// <summary>Asks MSBuild itself what a project file means.</summary>
public static class MsBuild
{
    /// <summary>Full paths of the evaluated items of a kind.</summary>
    public static async Task<string[]> Items(string project, string item)
    {
        string output = await Run("msbuild", Repository.At(project), "-getItem:" + item);
        return JsonDocument.Parse(output).RootElement.GetProperty("Items").GetProperty(item).EnumerateArray()
            .Select(i => i.GetProperty("FullPath").GetString()!).Order(StringComparer.Ordinal).ToArray();
    }

    /// <summary>Evaluated properties; more arguments may set others.</summary>
    public static async Task<Dictionary<string, string>> Properties(string project, string[] names, params string[] more)
    {
        string output = await Run(["msbuild", Repository.At(project), "-getProperty:" + string.Join(',', names), .. more]);
        return JsonDocument.Parse(output).RootElement.GetProperty("Properties").EnumerateObject()
            .ToDictionary(p => p.Name, p => p.Value.GetString()!);
    }

    /// <summary>Runs <c>dotnet</c> and gives its output; throws when it fails.</summary>
    public static async Task<string> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        // What the running test command set for its own build would change this one.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException("dotnet " + string.Join(' ', arguments) + " ended with " + process.ExitCode + "\n"
                + output);
        return output;
    }
}
