namespace Ivim.Hosting.Membership;

/// <summary>One row for each tie there ever was, written once: in words that SQLite and PostgreSQL share.</summary>
/// <remarks>A ballot names incarnations of seeds, so no row is ever looked up for another tie.</remarks>
internal static class ArbiterTable
{
    public const string Create =
        "CREATE TABLE IF NOT EXISTS ivim_arbiter (ballot TEXT PRIMARY KEY, winner TEXT NOT NULL)";

    public const string Insert =
        "INSERT INTO ivim_arbiter (ballot, winner) VALUES (@ballot, @side) ON CONFLICT (ballot) DO NOTHING";

    public const string Read = "SELECT winner FROM ivim_arbiter WHERE ballot = @ballot";
}
