using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>Something to tell the application.</summary>
/// <param name="Type">PUBLISH: a message came. PUBACK or PUBCOMP: published or not. SUBACK, UNSUBACK: answered.</param>
/// <param name="Id">The packet identifier.</param>
/// <param name="IsPublished">Whether the broker confirmed.</param>
/// <param name="Packet">The packet that came, where there is one.</param>
internal readonly record struct DispatchEvent(MqttMessageType Type, ushort Id, bool IsPublished, Packet? Packet)
{
    public static DispatchEvent Received(Packet publish) => new(publish.Type, publish.Id, false, publish);

    public static DispatchEvent Acknowledged(Packet ack) => new(ack.Type, ack.Id, true, ack);

    public static DispatchEvent NotPublished(ushort id) => new(MqttMessageType.PublishAck, id, false, null);
}

/// <summary>The thread that raises the application's events, one after another, and that closes a connection which is going.</summary>
/// <param name="link">The client's state.</param>
/// <param name="raise">Calls the application.</param>
/// <param name="settle">Waits for the events of what has come already.</param>
/// <param name="close">Closes the connection.</param>
/// <param name="closed">Tells the application that the connection is closed; may connect again.</param>
internal sealed class Dispatcher(LinkState link, Action<DispatchEvent> raise, Action settle, Action close, Action closed)
{
    private readonly Queue<DispatchEvent> _events = new();

    public void Add(DispatchEvent e)
    {
        lock (_events)
            _events.Enqueue(e);
        link.EventWake.Set();
    }

    public void Clear()
    {
        lock (_events)
            _events.Clear();
    }

    public void Run()
    {
        while (link.IsRunning)
        {
            try
            {
                if (IsEmpty() && !link.IsClosing)
                    link.EventWake.WaitOne();
                if (!link.IsRunning)
                    continue;
                if (TryTake(out DispatchEvent next))
                    raise(next);
                if (IsEmpty() && link.IsClosing)
                    settle();
                if (IsEmpty() && link.IsClosing)
                {
                    close();
                    if (link.HasPower)
                        closed();
                    return;
                }
            }
            catch (Exception)
            {
                // an exception of a handler costs the connection, after what is queued was delivered
                link.BeginClosing();
            }
        }
    }

    private bool IsEmpty()
    {
        lock (_events)
            return _events.Count == 0;
    }

    private bool TryTake(out DispatchEvent next)
    {
        lock (_events)
            return _events.TryDequeue(out next);
    }
}
