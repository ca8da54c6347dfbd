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
        new("message comes, thread open", 180_000, 180_000, 52, 8),
        new("message comes, list open", 114_000, 112_000, 57, 4),
        new("message comes, display off", 46_000, 45_000, 29, 1),
        new("PUBACK until its tick is drawn", 80_000, 80_000, 22, 7),
        new("receipt until its tick is drawn", 195_000, 149_000, 67, 7),
        new("Send pressed, until PUBLISH and picture, 8 x 32", 156_000, 156_000, 46, 15),
        new("Send pressed, until PUBLISH and picture, full log", 157_000, 157_000, 34, 9),
        new("quiet minute, thread open", 12_000, 12_000, 4, 0),
        new("list: a row", 29_000, 29_000, 0, 0),
        new("list: it scrolls", 72_000, 72_000, 24, 3),
        new("thread opened", 180_000, 180_000, 38, 14),
        new("thread up by a message", 85_000, 85_000, 22, 8),
        new("writing: a letter taken, choice anew", 61_000, 61_000, 1, 0),
        new("writing: opened first since the start", 69_000, 69_000, 14, 0),
        new("text of 1,000 bytes, thread open: ASCII", 413_000, 413_000, 44, 4),
        new("text of 1,000 bytes, thread open: emoji", 458_000, 458_000, 46, 4),
        new("text of 1,000 bytes, thread open: Chinese", 536_000, 536_000, 46, 4),
        new("a refused body, per byte", 48, 50_000, 10, 0),
        new("an accepted body, per byte", 99, 103_000, 17, 0),
        new("receipt in a group of 32, thread open", 92_000, 92_000, 32, 4),
        new("roster of 32, newer", 246_000, 245_000, 162, 6),
        new("reconnect, 66 filters", 263_000, 36_000, 285, 0),
        new("reconnect, 66 filters, then 32 presences and 32 profiles", 638_000, 36_000, 626, 0),
        new("console: send bob hello", 110_000, 110_000, 51, 4),
        new("console: help", 74_000, 74_000, 117, 0),
        new("console: search, 256 messages, no hit", 1_207_000, 42_000, 703, 257),
        new("console: search, 256 messages, all hits", 3_417_000, 116_000, 2785, 513),
        new("start, 8 x 32 messages", 2_618_000, 2_617_000, 270, 23),
        new("start, full log", 5_090_000, 5_088_000, 590, 79),
        new("a message at a full log, compaction and what follows", 8_225_000, 8_055_000, 781, 111),
    ];
}
