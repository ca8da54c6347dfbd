using EdgeChat.Core;

namespace EdgeChat.Tests.Consoles;

/// <summary>A broker in virtual time for boards in one test: retained messages, persistent sessions, QoS 1, no loss.</summary>
internal sealed class Air
{
    private readonly List<ConsoleBoard> _boards = [];
    private readonly Dictionary<string, byte[]> _retained = [];

    /// <summary>Unix seconds at the start: 2026-09-21, 14:13:20 UTC.</summary>
    public const long Epoch = 1790000000;

    /// <summary>Milliseconds since the boards were started; nothing comes at once.</summary>
    public long NowMs { get; private set; } = StartMs;

    private const long StartMs = 1000;

    public IReadOnlyList<ConsoleBoard> Boards => _boards;

    public ConsoleBoard this[string id] => _boards.Single(b => b.Id == id);

    /// <summary>Adds a board that is on the network.</summary>
    public void Add(string id, string name, params string[] contacts)
    {
        var board = new ConsoleBoard(id, name, contacts);
        _boards.Add(board);
        board.PowerOn(NowMs);
        Connect(board);
    }

    /// <summary>Gives a board network and clock.</summary>
    public void Connect(ConsoleBoard board)
    {
        board.IsUp = true;
        board.App.OnLink(new LinkEvent { Kind = LinkEventKind.NetworkUp }, NowMs);
        board.App.OnClock(Epoch + (NowMs - StartMs) / 1000, NowMs);
        Settle();
    }

    /// <summary>Takes a board's network away; its will comes.</summary>
    public void Cut(ConsoleBoard board)
    {
        board.IsUp = false;
        board.App.OnLink(new LinkEvent { Kind = LinkEventKind.NetworkDown, Reason = "no Wi-Fi \"Workshop\": is the access point on?" }, NowMs);
        SendWill(board);
        Settle();
    }

    /// <summary>Takes a board's power away and gives it back.</summary>
    public void Restart(ConsoleBoard board)
    {
        SendWill(board);
        board.PowerOn(NowMs);
        Connect(board);
    }

    /// <summary>Lets the broker refuse a board with a CONNACK code.</summary>
    public void Refuse(ConsoleBoard board, int code)
    {
        Cut(board);
        board.RefusedWith = code;
        Connect(board);
    }

    /// <summary>Publishes as a plain client does.</summary>
    public void Publish(string topic, byte[] body, bool isRetained)
    {
        if (isRetained) _retained[topic] = body;
        foreach (ConsoleBoard board in _boards)
        {
            if (!board.Filters.Exists(f => Matches(f, topic))) continue;
            board.Inbox.Enqueue((topic, body));
        }
    }

    /// <summary>Lets time pass, and what is due happen.</summary>
    public void Wait(long ms)
    {
        long until = NowMs + ms;
        Settle();
        while (_boards.Min(b => b.App.NextTickMs) is var next && next <= until)
        {
            NowMs = Math.Max(NowMs, next);
            foreach (ConsoleBoard board in _boards.Where(b => b.App.NextTickMs <= NowMs)) board.App.OnTime(NowMs);
            Settle();
        }

        NowMs = until;
    }

    /// <summary>Does everything that needs no time.</summary>
    public void Settle()
    {
        for (int turns = 0; _boards.Exists(Turn); turns++)
            if (turns > 100_000) Assert.Fail("the boards never come to rest");
    }

    private bool Turn(ConsoleBoard board)
    {
        bool wasBusy = false;
        while (board.App.NextLinkAction() is { } action)
        {
            wasBusy = true;
            Execute(board, action);
        }

        while (board.App.NextBoardRequest() is var request && request != BoardRequest.None)
        {
            if (request != BoardRequest.MeasureSignal || board.Signal == null) continue;
            wasBusy = true;
            board.App.OnSignal(board.Signal.Value, NowMs);
        }

        if (board.IsConnected && board.Inbox.TryDequeue(out var message))
        {
            board.App.OnLink(new LinkEvent { Kind = LinkEventKind.Received, Topic = message.Topic, Body = message.Body }, NowMs);
            return true;
        }

        if (board.App.NextTickMs > NowMs) return wasBusy;
        board.App.OnTime(NowMs);
        return true;
    }

    private void Execute(ConsoleBoard board, LinkAction action)
    {
        switch (action.Kind)
        {
            case LinkActionKind.Connect when board.RefusedWith > 0:
                Tell(board, new LinkEvent { Kind = LinkEventKind.Refused, Ticket = action.Ticket, Code = board.RefusedWith });
                return;
            case LinkActionKind.Connect:
                board.Will = (action.Topic, action.Body);
                board.IsConnected = true;
                Tell(board, new LinkEvent { Kind = LinkEventKind.Connected, Ticket = action.Ticket, Flag = board.HasSession });
                board.HasSession = true;
                return;
            case LinkActionKind.Subscribe:
                board.Filters.AddRange(action.Topics);
                Tell(board, new LinkEvent { Kind = LinkEventKind.Subscribed, Ticket = action.Ticket, Granted = new byte[action.Topics.Length] });
                foreach ((string topic, byte[] body) in _retained)
                    if (action.Topics.Any(f => Matches(f, topic)))
                        Tell(board, new LinkEvent { Kind = LinkEventKind.Received, Topic = topic, Body = body, Flag = true });
                return;
            case LinkActionKind.Unsubscribe:
                board.Filters.RemoveAll(action.Topics.Contains);
                return;
            case LinkActionKind.Publish:
                Publish(action.Topic, action.Body, action.Retain);
                Tell(board, new LinkEvent { Kind = LinkEventKind.Published, Ticket = action.Ticket, Flag = true });
                return;
            case LinkActionKind.Disconnect:
                board.Will = null;
                board.IsConnected = false;
                return;
            case LinkActionKind.Abort:
                SendWill(board);
                return;
        }
    }

    private void Tell(ConsoleBoard board, LinkEvent e) => board.App.OnLink(e, NowMs);

    private void SendWill(ConsoleBoard board)
    {
        board.IsConnected = false;
        if (board.Will is var (topic, body)) Publish(topic, body, true);
        board.Will = null;
    }

    private static bool Matches(string filter, string topic)
    {
        string[] wanted = filter.Split('/');
        string[] levels = topic.Split('/');
        return wanted.Length == levels.Length && wanted.Zip(levels).All(p => p.First == "+" || p.First == p.Second);
    }
}
