namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>Why a handshake fails on the board, as its runtime reports it: the codes of mbedTLS 3.6 (ssl.h, x509.h).</summary>
public static class MbedTls
{
    /// <summary>-0x2700: the certificate is not from the CA, not for the host, out of date, or too weak.</summary>
    public const int NotAccepted = -9984;

    /// <summary>-0x7A00: the certificate is for another use.</summary>
    public const int BadUsage = -31232;

    /// <summary>-0x7780: the server has sent an alert: no common version, suite, curve or signature, or it wants a certificate.</summary>
    public const int Alert = -30592;

    /// <summary>-0x7280: the server has closed the connection.</summary>
    public const int Closed = -29312;

    /// <summary>-0x50: the connection was reset.</summary>
    public const int Reset = -80;

    /// <summary>-0x7200: what came is no TLS.</summary>
    public const int NoTls = -29184;

    /// <summary>-0x7100: more than fits the buffer.</summary>
    public const int TooLarge = -28928;

    /// <summary>-0x3000: more certificates than are read.</summary>
    public const int TooManyCertificates = -12288;

    /// <summary>-0x2562: a critical extension that is not known.</summary>
    public const int CriticalExtension = -9570;

    /// <summary>-0x2080: a critical policy that is not known.</summary>
    public const int CriticalPolicy = -8320;

    /// <summary>-0x3D00: a curve that is written out instead of named.</summary>
    public const int ExplicitCurve = -15616;

    /// <summary>The runtime's own: a certificate of <c>ca.pem</c> cannot be read.</summary>
    public const int NoSuchCa = -1;
}
