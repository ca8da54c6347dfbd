using System.Net.Sockets;

namespace EdgeChat.VirtualBoard.Platform;

/// <summary>nanoFramework's SocketException: its code is that of <see cref="SocketError"/>, where .NET gives the operating
/// system's.</summary>
public sealed class SocketException : System.Net.Sockets.SocketException
{
    /// <summary>What went wrong.</summary>
    public SocketException(SocketError errorCode)
        : base((int)errorCode)
    {
    }

    /// <inheritdoc/>
    public override int ErrorCode => (int)SocketErrorCode;

    /// <summary>The board's form of an exception of the PC.</summary>
    internal static SocketException From(System.Net.Sockets.SocketException e) =>
        e as SocketException ?? new SocketException(e.SocketErrorCode);
}
