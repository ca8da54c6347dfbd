using EdgeChat.Core;

namespace EdgeChat.Device;

/// <summary>Matches packet ids, which the MQTT library gives out, with the core's tickets.</summary>
/// <remarks>The answer to a packet comes on another thread than the one that sent it, and may come before the library has told the id to
/// the sender. So an answer to an id that is not known yet is kept until the id is told.</remarks>
public sealed class TicketTable
{
    /// <summary>Packets that may wait for an answer, and answers for a sender; the oldest is forgotten for one more. The core has far fewer
    /// in flight.</summary>
    public const int Capacity = 32;

    private readonly object _lock = new object();
    private readonly int[] _ids = new int[Capacity];
    private readonly int[] _tickets = new int[Capacity];
    private readonly int[] _earlyIds = new int[Capacity];
    private readonly LinkEvent[] _early = new LinkEvent[Capacity];
    private int _next;
    private int _nextEarly;

    /// <summary>The library has told the id of what was sent; gives the answer if it has come already, else null.</summary>
    public LinkEvent Sent(int packetId, int ticket)
    {
        lock (_lock)
        {
            int at = Find(_earlyIds, packetId);
            if (at >= 0)
            {
                LinkEvent answer = _early[at];
                _earlyIds[at] = 0;
                _early[at] = null;
                answer.Ticket = ticket;
                return answer;
            }

            at = Find(_ids, packetId);
            if (at < 0)
            {
                at = _next;
                _next = at + 1 == Capacity ? 0 : at + 1;
            }

            _ids[at] = packetId;
            _tickets[at] = ticket;
            return null;
        }
    }

    /// <summary>An answer has come; gives it with its ticket, or null when it has to wait for <see cref="Sent"/>.</summary>
    public LinkEvent Answered(int packetId, LinkEvent answer)
    {
        lock (_lock)
        {
            int at = Find(_ids, packetId);
            if (at >= 0)
            {
                _ids[at] = 0;
                answer.Ticket = _tickets[at];
                return answer;
            }

            _earlyIds[_nextEarly] = packetId;
            _early[_nextEarly] = answer;
            _nextEarly = _nextEarly + 1 == Capacity ? 0 : _nextEarly + 1;
            return null;
        }
    }

    // 0 is no packet id (OASIS MQTT 3.1.1, 2.3.1), so it marks a free place
    private static int Find(int[] ids, int id)
    {
        for (int i = 0; i < ids.Length; i++)
            if (ids[i] == id) return i;
        return -1;
    }
}
