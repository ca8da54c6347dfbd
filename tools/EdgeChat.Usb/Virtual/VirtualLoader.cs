using System.Buffers.Binary;
using System.Text;
using EdgeChat.Usb.Loader;

namespace EdgeChat.Usb.Virtual;

/// <summary>The boot loader of a chip: the one in ROM, and after a stub was loaded and started, the stub. The stub's program is not run;
/// its dialect is spoken.</summary>
/// <remarks>It honours no sequence numbers and knows no block that came twice: a host must not need that.</remarks>
internal sealed class VirtualLoader(LoaderChip chip, byte[] mac, FlashChip flash, FlashModel model, Outbox outbox)
{
    private const uint RomSyncValue = 0x20120707;
    private const int RomBlock = 0x400, MostStubBlock = 0x4000;
    private const int BadFormat = 0x0105, BadChecksum = 0x0107, BadParameter = 0x0101, NotDone = 0x0106, BadDeflate = 0x010B;
    private const int StubLength = 0xC000, StubChecksum = 0xC100, StubBlockSize = 0xC200, StubUnknown = 0xC300, StubNoWrite = 0xC600;
    private const int StubNotThere = 0xFF00;

    private readonly ChipRegisters _registers = new(chip, mac, flash.Length);
    private readonly Slip.Reader _reader = new();
    private FlashWriter? _writer;
    private FlashReading? _reading;
    private TimeSpan _busyUntil;
    private int _ramLeft;

    /// <summary>Whether the stub runs.</summary>
    public bool IsStub { get; private set; }

    /// <summary>Raised when a command ends the boot loader and starts the program in flash.</summary>
    public Action<TimeSpan>? Leaves { get; init; }

    /// <summary>Commands that were answered.</summary>
    public int Commands { get; private set; }

    /// <summary>Starts in ROM.</summary>
    public void Reset()
    {
        IsStub = false;
        _writer = null;
        _reading = null;
        _busyUntil = default;
        _ramLeft = 0;
        _reader.Clear();
    }

    /// <summary>Takes what has come.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        _reader.Add(bytes);
        while (_reader.TryTake(out byte[] frame))
        {
            TimeSpan start = now > _busyUntil ? now : _busyUntil;
            if (_reading is { } reading)
            {
                if (!reading.Go(frame, start, outbox)) _reading = null;
                continue;
            }

            if (frame.Length < 8 || frame[0] != 0) continue;
            int length = BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(2));
            if (length != frame.Length - 8)
            {
                Reply(frame[1], IsStub ? StubLength : BadFormat, start);
                continue;
            }

