namespace EdgeChat.Metering;

/// <summary>Counts what woven firmware does on this thread: IL instructions, and what it asks of the managed heap, in nanoCLR's blocks of
/// 12 bytes.</summary>
/// <remarks>The weaver puts the calls in. A call into the base library counts as one instruction, as the work behind it is native on the
/// board.</remarks>
public static class Meter
{
    private static readonly AsyncLocal<State?> Shared = new();

    [ThreadStatic]
    private static State? _state;

    /// <summary>IL instructions since <see cref="Reset"/>.</summary>
    public static long Instructions => Current.Instructions;

    /// <summary>Allocations since <see cref="Reset"/>.</summary>
    public static int Allocations => Current.Allocations;

    /// <summary>Bytes of all allocations since <see cref="Reset"/>, whether they are still in use or not.</summary>
    public static long AllocatedBytes => Current.Bytes;

    /// <summary>Whether it counts; it does unless told otherwise, so that a test can leave out what is not the board's own doing.</summary>
    public static bool IsOn
    {
        get => Current.IsOn;
        set => Current.IsOn = value;
    }

    private static State Current => _state ??= Shared.Value ?? new State();

    /// <summary>Counts from zero again and takes back what <see cref="FailAt"/> or <see cref="Limit"/> has asked for.</summary>
    public static void Reset() => Current.Clear();

    /// <summary>Lets the threads that are started from now on by this one, and by those, count into this one's figures.</summary>
    public static void ShareWithThreads() => Shared.Value = Current;

    /// <summary>Lets one allocation fail with <see cref="OutOfMemoryException"/>, as the board's heap does when it is full: the one with
    /// this number, from 1, counted from now.</summary>
    public static void FailAt(int allocation) => Current.FailAt = Current.Allocations + allocation;

    /// <summary>Lets every allocation fail that would take the heap above a limit. When it seems so, <paramref name="inUse"/> is asked what
    /// is in use, as the board collects its garbage first.</summary>
    /// <param name="bytes">The limit.</param>
    /// <param name="inUse">Bytes of all objects that are reached.</param>
    public static void Limit(int bytes, Func<int> inUse)
    {
        Current.LimitBytes = bytes;
        Current.InUse = inUse;
        Current.SinceCollection = int.MaxValue / 2; // the first allocation collects
    }

    /// <summary>Called by woven code at the start of each basic block.</summary>
    public static void Block(int instructions)
    {
        State state = Current;
        if (state.IsOn) state.Instructions += instructions;
    }

    /// <summary>Called by woven code before it makes an object of so many fields.</summary>
    public static void Object(int fields) => Allocate(HeapBlocks.OfObject(fields));

    /// <summary>Called by woven code before it makes an array; gives the length back. An element of 0 bytes is a reference.</summary>
    public static int Array(int length, int elementBytes)
    {
        Allocate(HeapBlocks.OfArray(length, elementBytes));
        return length;
    }

    /// <summary>Called by woven code with what a call into the base library has made.</summary>
    public static void Made(object? result)
    {
        if (result is string text) Allocate(HeapBlocks.Of(text));
        else if (result is System.Array array) Allocate(HeapBlocks.Of(array));
    }

    private static void Allocate(int blocks)
    {
        State state = Current;
        if (!state.IsOn) return;
        int bytes = blocks * HeapBlocks.Bytes;
        int number = Interlocked.Increment(ref state.Allocations);
        Interlocked.Add(ref state.Bytes, bytes);
        if (number == state.FailAt) throw new OutOfMemoryException($"allocation {number} was asked to fail");
        if (state.InUse is null) return;
        state.SinceCollection += bytes;
        if (state.SinceCollection <= state.LimitBytes - state.InUseAfterCollection) return;
        state.IsOn = false; // what counts the heap may run woven code
        state.InUseAfterCollection = state.InUse();
        state.IsOn = true;
        state.SinceCollection = 0;
        if (state.InUseAfterCollection + bytes > state.LimitBytes)
            throw new OutOfMemoryException($"{bytes} bytes are wanted, {state.InUseAfterCollection} of {state.LimitBytes} are in use");
        state.SinceCollection = bytes;
    }

    private sealed class State
    {
        public long Instructions;
        public int Allocations;
        public long Bytes;
        public int FailAt;
        public int LimitBytes;
        public Func<int>? InUse;
        public int InUseAfterCollection;
        public int SinceCollection;
        public bool IsOn = true;

        public void Clear()
        {
            Instructions = 0;
            Allocations = 0;
            Bytes = 0;
            FailAt = 0;
            InUse = null;
            IsOn = true;
        }
    }
}
