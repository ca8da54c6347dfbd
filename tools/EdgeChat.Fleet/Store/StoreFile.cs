using Microsoft.Data.Sqlite;

namespace EdgeChat.Fleet;

/// <summary>The database of a store: one connection, one change at a time, each whole or not there.</summary>
internal sealed class StoreFile : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly string _path;
    private readonly Lock _lock = new();
    private SqliteTransaction? _transaction;

    private StoreFile(string path, SqliteConnection connection)
    {
        _path = path;
        _connection = connection;
    }

    /// <summary>Opens the file, and makes it when it is not there and may be made. Throws <see cref="FleetException"/>.</summary>
    public static StoreFile Open(string path, StoreUse use)
    {
        if (!File.Exists(path) && use != StoreUse.Create)
            throw new FleetException($"{path}: there is no store of the fleet yet; `edgechat provision` makes it with the first board");
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        var file = new StoreFile(path, connection);
        try
        {
            if (!File.Exists(path)) CreatePrivate(path);
            connection.Open();
            // a change is on the disk when it was said to be: FULL waits for it, whatever is killed afterwards
            file.Execute("PRAGMA busy_timeout = 10000; PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
            return file;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            connection.Dispose();
            throw file.Failed(e);
        }
    }

    /// <summary>Does <paramref name="work"/> as one change: all of it is written, or nothing. Another process waits meanwhile.</summary>
    public T Change<T>(Func<T> work)
    {
        lock (_lock)
        {
            try
            {
                using var transaction = _connection.BeginTransaction(deferred: false);
                _transaction = transaction;
                T result = work();
                transaction.Commit();
                return result;
            }
            catch (SqliteException e)
            {
                throw Failed(e);
            }
            finally
            {
                _transaction = null;
            }
        }
    }

    /// <summary>The rows of a query.</summary>
    public List<T> Rows<T>(string sql, Func<SqliteDataReader, T> row, params (string Name, object? Value)[] values)
    {
        lock (_lock)
        {
            try
            {
                using SqliteCommand command = Command(sql, values);
                using SqliteDataReader reader = command.ExecuteReader();
                var rows = new List<T>();
                while (reader.Read()) rows.Add(row(reader));
                return rows;
            }
            catch (SqliteException e)
            {
                throw Failed(e);
            }
        }
    }

    /// <summary>Runs statements; how many rows they changed.</summary>
    public int Execute(string sql, params (string Name, object? Value)[] values)
    {
        lock (_lock)
        {
            try
            {
                using SqliteCommand command = Command(sql, values);
                return command.ExecuteNonQuery();
            }
            catch (SqliteException e)
            {
                throw Failed(e);
            }
        }
    }

    public void Dispose() => _connection.Dispose();

    // The secrets in it are sealed; who is where is nobody else's business either.
    private static void CreatePrivate(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        new FileStream(path, options).Dispose();
    }

    private SqliteCommand Command(string sql, (string Name, object? Value)[] values)
    {
        SqliteCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = _transaction;
        foreach (var (name, value) in values) command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    private FleetException Failed(Exception e)
    {
        string what = (e as SqliteException)?.SqliteErrorCode switch
        {
            13 => "the disk is full: make room, then run the command again",
            5 or 6 => "another edgechat is using it: wait for it, then run the command again",
            8 => "it cannot be written: run the command as who has made it, or give yourself the right to",
            14 => "it cannot be opened, or its folder cannot be written: run the command as who has made it, or give yourself the right to",
            26 or 11 => "it is damaged or no store: put a copy back, or import an export",
            _ => e.Message.TrimEnd('.'),
        };
        return new FleetException($"{_path}: the store cannot be used: {what}", e);
    }
}
