using System;

namespace EdgeChat.Core;

/// <summary>The envelope of a configuration from the operator, under a key that provisioning gives to one board in one of its lives, and
/// that seals nothing else.</summary>
/// <remarks>
/// <code>
/// 03              no JSON begins with this, nor an <see cref="Envelope"/>
/// 16 bytes        initialization vector, drawn by lot
/// ciphertext, tag A128CBC-HS256; the topic and all above are the associated bytes
/// </code>
/// </remarks>
public static class OrderSeal
{
    /// <summary>The first byte.</summary>
    public const byte Version = 3;

    /// <summary>The file with the key, <see cref="A128CbcHs256.KeyBytes"/> bytes, where provisioning has put one. It stays there.</summary>
    public const string KeyFile = "order";

    private const int HeaderBytes = 1 + A128CbcHs256.BlockBytes;

    /// <summary>Whether a body claims to be one.</summary>
    public static bool IsSealed(byte[] body) { return body.Length > 0 && body[0] == Version; }

    /// <summary>What is inside; null when it was not made with this key for this topic.</summary>
    public static byte[] Disclose(string topic, byte[] key, byte[] body)
    {
        if (key.Length != A128CbcHs256.KeyBytes || body.Length < HeaderBytes || body.Length > Envelope.MaxBytes) return null;
        var iv = new byte[A128CbcHs256.BlockBytes];
        Array.Copy(body, 1, iv, 0, iv.Length);
        byte[] associated = Envelope.Associated(topic, body, HeaderBytes);
        return A128CbcHs256.Decrypt(key, iv, associated, body, HeaderBytes, body.Length - HeaderBytes);
    }
}
