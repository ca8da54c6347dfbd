using System.Xml.Linq;

namespace EdgeChat.NanoBuild;

/// <summary>One real-board project as its <c>.nfproj</c> and <c>packages.config</c> say.</summary>
public sealed class FirmwareProject
{
    private static readonly XNamespace Ns = "http://schemas.microsoft.com/developer/msbuild/2003";
    private readonly XDocument _project;

    private FirmwareProject(string path)
    {
        Path = path;
        _project = XDocument.Load(Repository.At(path));
        Sources = Included("Compile").ToArray();
        References = _project.Descendants(Ns + "Reference")
            .Select(r => ((string)r.Attribute("Include")!, (string)r.Element(Ns + "HintPath")!)).ToArray();
        Packages = XDocument.Load(Repository.At(Folder + "/packages.config")).Root!.Elements("package")
            .ToDictionary(p => (string)p.Attribute("id")!, p => (string)p.Attribute("version")!);
    }

    /// <summary>Every firmware project, each after those that it refers to.</summary>
    public static IReadOnlyList<FirmwareProject> All { get; } = InOrder();

    /// <summary>The project file's path in the repository.</summary>
    public string Path { get; }

    /// <summary>The project's folder in the repository.</summary>
    public string Folder => Path[..Path.LastIndexOf('/')];

    /// <summary>The file name without its ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>Full paths of the sources.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>Referenced assemblies with the paths where NuGet puts them.</summary>
    public IReadOnlyList<(string Assembly, string HintPath)> References { get; }

    /// <summary>Versions of <c>packages.config</c>, by package.</summary>
    public IReadOnlyDictionary<string, string> Packages { get; }

    /// <summary>Whether it holds unit tests.</summary>
    public bool IsTest => this["TestProjectType"] is not null;

    /// <summary>The projects that it refers to.</summary>
    public IEnumerable<FirmwareProject> Projects => Referred.Select(path => All.Single(p => Repository.At(p.Path) == path));

    /// <summary>The projects that it refers to and those that these refer to.</summary>
    public IEnumerable<FirmwareProject> Below => Projects.Concat(Projects.SelectMany(p => p.Below)).Distinct();

    /// <summary>The value of a property, or null.</summary>
    public string? this[string property] => (string?)_project.Descendants(Ns + property).FirstOrDefault();

    /// <summary>What the project file itself writes for a kind of item.</summary>
    public IEnumerable<string> Includes(string item) => _project.Descendants(Ns + item).Select(e => (string)e.Attribute("Include")!);

    private IEnumerable<string> Referred =>
        _project.Descendants(Ns + "ProjectReference").Select(r => FullPath((string)r.Attribute("Include")!));

    private static List<FirmwareProject> InOrder()
    {
        string[] folders = ["firmware", "hardware", "tests"];
        var open = folders.SelectMany(folder => Directory.GetFiles(Repository.At(folder), "*.nfproj", SearchOption.AllDirectories))
            .Order(StringComparer.Ordinal).Select(file => new FirmwareProject(Repository.Relative(file))).ToList();
        var ordered = new List<FirmwareProject>();
        while (open.Count > 0)
        {
            FirmwareProject next = open.FirstOrDefault(p => !open.Any(o => p.Referred.Contains(Repository.At(o.Path))))
                ?? throw new InvalidOperationException("These projects refer to each other in a ring: "
                + string.Join(' ', open.Select(p => p.Name)));
            open.Remove(next);
            ordered.Add(next);
        }

        return ordered;
    }

    private IEnumerable<string> Included(string item)
    {
        foreach (XElement element in _project.Descendants(Ns + item))
        {
            string include = (string)element.Attribute("Include")!;
            if (include != @"**\*.cs")
            {
                yield return FullPath(include);
                continue;
            }

            string folder = Repository.At(Folder);
            foreach (string file in Directory.GetFiles(folder, "*.cs", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
                if (System.IO.Path.GetRelativePath(folder, file).Split(System.IO.Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
                    yield return file;
        }
    }

    private string FullPath(string include) => System.IO.Path.GetFullPath(System.IO.Path.Combine(
        Repository.At(Folder), include.Replace('\\', System.IO.Path.DirectorySeparatorChar)));
}
