namespace EdgeChat.VirtualBoard.Mqtt;

/// <summary>The byte stream to the broker: TCP, or TLS over it. Opens, writes whole packets, fills buffers, closes.</summary>
internal sealed class Channel
{
    private readonly IBoardNetwork _network;
    private readonly string _host;
    private readonly string _address;
    private readonly int _port;
    private readonly Tls? _tls;

    // packets of two threads must not mix
    private readonly Lock _sending = new();
    private volatile Stream? _stream;

    /// <exception cref="System.Net.Sockets.SocketException">The host's name is unknown: the client asks for the address here and never
    /// again.</exception>
    public Channel(IBoardNetwork network, string host, int port, Tls? tls)
    {
        _network = network;
        _host = host;
        _port = port;
        _tls = tls;
        try
        {
            _address = network.Resolve(host).ToString();
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw Platform.SocketException.From(e);
        }
    }

    /// <summary>Opens, after closing what was open.</summary>
    public void Connect(TimeSpan timeout, bool validateServer)
    {
        Close();
        Stream stream = _network.Connect(_address, _port, timeout);
        try
        {
            _stream = _tls == null ? stream : _network.StandStill(() => _tls.Over(stream, _host, validateServer));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Writes one packet.</summary>
    /// <exception cref="ObjectDisposedException">Not open.</exception>
    /// <exception cref="IOException">The connection is broken.</exception>
    public void Send(byte[] packet)
    {
        lock (_sending)
        {
            Stream stream = _stream ?? throw new ObjectDisposedException(nameof(Channel), $"the connection to {_host}:{_port} is not open");
            _network.OnPacket(true, packet);
            stream.Write(packet);
            stream.Flush();
        }
    }

    /// <summary>Fills a part of a buffer; false when the stream ended before.</summary>
    public bool Fill(byte[] buffer, int start, int count)
    {
        Stream? stream = _stream;
        while (count > 0)
        {
            int got = stream == null ? 0 : stream.Read(buffer, start, count);
            if (got == 0)
                return false;
            start += got;
            count -= got;
        }
        return true;
    }

    /// <summary>Closes the connection; a blocked <see cref="Fill"/> ends.</summary>
    public void Close()
    {
        Stream? stream = _stream;
        _stream = null;
        try
        {
            stream?.Dispose();
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // it was broken already: closed is closed
        }
    }
}
