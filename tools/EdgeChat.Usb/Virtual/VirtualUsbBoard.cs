using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using EdgeChat.Usb.Loader;

namespace EdgeChat.Usb.Virtual;

/// <summary>What a virtual board behind a serial line is made of.</summary>
public sealed class VirtualUsbOptions
{
    /// <summary>Its chip.</summary>
    public LoaderChip Chip { get; init; } = LoaderChip.Esp32;

    /// <summary>Its MAC address, six bytes.</summary>
    public byte[] Mac { get; init; } = MacOf("board");

    /// <summary>The size of its flash.</summary>
    public int FlashBytes { get; init; } = 4 << 20;

    /// <summary>How long its flash takes.</summary>
    public FlashModel FlashModel { get; init; } = FlashModel.Fast;

    /// <summary>The folder that is its drive <c>I:</c>.</summary>
    public required string Folder { get; init; }

    /// <summary>What runs when the program in flash is whole; null for nothing.</summary>
    public IBoardProgram? Program { get; init; }

    /// <summary>How long it takes from the reset to the first sign of the runtime.</summary>
    public TimeSpan BootTime { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>A locally administered address (IEEE 802) that follows from a name.</summary>
    public static byte[] MacOf(string name) => [0x02, .. SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 5)];
}

/// <summary>A whole virtual board as its serial line shows it: the boot loader of its chip, and after a reset what is in its flash:
/// nanoCLR, and when all of it is whole, the firmware.</summary>
/// <remarks>
/// States: boot loader; starting; started. A line without modem lines can not say which of the first two a reset is to lead to: a SYNC at
/// any time brings such a board into its boot loader. All members may be called from any thread.
/// </remarks>
public sealed class VirtualUsbBoard : IUsbDevice, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Outbox _outbox = new();
    private readonly VirtualLoader _loader;
    private readonly VirtualRuntime _runtime;
    private readonly SyncWatch _sync = new();
    private readonly VirtualUsbOptions _options;
    private readonly ConcurrentQueue<string> _texts = new();
    private bool _isLoader;
    private TimeSpan? _starts;

    /// <summary>Makes a board that starts at once.</summary>
    public VirtualUsbBoard(VirtualUsbOptions options)
    {
        _options = options;
        Flash = new FlashChip(options.FlashBytes);
        _loader = new VirtualLoader(options.Chip, options.Mac, Flash, options.FlashModel, _outbox) { Leaves = now => Restart(now) };
        _runtime = new VirtualRuntime(
            options.Chip, options.Mac, Flash, options.FlashModel, _outbox, new BoardDrive(options.Folder, Flash), options.Program)
        {
            Restarts = now => Restart(now),
        };
        if (options.Program is { } program) program.Text += Say;
        Restart(TimeSpan.Zero);
    }

    /// <summary>Its flash.</summary>
    public FlashChip Flash { get; }

    /// <summary>The folder with its files.</summary>
    public string Folder => _options.Folder;

    /// <summary>Its MAC address.</summary>
    public byte[] Mac => _options.Mac;

    /// <summary>The name of the file in a board's folder that holds its Wi-Fi block.</summary>
    public static string StationFile => RuntimeFiles.StationFile;

    /// <summary>Whether it is in its boot loader.</summary>
    public bool IsInLoader
    {
        get
        {
            lock (_gate) return _isLoader;
        }
    }

    /// <summary>Whether the program runs.</summary>
    public bool IsRunning
    {
        get
        {
            lock (_gate) return _runtime.IsRunning;
        }
    }

    /// <summary>Requests to the boot loader and to the runtime that were answered.</summary>
    public int Requests
    {
        get
        {
            lock (_gate) return _loader.Commands + _runtime.Requests;
        }
    }

    /// <inheritdoc/>
    public TimeSpan? NextSend
    {
        get
        {
            lock (_gate)
            {
                TimeSpan? next = !_texts.IsEmpty ? TimeSpan.Zero : _outbox.Next;
                return _starts is { } starts && (next is null || starts < next) ? starts : next;
            }
        }
    }

    /// <summary>A file of its drive as it is between two requests; null when there is none.</summary>
    public byte[]? ReadFile(string name)
    {
        lock (_gate) return _runtime.Drive.Read(name);
    }

    /// <inheritdoc/>
    public void Receive(ReadOnlySpan<byte> bytes, int baudRate, TimeSpan now)
    {
        lock (_gate)
        {
            Advance(now);
            if (_isLoader)
            {
                // the ROM finds out the host's rate; once it was told one, another is rubbish
                if (_outbox.BaudRate is null || _outbox.BaudRate == baudRate) _loader.Receive(bytes, now);
                return;
            }

            ReadOnlySpan<byte> rest = _sync.Take(bytes, out bool isSync);
            if (isSync)
            {
                Enter();
                _loader.Receive(SyncWatch.Frame, now);
                _loader.Receive(rest, now);
            }
            else if (baudRate == RuntimeDescription.BaudRate)
            {
                _runtime.Receive(rest, now);
            }
        }
    }

    /// <inheritdoc/>
    public bool TrySend(int baudRate, TimeSpan now, out byte[] message)
    {
        lock (_gate)
        {
            Advance(now);
            while (_texts.TryDequeue(out string? text)) _runtime.Say(text, now);
            return _outbox.TryTake(baudRate, now, out message);
        }
    }

    /// <inheritdoc/>
    public void Close(TimeSpan now) => Reset(isBootPinLow: false, now);

    /// <inheritdoc/>
    public void Reset(bool isBootPinLow, TimeSpan now)
    {
        lock (_gate)
        {
            if (isBootPinLow) Enter();
            else Restart(now);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate) _runtime.Dispose();
        _options.Program?.Dispose();
    }

    private void Enter()
    {
        _runtime.Stop();
        _starts = null;
        _isLoader = true;
        _outbox.Clear();
        _outbox.BaudRate = null;
        _loader.Reset();
        _sync.Clear();
    }

    private void Restart(TimeSpan now)
    {
        Enter();
        _isLoader = false;
        _starts = now + _options.BootTime;
    }

    private void Advance(TimeSpan now)
    {
        if (_starts is not { } starts || starts > now) return;
        _starts = null;
        _runtime.Start(starts);
    }

    // On the program's threads, which may be what a stop waits for: without the lock.
    private void Say(string text) => _texts.Enqueue(text);
}

/// <summary>Finds the boot loaders' SYNC in what a host sends to a board that is not in its boot loader.</summary>
internal sealed class SyncWatch
{
    private byte[] _last = [];

    /// <summary>The whole frame.</summary>
    public static byte[] Frame => LoaderLink.SyncFrame;

    /// <summary>Takes bytes. None is held back, as a packet of the runtime may end with what begins a SYNC.</summary>
    /// <returns>What is for the runtime; or, when a SYNC has come to its end, what comes behind it.</returns>
    public ReadOnlySpan<byte> Take(ReadOnlySpan<byte> bytes, out bool isSync)
    {
        byte[] all = [.. _last, .. bytes];
        int whole = all.AsSpan().IndexOf(Frame);
        isSync = whole >= 0;
        _last = isSync ? [] : all[^Math.Min(all.Length, Frame.Length - 1)..];
        return isSync ? all.AsSpan(whole + Frame.Length) : bytes;
    }

    /// <summary>Forgets what has come.</summary>
    public void Clear() => _last = [];
}
