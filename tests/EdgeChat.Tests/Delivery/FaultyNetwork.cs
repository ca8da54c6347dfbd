namespace EdgeChat.Tests.Delivery;

/// <summary>A broker in virtual time that does what MQTT allows: confirms late or never, delivers twice, mixes streams, forgets sessions.</summary>
internal sealed class FaultyNetwork(int seed)
{
    private const string AnyChild = "/+";

    private readonly Random _random = new(seed);

    // by filter, and by parent of the topic: a publish costs the same among ten thousand peers as among three
    private readonly Dictionary<string, List<FaultyPeer>> _subscribers = [];
    private readonly Dictionary<string, Dictionary<string, byte[]>> _retained = [];

    /// <summary>Unix seconds when the world began.</summary>
    public const long Epoch = 1790000000;

    public long NowMs { get; private set; } = 1000;

    public List<FaultyPeer> Peers { get; } = [];

    /// <summary>Of 100 publishes, those that do not reach the broker, those whose PUBACK does not come back, those that come twice, and those with a slow PUBACK.</summary>
    public int Lost { get; set; }

    public int Unconfirmed { get; set; }

    public int Twice { get; set; }

    public int Slow { get; set; }

    /// <summary>Called after each thing that a peer did.</summary>
    public Action<FaultyPeer>? Watcher { get; set; }

    /// <summary>Called with each publish of a peer.</summary>
    public Action<string, byte[]>? Listener { get; set; }

    public int Random(int bound) => _random.Next(bound);

    /// <summary>Whether a publish arrives, is confirmed, and after how long.</summary>
    public (bool Arrives, bool IsConfirmed, long DelayMs) Fate()
    {
        long delay = _random.Next(100) < Slow ? _random.Next(4000) : 0;
        int fate = _random.Next(100);
        return (fate >= Lost, fate >= Lost + Unconfirmed, delay);
    }

    /// <summary>Publishes; what a topic carries stays in order, and the topics of a queue mix.</summary>
    public void Publish(string topic, byte[] body, bool isRetained)
    {
        string parent = Parent(topic);
        if (isRetained)
        {
            if (!_retained.TryGetValue(parent, out Dictionary<string, byte[]>? siblings)) _retained[parent] = siblings = [];
            siblings[topic] = body;
        }

        foreach (FaultyPeer peer in Subscribers(topic).Union(Subscribers(parent + AnyChild)))
        {
            peer.Queue.Add((topic, body, false));
            if (_random.Next(100) < Twice) peer.Queue.Add((topic, body, false));
        }
    }

    /// <summary>Subscribes a peer, and gives it what is retained. A filter is a topic, or ends in a level for any.</summary>
    public void Subscribe(FaultyPeer peer, string[] filters)
    {
        foreach (string filter in filters)
        {
            if (!_subscribers.TryGetValue(filter, out List<FaultyPeer>? subscribers)) _subscribers[filter] = subscribers = [];
            if (peer.Filters.Add(filter)) subscribers.Add(peer);
            if (!_retained.TryGetValue(Parent(filter), out Dictionary<string, byte[]>? siblings)) continue;
            if (filter.EndsWith(AnyChild, StringComparison.Ordinal)) peer.Queue.AddRange(siblings.Select(s => (s.Key, s.Value, true)));
            else if (siblings.TryGetValue(filter, out byte[]? body)) peer.Queue.Add((filter, body, true));
        }
    }

    /// <summary>Ends subscriptions of a peer.</summary>
    public void Unsubscribe(FaultyPeer peer, IEnumerable<string> filters)
    {
        foreach (string filter in filters)
            if (peer.Filters.Remove(filter)) _subscribers[filter].Remove(peer);
    }

    /// <summary>Takes the first message of any topic.</summary>
    public (string Topic, byte[] Body, bool IsRetained) TakeFrom(List<(string Topic, byte[] Body, bool IsRetained)> queue)
    {
        string[] topics = [.. queue.Select(m => m.Topic).Distinct()];
        string topic = topics[_random.Next(topics.Length)];
        int place = queue.FindIndex(m => m.Topic == topic);
        (string, byte[], bool) message = queue[place];
        queue.RemoveAt(place);
        return message;
    }

    /// <summary>The broker forgets a client: what it subscribed to and what waits for it.</summary>
    public void ForgetSession(FaultyPeer peer)
    {
        peer.Disconnect();
        peer.HasSession = false;
        Unsubscribe(peer, [.. peer.Filters]);
        peer.Queue.Clear();
    }

    /// <summary>Does all that needs no time.</summary>
    public void Settle()
    {
        bool isBusy = true;
        for (int turns = 0; isBusy; turns++)
        {
            if (turns > 100_000) throw new InvalidOperationException("the peers never come to rest");
            isBusy = false;
            foreach (FaultyPeer peer in Peers)
            {
                if (!peer.Turn()) continue;
                isBusy = true;
                Watcher?.Invoke(peer);
            }
        }
    }

    /// <summary>Lets time pass, from one moment at which something is due to the next.</summary>
    public void Pass(long ms)
    {
        long until = NowMs + ms;
        Settle();
        while (Peers.Min(p => p.NextMs) is var next && next <= until)
        {
            NowMs = Math.Max(NowMs, next);
            Settle();
        }

        NowMs = until;
    }

    private List<FaultyPeer> Subscribers(string filter) => _subscribers.GetValueOrDefault(filter, []);

    private static string Parent(string topic) => topic[..topic.LastIndexOf('/')];
}
