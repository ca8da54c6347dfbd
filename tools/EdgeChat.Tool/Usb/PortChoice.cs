using System.IO.Enumeration;
using EdgeChat.Tool.Commands;
using EdgeChat.Usb.Lines;

namespace EdgeChat.Tool.Usb;

/// <summary>Which ports are meant: by name, by a pattern with <c>*</c> and <c>?</c> in its last part, or all that there are.</summary>
public static class PortChoice
{
    /// <summary>The port that was named, or the only one that there is. Throws <see cref="ToolException"/> when that is not
    /// clear.</summary>
    public static string Of(string? named)
    {
        string? pattern = named is { Length: > 0 } ? named : null;
        IReadOnlyList<string> all = pattern is null ? SerialPortLine.Names() : Matching(pattern);
        string what = pattern is null ? "serial ports are there" : $"ports match {pattern}";
        return all.Count switch
        {
            1 => all[0],
            0 => throw Missing(pattern),
            _ => throw new ToolException(ExitCode.Usage, $"{all.Count} {what}: choose one with --port ({string.Join(", ", all)})"),
        };
    }

    /// <summary>The ports that were named, those that match among them, each once; without names all of this machine. A name without a
    /// pattern is believed. Throws <see cref="ToolException"/> when there are none.</summary>
    public static IReadOnlyList<string> All(IReadOnlyList<string> named)
    {
        IReadOnlyList<string> all = named.Count == 0 ? SerialPortLine.Names()
            : Distinct(named.SelectMany(n => Matching(n) is { Count: > 0 } found ? found : throw Missing(n)));
        return all.Count > 0 ? all : throw Missing(null);
    }

    /// <summary>Those of the ports that were named, or of all, that are there now.</summary>
    public static IReadOnlyList<string> Present(IReadOnlyList<string> named) =>
        named.Count > 0 ? Distinct(named.SelectMany(Matching).Where(File.Exists)) : SerialPortLine.Names();

    private static bool IsPattern(string name) => name.AsSpan().IndexOfAny('*', '?') >= 0;

    private static IReadOnlyList<string> Matching(string named)
    {
        if (!IsPattern(named)) return [named];
        string folder = Path.GetDirectoryName(named) ?? "", name = Path.GetFileName(named);
        if (IsPattern(folder))
            throw new ToolException(ExitCode.Usage, $"--port {named}: * and ? may stand in the last part alone, as in /dev/ttyUSB*");
        IEnumerable<string> there = folder.Length == 0 ? SerialPortLine.Names()
            : Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
        return [.. there.Where(p => FileSystemName.MatchesSimpleExpression(name, Path.GetFileName(p), ignoreCase: false))
            .Order(StringComparer.Ordinal)];
    }

    // a link and what it leads to are one port
    private static IReadOnlyList<string> Distinct(IEnumerable<string> ports) =>
        [.. ports.DistinctBy(p => File.Exists(p) ? File.ResolveLinkTarget(p, returnFinalTarget: true)?.FullName ?? p : p)];

    private static ToolException Missing(string? pattern)
    {
        IReadOnlyList<string> there = SerialPortLine.Names();
        string what = pattern is null ? "no serial port is there"
            : $"no port matches {pattern}{(there.Count > 0 ? $" ({string.Join(", ", there)} are there)" : "")}";
        return new ToolException(ExitCode.Board, $"{what}: plug a board in, with a cable that carries data, or give --port");
    }
}
