using EdgeChat.VirtualBoard;

namespace nanoFramework.Hardware.Esp32;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's Configuration: which pin has which function.</summary>
public class Configuration
{
    public static void SetPinFunction(int pin, DeviceFunction value)
    {
        Board board = PowerCycle.Require(nameof(Configuration)).Board;
        bool isInput = (int)value is (int)DeviceFunction.COM1_RX or (int)DeviceFunction.COM2_RX or (int)DeviceFunction.COM3_RX
            or (int)DeviceFunction.SPI1_MISO or (int)DeviceFunction.SPI2_MISO || (int)value >> 16 == (int)DeviceTypes.ADC >> 16;
        if (pin < 0 || pin > PinState.Highest) throw new ArgumentException($"there is no pin {pin}", nameof(pin));
        if (!isInput && board.Hardware.IsFirstEsp32 && pin is >= 34 and <= 39)
            throw new ArgumentException($"pin {pin} is input only on ESP32; {value} needs an output pin (try 21)", nameof(pin));
        board.Functions.Set(pin, value);
    }

    /// <summary>-1 when the function has no pin.</summary>
    public static int GetFunctionPin(DeviceFunction function) => PowerCycle.Require(nameof(Configuration)).Board.Functions.Pin(function);
}

/// <summary>nanoFramework's NativeMemory: a PC has another heap, so these are the figures of an idle ESP32 without PSRAM.</summary>
public class NativeMemory
{
    public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
    {
        PowerCycle.Require(nameof(NativeMemory));
        bool hasMemory = memType != MemoryType.SpiRam;
        totalSize = hasMemory ? 300u * 1024 : 0;
        totalFreeSize = hasMemory ? 100u * 1024 : 0;
        largestFreeBlock = hasMemory ? 60u * 1024 : 0;
    }

    /// <summary>Which memory.</summary>
    public enum MemoryType
    {
        All = 0,
        Internal = 1,
        SpiRam = 2,
    }
}

/// <summary>nanoFramework's handler of an expired timer; it runs on the board's event thread.</summary>
public delegate void HighResTimerExpiredEventHandler(HighResTimer sender, object? e);

/// <summary>nanoFramework's HighResTimer, as exact as the PC's timers are.</summary>
public class HighResTimer : IDisposable
{
    private readonly PowerCycle _cycle = PowerCycle.Require(nameof(HighResTimer));
    private readonly Timer _timer;

    public HighResTimer()
    {
        _timer = new Timer(_ => _cycle.Post(() => OnHighResTimerExpired?.Invoke(this, null)));
        _cycle.Bind(_timer);
    }

    public event HighResTimerExpiredEventHandler? OnHighResTimerExpired;

    /// <summary>Microseconds since the board's boot.</summary>
    public static ulong GetCurrent() => (ulong)PowerCycle.Require(nameof(HighResTimer)).Uptime.Elapsed.TotalMicroseconds;

    public void Stop() => _timer.Change(Timeout.Infinite, Timeout.Infinite);

    public void StartOneShot(ulong timeout_us) => _timer.Change(TimeSpan.FromMicroseconds(timeout_us), Timeout.InfiniteTimeSpan);

    public void StartOnePeriodic(ulong period_us) =>
        _timer.Change(TimeSpan.FromMicroseconds(period_us), TimeSpan.FromMicroseconds(period_us));

    public void Dispose()
    {
        Dispose(true);
        System.GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        _cycle.Unbind(_timer);
        _timer.Dispose();
    }
}
