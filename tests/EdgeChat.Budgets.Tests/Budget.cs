namespace EdgeChat.Budgets.Tests;

/// <summary>The most that one of the operations may cost.</summary>
/// <param name="Name">What is done, as <see cref="Operations"/> calls it.</param>
/// <param name="Instructions">IL instructions of all of it.</param>
/// <param name="Turn">IL instructions of one turn of the loop.</param>
/// <param name="Allocations">Objects, arrays and texts that are made.</param>
/// <param name="Reads">Reads of the flash.</param>
internal sealed record Budget(string Name, int Instructions, int Turn, int Allocations, int Reads)
{
    /// <summary>All of them, in the order of the table in docs/performance.md.</summary>
    public static readonly Budget[] All =
    [
        new("message comes, thread open", 72_000, 72_000, 19, 2),
        new("message comes, list open", 59_000, 59_000, 24, 2),
        new("message comes, display off", 27_000, 27_000, 16, 1),
        new("PUBACK until its tick is drawn", 16_000, 12_000, 0, 0),
        new("receipt until its tick is drawn", 61_000, 56_000, 9, 0),
        new("Send pressed, until PUBLISH and picture, 8 x 32", 105_000, 105_000, 26, 8),
        new("Send pressed, until PUBLISH and picture, full log", 99_000, 99_000, 20, 5),
        new("quiet minute, thread open", 12_000, 12_000, 0, 0),
        new("list: a row", 18_000, 18_000, 0, 0),
        new("list: it scrolls", 43_000, 43_000, 5, 1),
        new("thread opened", 106_000, 106_000, 19, 7),
        new("thread up by a message", 81_000, 81_000, 16, 8),
        new("writing: a letter taken, choice anew", 59_000, 59_000, 0, 0),
        new("writing: opened first since the start", 65_000, 65_000, 13, 0),
        new("text of 1,000 bytes, thread open: ASCII", 240_000, 119_000, 23, 4),
        new("text of 1,000 bytes, thread open: emoji", 285_000, 135_000, 25, 4),
        new("text of 1,000 bytes, thread open: Chinese", 298_000, 140_000, 25, 4),
        new("a refused body, per byte", 48, 49_000, 7, 0),
        new("an accepted body, per byte", 88, 91_000, 12, 0),
        new("receipt in a group of 32, thread open", 30_000, 30_000, 12, 0),
        new("roster of 32, newer", 157_000, 122_000, 134, 2),
        new("reconnect, 66 filters", 259_000, 32_000, 284, 0),
        new("reconnect, 66 filters, then 32 presences and 32 profiles", 581_000, 32_000, 594, 0),
        new("console: send bob hello", 64_000, 64_000, 20, 2),
        new("console: help", 33_000, 33_000, 38, 0),
        new("console: search, 256 messages, no hit", 980_000, 32_000, 595, 257),
        new("console: search, 256 messages, all hits", 2_294_000, 75_000, 1366, 513),
        new("start, 8 x 32 messages", 1_952_000, 1_950_000, 247, 23),
        new("start, full log", 3_570_000, 3_568_000, 547, 77),
        new("a message at a full log, compaction and what follows", 2_593_000, 175_000, 704, 103),
    ];
}
