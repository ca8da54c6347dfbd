using EdgeChat.Core;
using EdgeChat.Delivery;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;
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
        bool isPerson = host.HasTerminal && !settings.PrintsJson;
        BrokerLook look = await DevicePresence.LookAsync(settings.Broker, settings.As, isPerson, host.Stop);
        if (look.IsOn) throw new ToolException(ExitCode.Broker, Taken());
        await using Peer peer = Open();
        if (settings.Key is { } key && peer.EnterKey(settings.To!, key) is var refusal and not SendError.None)
            throw new ToolException(ExitCode.Usage, $"--key-file: {SendErrors.WordsFor(refusal)}");
        if (peer.DamagedRecords > 0)
        {
            string places = peer.DamagedRecords == 1 ? "place" : "places";
            host.Error.WriteLine($"edgechat: {settings.Data}: {peer.DamagedRecords} damaged {places} in the history; " +
                "what stood there is left out, the rest is kept");
        }

        int code = isPerson
            ? await new ChatTerminal(peer, settings, host, look.Devices).RunAsync()
            : await new ChatPipe(peer, settings, host).RunAsync();
        await peer.StopAsync(Goodbye);
        return code;
    }

    private string Taken() =>
        $"the broker at {settings.Broker} says that a device '{settings.As}' is on: two with one id push each other off, " +
        "so end the other one first, or choose another --as " +
        $"(if it is gone for good: mosquitto_pub -h {settings.Broker.Address.Host} -p {settings.Broker.Address.Port} " +
        $"-r -n -t {Topics.Presence(settings.As)})";

    // two of one device id would take the session from each other for ever
    private FileStream Lock()
    {
        try
        {
            Directory.CreateDirectory(settings.Data);
            if (FileLock.TakeIfFree(Path.Combine(settings.Data, ".lock")) is { } exclusive) return exclusive;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine,
                $"--data {settings.Data}: cannot write there ({e.Message.TrimEnd('.')}); choose a folder that you may write", e);
        }

        throw new ToolException(ExitCode.Machine,
            $"{settings.Data}: another edgechat chats as {settings.As} from this folder; end it first");
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
            return new Peer(me, settings.Data, settings.Broker);
        }
        catch (FlashException e)
        {
            throw new ToolException(ExitCode.Flash,
                $"{settings.Data}: the history cannot be read ({e.Message.TrimEnd('.')}); move the folder away to begin with an empty one",
                e);
        }
    }
}
