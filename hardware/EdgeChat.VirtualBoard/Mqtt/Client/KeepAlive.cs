using nanoFramework.M2Mqtt.Messages;

namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>The thread that sends PINGREQ when nothing was sent for a period, and gives the connection up when no PINGRESP comes within
/// another.</summary>
internal sealed class KeepAlive(LinkState link, Transport transport)
{
    private volatile AutoResetEvent? _ended;
    private volatile int _periodMs;

    /// <summary>Sets the period, 0 for none, before the thread is started.</summary>
    public bool Prepare(int periodMs)
    {
        _periodMs = periodMs;
        if (periodMs == 0)
            return false;
        _ended = new AutoResetEvent(false);
        return true;
    }

    /// <summary>Waits for the end of the thread. Each end is reported once: asked again, it waits the whole time, as in the real
    /// client.</summary>
    /// <returns>False: it has not ended (or did long ago).</returns>
    public bool WaitForEnd(int timeoutMs)
    {
        link.KeepAliveWake.Set();
        return _ended == null || _ended.WaitOne(timeoutMs);
    }

    public void Run()
    {
        AutoResetEvent? ended = _ended;
        long waitMs = _periodMs;
        try
        {
            while (link.IsRunning)
            {
                link.KeepAliveWake.WaitOne((int)waitMs);
                if (!link.IsRunning)
                    continue;
                long quietMs = Environment.TickCount64 - transport.LastSentMs;
                if (quietMs >= _periodMs)
                    Ping();
                waitMs = quietMs >= _periodMs ? _periodMs : _periodMs - quietMs;
            }
        }
        finally
        {
            ended?.Set();
        }
    }

    private void Ping()
    {
        try
        {
            if (transport.SendAndWait(PacketWriter.PingRequest, _periodMs).Type == MqttMessageType.PingResponse)
                return;
        }
        catch (Exception)
        {
            // not sent or not answered: what else could be done is the same
        }
        link.BeginClosing();
    }
}
