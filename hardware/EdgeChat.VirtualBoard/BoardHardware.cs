using System.Text.Json;

namespace EdgeChat.VirtualBoard;

/// <summary>The wiring of one board, as its <c>board.json</c> tells it.</summary>
/// <remarks>Unknown keys are left alone: the firmware reads the same file and may know more of them.</remarks>
public sealed class BoardHardware
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The board's short name, as in <c>hardware/boards/NAME.json</c>.</summary>
    public string Name { get; private init; } = "";

    /// <summary>The nanoFramework target, as <c>nanoff --target</c> takes it.</summary>
    public string Target { get; private init; } = "ESP32_REV3";

    /// <summary>The display, or null when the board has none.</summary>
    public DisplayWiring? Display { get; private init; }

    /// <summary>GPIO numbers of the buttons by name (<c>up</c>, <c>ok</c>, <c>down</c>), in the order of the file.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Buttons { get; private init; } = [];

    /// <summary>True when a pressed button pulls its pin low, as a button against ground does.</summary>
    public bool ButtonsActiveLow { get; private init; } = true;

    /// <summary>The console UART, or null when the board has none.</summary>
    public SerialWiring? Serial { get; private init; }

    /// <summary>GPIO number of the buzzer for new messages, or -1 when the board has none.</summary>
    public int Buzzer { get; private init; } = -1;

    /// <summary>True for the first ESP32, whose pins 34 to 39 are inputs alone; its relatives (S2, S3, C3, C6) are otherwise.</summary>
    internal bool IsFirstEsp32 =>
        !(Target.Contains("_S2") || Target.Contains("_S3") || Target.Contains("_C3") || Target.Contains("_C6")
        || Target.StartsWith("AtomS3", StringComparison.Ordinal));

    /// <summary>Reads a board file.</summary>
    /// <param name="json">The text of <c>board.json</c>.</param>
    /// <exception cref="FormatException">The text is not JSON, or a value has the wrong type or range; the message names it.</exception>
    public static BoardHardware Load(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, Lenient);
            return Read(new BoardFile(document.RootElement, "board file"));
        }
        catch (JsonException e)
        {
            throw new FormatException("board file: not JSON (" + e.Message + "); compare it with hardware/boards/esp32-devkit.json", e);
        }
    }

    /// <summary>The GPIO number of a button.</summary>
    /// <exception cref="KeyNotFoundException">The board has no such button; the message lists those it has.</exception>
    public int Button(string name)
    {
        foreach ((string button, int pin) in Buttons)
            if (button == name) return pin;
        throw new KeyNotFoundException(
            $"board \"{Name}\" has no button \"{name}\"; it has: {string.Join(", ", Buttons.Select(b => b.Key))}");
    }

    private static BoardHardware Read(BoardFile file) => new()
    {
        Name = file.Text("name", ""),
        Target = file.Text("target", "ESP32_REV3"),
        Display = file.Child("display") is { } display ? DisplayWiring.Read(display) : null,
        Buttons = file.Child("buttons") is { } buttons ? buttons.Numbers(0, 48).ToArray() : [],
        ButtonsActiveLow = file.Child("buttons")?.Flag("activeLow", true) ?? true,
        Serial = file.Child("serial") is { } serial ? SerialWiring.Read(serial) : null,
        Buzzer = file.Child("buzzer")?.Number("pin", -1, 0, 48) ?? -1,
    };
}
