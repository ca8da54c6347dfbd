using System.Collections;
using System.Text;

namespace EdgeChat.Delivery.Tests;

/// <summary>A broker in memory with its boards, in virtual time: persistent sessions, retained messages, and faults on request.</summary>
internal sealed class BrokerUnderTest
{
    private readonly ArrayList _boards = new ArrayList();
    private readonly ArrayList _retainedTopics = new ArrayList();
    private readonly ArrayList _retainedBodies = new ArrayList();
    private readonly ArrayList _log = new ArrayList();
    private string _lostTopic = "";
    private BoardUnderTest _loser;
    private int _losses;

    /// <summary>Milliseconds since the world began.</summary>
    public long NowMs { get; private set; } = 1000;

    /// <summary>All that was published, "topic body", in order.</summary>
    public ArrayList Log { get { return _log; } }

    /// <summary>The body published last, as a string.</summary>
    public string LastBody { get; private set; } = "";

    /// <summary>Makes a board, offline as yet.</summary>
    public BoardUnderTest Board(string id)
    {
        var board = new BoardUnderTest(this, id);
        _boards.Add(board);
        return board;
    }

    /// <summary>Publishes something as any MQTT client could.</summary>
    public void Publish(string topic, string body)
    {
        Settle();
        Publish(topic, Encoding.UTF8.GetBytes(body), false);
        Settle();
    }

    /// <summary>Publishes bytes; every board whose filters match gets them now or when it is online.</summary>
    public void Publish(string topic, byte[] body, bool retain)
    {
        LastBody = body.Length == 0 ? "" : new string(Encoding.UTF8.GetChars(body));
        _log.Add(topic + " " + LastBody);
        if (retain) Retain(topic, body);
        for (int i = 0; i < _boards.Count; i++)
        {
            var board = (BoardUnderTest)_boards[i];
            if (!board.IsSubscribed(topic)) continue;
            if (_losses > 0 && board == _loser && topic == _lostTopic) _losses--;
            else board.Enqueue(topic, body, false);
        }
    }

    /// <summary>Starts again without anything that it had kept: every board is offline and has no session.</summary>
    public void ForgetAll()
    {
        for (int i = 0; i < _boards.Count; i++) ((BoardUnderTest)_boards[i]).Offline();
        for (int i = 0; i < _boards.Count; i++) ((BoardUnderTest)_boards[i]).LoseSession();
        _retainedTopics.Clear();
        _retainedBodies.Clear();
    }

    /// <summary>The next messages of a topic do not come to one board: its queue is full.</summary>
    public void LoseFor(string topic, BoardUnderTest board, int count)
    {
        _lostTopic = topic;
        _loser = board;
        _losses = count;
    }

    /// <summary>Gives what is retained to a board.</summary>
    public void SendRetained(BoardUnderTest board)
    {
        for (int i = 0; i < _retainedTopics.Count; i++)
        {
            string topic = (string)_retainedTopics[i];
            if (board.IsSubscribed(topic)) board.Enqueue(topic, (byte[])_retainedBodies[i], true);
        }
    }

    /// <summary>Lets everything happen that can happen at this moment.</summary>
    public void Settle()
    {
        bool isBusy = true;
        for (int round = 0; isBusy && round < 10000; round++)
        {
            isBusy = false;
            for (int i = 0; i < _boards.Count; i++)
                if (((BoardUnderTest)_boards[i]).Step()) isBusy = true;
        }

        if (isBusy) throw new System.Exception("the boards never come to rest");
    }

    /// <summary>Lets time pass, from one moment at which something is due to the next.</summary>
    public void Pass(long ms)
    {
        long end = NowMs + ms;
        Settle();
        while (true)
        {
            long next = end;
            for (int i = 0; i < _boards.Count; i++)
            {
                long due = ((BoardUnderTest)_boards[i]).NextMs;
                if (due < next) next = due;
            }

            if (next > NowMs) NowMs = next;
            for (int i = 0; i < _boards.Count; i++) ((BoardUnderTest)_boards[i]).OnTime();
            Settle();
            if (NowMs >= end) return;
        }
    }

    /// <summary>How many publishes had a topic and a part of the body.</summary>
    public int Count(string topic, string part)
    {
        int count = 0;
        for (int i = 0; i < _log.Count; i++)
        {
            string line = (string)_log[i];
            if (line.StartsWith(topic + " ") && line.IndexOf(part) >= 0) count++;
        }

        return count;
    }

    private void Retain(string topic, byte[] body)
    {
        int at = _retainedTopics.IndexOf(topic);
        if (at >= 0)
        {
            _retainedBodies[at] = body;
            return;
        }

        _retainedTopics.Add(topic);
        _retainedBodies.Add(body);
    }
}
