using System.Text.Json;
using EdgeChat.Bundle;

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
            Content? content = JsonSerializer.Deserialize<Content>(File.ReadAllText(path), ToolJson.File);
            if (content is not { Format: CurrentFormat }) throw new FleetException($"{path} is no export of `edgechat fleet export`");
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
}
