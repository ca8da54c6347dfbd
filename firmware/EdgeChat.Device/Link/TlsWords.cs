namespace EdgeChat.Device;

/// <summary>Says in words why a TLS handshake failed, with the cure.</summary>
/// <remarks>A runtime reports an mbedTLS code, which is negative, or what is wrong with the broker's certificate as flags
/// (mbedTLS 3.6, x509.h, MBEDTLS_X509_BADCERT_...).</remarks>
public static class TlsWords
{
    /// <summary>A certificate of the chain is out of date.</summary>
    public const int Expired = 1;

    /// <summary>The certificate is for another name.</summary>
    public const int OtherName = 4;

    /// <summary>No way leads from the certificate to the CA.</summary>
    public const int NotTrusted = 8;

    /// <summary>A certificate of the chain is not valid yet.</summary>
    public const int NotYet = 0x200;

    /// <summary>The certificate is for another use.</summary>
    public const int BadUse = 0x400 | 0x800 | 0x1000;

    /// <summary>The broker ended the handshake with an alert.</summary>
    public const int Alert = -30592;

    /// <summary>The broker closed the connection in the handshake.</summary>
    public const int Closed = -29312;

    /// <summary>The connection was reset in the handshake.</summary>
    public const int Reset = -80;

    /// <summary>What came is no TLS.</summary>
    public const int NoTls = -29184;

    private const int BadKey = 0x4000 | 0x8000 | 0x10000;
    private const int AllFlags = 0x1FFFF;
    private const int FirstSocketCode = 10000; // Windows Sockets: no flags
    private const int LastSocketCode = 11999;

    private const int NoVersion = -28288;

    // of a runtime that tells flags: its own error, in their place; no flag says "revoked", 2, since boards know of no such list
    private const int BadOwnCertificate = 6;
    private const int BadOwnKey = 7;

    /// <summary>Of a certificate that was not accepted, where the runtime does not tell more.</summary>
    public const string NotAccepted = "the broker's certificate is not from the fleet's CA in ca.pem, not for this host, out of date, not "
        + "valid yet or too weak: `edgechat broker check` tells which";

    /// <summary>Of a broker whose clients come with certificates.</summary>
    public const string WantsClient = "wants a client certificate that counts";

    private const string Usage = "the broker's certificate is not for servers: it needs serverAuth and digitalSignature";

    /// <summary>Words for a code, or null for one that is none of TLS.</summary>
    public static string For(int code)
    {
        if (code >= FirstSocketCode && code <= LastSocketCode) return null;
        if (code > 0 && code <= AllFlags) return OfCertificate(code);
        switch (code)
        {
            case -9984: // -0x2700, of runtimes that do not tell the flags
                return NotAccepted;
            case -1: return "a certificate of ca.pem cannot be read: put the fleet's CA there again";
            case -31232: return Usage;
            case Alert:
                return "the broker ends the handshake: it has no TLS 1.2 with ECDHE and AES, has a key that boards do not know (take "
                    + "ECDSA P-256), or " + WantsClient + ": its log says which";
            case Closed:
            case Reset:
                return "the connection ended in the handshake: that port has no TLS, or the broker " + WantsClient + ": check port and the "
                    + "broker's log";
            case NoTls: return "that port has no TLS: check port, which is 8883 at most brokers";
            case -28928: return "the broker sends more than 16 KB of certificates: let it send its own and those in between, no others";
            case -12288: return "more than 8 intermediate certificates lead from the broker's to the CA: have it issued with fewer";
            case -9570:
            case -8320:
                return "the broker's certificate has a critical extension or policy that this board does not know: have it issued "
                    + "without";
            case -15616: return "the broker's certificate has a curve of its own: take ECDSA P-256";
            case NoVersion: return "the broker has no TLS 1.2: bring it up to date";
            case -32512: return "out of memory in the TLS handshake: restart the board, and let the broker send fewer certificates";
            default: return null;
        }
    }

    /// <summary>Whether a handshake that failed with this code may come about with another version of TLS.</summary>
    public static bool MayBeVersion(int code)
    {
        return code == Alert || code == Closed || code == Reset || code == NoVersion;
    }

    /// <summary>Words for an address that is passed over, since the board stood still in its handshake before it was reset.</summary>
    public static string Unended(string broker)
    {
        return "the TLS handshake with " + broker + " did not end, and this board stood still: trying it later. Does that broker hang?";
    }

    private static string OfCertificate(int flags)
    {
        if (flags == BadOwnCertificate || flags == BadOwnKey)
            return "this board's own certificate, or its key, cannot be read: provision the board again";
        if ((flags & NotYet) != 0) return "the broker's certificate, or the CA's, is not valid yet: check its dates and the time server";
        if ((flags & Expired) != 0) return "the broker's certificate, or the CA's, is out of date: renew it";
        if ((flags & OtherName) != 0) return "the broker's certificate is for another name: it must name host";
        if ((flags & BadKey) != 0)
            return "the broker's certificate has a key or signature that is too weak: take ECDSA P-256, or RSA 2048 to 3072, with SHA-256";
        if ((flags & NotTrusted) != 0) return "the broker's certificate is not from the fleet's CA in ca.pem";
        return (flags & BadUse) != 0 ? Usage : null;
    }
}
