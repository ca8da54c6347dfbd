using System.Text.Json;
using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo;

namespace EdgeChat.Tool.Fleets;

/// <summary>Sends boards an order to change their configuration (docs/protocol.md, section 14), and hears what becomes of it.</summary>
/// <param name="fleet">The fleet, as it is now.</param>
/// <param name="password">The operator's password, or null.</param>
/// <param name="number">The configuration's number: above that of every earlier one.</param>
/// <param name="keyOf">The key of a board, or null for one that has none: what goes there can be read by the broker.</param>
public sealed class Configurator(FleetFile fleet, string? password, int number, Func<string, byte[]?> keyOf)
{
    private static readonly DateTimeOffset FirstNumber = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>A number that is above all that were given in an earlier second, by whomever.</summary>
    public static int NumberOf(DateTimeOffset now) => (int)(now - FirstNumber).TotalSeconds;

    /// <summary>Throws <see cref="FleetException"/> when an order is too long for a board.</summary>
    public static void Check(string order)
    {
        int bytes = System.Text.Encoding.UTF8.GetByteCount(order);
        if (bytes > Body.MaxContentBytes)
            throw new FleetException($"the order has {bytes} bytes, and a board takes {Body.MaxContentBytes}: "
                + "take a CA with an ECDSA P-256 key, or put it on the boards with `edgechat provision`");
    }

    /// <summary>Sends the order, and tells what each board answers until all have, or until <paramref name="stop"/>. Throws
    /// <see cref="ToolException"/> when the broker takes none.</summary>
    /// <param name="ids">The boards.</param>
    /// <param name="order">What is to change: a word, and lines behind it.</param>
    /// <param name="elsewhere">Where boards may answer besides their present broker.</param>
    /// <param name="tell">Told a board's id and the lines of its answer.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <returns>The boards that have not answered.</returns>
    public async Task<IReadOnlyCollection<string>> RunAsync(
        IEnumerable<string> ids, string order, IReadOnlyList<FleetBroker> elsewhere, Action<string, string> tell, CancellationToken stop)
    {
        var silent = new HashSet<string>(ids);
        BrokerTalk own = await ReachAsync(stop);
        using var all = CancellationTokenSource.CreateLinkedTokenSource(stop);
        void Hear(HeardMessage heard)
        {
            string from = heard.Topic[(heard.Topic.LastIndexOf('/') + 1)..];
            if (Outcome(heard.Body) is not { } outcome) return;
            lock (silent)
            {
                if (!silent.Remove(from)) return;
                tell(from, outcome);
                if (silent.Count == 0) all.Cancel();
            }
        }

        string[] boards = [.. silent];
        Task[] ears =
        [
            ListenAsync(fleet, own, talk => SendAsync(talk, boards, order, all.Token), Hear, all.Token),
            .. elsewhere.Select(b => ListenAsync(fleet with { Broker = b }, null, _ => Task.CompletedTask, Hear, all.Token)),
        ];
        await Task.WhenAll(ears);
        return silent;
    }

    // who waits for boards to answer must know that they were asked
    private async Task<BrokerTalk> ReachAsync(CancellationToken stop)
    {
        string why = "";
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            return await OpenAsync(fleet, w => why = w, patience.Token);
        }
        catch (OperationCanceledException e) when (why.Length > 0)
        {
            throw new ToolException(ExitCode.Broker, $"nothing was sent: {why}", e);
        }
    }

    private Task<BrokerTalk> OpenAsync(FleetFile at, Action<string> why, CancellationToken stop) =>
        BrokerTalk.OpenAsync(FleetLogin.Of(at, at.Operator, password), why, stop);

    private async Task SendAsync(BrokerTalk talk, IEnumerable<string> ids, string order, CancellationToken stop)
    {
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(new { y = BodyTypes.Configure, a = number, c = order });
        foreach (string id in ids)
        {
            string topic = Topics.Inbox(id, fleet.Operator);
            byte[] bytes = keyOf(id) is { } key ? OrderKeys.Enclose(key, topic, body) : body;
            await talk.PublishAsync(topic, bytes, 1, false, stop);
        }
    }

    private async Task ListenAsync(
        FleetFile at, BrokerTalk? open, Func<BrokerTalk, Task> onceOpen, Action<HeardMessage> hear, CancellationToken stop)
    {
        bool isFirst = true;
        try
        {
            while (true)
            {
                await using BrokerTalk talk = open ?? await OpenAsync(at, _ => { }, stop);
                open = null;
                if (!await talk.SubscribeAsync(Topics.InboxFilter(at.Operator), 1, stop)) continue;
                if (isFirst) await onceOpen(talk);
                isFirst = false;
                while (await talk.HearAsync(stop) is { } heard) hear(heard);
            }
        }
        catch (OperationCanceledException)
        {
            // all have answered, or nobody waits any more
        }
    }

    private string? Outcome(byte[] body)
    {
        try
        {
            using JsonDocument outcome = ProtocolJson.Parse(body);
            JsonElement root = outcome.RootElement;
            return root.GetProperty("y").GetString() == BodyTypes.Outcome && root.GetProperty("a").Integer() == number
                ? root.GetProperty("c").GetString() : null;
        }
        catch (Exception e) when (e is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            return null;
        }
    }
}
