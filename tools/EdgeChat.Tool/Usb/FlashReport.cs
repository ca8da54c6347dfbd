using System.Globalization;
using EdgeChat.Bundle;
using EdgeChat.Tool.Commands;
using EdgeChat.Usb.Loader;

namespace EdgeChat.Tool.Usb;

/// <summary>Says how far flashing is: on a terminal in one line that changes, else a line a step, or in JSON.</summary>
internal sealed class FlashReport(ToolHost host, BundleFile bundle, bool printsJson)
{
    private const int EventsOfStep = 20;

    private FlashStep? _step;
    private long _told;
    private bool _hasLine;

    /// <summary>What is to be said when it ends early.</summary>
    public string HalfWritten { get; private set; } = "";

    /// <summary>Takes note of progress.</summary>
    public void Tell(FlashProgress progress)
    {
        if (progress.Step == FlashStep.Write) HalfWritten = " while the board was written, so it may not start";
        bool isNew = progress.Step != _step;
        if (isNew) _told = 0;
        _step = progress.Step;
        bool isDue = isNew || progress.Done == progress.Total || progress.Done >= _told + progress.Total / EventsOfStep;
        if (printsJson)
        {
            if (!isDue) return;
            _told = progress.Done;
            Json(new
            {
                @event = "progress",
                step = progress.Step.ToString().ToLowerInvariant(),
                part = progress.Part,
                done = progress.Done,
                total = progress.Total,
                bytesPerSecond = Math.Round(Speed(progress)),
                secondsLeft = Math.Round(Left(progress), 1),
            });
        }
        else if (host.HasTerminal)
        {
            host.Screen.Write("\r" + SafeText.Line(Text(progress)).PadRight(78)[..78]);
            _hasLine = true;
        }
        else if (isNew)
        {
            host.Out.WriteLine(Text(progress).TrimEnd());
        }
    }

    /// <summary>Says that all is there.</summary>
    public void End(string port, FlashResult result)
    {
        EndLine();
        double seconds = result.Elapsed.TotalSeconds;
        if (printsJson)
        {
            Json(new
            {
                @event = "done",
                port,
                chip = result.Chip.Chip.Key,
                mac = result.Chip.MacText,
                firmware = bundle.Manifest.Firmware,
                total = result.Total,
                written = result.Written,
                repeats = result.Repeats,
                seconds = Math.Round(seconds, 2),
            });
            return;
        }

        string what = result.Written == 0
            ? "was there already, nothing was written"
            : string.Create(CultureInfo.InvariantCulture, $"{result.Written >> 10} of {result.Total >> 10} KiB written");
        string repeats = result.Repeats == 0 ? "" : $", {result.Repeats} messages lost and asked again";
        host.Out.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{port}: {bundle.Manifest.Firmware} on {result.Chip.Chip} {result.Chip.MacText}: {what}, verified, {seconds:0.0} s{repeats}"));
    }

    /// <summary>It has ended early: makes room for the words that say why.</summary>
    public Exception Fail(Exception cause)
    {
        EndLine();
        return cause;
    }

    private static double Speed(FlashProgress progress) =>
        progress.Elapsed.TotalSeconds > 0 ? progress.Done / progress.Elapsed.TotalSeconds : 0;

    private static double Left(FlashProgress progress) =>
        Speed(progress) > 0 ? (progress.Total - progress.Done) / Speed(progress) : 0;

    private static string Text(FlashProgress progress) => progress.Step switch
    {
        FlashStep.Connect => "looking for the boot loader ...",
        FlashStep.Compare when progress.Total == 0 => "comparing what is there ...",
        FlashStep.Unplugged => "the board was unplugged: plug it in again, it goes on by itself ...",
        FlashStep.Recover => "an answer was lost: looking where the board is ...",
        FlashStep.Done => "verified",
        FlashStep.Write when progress.Total == 0 => "writing ...",
        _ => string.Create(CultureInfo.InvariantCulture,
            $"{(progress.Step == FlashStep.Write ? "writing" : "comparing")} {progress.Part,-16} " +
            $"{progress.Done * 100 / progress.Total,3} %" +
            $"  {Speed(progress) / 1000,6:0} kB/s  {Left(progress),4:0} s left"),
    };

    private void EndLine()
    {
        if (_hasLine) host.Screen.Write("\r" + new string(' ', 78) + "\r");
        _hasLine = false;
    }

    private void Json(object line) => host.Out.WriteLine(ToolJson.LineOf(line));
}
