using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using EdgeChat.Tool.Commands;

namespace EdgeChat.Tool.Demo;

/// <summary>A kind of board, as its file in <c>hardware/boards</c> describes it; the files are inside the tool.</summary>
public sealed class BoardModel
{
    private const string Folder = "boards/";

    private static readonly string[] Three = ["up", "ok", "down"];
    private static readonly string[] Fewer = ["up", "down", "ok"]; // the first moves, the second chooses
    private static readonly string[][] Labels = [[], ["Button"], ["A", "B"], ["Up", "OK", "Down"]];

    private BoardModel(string name, string json)
    {
        Name = name;
        Json = json;
        var root = JsonNode.Parse(json)!.AsObject();
        Title = (string?)root["title"] ?? name;
        var pins = root["buttons"]?.AsObject();
        string[] names = [.. (pins?.Count(p => Three.Contains(p.Key)) == 3 ? Three : Fewer).Where(k => pins?[k] is not null)];
        Buttons = [.. names.Select((n, i) => new BoardButton(n, Labels[names.Length][i], (int)pins![n]!))];
    }

    /// <summary>The name of the file, without <c>.json</c>.</summary>
    public string Name { get; }

    /// <summary>What the board is, for people.</summary>
    public string Title { get; }

    /// <summary>The whole file.</summary>
    public string Json { get; }

    /// <summary>The buttons that the board has, in their order on it.</summary>
    public IReadOnlyList<BoardButton> Buttons { get; }

    /// <summary>Names of all boards.</summary>
    public static IReadOnlyList<string> Names =>
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames()
            .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
            .Select(n => Path.GetFileNameWithoutExtension(n[Folder.Length..]))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>Reads the board called <paramref name="name"/>; throws <see cref="ToolException"/> when there is none.</summary>
    public static BoardModel Load(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(Folder + name + ".json")
            ?? throw new ToolException(ExitCode.Usage,
            $"--board '{name}': there is no such board; choose one of {string.Join(", ", Names)}");
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return new BoardModel(name, reader.ReadToEnd());
    }
}

/// <summary>A button of a board.</summary>
/// <param name="Name"><c>up</c>, <c>ok</c> or <c>down</c>.</param>
/// <param name="Label">What stands on it.</param>
/// <param name="Pin">The GPIO that it pulls.</param>
public sealed record BoardButton(string Name, string Label, int Pin);
