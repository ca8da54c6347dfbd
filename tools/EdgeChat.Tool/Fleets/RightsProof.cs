using EdgeChat.Core;
using EdgeChat.Fleet;
using EdgeChat.Tool.Broker;

namespace EdgeChat.Tool.Fleets;

/// <summary>Tries a board's rights with its own password: what it must be allowed, and what it must be refused. A broker may refuse by an
/// answer, by silence, or by ending the connection; so after each try a marker is sent that must come, and what came before it
/// counts.</summary>
/// <remarks>With QoS 0, so that nothing of it waits for the board.</remarks>
internal sealed class RightsProof(BrokerLogin login, string id)
{
    private const string Nothing = "{}"; // no board takes it for a message

    private readonly string _other = "try-" + Random.Shared.Next().ToString("x8");
    private string _why = "";

    /// <summary>Throws <see cref="FleetException"/> when a right is missing, or one too many.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        try
        {
            if (!await IsHeardAsync(null, null, stop))
                throw new FleetException($"the broker does not let {id} write and read its own topics ({Marker}): see docs/brokers.md, and "
                    + "give users their topics");
            if (await IsHeardAsync(null, Topics.Inbox(id, _other), stop, Topics.Inbox(id, _other)))
                throw new FleetException(
                    $"the broker lets {id} write as another ({Topics.Inbox(id, _other)}): see the access list in docs/brokers.md");
            if (await IsHeardAsync(Topics.InboxFilter(_other), Topics.Inbox(_other, id), stop, Topics.Inbox(_other, id)))
                throw new FleetException(
                    $"the broker lets {id} read what is for another ({Topics.Inbox(_other, id)}): see the access list in docs/brokers.md");
        }
        catch (OperationCanceledException) when (_why.Length > 0)
        {
            throw new FleetException(_why);
        }
    }

    private string Marker => Topics.Inbox(id, id);

    // Whether a topic is heard; by itself the marker's.
    private async Task<bool> IsHeardAsync(string? filter, string? topic, CancellationToken stop, string? wanted = null)
    {
        await using BrokerTalk talk = await BrokerTalk.OpenAsync(login, w => _why = w, stop);
        _why = "";
        if (!await talk.SubscribeAsync(Topics.InboxFilter(id), 0, stop)) return false;
        if (filter is not null && !await talk.SubscribeAsync(filter, 0, stop)) return false;
        if (topic is not null) await talk.PublishAsync(topic, Nothing, 0, false, stop);
        await talk.PublishAsync(Marker, Nothing, 0, false, stop);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(TimeSpan.FromSeconds(5));
        try
        {
            while (await talk.HearAsync(patience.Token) is { } heard)
            {
                if (heard.Topic == (wanted ?? Marker)) return true;
                if (heard.Topic == Marker) return false;
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested && wanted is null)
        {
            return false;
        }

        return false;
    }
}
