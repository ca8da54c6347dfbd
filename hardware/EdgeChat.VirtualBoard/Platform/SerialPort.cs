using System.IO.Ports;
using System.Text;
using nanoFramework.Hardware.Esp32;

namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's SerialPort. The port that the board file names is the board's console; another is heard when its TX has the
/// pin of the board's buzzer, and else leads nowhere.</summary>
public sealed class SerialPort : IDisposable
{
    private readonly PowerCycle _cycle = PowerCycle.Require(nameof(SerialPort));
    private int _isAnnounced;

    public SerialPort(string portName, int baudRate = 9600, Parity parity = Parity.None, int dataBits = 8, StopBits stopBits = StopBits.One)
    {
        if (Array.IndexOf(GetPortNames(), portName) < 0)
            throw new ArgumentException($"there is no port \"{portName}\"; the board has {string.Join(", ", GetPortNames())}",
                nameof(portName));
        PortName = portName;
        BaudRate = baudRate;
        Parity = parity;
        DataBits = dataBits;
        StopBits = stopBits;
    }

    public event SerialDataReceivedEventHandler? DataReceived;

    public int BaudRate { get; set; }

    public Handshake Handshake { get; set; }

    public int DataBits { get; set; }

    public Parity Parity { get; set; }

    public SerialMode Mode { get; set; }

    public StopBits StopBits { get; set; }

    public string PortName { get; }

    /// <summary>While it is in what arrives, <see cref="DataReceived"/> says so; the default NUL watches for nothing.</summary>
    public char WatchChar { get; set; }

    public bool IsOpen { get; private set; }

    public string NewLine { get; set; } = "\n";

    public int ReadTimeout { get; set; } = Timeout.Infinite;

    public int WriteTimeout { get; set; } = Timeout.Infinite;

    public int ReceivedBytesThreshold { get; set; } = 1;

    public int BytesToRead
    {
        get
        {
            CheckOpen();
            return IsConsole ? Math.Min(Line.Waiting, ReadBufferSize) : 0;
        }
    }

    public bool InvertSignalLevels { get; set; }

    public int ReadBufferSize { get; set; } = 256;

    public int WriteBufferSize { get; set; } = 256;

    private VirtualSerial Line => _cycle.Board.Console;

    private bool IsConsole => Line.Wiring?.Port == PortName;

    private bool IsAtBuzzer => PortName != "COM1" && _cycle.Board.Hardware.Buzzer >= 0
        && _cycle.Board.Functions.Pin(Transmit) == _cycle.Board.Hardware.Buzzer;

    private DeviceFunction Transmit => PortName == "COM2" ? DeviceFunction.COM2_TX : DeviceFunction.COM3_TX;

    public static string[] GetPortNames() => ["COM1", "COM2", "COM3"];

    public void Open()
    {
        _cycle.Check();
        if (IsOpen) throw new InvalidOperationException(PortName + " is open already");
        CheckPins();
        if (IsConsole && !Line.Open(this, Arrived)) throw new InvalidOperationException(PortName + " is open already");
        if (IsAtBuzzer && !InvertSignalLevels)
            throw new InvalidOperationException(
                $"{PortName} rests high at the buzzer's pin {_cycle.Board.Hardware.Buzzer}, so that current flows through it for nothing; "
                + "set InvertSignalLevels");
        IsOpen = true;
    }

    public void Close()
    {
        if (!IsOpen) return;
        IsOpen = false;
        if (IsConsole) Line.Close(this);
        if (IsAtBuzzer) _cycle.Board.Buzzer.End();
    }

    public void Dispose() => Close();

    /// <summary>Waits for as many bytes as are asked for, as the ESP32 does: ask for <see cref="BytesToRead"/> at most.</summary>
    public int Read(byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        CheckOpen();
        Span<byte> into = buffer.AsSpan(offset, count);
        if (count == 0) return 0;
        if (!Line.WaitFor(IsConsole ? count : int.MaxValue, ReadTimeout))
            throw new TimeoutException($"{PortName}: less than {count} bytes came within {ReadTimeout} ms");
        int taken = Line.Take(into);
        if (Line.Waiting > 0) Arrived();
        return taken;
    }

    public int ReadByte()
    {
        var one = new byte[1];
        return Read(one, 0, 1) == 1 ? one[0] : -1;
    }

    public string ReadExisting()
    {
        var bytes = new byte[BytesToRead];
        int count = bytes.Length == 0 ? 0 : Read(bytes, 0, bytes.Length);
        return Encoding.UTF8.GetString(bytes, 0, count);
    }

    public string ReadLine()
    {
        var line = new List<byte>();
        byte[] end = Encoding.UTF8.GetBytes(NewLine);
        while (true)
        {
            line.Add((byte)ReadByte());
            if (line.Count >= end.Length && line.TakeLast(end.Length).SequenceEqual(end))
                return Encoding.UTF8.GetString(line.ToArray(), 0, line.Count - end.Length);
        }
    }

    public void Write(byte[] buffer, int offset, int count)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        CheckOpen();
        byte[] bytes = buffer.AsSpan(offset, count).ToArray();
        if (IsConsole) Line.Send(bytes);
        if (IsAtBuzzer) _cycle.Board.Buzzer.Begin(bytes, BaudRate);
    }

    public void WriteByte(byte value) => Write([value], 0, 1);

    public void Write(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Write(bytes, 0, bytes.Length);
    }

    public void WriteLine(string text) => Write(text + NewLine);

    // The UART of the chip has no pins until the firmware gives it some; COM1 has those of the USB bridge.
    private void CheckPins()
    {
        if (PortName == "COM1") return;
        DeviceFunction transmit = Transmit;
        PinFunctions pins = _cycle.Board.Functions;
        if (pins.Pin(transmit) < 0 || pins.Pin(transmit + 1) < 0)
            throw new ArgumentException(
                $"{PortName} has no pins; call Configuration.SetPinFunction for {PortName}_TX and {PortName}_RX first");
        if (IsConsole && !(pins.Fits(transmit, Line.Wiring!.Tx) && pins.Fits(transmit + 1, Line.Wiring.Rx)))
            throw new ArgumentException(
                $"{PortName} is wired to pins {Line.Wiring.Tx} (TX) and {Line.Wiring.Rx} (RX) by the board file, "
                + $"but the firmware set {pins.Pin(transmit)} and {pins.Pin(transmit + 1)}");
    }

    private void CheckOpen()
    {
        _cycle.Check();
        if (!IsOpen) throw new InvalidOperationException(PortName + " is not open; call Open first");
    }

    // One event is under way at most: its handler reads all that is there.
    private void Arrived()
    {
        if (DataReceived is null || Line.Waiting < ReceivedBytesThreshold || Interlocked.Exchange(ref _isAnnounced, 1) == 1) return;
        _cycle.Post(() =>
        {
            Volatile.Write(ref _isAnnounced, 0);
            if (!IsOpen) return;
            bool isWatched = WatchChar != 0 && Line.Holds((byte)WatchChar);
            DataReceived?.Invoke(this, new SerialDataReceivedEventArgs(isWatched ? SerialData.WatchChar : SerialData.Chars));
        });
    }
}
