using System.Collections;

namespace EdgeChat.TestKit;

/// <summary>What the broker keeps for one client: its subscriptions and what waits for it, through disconnects and reboots.</summary>
public sealed class BrokerSession
{
    private readonly ArrayList _queue = new ArrayList();
    private int _losses;
    private string _lostTopic;

    /// <summary>Whether there is one: CONNACK says so.</summary>
    public bool IsPresent { get; set; }

    /// <summary>The CONNACK code with which the broker refuses this client, or 0.</summary>
    public int RefusesWith { get; set; }

    /// <summary>Whether everything is delivered twice.</summary>
    public bool DeliversTwice { get; set; }

    /// <summary>How many messages wait.</summary>
    public int Waiting { get { return _queue.Count; } }

    /// <summary>How many bytes they have on the wire: PUBLISH with QoS 1 (OASIS MQTT 3.1.1, section 3.3).</summary>
    public int WaitingBytes
    {
        get
        {
            int bytes = 0;
            for (int i = 0; i < _queue.Count; i++) bytes += ((BrokerMessage)_queue[i]).Bytes;
            return bytes;
        }
    }

    /// <summary>The topic filters that are subscribed to.</summary>
    internal ArrayList Filters { get; } = new ArrayList();

    /// <summary>The next messages of a topic do not come: the queue is full.</summary>
    public void Lose(string topic, int count)
    {
        _lostTopic = topic;
        _losses = count;
    }

    /// <summary>Throws away what waits.</summary>
    public void LoseQueue() { _queue.Clear(); }

    internal void Enqueue(string topic, byte[] body, bool isRetained)
    {
        if (_losses > 0 && topic == _lostTopic)
        {
            _losses--;
            return;
        }

        var message = new BrokerMessage { Topic = topic, Body = body, IsRetained = isRetained };
        _queue.Add(message);
        if (DeliversTwice) _queue.Add(message);
    }

    // the first of any topic: MQTT promises an order within a topic only
    internal BrokerMessage Take(Dice mix)
    {
        int at = 0;
        if (mix != null)
        {
            string topic = ((BrokerMessage)_queue[mix.Next(_queue.Count)]).Topic;
            while (((BrokerMessage)_queue[at]).Topic != topic) at++;
        }

        var first = (BrokerMessage)_queue[at];
        _queue.RemoveAt(at);
        return first;
    }
}
