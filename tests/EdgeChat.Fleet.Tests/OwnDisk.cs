using System.Diagnostics;

namespace EdgeChat.Fleet.Tests;

/// <summary>A small file system that nobody else sees, to try what a disk can do to a command.</summary>
internal static class OwnDisk
{
    /// <summary>Runs a script in it, with <c>$tool</c> for the tool; what it has printed.</summary>
    public static string Run(TestFolder folder, string name, string script)
    {
        Directory.CreateDirectory(folder[name]);
        File.WriteAllText(folder["script"], $"""
            mount -t tmpfs -o size=128k none {name} || exit 77
            cd {name}
            tool='dotnet {System.IO.Path.Combine(AppContext.BaseDirectory, "edgechat.dll")}'
            {script}
            """);
        using Process process = Process.Start(new ProcessStartInfo("unshare", ["--map-root-user", "--mount", "sh", folder["script"]])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode is 77 or 1 && said.Length == 0) Assert.Inconclusive("no file system can be made here: " + errors.Result);
        return said + errors.Result;
    }
}
