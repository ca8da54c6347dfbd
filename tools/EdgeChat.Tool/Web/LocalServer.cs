using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using EdgeChat.Tool.Commands;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EdgeChat.Tool.Web;

/// <summary>A page and its socket, on 127.0.0.1 alone. The page's files hold nothing that is anybody's: all that is goes over the socket,
/// which a key may protect from other users of this PC.</summary>
/// <remarks>The key stands in the address behind the #, which a browser sends to nobody; the page's script shows it as one of the socket's
/// subprotocols (RFC 6455, section 1.9), because a browser's socket takes no other header.</remarks>
public sealed class LocalServer : IAsyncDisposable
{
    private const string Protocol = "edgechat";
    private const string Shared = "shared";

    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromSeconds(2);

    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _pages = new();
    private readonly string _folder;
    private readonly Func<WebSocket, CancellationToken, Task> _serve;
    private readonly string? _key;

    private LocalServer(WebApplication app, string folder, Func<WebSocket, CancellationToken, Task> serve, string? key)
    {
        _app = app;
        _folder = folder;
        _serve = serve;
        _key = key;
    }

    /// <summary>The page's address, with its key.</summary>
    public string Url { get; private set; } = "";

    /// <summary>A key that nobody guesses.</summary>
    public static string NewKey() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    /// <summary>Serves a page on <paramref name="port"/>, or on a free port for 0. Throws <see cref="ToolException"/> when the port is
    /// taken.</summary>
    /// <param name="folder">The folder of the page in <c>wwwroot</c>.</param>
    /// <param name="port">The port.</param>
    /// <param name="serve">Serves a page whose socket is open, until it leaves or the token says so.</param>
    /// <param name="key">What a page must show; null lets every page of this server in.</param>
    public static async Task<LocalServer> StartAsync(
        string folder, int port, Func<WebSocket, CancellationToken, Task> serve, string? key = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o => o.Listen(IPAddress.Loopback, port));
        // Signals are the command's: what it has begun ends before the page goes.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var server = new LocalServer(builder.Build(), folder, serve, key);
        server._app.UseWebSockets();
        server._app.Run(server.AnswerAsync);
        try
        {
            await server._app.StartAsync();
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            await server._app.DisposeAsync();
            throw new ToolException(ExitCode.Machine, Explain(port, e), e);
        }

        var addresses = server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        server.Url = addresses!.Addresses.First() + (key is null ? "" : "/#" + key);
        return server;
    }

    /// <summary>Closes each page's socket and the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        // a page may be told the last
        await Task.WhenAny(Task.WhenAll(_pages.Keys), Task.Delay(PatienceAtEnd));
        await _app.DisposeAsync();
        _stop.Dispose();
    }

    private static string Explain(int port, Exception e)
        => e.InnerException is AddressInUseException
            ? $"--port {port}: another program listens there; choose another port, or leave --port out for a free one"
            : $"--port {port}: cannot listen there ({e.Message.TrimEnd('.')}); choose another port, or leave --port out for a free one";

    // Another site's page could reach this port through the user's browser, by its address or by a name that resolves to it.
    private static bool IsFromHere(HttpRequest request)
    {
        if (request.Host.Host is not ("127.0.0.1" or "localhost"))
            return false;
        var origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || origin == $"{request.Scheme}://{request.Host}";
    }

    private bool HasKey(WebSocketManager sockets) => _key is null || sockets.WebSocketRequestedProtocols.Any(p =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(p), Encoding.UTF8.GetBytes(_key)));

    private async Task SendFileAsync(HttpContext context)
    {
        var name = context.Request.Path.Value is null or "/" ? "index.html" : context.Request.Path.Value[1..];
        using var file = Open(_folder, name) ?? Open(Shared, name);
        if (file is null || !Types.TryGetValue(Path.GetExtension(name), out var type))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.ContentType = type;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.ContentSecurityPolicy = $"default-src 'self'; connect-src 'self' ws://{context.Request.Host}; img-src 'self' data: blob:; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        await file.CopyToAsync(context.Response.Body);
    }

    private static Stream? Open(string folder, string name) =>
        Assembly.GetExecutingAssembly().GetManifestResourceStream($"wwwroot/{folder}/{name}");

    private async Task AnswerAsync(HttpContext context)
    {
        if (!IsFromHere(context.Request))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        if (context.Request.Path != "/socket")
        {
            await SendFileAsync(context);
            return;
        }

        if (!context.WebSockets.IsWebSocketRequest)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (!HasKey(context.WebSockets))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        using var socket = await context.WebSockets.AcceptWebSocketAsync(_key is null ? null : Protocol);
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, context.RequestAborted);
        var page = new TaskCompletionSource();
        _pages[page.Task] = true; // before anything is sent: who has read it may end the server at once
        try
        {
            await _serve(socket, leave.Token);
        }
        finally
        {
            _pages.TryRemove(page.Task, out _);
            page.SetResult();
        }
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
