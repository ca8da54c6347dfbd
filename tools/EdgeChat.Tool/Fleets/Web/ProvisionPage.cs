using System.Net.WebSockets;
using System.Text;
using EdgeChat.Bundle;
using EdgeChat.Tool.Demo;
using EdgeChat.Tool.Web;

namespace EdgeChat.Tool.Fleets.Web;

/// <summary>The page of <c>provision --web</c>: shows what the engine says. It asks for nothing, so that a page that is closed changes
/// nothing.</summary>
internal static class ProvisionPage
{
    // a page that does not read any more is not waited for
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromSeconds(1);

    // nothing is missed without it: it finds out that a page is gone
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(5);

    /// <summary>Serves the page on a free port; its address has a key, and without it the page is told nothing.</summary>
    public static Task<LocalServer> ServeAsync(ProvisionNews news) =>
        LocalServer.StartAsync("provision", 0, (socket, stop) => TellAsync(socket, news, stop), LocalServer.NewKey());

    private static async Task TellAsync(WebSocket socket, ProvisionNews news, CancellationToken stop)
    {
        using var leave = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task closed = UntilClosedAsync(socket, leave);
        var changed = new Signal();
        news.Changed += changed.Set;
        long seen = 0;
        try
        {
            await SendAsync(socket, news.Hello());
            while (true)
            {
                foreach (string text in news.Since(ref seen)) await SendAsync(socket, text);
                await changed.WaitAsync(Heartbeat, leave.Token);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // the page has left, or the command ends
        }
        finally
        {
            news.Changed -= changed.Set;
        }

        if (!stop.IsCancellationRequested) return;
        await SayGoodbyeAsync(socket, news, seen);
        // its answer; a socket that is torn down before would take the goodbye along
        await Task.WhenAny(closed, Task.Delay(PatienceAtEnd, CancellationToken.None));
    }

    private static async Task SayGoodbyeAsync(WebSocket socket, ProvisionNews news, long seen)
    {
        try
        {
            foreach (string text in news.Since(ref seen)) await SendAsync(socket, text).WaitAsync(PatienceAtEnd);
            await SendAsync(socket, ToolJson.Object(("t", "over"))).WaitAsync(PatienceAtEnd);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None).WaitAsync(PatienceAtEnd);
        }
        catch (Exception e) when (e is TimeoutException or WebSocketException)
        {
            // it is gone already
        }
    }

    // Without a token, here and below: what is cancelled ends the socket, and there is a goodbye to say.
    private static async Task UntilClosedAsync(WebSocket socket, CancellationTokenSource leave)
    {
        var buffer = new byte[256];
        try
        {
            while ((await socket.ReceiveAsync(buffer, CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
                // what a page says is not heard
            }
            await leave.CancelAsync();
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // it is gone, and what is sent next says so
        }
    }

    private static Task SendAsync(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
}
