namespace EdgeChat.Fleet;

/// <summary>The tables of a store.</summary>
internal static class StoreSchema
{
    /// <summary>The version that is kept in the file.</summary>
    public const int Version = 1;

    // What was given is never deleted from incarnations, so that none is given twice.
    public const string Create = """
        CREATE TABLE meta(key TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
        CREATE TABLE boards(
            id TEXT PRIMARY KEY, mac TEXT UNIQUE, state TEXT NOT NULL, incarnation INTEGER NOT NULL, chip TEXT, firmware TEXT, runtime TEXT,
            changed TEXT NOT NULL, who TEXT NOT NULL) STRICT;
        CREATE TABLE incarnations(
            id TEXT NOT NULL, incarnation INTEGER NOT NULL, mac TEXT, given TEXT NOT NULL, who TEXT NOT NULL,
            PRIMARY KEY(id, incarnation)) STRICT;
        CREATE TABLE secrets(name TEXT PRIMARY KEY, sealed BLOB NOT NULL) STRICT;
        CREATE TABLE steps(id TEXT NOT NULL, step TEXT NOT NULL, state TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY(id, step)) STRICT;
        CREATE TABLE greetings(id TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT;
        CREATE TABLE history(at TEXT NOT NULL, who TEXT NOT NULL, id TEXT NOT NULL, what TEXT NOT NULL) STRICT;
        """;
}
