using System.Globalization;
using System.Security.Cryptography;
using EdgeChat.Core;
using Microsoft.Data.Sqlite;

namespace EdgeChat.Fleet;

/// <summary>What a fleet has given to whom: boards, MACs, incarnations, versions, by whom and when, and secrets, which are sealed. Each
/// change is whole or not there, whatever is killed.</summary>
public sealed class FleetStore : IDisposable
{
    private const string CheckName = "check";
    private const string CheckText = "edgechat fleet store";

    private const string BoardColumns = "id, mac, state, incarnation, chip, firmware, runtime, changed, who";

    private readonly StoreFile _file;
    private readonly Sealing _sealing;
    private readonly string _who;
    private readonly TimeProvider _time;

    private FleetStore(StoreFile file, Sealing sealing, string who, TimeProvider time)
    {
        _file = file;
        _sealing = sealing;
        _who = who;
        _time = time;
    }

    /// <summary>Opens a store. Throws <see cref="FleetException"/> for a wrong secret, and when it cannot be used as it is to
    /// be.</summary>
    /// <param name="path">Its file.</param>
    /// <param name="secret">What opens it; a new store is made with it.</param>
    /// <param name="who">Who is written down for what is done.</param>
    /// <param name="use">What for.</param>
    /// <param name="time">The clock.</param>
    public static FleetStore Open(string path, StoreSecret secret, string who, StoreUse use = StoreUse.Write, TimeProvider? time = null)
    {
        StoreFile file = StoreFile.Open(path, use);
        try
        {
            bool isOnlyRead = use == StoreUse.Read && VersionOf(file) == StoreSchema.Version;
            byte[] salt = isOnlyRead ? Salt(file) : file.Change(() => Begin(file, secret));
            byte[][] kind = [.. file.Rows("SELECT value FROM meta WHERE key = 'kind'", r => (byte[])r[0])];
            string made = System.Text.Encoding.UTF8.GetString(kind[0]);
            if (made != secret.Kind)
                throw new FleetException(
                    $"{path} opens with a {(made == "key" ? "key file: --key-file" : "passphrase: --passphrase-file")}");
            var sealing = new Sealing(secret.Derive(salt));
            var store = new FleetStore(file, sealing, who, time ?? TimeProvider.System);
            if (store.Secret(CheckName) is null && !store.IsEmpty()) throw new FleetException($"{path}: the {made} is wrong");
            if (store.Secret(CheckName) is null) store.SetSecret(CheckName, CheckText);
            return store;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>All boards, by id.</summary>
    public IReadOnlyList<StoredBoard> Boards() => _file.Rows($"SELECT {BoardColumns} FROM boards ORDER BY id", Board);

    /// <summary>A board by its id, or null.</summary>
    public StoredBoard? Find(string id) =>
        _file.Rows($"SELECT {BoardColumns} FROM boards WHERE id = $id", Board, ("$id", id)).FirstOrDefault();

    /// <summary>The board that a MAC is, or null.</summary>
    public StoredBoard? FindByMac(string mac) =>
        _file.Rows($"SELECT {BoardColumns} FROM boards WHERE mac = $mac", Board, ("$mac", mac)).FirstOrDefault();

    /// <summary>Throws <see cref="FleetException"/> when an id belongs to another board, or the board has another id.</summary>
    public void CheckClaim(string id, string? mac, bool replaces)
    {
        StoredBoard? there = Find(id);
        if (there is { State: not BoardState.Revoked, Mac: not null } && there.Mac != mac && !replaces)
            throw new FleetException(
                $"{id} is board {there.Mac}, and never two boards have one id: plug in that one, or say that it is gone with --replace");
        if (mac is not null && FindByMac(mac) is { } other && other.Id != id && other.State != BoardState.Revoked)
            throw new FleetException($"board {mac} is {other.Id} already: `edgechat fleet revoke {other.Id}` frees it");
    }

    /// <summary>Gives an id to a MAC with an incarnation that was never given before, and forgets what was done of an earlier attempt.
    /// Throws <see cref="FleetException"/> when the id belongs to another board, or the board has another id.</summary>
    /// <param name="id">The device id.</param>
    /// <param name="mac">The board's MAC; null when it is not known yet.</param>
    /// <param name="replaces">Whether the id may be taken from another board, which then is none of the fleet any more.</param>
    /// <param name="seen">An incarnation of the id that was seen elsewhere, or 0; the new one is above it.</param>
    /// <returns>The incarnation.</returns>
    public int Claim(string id, string? mac, bool replaces = false, int seen = 0) => _file.Change(() =>
    {
        CheckClaim(id, mac, replaces);
        if (mac is not null) _file.Execute("UPDATE boards SET mac = NULL WHERE mac = $mac AND id <> $id", ("$mac", mac), ("$id", id));
        int last = _file.Rows("SELECT max(incarnation) FROM incarnations WHERE id = $id", r =>
            r.IsDBNull(0) ? 0 : r.GetInt32(0), ("$id", id))[0];
        last = Math.Max(last, seen);
        if (last >= Body.MaxIncarnation) throw new FleetException($"{id} has had all {Body.MaxIncarnation} incarnations: take another id");
        int given = last + 1;
        _file.Execute(
            "INSERT INTO incarnations VALUES($id, $e, $mac, $at, $who)", ("$id", id), ("$e", given), ("$mac", mac), ("$at", Now()),
                ("$who", _who));
        _file.Execute(
            """
            INSERT INTO boards(id, mac, state, incarnation, changed, who) VALUES($id, $mac, 'Claimed', $e, $at, $who)
            ON CONFLICT(id) DO UPDATE SET mac = $mac, state = 'Claimed', incarnation = $e, changed = $at, who = $who,
                chip = NULL, firmware = NULL, runtime = NULL
            """,
            ("$id", id), ("$mac", mac), ("$e", given), ("$at", Now()), ("$who", _who));
        _file.Execute("DELETE FROM steps WHERE id = $id", ("$id", id));
        Note(id, $"given to {mac ?? "a board to come"} as incarnation {given}");
        return given;
    });

    /// <summary>Writes down an incarnation that a board has taken by itself, so that it is never given.</summary>
    public void Meet(string id, int incarnation, string? mac) => _file.Change(() =>
    {
        int rows = _file.Execute(
            "INSERT OR IGNORE INTO incarnations VALUES($id, $e, $mac, $at, $who)", ("$id", id), ("$e", incarnation), ("$mac", mac),
                ("$at", Now()), ("$who", _who));
        if (rows > 0) Note(id, $"met in incarnation {incarnation}, which it took by itself");
        return rows;
    });

    /// <summary>Writes what a board has become.</summary>
    public void Record(string id, BoardState state, string? chip = null, string? firmware = null, string? runtime = null) =>
        _file.Change(() =>
    {
        int rows = _file.Execute(
            """
            UPDATE boards SET state = $state, chip = coalesce($chip, chip), firmware = coalesce($firmware, firmware),
                runtime = coalesce($runtime, runtime), changed = $at, who = $who WHERE id = $id
            """,
            ("$id", id), ("$state", state.ToString()), ("$chip", chip), ("$firmware", firmware), ("$runtime", runtime), ("$at", Now()),
            ("$who", _who));
        if (rows == 0) throw new FleetException($"{id} is no board of the store");
        Note(id, state.ToString().ToLowerInvariant());
        return rows;
    });

    /// <summary>Whether a step of the board's present claim was done.</summary>
    public bool IsDone(string id, string step) =>
        _file.Rows("SELECT 1 FROM steps WHERE id = $id AND step = $step AND state = 'done'", _ => true, ("$id", id), ("$step", step))
            .Count > 0;

    /// <summary>Whether anything of the board's present claim was begun.</summary>
    public bool HasBegun(string id) => _file.Rows("SELECT 1 FROM steps WHERE id = $id", _ => true, ("$id", id)).Count > 0;

    /// <summary>Writes that a step begins, or is done.</summary>
    public void Mark(string id, string step, bool isDone) => _file.Change(() => _file.Execute(
        "INSERT INTO steps VALUES($id, $step, $state, $at) ON CONFLICT(id, step) DO UPDATE SET state = $state, at = $at",
        ("$id", id), ("$step", step), ("$state", isDone ? "done" : "begun"), ("$at", Now())));

    /// <summary>A secret, opened; null when there is none.</summary>
    public string? Secret(string name)
    {
        byte[]? sealedBytes = _file.Rows("SELECT sealed FROM secrets WHERE name = $name", r => (byte[])r[0], ("$name", name))
            .FirstOrDefault();
        return sealedBytes is null ? null : _sealing.Open(name, sealedBytes);
    }

    /// <summary>Keeps a secret, sealed; null forgets it.</summary>
    public void SetSecret(string name, string? secret) => _file.Change(() => secret is null
        ? _file.Execute("DELETE FROM secrets WHERE name = $name", ("$name", name))
        : _file.Execute(
            "INSERT INTO secrets VALUES($name, $sealed) ON CONFLICT(name) DO UPDATE SET sealed = $sealed",
            ("$name", name), ("$sealed", _sealing.Seal(name, secret))));

    /// <summary>The next number in the operator's stream to a board: never the same twice.</summary>
    public int NextGreeting(string id) => _file.Change(() => _file.Rows(
        "INSERT INTO greetings VALUES($id, 1) ON CONFLICT(id) DO UPDATE SET number = number + 1 RETURNING number", r =>
            r.GetInt32(0), ("$id", id))[0]);

    /// <summary>What was done, from old to new; of one board, or of all.</summary>
    public IReadOnlyList<StoreEvent> History(string? id = null) => _file.Rows(
        "SELECT at, who, id, what FROM history WHERE $id IS NULL OR id = $id ORDER BY rowid",
        r => new StoreEvent(Time(r.GetString(0)), r.GetString(1), r.GetString(2), r.GetString(3)), ("$id", id));

    /// <summary>Writes a line into the history.</summary>
    public void Note(string id, string what) =>
        _file.Execute("INSERT INTO history VALUES($at, $who, $id, $what)", ("$at", Now()), ("$who", _who), ("$id", id), ("$what", what));

    /// <summary>All incarnations that were given: id, incarnation, MAC.</summary>
    public IReadOnlyList<(string Id, int Incarnation, string? Mac)> Incarnations() => _file.Rows(
        "SELECT id, incarnation, mac FROM incarnations ORDER BY id, incarnation",
        r => (r.GetString(0), r.GetInt32(1), r.IsDBNull(2) ? null : r.GetString(2)));

    /// <summary>Adds what another store has given, in one change: incarnations, and boards that are not here. Throws
    /// <see cref="FleetException"/> when a board is here as another.</summary>
    public int Add(IReadOnlyList<StoredBoard> boards, IReadOnlyList<(string Id, int Incarnation, string? Mac)> incarnations) =>
        _file.Change(() =>
    {
        foreach (var (id, incarnation, mac) in incarnations)
            _file.Execute("INSERT OR IGNORE INTO incarnations VALUES($id, $e, $mac, $at, $who)",
                ("$id", id), ("$e", incarnation), ("$mac", mac), ("$at", Now()), ("$who", _who));
        int added = 0;
        foreach (StoredBoard board in boards)
        {
            StoredBoard? here = Find(board.Id);
            if (here is not null && here.Mac != board.Mac && here.State != BoardState.Revoked)
                throw new FleetException(
                    $"{board.Id} is board {here.Mac ?? "(none yet)"} here and {board.Mac ?? "(none yet)"} there: revoke one");
            if (board.Mac is not null && FindByMac(board.Mac) is { } other && other.Id != board.Id)
                throw new FleetException($"board {board.Mac} is {other.Id} here and {board.Id} there: revoke one");
            if (here is not null) continue;
            _file.Execute($"INSERT INTO boards({BoardColumns}) VALUES($id, $mac, $state, $e, $chip, $firmware, $runtime, $changed, $who)",
                ("$id", board.Id), ("$mac", board.Mac), ("$state", board.State.ToString()), ("$e", board.Incarnation),
                    ("$chip", board.Chip),
                ("$firmware", board.Firmware), ("$runtime", board.Runtime), ("$changed", Text(board.Changed)), ("$who", board.Who));
            Note(board.Id, "imported");
            added++;
        }

        return added;
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _sealing.Dispose();
        _file.Dispose();
    }

    private static byte[] Begin(StoreFile file, StoreSecret secret)
    {
        int version = VersionOf(file);
        if (version == 0)
        {
            file.Execute(StoreSchema.Create);
            file.Execute("INSERT INTO meta VALUES('salt', $salt), ('kind', $kind)",
                ("$salt", RandomNumberGenerator.GetBytes(16)), ("$kind", System.Text.Encoding.UTF8.GetBytes(secret.Kind)));
        }
        else if (version != StoreSchema.Version)
        {
            throw new FleetException(
                $"the store has version {version}, and this edgechat knows {StoreSchema.Version}: take a newer edgechat");
        }

        file.Execute($"PRAGMA user_version = {StoreSchema.Version}"); // in one that was there already, this is the try whether it can be
        return Salt(file);
    }

    private static int VersionOf(StoreFile file) => file.Rows("PRAGMA user_version", r => r.GetInt32(0))[0];

    private static byte[] Salt(StoreFile file) => file.Rows("SELECT value FROM meta WHERE key = 'salt'", r => (byte[])r[0])[0];

    private bool IsEmpty() => _file.Rows("SELECT count(*) FROM secrets", r => r.GetInt32(0))[0] == 0;

    private static StoredBoard Board(SqliteDataReader row) => new(
        row.GetString(0), Text(row, 1), Enum.Parse<BoardState>(row.GetString(2)), row.GetInt32(3), Text(row, 4), Text(row, 5), Text(row, 6),
        Time(row.GetString(7)), row.GetString(8));

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private string Now() => Text(_time.GetUtcNow());

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    private static DateTimeOffset Time(string text) =>
        DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
