using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Tests.Mqtt;

/// <summary>A TCP listener that does what a test's script says. Its trace: <c>broker</c> for what it does, <c>client&gt;</c> for packets
/// that it got.</summary>
/// <remarks>On threads of its own: answers must not wait for a free thread of the pool, because the client counts the
/// milliseconds.</remarks>
internal sealed class ScriptedBroker : IDisposable
{
    public const string Broker = "broker";
    public const string FromClient = "client>";
    public const string ClientClosed = "client closed";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<(TcpClient Client, Thread Thread)> _served = [];
    private readonly Trace _trace;
    private readonly X509Certificate2? _certificate;
    private readonly Thread _accepting;

    public ScriptedBroker(Trace trace, X509Certificate2? certificate = null)
    {
        _trace = trace;
        _certificate = certificate;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = Start(Accept);
    }

    public int Port { get; }

    /// <summary>The answer to CONNECT; null for none.</summary>
    public string? Connack { get; set; } = "20020000";

    /// <summary>The versions of TLS that it speaks, where it has a certificate.</summary>
    public SslProtocols Versions { get; set; } = SslProtocols.Tls12 | SslProtocols.Tls13;

    /// <summary>Whether it wants a certificate of clients too, and takes any.</summary>
    public bool AsksForCertificate { get; init; }

    /// <summary>The name of the client's certificate that was shown last.</summary>
    public string? ShownName { get; private set; }

    /// <summary>What to do with each packet but CONNECT, in hexadecimal.</summary>
    public Action<Connection, string>? Script { get; set; }

    /// <summary>The connection that was accepted last.</summary>
    public Connection? Last { get; private set; }

    public void Dispose()
    {
        _listener.Stop();
        _accepting.Join();
        foreach ((TcpClient client, Thread thread) in _served)
        {
            client.Close();
            thread.Join();
        }
    }

    private static Thread Start(ThreadStart body)
    {
        var thread = new Thread(body) { IsBackground = true };
        thread.Start();
        return thread;
    }

    private void Accept()
    {
        try
        {
            while (true)
            {
                TcpClient client = _listener.AcceptTcpClient();
                _served.Add((client, Start(() => Serve(client))));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // stopped
        }
    }

    private void Serve(TcpClient client)
    {
        try
        {
            client.NoDelay = true;
            Stream stream = client.GetStream();
            if (_certificate != null)
            {
                var tls = new SslStream(stream);
                tls.AuthenticateAsServer(new SslServerAuthenticationOptions
                {
                    // sends what it was given, and looks for nothing to send with it
                    ServerCertificateContext = SslStreamCertificateContext.Create(_certificate, null, offline: true),
                    EnabledSslProtocols = Versions,
                    ClientCertificateRequired = AsksForCertificate,
                    RemoteCertificateValidationCallback = (_, shown, _, _) =>
                    {
                        ShownName = shown?.Subject;
                        return !AsksForCertificate || shown is not null;
                    },
                });
                _trace.Add(Broker, tls.SslProtocol.ToString());
                stream = tls;
            }
            var connection = new Connection(client, stream, _trace);
            Last = connection;
            _trace.Add(Broker, "accepted");
            while (Read(stream) is { } packet)
            {
                _trace.Add(FromClient, packet);
                if (!packet.StartsWith("10", StringComparison.Ordinal))
                    Script?.Invoke(connection, packet);
                else if (Connack != null)
                    connection.Send(Connack);
            }
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException or InvalidOperationException or AuthenticationException)
        {
            // that is an end of the connection too
        }
        client.Close();
        _trace.Add(Broker, ClientClosed);
    }

    private static string? Read(Stream stream)
    {
        var packet = new List<byte>();
        int length = 0;
        int next;
        do
        {
            next = stream.ReadByte();
            if (next < 0)
                return null;
            packet.Add((byte)next);
            if (packet.Count > 1)
                length |= (next & 0x7F) << (7 * (packet.Count - 2));
        }
        while (packet.Count == 1 || (next & 0x80) != 0);
        byte[] body = new byte[length];
        stream.ReadExactly(body);
        return Convert.ToHexString([.. packet, .. body]);
    }

    internal sealed class Connection(TcpClient client, Stream stream, Trace trace)
    {
        public void Send(string hex)
        {
            trace.Add(Broker, "sends " + hex);
            stream.Write(Convert.FromHexString(hex));
        }

        public void Close()
        {
            trace.Add(Broker, "closes");
            client.Close();
        }
    }
}
