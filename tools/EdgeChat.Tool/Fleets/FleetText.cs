using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EdgeChat.Bundle;
using EdgeChat.Fleet;

namespace EdgeChat.Tool.Fleets;

/// <summary>Boards of a store in words, and the files that the fleet commands write.</summary>
internal static class FleetText
{
    public static string Of(StoredBoard board, bool asJson) => asJson
        ? ToolJson.Object(
            ("id", board.Id), ("mac", board.Mac), ("state", Word(board)), ("incarnation", board.Incarnation), ("chip", board.Chip),
            ("firmware", board.Firmware), ("runtime", board.Runtime), ("changed", board.Changed), ("who", board.Who))
        : $"{board.Id,-16}  {board.Mac ?? "-",-17}  {Word(board),-11}  incarnation {board.Incarnation}  "
            + $"{board.Firmware ?? "-"}  {board.Changed:yyyy-MM-dd HH:mm}Z  {board.Who}";

    /// <summary>A board with its history, for a program.</summary>
    public static string Json(StoredBoard board, IReadOnlyList<StoreEvent> history)
    {
        JsonObject json = JsonNode.Parse(Of(board, asJson: true))!.AsObject();
        json["history"] = JsonSerializer.SerializeToNode(history.Select(e => new { at = e.At, who = e.Who, what = e.What }), ToolJson.Line);
        return json.ToJsonString(ToolJson.Line);
    }

    /// <summary>Writes a file that is not there yet.</summary>
    public static void WriteNew(string path, string text)
    {
        bool isMine = false;
        try
        {
            using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
            isMine = true;
            file.Write(Encoding.UTF8.GetBytes(text));
        }
        catch (IOException e) when (!isMine && File.Exists(path))
        {
            throw new FleetException($"{path} is there already, and is not written over: choose another name", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isMine) File.Delete(path); // a part of it would be in the way of the next try
            throw new FleetException($"{path}: cannot be written ({FileFault.Of(e)})", e);
        }
    }

    private static string Word(StoredBoard board) => board.State.ToString().ToLowerInvariant();
}
