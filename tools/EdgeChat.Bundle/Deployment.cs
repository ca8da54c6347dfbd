using System.Globalization;
using System.Text.RegularExpressions;

namespace EdgeChat.Bundle;

/// <summary>The assemblies of a board, checked to run together, and the deployment region that they make.</summary>
public sealed partial class Deployment
{
    private const int Alignment = 4;

    private Deployment(IReadOnlyList<PeFile> assemblies) => Assemblies = assemblies;

    /// <summary>The assemblies, in the order in which they lie in flash.</summary>
    public IReadOnlyList<PeFile> Assemblies { get; }

    /// <summary>The program among them.</summary>
    public PeFile Program => Assemblies.First(a => a.EntryPoints > 0);

    /// <summary>Bytes of the region that they take.</summary>
    public int Size => Assemblies.Sum(a => (a.Bytes.Length + Alignment - 1) / Alignment * Alignment);

    /// <summary>Reads all `.pe` files of a folder and checks them. Throws <see cref="BundleException"/> with every fault, one a
    /// line.</summary>
    public static Deployment Load(string folder)
    {
        string[] paths;
        try
        {
            paths = Directory.GetFiles(folder, "*.pe");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new BundleException($"{folder}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }

        if (paths.Length == 0)
            throw new BundleException(
                $"{folder} has no .pe file: give the folder that Visual Studio builds EdgeChat.Device into, or the .pe files of a release");
        return Of(paths.Order(StringComparer.Ordinal).Select(PeFile.Load));
    }

    /// <summary>Checks assemblies against each other. Throws <see cref="BundleException"/> with every fault, one a line.</summary>
    public static Deployment Of(IEnumerable<PeFile> files)
    {
        PeFile[] assemblies = [.. files.OrderBy(f => f.Name == "mscorlib" ? 0 : 1).ThenBy(f => f.Name, StringComparer.Ordinal)];
        var faults = new List<string>();
        foreach (var group in assemblies.GroupBy(a => a.Name).Where(g => g.Count() > 1))
        {
            string sources = string.Join(", ", group.Select(f => f.Source));
            faults.Add($"assembly {group.Key} is there {group.Count()} times ({sources}): leave one");
        }

        foreach (PeFile assembly in assemblies)
        {
            foreach (PeReference reference in assembly.References)
            {
                PeFile? found = assemblies.FirstOrDefault(a => a.Name == reference.Name);
                if (found is null)
                    faults.Add($"{assembly.Name} needs {reference.Name} {reference.Version}, which is not there: add {reference.Name}.pe");
                else if (!reference.Version.Takes(found.Version))
                    faults.Add($"{assembly.Name} needs {reference.Name} {reference.Version}, and {found.Source} is {found.Version}: "
                        + "take the .pe files of one build");
            }
        }

        PeFile[] programs = [.. assemblies.Where(a => a.EntryPoints > 0)];
        if (programs.Length == 0) faults.Add("no assembly has an entry point (Main): add the program's .pe file");
        if (programs.Length > 1)
        {
            string names = string.Join(", ", programs.Select(p => p.Name));
            faults.Add($"{programs.Length} assemblies have an entry point ({names}), and the runtime would take the last: leave one");
        }

        if (programs.Length == 1 && programs[0].EntryPoints is > 1 and var entries)
            faults.Add($"{programs[0].Name} has {entries} entry points");
        return faults.Count == 0 ? new Deployment(assemblies) : throw new BundleException(string.Join('\n', faults));
    }

    /// <summary>What keeps these assemblies from running on a runtime: for each with a native part what the runtime has instead.</summary>
    /// <param name="natives">The native parts that the runtime may have for a name.</param>
    public IEnumerable<string> NativeFaults(Func<string, IReadOnlyList<NativeLibrary>> natives)
    {
        foreach (PeFile assembly in Assemblies.Where(a => a.NativeChecksum != 0))
        {
            IReadOnlyList<NativeLibrary> own = natives(assembly.Name);
            if (own.Any(n => n.Checksum == assembly.NativeChecksum)) continue;
            yield return own.Count == 0
                ? $"{assembly.Name} needs native code {assembly.NativeChecksum:X8}, and the runtime has none for it: "
                    + "take a target with it, such as one for this board"
                : $"{assembly.Name} needs native code {assembly.NativeChecksum:X8}, and the runtime has {own[0].Checksum:X8} "
                    + $"({own[0].Version}): take the runtime that the packages were made for";
        }
    }

    /// <summary>The region: the assemblies one after another, each at a multiple of four.</summary>
    public byte[] Image()
    {
        var image = new byte[Size];
        image.AsSpan().Fill(0xFF);
        int at = 0;
        foreach (PeFile assembly in Assemblies)
        {
            assembly.Bytes.Span.CopyTo(image.AsSpan(at));
            at += (assembly.Bytes.Length + Alignment - 1) / Alignment * Alignment;
        }

        return image;
    }

    /// <summary>Takes a region apart again; what follows its assemblies must be empty flash. Throws <see
    /// cref="BundleException"/>.</summary>
    public static Deployment Read(string source, byte[] region)
    {
        var files = new List<PeFile>();
        for (int at = 0; at + PeFile.HeaderSize <= region.Length && region[at] != 0xFF;)
        {
            uint size = BitConverter.ToUInt32(region, at + PeFile.HeaderSize - 24);
            if (size < PeFile.HeaderSize || size > region.Length - at)
                throw new BundleException($"{source}: assembly {files.Count + 1} does not end inside the region");
            files.Add(PeFile.Read($"{source}, assembly {files.Count + 1}", region[at..(at + (int)size)]));
            at += ((int)size + Alignment - 1) / Alignment * Alignment;
        }

        return Of(files);
    }

    /// <summary>Reads a list of native parts, one a line as <c>nanoff --devicedetails</c> prints them: name, version,
    /// <c>checksum 0x…</c>.</summary>
    public static IReadOnlyDictionary<string, NativeLibrary> ReadNatives(string text)
    {
        var natives = new Dictionary<string, NativeLibrary>();
        foreach (Match line in NativeLine().Matches(text))
        {
            ushort[] numbers = [.. line.Groups["v"].Value.Split('.').Select(n => ushort.Parse(n, CultureInfo.InvariantCulture))];
            natives[line.Groups["name"].Value] = new NativeLibrary(
                line.Groups["name"].Value, uint.Parse(line.Groups["sum"].Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture),
                new PeVersion(numbers[0], numbers[1], numbers[2], numbers[3]));
        }

        return natives.Count > 0 ? natives : throw new BundleException(
            "the list of native parts has no line such as `mscorlib v100.5.0.24, checksum 0x1549C856`: "
            + "take what `nanoff --nanodevice --devicedetails` prints");
    }

    [GeneratedRegex(@"^\s*(?<name>[A-Za-z0-9_.]+)\s+v?(?<v>\d{1,5}\.\d{1,5}\.\d{1,5}\.\d{1,5}),?\s+checksum\s+0x(?<sum>[0-9A-Fa-f]{8})",
        RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex NativeLine();
}
