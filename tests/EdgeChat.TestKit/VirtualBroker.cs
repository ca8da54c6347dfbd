using System;
using System.Collections;
using System.Text;

namespace EdgeChat.TestKit;

/// <summary>A broker in memory and in virtual time, with its boards: persistent sessions, retained messages, wills, faults.</summary>
/// <remarks>A filter is a topic, or ends in a level for any: <c>ec1/i/alice/+</c>. Subscribers are found by filter, so a publish costs the
/// same among ten thousand boards as among three.</remarks>
public sealed class VirtualBroker
{
    /// <summary>Unix seconds when a world begins: 2026-09-21, 14:13:20 UTC, a Monday.</summary>
    public const long Epoch = 1790000000;

    /// <summary>Whose invitations every board takes, since it has it as its operator: there is nobody it has to ask about them.</summary>
    public const string Operator = "alice";

    private const long StartMs = 1000;
    private const int MostRounds = 100000;
    private readonly ArrayList _boards = new ArrayList();

    // by filter the list of sessions; what is retained by topic, and by parent of the topic in the order in which it came
    private readonly Hashtable _subscribers = new Hashtable();
    private readonly Hashtable _retained = new Hashtable();
    private readonly Hashtable _siblings = new Hashtable();

    /// <summary>Makes a broker whose faults follow from the seed 1.</summary>
    public VirtualBroker()
        : this(1)
    {
    }

    /// <summary>Makes a broker whose faults follow from a seed.</summary>
    public VirtualBroker(int seed) { Dice = new Dice(seed); }

    /// <summary>Milliseconds since the world began; it begins at 1 s, as nothing comes at once.</summary>
    public long NowMs { get; private set; } = StartMs;

    /// <summary>The time of day in Unix seconds.</summary>
    public long UnixSeconds { get { return Epoch + (NowMs - StartMs) / 1000; } }

    /// <summary>All that was published.</summary>
    public PublishLog Log { get; } = new PublishLog();

    /// <summary>What goes wrong.</summary>
    public LinkFaults Faults { get; } = new LinkFaults();

    /// <summary>The randomness of this world.</summary>
    public Dice Dice { get; }

    /// <summary>Whether nobody is given what is retained, as by a node of a cluster when another has it.</summary>
    public bool DropsRetained { get; set; }

    /// <summary>The most bytes that a client reads at once, or 0 for any number. What comes for it is one record then, however much it is,
    /// as soon as nothing more has come for a while; a longer one ends the connection, as under TLS 1.2, and waits still.</summary>
    public int LongestRecord { get; set; }

    /// <summary>A topic on whose publishes this broker ends the connection, or null.</summary>
    public string Denied { get; set; }

    /// <summary>Who looks on, or null.</summary>
    public IWorldWatcher Watcher { get; set; }

    /// <summary>Makes a board, without power as yet.</summary>
    public CoreBoard Board(string id) { return new CoreBoard(this, id); }

    /// <summary>How many publishes had a topic and a part in the body; an empty part is in all.</summary>
    public int Count(string topic, string part) { return Log.CountOf(topic, part); }

    /// <summary>Publishes a text as any MQTT client could, and lets what follows happen.</summary>
    public void Publish(string topic, string body)
    {
        Settle();
        Publish(topic, Encoding.UTF8.GetBytes(body), false);
        Settle();
    }

    /// <summary>Publishes as any MQTT client could; every board whose filters match gets it now or when it is connected.</summary>
    public void Publish(string topic, byte[] body, bool retain) { Publish(topic, body, retain, null); }

    /// <summary>Lets everything happen that can happen at this moment.</summary>
    public void Settle()
    {
        bool isBusy = true;
        for (int round = 0; isBusy; round++)
        {
            if (round == MostRounds) throw new Exception("the boards never come to rest");
            isBusy = false;
            for (int i = 0; i < _boards.Count; i++)
            {
                var board = (BoardHost)_boards[i];
                if (!board.Turn()) continue;
                isBusy = true;
                if (Watcher != null) Watcher.AfterTurn(board);
            }
        }
    }

    /// <summary>Lets time pass, from one moment at which something is due to the next.</summary>
    public void Pass(long ms)
    {
        long end = NowMs + ms;
        Settle();
        for (long next = NextMs(); next <= end; next = NextMs())
        {
            if (next > NowMs) NowMs = next;
            Settle();
        }

        NowMs = end;
    }

