using System.Globalization;
using Ivim.Physics;
using Npgsql;

namespace Ivim.Hosting.Journals;

/// <summary>
/// The journal as a person names it: the path of a SQLite file, or
/// `postgres://user:password@host:port/database?sslmode=verify-full`, with %XX for what would be read as punctuation.
/// </summary>
public static class JournalAddress
{
    private const int DefaultPort = 5432;
    private static readonly string[] Schemes = ["postgres", "postgresql"];

    /// <exception cref="RefusalException">JOURNAL-ADDRESS.</exception>
    public static IJournal Parse(string address) =>
        address.Contains("://", StringComparison.Ordinal) ? Database(address)
        : address.Length > 0 ? new SqliteJournal(address)
        : throw Refusal("an empty address");

    /// <summary>Whether the address holds a password, and so must not stand where others can read it.</summary>
    public static bool HoldsPassword(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && !uri.IsFile
        && uri.UserInfo.Contains(':', StringComparison.Ordinal);

    private static PostgresJournal Database(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)) throw Refusal("an address that cannot be read");
        if (!Schemes.Contains(uri.Scheme)) throw Refusal("an address of another kind of database");
        if (uri.Host.Length == 0) throw Refusal("an address without a host");
        var database = Uri.UnescapeDataString(uri.AbsolutePath.TrimStart('/'));
        if (database.Length == 0) throw Refusal("an address without a database");
        var user = uri.UserInfo.Split(':', 2);
        if (user[0].Length == 0) throw Refusal("an address without a user");
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = uri.IdnHost,
            Port = uri.Port > 0 ? uri.Port : DefaultPort,
            Database = database,
            Username = Uri.UnescapeDataString(user[0]),
        };
        if (user.Length == 2) connection.Password = Uri.UnescapeDataString(user[1]);
        foreach (var part in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
            Set(connection, part);
        return new PostgresJournal(connection);
    }

    private static void Set(NpgsqlConnectionStringBuilder connection, string part)
    {
        var pair = part.Split('=', 2);
        string value = pair.Length == 2 ? Uri.UnescapeDataString(pair[1]) : "";
        switch (pair[0])
        {
            case "sslmode":
                if (!Enum.TryParse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), true, out var mode)
                    || !Enum.IsDefined(mode))
                    throw Refusal("an unknown sslmode");
                connection.SslMode = mode;
                break;
            case "sslrootcert": connection.RootCertificate = value; break;
            case "sslcert": connection.SslCertificate = value; break;
            case "sslkey": connection.SslKey = value; break;
            case "pool":
                if (!int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int size)
                    || size is < 2 or > 1000)
                    throw Refusal("a pool that is no number from 2 to 1000");
                connection.MaxPoolSize = size;
                break;
            default: throw Refusal("an address with a part it does not know");
        }
    }

    private static RefusalException Refusal(string found) => new("JOURNAL-ADDRESS", found,
        "the path of a file, or postgres://user:password@host:port/database with sslmode, sslrootcert, sslcert, "
        + "sslkey or pool behind a question mark",
        "correct the journal setting; write punctuation of the password as %XX");
}
