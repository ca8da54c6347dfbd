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
        new("message comes, thread open", 46_000, 46_000, 19, 2),
        new("sealed message comes, thread open", 92_000, 60_000, 40, 2),
        new("message comes to a group", 46_000, 46_000, 34, 2),
        new("message comes to a sealed group", 82_000, 60_000, 58, 3),
        new("message comes, list open", 46_000, 46_000, 24, 2),
        new("message comes, display off", 17_000, 16_000, 16, 1),
        new("PUBACK until its tick is drawn", 12_000, 9_000, 0, 0),
        new("receipt until its tick is drawn", 25_000, 25_000, 9, 0),
        new("receipt of 16 messages until their ticks are drawn", 27_000, 27_000, 7, 0),
        new("Send pressed, until PUBLISH and picture, 8 x 32", 86_000, 86_000, 26, 8),
        new("Send pressed, sealed, until PUBLISH and picture, 8 x 32", 172_000, 100_000, 48, 8),
        new("Send pressed, until PUBLISH and picture, full log", 81_000, 81_000, 20, 5),
        new("quiet minute, thread open", 8_000, 8_000, 0, 0),
        new("list: a row", 17_000, 17_000, 0, 0),
        new("list: it scrolls", 41_000, 41_000, 5, 1),
        new("thread opened", 85_000, 85_000, 17, 6),
        new("thread up by a message", 68_000, 68_000, 16, 8),
        new("thread up by a page", 112_000, 112_000, 36, 18),
        new("writing: a letter taken, choice anew", 59_000, 59_000, 0, 0),
        new("writing: opened first since the start", 64_000, 64_000, 13, 0),
        new("text of 1,000 bytes, thread open: ASCII", 193_000, 105_000, 23, 4),
        new("text of 1,000 bytes, thread open: emoji", 249_000, 121_000, 25, 4),
        new("text of 1,000 bytes, thread open: Chinese", 260_000, 125_000, 25, 4),
        new("a refused body, per byte", 47, 48_000, 8, 0),
        new("an accepted body, per byte", 76, 79_000, 12, 0),
        new("receipt in a group of 32, thread open", 18_000, 18_000, 12, 0),
        new("roster of 32, newer", 112_000, 83_000, 131, 2),
        new("reconnect, 66 filters", 122_000, 27_000, 284, 0),
        new("reconnect, 66 filters, then 32 presences and 32 profiles", 392_000, 27_000, 625, 0),
        new("console: send bob hello", 48_000, 48_000, 20, 2),
        new("console: help", 41_000, 41_000, 48, 0),
        new("console: help, JSON", 133_000, 133_000, 183, 0),
        new("console: read bob 64", 263_000, 82_000, 213, 65),
        new("console: read bob 64, JSON", 418_000, 111_000, 427, 64),
        new("console: list, 32 conversations", 105_000, 105_000, 97, 32),
        new("console: list, 32 conversations, JSON", 124_000, 124_000, 130, 0),
        new("console: contact, 32 contacts", 48_000, 48_000, 64, 0),
        new("console: contact, 32 contacts, JSON", 97_000, 97_000, 162, 0),
        new("console: group members, 32", 75_000, 65_000, 38, 0),
        new("console: group members, 32, JSON", 106_000, 106_000, 135, 0),
        new("console: log", 45_000, 45_000, 72, 0),
        new("console: log, JSON", 81_000, 81_000, 137, 0),
        new("console: search, 256 messages, no hit", 479_000, 29_000, 595, 257),
        new("console: search, 256 messages, all hits", 1_000_000, 64_000, 854, 257),
        new("console: search, 256 messages, all hits, JSON", 1_702_000, 110_000, 1633, 257),
        new("keys: search, 256 messages, no hit", 508_000, 56_000, 589, 256),
        new("keys: search, 256 messages, all hits", 980_000, 62_000, 618, 262),
        new("keys: what was found is opened", 85_000, 85_000, 22, 6),
        new("start, 8 x 32 messages", 600_000, 81_000, 266, 23),
        new("start, full log", 1_090_000, 98_000, 566, 77),
        new("a message at a full log, compaction and what follows", 1_270_000, 111_000, 704, 103),
    ];
}
