using System.Runtime.CompilerServices;
using nanoFramework.M2Mqtt;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>Sees to it that a client whose TLS handshake has failed is closed before another one connects.</summary>
/// <remarks>On a board the native side has closed the socket's number then, and whoever lets go of the client, at last the finalizer,
/// closes that number once more: by then the next connection may have it, and would end without a cause that anybody finds.</remarks>
internal static class FailedHandshakes
{
    private static readonly ConditionalWeakTable<IBoardNetwork, MqttClient> Open = [];

    /// <summary>A client's handshake has failed.</summary>
    public static void Note(IBoardNetwork board, MqttClient client) => Open.AddOrUpdate(board, client);

    /// <summary>A client is closed.</summary>
    public static void Forget(IBoardNetwork board, MqttClient client)
    {
        if (Open.TryGetValue(board, out MqttClient? failed) && failed == client) Open.Remove(board);
    }

    /// <summary>Another client connects.</summary>
    /// <exception cref="InvalidOperationException">One whose handshake failed is still there.</exception>
    public static void ThrowIfOpen(IBoardNetwork board, MqttClient client)
    {
        if (Open.TryGetValue(board, out MqttClient? failed) && failed != client)
            throw new InvalidOperationException("MQTT: a client whose TLS handshake failed was not closed: its finalizer would close the "
                + "socket of this connection on a board; call Dispose first");
    }
}