            Commands++;
            Run((LoaderCommand)frame[1], frame.AsSpan(8), BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(4)), start);
        }
    }

    private static uint Word(ReadOnlySpan<byte> data, int number) => BinaryPrimitives.ReadUInt32LittleEndian(data[(number * 4)..]);

    private void Run(LoaderCommand command, ReadOnlySpan<byte> data, uint checksum, TimeSpan now)
    {
        byte op = (byte)command;
        switch (command)
        {
            case LoaderCommand.Sync:
                for (int i = 0; i < 8; i++) Reply(op, 0, now, value: IsStub ? 0 : RomSyncValue);
                break;
            case LoaderCommand.GetSecurityInfo:
                SecurityInfo(op, now);
                break;
            case LoaderCommand.ReadRegister when data.Length == 4:
                Reply(op, 0, now, value: _registers.Read(Word(data, 0)));
                break;
            case LoaderCommand.WriteRegister when data.Length > 0 && data.Length % 16 == 0:
                for (int i = 0; i < data.Length / 4; i += 4) _registers.Write(Word(data, i), Word(data, i + 1), Word(data, i + 2));
                Reply(op, 0, now);
                break;
            case LoaderCommand.SpiAttach:
                Reply(op, data.Length == (IsStub ? 4 : 8) ? 0 : IsStub ? StubLength : BadFormat, now);
                break;
            case LoaderCommand.SpiSetParams:
                Reply(op, data.Length == 24 ? 0 : IsStub ? StubLength : BadFormat, now);
                break;
            case LoaderCommand.MemBegin or LoaderCommand.MemData or LoaderCommand.MemEnd:
                Ram(command, data, checksum, now);
                break;
            case LoaderCommand.FlashBegin or LoaderCommand.DeflateBegin:
                Begin(command, data, now);
                break;
            case LoaderCommand.FlashData or LoaderCommand.DeflateData:
                Block(command, data, checksum, now);
                break;
            case LoaderCommand.FlashEnd or LoaderCommand.DeflateEnd:
                End(command, data, now);
                break;
            case LoaderCommand.FlashMd5 when data.Length == 16:
                Md5(op, (int)Word(data, 0), (int)Word(data, 1), now);
                break;
            case LoaderCommand.ChangeBaudRate when data.Length == 8:
                // answered at the rate of before
                Reply(op, 0, now);
                outbox.BaudRate = (int)Word(data, 0);
                break;
            default:
                RunOfStub(command, data, now);
                break;
        }
    }

    private void RunOfStub(LoaderCommand command, ReadOnlySpan<byte> data, TimeSpan now)
    {
        byte op = (byte)command;
        switch (command)
        {
            case LoaderCommand.EraseFlash when IsStub:
                Erase(op, 0, flash.Length, now);
                break;
            case LoaderCommand.EraseRegion when IsStub && data.Length == 8:
                Erase(op, (int)Word(data, 0), (int)Word(data, 1), now);
                break;
            case LoaderCommand.ReadFlash when IsStub && data.Length == 16 && flash.Has(Word(data, 0), Word(data, 1)):
                Reply(op, 0, now);
                _reading = new FlashReading(flash, (int)Word(data, 0), (int)Word(data, 1), (int)Math.Clamp(Word(data, 2), 1, 0x1000));
                _reading.Send(now, outbox);
                break;
            case LoaderCommand.RunUserCode when IsStub:
                Leaves?.Invoke(now);
                break;
            default:
                // the ESP32 refuses what it does not know eight times, under another number
                if (IsStub) Reply(op, Enum.IsDefined(command) ? StubLength : StubUnknown, now);
                else for (int i = 0; i < (chip.IsFirst ? 8 : 1); i++) Reply(chip.IsFirst ? (byte)0 : op, BadFormat, now);
                break;
        }
    }

    private void SecurityInfo(byte op, TimeSpan now)
    {
        if (chip.IsFirst)
        {
            if (IsStub) Reply(op, StubNotThere, now);
            else for (int i = 0; i < 8; i++) Reply(0, BadFormat, now);
            return;
        }

        var info = new byte[20];
        BinaryPrimitives.WriteInt32LittleEndian(info.AsSpan(12), chip.Image.Id);
        Reply(op, 0, now, info);
    }

    private void Ram(LoaderCommand command, ReadOnlySpan<byte> data, uint checksum, TimeSpan now)
    {
        byte op = (byte)command;
        if (command == LoaderCommand.MemBegin && data.Length == 16)
        {
            _ramLeft = (int)Word(data, 0);
            Reply(op, 0, now);
        }
        else if (command == LoaderCommand.MemData && data.Length >= 16 && Word(data, 0) == data.Length - 16)
        {
            bool isWhole = LoaderLink.Checksum(data[16..]) == (byte)checksum;
            if (isWhole) _ramLeft -= data.Length - 16;
            Reply(op, isWhole ? 0 : IsStub ? StubChecksum : BadChecksum, now);
        }
        else if (command == LoaderCommand.MemEnd && data.Length == 8 && _ramLeft == 0)
        {
            Reply(op, 0, now);
            if (Word(data, 0) != 0) return;
            IsStub = true;
            outbox.Send(Slip.Encode("OHAI"u8), now);
        }
        else
        {
            Reply(op, IsStub ? StubLength : BadParameter, now);
        }
    }

    private void Begin(LoaderCommand command, ReadOnlySpan<byte> data, TimeSpan now)
    {
        // the ESP32's ROM takes four words; later ones and the stub a fifth, for encryption
        bool isWhole = data.Length == 20 ? IsStub || !chip.IsFirst : data.Length == 16 && (IsStub || chip.IsFirst);
        if (!isWhole)
        {
            Reply((byte)command, IsStub ? StubLength : BadFormat, now);
            return;
        }

        bool isDeflated = command == LoaderCommand.DeflateBegin;
        uint length = Word(data, 0), blockBytes = Word(data, 2), offset = Word(data, 3);
        if (!flash.Has(offset, length))
        {
            Reply((byte)command, IsStub ? StubLength : BadParameter, now);
            return;
        }

        if (IsStub && blockBytes > MostStubBlock)
        {
            Reply((byte)command, StubBlockSize, now);
            return;
        }

        TimeSpan time = default;
        if (!IsStub)
        {
            flash.Erase((int)offset, (int)length);
            time = model.Erase((int)offset / LoaderClient.Sector * LoaderClient.Sector, (int)length);
        }

        _writer = new FlashWriter(flash, model, (int)offset, (int)length, isDeflated, isErased: !IsStub);
        _busyUntil = now + time;
        Reply((byte)command, 0, _busyUntil);
    }

    private void Block(LoaderCommand command, ReadOnlySpan<byte> data, uint checksum, TimeSpan now)
    {
        byte op = (byte)command;
        int most = IsStub ? MostStubBlock : RomBlock;
        if (data.Length < 16 || Word(data, 0) != data.Length - 16 || data.Length - 16 > most)
        {
            Reply(op, IsStub ? StubLength : BadFormat, now);
        }
        else if (LoaderLink.Checksum(data[16..]) != (byte)checksum)
        {
            Reply(op, IsStub ? StubChecksum : BadChecksum, now);
        }
        else if (_writer is null || _writer.IsDeflated != (command == LoaderCommand.DeflateData))
        {
            Reply(op, IsStub ? StubNoWrite : NotDone, now);
        }
        else if (_writer.Error != 0)
        {
            Reply(op, StatusOf(_writer.Error), now);
        }
        else
        {
            // the stub answers before it writes, the ROM behind
            if (IsStub) Reply(op, 0, now);
            _busyUntil = now + _writer.Add(data[16..]);
            if (!IsStub) Reply(op, StatusOf(_writer.Error), _busyUntil);
        }
    }

    private void End(LoaderCommand command, ReadOnlySpan<byte> data, TimeSpan now)
    {
        byte op = (byte)command;
        if (data.Length != 4)
        {
            Reply(op, IsStub ? StubLength : BadFormat, now);
            return;
        }

        int error = _writer is { IsDeflated: true } && command == LoaderCommand.DeflateEnd ? _writer.End() : 0;
        _writer = null;
        Reply(op, StatusOf(error), now);
        // the ROM leaves for the program in either case; the stub of these days stays
        if (!IsStub) Leaves?.Invoke(now);
    }

    private void Md5(byte op, int offset, int length, TimeSpan now)
    {
        if (!flash.Has(offset, length))
        {
            Reply(op, IsStub ? StubLength : BadParameter, now);
            return;
        }

        byte[] sum = flash.Md5(offset, length);
        _busyUntil = now + model.Read(length);
        Reply(op, 0, _busyUntil, IsStub ? sum : Encoding.ASCII.GetBytes(Convert.ToHexStringLower(sum)));
    }

    private void Erase(byte op, int offset, int length, TimeSpan now)
    {
        if (!flash.Has(offset, length) || offset % LoaderClient.Sector != 0 || length % LoaderClient.Sector != 0)
        {
            Reply(op, StubLength, now);
            return;
        }

        flash.Erase(offset, length);
        _busyUntil = now + model.Erase(offset, length);
        Reply(op, 0, _busyUntil);
    }

    // The writer's errors are the stub's; the ROM has one for all.
    private int StatusOf(int error) => error == 0 || IsStub ? error : BadDeflate;

    private void Reply(byte op, int status, TimeSpan due, byte[]? data = null, uint value = 0)
    {
        int length = data?.Length ?? 0;
        var content = new byte[8 + length + (IsStub ? 2 : 4)];
        content[0] = 1;
        content[1] = op;
        BinaryPrimitives.WriteUInt16LittleEndian(content.AsSpan(2), (ushort)(content.Length - 8));
        BinaryPrimitives.WriteUInt32LittleEndian(content.AsSpan(4), value);
        data?.CopyTo(content, 8);
        content[8 + length] = (byte)(status >> 8);
        content[9 + length] = (byte)status;
        outbox.Send(Slip.Encode(content), due);
    }
}

/// <summary>A stub that sends its flash: a packet at a time, each when the one before was acknowledged, then the MD5 of all.</summary>
internal sealed class FlashReading(FlashChip flash, int offset, int length, int packet)
{
    private int _sent;

    /// <summary>Sends the next packet.</summary>
    public void Send(TimeSpan now, Outbox outbox)
    {
        int count = Math.Min(packet, length - _sent);
        outbox.Send(Slip.Encode(flash.Bytes.Slice(offset + _sent, count)), now);
        _sent += count;
    }

    /// <summary>Takes an acknowledgement, which is the number of bytes that have come.</summary>
    /// <returns>False when all was sent.</returns>
    public bool Go(byte[] acknowledged, TimeSpan now, Outbox outbox)
    {
        if (acknowledged.Length != 4) return false;
        if (BinaryPrimitives.ReadInt32LittleEndian(acknowledged) < _sent) return true;
        if (_sent < length)
        {
            Send(now, outbox);
            return true;
        }

        outbox.Send(Slip.Encode(flash.Md5(offset, length)), now);
        return false;
    }
}
