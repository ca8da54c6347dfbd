using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>The messages in flight, the acknowledgements that came for them, and what the session keeps of them from one connection to the
/// next.</summary>
/// <remarks>
/// What outlives a connection: everything here until <see cref="Clear"/>, so a message that is published while there is no connection waits
/// for the next. After <see cref="Clear"/> only the session remains, and of it only what was never sent: a message that was sent and not
/// acknowledged comes back from the session, is found to be awaited no more, and is dropped without an event.
/// </remarks>
internal sealed class InFlightQueue(LinkState link, MqttSettings settings)
{
    private readonly object _gate = new();
    private readonly Queue<InFlight> _messages = new();
    private readonly Queue<Packet> _acks = new();
    private readonly List<ushort> _awaited = [];
    private Dictionary<(bool IsReceived, ushort Id), InFlight>? _session;
    private InFlight? _taken;
    private bool _hasNews;
    private bool _isWorking;

    public int Count
    {
        get
        {
            lock (_gate)
                return _messages.Count;
        }
    }

    /// <summary>A message to publish.</summary>
    /// <returns>False: the queue is full, and the message is not in it.</returns>
    public bool Publish(Packet packet)
    {
        if (packet.Qos != MqttQoSLevel.AtMostOnce)
        {
            lock (_gate)
                _awaited.Add(packet.Id);
        }
        return Add(packet, isReceived: false);
    }

    /// <summary>A SUBSCRIBE or UNSUBSCRIBE to send, or a PUBLISH that was received. Dropped without a word when the queue is
    /// full.</summary>
    public bool Add(Packet packet, bool isReceived)
    {
        bool isAdded = true;
        lock (_gate)
        {
            bool isExactlyOnce = packet.Type == MqttMessageType.Publish && packet.Qos == MqttQoSLevel.ExactlyOnce;
            InFlight? known = isExactlyOnce ? Find(packet.Id, isReceived: true) : null;
            if (known != null)
            {
                // the broker sends it again because it has no PUBREC
                known.Step = InFlightStep.Queued;
                isAdded = false;
            }
            else if (_messages.Count < settings.InflightQueueSize)
            {
                var message = new InFlight(packet, isReceived) { SentMs = Environment.TickCount64 };
                _messages.Enqueue(message);
                _hasNews = true;
                if (packet.Type == MqttMessageType.Publish && (isReceived ? isExactlyOnce : packet.Qos != MqttQoSLevel.AtMostOnce))
                    _session?.Add((isReceived, packet.Id), message);
            }
            else
            {
                isAdded = false;
            }
        }
        link.InFlightWake.Set();
        return isAdded;
    }

    /// <summary>An acknowledgement came.</summary>
    /// <returns>False: a PUBREL for a message that is not here, to be answered with PUBCOMP at once.</returns>
    public bool AddAck(Packet ack)
    {
        lock (_gate)
        {
            _awaited.Remove(ack.Id);
            switch (ack.Type)
            {
                case MqttMessageType.PublishRelease when Find(ack.Id, isReceived: true) == null:
                    return false;
                case MqttMessageType.PublishComplete or MqttMessageType.PublishReceived when Find(ack.Id, isReceived: false) == null:
                    return true;
            }
            _acks.Enqueue(ack);
            _hasNews = true;
        }
        link.InFlightWake.Set();
        return true;
    }

    /// <summary>The in-flight thread begins to look at everything.</summary>
    public void BeginPass()
    {
        lock (_gate)
        {
            _hasNews = false;
            _isWorking = true;
        }
    }

    /// <summary>The in-flight thread has looked at everything.</summary>
    public void EndPass()
    {
        lock (_gate)
        {
            _isWorking = false;
            _taken = null;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>Waits, but not long, until the in-flight thread has seen all that came.</summary>
    /// <remarks>On the board the threads take turns, so that what was received before the connection broke is delivered before it is
    /// closed. Here they run at once and the closing thread would often be first.</remarks>
    public void Settle(int timeoutMs)
    {
        long end = Environment.TickCount64 + timeoutMs;
        lock (_gate)
        {
            while (_hasNews || _isWorking)
            {
                long left = end - Environment.TickCount64;
                if (left <= 0 || !Monitor.Wait(_gate, (int)left))
                    return;
            }
        }
    }

    /// <summary>The next message, out of the queue until it is put back; its answers find it nevertheless.</summary>
    public InFlight? Take()
    {
        lock (_gate)
        {
            _taken = _messages.TryDequeue(out InFlight? message) ? message : null;
            return _taken;
        }
    }

    public void PutBack(InFlight message)
    {
        lock (_gate)
            _messages.Enqueue(message);
    }

    /// <summary>The oldest acknowledgement that was not taken: no other one is looked at.</summary>
    public Packet? OldestAck()
    {
        lock (_gate)
            return _acks.TryPeek(out Packet? ack) ? ack : null;
    }

    public void TakeAck()
    {
        lock (_gate)
            _acks.TryDequeue(out _);
    }

    /// <summary>Whether a published message still has to be acknowledged.</summary>
    public bool IsAwaited(ushort id)
    {
        lock (_gate)
            return _awaited.Contains(id);
    }

    /// <summary>The session needs this message no more.</summary>
    public void Forget(InFlight message)
    {
        lock (_gate)
            _session?.Remove((message.IsReceived, message.Packet.Id));
    }

    /// <summary>A connection is made: brings back what the session has, or makes or empties the session.</summary>
    public void Restore(bool cleanSession)
    {
        lock (_gate)
        {
            if (cleanSession)
            {
                _session?.Clear();
                return;
            }
            if (_session == null)
            {
                _session = [];
                return;
            }
            foreach (InFlight message in _session.Values)
            {
                if (message.Step is InFlightStep.AwaitsAck or InFlightStep.AwaitsPubrec)
                    message.Step = InFlightStep.Queued;
                else if (message.Step == InFlightStep.AwaitsPubcomp)
                    message.Step = InFlightStep.ResendsPubrel;
                _messages.Enqueue(message);
            }
        }
        link.InFlightWake.Set();
    }

    /// <summary>A connection is closed: all goes but the session.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _messages.Clear();
            _acks.Clear();
            _awaited.Clear();
            _hasNews = false;
        }
    }

    private InFlight? Find(ushort id, bool isReceived)
    {
        foreach (InFlight message in _messages)
        {
            if (message.IsPublish(id, isReceived))
                return message;
        }
        // an answer may be here before the in-flight thread has put the message back; on a board no answer is that fast
        return _taken?.IsPublish(id, isReceived) == true ? _taken : null;
    }
}
