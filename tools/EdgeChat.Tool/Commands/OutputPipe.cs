using EdgeChat.Fleet;

namespace EdgeChat.Tool.Commands;

/// <summary>The standard output when another program reads it. .NET goes on in silence when that has ended, which is right for who works
/// and wrong for who only shows.</summary>
internal static class OutputPipe
{
    private const int StandardOutput = 1;

    /// <summary>Cancelled when nobody reads any more; never where that cannot be seen. Once asked for it is watched until the process
    /// ends.</summary>
    public static CancellationToken WatchReader()
    {
        if (!Console.IsOutputRedirected || OperatingSystem.IsWindows()) return CancellationToken.None;
        var gone = new CancellationTokenSource();
        new Thread(() =>
        {
            UnixPipe.WaitForTheReadersEnd(StandardOutput);
            gone.Cancel();
        })
        { IsBackground = true, Name = "reader of the output" }.Start();
        return gone.Token;
    }
}
