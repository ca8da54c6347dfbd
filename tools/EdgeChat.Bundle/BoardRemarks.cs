using System.Text.Json;
using System.Text.Json.Nodes;

namespace EdgeChat.Bundle;

/// <summary>What a board will not do although its file asks for it, and which is no reason not to use it: all else works.</summary>
public static class BoardRemarks
{
    /// <summary>The remarks about a board file on a chip, each with its cure; none for a file that cannot be read.</summary>
    /// <param name="board">The board file, JSON.</param>
    /// <param name="chip">The chip.</param>
    public static IReadOnlyList<string> Of(ReadOnlySpan<byte> board, Chip chip)
    {
        try
        {
            if (JsonNode.Parse(board) is not JsonObject file) return [];
            string? console = file["serial"] is JsonObject serial ? serial["port"]?.GetValue<string>() ?? "COM2" : null;
            int last = chip.Uarts;
            var remarks = new List<string>();
            if (console == "COM3" && last < 3)
                remarks.Add($"board.json: \"serial.port\" is COM3, and an {chip.Name} has {last} UARTs, COM1 and COM2: set it to COM2, "
                    + "or take \"serial\" out");
            if (console == "COM2" && last < 3 && file["buzzer"] is JsonObject)
                remarks.Add($"board.json: the buzzer stays silent: it needs a UART of its own, and an {chip.Name} has {last}, COM1 for the "
                    + "cable and COM2, which is the console's; take \"buzzer\" out, or \"serial\"");
            return remarks;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }
}
