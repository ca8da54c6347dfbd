using System.Diagnostics;
using System.Globalization;

namespace EdgeChat.Fleet;

/// <summary>The process that a broker's pid file names: has it read its files again, or start again.</summary>
internal sealed class BrokerProcess
{
    private const ulong HangUpBit = 1UL << (UnixSignal.HangUp - 1);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan LongestRead = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(1);

    private readonly string _pidFile;
    private readonly string _broker;
    private readonly string _program;
    private readonly int _times;

    private BrokerProcess(string pidFile, string broker, string program, int times)
    {
        _pidFile = pidFile;
        _broker = broker;
        _program = program;
        _times = times;
    }

    /// <summary>The file that names it.</summary>
    public string PidFile => _pidFile;

    /// <summary>Whether one runs.</summary>
    public bool IsRunning => Files().Any(IsAlive);

    /// <summary>Since when it runs, and of several the one that has run longest; null when none does.</summary>
    public DateTime? Since => Files().Where(IsAlive).Select(f => (DateTime?)File.GetLastWriteTimeUtc(f)).Min();

    /// <summary>For Mosquitto, which has to be told twice: it takes the mark of a signal away when it has read its files, and with it that
    /// of one that came while it read (2.0, <c>src/loop.c</c>). When the first one is over it is told again, and what it reads then, or
    /// has begun to read in between, it reads behind both.</summary>
    /// <param name="pidFile">Has the broker's process id.</param>
    public static BrokerProcess OfMosquitto(string pidFile) => new(pidFile, "Mosquitto", "mosquitto", 2);

    /// <summary>For NATS, which keeps a signal that comes while it reads.</summary>
    /// <param name="pidFile">Has the broker's process id; with a <c>*</c> in its name, those of all nodes that run here.</param>
    public static BrokerProcess OfNats(string pidFile) => new(pidFile, "NATS", "nats-server", 1);

    /// <summary>For RabbitMQ, which its own command is asked to do everything.</summary>
    /// <param name="pidFile">As for NATS.</param>
    public static BrokerProcess OfRabbitMq(string pidFile) => new(pidFile, "RabbitMQ", "beam", 1);

    /// <summary>Has it read its files again, at SIGHUP; throws <see cref="FleetException"/> when there is no such broker.</summary>
    public async Task ReloadAsync(CancellationToken stop)
    {
        foreach (string file in Files().Where(f => !IsPattern || IsAlive(f)))
        {
            int id = IdOf(file);
            for (int time = 1; time <= _times; time++)
            {
                Require(id, file);
                // its file is there before it knows what to do with the signal, which would end it
                if (!await WaitAsync(id, s => Has(s, "SigCgt:"), LongestStart, stop))
                    throw new FleetException($"{_broker} (process {id}, from {file}) is still starting: run the command again when it "
                        + "takes connections, so that it reads its files");
                if (!UnixSignal.Send(id, UnixSignal.HangUp))
                    throw new FleetException($"{_broker} (process {id}, from {file}) cannot be told to read its files: may you signal it?");
                // it waits for clients with the signal blocked
                if (_times > 1) await WaitAsync(id, s => !Has(s, "ShdPnd:") && Has(s, "SigBlk:"), LongestRead, stop);
            }
        }
    }

    /// <summary>Ends it in order, and waits until it was started again; throws <see cref="FleetException"/> when there is no such broker,
    /// or nothing starts it.</summary>
    public async Task RestartAsync(CancellationToken stop)
    {
        int id = IdOf(_pidFile);
        Require(id, _pidFile);
        long asked = Stopwatch.GetTimestamp();
        long began = asked;
        if (!UnixSignal.Send(id, UnixSignal.Terminate))
            throw new FleetException(
                $"{_broker} (process {id}, from {_pidFile}) cannot be started again: is it running, and may you signal it?");
        while (Read(_pidFile) is not { } now || now == id)
        {
            if (Stopwatch.GetElapsedTime(began) > LongestStart)
                throw new FleetException($"{_broker} has ended, so that it reads who may come, and nothing has started it again within "
                    + $"{LongestStart.TotalSeconds:0} s: `edgechat broker run` does, and so does a service that is always restarted");
            await Task.Delay(Pause, stop);
            // Mosquitto misses one that comes right before it waits for its clients, until one of them says something
            if (Stopwatch.GetElapsedTime(asked) < AskAgain || Read(_pidFile) != id || !IsProgram(id)) continue;
            asked = Stopwatch.GetTimestamp();
            _ = UnixSignal.Send(id, UnixSignal.Terminate);
        }
    }

    private bool IsPattern => Path.GetFileName(_pidFile).Contains('*');

    private string[] Files() =>
        IsPattern ? Directory.GetFiles(Path.GetDirectoryName(_pidFile)!, Path.GetFileName(_pidFile)) : [_pidFile];

    private bool IsAlive(string file) => Read(file) is { } id && IsProgram(id);

    private int IdOf(string file) => Read(file)
        ?? throw new FleetException($"{file} has no process id: is {_broker} running, with `pid_file {file}`?");

    private static int? Read(string file) =>
        int.TryParse(SmallRead(file)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && id > 1 ? id : null;

    private void Require(int id, string file)
    {
        if (!IsProgram(id))
            throw new FleetException($"{file} names process {id}, which is not {_broker}: it has ended without taking the file "
                + "away. It reads its files when it starts; until then remove that one");
    }

    // a number is given again, and to most programs this signal means the end
    private bool IsProgram(int id)
    {
        if (!OperatingSystem.IsLinux()) return true;
        string file = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}/comm";
        return SmallRead(file) is { } name && name.StartsWith(_program, StringComparison.Ordinal);
    }

    // gives false when it has not come to it after a while
    private static async Task<bool> WaitAsync(int id, Func<string, bool> fits, TimeSpan longest, CancellationToken stop)
    {
        if (!OperatingSystem.IsLinux()) return true;
        string file = $"/proc/{id.ToString(CultureInfo.InvariantCulture)}/status";
        for (long began = Stopwatch.GetTimestamp(); ; await Task.Delay(Pause, stop))
        {
            if (SmallRead(file) is { } status && fits(status)) return true;
            if (Stopwatch.GetElapsedTime(began) > longest) return false;
        }
    }

    private static bool Has(string status, string name) => status.Split('\n')
        .Where(l => l.StartsWith(name, StringComparison.Ordinal))
        .Any(l => (ulong.Parse(l[name.Length..].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & HangUpBit) != 0);

    private static string? SmallRead(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null; // it has ended, or this is no Linux
        }
    }
}
