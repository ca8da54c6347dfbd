#!/usr/bin/env bash
# System.IO.Ports (.NET on Linux): a serial port whose cable was pulled looks like one on which nobody says anything.
#
# Expected: a port that is gone is told. SerialPort.Read documents TimeoutException for "no bytes were available to read" and
#   InvalidOperationException for a port that is not open; BytesToRead is "the number of bytes"; IsOpen tells an open port from a closed one.
# Seen: after the hang-up one Read ends with ObjectDisposedException, though nobody has disposed the port; each later Read throws
#   TimeoutException for ever, as on a line on which nobody says anything. ReadLine throws ArgumentOutOfRangeException.
#   IsOpen stays true, DiscardInBuffer is fine, and BytesToRead is -1, which is the only sign that stays.
# Why it matters: a loop that takes TimeoutException for silence, as it must on a quiet line, has one chance to notice that the board was
#   unplugged; missed, or taken by another thread, it reads a port that is gone and never opens the one that came back.
# What to do: after a TimeoutException look at BytesToRead, and below 0 close the port and open it again until it is there; take
#   ObjectDisposedException for the same unless you closed the port; use finite time-outs for reading and writing.
. "$(dirname "$0")/common.bash"

nuget_packages System.IO.Ports@10.0.15
dotnet_program unplugged <<'CS'
using System;
using System.IO.Ports;
using System.Runtime.InteropServices;
using System.Threading;

// A pseudo terminal; its far side closes as a USB adapter that is pulled hangs up its port.
int master = Native.posix_openpt(2 | 256);
Native.grantpt(master);
Native.unlockpt(master);
string path = Marshal.PtrToStringAnsi(Native.ptsname(master))!;
var port = new SerialPort(path, 115200) { ReadTimeout = 200, WriteTimeout = 200 };
port.Open();
string Try(Action action)
{
    try
    {
        action();
        return "well";
    }
    catch (Exception e)
    {
        return e.GetType().Name;
    }
}

var buffer = new byte[16];
string before = Try(() => port.Read(buffer, 0, 16));
Native.close(master);
Thread.Sleep(300);
var seen = new (string What, string Expected, string Got, string Finding)[]
{
    ("Read of an open port on which nothing comes", "TimeoutException", before, "TimeoutException"),
    ("Read after the hang-up", "InvalidOperationException", Try(() => port.Read(buffer, 0, 16)), "ObjectDisposedException"),
    ("Read again", "the same", Try(() => port.Read(buffer, 0, 16)), "TimeoutException"),
    ("Read again, a second later", "the same", Later(() => port.Read(buffer, 0, 16)), "TimeoutException"),
    ("ReadLine", "the same", Try(() => port.ReadLine()), "ArgumentOutOfRangeException"),
    ("IsOpen", "False", port.IsOpen.ToString(), "True"),
    ("DiscardInBuffer", "an exception", Try(port.DiscardInBuffer), "well"),
    ("BytesToRead", "0 or more, or an exception", port.BytesToRead.ToString(), "-1"),
};
bool same = true;
foreach (var (what, expected, got, finding) in seen)
{
    Console.WriteLine($"{what}: expected {expected}, got {got}");
    if (got != finding) same = false;
}

Console.WriteLine(same ? "as in the finding" : "CHANGED: not what the finding says");
Environment.Exit(same ? 0 : 1); // without the port's end, which is not what is shown here

string Later(Action action)
{
    Thread.Sleep(1000);
    return Try(action);
}

static class Native
{
    [DllImport("libc")] public static extern int posix_openpt(int flags);
    [DllImport("libc")] public static extern int grantpt(int fd);
    [DllImport("libc")] public static extern int unlockpt(int fd);
    [DllImport("libc")] public static extern IntPtr ptsname(int fd);
    [DllImport("libc")] public static extern int close(int fd);
}
CS
# what the package has for Linux, in place of what only says that it is for another system
cp packages/system.io.ports/*/runtimes/unix/lib/net10.0/*.dll .
find packages -path "*linux-$(case "$(uname -m)" in aarch64) echo arm64 ;; *) echo x64 ;; esac)/native*" -name '*.so' -exec cp {} . \;
dotnet unplugged.dll
