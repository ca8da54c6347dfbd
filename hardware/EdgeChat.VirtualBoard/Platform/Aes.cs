using System.Security.Cryptography;
using NetAes = System.Security.Cryptography.Aes;

namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's Aes: AES-128 without padding. Where the board throws, this throws the same.</summary>
public sealed class Aes
{
    private const int KeyBytes = 16;

    public Aes(CipherMode mode)
    {
        Mode = mode;
        if (mode == CipherMode.CBC) GenerateIV();
    }

    public CipherMode Mode { get; set; }

    public byte[] Key { get; set; } = [];

    public byte[] IV { get; set; } = [];

    public void GenerateIV() => IV = RandomNumberGenerator.GetBytes(KeyBytes);

    public byte[] Encrypt(byte[] data)
    {
        using NetAes aes = Make();
        return Mode == CipherMode.ECB ? aes.EncryptEcb(data, PaddingMode.None) : aes.EncryptCbc(data, IV, PaddingMode.None);
    }

    public byte[] Decrypt(byte[] data)
    {
        using NetAes aes = Make();
        return Mode == CipherMode.ECB ? aes.DecryptEcb(data, PaddingMode.None) : aes.DecryptCbc(data, IV, PaddingMode.None);
    }

    private NetAes Make()
    {
        if (Key.Length != KeyBytes) throw new ArgumentException("AES-128 only");
        if (Mode is not (CipherMode.CBC or CipherMode.ECB)) throw new NotSupportedException();
        NetAes aes = NetAes.Create();
        aes.Key = Key;
        return aes;
    }
}
