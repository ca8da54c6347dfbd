using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>What was handed to the session and has not ended: what each publish was, so that its end means something.</summary>
internal sealed class FlightTable
{
    /// <summary>This board's profile.</summary>
    public const int Profile = 1;

    /// <summary>A receipt: of a row, with the highest number that came, up to which it was shown.</summary>
    public const int Receipt = 2;

    /// <summary>A request for what is missing.</summary>
    public const int Request = 3;

    /// <summary>A message sent again: to a row, the number to go on from.</summary>
    public const int Again = 4;

    /// <summary>A lost notice: to a row, the number to go on from.</summary>
    public const int Notice = 5;

    /// <summary>A message: of a conversation, its number.</summary>
    public const int Message = 6;

    /// <summary>A roster: of a group, and whether it is one that was published before.</summary>
    public const int Roster = 7;

    /// <summary>A question for what is retained: to the number of an id, and about a group plus 1, or 0.</summary>
    public const int Ask = 8;

    private const int Cells = 4;

    private readonly int[] _flights = new int[Limits.Flights * Cells];

    public FlightTable(BodyWriter writer)
    {
        Writer = writer;
    }

    /// <summary>Where the body of what is handed out next is written.</summary>
    public BodyWriter Writer { get; }

    /// <summary>Publishes that have not ended.</summary>
    public int Count { get; private set; }

    /// <summary>Hands out the body that was written last. Whoever calls this changes its own state after it: the heap may be too short for
    /// the body.</summary>
    public void Put(LinkAction into, string topic, bool isRetained, int kind, int row, int n, int extra)
    {
        into.Body = Writer.ToArray();
        into.Topic = topic;
        into.Retain = isRetained;
        int at = Count++ * Cells;
        _flights[at] = kind;
        _flights[at + 1] = row;
        _flights[at + 2] = n;
        _flights[at + 3] = extra;
    }

    /// <summary>One of the kinds.</summary>
    public int KindAt(int place) { return _flights[place * Cells]; }

    /// <summary>The row, conversation or group that it is about.</summary>
    public int RowAt(int place) { return _flights[place * Cells + 1]; }

    /// <summary>A number, as the kind says.</summary>
    public int NumberAt(int place) { return _flights[place * Cells + 2]; }

    /// <summary>Another number, as the kind says.</summary>
    public int ExtraAt(int place) { return _flights[place * Cells + 3]; }

    /// <summary>The flight of a kind that is about a row and number, or -1.</summary>
    public int Find(int kind, int row, int n)
    {
        for (int i = 0; i < Count; i++)
            if (KindAt(i) == kind && RowAt(i) == row && NumberAt(i) == n) return i;
        return -1;
    }

    /// <summary>Ends a flight; those after it move up.</summary>
    public void RemoveAt(int place)
    {
        Count--;
        for (int at = place * Cells; at < Count * Cells; at++) _flights[at] = _flights[at + Cells];
    }
}
