using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeChat.Tool.Broker;

namespace EdgeChat.Fleet.Tests;

/// <summary>Shows certificates at a port of this machine: exactly those that it is given, and no more.</summary>
internal sealed class TlsServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly SslStreamCertificateContext _shown;
    private readonly X509Certificate2 _server;
    private readonly Task _serving;

    /// <summary>Begins to show a server's certificate, with what is sent with it.</summary>
    public TlsServer(X509Certificate2 server, ECDsa key, params X509Certificate2[] others)
    {
        using X509Certificate2 withKey = server.CopyWithPrivateKey(key);
        _server = X509CertificateLoader.LoadPkcs12(withKey.Export(X509ContentType.Pkcs12), null);
        _shown = SslStreamCertificateContext.Create(_server, [.. others], offline: true);
        _listener.Start();
        Address = new BrokerAddress("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);
        _serving = ServeAsync();
    }

    public BrokerAddress Address { get; }

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _server.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await ShowAsync(client);
            }
        }
        catch (Exception e) when (e is SocketException or InvalidOperationException) // between two clients, it does not listen any more
        {
            // stopped
        }
    }

    private async Task ShowAsync(TcpClient client)
    {
        try
        {
            await using var tls = new SslStream(client.GetStream());
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificateContext = _shown });
            await tls.ReadExactlyAsync(new byte[1]); // to its end
        }
        catch (Exception e) when (e is IOException or AuthenticationException)
        {
            // whoever looked has gone
        }
    }
}
