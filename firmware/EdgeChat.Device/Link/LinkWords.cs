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
    /// <remarks>Of a TLS that failed a runtime tells a code in a SocketException; newer ones have a CryptographicException for it, which
    /// the class libraries of the older ones lack. What says nothing has words for all that may be the cause.</remarks>
    public static string For(Exception e, string broker, bool isTls)
    {
        SocketException socket = e as SocketException;
        for (Exception inner = e; socket == null && inner != null; inner = inner.InnerException) socket = inner as SocketException;
        if (socket != null) return For(socket.ErrorCode, broker, isTls);
        for (Exception inner = e; isTls && inner != null; inner = inner.InnerException)
        {
            if (inner.GetType().Name != "CryptographicException") continue;
            MethodInfo code = inner.GetType().GetMethod("get_ErrorCode");
            if (code != null) return For((int)code.Invoke(inner, null), broker, true);
        }

        if (e is MqttCommunicationException) return broker + " does not answer as an MQTT broker. Check host and port.";
        if (isTls && e is MqttConnectionException) return NoTls(broker) + ".";
        return "no connection to " + broker + ": " + (string.IsNullOrEmpty(e.Message) ? e.GetType().Name : e.Message);
    }

    private static string For(int error, string broker, bool isTls)
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
        return "no TLS with " + broker
            + ": the broker's certificate is not from the fleet's CA in ca.pem, not for this host or out of date, or that port has no TLS";
    }
}
