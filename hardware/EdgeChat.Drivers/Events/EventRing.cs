using System.Threading;
using EdgeChat.Core;

namespace EdgeChat.Drivers;

/// <summary>The queue between the threads that notice something and the loop that acts on it: slots made once, one wake-up.</summary>
/// <remarks>Any thread adds; one thread takes. Neither allocates. When it is full, <see cref="TryAdd"/> refuses and
/// <see cref="Add"/> waits: a press may be lost, a message may not.</remarks>
public sealed class EventRing
{
    // in a slot: the time (40 bits), the argument (16), whether there is a payload (1), the kind (7); the slots are also the lock of
    // everything here
    private const int HasPayload = 0x80;
    private const int KindBits = 8;
    private const int TimeAtBit = 24;

    private readonly long[] _slots;
    private readonly AutoResetEvent _filled = new AutoResetEvent(false);
    private readonly AutoResetEvent _emptied = new AutoResetEvent(false);
    private LinkEvent _oldest; // the payloads that wait hang on one another, as most events have none
    private long _taken;
    private int _first;
    private int _count;
    private int _waiting;
    private bool _isClosed;

    /// <summary>Makes a ring of <paramref name="capacity"/> slots.</summary>
    public EventRing(int capacity)
    {
        _slots = new long[capacity];
    }

    /// <summary>What kind of event <see cref="Take"/> took: a number of the user's, 0 to 127.</summary>
    public int Kind { get { return (int)_taken & (HasPayload - 1); } }

    /// <summary>A number of the event that was taken, -32,768 to 32,767.</summary>
    public int Argument { get { return (short)(_taken >> KindBits); } }

    /// <summary>When the event that was taken happened, in milliseconds.</summary>
    public long AtMs { get { return _taken >> TimeAtBit; } }

    /// <summary>What came with the event that was taken, or null.</summary>
    public LinkEvent Payload { get; private set; }

    /// <summary>Events that <see cref="TryAdd"/> refused.</summary>
    public int Dropped { get; private set; }

    /// <summary>Events that wait.</summary>
    public int Count { get { return _count; } }

    /// <summary>Adds an event, <paramref name="kind"/> from 0 to 127, or refuses it at once when the ring is full or closed.</summary>
    public bool TryAdd(int kind, int argument, long atMs, LinkEvent payload)
    {
        lock (_slots)
        {
            if (Put(kind, argument, atMs, payload)) return true;
            if (!_isClosed) Dropped++;
            return false;
        }
    }

    /// <summary>Adds an event, <paramref name="kind"/> from 0 to 127, and waits for a slot when there is none; false only once the ring was
    /// closed.</summary>
    public bool Add(int kind, int argument, long atMs, LinkEvent payload)
    {
        lock (_slots)
        {
            if (Put(kind, argument, atMs, payload)) return true;
            if (_isClosed) return false;
            _waiting++;
        }

        while (true)
        {
            _emptied.WaitOne();
            lock (_slots)
            {
                bool isAdded = Put(kind, argument, atMs, payload);
                if (!isAdded && !_isClosed) continue;
                _waiting--;
                if (_waiting > 0 && (_isClosed || _count < _slots.Length)) _emptied.Set();
                return isAdded;
            }
        }
    }

    /// <summary>Takes the oldest event into the properties; false when there is none.</summary>
    public bool Take()
    {
        lock (_slots)
        {
            Payload = null;
            if (_count == 0) return false;
            int slot = _first;
            _taken = _slots[slot];
            if (((int)_taken & HasPayload) != 0) TakePayload();
            _first = slot + 1 == _slots.Length ? 0 : slot + 1;
            _count--;
            if (_waiting > 0) _emptied.Set();
            return true;
        }
    }

    /// <summary>Waits until something was added or <see cref="Wake"/> was called, at most <paramref name="ms"/> milliseconds; -1 is for
    /// ever.</summary>
    public void Wait(int ms)
    {
        _filled.WaitOne(ms, false);
    }

    /// <summary>Ends a <see cref="Wait"/>, now or the next one.</summary>
    public void Wake()
    {
        _filled.Set();
    }

    /// <summary>Refuses everything from now on, and lets those who wait for a slot go.</summary>
    public void Close()
    {
        lock (_slots)
        {
            _isClosed = true;
            if (_waiting > 0) _emptied.Set();
        }
    }

    private void TakePayload()
    {
        Payload = _oldest;
        _oldest = _oldest.Next;
        Payload.Next = null;
    }

    private bool Put(int kind, int argument, long atMs, LinkEvent payload)
    {
        if (_isClosed || _count == _slots.Length) return false;
        int slot = _first + _count;
        if (slot >= _slots.Length) slot -= _slots.Length;
        if (payload != null)
        {
            kind |= HasPayload;
            LinkEvent last = _oldest;
            while (last != null && last.Next != null) last = last.Next;
            if (last == null) _oldest = payload;
            else last.Next = payload;
        }

        _slots[slot] = atMs << TimeAtBit | (long)(ushort)argument << KindBits | (long)kind;
        _count++;
        _filled.Set();
        return true;
    }
}
