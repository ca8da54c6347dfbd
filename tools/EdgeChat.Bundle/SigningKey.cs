using System.Security.Cryptography;
using System.Text;

namespace EdgeChat.Bundle;

/// <summary>The key pair that bundles are signed with: ECDSA on P-256, in PEM files.</summary>
public static class SigningKey
{
    /// <summary>Makes a pair: the private key in <paramref name="path"/>, readable by its owner alone, the public one in
    /// <c>PATH.pub</c>. An existing file is never written over: throws <see cref="BundleException"/>.</summary>
    /// <returns>The fingerprint.</returns>
    public static string Make(string path)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        bool isMine = false;
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using (var file = new FileStream(path, options))
            {
                isMine = true;
                file.Write(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem() + "\n"));
            }

            File.WriteAllText(path + ".pub", key.ExportSubjectPublicKeyInfoPem() + "\n");
        }
        catch (IOException) when (!isMine && File.Exists(path))
        {
            throw new BundleException($"{path} is there already, and a signing key is not written over: choose another name");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isMine) File.Delete(path); // without the other half it is of no use
            throw new BundleException($"{path}: cannot be written ({FileFault.Of(e)})", e);
        }

        return Fingerprint(key);
    }

    /// <summary>Reads a private key to sign with, or, without <paramref name="isPrivate"/>, any key to check with. Throws
    /// <see cref="BundleException"/>.</summary>
    public static ECDsa Load(string path, bool isPrivate)
    {
        var key = ECDsa.Create();
        try
        {
            string pem = SmallFile.Pem(path);
            if (isPrivate && !pem.Contains("PRIVATE KEY", StringComparison.Ordinal))
                throw new BundleException($"{path} is a public key, which cannot sign: give the file without .pub");
            key.ImportFromPem(pem);
            if (key.KeySize != 256 || key.ExportParameters(false).Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
                throw new BundleException($"{path} is no key on P-256: make one with `edgechat bundle key FILE`");
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new BundleException($"{path} is no key in PEM: make one with `edgechat bundle key FILE`", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            key.Dispose();
            throw new BundleException($"{path}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    /// <summary>The first 16 hexadecimal digits of the public key's SHA-256, by which people tell keys apart.</summary>
    public static string Fingerprint(ECDsa key) =>
        Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()))[..16];
}
