using System.Buffers.Binary;
using EdgeChat.Bundle;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Usb.Wire;

/// <summary>Talks to a board's runtime, nanoCLR, by the Wire Protocol.</summary>
/// <remarks>
/// What may be asked twice is asked again when the answer was lost, after the silence that makes the board forget half a packet. What may
/// not (a piece that is appended to a file or to certificates) begins anew from its first piece.
/// </remarks>
public sealed class WireClient
{
    private static readonly int[] Rates = [921600, 115200, 460800];
    private static readonly TimeSpan FirstPing = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ErasePatience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan BootPatience = TimeSpan.FromSeconds(15);

    private readonly WireLink _link;

    /// <summary>Makes a client of the runtime behind <paramref name="line"/>.</summary>
    public WireClient(ISerialLine line)
    {
        _link = new WireLink(line);
        Files = new WireFiles(_link);
        Configuration = new WireConfiguration(_link);
    }

    /// <summary>What the board's program says, as it comes; on the thread that asks.</summary>
    public Action<string>? Text
    {
        get => _link.Text;
        set => _link.Text = value;
    }

    /// <summary>How often something had to be asked again.</summary>
    public int Repeats => _link.Repeats;

    /// <summary>Its files.</summary>
    public WireFiles Files { get; }

    /// <summary>Its configuration blocks.</summary>
    public WireConfiguration Configuration { get; }

    /// <summary>Looks for a runtime, at each rate.</summary>
    /// <param name="patience">How long to look; a board that starts needs some seconds.</param>
    /// <param name="stop">Stops it.</param>
    /// <param name="announcement">For a board that was just reset: how long to wait for the packet with which it says that it has started,
    /// before it is asked. A question that comes too early is lost, and the next one has to wait for silence.</param>
    /// <exception cref="UsbException">There is none.</exception>
    public void Connect(TimeSpan patience, CancellationToken stop = default, TimeSpan announcement = default)
    {
        TimeSpan end = _link.Line.Now + patience;
        if (announcement > TimeSpan.Zero)
        {
            _link.Line.BaudRate = Rates[0];
            _link.WaitFor(WireCommand.Ping, announcement);
        }

        for (int round = 0; ; round++)
        {
            foreach (int rate in Rates)
            {
                stop.ThrowIfCancellationRequested();
                _link.Line.BaudRate = rate;
                _link.Clear();
                if (TryPing(FirstPing)) return;
            }

            if (_link.Line.Now >= end)
                throw new UsbException(UsbFault.Silent,
                    $"{_link.Line.Name}: no nanoFramework runtime answers; flash the board with `edgechat flash`, and if that is done " +
                    "press its " +
                    "RESET (EN) button and try again");
            // it may wait for the rest of a packet of somebody who was stopped
            _link.BeSilent();
        }
    }

    /// <summary>Whether the runtime answers; asks once.</summary>
    public bool TryPing(TimeSpan patience)
    {
        try
        {
            _link.AskOnce(WireCommand.Ping, WireWords.Of(0x10002, 0), patience);
            return true;
        }
        catch (Exception e) when (e is WireSilentException or WireRefusedException)
        {
            return false;
        }
    }

    /// <summary>What the runtime is.</summary>
    public BoardInfo GetInfo()
    {
        byte[] info = Query(7);
        if (info.Length < 200) throw new WireRefusedException("the board's description is too short");
        return new BoardInfo(
            WireText.Read(info.AsSpan(136, 32)), WireText.Read(info.AsSpan(168, 32)), ReadVersion(info),
            WireText.Read(info.AsSpan(8, 128)));
    }

    /// <summary>The native assemblies of the runtime.</summary>
    public IReadOnlyList<NativeAssembly> GetNativeAssemblies()
    {
        const int entry = 140, atOnce = 7;
        uint count = Word(Query(9));
        // one is asked for by a number of 8 bits
        if (count > byte.MaxValue) throw new WireRefusedException("the board does not say how many native assemblies it has");
        var all = new List<NativeAssembly>();
        while (all.Count < count)
        {
            byte[] part = Query(8u | Math.Min(atOnce, count - (uint)all.Count) << 24 | (uint)all.Count << 16);
            if (part.Length < entry) throw new WireRefusedException("the board's list of native assemblies ends early");
            for (int at = 0; at + entry <= part.Length && all.Count < count; at += entry)
                all.Add(new NativeAssembly(WireText.Read(part.AsSpan(at + 12, 128)),
                    BinaryPrimitives.ReadUInt32LittleEndian(part.AsSpan(at)), ReadVersion(part.AsSpan(at + 4))));
        }

        return all;
    }

    /// <summary>The partitions of the flash that the runtime tells of.</summary>
    public IReadOnlyList<FlashRegion> GetFlashMap()
    {
        byte[] map = _link.Ask(WireCommand.FlashSectorMap, []);
        var regions = new List<FlashRegion>();
        for (int at = 0; at + 16 <= map.Length; at += 16)
        {
            ReadOnlySpan<byte> row = map.AsSpan(at, 16);
            regions.Add(new FlashRegion(
                BinaryPrimitives.ReadUInt32LittleEndian(row),
                BinaryPrimitives.ReadUInt32LittleEndian(row[4..]) * BinaryPrimitives.ReadUInt32LittleEndian(row[8..]),
                BinaryPrimitives.ReadUInt32LittleEndian(row[12..]) & 0xFF));
        }

        return regions;
    }

    /// <summary>What the program is doing.</summary>
    public ExecutionState GetState() => ChangeState(ExecutionState.None, ExecutionState.None);

