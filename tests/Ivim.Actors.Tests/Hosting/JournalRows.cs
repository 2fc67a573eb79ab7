using Ivim.Actors.Wire;
using Microsoft.Data.Sqlite;

namespace Ivim.Actors.Tests.Hosting;

/// <summary>What a journal file says of its rows, read without Akka.</summary>
internal static class JournalRows
{
    public static List<(int Serializer, string Manifest)> Of(string file)
    {
        using var connection = Open(file, SqliteOpenMode.ReadOnly);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT identifier, manifest FROM journal ORDER BY ordering";
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
