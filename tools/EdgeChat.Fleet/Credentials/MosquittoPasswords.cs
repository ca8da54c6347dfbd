using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>Mosquitto's password file: a line <c>user:$7$iterations$salt$hash</c> for each user, PBKDF2 with SHA-512, as
/// <c>mosquitto_passwd</c> of 2.0 writes it. The broker reads it again at SIGHUP.</summary>
public sealed partial class MosquittoPasswords : ICredentials
{
    private const int Iterations = 101; // what mosquitto_passwd takes; the passwords are 192 random bits, so more would add nothing
    private const int SaltBytes = 12;
    private const int HashBytes = 64;
    private const int HangUp = 1;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly SemaphoreSlim _one = new(1);
    private readonly string _path;
    private readonly string? _pidFile;

    /// <summary>Opens the file at <paramref name="path"/>; <paramref name="pidFile"/> has the broker's process id, null for a broker that
    /// somebody else reloads.</summary>
    public MosquittoPasswords(string path, string? pidFile)
    {
        _path = path;
        _pidFile = pidFile;
    }

    /// <inheritdoc/>
    public bool HasPasswords => true;

    /// <inheritdoc/>
    public Task SetAsync(string user, string password, CancellationToken stop) => EditAsync(user, Line(user, password), stop);

    /// <inheritdoc/>
    public Task RemoveAsync(string user, CancellationToken stop) => EditAsync(user, null, stop);

    /// <summary>The line of a user.</summary>
    public static string Line(string user, string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA512, HashBytes);
        return $"{user}:$7${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }

    private async Task EditAsync(string user, string? line, CancellationToken stop)
    {
        await _one.WaitAsync(stop);
        try
        {
            // beside other processes: whoever has this file open may write the other
            await using FileStream guard = await LockAsync(stop);
            string[] lines = File.Exists(_path) ? File.ReadAllLines(_path) : [];
            List<string> kept = [.. lines.Where(l => l.Length > 0 && !l.StartsWith(user + ":", StringComparison.Ordinal))];
            if (line is not null) kept.Add(line);
            Replace(string.Join('\n', kept) + (kept.Count > 0 ? "\n" : ""));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException(
                $"{_path}: the broker's passwords cannot be written ({FileFault.Of(e)}): run as who may, or set credentials: "
                    + "command", e);
        }
        finally
        {
            _one.Release();
        }

        Reload();
    }

    private async Task<FileStream> LockAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return new FileStream(_path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(_path + ".lock"))
            {
                await Task.Delay(Pause, stop);
            }
        }
    }

    // The old file stays whole until the new one is; owner and rights stay what they are, so that the broker can go on reading it.
    private void Replace(string text)
    {
        string partial = _path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(partial, options))
        {
            file.Write(Encoding.UTF8.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        if (!OperatingSystem.IsWindows() && File.Exists(_path))
        {
            File.SetUnixFileMode(partial, File.GetUnixFileMode(_path));
            if (Environment.IsPrivilegedProcess)
            {
                using var owner = Process.Start("chown", ["--reference", _path, partial]);
                owner.WaitForExit();
            }
        }

        File.Move(partial, _path, overwrite: true);
    }

    private void Reload()
    {
        if (_pidFile is null) return;
        string text = File.Exists(_pidFile) ? File.ReadAllText(_pidFile).Trim() : "";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int id) || id <= 1)
            throw new FleetException($"{_pidFile} has no process id: is Mosquitto running, with `pid_file {_pidFile}`?");
        if (Kill(id, HangUp) != 0)
            throw new FleetException(
                $"Mosquitto (process {id}, from {_pidFile}) cannot be told to read its passwords: is it running, and may you signal it?");
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int process, int signal);
}
