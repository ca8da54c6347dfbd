using System;
using System.Security.Cryptography;

namespace EdgeChat.Core;

/// <summary>AEAD_AES_128_CBC_HMAC_SHA_256 (RFC 7518, section 5.2.3): encrypts, and shows every change.</summary>
/// <remarks>A tag is compared in a time that does not depend on where it differs, and padding is looked at once the tag is right: neither
/// tells a forger anything.</remarks>
public static class A128CbcHs256
{
    /// <summary>Bytes of a key: 16 for the tag, then 16 for AES.</summary>
    public const int KeyBytes = 32;

    /// <summary>Bytes of a block of AES, and so of an initialization vector.</summary>
    public const int BlockBytes = 16;

    /// <summary>Bytes of the tag.</summary>
    public const int TagBytes = 16;

    private const int HalfKey = KeyBytes / 2;
    private const int LengthBytes = 8;

    /// <summary>Encrypts the first <paramref name="count"/> bytes; gives the ciphertext with its tag behind it.</summary>
    /// <param name="key">The key, never used with another text under the same vector.</param>
    /// <param name="iv">The initialization vector.</param>
    /// <param name="associated">What is not encrypted and must not be changed either.</param>
    /// <param name="text">What is encrypted, from 0.</param>
    /// <param name="count">How many bytes of it.</param>
    public static byte[] Encrypt(byte[] key, byte[] iv, byte[] associated, byte[] text, int count)
    {
        int padding = BlockBytes - count % BlockBytes;
        var padded = new byte[count + padding];
        Array.Copy(text, 0, padded, 0, count);
        for (int i = count; i < padded.Length; i++) padded[i] = (byte)padding;
        byte[] encrypted = Cipher(key, iv).Encrypt(padded);
        var result = new byte[encrypted.Length + TagBytes];
        Array.Copy(encrypted, 0, result, 0, encrypted.Length);
        Array.Copy(Tag(key, iv, associated, encrypted, 0, encrypted.Length), 0, result, encrypted.Length, TagBytes);
        return result;
    }

    /// <summary>Decrypts a ciphertext with its tag behind it; null when either is not what <see cref="Encrypt"/> has made with the same
    /// key, vector and associated bytes.</summary>
    public static byte[] Decrypt(byte[] key, byte[] iv, byte[] associated, byte[] bytes, int start, int count)
    {
        int length = count - TagBytes;
        if (length < BlockBytes || length % BlockBytes != 0) return null;
        byte[] tag = Tag(key, iv, associated, bytes, start, length);
        int difference = 0;
        for (int i = 0; i < TagBytes; i++) difference |= tag[i] ^ bytes[start + length + i];
        if (difference != 0) return null;
        var encrypted = new byte[length];
        Array.Copy(bytes, start, encrypted, 0, length);
        byte[] padded = Cipher(key, iv).Decrypt(encrypted);
        int padding = padded[length - 1];
        if (padding == 0 || padding > BlockBytes) return null;
        var text = new byte[length - padding];
        Array.Copy(padded, 0, text, 0, text.Length);
        return text;
    }

    private static Aes Cipher(byte[] key, byte[] iv)
    {
        var half = new byte[HalfKey];
        Array.Copy(key, HalfKey, half, 0, HalfKey);
        return new Aes(CipherMode.CBC) { Key = half, IV = iv };
    }

    // over the associated bytes, the vector, the ciphertext and the number of associated bits; its first half counts
    private static byte[] Tag(byte[] key, byte[] iv, byte[] associated, byte[] encrypted, int start, int count)
    {
        var half = new byte[HalfKey];
        Array.Copy(key, 0, half, 0, HalfKey);
        var input = new byte[associated.Length + BlockBytes + count + LengthBytes];
        Array.Copy(associated, 0, input, 0, associated.Length);
        Array.Copy(iv, 0, input, associated.Length, BlockBytes);
        Array.Copy(encrypted, start, input, associated.Length + BlockBytes, count);
        int bits = associated.Length * 8;
        input[input.Length - 1] = (byte)bits;
        input[input.Length - 2] = (byte)(bits >> 8);
        return HMACSHA256.HashData(half, input);
    }
}
