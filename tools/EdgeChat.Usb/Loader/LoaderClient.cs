using System.Buffers.Binary;
using System.Text;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Usb.Loader;

/// <summary>Talks to a chip's boot loader: finds out what it is, loads the stub, reads, erases and writes its flash.</summary>
/// <remarks>
/// Nothing here trusts a reply that did not come: what may be asked twice is, after the line was settled; what may not, a block of data,
/// ends with an exception, and the caller compares the flash and begins that part anew.
/// States: not connected, ROM (<see cref="Connect"/>), stub (<see cref="RunStub"/>).
/// </remarks>
public sealed class LoaderClient(ISerialLine line)
{
    /// <summary>The rate at which a chip listens first.</summary>
    public const int FirstBaudRate = 115200;

    /// <summary>Bytes that are erased at once.</summary>
    public const int Sector = 0x1000;

    private const int RamBlock = 0x1800, Attempts = 7, SyncsOfAttempt = 5;

    private readonly LoaderLink _link = new(line);
    private ChipInfo? _info;

    /// <summary>What the chip is; known when connected.</summary>
    public ChipInfo Info => _info ?? throw new InvalidOperationException("not connected");

    /// <summary>How often something had to be asked again.</summary>
    public int Repeats => _link.Repeats;

    internal LoaderLink Link => _link;

    /// <summary>Resets the chip into its boot loader, from whatever state it and the line are in, and asks what it is.</summary>
    /// <exception cref="UsbException">Nothing answers, or it is a chip that is not known.</exception>
    /// <exception cref="LineGoneException">The port is not there.</exception>
    public ChipInfo Connect(CancellationToken stop = default)
    {
        for (int attempt = 0; attempt < Attempts; attempt++)
        {
            line.BaudRate = FirstBaudRate;
            BootMode.Enter(line, attempt);
            for (int i = 0; i < SyncsOfAttempt; i++)
            {
                stop.ThrowIfCancellationRequested();
                if (_link.TrySync() is not { } value) continue;
                // a stub that still runs, from a tool that was stopped, is as good as the ROM for all that follows
                _link.IsStub = value == 0;
                try
                {
                    return _info = Identify();
                }
                catch (Exception e) when (e is LoaderSilentException or LoaderRefusedException)
                {
                    // it answers no more: from the reset on again
                    break;
                }
            }
        }

        throw new UsbException(UsbFault.Silent, $"{line.Name}: no boot loader answers; {BootMode.Cure(line)}");
    }

    /// <summary>Loads the stub, unless it runs, and sets the line's speed.</summary>
    /// <exception cref="UsbException">The stub does not start.</exception>
    public void RunStub(int baudRate)
    {
        if (!_link.IsStub) LoadStub();
        if (baudRate != line.BaudRate) ChangeBaudRate(baudRate);
        if (_info is { FlashBytes: > 0 } info)
            _link.Ask(LoaderCommand.SpiSetParams,
                LoaderLink.Frame(LoaderCommand.SpiSetParams, 0, (uint)info.FlashBytes, 0x10000, Sector, 0x100, 0xFFFF),
                LoaderLink.Patience);
    }

    /// <summary>The MD5 of a range of the flash.</summary>
    public byte[] Md5(int offset, int length)
    {
        byte[] frame = LoaderLink.Frame(LoaderCommand.FlashMd5, (uint)offset, (uint)length, 0, 0);
        TimeSpan patience = LoaderLink.Patience + TimeSpan.FromSeconds(length * 8e-6);
        int size = _link.IsStub ? 16 : 32;
        LoaderReply reply = _link.Ask(LoaderCommand.FlashMd5, frame, patience, size);
        return _link.IsStub ? reply.Data[..16] : Convert.FromHexString(Encoding.ASCII.GetString(reply.Data, 0, 32));
    }

    /// <summary>Erases whole sectors. Needs the stub.</summary>
    public void Erase(int offset, int length) => _link.Ask(
        LoaderCommand.EraseRegion,
        LoaderLink.Frame(LoaderCommand.EraseRegion, (uint)offset, (uint)length),
        LoaderLink.Patience + TimeSpan.FromSeconds(length * 30e-6));

    /// <summary>Erases the whole flash. Needs the stub.</summary>
    public void EraseAll() => _link.Ask(LoaderCommand.EraseFlash, LoaderLink.Frame(LoaderCommand.EraseFlash), TimeSpan.FromSeconds(120));

    /// <summary>Writes <paramref name="data"/> once, compressed; it begins at a sector. Needs the stub.</summary>
    /// <param name="offset">Where in flash.</param>
    /// <param name="data">The bytes.</param>
    /// <param name="written">Told after each block how many of the bytes have been sent.</param>
    /// <param name="stop">Ends it between two blocks.</param>
    /// <exception cref="LoaderSilentException">A reply did not come: what is in flash is not known.</exception>
    /// <exception cref="LoaderRefusedException">The loader refuses: what is in flash is not known.</exception>
    public void Write(int offset, ReadOnlyMemory<byte> data, Action<int>? written = null, CancellationToken stop = default) =>
        Write(offset, data.Length, DeflatedBlock.Split(data), written, stop);

