namespace EdgeChat.Device;

/// <summary>Says in words why a TLS handshake failed, with the cure.</summary>
/// <remarks>A runtime reports an mbedTLS code, which is negative, or what is wrong with the broker's certificate as flags
/// (mbedTLS 3.6, x509.h, MBEDTLS_X509_BADCERT_...).</remarks>
public static class TlsWords
{
    private const int Expired = 1;
    private const int OtherName = 4;
    private const int NotTrusted = 8;
    private const int NotYet = 0x200;
    private const int BadUse = 0x400 | 0x800 | 0x1000;
    private const int BadKey = 0x4000 | 0x8000 | 0x10000;
    private const int AllFlags = 0x1FFFF;
    private const int FirstSocketCode = 10000; // Windows Sockets: no flags
    private const int LastSocketCode = 11999;

    private const int Alert = -30592;
    private const int Closed = -29312;
    private const int Reset = -80;
    private const int NoVersion = -28288;

    private const string Usage = "the broker's certificate is not for servers: it needs serverAuth and digitalSignature";

    /// <summary>Words for a code, or null for one that is none of TLS.</summary>
    public static string For(int code)
    {
        if (code >= FirstSocketCode && code <= LastSocketCode) return null;
        if (code > 0 && code <= AllFlags) return OfCertificate(code);
        switch (code)
        {
            case -9984: // -0x2700, of runtimes that do not tell the flags
                return "the broker's certificate is not from the fleet's CA in ca.pem, not for this host or out of date";
            case -31232: return Usage;
            case Alert: return "the broker ends the handshake: it has no TLS 1.2 with ECDHE and AES, or wants a client certificate";
            case Closed:
            case Reset: return "the connection ended in the handshake: that port has no TLS, or the broker wants a client certificate";
            case -29184: return "that port has no TLS";
            case -28928: return "the broker sends more than 16 KB of certificates, or a message of more than 4 KB";
            case -12288: return "the broker sends more than 8 intermediate certificates";
            case -9570:
            case -8320:
            case -15616: return "the broker's certificate has a critical extension, policy or curve that this board does not know";
            case NoVersion: return "the broker has no TLS 1.2";
            case -32512: return "out of memory in the TLS handshake";
            default: return null;
        }
    }

    /// <summary>Whether a handshake that failed with this code may come about with another version of TLS.</summary>
    public static bool MayBeVersion(int code)
    {
        return code == Alert || code == Closed || code == Reset || code == NoVersion;
    }

    private static string OfCertificate(int flags)
    {
        if ((flags & NotYet) != 0) return "the broker's certificate, or the CA's, is not valid yet: check its dates and the time server";
        if ((flags & Expired) != 0) return "the broker's certificate, or the CA's, is out of date: renew it";
        if ((flags & OtherName) != 0) return "the broker's certificate is for another name: it must name host";
        if ((flags & BadKey) != 0)
            return "the broker's certificate has a key or signature that is too weak: take ECDSA P-256, or RSA 2048 to 3072, with SHA-256";
        if ((flags & NotTrusted) != 0) return "the broker's certificate is not from the fleet's CA in ca.pem";
        return (flags & BadUse) != 0 ? Usage : null;
    }
}
