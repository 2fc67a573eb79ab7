using System.Data.Common;

namespace Ivim.Hosting.Journals;

/// <summary>Tables that whoever comes first makes.</summary>
internal static class SharedTables
{
    /// <summary>SQLSTATE of PostgreSQL: a unique key is taken, the table is there, its row type is there.</summary>
    private const string UniqueViolation = "23505", DuplicateTable = "42P07", DuplicateObject = "42710";

    /// <summary>
    /// Of two that make it at the same moment one is told that it exists, or its row type or its row in the catalogue:
    /// as good.
    /// </summary>
    /// <param name="create">CREATE TABLE IF NOT EXISTS ...</param>
    public static async Task MakeTableAsync(
        this DbConnection connection, string create, CancellationToken cancellation)
    {
        try
        {
            await using var command = connection.Asking(create);
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (DbException e) when (e.SqlState is UniqueViolation or DuplicateTable or DuplicateObject)
        {
        }
    }
}
