using System;
using System.Net.Sockets;
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
    public static string For(Exception e, string broker)
    {
        SocketException socket = e as SocketException;
        for (Exception inner = e; socket == null && inner != null; inner = inner.InnerException) socket = inner as SocketException;
        if (socket != null) return For(socket.ErrorCode, broker);
        if (e is MqttCommunicationException) return broker + " does not answer as an MQTT broker. Check host and port.";
        return "no connection to " + broker + ": " + (string.IsNullOrEmpty(e.Message) ? e.GetType().Name : e.Message);
    }

    private static string For(int error, string broker)
    {
        switch (error)
        {
            case Refused: return "nothing listens at " + broker + ". Is the broker running?";
            case HostNotFound: return "the name in " + broker + " is not known. Check host.";
            case HostUnreachable:
            case NetworkUnreachable: return "no way to " + broker + ". Same network?";
            case TimedOut: return broker + " does not answer. Check host and firewall.";
            default: return "no connection to " + broker + " (error " + error + ")";
        }
    }
}
