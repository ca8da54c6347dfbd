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
        new("message comes, thread open", 77_000, 77_000, 38, 2),
        new("message comes, list open", 98_000, 97_000, 55, 4),
        new("message comes, display off", 30_000, 30_000, 27, 1),
        new("PUBACK until its tick is drawn", 23_000, 18_000, 7, 0),
        new("receipt until its tick is drawn", 83_000, 83_000, 63, 0),
        new("Send pressed, until PUBLISH and picture, 8 x 32", 108_000, 108_000, 32, 8),
        new("Send pressed, until PUBLISH and picture, full log", 113_000, 113_000, 26, 5),
        new("quiet minute, thread open", 12_000, 12_000, 4, 0),
        new("list: a row", 29_000, 29_000, 0, 0),
        new("list: it scrolls", 68_000, 68_000, 24, 3),
        new("thread opened", 112_000, 112_000, 25, 7),
        new("thread up by a message", 82_000, 82_000, 22, 8),
        new("writing: a letter taken, choice anew", 61_000, 61_000, 1, 0),
        new("writing: opened first since the start", 69_000, 69_000, 14, 0),
        new("text of 1,000 bytes, thread open: ASCII", 288_000, 287_000, 42, 4),
        new("text of 1,000 bytes, thread open: emoji", 410_000, 410_000, 44, 4),
        new("text of 1,000 bytes, thread open: Chinese", 489_000, 489_000, 44, 4),
        new("a refused body, per byte", 48, 50_000, 10, 0),
        new("an accepted body, per byte", 89, 92_000, 17, 0),
        new("receipt in a group of 32, thread open", 36_000, 36_000, 15, 0),
        new("roster of 32, newer", 157_000, 157_000, 141, 2),
        new("reconnect, 66 filters", 260_000, 32_000, 285, 0),
        new("reconnect, 66 filters, then 32 presences and 32 profiles", 594_000, 32_000, 626, 0),
        new("console: send bob hello", 95_000, 95_000, 46, 4),
        new("console: help", 33_000, 33_000, 39, 0),
        new("console: search, 256 messages, no hit", 989_000, 32_000, 667, 257),
        new("console: search, 256 messages, all hits", 2_340_000, 77_000, 1933, 513),
        new("start, 8 x 32 messages", 1_960_000, 1_959_000, 265, 23),
        new("start, full log", 3_578_000, 3_576_000, 565, 77),
        new("a message at a full log, compaction and what follows", 2_608_000, 175_000, 718, 103),
    ];
}
