using System.Buffers.Binary;
using System.Net.Sockets;

namespace EdgeChat.Tool.Fleets;

/// <summary>Asks a time server (SNTP, RFC 4330) how far this PC's clock is from it.</summary>
internal static class TimeServer
{
    /// <summary>The port of time servers.</summary>
    public const int Port = 123;

    private const int PacketBytes = 48;
    private const int Originate = 24, Receive = 32, Transmit = 40; // where the packet has its times (RFC 4330, section 4)
    private const byte ClientVersion4 = 0x23;
    private const int ModeMask = 7, ServerMode = 4;

    private static readonly DateTimeOffset Era0 = new(1900, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Era1 = new(2036, 2, 7, 6, 28, 16, TimeSpan.Zero);

    /// <summary>How far the server's clock is ahead; null when none answers before <paramref name="stop"/>.</summary>
    public static async Task<TimeSpan?> AheadAsync(string host, int port, TimeProvider clock, CancellationToken stop)
    {
        try
        {
            using var client = new UdpClient();
            client.Connect(host, port);
            var request = new byte[PacketBytes];
            request[0] = ClientVersion4;
            DateTimeOffset sent = clock.GetUtcNow();
            Write(request.AsSpan(Transmit), sent);
            await client.SendAsync(request, stop);
            while (true)
            {
                byte[] reply = (await client.ReceiveAsync(stop)).Buffer;
                DateTimeOffset came = clock.GetUtcNow();
                // an answer to this question, of a server that knows the time
                if (reply.Length < PacketBytes || (reply[0] & ModeMask) != ServerMode || reply[1] is 0 or > 15
                    || !reply.AsSpan(Originate, 8).SequenceEqual(request.AsSpan(Transmit, 8)))
                    continue;
                return (Read(reply.AsSpan(Receive)) - sent + (Read(reply.AsSpan(Transmit)) - came)) / 2;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>Writes a time: seconds since 1900, or since 2036, and a fraction.</summary>
    public static void Write(Span<byte> to, DateTimeOffset time)
    {
        TimeSpan since = time - (time < Era1 ? Era0 : Era1);
        long seconds = since.Ticks / TimeSpan.TicksPerSecond;
        long fraction = (since.Ticks % TimeSpan.TicksPerSecond << 32) / TimeSpan.TicksPerSecond;
        BinaryPrimitives.WriteUInt32BigEndian(to, (uint)seconds);
        BinaryPrimitives.WriteUInt32BigEndian(to[4..], (uint)fraction);
    }

    /// <summary>Reads a time; without its highest bit it is after 2036 (RFC 4330, section 3).</summary>
    public static DateTimeOffset Read(ReadOnlySpan<byte> from)
    {
        uint seconds = BinaryPrimitives.ReadUInt32BigEndian(from);
        long ticks = (long)BinaryPrimitives.ReadUInt32BigEndian(from[4..]) * TimeSpan.TicksPerSecond >> 32;
        return (seconds >> 31 == 1 ? Era0 : Era1).AddTicks(seconds * TimeSpan.TicksPerSecond + ticks);
    }
}
