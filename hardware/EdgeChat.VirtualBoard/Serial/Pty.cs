using System.Runtime.InteropServices;

namespace EdgeChat.VirtualBoard;

/// <summary>A pseudo terminal of Linux: a terminal program opens its path, and this end is the board's UART.</summary>
/// <remarks>This process keeps the other end open too, so that a terminal program may come, go and come again (pty(7)).</remarks>
internal sealed partial class Pty : IDisposable
{
    private const int ReadWrite = 2, NoControllingTerminal = 0x100, NonBlocking = 0x800, CloseOnExec = 0x80000; // fcntl.h, Linux
    private const short PollIn = 1; // poll.h
    private const int Now = 0; // TCSANOW, termios.h

    private readonly Action<ReadOnlySpan<byte>> _typed;
    private readonly Lock _gate = new();
    private readonly int _slave;
    private readonly int[] _stop = new int[2];
    private readonly Thread _reader;
    private int _master;

    /// <summary>Makes one.</summary>
    /// <param name="name">For messages and the thread's name.</param>
    /// <param name="typed">Called with what comes from the terminal program, on the pseudo terminal's thread.</param>
    public Pty(string name, Action<ReadOnlySpan<byte>> typed)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException(
                $"board \"{name}\": a pseudo terminal needs Linux; make the board without WithPty and use its console");
        _typed = typed;
        _master = Must(name, "posix_openpt", OpenPt(ReadWrite | NoControllingTerminal | NonBlocking | CloseOnExec));
        Must(name, "grantpt", GrantPt(_master));
        Must(name, "unlockpt", UnlockPt(_master));
        Path = NameOf(name);
        _slave = Must(name, "open " + Path, OpenFile(Path, ReadWrite | NoControllingTerminal | CloseOnExec));
        MakeRaw(name);
        Must(name, "pipe2", Pipe(_stop, CloseOnExec));
        _reader = new Thread(Read, PowerCycle.StackBytes) { Name = name + " pty", IsBackground = true };
        _reader.Start();
    }

    /// <summary>The path that a terminal program opens.</summary>
    public string Path { get; }

    /// <summary>Writes to the terminal. What nobody reads is dropped when the terminal's buffer is full, as a UART does.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
            if (_master >= 0) WriteFile(_master, bytes, bytes.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_master < 0) return;
            WriteFile(_stop[1], [0], 1);
        }

        _reader.Join();
        lock (_gate)
        {
            CloseFile(_master);
            CloseFile(_slave);
            CloseFile(_stop[0]);
            CloseFile(_stop[1]);
            _master = -1;
        }
    }

    private static int Must(string name, string call, int result)
    {
        if (result >= 0) return result;
        throw new IOException($"board \"{name}\": no pseudo terminal: {call} failed ({Marshal.GetLastPInvokeErrorMessage()})");
    }

    private string NameOf(string name)
    {
        var buffer = new byte[128];
        if (PtsName(_master, buffer, buffer.Length) != 0) Must(name, "ptsname_r", -1);
        return System.Text.Encoding.UTF8.GetString(buffer, 0, Array.IndexOf(buffer, (byte)0));
    }

    // Bytes pass as they are: no echo, no line editing, no signals by control characters.
    private void MakeRaw(string name)
    {
        var settings = new byte[256]; // struct termios is 60 bytes on Linux
        Must(name, "tcgetattr", GetAttributes(_slave, settings));
        MakeRawSettings(settings);
        Must(name, "tcsetattr", SetAttributes(_slave, Now, settings));
    }

    private void Read()
    {
        var buffer = new byte[1024];
        var watched = new PollFile[2];
        while (true)
        {
            watched[0] = new PollFile { File = _master, Events = PollIn };
            watched[1] = new PollFile { File = _stop[0], Events = PollIn };
            if (Poll(watched, 2, -1) < 0) continue; // interrupted by a signal
            if (watched[1].Happened != 0) return;
            int count = (int)ReadFile(_master, buffer, buffer.Length);
            if (count > 0) _typed(buffer.AsSpan(0, count));
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

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRawSettings([In, Out] byte[] settings);
}
