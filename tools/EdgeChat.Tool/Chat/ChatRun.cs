using EdgeChat.Core;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Chat;

/// <summary>One run of <c>edgechat chat</c>: opens the history, connects, and lets a terminal or a pipe talk.</summary>
public sealed class ChatRun(ChatSettings settings, ToolHost host)
{
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(3);

    /// <summary>Runs until the person or the pipe has finished; gives the exit code.</summary>
    public async Task<int> RunAsync()
    {
        using FileStream exclusive = Lock();
        await using Peer peer = Open();
        if (peer.DamagedRecords > 0)
            host.Error.WriteLine($"edgechat: {settings.Data}: {peer.DamagedRecords} damaged {(peer.DamagedRecords == 1 ? "place" : "places")} in the history; what stood there is left out, the rest is kept");
        int code = host.HasTerminal && !settings.PrintsJson
            ? await new ChatTerminal(peer, settings, host).RunAsync()
            : await new ChatPipe(peer, settings, host).RunAsync();
        await peer.StopAsync(Goodbye);
        return code;
    }

    // two of one device id would take the session from each other for ever
    private FileStream Lock()
    {
        try
        {
            Directory.CreateDirectory(settings.Data);
            return new FileStream(Path.Combine(settings.Data, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (Directory.Exists(settings.Data))
        {
            throw new ToolException(ExitCode.Machine, $"{settings.Data}: another edgechat chats as {settings.As} from this folder; end it first", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine, $"--data {settings.Data}: cannot write there ({e.Message.TrimEnd('.')}); choose a folder that you may write", e);
        }
    }

    private Peer Open()
    {
        var me = new Identity
        {
            DeviceId = settings.As,
            Incarnation = settings.Incarnation,
            UtcOffsetMinutes = (int)TimeZoneInfo.Local.GetUtcOffset(DateTimeOffset.UtcNow).TotalMinutes,
        };
        try
        {
            return new Peer(me, settings.Data, settings.Broker, settings.Access);
        }
        catch (FlashException e)
        {
            throw new ToolException(ExitCode.Flash, $"{settings.Data}: the history cannot be read ({e.Message.TrimEnd('.')}); move the folder away to begin with an empty one", e);
        }
    }
}
