using System.Diagnostics;

namespace EdgeChat.Fleet;

/// <summary>Passwords that a command of the operator's sets: <c>COMMAND set USER</c> with the password on its standard input, and
/// <c>COMMAND remove USER</c>.</summary>
public sealed class CommandCredentials(string command) : ICredentials
{
    private const int MostSaid = 200;

    /// <inheritdoc/>
    public bool HasPasswords => true;

    /// <inheritdoc/>
    public Task SetAsync(string user, string password, CancellationToken stop) => RunAsync("set", user, password, stop);

    /// <inheritdoc/>
    public Task RemoveAsync(string user, CancellationToken stop) => RunAsync("remove", user, null, stop);

    /// <summary>Has it give all users the rights that they have now: <c>COMMAND update</c>.</summary>
    public Task UpdateAsync(CancellationToken stop) => RunAsync("update", "", null, stop);

    private async Task RunAsync(string verb, string user, string? password, CancellationToken stop)
    {
        var start = new ProcessStartInfo(command, user.Length > 0 ? [verb, user] : [verb])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using Process process = Process.Start(start)!;
            Task<string> said = process.StandardError.ReadToEndAsync(stop);
            Task<string> printed = process.StandardOutput.ReadToEndAsync(stop);
            await WriteAsync(process.StandardInput, password, stop);
            try
            {
                await process.WaitForExitAsync(stop);
                await Task.WhenAll(said, printed);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            if (process.ExitCode != 0)
                throw new FleetException($"`{command} {verb} {user}` ended with {process.ExitCode}: {Told(await said, password)}");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException)
        {
            throw new FleetException($"{command}: cannot be run ({e.Message.TrimEnd('.')}): make it executable", e);
        }
    }

    // A command that reads nothing may have ended already.
    private static async Task WriteAsync(StreamWriter input, string? password, CancellationToken stop)
    {
        try
        {
            if (password is not null) await input.WriteAsync((password + "\n").AsMemory(), stop);
            input.Close();
        }
        catch (IOException)
        {
        }
    }

    // what it says goes to screens and logs: not with the password in it
    private static string Told(string said, string? password)
    {
        string text = password is null ? said : said.Replace(password, "(password)", StringComparison.Ordinal);
        string line = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault()
            ?? "it said nothing";
        return line.Length > MostSaid ? line[..MostSaid] : line;
    }
}
