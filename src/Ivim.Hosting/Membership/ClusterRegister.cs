using System.Data.Common;
using Ivim.Hosting.Journals;
using System.Net.Sockets;

namespace Ivim.Hosting.Membership;

/// <summary>Which cluster is the one there is: a single row in the journal's database, in words that all of them share.
/// </summary>
/// <remarks>
/// Seeds that are members raise its beat. Whoever wants to found a cluster replaces the row as it saw it, so of several
/// only one can. No clock of the database is read: whether a cluster is silent is the observer's own time.
/// </remarks>
public sealed class ClusterRegister(Func<DbConnection> connect)
{
    private const string Create = "CREATE TABLE IF NOT EXISTS ivim_cluster "
        + "(row_number INTEGER PRIMARY KEY, cluster TEXT NOT NULL, beat BIGINT NOT NULL)";

    private const string Select = "SELECT cluster, beat FROM ivim_cluster WHERE row_number = 1";

    private const string Insert = "INSERT INTO ivim_cluster (row_number, cluster, beat) VALUES (1, @next, 0) "
        + "ON CONFLICT (row_number) DO NOTHING";

    private const string Replace = "UPDATE ivim_cluster SET cluster = @next, beat = 0 "
        + "WHERE row_number = 1 AND cluster = @cluster AND beat = @beat";

    private const string Raise = "UPDATE ivim_cluster SET beat = beat + 1 WHERE row_number = 1 AND cluster = @cluster";

    /// <returns>Null where no cluster was ever founded.</returns>
    /// <exception cref="RegisterAwayException">The database does not answer.</exception>
    public Task<RegisteredCluster?> ReadAsync(CancellationToken cancellation) => AskAsync(async connection =>
    {
        await using var select = connection.Asking(Select);
        await using var row = await select.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new RegisteredCluster(row.GetString(0), row.GetInt64(1)) : null;
    }, cancellation);

    /// <param name="seen">What stood there when it was last looked at.</param>
    /// <param name="next">Name of the new cluster.</param>
    /// <returns>Whether it stood there still, and the new cluster is the one now.</returns>
    /// <exception cref="RegisterAwayException">The database does not answer.</exception>
    public Task<bool> ReplaceAsync(RegisteredCluster? seen, string next, CancellationToken cancellation) =>
        AskAsync(async connection =>
        {
            await using var replace = seen is null
                ? connection.Asking(Insert, ("next", next))
                : connection.Asking(Replace, ("next", next), ("cluster", seen.Cluster), ("beat", seen.Beat));
            return await replace.ExecuteNonQueryAsync(cancellation) == 1;
        }, cancellation);

    /// <returns>False where another cluster has taken the place of this one.</returns>
    /// <exception cref="RegisterAwayException">The database does not answer.</exception>
    public Task<bool> BeatAsync(string cluster, CancellationToken cancellation) => AskAsync(async connection =>
    {
        await using var raise = connection.Asking(Raise, ("cluster", cluster));
        return await raise.ExecuteNonQueryAsync(cancellation) == 1;
    }, cancellation);

    private Task<T> AskAsync<T>(Func<DbConnection, Task<T>> question, CancellationToken cancellation) =>
        // SQLite's calls do not return before they have their answer.
        Task.Run(async () =>
        {
            try
            {
                await using var connection = connect();
                await connection.OpenAsync(cancellation);
                await connection.MakeTableAsync(Create, cancellation);
                return await question(connection);
            }
            catch (Exception e) when (e is DbException or TimeoutException or SocketException or IOException)
            {
                throw new RegisterAwayException(e);
            }
        }, cancellation);
}

/// <param name="Beat">Raised by its seeds as long as one of them is a member.</param>
public sealed record RegisteredCluster(string Cluster, long Beat);

/// <summary>The register cannot be asked now.</summary>
public sealed class RegisterAwayException(Exception cause)
    : Exception("the register's database does not answer", cause);
