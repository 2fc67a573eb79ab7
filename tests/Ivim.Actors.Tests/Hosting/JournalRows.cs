using Ivim.Actors.Wire;
using Microsoft.Data.Sqlite;

namespace Ivim.Actors.Tests.Hosting;

/// <summary>What a journal file says of its rows, read without Akka.</summary>
internal static class JournalRows
{
    public static List<(int Serializer, string Manifest)> Of(string file)
    {
        return Read(file, "SELECT identifier, manifest FROM journal ORDER BY ordering");
    }

    public static List<(int Serializer, string Manifest)> SnapshotsOf(string file) =>
        Read(file, "SELECT serializer_id, manifest FROM snapshot ORDER BY created");

    public static List<int> Numbers(string file, string query)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var numbers = new List<int>();
        while (reader.Read()) numbers.Add(reader.GetInt32(0));
        return numbers;
    }

    /// <summary>Does anything to the file, behind the back of its journal.</summary>
    public static int Change(string file, string statement)
    {
        using var connection = Open(file, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = statement;
        return command.ExecuteNonQuery();
    }

    private static List<(int Serializer, string Manifest)> Read(string file, string query)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = query;
        using var reader = command.ExecuteReader();
        var rows = new List<(int, string)>();
        while (reader.Read()) rows.Add((reader.GetInt32(0), reader.GetString(1)));
        return rows;
    }

    /// <summary>Makes rows look as if another release had written them.</summary>
    public static void Rename(string file, string manifest, string other)
    {
        using var connection = Open(file, SqliteOpenMode.ReadWrite);
        using var command = connection.CreateCommand();
        command.CommandText = "UPDATE journal SET manifest = $other WHERE manifest = $manifest";
        command.Parameters.AddWithValue("$other", other);
        command.Parameters.AddWithValue("$manifest", manifest);
        Assert.NotEqual(0, command.ExecuteNonQuery());
    }

    /// <summary>Every row is of our serializer and of a manifest that the wire table knows.</summary>
    public static void RequireOurs(string file)
    {
        var known = WireTable.Rows.Select(row => row.Manifest).ToHashSet();
        var rows = Of(file);
        Assert.NotEmpty(rows);
        rows.AddRange(SnapshotsOf(file));
        Assert.All(rows, row => Assert.Equal(IvimSerializer.PermanentIdentifier, row.Serializer));
        Assert.All(rows, row => Assert.Contains(row.Manifest, known));
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false };
        var connection = new SqliteConnection(text.ConnectionString);
        connection.Open();
        return connection;
    }
}
