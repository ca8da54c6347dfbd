using EdgeChat.TestKit;
using nanoFramework.TestFramework;

namespace EdgeChat.Core.Tests;

/// <summary>A log with the records of numbers 0, 1, 2 ...: knows which of them must be there and where each is.</summary>
/// <remarks>The payload of a record is its number, its length and bytes that follow from both, so a mixed-up record is noticed.</remarks>
internal sealed class LogUnderTest : ILogVisitor, ILogOwner
{
    private const int MaxRecords = 512;
    private readonly int _segmentBytes;
    private readonly int _segments;
    private readonly int _bufferBytes;
    private readonly int[] _addresses = new int[MaxRecords];
    private readonly bool[] _isDead = new bool[MaxRecords];

    public LogUnderTest(MemoryFlash flash, int segmentBytes, int segments)
        : this(flash, segmentBytes, segments, segmentBytes)
    {
    }

    public LogUnderTest(MemoryFlash flash, int segmentBytes, int segments, int bufferBytes)
    {
        Flash = flash;
        _segmentBytes = segmentBytes;
        _segments = segments;
        _bufferBytes = bufferBytes;
        Log = new FlashLog(flash, "m", segmentBytes, segments, bufferBytes);
        Log.Open(this);
    }

    public MemoryFlash Flash { get; }

    public FlashLog Log { get; private set; }

    /// <summary>Records shown at the last opening, repeated ones counted each time.</summary>
    public int Shown { get; private set; }

    /// <summary>Which came first, second ... at the last opening.</summary>
    public string Order { get; private set; } = "";

    public int Moves { get; private set; }

    /// <summary>Called from inside a callback, to prove that the log does not take it.</summary>
    public bool CallsBack { get; set; }

    /// <summary>Starts the board again: the power is back and the log opens.</summary>
    public void Restart()
    {
        Flash.PowerOn();
        for (int i = 0; i < MaxRecords; i++) _addresses[i] = 0;
        Shown = 0;
        Order = "";
        Log = new FlashLog(Flash, "m", _segmentBytes, _segments, _bufferBytes);
        Log.Open(this);
    }

    /// <summary>Appends record <paramref name="number"/> with <paramref name="length"/> bytes; true when the log took it.</summary>
    public bool Append(int number, int length)
    {
        int address;
        try
        {
            System.Array.Copy(Payload(number, length), 0, Log.Bytes, LogRecord.HeaderBytes, length);
            address = Log.Append(TypeOf(number), length);
        }
        catch (FlashException)
        {
            return false;
        }

        Assert.IsTrue(address > 0, "address of " + number.ToString());
        _addresses[number] = address;
        return true;
    }

    public void Kill(int number) { _isDead[number] = true; }

    public bool IsDead(int number) { return _isDead[number]; }

    public int AddressOf(int number) { return _addresses[number]; }

    /// <summary>Whether record <paramref name="number"/> is there, and right.</summary>
    public bool Has(int number)
    {
        if (_addresses[number] == 0) return false;
        int count = Log.Read(_addresses[number]);
        if (count < 0) return false;
        Assert.AreEqual(TypeOf(number), Log.ReadType, "type of " + number.ToString());
        Check(Log.Bytes, LogRecord.HeaderBytes, count, number);
        return true;
    }

    public void MustHave(int number, string when)
    {
        if (!Has(number)) Assert.IsTrue(false, "record " + number.ToString() + " is lost: " + when);
    }

    /// <summary>All that is not dead among the first <paramref name="count"/> records is there.</summary>
    public void MustHaveLive(int count, string when)
    {
        for (int i = 0; i < count; i++)
            if (!_isDead[i]) MustHave(i, when);
    }

    public void OnRecord(byte type, int address, byte[] buffer, int index, int count)
    {
        if (CallsBack) Log.Read(address);
        int number = buffer[index] | buffer[index + 1] << 8;
        Assert.AreEqual(TypeOf(number), type);
        Check(buffer, index, count, number);
        _addresses[number] = address;
        Shown++;
        Order += number.ToString() + " ";
    }

    public bool IsLive(byte type, int address)
    {
        if (CallsBack) Log.CompactOne(this);
        for (int i = 0; i < MaxRecords; i++)
            if (_addresses[i] == address) return !_isDead[i];
        return false;
    }

    public void Moved(byte type, int oldAddress, int newAddress)
    {
        Moves++;
        for (int i = 0; i < MaxRecords; i++)
        {
            if (_addresses[i] != oldAddress) continue;
            Assert.AreEqual(TypeOf(i), type);
            _addresses[i] = newAddress;
            return;
        }

        Assert.IsTrue(false, "moved from " + oldAddress.ToString() + " where nothing was");
    }

    private static byte TypeOf(int number) { return (byte)(number * 7); }

    private static byte[] Payload(int number, int length)
    {
        byte[] payload = new byte[length];
        for (int i = 0; i < length; i++) payload[i] = ByteOf(number, length, i);
        return payload;
    }

    // with the marker bytes of the log among them
    private static byte ByteOf(int number, int length, int at)
    {
        if (at == 0) return (byte)number;
        if (at == 1) return (byte)(number >> 8);
        return at % 5 == 0 ? (byte)(0xF5 + at % 2) : (byte)(number * 31 + length + at * 13);
    }

    private static void Check(byte[] buffer, int index, int count, int number)
    {
        for (int i = 0; i < count; i++)
            if (buffer[index + i] != ByteOf(number, count, i)) Assert.IsTrue(false,
                "record " + number.ToString() + " came back changed at byte " + i.ToString());
    }
}
