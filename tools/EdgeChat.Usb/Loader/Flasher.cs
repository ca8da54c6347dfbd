using EdgeChat.Usb.Lines;

namespace EdgeChat.Usb.Loader;

/// <summary>Brings a chip's flash to what it is to be: compares, writes what differs, and compares again until nothing does.</summary>
/// <remarks>
/// Only the chip is asked what is in it, so a second run goes on where the first was stopped, for whatever reason. A block whose answer was
/// lost is not sent again: the line is settled, all is compared anew and what still differs is written.
/// </remarks>
public sealed class Flasher(ISerialLine line)
{
    // a line that loses one message in twenty still gets through; a chip that cannot be written does not go on for ever
    private const int MostFailures = 12, MostFailuresWithoutGain = 6;

    private static readonly TimeSpan PortSearch = TimeSpan.FromMilliseconds(250);

    private readonly LoaderClient _client = new(line);
    private TimeSpan _stepBegan;
    private int _failures;
    private int _sinceGain;

    /// <summary>The rate of the line while it flashes.</summary>
    public int BaudRate { get; init; } = 921600;

    /// <summary>How long to wait for a cable that was unplugged to come back; zero not to.</summary>
    public TimeSpan PlugPatience { get; init; } = TimeSpan.Zero;

    /// <summary>Told how far it is; on the calling thread.</summary>
    public Action<FlashProgress>? Progress { get; init; }

    /// <summary>Asks the chip what it is and lets it go.</summary>
    public ChipInfo Identify(CancellationToken stop = default)
    {
        ChipInfo info = _client.Connect(stop);
        _client.Leave();
        return info;
    }

