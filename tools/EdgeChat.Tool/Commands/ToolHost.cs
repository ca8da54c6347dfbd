using System.Runtime.InteropServices;
using EdgeChat.Tool.Demo.Terminal;

namespace EdgeChat.Tool.Commands;

/// <summary>What a command has of the process around it; tests hand in their own.</summary>
public sealed class ToolHost : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Where results go: lines for a person or a script. Nothing in them steers the terminal.</summary>
    public required TextWriter Out
    {
        get;
        init
        {
            Screen = value;
            field = new SafeWriter(value);
        }
    }

    /// <summary>The same place for what draws on it: what it writes steers the terminal, so whoever uses it puts the words of others
    /// through <see cref="SafeText"/> itself.</summary>
    public TextWriter Screen { get; private init; } = TextWriter.Null;

    /// <summary>Where errors and hints go; a person may read them in a terminal, so they cannot steer it.</summary>
    /// <remarks>When they cannot be written there is nobody left to tell: the exit code says that there was one.</remarks>
    public required TextWriter Error { get; init => field = new SafeWriter(value, mustBeHeard: false); }

    /// <summary>Lines that somebody types when <see cref="HasTerminal"/> is false.</summary>
    public required LineInput In { get; init; }

    /// <summary>True when output and input are a person's terminal.</summary>
    public bool HasTerminal { get; init; }

    /// <summary>The colours that the terminal has.</summary>
    public TerminalColours Colours { get; init; } = TerminalColours.None;

    /// <summary>Columns and rows of the terminal.</summary>
    public Func<(int Width, int Height)> TerminalSize { get; init; } = () => (Console.WindowWidth, Console.WindowHeight);

    /// <summary>Waits for a key of the terminal. Throws <see cref="InvalidOperationException"/> when there is no terminal any
    /// more.</summary>
    public Func<ConsoleKeyInfo> ReadKey { get; init; } = () => Console.ReadKey(intercept: true);

    /// <summary>For what only shows: begins to watch whether somebody reads <see cref="Out"/>, and gives what is cancelled when nobody does
    /// any more.</summary>
    public Func<CancellationToken> WatchReader { get; init; } = () => CancellationToken.None;

    /// <summary>Cancelled when the user wants the command to end.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>The host for the real process: its console, and its signals as the wish to stop.</summary>
    public static ToolHost OfThisProcess()
    {
        var host = new ToolHost
        {
            Out = Console.Out,
            Error = Console.Error,
            In = new LineInput(Console.OpenStandardInput()),
            WatchReader = OutputPipe.WatchReader,
            HasTerminal = !Console.IsOutputRedirected && !Console.IsInputRedirected,
            Colours = TerminalColours.Of(Environment.GetEnvironmentVariable),
        };
        foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM, PosixSignal.SIGHUP })
            host._signals.Add(PosixSignalRegistration.Create(signal, host.OnSignal));
        return host;
    }

    /// <summary>Asks the command to end, as Ctrl-C does.</summary>
    public void RequestStop() => _stop.Cancel();

    /// <summary>Gives the signals back.</summary>
    public void Dispose()
    {
        foreach (var signal in _signals)
            signal.Dispose();
        _stop.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // A second Ctrl-C ends the process at once: somebody does not want to wait.
        if (_stop.IsCancellationRequested)
            return;
        context.Cancel = true;
        _stop.Cancel();
    }
}
