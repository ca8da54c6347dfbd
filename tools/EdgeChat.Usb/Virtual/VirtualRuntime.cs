using System.Buffers.Binary;
using System.Text;
using EdgeChat.Bundle;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Wire;

namespace EdgeChat.Usb.Virtual;

/// <summary>nanoCLR of a virtual board: it is what the flash holds, and answers the Wire Protocol as an ESP32 does.</summary>
/// <remarks>
/// States: off; started (after <see cref="Start"/>: the program runs, or there is none that can); stopped by the debugger.
/// What the real one does not survive (memory commands outside of the deployment region, a path that cannot be opened) is refused here, so
/// that no tool can come to depend on it.
/// </remarks>
internal sealed class VirtualRuntime : IDisposable
{
    private const uint Ok = 1, Denied = 0x10;
    private const uint Source = 0x10000, PingFlags = 0x10110, ProgramExited = 4;

    private readonly LoaderChip _chip;
    private readonly FlashChip _flash;
    private readonly FlashModel _model;
    private readonly Outbox _outbox;
    private readonly IBoardProgram? _program;
    private readonly DeviceReader _reader;
    private readonly RuntimeDescription _description;
    private readonly RuntimeFiles _files;
    private BootedFlash? _booted;
    private ExecutionState _state;
    private ushort _sequence;
    private TimeSpan _now;
    private TimeSpan _busyUntil;

    public VirtualRuntime(
        LoaderChip chip, byte[] mac, FlashChip flash, FlashModel model, Outbox outbox, BoardDrive drive, IBoardProgram? program)
    {
        _chip = chip;
        _flash = flash;
        _model = model;
        _outbox = outbox;
        _program = program;
        _reader = new DeviceReader { Packet = Answer, Damaged = Complain };
        _description = new RuntimeDescription(chip);
        _files = new RuntimeFiles(drive, mac);
        Drive = drive;
    }

    /// <summary>The board's files.</summary>
    public BoardDrive Drive { get; }

    /// <summary>Whether a runtime is there and has started.</summary>
    public bool IsOn => _booted is not null;

    /// <summary>Whether the program runs.</summary>
    public bool IsRunning => _state.HasFlag(ExecutionState.Running);

    /// <summary>Requests that were answered.</summary>
    public int Requests { get; private set; }

    /// <summary>Raised when a request restarts the chip.</summary>
    public Action<TimeSpan>? Restarts { get; init; }

    /// <summary>The power comes, or the reset pin was let go: boots what is in flash.</summary>
    public void Start(TimeSpan now)
    {
        Stop();
        _sequence = 0;
        _booted = BootedFlash.Boot(_chip, _flash, out string log);
        _outbox.BaudRate = LoaderClient.FirstBaudRate;
        _outbox.Send(Encoding.ASCII.GetBytes(log), now);
        _outbox.BaudRate = RuntimeDescription.BaudRate;
        if (_booted is null) return;
        Drive.Mount(_booted.Files.Address);
        _files.WriteDefaults();
        Begin(now);
    }

    /// <summary>The power goes.</summary>
    public void Stop()
    {
        _program?.Stop();
        _booted = null;
        _state = ExecutionState.None;
        _busyUntil = default;
        _reader.Clear();
    }

    /// <summary>Takes what has come.</summary>
    public void Receive(ReadOnlySpan<byte> bytes, TimeSpan now)
    {
        _now = now;
        if (IsOn) _reader.Receive(bytes, now);
    }