    /// <summary>Stops the program where it is.</summary>
    public void Stop() => ChangeState(ExecutionState.Stopped, ExecutionState.None);

    /// <summary>Lets a stopped program go on.</summary>
    public void Resume() => ChangeState(ExecutionState.None, ExecutionState.Stopped);

    /// <summary>Puts assemblies into the deployment partition, unless they are there. Stops the program; <see cref="Reboot"/> starts what
    /// is there then.</summary>
    /// <param name="image">The assemblies, one behind the other.</param>
    /// <param name="written">Told how many bytes are written.</param>
    /// <param name="stop">Stops between two packets; the partition is then incomplete and the next run writes it anew.</param>
    /// <returns>False when they were there already and nothing was written.</returns>
    /// <exception cref="UsbException">They do not fit, or cannot be read back.</exception>
    public bool Deploy(ReadOnlyMemory<byte> image, Action<int>? written = null, CancellationToken stop = default)
    {
        const int head = 8, most = WirePacket.MostToBoard - head;
        FlashRegion region = GetFlashMap().FirstOrDefault(r => r.Usage == FlashRegion.Deployment)
            ?? throw new UsbException(UsbFault.WrongBoard, $"{_link.Line.Name}: the runtime has no place for a program: flash another one");
        if (image.Length > region.Length)
            throw new UsbException(UsbFault.BadInput,
                $"the program has {image.Length} bytes, and the board has {region.Length} for it: use a board with more flash");
        uint wanted = CrcWithErased(image.Span, region.Length);
        if (Check(region) == wanted) return false;
        ChangeState(ExecutionState.Stopped, ExecutionState.None);
        Must(_link.Ask(WireCommand.EraseMemory, WireWords.Of(region.Start, region.Length), ErasePatience), "erase");
        for (int at = 0; at < image.Length; at += most)
        {
            stop.ThrowIfCancellationRequested();
            int count = Math.Min(most, image.Length - at);
            // flash bits are only cleared, so the same bytes may be written twice
            byte[] request = [.. WireWords.Of(region.Start + (uint)at, (uint)count), .. image.Span.Slice(at, count)];
            Must(_link.Ask(WireCommand.WriteMemory, request), "write");
            written?.Invoke(at + count);
        }

        if (Check(region) != wanted)
            throw new UsbException(UsbFault.NotWritten,
                $"{_link.Line.Name}: the program that is in flash is not what was written; try again, and if it stays so use another " +
                "board");
        return true;
    }

    /// <summary>Starts the board anew and waits for its runtime.</summary>
    /// <exception cref="UsbException">It does not come back.</exception>
    public void Reboot(RebootKind kind)
    {
        ushort number = _link.Send(WireCommand.Reboot, 0, WireWords.Of((uint)kind));
        // the acknowledge may be lost; the ping of its start, or an answer to ours, tells that it has started
        TimeSpan end = _link.Line.Now + BootPatience;
        if (_link.WaitFor(WireCommand.Ping, BootPatience)) return;
        for (int i = 0; i < 2; i++)
        {
            if (TryPing(FirstPing) && kind == RebootKind.Chip) return;
            _link.BeSilent();
            _link.Send(WireCommand.Reboot, 0, WireWords.Of((uint)kind));
            if (_link.WaitFor(WireCommand.Ping, BootPatience) || TryPing(FirstPing)) return;
        }

        throw new UsbException(UsbFault.Silent,
            $"{_link.Line.Name}: the board has not come back after a restart; press its RESET (EN) button");
    }

    /// <summary>Reads for a while, so that <see cref="Text"/> hears what the program says.</summary>
    public void Listen(TimeSpan time) => _link.Listen(time);

    private static Version ReadVersion(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(bytes), BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]),
        BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]));

    private static uint CrcWithErased(ReadOnlySpan<byte> image, uint length)
    {
        uint crc = Crc32.Of(image);
        Span<byte> erased = stackalloc byte[4096];
        erased.Fill(0xFF);
        for (long left = length - image.Length; left > 0; left -= erased.Length)
            crc = Crc32.Of(erased[..(int)Math.Min(left, erased.Length)], crc);
        return crc;
    }

    private void Must(byte[] answer, string what)
    {
        uint code = answer.Length >= 4 ? BinaryPrimitives.ReadUInt32LittleEndian(answer) : 0;
        if (code == 1) return;
        throw new UsbException(UsbFault.Refused,
            $"{_link.Line.Name}: the board cannot {what} its flash (code 0x{code:X}); flash the board anew with `edgechat flash`");
    }

    private uint Check(FlashRegion region) => Word(
        _link.Ask(WireCommand.CheckMemory, WireWords.Of(region.Start, region.Length), TimeSpan.FromSeconds(10)));

    private ExecutionState ChangeState(ExecutionState set, ExecutionState reset) => (ExecutionState)Word(
        _link.Ask(WireCommand.ExecutionState, WireWords.Of((uint)set, (uint)reset)));

    private static uint Word(byte[] answer) => answer.Length >= sizeof(uint)
        ? BinaryPrimitives.ReadUInt32LittleEndian(answer)
        : throw new WireRefusedException("the board's answer is too short");

    private byte[] Query(uint what) => _link.Ask(WireCommand.QueryCapabilities, WireWords.Of(what));
}

/// <summary>Requests that are words.</summary>
internal static class WireWords
{
    /// <summary>The words' bytes, least significant first.</summary>
    public static byte[] Of(params ReadOnlySpan<uint> words)
    {
        var bytes = new byte[words.Length * 4];
        for (int i = 0; i < words.Length; i++) BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(i * 4), words[i]);
        return bytes;
    }
}
