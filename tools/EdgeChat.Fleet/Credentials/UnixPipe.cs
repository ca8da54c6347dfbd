using System.Runtime.InteropServices;

namespace EdgeChat.Fleet;

/// <summary>Pipes to other processes, as POSIX has them.</summary>
public static partial class UnixPipe
{
    private const int Interrupted = 4; // EINTR (errno(3))

    /// <summary>Returns when nobody reads any more from a pipe that this process writes to; for what is no pipe, when nobody ever will,
    /// or never.</summary>
    public static void WaitForTheReadersEnd(int descriptor)
    {
        var output = new Polled { Descriptor = descriptor };
        // without events to wait for only an error ends it: for a pipe that is the end of its reader (poll(2), POLLERR)
        while (Poll(ref output, 1, -1) < 0 && Marshal.GetLastPInvokeError() == Interrupted)
        {
        }
    }

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref Polled files, nuint count, int milliseconds);

    [StructLayout(LayoutKind.Sequential)]
    private struct Polled
    {
        public int Descriptor;
        public short Events;
        public short Came;
    }
}
