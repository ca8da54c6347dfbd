using EdgeChat.Bundle;
using EdgeChat.Fleet;
using EdgeChat.Usb;
using EdgeChat.Usb.Lines;
using EdgeChat.Usb.Loader;
using EdgeChat.Usb.Wire;

namespace EdgeChat.Tool.Fleets;

/// <summary>A board at a serial port: its boot loader, then its runtime.</summary>
internal sealed class UsbBoard : IBoardPort
{
    private static readonly TimeSpan BootPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan PlugPatience = TimeSpan.FromSeconds(10);

    private readonly ISerialLine _line;
    private WireClient? _runtime;

    /// <summary>Takes the board behind a line, and the line with it.</summary>
    public UsbBoard(ISerialLine line) => _line = line;

    /// <summary>Opens a port; throws <see cref="FleetException"/>.</summary>
    public static UsbBoard Open(string port) => new(Say(() => SerialPortLine.Open(port)));

    /// <inheritdoc/>
    public string Name => _line.Name;

    /// <inheritdoc/>
    public BoardFacts Identify(CancellationToken stop) => Say(() =>
    {
        ChipInfo info = new Flasher(_line).Identify(stop);
        return new BoardFacts(info.Chip.Image.Name, info.MacText, info.FlashBytes);
    });

    /// <inheritdoc/>
    public string Flash(BundleFile bundle, bool erasesStorage, Action<double> progress, CancellationToken stop) => Say(() =>
    {
        BundleManifest manifest = bundle.Manifest;
        List<FlashPart> parts = [.. manifest.Parts.Where(p => p.Address is not null).Select(p => new FlashPart(
            p.File, p.Address!.Value, bundle.Bytes(p), p.Kind == PartKind.Deployment ? manifest.DeploymentRoom : 0))];
        Partition storage = PartitionTable.Read(bundle.Source, bundle.Bytes(PartKind.Partitions)).Storage;
        if (erasesStorage) parts.Add(new FlashPart("storage", storage.Address, ReadOnlyMemory<byte>.Empty, storage.Size));
        var flasher = new Flasher(_line)
        {
            PlugPatience = PlugPatience,
            Progress = p =>
            {
                // comparing before and behind it is short, and goes from 0 to 1 too
                if (p is { Step: FlashStep.Write, Total: > 0 }) progress((double)p.Done / p.Total);
            },
        };
        FlashResult result = flasher.Flash(LoaderChip.Find(manifest.Chip)
            ?? throw new FleetException($"an {manifest.Chip} cannot be flashed by this edgechat"), parts, null, stop);
        return $"{result.Written} of {result.Total} bytes written";
    });

    /// <inheritdoc/>
    public void Start(CancellationToken stop) => Say(() =>
    {
        _runtime = new WireClient(_line);
        _runtime.Connect(BootPatience, stop, StartPatience);
        return true;
    });

    /// <inheritdoc/>
    public void WriteFile(string name, ReadOnlyMemory<byte> content, CancellationToken stop) => Say(() =>
    {
        Runtime.Files.Write(@"I:\" + name, content);
        return true;
    });

    /// <inheritdoc/>
    public void WriteWifi(WifiLogin wifi, CancellationToken stop) => Say(() =>
    {
        Runtime.Configuration.Write(new StationBlock(wifi.Ssid, wifi.Password));
        return true;
    });

    /// <inheritdoc/>
    public void ReadBack(BundleFile bundle, WifiLogin? wifi, CancellationToken stop) => Say(() =>
    {
        Deployment deployment = Deployment.Read(bundle.Source, bundle.Bytes(PartKind.Deployment));
        var natives = Runtime.GetNativeAssemblies().ToLookup(n => n.Name, n => new NativeLibrary(n.Name, n.Checksum, default));
        if (deployment.NativeFaults(name => [.. natives[name]]).FirstOrDefault() is { } fault)
            throw new FleetException($"the runtime on the board is not that of the bundle: {fault}");
        Runtime.Deploy(bundle.Bytes(PartKind.Deployment), null, stop); // writes only what is not there
        if (wifi is not null && Runtime.Configuration.ReadStation() is var station
            && (station.Ssid != wifi.Ssid || station.Password != wifi.Password))
            throw new FleetException($"the board has another Wi-Fi ({station.Ssid}) than was written: run the command again");
        return true;
    });

    /// <inheritdoc/>
    public void Reboot(CancellationToken stop) => Say(() =>
    {
        // a board that was only looked at has been let go already
        _runtime?.Reboot(RebootKind.Chip);
        return true;
    });

    /// <inheritdoc/>
    public void Dispose() => _line.Dispose();

    private WireClient Runtime => _runtime ?? throw new InvalidOperationException("not started");

    // What the two protocols throw has cause and cure for people already.
    private static T Say<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is UsbException or LineGoneException or WireRefusedException or WireSilentException
            or LoaderRefusedException or LoaderSilentException)
        {
            throw new FleetException(e.Message, e);
        }
    }
}
