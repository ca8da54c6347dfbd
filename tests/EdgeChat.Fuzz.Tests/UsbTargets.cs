using EdgeChat.Usb;
using EdgeChat.Usb.Lines;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Wire;

namespace EdgeChat.Fuzz.Tests;

/// <summary>What a board, or whatever hangs on the cable, answers the tool.</summary>
internal static class UsbTargets
{
    private const int Most = 1 << 20;

    private static readonly Type[] Announced =
    [
        typeof(UsbException), typeof(LineGoneException), typeof(LoaderRefusedException), typeof(LoaderSilentException),
        typeof(WireRefusedException), typeof(WireSilentException),
    ];

    public static IEnumerable<FuzzTarget> All() =>
    [
        new("slip", Slips, [Slip.Encode([1, 0x0A, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0]), Slip.Encode([0xC0, 0xDB])],
            [[0xC0], [0xDB, 0xDC], [0xDB, 0xDD], [0xDB]]),
        new("wire", Packets,
        [
            new WirePacket((WireCommand)1, 0x8002, 3, 4, [1, 2, 3, 4]).Encode(),
            [.. "boot text\r\n"u8, .. new WirePacket((WireCommand)0x81, 2, 1, 1, []).Encode()],
        ], [WirePacket.Marker.ToArray(), [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF]]),
        new("runtime", FuzzTarget.Announcing(AskRuntime, Announced),
            [[.. Enumerable.Repeat<byte>(0, 2000)], [200, 200, .. Enumerable.Repeat((byte)'x', 600)]],
            [[200], [255, 255], "CN1\0"u8.ToArray(), "WN1\0"u8.ToArray()]),
        new("loader", FuzzTarget.Announcing(AskLoader, Announced),
            [[.. Enumerable.Repeat<byte>(4, 500)], [.. Enumerable.Repeat<byte>(0, 500)]],
            [[0xF0, 0x1D, 0, 0], [0, 0], [9, 0, 0, 0], [5, 0, 0, 0]]),
    ];

    private static void Slips(byte[] bytes)
    {
        var reader = new Slip.Reader();
        reader.Add(bytes);
        while (reader.TryTake(out byte[] frame)) _ = LoaderReply.Read(frame);
        if (bytes.Length == 0) return;
        var again = new Slip.Reader();
        again.Add(Slip.Encode(bytes));
        if (!again.TryTake(out byte[] same) || !same.AsSpan().SequenceEqual(bytes)) throw new InvalidDataException("becomes another");
    }

    private static void Packets(byte[] bytes)
    {
        long given = 0;
        var reader = new WireReader { Between = text => given += text.Length };
        foreach (byte[] part in bytes.Chunk(7)) reader.Add(part);
        while (reader.TryTake(out WirePacket packet)) given += packet.Payload.Length;
        if (given > bytes.Length) throw new InvalidDataException("gives more than came");
    }

    private static void AskRuntime(byte[] bytes)
    {
        var client = new WireClient(new AnsweringLine(bytes, AnsweringLine.Runtime));
        client.GetInfo();
        client.GetNativeAssemblies();
        client.GetFlashMap();
        client.GetState();
        client.Configuration.ReadNetwork();
        client.Configuration.ReadStation();
        client.Configuration.ReadCertificates(ConfigurationKind.CaBundle);
    }

    private static void AskLoader(byte[] bytes)
    {
        var client = new LoaderClient(new AnsweringLine(bytes, AnsweringLine.Loader));
        client.Connect();
        client.Md5(0, 4096);
    }

    // answers each request with a packet of the right form, whose content is the next of the input: its first byte says how long
    private sealed class AnsweringLine(byte[] input, Action<AnsweringLine, byte[]> answer) : ISerialLine
    {
        private readonly Queue<byte> _waiting = new();
        private readonly WireReader _requests = new();
        private readonly Slip.Reader _frames = new();
        private int _at;
        private int _given;

        public string Name => "line";

        public int BaudRate { get; set; } = 115200;

        public TimeSpan Now { get; private set; }

        public static void Runtime(AnsweringLine line, byte[] sent)
        {
            line._requests.Add(sent);
            while (line._requests.TryTake(out WirePacket packet))
                line.Give(new WirePacket(packet.Command, WireFlags.Reply | (line.Next() > 250 ? WireFlags.Nack : 0), 1, packet.Sequence,
                    line.Piece()).Encode());
        }

        public static void Loader(AnsweringLine line, byte[] sent)
        {
            line._frames.Add(sent);
            while (line._frames.TryTake(out byte[] frame))
            {
                if (frame.Length < 8) continue;
                byte[] data = line.Piece();
                line.Give(Slip.Encode([1, frame[1], (byte)data.Length, (byte)(data.Length >> 8), line.Next(), line.Next(), line.Next(),
                    line.Next(), .. data]));
            }
        }

        public void Wait(TimeSpan time) => Now += time;

        public bool SetModemLines(bool dtr, bool rts) => true;

        public int Read(Span<byte> buffer, TimeSpan patience)
        {
            int count = 0;
            while (count < buffer.Length && _waiting.TryDequeue(out byte next)) buffer[count++] = next;
            Now += count == 0 ? patience : TimeSpan.FromMicroseconds(100 * count);
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes)
        {
            if (_given > Most || _at >= input.Length) throw new LineGoneException("unplugged");
            answer(this, bytes.ToArray());
        }

        public void DiscardInput() => _waiting.Clear();

        public void Reopen() => DiscardInput();

        public void Dispose()
        {
        }

        private byte Next() => _at < input.Length ? input[_at++] : (byte)0;

        private byte[] Piece()
        {
            int count = Math.Min(Next() * (Next() > 200 ? 8 : 1), input.Length - _at);
            byte[] piece = input[_at..(_at + count)];
            _at += count;
            return piece;
        }

        private void Give(byte[] bytes)
        {
            _given += bytes.Length;
            foreach (byte each in bytes) _waiting.Enqueue(each);
        }
    }
}
