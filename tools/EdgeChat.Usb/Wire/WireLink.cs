using System.Text;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Usb.Wire;

/// <summary>The board refuses a request.</summary>
public sealed class WireRefusedException(string message) : Exception(message);

/// <summary>The board has not answered in time. Whether it has done what was asked is not known.</summary>
public sealed class WireSilentException(string message) : Exception(message);

/// <summary>Requests and answers of the Wire Protocol, one at a time.</summary>
internal sealed class WireLink
{
    /// <summary>What most requests take at most.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>A board that waits for the rest of a payload gives up after 5 s; until then it takes what comes for that rest.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(5.3);

    private const int Tries = 4;

    private readonly WireReader _reader = new();
    private readonly byte[] _buffer = new byte[4096];
    private readonly ISerialLine _line;
    private TimeSpan _lastWrite = TimeSpan.MinValue;
    private ushort _sequence;

    /// <summary>Makes it.</summary>
    public WireLink(ISerialLine line)
    {
        _line = line;
        _reader.Between = bytes => Text?.Invoke(Encoding.Latin1.GetString(bytes));
    }

    /// <summary>What the board says, as it comes; on the thread that asks. What comes at another rate is rubbish.</summary>
    public Action<string>? Text { get; set; }

    /// <summary>How often something had to be asked again.</summary>
    public int Repeats { get; private set; }

    /// <summary>The line.</summary>
    public ISerialLine Line => _line;

    /// <summary>Asks once.</summary>
    /// <exception cref="WireSilentException">No answer came, or the request came damaged.</exception>
    /// <exception cref="WireRefusedException">The board refuses.</exception>
    public byte[] AskOnce(WireCommand command, ReadOnlySpan<byte> payload, TimeSpan patience)
    {
        ushort number = Send(command, 0, payload);
        return Await(command, number, number, _line.Now + patience)
            ?? throw new WireSilentException($"the board has not answered {command} in {patience.TotalSeconds:0.#} s");
    }

    /// <summary>Asks for something that may be asked twice, until there is an answer. An answer that comes late counts.</summary>
    /// <exception cref="WireSilentException">No answer came.</exception>
    /// <exception cref="WireRefusedException">The board refuses.</exception>
    public byte[] Ask(WireCommand command, byte[] payload, TimeSpan? patience = null)
    {
        TimeSpan each = patience ?? Patience;
        ushort first = (ushort)(_sequence + 1);
        for (int i = 1; ; i++)
        {
            ushort number = Send(command, 0, payload);
            byte[]? answer = Await(command, first, number, _line.Now + each);
            if (answer is null && i < Tries) answer = BeSilent(command, first, number);
            if (answer is not null) return answer;
            if (i == Tries) throw new WireSilentException($"the board does not answer {command} any more");
            Repeats++;
        }
    }

    /// <summary>Sends a request whose answer is not waited for.</summary>
    public ushort Send(WireCommand command, uint flags, ReadOnlySpan<byte> payload)
    {
        ushort number = ++_sequence;
        _line.Write(new WirePacket(command, flags, number, 0, payload.ToArray()).Encode());
        _lastWrite = _line.Now;
        return number;
    }

    /// <summary>Sends nothing for so long that the board forgets a packet of which it has only a part.</summary>
    public void BeSilent() => BeSilent(WireCommand.ProgramExit, 1, 0);

    /// <summary>Waits for a packet that the board sends by itself.</summary>
    public bool WaitFor(WireCommand command, TimeSpan patience)
    {
        TimeSpan end = _line.Now + patience;
        while (Next(end) is { } packet)
            if (packet.Command == command && !packet.IsReply && !packet.IsRefusal) return true;
        return false;
    }

    /// <summary>Reads for a while and passes text on.</summary>
    public void Listen(TimeSpan time)
    {
        TimeSpan end = _line.Now + time;
        while (Next(end) is not null)
        {
            // text is passed on as it comes
        }
    }

    /// <summary>Forgets what has come.</summary>
    public void Clear()
    {
        _line.DiscardInput();
        _reader.Clear();
    }

    private byte[]? BeSilent(WireCommand command, ushort first, ushort last)
    {
        TimeSpan end = _lastWrite < TimeSpan.Zero ? _line.Now : _lastWrite + Silence;
        byte[]? late = Await(command, first, last, end, isWaiting: true);
        if (late is null) _reader.Clear();
        return late;
    }

    // The answer to one of the requests; null when none came, or when the board complains of a damaged request.
    private byte[]? Await(WireCommand command, ushort first, ushort last, TimeSpan end, bool isWaiting = false)
    {
        while (Next(end) is { } packet)
        {
            if (packet.IsReply && packet.Command == command && (ushort)(packet.ReplyTo - first) <= (ushort)(last - first))
            {
                if (packet.IsRefusal) throw new WireRefusedException($"the board refuses {command}");
                return packet.Payload;
            }

            if (packet is { Command: WireCommand.Ping, IsReply: false, IsRefusal: true } && !isWaiting) return null;
        }

        return null;
    }

    private WirePacket? Next(TimeSpan end)
    {
        while (true)
        {
            if (_reader.TryTake(out WirePacket packet))
            {
                if (packet.Command == WireCommand.Message && !packet.IsReply) Text?.Invoke(Encoding.UTF8.GetString(packet.Payload));
                return packet;
            }

            TimeSpan left = end - _line.Now;
            if (left <= TimeSpan.Zero) return null;
            _reader.Add(_buffer.AsSpan(0, _line.Read(_buffer, left)));
        }
    }
}