    /// <summary>What the program writes: a packet when somebody listens, else text.</summary>
    public void Say(string text, TimeSpan now)
    {
        if (!IsOn || text.Length == 0) return;
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        if (_state.HasFlag(ExecutionState.DebuggerSeen))
            Send(new WirePacket(WireCommand.Message, WireFlags.NoCaching | WireFlags.NonCritical, _sequence++, 0, bytes), now);
        else
            _outbox.Send(bytes, now);
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private static uint Word(byte[] payload, int number) =>
        payload.Length < (number + 1) * 4 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(payload.AsSpan(number * 4));

    // The runtime starts: loads what is in the deployment region, and runs it when it can.
    private void Begin(TimeSpan now)
    {
        _program?.Stop();
        _state = ExecutionState.None;
        Send(new WirePacket(WireCommand.Ping, WireFlags.NoCaching | WireFlags.NonCritical, _sequence++, 0, []), now);
        string? fault = _booted!.FindFault(_flash);
        if (fault is null)
        {
            _state = ExecutionState.Running;
            _program?.Start(Drive.Folder);
            return;
        }

        _state = ExecutionState.Exited;
        Say(fault + "\r\n", now);
        Send(new WirePacket(WireCommand.ProgramExit, WireFlags.NonCritical, _sequence++, 0, []), now);
    }

    private void Complain(uint flag) => Send(new WirePacket(
        WireCommand.Ping, WireFlags.NonCritical | WireFlags.Nack | flag, _sequence++, 0, []), _now);

    private void Answer(WirePacket packet)
    {
        if (packet.IsRefusal) return;
        if (packet.Command == WireCommand.Ping) _state |= ExecutionState.DebuggerSeen;
        if (packet.IsReply) return;
        Requests++;
        byte[]? answer = Run(packet.Command, packet.Payload, out bool isSilent);
        if (isSilent || (packet.Flags & WireFlags.NonCritical) != 0) return;
        uint flags = WireFlags.NonCritical | WireFlags.Reply | packet.Flags & WireFlags.NoCaching
            | (answer is null ? WireFlags.Nack : WireFlags.Ack);
        Send(new WirePacket(packet.Command, flags, _sequence++, packet.Sequence, answer ?? []), Max(_now, _busyUntil));
        if (packet.Command == WireCommand.Reboot && answer is not null) Reboot(packet.Payload);
    }

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;

    // Null refuses.
    private byte[]? Run(WireCommand command, byte[] payload, out bool isSilent)
    {
        isSilent = false;
        switch (command)
        {
            case WireCommand.Ping:
                return WireWords.Of(Source, PingFlags | (IsRunning ? 0 : ProgramExited));
            case WireCommand.ReadMemory or WireCommand.WriteMemory or WireCommand.CheckMemory or WireCommand.EraseMemory:
                return Memory(command, payload);
            case WireCommand.Reboot:
                // it has no boot loader of its own to go to
                return Word(payload, 0) is 1 or 8 ? null : [];
            case WireCommand.MemoryMap:
                return WireWords.Of(0x3FFAE000, 0x00052000, 1, 0, (uint)_flash.Length, 2);
            case WireCommand.DeploymentMap or WireCommand.ResolveAllAssemblies:
                return [];
            case WireCommand.FlashSectorMap:
                return _booted!.SectorMap();
            case WireCommand.QueryConfiguration:
                byte[]? block = _files.Query(Word(payload, 0), Word(payload, 1), out bool isKnown);
                isSilent = isKnown && block is null;
                return block;
            case WireCommand.UpdateConfiguration:
                return _files.Update(payload);
            case WireCommand.StorageOperation:
                return _files.Store(payload);
            case WireCommand.TargetInfo:
                return _description.TargetInfo();
            case WireCommand.ExecutionState:
                return ChangeState(Word(payload, 0), Word(payload, 1));
            case WireCommand.QueryCapabilities:
                return _description.Query(payload, _booted!.Natives);
            default:
                return null;
        }
    }

    private byte[] ChangeState(uint set, uint reset)
    {
        const ExecutionState changeable = ExecutionState.Stopped;
        _state = (_state | (ExecutionState)set & changeable) & ~((ExecutionState)reset & changeable);
        return WireWords.Of((uint)_state);
    }

    private byte[]? Memory(WireCommand command, byte[] payload)
    {
        Partition region = _booted!.Deployment;
        long address = Word(payload, 0), length = Word(payload, 1);
        bool isInside = address >= region.Address && address + length <= region.Address + region.Size;
        switch (command)
        {
            case WireCommand.ReadMemory:
                // code and assemblies cannot be read: zeros come
                return isInside ? new byte[4 + Math.Min(length, WirePacket.MostToBoard)] : null;
            case WireCommand.CheckMemory:
                // the real one counts from the start of the region, whatever the address
                if (!isInside || address != region.Address) return null;
                _busyUntil = Max(_now, _busyUntil) + _model.Read((int)length);
                return WireWords.Of(Crc32.Of(_flash.Bytes.Slice((int)address, (int)length)));
            case WireCommand.EraseMemory:
                if (!isInside) return WireWords.Of(Denied);
                // all of it, whatever the length; the program that ran is gone
                _program?.Stop();
                _flash.Erase(region.Address, region.Size);
                _busyUntil = Max(_now, _busyUntil) + _model.Erase(region.Address, region.Size);
                return WireWords.Of(Ok);
            default:
                byte[] bytes = payload[8..];
                if (!isInside || bytes.Length != length) return WireWords.Of(Denied);
                _flash.Program((int)address, bytes);
                _busyUntil = Max(_now, _busyUntil) + _model.Program(bytes.Length);
                return WireWords.Of(Ok);
        }
    }

    private void Reboot(byte[] payload)
    {
        if ((Word(payload, 0) & 2) != 0) Begin(Max(_now, _busyUntil) + TimeSpan.FromMilliseconds(8));
        else Restarts?.Invoke(_now);
    }

    private void Send(WirePacket packet, TimeSpan due) => _outbox.Send(packet.Encode(), due);
}
