using System.Runtime.InteropServices;
using System.Text;

namespace EdgeChat.VirtualBoard;

/// <summary>A pseudo terminal of Linux, from its inner end: another program opens its path as if it were a serial port (pty(7)).</summary>
public sealed partial class PseudoTerminal : IDisposable
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000; // fcntl.h, Linux
    private const short PollIn = 1, PollHangUp = 0x10; // poll.h
    private const int Now = 0; // TCSANOW, termios.h
    private const nuint GetSettings = 0x802C542A; // TCGETS2, asm-generic/ioctls.h
    private const int SettingsBytes = 44, OutputSpeedAt = 40; // struct termios2

    private readonly string _name;
    private readonly int[] _stop = new int[2];
    private readonly int _master;
    private bool _isDisposed;

    /// <summary>Makes one; bytes pass as they are: no echo, no line editing, no signals by control characters.</summary>
    /// <param name="name">Whose it is, for messages.</param>
    /// <exception cref="IOException">The system has none left.</exception>
    public PseudoTerminal(string name)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException(
                $"board \"{name}\": a pseudo terminal needs Linux; make the board without one and use its console");
        _name = name;
        _master = Must("posix_openpt", OpenPt(ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec));
        Must("grantpt", GrantPt(_master));
        Must("unlockpt", UnlockPt(_master));
        Path = NameOf();
        using (OpenOther()) MakeRaw();
        Must("pipe2", Pipe(_stop, CloseOnExec));
    }

    /// <summary>The path that another program opens.</summary>
    public string Path { get; }

    /// <summary>Bits a second that the other program has set; they say nothing of the pace.</summary>
    public int HostBaudRate
    {
        get
        {
            var settings = new byte[SettingsBytes];
            return Control(_master, GetSettings, settings) < 0 ? 0 : BitConverter.ToInt32(settings, OutputSpeedAt);
        }
    }

    /// <summary>Opens the other end too; while it is open, no program that comes and goes is noticed.</summary>
    public IDisposable OpenOther() => new Other(Must("open " + Path, OpenFile(Path, ReadWrite | NoControllingTerminal | CloseOnExec)));

    /// <summary>Waits until there is something to read, or nobody has the other end open, or <see cref="Stop"/>.</summary>
    /// <param name="milliseconds">How long; -1 for ever.</param>
    /// <returns>What there is.</returns>
    public TerminalEvents Wait(int milliseconds)
    {
        PollFile[] watched =
        [
            new PollFile { File = _master, Events = PollIn }, new PollFile { File = _stop[0], Events = PollIn },
        ];
        if (Poll(watched, 2, milliseconds) < 0) return TerminalEvents.None; // interrupted by a signal
        return (watched[1].Happened != 0 ? TerminalEvents.Stopped : 0)
            | ((watched[0].Happened & PollIn) != 0 ? TerminalEvents.Input : 0)
            | ((watched[0].Happened & PollHangUp) != 0 ? TerminalEvents.HungUp : 0);
    }

    /// <summary>Ends a wait, now or the next.</summary>
    public void Stop() => WriteFile(_stop[1], [0], 1);

    /// <summary>Reads what is there.</summary>
    /// <returns>How many bytes; 0 for none.</returns>
    public int Read(byte[] buffer, int count) => Math.Max(0, (int)ReadFile(_master, buffer, count));

    /// <summary>Writes what there is room for.</summary>
    /// <returns>How many bytes.</returns>
    public int Write(ReadOnlySpan<byte> bytes) => Math.Max(0, (int)WriteFile(_master, bytes, bytes.Length));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_isDisposed) return;
        _isDisposed = true;
        CloseFile(_master);
        CloseFile(_stop[0]);
        CloseFile(_stop[1]);
    }

    private int Must(string call, int result)
    {
        if (result >= 0) return result;
        throw new IOException($"board \"{_name}\": no pseudo terminal: {call} failed ({Marshal.GetLastPInvokeErrorMessage()})");
    }

    private string NameOf()
    {
        var buffer = new byte[128];
        if (PtsName(_master, buffer, buffer.Length) != 0) Must("ptsname_r", -1);
        return Encoding.UTF8.GetString(buffer, 0, Array.IndexOf(buffer, (byte)0));
    }

    private void MakeRaw()
    {
        var settings = new byte[256]; // struct termios is 60 bytes on Linux
        Must("tcgetattr", GetAttributes(_master, settings));
        MakeRawSettings(settings);
        Must("tcsetattr", SetAttributes(_master, Now, settings));
    }

    private sealed class Other(int file) : IDisposable
    {
        private bool _isClosed;

        public void Dispose()
        {
            if (_isClosed) return;
            _isClosed = true;
            CloseFile(file);
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollFile
    {
        public int File;
        public short Events;
        public short Happened;
    }

    [LibraryImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
    private static partial int OpenPt(int flags);

    [LibraryImport("libc", EntryPoint = "grantpt", SetLastError = true)]
    private static partial int GrantPt(int file);

    [LibraryImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
    private static partial int UnlockPt(int file);

    [LibraryImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
    private static partial int PtsName(int file, [Out] byte[] name, nint length);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenFile(string path, int flags);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseFile(int file);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint ReadFile(int file, [Out] byte[] bytes, nint count);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint WriteFile(int file, ReadOnlySpan<byte> bytes, nint count);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll([In, Out] PollFile[] files, nuint count, int timeout);

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int Pipe([Out] int[] files, int flags);

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetAttributes(int file, [In, Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetAttributes(int file, int when, byte[] settings);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    private static partial int Control(int file, nuint request, [In, Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRawSettings([In, Out] byte[] settings);
}

/// <summary>What a wait for a pseudo terminal ends with.</summary>
[Flags]
public enum TerminalEvents
{
    /// <summary>The time is over.</summary>
    None = 0,

    /// <summary>There is something to read.</summary>
    Input = 1,

    /// <summary>Nobody has the other end open.</summary>
    HungUp = 2,

    /// <summary><see cref="PseudoTerminal.Stop"/> was called.</summary>
    Stopped = 4,
}
