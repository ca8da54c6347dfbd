using nanoFramework.M2Mqtt;
using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>The thread that sends what is queued, sends it again after a second without an answer, and pairs acknowledgements with
/// messages.</summary>
/// <remarks>
/// Each time that it wakes it looks at every message once, in order, and at each message it looks at the oldest acknowledgement only. So
/// one that belongs to no message (a second PUBACK for a message that was sent twice) hides those behind it until the next pass: the
/// confirmation of the next message may come up to a second late, or, when there are several, never.
/// <code>
/// out   QoS 0   Queued: send, done
///       QoS 1   Queued: send ─► AwaitsAck ─ack─► event, done       (also SUBSCRIBE, UNSUBSCRIBE)
///       QoS 2   Queued: send ─► AwaitsPubrec ─PUBREC, send PUBREL─► AwaitsPubcomp ─PUBCOMP─► event, done
///               a second without the answer: Queued, or ResendsPubrel, up to three sends; then the event "not published" for PUBLISH
/// in    QoS 0   Queued: event, done
///       QoS 1   Queued: send PUBACK, event, done
///       QoS 2   Queued: send PUBREC ─► AwaitsPubrel ─PUBREL, send PUBCOMP─► event, done
/// </code>
/// </remarks>
internal sealed class InFlightThread(LinkState link, Transport transport, InFlightQueue queue, Dispatcher dispatcher, MqttSettings settings)
{
    private InFlight? _current;
    private Packet? _ack;
    private bool _ackTaken;
    private int _waitMs;

    public void Run()
    {
        _waitMs = Timeout.Infinite;
        while (link.IsRunning)
        {
            try
            {
                link.InFlightWake.WaitOne(_waitMs);
                if (!link.IsRunning)
                    continue;
                queue.BeginPass();
                Pass();
            }
            catch (Exception)
            {
                // not sent, or nothing that can be sent (a topic with a wildcard): the connection is closed for either
                if (_current != null)
                    queue.PutBack(_current);
                _current = null;
                _waitMs = Timeout.Infinite;
                link.BeginClosing();
            }
            finally
            {
                queue.EndPass();
            }
        }
    }

    private void Pass()
    {
        _waitMs = int.MaxValue;
        _ack = null;
        _ackTaken = false;
        for (int left = queue.Count; left > 0 && link.IsRunning; left--)
        {
            _current = queue.Take();
            if (_current == null)
                break;
            _ack = null;
            Advance(_current);
            _current = null;
        }
        if (_waitMs == int.MaxValue)
            _waitMs = Timeout.Infinite;
        if (_ack != null && !_ackTaken)
            queue.TakeAck();
    }

    private void Advance(InFlight message)
    {
        switch (message.Step)
        {
            case InFlightStep.Queued when message.IsReceived:
                Acknowledge(message);
                break;
            case InFlightStep.Queued:
                Send(message);
                break;
            case InFlightStep.AwaitsAck:
                AwaitAck(message);
                break;
            case InFlightStep.AwaitsPubrec:
                AwaitPubrec(message);
                break;
            case InFlightStep.AwaitsPubrel:
                AwaitPubrel(message);
                break;
            case InFlightStep.AwaitsPubcomp:
                AwaitPubcomp(message);
                break;
            case InFlightStep.ResendsPubrel:
                message.Attempts++;
                SendPubrel(message);
                break;
        }
    }

    private void Acknowledge(InFlight message)
    {
        switch (message.Packet.Qos)
        {
            case MqttQoSLevel.AtLeastOnce:
                // before the application sees the message: a power cut between the two loses it
                SendAck(MqttMessageType.PublishAck, message);
                break;
            case MqttQoSLevel.ExactlyOnce:
                message.Step = InFlightStep.AwaitsPubrel;
                SendAck(MqttMessageType.PublishReceived, message);
                queue.PutBack(message);
                return;
        }
        dispatcher.Add(DispatchEvent.Received(message.Packet));
    }

