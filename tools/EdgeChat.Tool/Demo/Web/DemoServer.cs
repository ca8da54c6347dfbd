using System.Net;
using System.Net.Sockets;
using System.Reflection;
using EdgeChat.Tool.Commands;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace EdgeChat.Tool.Demo.Web;

/// <summary>The page and its socket, on 127.0.0.1 alone.</summary>
public sealed class DemoServer : IAsyncDisposable
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
    };

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop = new();

    private DemoServer(WebApplication app) => _app = app;

    /// <summary>The page's address.</summary>
    public string Url { get; private set; } = "";

    /// <summary>Serves <paramref name="room"/> on <paramref name="port"/>, or on a free port for 0. Throws <see cref="ToolException"/> when
    /// the port is taken.</summary>
    public static async Task<DemoServer> StartAsync(DemoRoom room, int port)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(o => o.Listen(IPAddress.Loopback, port));
        // Signals are the command's: the boards say goodbye before the page goes.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var server = new DemoServer(builder.Build());
        server._app.UseWebSockets();
        server._app.Run(context => server.AnswerAsync(context, room));
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
        server.Url = addresses!.Addresses.First();
        return server;
    }

    /// <summary>Closes each page's socket and the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
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

    private static async Task SendFileAsync(HttpContext context)
    {
        var name = context.Request.Path.Value is null or "/" ? "index.html" : context.Request.Path.Value[1..];
        using var file = Assembly.GetExecutingAssembly().GetManifestResourceStream("wwwroot/" + name);
        if (file is null || !Types.TryGetValue(Path.GetExtension(name), out var type))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var headers = context.Response.Headers;
        headers.ContentType = type;
        headers.CacheControl = "no-store";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = $"default-src 'self'; connect-src 'self' ws://{context.Request.Host}; frame-ancestors 'none'";
        await file.CopyToAsync(context.Response.Body);
    }

    private async Task AnswerAsync(HttpContext context, DemoRoom room)
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

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token, context.RequestAborted);
        await new PageConnection(socket, room).RunAsync(leave.Token);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
