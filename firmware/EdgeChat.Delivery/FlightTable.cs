using System;
using EdgeChat.Core;

namespace EdgeChat.Delivery;

/// <summary>What was handed to the session and has not ended: what each publish was, so that its end means something.</summary>
/// <remarks>Grows with use. The library keeps topic and body of each until its PUBACK, so there is a limit for the bytes of all,
/// too.</remarks>
internal sealed class FlightTable
{
    /// <summary>This board's profile.</summary>
    public const int Profile = 1;

    /// <summary>A receipt: of a row, with the highest number that came, up to which it was shown.</summary>
    public const int Receipt = 2;

    /// <summary>A request for what is missing.</summary>
    public const int Request = 3;

    /// <summary>A message sent again: to a row, its number, whether it was asked for.</summary>
    public const int Again = 4;

    /// <summary>A lost notice: to a row, the first and the last number.</summary>
    public const int Notice = 5;

    /// <summary>A message: of a conversation, its number, in which incarnation.</summary>
    public const int Message = 6;

    /// <summary>A roster: of a group, and whether it is one that was published before.</summary>
    public const int Roster = 7;

    /// <summary>A question for what is retained: to the number of an id, and about a group plus 1, or 0.</summary>
    public const int Ask = 8;

    /// <summary>What became of a configuration: its number.</summary>
    public const int Outcome = 9;

    private const int SizeShift = 4; // above the kind
    private const int KindMask = (1 << SizeShift) - 1;
    private const int Cells = 5;
    private const int RowCell = 1;
    private const int NumberCell = 2;
    private const int ExtraCell = 3;
    private const int TicketCell = 4;

    private readonly Ledger _ledger;
    private int[] _flights;
    private int _bytes;

    public FlightTable(Ledger ledger)
    {
        _ledger = ledger;
        Writer = new BodyWriter(ledger.Keeper.Scratch);
    }

    /// <summary>Where the body of what is handed out next is written.</summary>
    public BodyWriter Writer { get; }

    /// <summary>Publishes that have not ended.</summary>
    public int Count { get; private set; }

    /// <summary>Whether there is as much in flight as may be.</summary>
    public bool IsFull { get { return Count == Limits.Flights || _bytes >= Limits.FlightBytes; } }

    /// <summary>Hands out the body that was written last. Whoever calls this changes its own state after it: the heap may be too short for
    /// the body.</summary>
    public void Put(LinkAction into, string topic, bool isRetained, int kind, int row, int n, int extra)
    {
        if (_flights == null || Count * Cells == _flights.Length) _flights = Column.Longer(_flights, Limits.FlightStep * Cells);
        into.Body = Seals.Enclose(_ledger, topic, Writer);
        into.Topic = topic;
        into.Retain = isRetained;
        int size = into.Body.Length + topic.Length;
        int at = Count++ * Cells;
        _flights[at] = kind | size << SizeShift;
        _flights[at + RowCell] = row;
        _flights[at + NumberCell] = n;
        _flights[at + ExtraCell] = extra;
        _flights[at + TicketCell] = into.Ticket;
        _bytes += size;
    }

    /// <summary>One of the kinds.</summary>
    public int KindAt(int place) { return _flights[place * Cells] & KindMask; }

    /// <summary>The row, conversation or group that it is about.</summary>
    public int RowAt(int place) { return _flights[place * Cells + RowCell]; }

    /// <summary>A number, as the kind says.</summary>
    public int NumberAt(int place) { return _flights[place * Cells + NumberCell]; }

    /// <summary>Another number, as the kind says.</summary>
    public int ExtraAt(int place) { return _flights[place * Cells + ExtraCell]; }

    /// <summary>The flight with a ticket, or -1.</summary>
    public int FindTicket(int ticket)
    {
        for (int i = 0; i < Count; i++)
            if (_flights[i * Cells + TicketCell] == ticket) return i;
        return -1;
    }

    /// <summary>The flight of a kind that is about a row and number, or -1.</summary>
    public int Find(int kind, int row, int n)
    {
        for (int i = 0; i < Count; i++)
            if (KindAt(i) == kind && RowAt(i) == row && NumberAt(i) == n) return i;
        return -1;
    }

    /// <summary>Whether there is a flight of a kind that is about a row.</summary>
    public bool Has(int kind, int row)
    {
        for (int i = 0; i < Count; i++)
            if (KindAt(i) == kind && RowAt(i) == row) return true;
        return false;
    }

    /// <summary>Ends a flight; those after it move up.</summary>
    public void RemoveAt(int place)
    {
        _bytes -= _flights[place * Cells] >> SizeShift;
        Count--;
        Array.Copy(_flights, (place + 1) * Cells, _flights, place * Cells, (Count - place) * Cells);
    }
}
