using System.Diagnostics;
using System.IO.Ports;

namespace EdgeChat.Usb.Lines;

/// <summary>A serial port of this PC.</summary>
public sealed class SerialPortLine : ISerialLine
{
    // errno(3): what a pseudo terminal answers when asked for modem lines (ENOTTY), in IOException.HResult
    private const int NoSuchOperation = 25;

    private static readonly TimeSpan WritePatience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan ClosedTime = TimeSpan.FromMilliseconds(150);

    private readonly long _began = Stopwatch.GetTimestamp();
    private SerialPort? _port;
    private int _baudRate;

    private SerialPortLine(string name, int baudRate)
    {
        Name = name;
        _baudRate = baudRate;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public TimeSpan Now => Stopwatch.GetElapsedTime(_began);

    /// <inheritdoc/>
    public int BaudRate
    {
        get => _baudRate;
        set => Do(port =>
        {
            port.BaudRate = value;
            _baudRate = value;
        });
    }

    private SerialPort Port => _port ?? throw new LineGoneException($"{Name}: the port is closed");

    /// <summary>Opens a port. Throws <see cref="LineGoneException"/> that says what to do when it cannot.</summary>
    public static SerialPortLine Open(string name, int baudRate = 115200)
    {
        var line = new SerialPortLine(name, baudRate);
        line.Open();
        return line;
    }

    /// <summary>The names of this PC's ports that a board may be on.</summary>
    public static IReadOnlyList<string> Names() =>
        [.. SerialPort.GetPortNames().Where(n => !n.StartsWith("/dev/ttyS", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    /// <inheritdoc/>
    public void Wait(TimeSpan time) => Thread.Sleep(time);

    /// <inheritdoc/>
    public bool SetModemLines(bool dtr, bool rts)
    {
        try
        {
            Port.DtrEnable = dtr;
            Port.RtsEnable = rts;
            return true;
        }
        catch (IOException e) when (e.HResult == NoSuchOperation)
        {
            return false;
        }
        catch (Exception e) when (IsGone(e))
        {
            throw Gone(e);
        }
    }

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan patience)
    {
        SerialPort port = Port;
        if (IsHungUp(port)) throw Gone(null);
        var bytes = new byte[buffer.Length];
        try
        {
            port.ReadTimeout = Math.Max(1, (int)Math.Ceiling(patience.TotalMilliseconds));
            int count = port.Read(bytes, 0, bytes.Length);
            bytes.AsSpan(0, count).CopyTo(buffer);
            return count;
        }
        catch (TimeoutException)
        {
            if (IsHungUp(port)) throw Gone(null);
            return 0;
        }
        catch (Exception e) when (IsGone(e))
        {
            throw Gone(e);
        }
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        Do(port =>
        {
            if (IsHungUp(port)) throw Gone(null);
            port.Write(copy, 0, copy.Length);
        });
    }

    /// <inheritdoc/>
    public void DiscardInput() => Do(port => port.DiscardInBuffer());

    /// <inheritdoc/>
    public void Reopen()
    {
        Dispose();
        // as long as a reset takes: what is behind the port sees that it was closed
        Wait(ClosedTime);
        Open();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            _port?.Dispose();
        }
        catch (Exception e) when (IsGone(e))
        {
            // it was unplugged
        }

        _port = null;
    }

    // -1 is how a port tells that what was behind it is gone; it would wait for it as long as it may
    private static bool IsHungUp(SerialPort port)
    {
        try
        {
            return port.BytesToRead < 0;
        }
        catch (Exception e) when (IsGone(e))
        {
            return true;
        }
    }

    private static bool IsGone(Exception e) =>
        e is InvalidOperationException or IOException or TimeoutException or UnauthorizedAccessException or OverflowException;

    private void Open()
    {
        // the first failure of SerialPort tells no cause, so the common one is looked for here
        if (!OperatingSystem.IsWindows() && !File.Exists(Name))
            throw new LineGoneException($"{Name}: there is no such port; plug the board in, and see `edgechat ports`");
        var port = new SerialPort(Name, _baudRate)
        {
            ReadTimeout = 1000,
            WriteTimeout = (int)WritePatience.TotalMilliseconds,
            ReadBufferSize = 1 << 16,
        };
        try
        {
            port.Open();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            port.Dispose();
            string cure = OperatingSystem.IsLinux()
                ? "close what else uses it, such as a terminal program or another edgechat; or you may not use it: join the group of " +
                  "the port (`sudo usermod -aG dialout $USER`) and log in again"
                : "close what else uses it, such as a terminal program or another edgechat";
            throw new LineGoneException($"{Name}: cannot be opened ({e.Message.TrimEnd('.')}); {cure}", e);
        }

        _port = port;
    }

    private void Do(Action<SerialPort> action)
    {
        try
        {
            action(Port);
        }
        catch (Exception e) when (e is not LineGoneException && IsGone(e))
        {
            throw Gone(e);
        }
    }

    private LineGoneException Gone(Exception? cause) => new($"{Name}: the board was unplugged", cause);
}
