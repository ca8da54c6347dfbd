using System.Text.Json;
using EdgeChat.Bundle;
using EdgeChat.Core;

namespace EdgeChat.Fleet;

/// <summary>What a store has given, as JSON for another store: boards and incarnations, no secret.</summary>
public static class StoreExport
{
    private const int CurrentFormat = 1;

    private sealed record Given(string Id, int Incarnation, string? Mac);

    private sealed record Content(int Format, IReadOnlyList<StoredBoard> Boards, IReadOnlyList<Given> Incarnations);

    /// <summary>The text.</summary>
    public static string Write(FleetStore store)
    {
        Given[] given = [.. store.Incarnations().Select(i => new Given(i.Id, i.Incarnation, i.Mac))];
        return JsonSerializer.Serialize(new Content(CurrentFormat, store.Boards(), given), ToolJson.File);
    }

    /// <summary>Adds what a file of <see cref="Write"/> says; throws <see cref="FleetException"/> and changes nothing when it contradicts
    /// the store.</summary>
    public static int Read(FleetStore store, string path)
    {
        try
        {
            Content? content = JsonSerializer.Deserialize<Content>(SmallFile.Text(path), ToolJson.File);
            if (content is not { Format: CurrentFormat, Boards: not null, Incarnations: not null })
                throw new FleetException($"{path} is no export of `edgechat fleet export`");
            if (!content.Boards.All(b => b is { Who: not null } && IsWhole(b.Id, b.Incarnation, b.Mac))
                || !content.Incarnations.All(g => g is not null && IsWhole(g.Id, g.Incarnation, g.Mac)))
                throw new FleetException($"{path} is damaged: it has a board that no export can have; make the export again");
            return store.Add(content.Boards, [.. content.Incarnations.Select(i => (i.Id, i.Incarnation, i.Mac))]);
        }
        catch (JsonException e)
        {
            throw new FleetException($"{path} is no export of `edgechat fleet export` ({e.Message.Split('\n')[0].TrimEnd('.')})", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FleetException($"{path}: cannot be read ({e.Message.TrimEnd('.')})", e);
        }
    }

    private static bool IsWhole(string? id, int incarnation, string? mac) => id is not null && Topics.IsDeviceId(id)
        && incarnation is >= 1 and <= Body.MaxIncarnation && (mac is null || FleetReader.IsMac(mac));
}
