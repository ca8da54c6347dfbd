using System;
using System.IO.Ports;
using System.Threading;
using EdgeChat.Core;

namespace EdgeChat.Drivers;

/// <summary>The console's UART: raw bytes in and out, bounded, and never waiting long.</summary>
/// <remarks>
/// <para><b>In.</b> Bytes wait in the port's own buffer (<see cref="Limits.SerialInputBytes"/>) until the loop reads them. At 115,200 baud
/// that is 0.7 s of a paste, or about 300 lines of 27 characters. When a quarter of it is full the board sends XOFF, and XON when it has
/// nearly caught up, so with a terminal that heeds them ("software flow control") a paste of any length loses nothing, however slow its
/// lines are to execute; three quarters of the buffer are left for what a terminal and its USB adapter still send after the XOFF.</para>
/// <para><b>Out.</b> What is written goes to a ring of <see cref="Limits.SerialOutputBytes"/> that a thread of its own sends from where it
/// lies. A writer waits for room while the line takes bytes; when it takes none for <see cref="StuckMs"/> the rest is dropped and
/// counted, and so is what comes then, without waiting, until the line takes bytes again.</para>
/// </remarks>
public sealed class SerialLine : ITerminal, IDisposable
{
    /// <summary>How long a writer waits for a line that takes nothing, in milliseconds: ninety times what a chunk takes at 115,200 baud, so
    /// that a line whose thread gets no turn for a while is not taken for a stuck one.</summary>
    public const int StuckMs = 2000;

    private const int ChunkBytes = 256;
    private const int HighWater = Limits.SerialInputBytes / 4;
    private const int LowWater = Limits.SerialInputBytes / 16;
    private const byte Xon = 0x11;  // DC1, ECMA-48 8.3.23
    private const byte Xoff = 0x13; // DC3, ECMA-48 8.3.25

    private readonly SerialPort _port;
    private readonly ByteRing _output = new ByteRing(Limits.SerialOutputBytes); // also the lock of everything here
    private readonly AutoResetEvent _wake = new AutoResetEvent(false);
    private readonly AutoResetEvent _room = new AutoResetEvent(false);
    private ISerialListener _listener;
    private byte _flow;
    private bool _isHeld;
    private bool _isClosed;
    private bool _isSending;
    private bool _isStuck;
    private int _hasInput;

    /// <summary>Takes a port that is not open yet.</summary>
    public SerialLine(SerialPort port)
    {
        _port = port;
    }

    /// <summary>Whether bytes may be waiting to be read.</summary>
    public bool HasInput { get { return _hasInput != 0; } }

    /// <summary>Bytes that were not sent because the line was stuck.</summary>
    public int Lost { get; private set; }

    /// <summary>Opens the port, sends what was written before, and tells <paramref name="listener"/> when something is typed.</summary>
    public void Open(ISerialListener listener)
    {
        _listener = listener;
        _port.ReadBufferSize = Limits.SerialInputBytes;
        _port.WriteBufferSize = ChunkBytes;
        _port.DataReceived += OnData;
        _port.Open();
        new Thread(Send).Start();
    }

    /// <summary>Reads what is there, at most <paramref name="count"/> bytes, without waiting; called by one thread.</summary>
    public int Read(byte[] buffer, int count)
    {
        // cleared before looking: what comes while this reads is told again
        Interlocked.Exchange(ref _hasInput, 0);
        int waiting = _port.BytesToRead;
        if (count > waiting) count = waiting;
        int read = count == 0 ? 0 : _port.Read(buffer, 0, count);
        int left = waiting - read;
        if (left > 0) Interlocked.Exchange(ref _hasInput, 1);
        lock (_output)
        {
            if (_isHeld && left <= LowWater) Flow(Xon);
        }

        return read;
    }

    /// <inheritdoc/>
    public void Write(byte[] buffer, int index, int count)
    {
        while (count > 0)
        {
            int taken;
            lock (_output)
            {
                if (_isClosed) return;
                taken = _output.Put(buffer, index, count);
            }

            if (taken > 0) _wake.Set();
            index += taken;
            count -= taken;
            if (count > 0 && (_isStuck || !_room.WaitOne(StuckMs, false)))
            {
                _isStuck = true;
                Lost += count;
                return;
            }
        }
    }

    /// <summary>Stops listening, sends what still waits unless the line is stuck, and closes the port.</summary>
    public void Dispose()
    {
        _port.DataReceived -= OnData;
        while (IsSending() && _room.WaitOne(StuckMs, false)) { }
        lock (_output) _isClosed = true;
        _wake.Set();
        _port.Close();
    }

    private void OnData(object sender, SerialDataReceivedEventArgs e)
    {
        lock (_output)
        {
            if (!_isHeld && _port.BytesToRead >= HighWater) Flow(Xoff);
        }

        if (Interlocked.Exchange(ref _hasInput, 1) == 0) _listener.OnInput();
    }

    private bool IsSending()
    {
        lock (_output) return _port.IsOpen && (_isSending || _output.Straight > 0);
    }

    private void Flow(byte code)
    {
        _isHeld = code == Xoff;
        _flow = _flow == 0 ? code : (byte)0; // what was to be said before was not said yet, and this takes it back
        _wake.Set();
    }

    private void Send()
    {
        while (true)
        {
            byte flow;
            int count;
            lock (_output)
            {
                if (_isClosed) return;
                flow = _flow; // ahead of what waits: the other side is to stop now
                _flow = 0;
                count = flow != 0 ? 0 : _output.Straight;
                if (count > ChunkBytes) count = ChunkBytes;
                _isSending = flow != 0 || count > 0;
            }

            if (!_isSending)
            {
                _wake.WaitOne();
                continue;
            }

            try
            {
                if (flow != 0) _port.WriteByte(flow);
                else _port.Write(_output.Bytes, _output.First, count);
            }
            catch (TimeoutException)
            {
                Lost += count;
            }

            lock (_output)
            {
                _output.Drop(count);
                _isSending = false;
                _isStuck = false;
            }

            _room.Set();
        }
    }
}
