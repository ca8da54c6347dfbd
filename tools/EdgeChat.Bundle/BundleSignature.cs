using System.Security.Cryptography;
using System.Text.Json;

namespace EdgeChat.Bundle;

/// <summary>The signature over a bundle's manifest, which has the hashes of everything else: the file <c>manifest.sig</c>.</summary>
/// <param name="Algorithm"><c>ES256</c>: ECDSA on P-256 with SHA-256 (RFC 7518, section 3.4).</param>
/// <param name="PublicKey">The public key, PEM. It says who has signed only to somebody who knows it.</param>
/// <param name="Value">The two numbers, 64 bytes in Base64.</param>
public sealed record BundleSignature(string Algorithm, string PublicKey, string Value)
{
    private const string Es256 = "ES256";

    /// <summary>Signs a manifest with a private key.</summary>
    public static BundleSignature Sign(byte[] manifest, ECDsa key) => new(
        Es256, key.ExportSubjectPublicKeyInfoPem(), Convert.ToBase64String(key.SignData(manifest, HashAlgorithmName.SHA256)));

    /// <summary>Reads a signature; throws <see cref="BundleException"/>.</summary>
    public static BundleSignature Read(string source, byte[] json)
    {
        try
        {
            var signature = JsonSerializer.Deserialize<BundleSignature>(json, ToolJson.File);
            if (signature is { Algorithm: Es256, PublicKey: not null, Value: not null }) return signature;
        }
        catch (JsonException)
        {
            // said below
        }

        throw new BundleException($"{source}: its signature cannot be read; take the bundle from its release again");
    }

    /// <summary>Checks it. Throws <see cref="BundleException"/> when the manifest was changed, or another key than
    /// <paramref name="trusted"/> has signed it.</summary>
    /// <returns>The fingerprint of the key.</returns>
    public string Check(string source, byte[] manifest, ECDsa? trusted)
    {
        using var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(PublicKey);
            if (!key.VerifyData(manifest, Convert.FromBase64String(Value), HashAlgorithmName.SHA256))
                throw new BundleException($"{source}: the signature does not fit the manifest: the bundle was changed; take it again");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException or FormatException)
        {
            throw new BundleException($"{source}: its signature cannot be read; take the bundle from its release again", e);
        }

        string fingerprint = SigningKey.Fingerprint(key);
        if (trusted is not null && SigningKey.Fingerprint(trusted) is var expected && expected != fingerprint)
            throw new BundleException($"{source} is signed by key {fingerprint}, and you trust {expected}: do not flash it");
        return fingerprint;
    }

    /// <summary>The file's bytes.</summary>
    public byte[] Write() => JsonSerializer.SerializeToUtf8Bytes(this, ToolJson.File);
}
