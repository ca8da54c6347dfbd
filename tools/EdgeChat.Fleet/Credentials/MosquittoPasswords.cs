using System.Security.Cryptography;
using System.Text;

namespace EdgeChat.Fleet;

/// <summary>Mosquitto's password file: a line <c>user:$7$iterations$salt$hash</c> for each user, PBKDF2 with SHA-512, as
/// <c>mosquitto_passwd</c> of 2.0 writes it. The broker reads it again at SIGHUP.</summary>
public sealed class MosquittoPasswords : ICredentials
{
    private const int Iterations = 101; // what mosquitto_passwd takes; the passwords are 192 random bits, so more would add nothing
    private const int SaltBytes = 12;
    private const int HashBytes = 64;

    private readonly UserFile _file;

    /// <summary>Opens the file at <paramref name="path"/>; <paramref name="pidFile"/> has the broker's process id, null for a broker that
    /// somebody else reloads.</summary>
    public MosquittoPasswords(string path, string? pidFile) =>
        _file = new UserFile(path, pidFile is null ? null : BrokerProcess.OfMosquitto(pidFile));

    /// <inheritdoc/>
    public bool HasPasswords => true;

    /// <inheritdoc/>
    public Task SetAsync(string user, string password, CancellationToken stop) => _file.EditAsync(user + ":", Line(user, password), stop);

    /// <inheritdoc/>
    public Task RemoveAsync(string user, CancellationToken stop) => _file.EditAsync(user + ":", null, stop);

    /// <summary>The line of a user.</summary>
    public static string Line(string user, string password)
    {
        byte[] salt = RandomNumberGenerator.GetBytes(SaltBytes);
        byte[] hash = Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, Iterations, HashAlgorithmName.SHA512, HashBytes);
        return $"{user}:$7${Iterations}${Convert.ToBase64String(salt)}${Convert.ToBase64String(hash)}";
    }
}
