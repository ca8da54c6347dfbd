using EdgeChat.Core;

namespace EdgeChat.TestKit;

/// <summary>How a broker of TLS 1.2 joins what comes within 100 ms for one board into one record, of which the board gets all or
/// nothing.</summary>
internal sealed class JoinedRecord
{
    private const int JoinMs = 100;

    private int _count;
    private int _unread; // messages of the record that were not taken yet

    /// <summary>When it is complete, in the broker's time, or <see cref="Deadline.Never"/> while none is put together.</summary>
    public long DueMs { get; private set; } = Deadline.Never;

    /// <summary>Bytes of the record whose messages come at the moment.</summary>
    public int Bytes { get; private set; }

    /// <summary>Whether the next message that waits is there; it counts as taken then.</summary>
    public bool TakeOne(BrokerSession session, long nowMs)
    {
        if (_unread > 0)
        {
            _unread--;
            return true;
        }

        if (_count != session.Waiting)
        {
            _count = session.Waiting;
            DueMs = nowMs + JoinMs;
        }

        if (nowMs < DueMs) return false;
        Bytes = session.WaitingBytes;
        Clear();
        _unread = session.Waiting - 1;
        return true;
    }

    /// <summary>The connection is no more, nor is what was on its way.</summary>
    public void Clear()
    {
        _count = 0;
        _unread = 0;
        DueMs = Deadline.Never;
    }
}
