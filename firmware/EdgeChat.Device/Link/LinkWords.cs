using System;
using System.Net.Sockets;
using System.Reflection;
using EdgeChat.Ui;
using nanoFramework.M2Mqtt.Exceptions;

namespace EdgeChat.Device;

/// <summary>Says in words for a person why the broker was not reached.</summary>
public static class LinkWords
{
    // Windows Sockets error codes, which nanoFramework uses on every board
    private const int HostUnreachable = 10065;
    private const int NetworkUnreachable = 10051;
    private const int Refused = 10061;
    private const int TimedOut = 10060;
    private const int HostNotFound = 11001;

    /// <summary>Words for an exception of a connection attempt.</summary>
    /// <remarks>What says nothing has words for all that may be the cause.</remarks>
    public static string For(Exception e, string broker, bool isTls)
    {
        int code = CodeOf(e);
        // under TLS 1.3 a broker refuses a client's certificate, or that it has none, behind the handshake
        if (isTls && e is MqttCommunicationException)
            return broker + " does not answer as an MQTT broker, or " + TlsWords.WantsClient + ": its log says which.";
        if (code != 0) return For(code, broker, isTls);
        if (e is MqttCommunicationException) return broker + " does not answer as an MQTT broker. Check host and port.";
        if (isTls && e is MqttConnectionException) return NoTls(broker) + ".";
        return "no connection to " + broker + ": " + (string.IsNullOrEmpty(e.Message) ? e.GetType().Name : e.Message);
    }

    /// <summary>The code that a runtime tells with an exception, or 0.</summary>
    /// <remarks>Of a TLS that failed it is in a SocketException; newer ones have a CryptographicException for it, which the class libraries
    /// of the older ones lack.</remarks>
    public static int CodeOf(Exception e)
    {
        for (; e != null; e = e.InnerException)
        {
            if (e is SocketException socket) return socket.ErrorCode;
            if (e.GetType().Name != "CryptographicException") continue;
            MethodInfo code = e.GetType().GetMethod("get_ErrorCode");
            if (code != null) return (int)code.Invoke(e, null);
        }

        return 0;
    }

    /// <summary>Words for a code: a Windows Sockets error or, with TLS, one of <see cref="TlsWords"/>.</summary>
    public static string For(int error, string broker, bool isTls)
    {
        switch (error)
        {
            case Refused: return "nothing listens at " + broker + ". Is the broker running?";
            case HostNotFound: return "the name in " + broker + " is not known. Check host.";
            case HostUnreachable:
            case NetworkUnreachable: return "no way to " + broker + ". Same network?";
            case TimedOut: return broker + " does not answer. Check host and firewall.";
            default:
                string words = isTls ? TlsWords.For(error) : null;
                if (words != null) return "no TLS with " + broker + ": " + words;
                return (isTls ? NoTls(broker) : "no connection to " + broker) + " (error " + error + ")";
        }
    }

    private static string NoTls(string broker)
    {
        return "no TLS with " + broker + ": " + TlsWords.NotAccepted + ", or that port has no TLS";
    }
}
