using EdgeChat.VirtualBoard;

namespace nanoFramework.Hardware.Esp32;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's Sleep: deep sleep, woken by the timer or by a pin. Touch, UART and light sleep are not on the virtual
/// board.</summary>
public class Sleep
{
    public static EspNativeError EnableWakeupByTimer(TimeSpan time)
    {
        if (time <= TimeSpan.Zero) return EspNativeError.INVALID_ARG;
        PowerCycle.Require(nameof(Sleep)).Board.Sleep.WakeAfter(time);
        return EspNativeError.OK;
    }

    public static EspNativeError EnableWakeupByPin(WakeupGpioPin pin, int level)
    {
        if (pin == WakeupGpioPin.None || ((ulong)pin & ((ulong)pin - 1)) != 0) return EspNativeError.INVALID_ARG;
        PowerCycle.Require(nameof(Sleep)).Board.Sleep.WakeBy((ulong)pin, level != 0);
        return EspNativeError.OK;
    }

    /// <summary>Cuts the power of the board's chip, its clock runs on. Does not return: waking is a boot.</summary>
    public static void StartDeepSleep()
    {
        PowerCycle cycle = PowerCycle.Require(nameof(Sleep));
        cycle.Board.Restart(cycle, isSleep: true);
    }

    public static WakeupCause GetWakeupCause() => PowerCycle.Require(nameof(Sleep)).Board.Sleep.Cause;

    public static WakeupGpioPin GetWakeupGpioPin() => PowerCycle.Require(nameof(Sleep)).Board.Sleep.Pin;

    /// <summary>What woke the board.</summary>
    public enum WakeupCause
    {
        Undefined = 0,
        Ext0 = 2,
        Ext1 = 3,
        Timer = 4,
        TouchPad = 5,
        Ulp = 6,
        Gpio = 7,
        Uart = 8,
        Wifi = 9,
        CoCpu = 10,
        CoCpuTrapTrig = 11,
        Bt = 12,
    }

    /// <summary>A pin that may wake the board.</summary>
    [Flags]
    public enum WakeupGpioPin : ulong
    {
        None = 0,
        Pin0 = 1,
        Pin1 = 2,
        Pin2 = 4,
        Pin3 = 8,
        Pin4 = 16,
        Pin5 = 32,
        Pin6 = 64,
        Pin7 = 128,
        Pin8 = 256,
        Pin9 = 512,
        Pin10 = 1024,
        Pin11 = 2048,
        Pin12 = 4096,
        Pin13 = 8192,
        Pin14 = 16384,
        Pin15 = 32768,
        Pin16 = 65536,
        Pin17 = 131072,
        Pin18 = 262144,
        Pin19 = 524288,
        Pin20 = 1048576,
        Pin21 = 2097152,
        Pin25 = 33554432,
        Pin26 = 67108864,
        Pin27 = 134217728,
        Pin32 = 4294967296,
        Pin33 = 8589934592,
        Pin34 = 17179869184,
        Pin35 = 34359738368,
        Pin36 = 68719476736,
        Pin37 = 137438953472,
        Pin38 = 274877906944,
        Pin39 = 549755813888,
    }
}