    /// <summary>Forgets one board: its connection, its subscriptions and what waits for it.</summary>
    public void Forget(BoardHost board)
    {
        board.Disconnect();
        EndSession(board);
    }

    /// <summary>Starts again as it was saved before anything was retained or queued: sessions and subscriptions are there.</summary>
    public void RollBack()
    {
        for (int i = 0; i < _boards.Count; i++) ((BoardHost)_boards[i]).AtBroker.LoseQueue();
        _retained.Clear();
        _siblings.Clear();
        for (int i = 0; i < _boards.Count; i++) ((BoardHost)_boards[i]).Lose();
    }

    /// <summary>Starts again without anything that it had kept; there are no wills. Every board has lost connection and session.</summary>
    public void Restart()
    {
        for (int i = 0; i < _boards.Count; i++) EndSession((BoardHost)_boards[i]);
        _retained.Clear();
        _siblings.Clear();
        for (int i = 0; i < _boards.Count; i++) ((BoardHost)_boards[i]).Lose();
    }

    /// <summary>The same, and every board is out of reach of it until it is told to be online again.</summary>
    public void ForgetAll()
    {
        for (int i = 0; i < _boards.Count; i++) ((BoardHost)_boards[i]).LeaveNetwork(null);
        Restart();
    }

    internal void Add(BoardHost board) { _boards.Add(board); }

    internal void Publish(string topic, byte[] body, bool retain, BoardHost by)
    {
        Log.Add(topic, body, by);
        string parent = Parent(topic);
        if (retain) Retain(parent, topic, body);
        Deliver(topic, topic, body);
        Deliver(parent + "/+", topic, body);
    }

    internal void Subscribe(BrokerSession session, string[] filters)
    {
        for (int i = 0; i < filters.Length; i++)
        {
            string filter = filters[i];
            var sessions = (ArrayList)_subscribers[filter];
            if (sessions == null) _subscribers[filter] = sessions = new ArrayList();
            if (!session.Filters.Contains(filter))
            {
                session.Filters.Add(filter);
                sessions.Add(session);
            }

            if (!DropsRetained) SendRetained(session, filter);
        }
    }

    internal void Unsubscribe(BrokerSession session, string filter)
    {
        if (!session.Filters.Contains(filter)) return;
        session.Filters.Remove(filter);
        ((ArrayList)_subscribers[filter]).Remove(session);
    }

    private static string Parent(string topic) { return topic.Substring(0, topic.LastIndexOf('/')); }

    private long NextMs()
    {
        long next = long.MaxValue;
        for (int i = 0; i < _boards.Count; i++)
        {
            long due = ((BoardHost)_boards[i]).NextMs;
            if (due < next) next = due;
        }

        return next;
    }

    internal void EndSession(BoardHost board)
    {
        BrokerSession session = board.AtBroker;
        while (session.Filters.Count > 0) Unsubscribe(session, (string)session.Filters[0]);
        session.LoseQueue();
        session.IsPresent = false;
    }

    private void Deliver(string filter, string topic, byte[] body)
    {
        var sessions = (ArrayList)_subscribers[filter];
        if (sessions == null) return;
        for (int i = 0; i < sessions.Count; i++)
        {
            var session = (BrokerSession)sessions[i];
            session.Enqueue(topic, body, false);
            if (Faults.HasTwice(Dice)) session.Enqueue(topic, body, false);
        }
    }

    // an empty body takes the message away (OASIS MQTT 3.1.1, section 3.3.1.3)
    private void Retain(string parent, string topic, byte[] body)
    {
        var siblings = (ArrayList)_siblings[parent];
        if (siblings == null) _siblings[parent] = siblings = new ArrayList();
        var message = (BrokerMessage)_retained[topic];
        if (body.Length == 0)
        {
            if (message == null) return;
            siblings.Remove(message);
            _retained.Remove(topic);
            return;
        }

        if (message == null)
        {
            message = new BrokerMessage { Topic = topic };
            siblings.Add(message);
            _retained[topic] = message;
        }

        message.Body = body;
    }

    private void SendRetained(BrokerSession session, string filter)
    {
        if (!filter.EndsWith("/+"))
        {
            var message = (BrokerMessage)_retained[filter];
            if (message != null) session.Enqueue(filter, message.Body, true);
            return;
        }

        var siblings = (ArrayList)_siblings[Parent(filter)];
        for (int i = 0; siblings != null && i < siblings.Count; i++)
        {
            var message = (BrokerMessage)siblings[i];
            session.Enqueue(message.Topic, message.Body, true);
        }
    }
}