    private void Send(InFlight message)
    {
        Packet packet = message.Packet;
        bool isPublish = packet.Type == MqttMessageType.Publish;
        if (isPublish && packet.Qos == MqttQoSLevel.AtMostOnce)
        {
            transport.Send(PacketWriter.Write(packet));
            return;
        }
        message.SentMs = Environment.TickCount64;
        message.Attempts++;
        message.Step = isPublish && packet.Qos == MqttQoSLevel.ExactlyOnce ? InFlightStep.AwaitsPubrec : InFlightStep.AwaitsAck;
        bool isNeeded = true;
        if (isPublish && message.Attempts > 1)
        {
            packet.Dup = true;
            isNeeded = queue.IsAwaited(packet.Id);
        }
        if (isNeeded)
        {
            transport.Send(PacketWriter.Write(packet));
            queue.PutBack(message);
        }
        else
        {
            queue.Forget(message);
        }
        WaitAtMost(settings.DelayOnRetry);
    }

    private void AwaitAck(InFlight message)
    {
        _ack = queue.OldestAck();
        if (_ack == null || !_ack.Answers(message.Packet))
        {
            SendAgainInTime(message, InFlightStep.Queued);
            return;
        }
        TakeAck();
        dispatcher.Add(DispatchEvent.Acknowledged(_ack));
        if (message.Packet.Type == MqttMessageType.Publish)
            queue.Forget(message);
    }

    private void AwaitPubrec(InFlight message)
    {
        if (!AckIs(MqttMessageType.PublishReceived, message))
        {
            SendAgainInTime(message, InFlightStep.Queued);
            return;
        }
        TakeAck();
        message.Attempts = 1;
        SendPubrel(message);
    }

    private void AwaitPubrel(InFlight message)
    {
        if (!AckIs(MqttMessageType.PublishRelease, message))
        {
            queue.PutBack(message);
            return;
        }
        TakeAck();
        SendAck(MqttMessageType.PublishComplete, message);
        dispatcher.Add(DispatchEvent.Received(message.Packet));
        queue.Forget(message);
    }

    private void AwaitPubcomp(InFlight message)
    {
        if (AckIs(MqttMessageType.PublishComplete, message))
        {
            TakeAck();
            dispatcher.Add(DispatchEvent.Acknowledged(_ack!));
            queue.Forget(message);
        }
        else if (AckIs(MqttMessageType.PublishReceived, message))
        {
            // a second PUBREC, for a PUBLISH that was sent twice
            TakeAck();
            queue.PutBack(message);
        }
        else
        {
            SendAgainInTime(message, InFlightStep.ResendsPubrel);
        }
    }

    private void SendAgainInTime(InFlight message, InFlightStep step)
    {
        long passedMs = Environment.TickCount64 - message.SentMs;
        if (passedMs < settings.DelayOnRetry)
        {
            queue.PutBack(message);
            WaitAtMost((int)(settings.DelayOnRetry - passedMs));
        }
        else if (message.Attempts < settings.AttemptsOnRetry)
        {
            message.Step = step;
            queue.PutBack(message);
            WaitAtMost(0);
        }
        else if (message.Packet.Type == MqttMessageType.Publish)
        {
            queue.Forget(message);
            dispatcher.Add(DispatchEvent.NotPublished(message.Packet.Id));
        }
    }

    private void SendPubrel(InFlight message)
    {
        message.Step = InFlightStep.AwaitsPubcomp;
        message.SentMs = Environment.TickCount64;
        SendAck(MqttMessageType.PublishRelease, message);
        WaitAtMost(settings.DelayOnRetry);
        queue.PutBack(message);
    }

    private void SendAck(MqttMessageType type, InFlight message) => transport.Send(PacketWriter.Write(new Packet(type, message.Packet.Id)));

    private bool AckIs(MqttMessageType type, InFlight message)
    {
        _ack = queue.OldestAck();
        return _ack != null && _ack.Type == type && _ack.Id == message.Packet.Id;
    }

    private void TakeAck()
    {
        queue.TakeAck();
        _ackTaken = true;
    }

    private void WaitAtMost(int milliseconds) => _waitMs = Math.Min(_waitMs, milliseconds);
}
