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
        new("message comes, thread open", 66_000, 66_000, 19, 2),
        new("message comes, list open", 51_000, 51_000, 24, 2),
        new("message comes, display off", 24_000, 24_000, 16, 1),
        new("PUBACK until its tick is drawn", 14_000, 11_000, 0, 0),
        new("receipt until its tick is drawn", 63_000, 62_000, 9, 0),
        new("Send pressed, until PUBLISH and picture, 8 x 32", 93_000, 93_000, 26, 8),
        new("Send pressed, until PUBLISH and picture, full log", 91_000, 91_000, 20, 5),
        new("quiet minute, thread open", 10_000, 10_000, 0, 0),
        new("list: a row", 17_000, 17_000, 0, 0),
        new("list: it scrolls", 42_000, 42_000, 5, 1),
        new("thread opened", 96_000, 96_000, 19, 7),
        new("thread up by a message", 70_000, 70_000, 16, 8),
        new("writing: a letter taken, choice anew", 59_000, 59_000, 0, 0),
        new("writing: opened first since the start", 64_000, 64_000, 13, 0),
        new("text of 1,000 bytes, thread open: ASCII", 209_000, 108_000, 23, 4),
        new("text of 1,000 bytes, thread open: emoji", 255_000, 125_000, 25, 4),
        new("text of 1,000 bytes, thread open: Chinese", 267_000, 129_000, 25, 4),
        new("a refused body, per byte", 47, 48_000, 8, 0),
        new("an accepted body, per byte", 77, 80_000, 12, 0),
        new("receipt in a group of 32, thread open", 26_000, 26_000, 12, 0),
        new("roster of 32, newer", 123_000, 90_000, 133, 2),
        new("reconnect, 66 filters", 132_000, 31_000, 284, 0),
        new("reconnect, 66 filters, then 32 presences and 32 profiles", 406_000, 31_000, 625, 0),
        new("console: send bob hello", 52_000, 52_000, 20, 2),
        new("console: help", 32_000, 32_000, 38, 0),
        new("console: search, 256 messages, no hit", 486_000, 29_000, 595, 257),
        new("console: search, 256 messages, all hits", 1_184_000, 74_000, 854, 257),
        new("start, 8 x 32 messages", 937_000, 85_000, 259, 23),
        new("start, full log", 1_499_000, 99_000, 559, 77),
        new("a message at a full log, compaction and what follows", 1_439_000, 115_000, 704, 103),
    ];
}
