using System.Globalization;
using System.Runtime.ExceptionServices;
using System.Text;
using EdgeChat.Bundle;
using EdgeChat.Tool.Commands;
using EdgeChat.Tool.Demo.Terminal;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Tool.Fleets;

/// <summary>Prints the lines of a serial line with the time of each, and writes what is typed; opens the line again when it was
/// gone.</summary>
internal sealed class SerialMonitor(Func<ISerialLine> open, ToolHost host, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new();
    private readonly Lock _printing = new();
    private readonly CancellationTokenSource _over = CancellationTokenSource.CreateLinkedTokenSource(host.Stop, host.WatchReader());
    private ISerialLine? _open;
    private volatile Exception? _fault; // of who types

    /// <summary>A file that the lines are appended to, or null.</summary>
    public string? Log { get; init; }

    /// <summary>Whether lines are printed for a program; the log is for people.</summary>
    public bool PrintsJson { get; init; }

    /// <summary>Runs until the user ends it.</summary>
    public async Task<int> RunAsync(string name)
    {
        _ = Task.Run(Type);
        string? gone = null;
        while (!_over.IsCancellationRequested)
        {
            try
            {
                using ISerialLine line = open();
                lock (_lock) _open = line;
                Print($"{name} is there", "there");
                gone = null;
                await Task.Run(() => Read(line));
            }
            catch (LineGoneException e)
            {
                if (gone is null) Print($"{e.Message}; waiting for it", "gone");
                gone = e.Message;
            }
            finally
            {
                lock (_lock) _open = null;
            }

            await Task.Delay(Pause, _over.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }

        if (_fault is { } fault) ExceptionDispatchInfo.Throw(fault);
        return ExitCode.Success;
    }

    // Colours and the like, which a boot log has too, are obeyed or left out, so that lines and log are plain text.
    private void Read(ISerialLine line)
    {
        var bytes = new byte[1024];
        var text = new ConsoleText(0);
        text.LineEnded += line => Print(line, null);
        try
        {
            while (!_over.IsCancellationRequested) text.Write(bytes.AsSpan(0, line.Read(bytes, Patience)));
        }
        finally
        {
            // the last words of a board that was unplugged
            if (text.Current.TrimEnd() is { Length: > 0 } half) Print(half, null);
        }
    }

    // Ends with the input; the process's end ends it otherwise.
    private void Type()
    {
        try
        {
            while (host.In.Read() is { } typed)
                if (!TryWrite(typed.Text)) Print($"not written, the board is not there: {typed.Text}", "unwritten");
        }
        catch (Exception e)
        {
            _fault = e;
            _over.Cancel();
        }
    }

    private bool TryWrite(string typed)
    {
        lock (_lock)
        {
            try
            {
                _open?.Write(Encoding.UTF8.GetBytes(typed + "\r"));
                return _open is not null;
            }
            catch (LineGoneException)
            {
                return false; // the reader says so
            }
        }
    }

    // what a board says, or what has happened to the port
    private void Print(string text, string? portEvent)
    {
        using Lock.Scope oneAtATime = _printing.EnterScope();
        DateTimeOffset now = time.GetLocalNow();
        string line = now.ToString("HH:mm:ss.fff  ", CultureInfo.InvariantCulture) + (portEvent is null ? "" : "-- ") + SafeText.Line(text);
        host.Tell(PrintsJson, line, ("at", now), ("event", portEvent), ("text", text));
        if (Log is null) return;
        try
        {
            // who follows the log in another program is not in the way
            using var log = new FileStream(Log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            log.Write(Encoding.UTF8.GetBytes(line + "\n"));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(ExitCode.Machine, $"{Log}: the log cannot be written ({FileFault.Of(e)})", e);
        }
    }
}
