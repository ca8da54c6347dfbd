using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace EdgeChat.Tests.OnBoard;

/// <summary>Speaks TLS 1.2 for a broker that speaks none, and joins all that the broker says without a pause into one record, as brokers
/// with a buffer for each client do.</summary>
internal sealed class JoiningRelay : IDisposable
{
    private const int LongestRecord = 16384; // RFC 5246, section 6.2.1
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;
    private readonly int _target;
    private int _connections;
    private int _longest;

    /// <summary>Begins to relay to a port of this machine.</summary>
    public JoiningRelay(TestCa ca, int target)
    {
        _target = target;
        (string certificate, string key) = ca.Issue(IPAddress.Loopback, DateTimeOffset.UtcNow.AddDays(1));
        using var pem = X509Certificate2.CreateFromPem(certificate, key);
        _certificate = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Handshakes that came about.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The most bytes that were put into one record.</summary>
    public int Longest => Volatile.Read(ref _longest);

    public void Dispose()
    {
        _listener.Dispose();
        _serving.Wait(TestBoard.Patience);
        _certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true) connections.Add(RelayAsync(await _listener.AcceptTcpClientAsync()));
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException)
        {
            // the end of the test
        }

        await Task.WhenAll(connections);
    }

    private async Task RelayAsync(TcpClient board)
    {
        using (board)
        using (var broker = new TcpClient())
        {
            try
            {
                await using var tls = new SslStream(board.GetStream());
                await tls.AuthenticateAsServerAsync(_certificate, false, SslProtocols.Tls12, false);
                Interlocked.Increment(ref _connections);
                await broker.ConnectAsync(IPAddress.Loopback, _target);
                await Task.WhenAny(tls.CopyToAsync(broker.GetStream()), JoinAsync(broker.GetStream(), tls));
            }
            catch (Exception e) when (e is IOException or SocketException or AuthenticationException)
            {
                // one side has gone: the other follows
            }
        }
    }

    private async Task JoinAsync(NetworkStream broker, SslStream board)
    {
        byte[] chunk = new byte[4096];
        var joined = new MemoryStream();
        Task<int> more = broker.ReadAsync(chunk).AsTask();
        while (true)
        {
            if (joined.Length > 0
                && (joined.Length + chunk.Length > LongestRecord || await Task.WhenAny(more, Task.Delay(Pause)) != more))
            {
                _longest = Math.Max(_longest, (int)joined.Length);
                await board.WriteAsync(joined.ToArray());
                joined.SetLength(0);
                continue;
            }

            int got = await more;
            if (got == 0) return;
            joined.Write(chunk, 0, got);
            more = broker.ReadAsync(chunk).AsTask();
        }
    }
}
