using System.Diagnostics;

namespace EdgeChat.Fleet.Tests;

/// <summary>A shell script that is run in the folder of a test, with <c>$tool</c> for the tool.</summary>
internal static class ShellRun
{
    /// <summary>Runs it to its end, as the last argument of the command <paramref name="under"/> when there is one.</summary>
    public static (int Code, string Out, string Error) Of(TestFolder folder, string script, params string[] under)
    {
        File.WriteAllText(folder["script"], $"""
            tool='dotnet {Path.Combine(AppContext.BaseDirectory, "edgechat.dll")}'
            {script}
            """);
        string[] command = [.. under, "sh", folder["script"]];
        using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said, errors.Result);
    }
}