    /// <summary>Flashes <paramref name="parts"/>, and starts the program that is then there.</summary>
    /// <param name="chip">The chip that they are for.</param>
    /// <param name="parts">The parts.</param>
    /// <param name="mac">The board's MAC address, when it must be that board.</param>
    /// <param name="stop">Stops between two messages; what is then in flash is not whole, and a next run completes it.</param>
    /// <exception cref="UsbException">It is another chip, the parts do not fit, nothing answers, or the flash cannot be
    /// written.</exception>
    /// <exception cref="LineGoneException">The port went and did not come back.</exception>
    public FlashResult Flash(LoaderChip chip, IReadOnlyList<FlashPart> parts, byte[]? mac = null, CancellationToken stop = default)
    {
        TimeSpan began = line.Now;
        CheckPlaces(parts);
        PartContent[] contents = [.. parts.Select(p => new PartContent(p))];
        long total = contents.Sum(c => (long)c.Bytes.Length), written = 0;
        ChipInfo? info = null;
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                if (info is null)
                {
                    info = Connect(chip, parts, mac, stop);
                    mac ??= info.Mac;
                }

                List<FlashRun> differing = Compare(contents, stop);
                if (differing.Count == 0) break;
                written += Write(differing, stop);
                // what was written must be seen to be there: a flash that does not hold it would be written for ever
                if (++_sinceGain > MostFailuresWithoutGain) throw NotHeld(differing[0]);
            }
            catch (LineGoneException e)
            {
                Begin(FlashStep.Unplugged);
                info = null;
                if (!IsBack(stop)) throw new LineGoneException(Unplugged(written), e);
            }
            catch (Exception e) when (e is LoaderSilentException or LoaderRefusedException)
            {
                Fail(e);
                Begin(FlashStep.Recover);
                if (!CanGoOn()) info = null;
            }
        }

        Begin(FlashStep.Done);
        int repeats = _client.Repeats;
        _client.Leave();
        return new FlashResult(info, total, written, repeats, line.Now - began);
    }

    private static void CheckPlaces(IReadOnlyList<FlashPart> parts)
    {
        FlashPart[] sorted = [.. parts.OrderBy(p => p.Offset)];
        for (int i = 0; i < sorted.Length; i++)
        {
            FlashPart part = sorted[i];
            if (part.Offset < 0 || part.Offset % LoaderClient.Sector != 0 || part.Length % LoaderClient.Sector != 0)
                throw new UsbException(UsbFault.BadInput,
                    $"{part.Name}: 0x{part.Offset:X}: a part begins at a multiple of 0x{LoaderClient.Sector:X}, and its room is one");
            if (part.Length == 0) throw new UsbException(UsbFault.BadInput, $"{part.Name}: is empty; build it anew");
            if (i > 0 && sorted[i - 1] is { } before && before.Offset + before.Length > part.Offset)
                throw new UsbException(UsbFault.BadInput,
                    $"{before.Name} (0x{before.Offset:X} to 0x{before.Offset + before.Length:X}) and {part.Name} (from " +
                    $"0x{part.Offset:X}) overlap");
        }
    }

    private ChipInfo Connect(LoaderChip chip, IReadOnlyList<FlashPart> parts, byte[]? mac, CancellationToken stop)
    {
        Begin(FlashStep.Connect);
        ChipInfo info = _client.Connect(stop);
        if (info.Chip != chip)
            throw Refuse($"{line.Name}: the board has an {info.Chip}, and this is for the {chip}: plug in a board with the {chip}, or " +
                $"choose what is for the {info.Chip}; nothing was written");
        if (mac is not null && !mac.AsSpan().SequenceEqual(info.Mac))
            throw Refuse($"{line.Name}: another board is plugged in, {info.MacText}: begin anew with it, or plug the first one in");
        foreach (FlashPart part in parts)
            if (info.FlashBytes > 0 && part.Offset + part.Length > info.FlashBytes)
                throw Refuse(
                    $"{part.Name} ends at 0x{part.Offset + part.Length:X}, and the board's flash has {info.FlashBytes >> 20} MiB: " +
                    "choose what is for a flash of that size; nothing was written");
        _client.RunStub(BaudRate);
        return info;
    }

    private UsbException Refuse(string message)
    {
        _client.Leave();
        return new UsbException(UsbFault.WrongBoard, message);
    }

    private List<FlashRun> Compare(PartContent[] contents, CancellationToken stop)
    {
        Begin(FlashStep.Compare);
        long total = contents.Sum(c => (long)c.Bytes.Length), before = 0;
        var runs = new List<FlashRun>();
        foreach (PartContent content in contents)
        {
            runs.AddRange(content.Compare(_client, done =>
            {
                stop.ThrowIfCancellationRequested();
                Report(FlashStep.Compare, content.Part.Name, before + done, total);
            }));
            before += content.Bytes.Length;
            Report(FlashStep.Compare, content.Part.Name, before, total);
        }

        return runs;
    }

    private long Write(List<FlashRun> runs, CancellationToken stop)
    {
        Begin(FlashStep.Write);
        long total = runs.Sum(r => (long)r.Length), before = 0;
        foreach (FlashRun run in runs)
        {
            stop.ThrowIfCancellationRequested();
            string name = run.Part.Part.Name;
            if (run.IsErased) _client.Erase(run.Offset, run.Length);
            else _client.Write(run.Offset, run.Length, run.Blocks(), sent => Report(FlashStep.Write, name, before + sent, total), stop);
            before += run.Length;
            Report(FlashStep.Write, name, before, total);
        }

        return total;
    }

    private bool CanGoOn()
    {
        try
        {
            _client.Resync();
            return true;
        }
        catch (LoaderSilentException)
        {
            return false;
        }
    }

    private void Fail(Exception cause)
    {
        if (++_failures < MostFailures) return;
        throw new UsbException(UsbFault.Silent,
            $"{line.Name}: gave up after {_failures} failures, the last: {cause.Message}; use a shorter cable, another port or a lower " +
            "--baud, and run it again: it goes on where it was", cause);
    }

    private UsbException NotHeld(FlashRun run)
    {
        _client.Leave();
        return new UsbException(UsbFault.NotWritten,
            $"{line.Name}: {run.Part.Part.Name}: the flash at 0x{run.Offset:X} does not hold what is written to it, {_sinceGain} " +
            "times: it is " +
            "worn out or protected; use another board");
    }

    private string Unplugged(long written) =>
        $"{line.Name}: the board was unplugged{(written > 0 ? " while it was written, so it may not start" : "")}; plug it in and run " +
        "the " +
        "same again: it goes on where it was";

    private bool IsBack(CancellationToken stop)
    {
        TimeSpan end = line.Now + PlugPatience;
        while (line.Now < end)
        {
            stop.ThrowIfCancellationRequested();
            line.Wait(PortSearch);
            try
            {
                line.Reopen();
                return true;
            }
            catch (LineGoneException)
            {
                // not yet
            }
        }

        return false;
    }

    private void Begin(FlashStep step)
    {
        _stepBegan = line.Now;
        Report(step, "", 0, 0);
    }

    private void Report(FlashStep step, string part, long done, long total) =>
        Progress?.Invoke(new FlashProgress(step, part, done, total, line.Now - _stepBegan));
}