    /// <summary>The same, of bytes that are compressed already.</summary>
    internal void Write(int offset, int length, IReadOnlyList<DeflatedBlock> blocks, Action<int>? written, CancellationToken stop)
    {
        stop.ThrowIfCancellationRequested();
        byte[] begin = LoaderLink.Frame(
            LoaderCommand.DeflateBegin, (uint)length, (uint)blocks.Count, DeflatedBlock.Most, (uint)offset);
        _link.Send(LoaderCommand.DeflateBegin, begin, LoaderLink.Patience);
        // a block is answered when the one before is in flash, so that is what the patience is for
        int before = 0, sent = 0;
        for (int i = 0; i < blocks.Count; i++)
        {
            stop.ThrowIfCancellationRequested();
            _link.Send(LoaderCommand.DeflateData, blocks[i].Frame, PatienceFor(before));
            before = blocks[i].Inflated;
            sent += before;
            written?.Invoke(sent);
        }

        _link.Send(LoaderCommand.DeflateEnd, LoaderLink.Frame(LoaderCommand.DeflateEnd, 1), PatienceFor(before));
    }

    /// <summary>Settles the line after a write has failed.</summary>
    /// <exception cref="LoaderSilentException">The loader is not there any more: connect again.</exception>
    public void Resync() => _link.Resync();

    /// <summary>Resets the chip into the program in its flash.</summary>
    public void Leave()
    {
        BootMode.Leave(line);
        _link.IsStub = false;
        _info = null;
    }

    private static TimeSpan PatienceFor(int bytes) => LoaderLink.Patience + TimeSpan.FromSeconds(bytes * 40e-6);

    private ChipInfo Identify()
    {
        LoaderChip chip = FindChip();
        uint low = _link.ReadRegister(chip.Mac), high = _link.ReadRegister(chip.Mac + 4);
        var mac = new byte[6];
        BinaryPrimitives.WriteUInt16BigEndian(mac, (ushort)high);
        BinaryPrimitives.WriteUInt32BigEndian(mac.AsSpan(2), low);
        if (!_link.IsStub)
            _link.Ask(LoaderCommand.SpiAttach, LoaderLink.Frame(LoaderCommand.SpiAttach, 0, 0), LoaderLink.Patience);
        return new ChipInfo(chip, mac, FlashId.Read(_link, chip));
    }

    private LoaderChip FindChip()
    {
        byte[] frame = LoaderLink.Frame(LoaderCommand.GetSecurityInfo);
        for (int i = 0; i < Attempts; i++)
        {
            try
            {
                int id = SecurityChipId(frame);
                // no check sum protects the answer: two must agree
                LoaderChip? found = LoaderChip.All.FirstOrDefault(c => c.Image.Id == id && !c.IsFirst);
                if (found is not null && id == SecurityChipId(frame)) return found;
            }
            catch (LoaderRefusedException)
            {
                _link.Settle();
                uint magic = _link.ReadRegister(LoaderChip.MagicAddress);
                if (LoaderChip.All.FirstOrDefault(c => c.Magic == magic) is { } chip) return chip;
            }
        }

        throw new UsbException(
            UsbFault.WrongBoard, $"{line.Name}: an unknown chip answers; EdgeChat runs on {string.Join(", ", LoaderChip.All)}");
    }

    // -1 when no answer came; a refusal is an answer too
    private int SecurityChipId(byte[] frame)
    {
        try
        {
            LoaderReply reply = _link.Send(LoaderCommand.GetSecurityInfo, frame, LoaderLink.Patience, 20);
            return BinaryPrimitives.ReadInt32LittleEndian(reply.Data.AsSpan(12));
        }
        catch (LoaderSilentException)
        {
            _link.Resync();
            return -1;
        }
    }

    private void LoadStub()
    {
        Stub stub = Stub.Of(Info.Chip);
        foreach ((uint address, byte[] bytes) in stub.Segments) Load(address, bytes);
        // the reply may be lost while the stub has started, and so may its greeting: SYNC tells
        try
        {
            _link.Send(LoaderCommand.MemEnd, LoaderLink.Frame(LoaderCommand.MemEnd, 0, stub.Entry), TimeSpan.FromSeconds(0.5));
            _link.WaitFor("OHAI"u8, LoaderLink.Patience);
        }
        catch (LoaderSilentException)
        {
            // see below
        }

        for (int i = 0; i < SyncsOfAttempt; i++)
        {
            if (_link.TrySync() is not { } value) continue;
            if (value != 0) break;
            _link.IsStub = true;
            return;
        }

        throw new LoaderSilentException("the stub loader does not start");
    }

    private void Load(uint address, byte[] bytes)
    {
        int blocks = (bytes.Length + RamBlock - 1) / RamBlock;
        for (int tries = 1; ; tries++)
        {
            try
            {
                _link.Send(LoaderCommand.MemBegin,
                    LoaderLink.Frame(LoaderCommand.MemBegin, (uint)bytes.Length, (uint)blocks, RamBlock, address), LoaderLink.Patience);
                for (int i = 0; i < blocks; i++)
                {
                    ReadOnlySpan<byte> block = bytes.AsSpan((i * RamBlock)..Math.Min(bytes.Length, (i + 1) * RamBlock));
                    _link.Send(LoaderCommand.MemData, LoaderLink.BlockFrame(LoaderCommand.MemData, i, block), LoaderLink.Patience);
                }

                return;
            }
            catch (Exception e) when (tries < 3 && e is LoaderSilentException or LoaderRefusedException)
            {
                _link.Resync();
            }
        }
    }

    private void ChangeBaudRate(int baudRate)
    {
        _link.Send(LoaderCommand.ChangeBaudRate,
            LoaderLink.Frame(LoaderCommand.ChangeBaudRate, (uint)baudRate, (uint)line.BaudRate), LoaderLink.Patience);
        line.BaudRate = baudRate;
        line.Wait(TimeSpan.FromMilliseconds(20));
        for (int i = 0; i < SyncsOfAttempt; i++)
            if (_link.TrySync() is 0) return;
        throw new LoaderSilentException($"the chip does not answer at {baudRate} bits a second");
    }
}
