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
        new("message comes, thread open", 71_000, 71_000, 36, 2),
        new("message comes, list open", 85_000, 85_000, 53, 4),
        new("message comes, display off", 25_000, 24_000, 25, 1),
        new("PUBACK until its tick is drawn", 20_000, 16_000, 5, 0),
        new("receipt until its tick is drawn", 74_000, 74_000, 19, 0),
        new("Send pressed, until PUBLISH and picture, 8 x 32", 96_000, 96_000, 32, 8),
        new("Send pressed, until PUBLISH and picture, full log", 103_000, 103_000, 26, 5),
        new("quiet minute, thread open", 10_000, 10_000, 4, 0),
        new("list: a row", 27_000, 27_000, 0, 0),
        new("list: it scrolls", 61_000, 61_000, 24, 3),
        new("thread opened", 102_000, 102_000, 25, 7),
        new("thread up by a message", 70_000, 70_000, 22, 8),
        new("writing: a letter taken, choice anew", 60_000, 60_000, 1, 0),
        new("writing: opened first since the start", 68_000, 68_000, 14, 0),
        new("text of 1,000 bytes, thread open: ASCII", 255_000, 255_000, 40, 4),
        new("text of 1,000 bytes, thread open: emoji", 378_000, 378_000, 42, 4),
        new("text of 1,000 bytes, thread open: Chinese", 456_000, 456_000, 42, 4),
        new("a refused body, per byte", 47, 49_000, 10, 0),
        new("an accepted body, per byte", 77, 81_000, 17, 0),
        new("receipt in a group of 32, thread open", 32_000, 32_000, 15, 0),
        new("roster of 32, newer", 122_000, 121_000, 138, 2),
        new("reconnect, 66 filters", 130_000, 31_000, 285, 0),
        new("reconnect, 66 filters, then 32 presences and 32 profiles", 404_000, 31_000, 626, 0),
        new("console: send bob hello", 80_000, 80_000, 46, 4),
        new("console: help", 32_000, 32_000, 39, 0),
        new("console: search, 256 messages, no hit", 489_000, 30_000, 637, 257),
        new("console: search, 256 messages, all hits", 1_223_000, 77_000, 1391, 257),
        new("start, 8 x 32 messages", 948_000, 90_000, 277, 23),
        new("start, full log", 1_509_000, 106_000, 577, 77),
        new("a message at a full log, compaction and what follows", 1_451_000, 128_000, 716, 103),
    ];
}
