using nanoFramework.M2Mqtt.Exceptions;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>Sends packets, remembers when, and waits for the two answers that are waited for: CONNACK and PINGRESP.</summary>
/// <remarks>There is one place for an answer and whoever waits first takes it, as in the real client. A PINGRESP that is still awaited when
/// the next connection is made takes that connection's CONNACK: close a client only after its keep-alive has given up, or make a new
/// client.</remarks>
internal sealed class Transport(LinkState link, Channel channel)
{
    private readonly AutoResetEvent _answered = new(false);
    private volatile bool _hasEnded;
    private volatile Packet? _answer;
    private volatile MqttCommunicationException? _failure;
    private long _lastSentMs;

    /// <summary>When something was sent last, in milliseconds since the PC started; receiving does not count.</summary>
    public long LastSentMs { get => Volatile.Read(ref _lastSentMs); set => Volatile.Write(ref _lastSentMs, value); }

    /// <summary>A connection begins.</summary>
    public void Begin()
    {
        _hasEnded = false;
        LastSentMs = 0;
    }

    /// <summary>Sends one packet.</summary>
    /// <exception cref="MqttCommunicationException">With the reason inside.</exception>
    public void Send(byte[] packet)
    {
        try
        {
            channel.Send(packet);
        }
        catch (Exception e)
        {
            throw new MqttCommunicationException(e);
        }
        LastSentMs = Environment.TickCount64;
    }

    /// <summary>Sends one packet and waits for an answer.</summary>
    /// <exception cref="MqttCommunicationException">Not sent, no answer in time, or the connection broke.</exception>
    public Packet SendAndWait(byte[] packet, int timeoutMs)
    {
        _answered.Reset();
        Send(packet);
        // the real receive thread finds the end of the stream again and again, so whoever waits later finds it too
        if (_hasEnded)
            _answered.Set();
        bool hasAnswer = _answered.WaitOne(timeoutMs);
        link.Network.ThrowIfPowerLost();
        if (!hasAnswer)
            throw new MqttCommunicationException();
        return _failure is { } failure ? throw failure : _answer!;
    }

    /// <summary>CONNACK or PINGRESP came.</summary>
    public void Answer(Packet packet)
    {
        _answer = packet;
        // before whoever waits wakes, or it would find the failure of the last connection
        _failure = null;
        _answered.Set();
    }

    /// <summary>What whoever waits gets from now on; null after each good packet.</summary>
    public void Note(MqttCommunicationException? failure) => _failure = failure;

    /// <summary>The stream has ended: ends the wait, and each later one.</summary>
    public void End()
    {
        _hasEnded = true;
        _answered.Set();
    }
}
