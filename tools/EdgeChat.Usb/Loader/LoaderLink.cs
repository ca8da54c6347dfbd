using System.Buffers.Binary;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Usb.Loader;

/// <summary>Commands and replies of a loader, one at a time. A reply that does not come leaves the line in doubt: <see cref="Resync"/>
/// settles it, because the loader answers in order.</summary>
internal sealed class LoaderLink(ISerialLine line)
{
    /// <summary>What most commands take at most, and more than a USB adapter holds back.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>The frame of SYNC.</summary>
    public static readonly byte[] SyncFrame = Frame(LoaderCommand.Sync, [0x07, 0x07, 0x12, 0x20, .. Enumerable.Repeat((byte)0x55, 32)]);

    private const int Tries = 4;

    private static readonly TimeSpan SyncPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(60);

    private readonly Slip.Reader _reader = new();
    private readonly byte[] _buffer = new byte[4096];

    /// <summary>The line.</summary>
    public ISerialLine Line => line;

    /// <summary>How often something had to be asked again.</summary>
    public int Repeats { get; private set; }

    /// <summary>The frame of a command whose data is <paramref name="words"/>.</summary>
    public static byte[] Frame(LoaderCommand command, params ReadOnlySpan<uint> words)
    {
        var data = new byte[words.Length * 4];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(i * 4), words[i]);
        return Frame(command, data);
    }

    /// <summary>The frame of a block: its length, number and check sum are made here.</summary>
    public static byte[] BlockFrame(LoaderCommand command, int number, ReadOnlySpan<byte> block)
    {
        var data = new byte[16 + block.Length];
        BinaryPrimitives.WriteInt32LittleEndian(data, block.Length);
        BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(4), number);
        block.CopyTo(data.AsSpan(16));
        return Frame(command, data, Checksum(block));
    }

    /// <summary>The exclusive or of a block's bytes and EF.</summary>
    public static byte Checksum(ReadOnlySpan<byte> block)
    {
        byte sum = 0xEF;
        foreach (byte value in block) sum ^= value;
        return sum;
    }

    /// <summary>Sends a command once and waits for its reply.</summary>
    /// <param name="command">The command.</param>
    /// <param name="frame">Its frame.</param>
    /// <param name="patience">How long the reply may take.</param>
    /// <param name="length">Bytes of data in the reply, before its status.</param>
    /// <exception cref="LoaderSilentException">No reply came.</exception>
    /// <exception cref="LoaderRefusedException">The loader refuses.</exception>
    public LoaderReply Send(LoaderCommand command, ReadOnlySpan<byte> frame, TimeSpan patience, int length = 0)
    {
        line.Write(frame);
        TimeSpan end = line.Now + patience;
        while (Next(end) is { } reply)
        {
            // the ESP32 refuses a command that it does not know under another number
            int status = reply.StatusAt(reply.Command == (byte)command ? length : 0);
            if (reply.Command != (byte)command)
            {
                if (command == LoaderCommand.GetSecurityInfo && status == 0x0105)
                    throw new LoaderRefusedException(command, status);
                continue;
            }

            if (status == 0) return reply;
            status = reply.StatusAt(0) is var first && reply.Data.Length <= 4 ? first : status;
            throw new LoaderRefusedException(command, status);
        }

        throw new LoaderSilentException($"the boot loader has not answered {command} in {patience.TotalSeconds:0.#} s");
    }

    /// <summary>Asks for something that may be asked twice, until there is an answer.</summary>
    public LoaderReply Ask(LoaderCommand command, byte[] frame, TimeSpan patience, int length = 0)
    {
        for (int i = 1; ; i++)
        {
            try
            {
                return Send(command, frame, patience, length);
            }
            catch (Exception e) when (i < Tries && e is LoaderSilentException or LoaderRefusedException { WasDamaged: true })
            {
                Resync();
            }
        }
    }

    /// <summary>Reads a register; no check sum protects the answer, so two in a row must agree.</summary>
    public uint ReadRegister(uint address)
    {
        byte[] frame = Frame(LoaderCommand.ReadRegister, address);
        uint value = Ask(LoaderCommand.ReadRegister, frame, Patience).Value;
        for (int i = 0; ; i++)
        {
            uint again = Ask(LoaderCommand.ReadRegister, frame, Patience).Value;
            if (again == value) return value;
            if (i == Tries) throw new LoaderSilentException($"register {address:X8} reads differently each time");
            value = again;
        }
    }

    /// <summary>Sends SYNC once.</summary>
    /// <returns>The value of the answer, which is 0 when the stub runs; null when none came.</returns>
    public uint? TrySync()
    {
        Clear();
        line.Write(SyncFrame);
        TimeSpan end = line.Now + SyncPatience;
        uint? value = null;
        while (Next(end) is { } reply)
            if (reply.Command == (byte)LoaderCommand.Sync && reply.StatusAt(0) == 0)
            {
                value = reply.Value;
                break;
            }

        if (value is not null) BeQuiet();
        return value;
    }

    /// <summary>Settles a line in doubt: when SYNC is answered and the line is quiet, no reply to an earlier command can come any
    /// more.</summary>
    /// <exception cref="LoaderSilentException">Nothing answers, or the chip has started anew.</exception>
    public void Resync()
    {
        Repeats++;
        Settle();
    }

    /// <summary>The same, when nothing was lost but more may come.</summary>
    public void Settle()
    {
        BeQuiet();
        for (int i = 0; i < 12; i++)
        {
            // a half frame that the loader still waits in ends with SYNC's first byte
            if (TrySync() is not { } value) continue;
            if (value == 0 == IsStub) return;
            throw new LoaderSilentException("the chip has started anew");
        }

        throw new LoaderSilentException("the boot loader does not answer any more");
    }

    /// <summary>Whether the stub is meant to run.</summary>
    public bool IsStub { get; set; }

    /// <summary>Waits for a frame that is no reply, such as the stub's greeting.</summary>
    public bool WaitFor(ReadOnlySpan<byte> content, TimeSpan patience)
    {
        TimeSpan end = line.Now + patience;
        while (Frame(end) is { } frame)
            if (content.SequenceEqual(frame)) return true;
        return false;
    }

    /// <summary>Forgets what has come.</summary>
    public void Clear()
    {
        line.DiscardInput();
        _reader.Clear();
    }

    private static byte[] Frame(LoaderCommand command, ReadOnlySpan<byte> data, uint checksum = 0)
    {
        var content = new byte[8 + data.Length];
        content[1] = (byte)command;
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(2), (ushort)data.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(4), checksum);
        data.CopyTo(content.AsSpan(8));
        return Slip.Encode(content);
    }

    // Reads on until nothing comes for a while.
    private void BeQuiet()
    {
        TimeSpan end = line.Now + Patience;
        while (line.Now < end && line.Read(_buffer, Quiet) > 0)
        {
            // it is of before
        }

        _reader.Clear();
    }

    private LoaderReply? Next(TimeSpan end)
    {
        while (Frame(end) is { } frame)
            if (LoaderReply.Read(frame) is { } reply) return reply;
        return null;
    }

    private byte[]? Frame(TimeSpan end)
    {
        while (true)
        {
            if (_reader.TryTake(out byte[] frame)) return frame;
            TimeSpan left = end - line.Now;
            if (left <= TimeSpan.Zero) return null;
            _reader.Add(_buffer.AsSpan(0, line.Read(_buffer, left)));
        }
    }
}
