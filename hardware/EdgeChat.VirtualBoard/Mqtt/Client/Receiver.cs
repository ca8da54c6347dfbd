using System.Net.Sockets;
using nanoFramework.M2Mqtt.Exceptions;
using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>The thread that reads: hands packets to those who wait for them and notices that the connection is gone.</summary>
/// <param name="link">The client's state.</param>
/// <param name="transport">Who waits for CONNACK and PINGRESP.</param>
/// <param name="queue">Takes messages and acknowledgements.</param>
/// <param name="reader">The packets.</param>
/// <param name="connack">Tells the application of CONNACK, on this thread.</param>
/// <param name="disconnect">Tells the application of the broker's DISCONNECT, on this thread.</param>
internal sealed class Receiver(LinkState link, Transport transport, InFlightQueue queue, PacketReader reader, Action<Packet> connack,
    Action disconnect)
{
    public void Run()
    {
        while (link.IsRunning)
        {
            bool isReading = true;
            try
            {
                Packet? packet = reader.Read();
                isReading = false;
                if (packet == null)
                {
                    Lose(new MqttCommunicationException());
                    return;
                }
                Handle(packet);
                transport.Note(null);
            }
            catch (Exception e)
            {
                var failure = new MqttCommunicationException(e);
                // the real thread asks the dead socket again and again until it is stopped; nothing more can come, so this one ends
                if (isReading && IsOfConnection(e))
                {
                    Lose(failure);
                    return;
                }
                if (IsReasonToClose(e))
                    Lose(failure);
                else
                    transport.Note(failure);
            }
        }
    }

    private void Handle(Packet packet)
    {
        switch (packet.Type)
        {
            case MqttMessageType.ConnectAck:
                connack(packet);
                transport.Answer(packet);
                break;
            case MqttMessageType.PingResponse:
                transport.Answer(packet);
                break;
            case MqttMessageType.Publish:
                queue.Add(packet, isReceived: true);
                break;
            case MqttMessageType.Disconnect:
                disconnect();
                queue.AddAck(packet);
                break;
            default:
                if (!queue.AddAck(packet))
                    transport.Send(PacketWriter.Write(new Packet(MqttMessageType.PublishComplete, packet.Id)));
                break;
        }
    }

    private void Lose(MqttCommunicationException failure)
    {
        transport.Note(failure);
        link.BeginClosing();
        transport.End();
    }

    private static bool IsOfConnection(Exception e) =>
        e is IOException or SocketException or ObjectDisposedException or OperationCanceledException;

    // other errors, such as a packet that cannot be understood or a handler of ConnectionOpened that throws, leave the connection open
    private static bool IsReasonToClose(Exception e) => e is MqttClientException { ErrorCode: MqttClientErrorCode.InvalidFlagBits }
        or IOException or SocketException
        || e.InnerException is IOException or SocketException;
}
