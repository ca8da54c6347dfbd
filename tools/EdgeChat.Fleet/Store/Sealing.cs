using System.Security.Cryptography;
using System.Text;

namespace EdgeChat.Fleet;

/// <summary>Seals secrets: AES-GCM with a fresh nonce, bound to the name that each is kept under.</summary>
internal sealed class Sealing(byte[] key) : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _aes = new(key, TagBytes);
    private readonly Lock _lock = new(); // one AesGcm serves one caller at a time, and boards are provisioned side by side

    /// <summary>Nonce, tag and what is sealed.</summary>
    public byte[] Seal(string name, string secret)
    {
        byte[] text = Encoding.UTF8.GetBytes(secret);
        var result = new byte[NonceBytes + TagBytes + text.Length];
        RandomNumberGenerator.Fill(result.AsSpan(0, NonceBytes));
        lock (_lock)
        {
            _aes.Encrypt(
                result.AsSpan(0, NonceBytes), text, result.AsSpan(NonceBytes + TagBytes), result.AsSpan(NonceBytes, TagBytes),
                Encoding.UTF8.GetBytes(name));
        }

        return result;
    }

    /// <summary>Opens what <see cref="Seal"/> has made; null when the key or the name is another, or it was changed.</summary>
    public string? Open(string name, byte[] result)
    {
        if (result.Length < NonceBytes + TagBytes) return null;
        var text = new byte[result.Length - NonceBytes - TagBytes];
        try
        {
            lock (_lock)
            {
                _aes.Decrypt(
                    result.AsSpan(0, NonceBytes), result.AsSpan(NonceBytes + TagBytes), result.AsSpan(NonceBytes, TagBytes), text,
                    Encoding.UTF8.GetBytes(name));
            }

            return Encoding.UTF8.GetString(text);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => _aes.Dispose();
}
