using System.Security.Cryptography;
using System.Text;
using EdgeChat.Bundle;

namespace EdgeChat.Fleet;

/// <summary>What opens a store: a passphrase or the bytes of a key file.</summary>
public sealed class StoreSecret
{
    private const int KeyBytes = 32;
    private const int Iterations = 600_000; // OWASP Password Storage, PBKDF2-HMAC-SHA256 (2023)

    private readonly byte[] _bytes;

    private StoreSecret(string kind, byte[] bytes)
    {
        Kind = kind;
        _bytes = bytes;
    }

    /// <summary><c>passphrase</c> or <c>key</c>.</summary>
    public string Kind { get; }

    /// <summary>A passphrase of people.</summary>
    public static StoreSecret Passphrase(string text) => text.Length >= 8
        ? new StoreSecret("passphrase", Encoding.UTF8.GetBytes(text))
        : throw new FleetException("the passphrase of the fleet's store must have at least 8 characters");

    /// <summary>A key file; throws <see cref="FleetException"/> when it cannot be read or is too short.</summary>
    public static StoreSecret KeyFile(string path)
    {
        try
        {
            byte[] bytes = SmallFile.Bytes(path);
            if (bytes.Length < KeyBytes) throw new FleetException(
                $"{path} has {bytes.Length} bytes, and a key file has {KeyBytes} or more");
            return new StoreSecret("key", bytes);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{path}: the key file cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>Makes a key file that its owner alone can read; one that is there stays: throws <see cref="FleetException"/>.</summary>
    public static void MakeKeyFile(string path)
    {
        bool isMine = false;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new FileStream(path, options);
            isMine = true;
            file.Write(RandomNumberGenerator.GetBytes(KeyBytes));
            file.Flush(flushToDisk: true);
        }
        catch (IOException e) when (!isMine && File.Exists(path))
        {
            throw new FleetException($"{path} is there already, and a key file is not written over: choose another name", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isMine) File.Delete(path); // a part of it would be in the way of the next try
            throw new FleetException($"{path}: cannot be made ({FileFault.Of(e)})", e);
        }
    }

    /// <summary>The key for a store with this salt.</summary>
    internal byte[] Derive(byte[] salt) => Kind == "key"
        ? HKDF.DeriveKey(HashAlgorithmName.SHA256, _bytes, KeyBytes, salt, "edgechat fleet store"u8.ToArray())
        : Rfc2898DeriveBytes.Pbkdf2(_bytes, salt, Iterations, HashAlgorithmName.SHA256, KeyBytes);
}
