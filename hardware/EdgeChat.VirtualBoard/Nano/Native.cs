using EdgeChat.VirtualBoard;

namespace nanoFramework.Runtime.Native;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's RebootOption.</summary>
public enum RebootOption
{
    NormalReboot = 0,
    EnterNanoBooter = 1,
    ClrOnly = 2,
    EnterProprietaryBooter = 8,
}

/// <summary>nanoFramework's handler of a coming restart.</summary>
public delegate void RebootEventHandler();

/// <summary>nanoFramework's Power.</summary>
public class Power
{
    /// <summary>Raised before the board restarts, and before it is asked to stop; the board waits for the handlers.</summary>
    public static event RebootEventHandler OnRebootEvent
    {
        add => PowerCycle.Require(nameof(Power)).Board.Reboot.Add(value);
        remove => PowerCycle.Require(nameof(Power)).Board.Reboot.Remove(value);
    }

    /// <summary>Restarts the board whose thread calls. Does not return.</summary>
    public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot) => RebootDevice(-1, rebootOption);

    /// <summary>Restarts the board whose thread calls. Does not return. Handlers take the time that they take.</summary>
    public static void RebootDevice(int exeConstraintTimeout, RebootOption rebootOption = RebootOption.NormalReboot)
    {
        PowerCycle cycle = PowerCycle.Require(nameof(Power));
        cycle.Board.Reboot.Raise();
        cycle.Board.Sleep.Forget();
        cycle.Board.Restart(cycle, isSleep: false);
    }
}

/// <summary>nanoFramework's GC.</summary>
public static class GC
{
    // The PC's heap says nothing about a board's: this is what an idle ESP32 has free, in bytes.
    private const uint FreeOnAnIdleBoard = 100 * 1024;

    public static uint Run(bool compactHeap)
    {
        PowerCycle.Require("GC.Run");
        return FreeOnAnIdleBoard;
    }

    public static void EnableGCMessages(bool enable) => PowerCycle.Require("GC.EnableGCMessages");
}

/// <summary>nanoFramework's SystemInfo.</summary>
public static class SystemInfo
{
    public static Version Version => new(1, 14, 0, 0);

    public static string OEMString => "EdgeChat virtual board running " + TargetName;

    public static byte OEM => 0;

    public static byte Model => 0;

    public static ushort SKU => 0;

    public static string TargetName => PowerCycle.Require(nameof(SystemInfo)).Board.Hardware.Target;

    public static string Platform => "ESP32";

    public static FloatingPoint FloatingPointSupport => FloatingPoint.DoublePrecisionSoftware;

    /// <summary>How the chip calculates with floating point numbers.</summary>
    public enum FloatingPoint
    {
        None = 0,
        SinglePrecisionSoftware = 1,
        SinglePrecisionHardware = 2,
        DoublePrecisionSoftware = 3,
        DoublePrecisionHardware = 4,
    }
}
