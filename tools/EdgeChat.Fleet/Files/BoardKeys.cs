using System.Text.Json.Nodes;

namespace EdgeChat.Fleet;

/// <summary>The keys of the two files that people write for a board. A board leaves out what it does not know and tells of it in
/// its log alone.</summary>
public static class BoardKeys
{
    /// <summary>Keys of <c>edgechat.json</c>; <c>demo</c> is the demo's own note.</summary>
    public static IReadOnlyList<string> Settings { get; } =
    [
        "id", "e", "name", "host", "port", "tls", "keepAlive", "user", "password", "contacts", "utcOffset", "timeZone", "operator",
        "brokers", "wifi", "demo",
    ];

    /// <summary>Keys of <c>board.json</c>, those of a section behind its name and a dot; <c>title</c> is for people.</summary>
    public static IReadOnlyList<string> Board { get; } =
    [
        "name", "title", "target", "display", "buttons", "serial", "light", "buzzer",
        "display.driver", "display.width", "display.height", "display.bus", "display.address", "display.sda", "display.scl",
        "display.mosi", "display.miso", "display.clock", "display.cs", "display.dc", "display.reset", "display.backlight", "display.vext",
        "display.columnOffset", "display.rowOffset", "display.invert", "display.axp192",
        "display.axp192.bus", "display.axp192.sda", "display.axp192.scl",
        "buttons.up", "buttons.ok", "buttons.down", "buttons.activeLow",
        "serial.port", "serial.tx", "serial.rx", "serial.baud",
        "light.pin", "light.activeLow",
        "buzzer.pin",
    ];

    /// <summary>What is wrong with the first key that is not <paramref name="known"/>, with the nearest right one; or null.</summary>
    public static string? FaultOf(JsonObject file, IReadOnlyList<string> known) => FaultOf(file, "", known);

    private static string? FaultOf(JsonObject section, string before, IReadOnlyList<string> known)
    {
        foreach ((string key, JsonNode? value) in section)
        {
            string path = before + key;
            if (!known.Contains(path))
            {
                string[] here = [.. known.Where(k => k.StartsWith(before, StringComparison.Ordinal) && !k[before.Length..].Contains('.'))
                    .Select(k => k[before.Length..])];
                string cure = Nearest.Of(key, here) is { } near
                    ? $"did you mean \"{near}\"?" : $"expected one of {string.Join(", ", here)}";
                return $"\"{path}\" is no key of it: {cure}";
            }

            bool isSection = known.Any(k => k.StartsWith(path + ".", StringComparison.Ordinal));
            if (isSection && value is JsonObject inner && FaultOf(inner, path + ".", known) is { } fault) return fault;
        }

        return null;
    }
}
