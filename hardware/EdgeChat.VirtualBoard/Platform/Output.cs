using System.Diagnostics;

namespace EdgeChat.VirtualBoard.Platform;

#pragma warning disable CS1591 // what a member means is told by the nanoFramework documentation; here is told only what a stand-in does

/// <summary>nanoFramework's Console: it goes to the debugger, here to <see cref="Board.DebugOutput"/>.</summary>
public static class Console
{
    public static void Write(string? value) => Debug.Write(value);

    public static void WriteLine() => Debug.WriteLine("");

    public static void WriteLine(string? value) => Debug.WriteLine(value);
}

/// <summary>nanoFramework's Debug: it goes to <see cref="Board.DebugOutput"/>.</summary>
public static class Debug
{
    [Conditional("DEBUG")]
    public static void Assert(bool condition) => Assert(condition, "", "");

    [Conditional("DEBUG")]
    public static void Assert(bool condition, string? message) => Assert(condition, message, "");

    [Conditional("DEBUG")]
    public static void Assert(bool condition, string? message, string? detailedMessage)
    {
        if (!condition) throw new InvalidOperationException("assertion failed: " + message + " " + detailedMessage);
    }

    public static void Write(string? message)
    {
        PowerCycle? cycle = PowerCycle.Current;
        cycle?.Check();
        if (cycle is not null) cycle.Board.Write(message ?? "");
        else System.Console.Write(message);
    }

    public static void WriteLine() => WriteLine("");

    public static void WriteLine(string? message) => Write(message + "\n");
}
