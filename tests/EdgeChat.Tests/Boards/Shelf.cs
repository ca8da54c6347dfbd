using EdgeChat.Device;
using EdgeChat.Tests.Fleet;
using EdgeChat.Tests.OnBoard;

namespace EdgeChat.Tests.Boards;

/// <summary>The boards of <c>hardware/boards</c>.</summary>
internal static class Shelf
{
    public static string[] Names { get; } =
        [.. Directory.GetFiles(Repository.File("hardware/boards"), "*.json").Select(p => Path.GetFileNameWithoutExtension(p))
            .Order(StringComparer.Ordinal)];

    public static string Json(string name) => File.ReadAllText(Repository.File($"hardware/boards/{name}.json"));

    /// <summary>A virtual board with a board's file on its drive.</summary>
    public static TestBoard Take(string name, Action? main = null)
    {
        var board = new TestBoard(main, Json(name));
        board.Put("board.json", Json(name));
        return board;
    }

    /// <summary>A board's file as the firmware reads it.</summary>
    public static BoardConfig Config(string name)
    {
        BoardConfig? config = null;
        using TestBoard board = Take(name, () => config = BoardConfig.Load());
        board.RunToEnd();
        return config!;
    }
}
